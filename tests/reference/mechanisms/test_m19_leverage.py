"""M19, leverage: what China withholds, one good or two, and what it does to the war."""

from __future__ import annotations

import pytest

from realpolitik.project import Project

from .effects import gone, less, level, surely

pytestmark = [pytest.mark.slow, pytest.mark.reference]

SELL = "CHN.energy=buy, CHN.dualuse=sell"
BOTH = "CHN.energy=stop, CHN.dualuse=stop"
CUTS = ("CHN.energy=stop, CHN.dualuse=sell", "CHN.energy=buy, CHN.dualuse=stop")
LINK = ("CHN.energy=stop or CHN.dualuse=stop -> rus_war_cap",)


@pytest.mark.parametrize("cut", CUTS)
def test_either_cut_alone_lowers_capacity_and_not_without_its_link(case: Project, cut: str) -> None:
    whole = level(case.ensemble(), "rus_war_cap", 3.0, cut, SELL)
    assert surely(whole) == -1
    assert gone(level(case.ensemble(), "rus_war_cap", 3.0, cut, SELL, LINK), whole)


def test_both_cuts_lower_it_more_than_one(case: Project) -> None:
    both, one = (level(case.ensemble(), "rus_war_cap", 3.0, cut, SELL) for cut in (BOTH, CUTS[0]))
    assert surely(less(both, one)) == -1
