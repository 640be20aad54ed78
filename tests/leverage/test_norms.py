from __future__ import annotations

import numpy as np
import pytest

from realpolitik.analyses.norms import norms
from realpolitik.compiled.rules import erosions, move_log, rules_of
from realpolitik.project import Project
from realpolitik.project import leverage as ask

from .by_hand import ORDER


def test_a_forbidden_level_violates_an_exempted_option_is_exempt_the_rest_clean(supplier: Project) -> None:
    def status(option: str, level: int) -> str:
        return rules_of(supplier.model, option, level)[0]

    assert (status("CUS.raid", 0), status("CUS.raid", 1)) == ("clean", "violates")
    assert (status("SUP.parts", 0), status("SUP.parts", 1)) == ("exempt", "exempt")
    assert status("SUP.gas", 1) == "clean"
    assert [rule.norm for rule in rules_of(supplier.model, "CUS.raid", 1)[1]] == ["order"]


def test_the_log_has_every_change_of_a_level_once(strait: Project) -> None:
    paths = strait.ensemble().run()
    changes = (np.diff(paths.levels, axis=1) != 0).sum() + (paths.levels[:, 0] != strait.model.tables.option_now).sum()
    assert sum(item.made.sum() for item in move_log(strait.model, paths)) == changes > 0


def test_shares_are_of_draws_in_which_the_move_is_made(strait: Project) -> None:
    rows = {row["move"]: row for row in ask.norms(strait).rows if row["kind"] == "move"}
    levels, weight = strait.ensemble().run().levels, strait.ensemble().draws.weight
    armed = (levels[:, :, strait.model.tables.options.index("ALA.arm")] == 1).any(axis=1)
    assert rows["ALA.arm=on"]["share"] == pytest.approx(float((armed * weight).sum()))
    assert rows["ALA.arm=on"]["status"] == "violates"
    assert rows["ALA.arm=on"]["rule"] == ("strait-treaty",)
    assert 1.0 <= rows["ALA.arm=on"]["price"]["ALA"] <= 3.0
    assert rows["PAT.supply=full"]["stands_at_start"]
    assert rows["PAT.supply=full"]["status"] == "exempt"


def test_promises_are_honoured_as_often_as_their_lots_say(supplier: Project) -> None:
    (row,) = [row for row in ask.norms(supplier, do="CUS.raid").rows if row["kind"] == "promise"]
    assert row["due"] == pytest.approx(1.0)
    assert row["honoured"] == pytest.approx(0.3, abs=0.1)
    assert row["likelihood"] == pytest.approx(0.3)
    assert not row["together"]


def test_a_promise_of_a_club_is_kept_together(strait: Project) -> None:
    (row,) = [row for row in ask.norms(strait).rows if row["kind"] == "promise"]
    assert (row["by"], row["together"]) == ("PACT", True)
    assert 0.0 < row["due"] < 1.0


def test_a_rule_wears_down_what_its_own_evidence_says(supplier: Project, strait: Project) -> None:
    (found,) = erosions(supplier.model)
    assert (found.norm, found.factor, found.options) == ("order", "order", ("CUS.raid",))
    assert not erosions(strait.model)


def test_erosion_by_hand(supplier: Project) -> None:
    """Raiding held throughout: order falls by what the swing says; the raider wants order too, and pays for it."""
    (row,) = [row for row in norms(supplier.ensemble(), years=1.0).rows if row["kind"] == "erosion"]
    paths, weight = supplier.ensemble().run(), supplier.ensemble().draws.weight
    raided = paths.levels[:, 0:4, supplier.model.tables.options.index("CUS.raid")].mean(axis=1)
    assert row["change"] == pytest.approx(float((raided * weight).sum()) * ORDER, abs=1e-9)
    assert row["worth"]["BYS"] == pytest.approx(100 * row["change"], abs=1e-6)
    assert row["own_cost"] == {"CUS": pytest.approx(20 * row["change"], abs=1e-6)}
