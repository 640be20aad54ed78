"""M06, defence against missiles: interception with and without Aegis, with and without technology to get through."""

from __future__ import annotations

import pytest

from realpolitik.project import Project

from .effects import asked, gain, gone, level, surely

pytestmark = [pytest.mark.slow, pytest.mark.reference]

GIVEN, NONE = "RUS.reentry=given", "RUS.reentry=none"
HELP = "shock invasion, JPN.assist_kor=on"
ALONE = "shock invasion, JPN.assist_kor=off"
AEGIS = ("JPN.assist_kor=on -> bmd",)


def test_interception_is_told_with_and_without_aegis_and_technology(case: Project) -> None:
    rows = [row for row in case.contingencies().rows if row["kind"] == "branch" and row["outcome"] == "bmd"]
    plain = next(row for row in rows if row["beside"] == "nothing else")
    pierced = next(row for row in rows if "re-entry" in row["beside"])
    assert plain["with"] > plain["without"]
    assert pierced["with"] > pierced["without"]
    assert pierced["without"] < plain["without"]
    assert pierced["with"] < plain["with"]


def test_the_technology_pierces_the_shield_through_its_link(case: Project) -> None:
    ensemble = case.ensemble()
    whole = level(ensemble, "bmd", 5.0, GIVEN, NONE)
    assert surely(whole) == -1
    assert gone(level(ensemble, "bmd", 5.0, GIVEN, NONE, ("prk_reentry -> bmd",)), whole)


def test_aegis_helps_through_its_link(case: Project) -> None:
    ensemble = case.ensemble()
    whole = level(ensemble, "bmd", 0.5, HELP, ALONE)
    assert surely(whole) == 1
    assert gone(level(ensemble, "bmd", 0.5, HELP, ALONE, AEGIS), whole)


def test_more_targets_can_be_reached_and_more_actors_pay(case: Project) -> None:
    ensemble = case.ensemble()
    reach = "P(prk_reentry > 0.5 by 5 years | do(RUS.reentry={}))"
    assert asked(ensemble, reach.format("given")).value - asked(ensemble, reach.format("none")).value > 0.5
    losers = {name for name in case.model.tables.actors if surely(gain(ensemble, name, 5.0, GIVEN, NONE)) == -1}
    assert {"USA", "KOR", "JPN", "CAN", "EUR"} <= losers
