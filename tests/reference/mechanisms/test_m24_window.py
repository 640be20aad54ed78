"""M24, the window for bargaining: what Moscow yields by how long the war lasts, how it needs, and who presses."""

from __future__ import annotations

import pytest

from realpolitik.project import Project

from .effects import asked, gone, surely

pytestmark = [pytest.mark.slow, pytest.mark.reference]

GIVEN = "RUS.reentry=given or RUS.submarine=given by 3 years"
NEED = ("RUS: rus_urgency and not rus_ammo",)
HELD_BACK = ("PRK.press=on and PRK.shells -> rus_ammo",)
LEARNT = "E[xfer_level at 2027-07-11 | do(war_ukr=0.9)] - E[xfer_level at 2027-07-11 | do(war_ukr=0.05)]"
YIELDS = f"P({GIVEN} | do(PRK.press=on)) - P({GIVEN} | do(PRK.press=off))"
PRESSES = "P(PRK.press=on at 1 year | do(war_ukr=0.9)) - P(PRK.press=on at 1 year | do(war_ukr=0.05))"


def test_moscow_gives_the_more_the_more_it_needs(case: Project) -> None:
    found = [asked(case.ensemble(), f"P({GIVEN} | do(rus_urgency={need}))") for need in (0.05, 0.35, 0.95)]
    assert [item.value for item in found] == sorted(item.value for item in found)
    assert surely(found[-1], found[0].value + 0.5) == 1


def test_the_longer_the_war_the_more_is_learnt(case: Project) -> None:
    ends = ("do(war_ukr=0.05 from 2024-10)", "do(war_ukr=0.05 from 2026-01)", "do(war_ukr=0.9)")
    found = [asked(case.ensemble(), f"E[xfer_level at 2027-07-11 | {end}]").value for end in ends]
    assert found[0] < found[1] < found[2]


def test_it_is_gone_without_the_need_that_war_makes(case: Project) -> None:
    whole = asked(case.ensemble(), LEARNT)
    assert surely(whole, 0.1) == 1
    assert gone(asked(case.ensemble(), LEARNT, NEED), whole)


def test_moscow_yields_to_pressure_through_the_shells_held_back(case: Project) -> None:
    whole = asked(case.ensemble(), YIELDS)
    assert surely(whole, 0.2) == 1
    assert gone(asked(case.ensemble(), YIELDS, HELD_BACK), whole)


@pytest.mark.xfail(
    strict=True,
    reason="Half of the draws press, war or no war (51% in both): at depth 0 nobody foresees what Moscow would do, so "
    "pressing is worth nothing to Pyongyang and is chosen by chance. Moscow's side of the window is there.",
)
def test_pyongyang_presses_while_the_window_is_open(case: Project) -> None:
    sign = surely(asked(case.ensemble(), PRESSES))
    assert sign == 1
