"""M03, sanctions and rules: each move is forbidden, exempt or clean, with the rule; breaches wear the rule down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from realpolitik.project import Project

from .effects import asked, gone, level, surely

pytestmark = [pytest.mark.slow, pytest.mark.reference]

WORN = "PRK.shells -> unsc_integrity"


@pytest.fixture(scope="module")
def rows(case: Project) -> tuple[Mapping[str, Any], ...]:
    return tuple(case.norms().rows)


def test_every_move_has_a_status_and_every_ruled_one_its_rule(rows: tuple[Mapping[str, Any], ...]) -> None:
    moves = [row for row in rows if row["kind"] == "move"]
    assert {row["status"] for row in moves} == {"violates", "exempt", "clean"}
    for row in moves:
        assert bool(row["rule"]) == (row["status"] != "clean"), row["move"]
    shells = next(row for row in moves if row["move"] == "PRK.shells=full")
    assert shells["status"] == "violates"
    assert shells["rule"] == ("unsc_resolutions",)
    assert shells["claims"] == ("s0-031",)


def test_dual_use_trade_stays_clean_of_blame(rows: tuple[Mapping[str, Any], ...]) -> None:
    trade = [row for row in rows if row["kind"] == "move" and row["move"] == "CHN.dualuse=sell"]
    assert [row["status"] for row in trade] == ["exempt"]
    assert not any(trade[0]["price"].values())


def test_breaches_wear_the_rule_down_year_by_year_and_not_without_the_link(case: Project) -> None:
    ensemble = case.ensemble()
    whole = level(ensemble, "unsc_integrity", 3.0, "PRK.shells=full", "PRK.shells=none")
    assert surely(whole) == -1
    assert gone(level(ensemble, "unsc_integrity", 3.0, "PRK.shells=full", "PRK.shells=none", (WORN,)), whole)


def test_who_wrote_the_rule_pays_more_for_breaking_it(case: Project, rows: tuple[Mapping[str, Any], ...]) -> None:
    for option in ("RUS.conventional", "RUS.reentry", "RUS.submarine"):
        found = asked(case.ensemble(), f"penalty({option}, RUS) - penalty(PRK.shells, PRK)")
        assert found.value > 0, option
    worn = next(row for row in rows if row["kind"] == "erosion" and row["norm"] == "unsc_resolutions")
    assert worn["change"] < 0
    assert worn["own_cost"]["RUS"] < 0


@pytest.mark.xfail(
    strict=True,
    reason="The authority of the resolutions is a level that follows its causes: it falls with the first full year of "
    "shipments and comes back when they stop. After five years of the same breach it stands where it stood after one.",
)
def test_the_same_breach_repeated_wears_more_each_year(case: Project) -> None:
    ensemble = case.ensemble()
    one, five = (level(ensemble, "unsc_integrity", years, "PRK.shells=full", "PRK.shells=none") for years in (1.0, 5.0))
    assert abs(five.value) > abs(one.value) + 0.02
