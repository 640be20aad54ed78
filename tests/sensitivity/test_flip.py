"""The smallest change that reverses a conclusion."""

from __future__ import annotations

import numpy as np
import pytest

from realpolitik.compiled.nudged import Nudger
from realpolitik.compiled.statements import cases, conclusion, margin
from realpolitik.errors import ExpressionError, QuestionRefused
from realpolitik.language.parser import parse_query
from realpolitik.project import Project, open_project


def test_the_gate_no_longer_pays_from_the_price_worked_out_by_hand(toll: Project) -> None:
    found = toll.flip("gain(UPL at 2 years | do(UPL.gate)) > 0")
    first = found.rows[0]
    assert first["id"] == "price: UPL.gate=on for UPL"
    assert first["result"] == "reverses it"
    assert 30.0 <= float(first["to"].removesuffix(" points")) <= 31.5  # worth 30 points; a step of the bisection
    assert "by itself" in found.sentences[2]
    assert "beyond" not in found.sentences[2]


def test_beyond_what_is_stated_is_said_to_be_so(toll: Project) -> None:
    found = toll.flip("gain(UPL at 2 years | do(UPL.gate)) > -12 points")
    assert "beyond what is stated" in found.sentences[2]
    assert float(found.rows[0]["to"].removesuffix(" points")) == pytest.approx(42, abs=3)


def test_nothing_flips_what_no_input_can_reach(toll: Project) -> None:
    found = toll.flip("gain(UPL at 2 years | do(UPL.gate)) > -300 points")
    assert any(sentence.startswith("Nothing tried reverses it") for sentence in found.sentences)
    assert all(row["result"] == "does not" for row in found.rows)


def test_who_loses_most_turns_on_the_price(toll: Project) -> None:
    found = toll.flip("loser(| do(UPL.gate)) is LOW")
    assert found.about["holds"]
    first = found.rows[0]
    assert first["result"] == "reverses it"
    assert "Then Upland loses most" in " ".join(found.sentences)


def test_a_false_statement_is_made_true(toll: Project) -> None:
    found = toll.flip("gain(UPL at 2 years | do(UPL.gate)) < 0")
    assert not found.about["holds"]
    assert found.rows[0]["result"] == "reverses it"


def test_looks_are_bounded(strait: Project) -> None:
    found = strait.flip("gain(BOR at 3 years | do(ALA.arm)) < 0")
    assert found.about["looks"] <= 41


def test_readings_are_looked_at_without_a_run(strait: Project) -> None:
    found = strait.flip("gain(BOR at 3 years | do(ALA.arm)) < 0")
    assert {row["reading"] for row in found.about["readings"]} == {"for show", "for use"}


def test_nothing_moved_changes_nothing(strait: Project) -> None:
    ensemble = strait.ensemble()
    same = Nudger(ensemble).at({})
    assert np.array_equal(same.draws.weight_of_interest, ensemble.draws.weight_of_interest)
    assert np.array_equal(same.run().utility, ensemble.run().utility)


def test_only_the_column_of_a_moved_input_changes(toll: Project) -> None:
    ensemble = toll.ensemble()
    moved = Nudger(ensemble).at({"price: UPL.gate=on for UPL": 0.0})
    assert np.ptp(moved.draws.price[:, 0]) == 0 or np.ptp(moved.draws.price[:, 1]) == 0
    assert np.array_equal(moved.draws.start, ensemble.draws.start)


@pytest.mark.parametrize(
    "text",
    [
        "gain(BOR at 3 years | do(ALA.arm)) < 0 and P(tension > 0.5 by 3 years) > 5%",
        "not loser(| do(ALA.arm)) is ALA",
        "P(PACT.drill=public by 3 years) is likely",
        "P(PACT.drill=public by 3 years) is at least very unlikely",
        "E[tension after 3 years] > 0.2",
        "loser(| do(ALA.arm))",
    ],
)
def test_margins_have_the_sign_of_the_truth(strait: Project, text: str) -> None:
    ensemble, statement = strait.ensemble(), parse_query(text)
    state = conclusion(ensemble, statement)
    found = margin(ensemble, statement, state["leader"])
    assert (found.value > 0) == state["holds"]
    mean = float((found.rows * found.weights).sum() / found.weights.sum())
    assert found.value == pytest.approx(mean)


def test_cases_are_counted_by_row(strait: Project) -> None:
    ensemble = strait.ensemble()
    losing, weights = cases(ensemble, parse_query("gain(BOR at 3 years | do(ALA.arm)) < 0"))
    other, _ = cases(ensemble, parse_query("not gain(BOR at 3 years | do(ALA.arm)) < 0"))
    assert np.array_equal(losing, ~other)
    assert len(losing) == len(weights) == len(ensemble.draws.weight)


@pytest.mark.parametrize("text", ["E[tension after 3 years]", "first(tension > 0.5)"])
def test_what_concludes_nothing_is_refused_with_a_remedy(strait: Project, text: str) -> None:
    with pytest.raises(ExpressionError, match="Compare it"):
        strait.flip(text)


@pytest.mark.parametrize("text", ["loser(| do(ALA.arm)) is XXX", "gain(BOR | do(ALA.arm)) = 3", "tension > 0.5"])
def test_bad_statements_are_refused(strait: Project, text: str) -> None:
    with pytest.raises((ExpressionError, QuestionRefused)):
        strait.flip(text)


@pytest.mark.slow
@pytest.mark.reference
def test_on_the_reference_case_a_robust_conclusion_is_not_flipped() -> None:
    case = open_project("northeast-asia", draws=64)
    found = case.flip("loser(| do(TRIO.institution=institutionalised)) is CHN")
    assert any("Nothing tried reverses it" in sentence for sentence in found.sentences)
    assert any(sentence.startswith("Several: ") for sentence in found.sentences)
