from __future__ import annotations

import pytest

from realpolitik.analyses.contingencies import contingencies
from realpolitik.compiled.branches import branches, lasting, outcomes, upstream
from realpolitik.errors import QuestionRefused
from realpolitik.project import Project
from realpolitik.project import leverage as ask

from .by_hand import swung


def test_a_branch_is_two_scenarios_with_one_condition_and_one_help(supplier: Project) -> None:
    (branch,) = branches(supplier.model)
    tables = supplier.model.tables
    assert branch.names == ("assaulted, alone", "assaulted, helped")
    assert (tables.options[branch.helped.index], branch.without.value, branch.helped.value) == ("BYS.ships", 0.0, 1.0)
    assert outcomes(supplier.model, branch.helped.index) == ("wall", "shield", "layers")
    assert lasting(supplier.model, branch.condition) == 4


@pytest.mark.parametrize("years", [1.0, 2.0])
def test_holding_by_hand(supplier: Project, years: float) -> None:
    rows = {row["outcome"]: row for row in contingencies(supplier.ensemble(), years).rows if row["kind"] == "branch"}
    assert rows["wall"]["without"] == pytest.approx(0.5, abs=1e-9)
    assert rows["wall"]["with"] == pytest.approx(swung(0.4), abs=1e-4)
    assert rows["wall"]["difference"] == pytest.approx(swung(0.4) - 0.5, abs=1e-4)


def test_two_layers_intercept_as_the_published_formula_says(supplier: Project) -> None:
    """1 - (1 - k)^n, n = 2 shots of kill probability k (Wilkening, Science and Global Security 8, 1999, pp. 183-215).

    k = .8 gives .96; with ships k rises as the swing says.
    """
    rows = {row["outcome"]: row for row in ask.contingencies(supplier).rows if row["kind"] == "branch"}
    assert rows["layers"]["without"] == pytest.approx(0.96, abs=1e-9)
    one = swung(0.3, 0.8)
    assert rows["shield"]["with"] == pytest.approx(one, abs=1e-4)
    assert rows["layers"]["with"] == pytest.approx(1 - (1 - one) ** 2, abs=1e-4)


def test_the_side_model_is_printed_with_its_sources(supplier: Project) -> None:
    result = ask.contingencies(supplier)
    parts = [row for row in result.rows if row["kind"] == "side model"]
    assert {(row["outcome"], row["size"]) for row in parts} == {("wall", "0.4"), ("shield", "0.3")}
    assert all(row["claims"] or row["author"] for row in parts)
    assert any("shield or shield" in sentence for sentence in result.sentences)


def test_a_level_that_is_called_a_chance_is_told_as_one(supplier: Project) -> None:
    assert "roughly even chance (50%" in ask.contingencies(supplier).sentences[0]


def test_what_moves_an_outcome_from_afar_is_found(small_case: Project) -> None:
    assert "RUS.reentry" in upstream(small_case.model, "bmd")
    assert "CHN.energy" not in upstream(small_case.model, "bmd")


def test_without_branches_or_beyond_the_horizon_it_is_refused(strait: Project, supplier: Project) -> None:
    with pytest.raises(QuestionRefused, match="No two scenarios"):
        ask.contingencies(strait)
    with pytest.raises(QuestionRefused, match="horizon"):
        ask.contingencies(supplier, years=4.0)
