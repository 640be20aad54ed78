"""M07, the submarine leg: a second, slow way to a threat that no missile defence stops."""

from __future__ import annotations

import pytest

from realpolitik.project import Project

from .effects import THREE, gain, gone, less, level, surely

pytestmark = [pytest.mark.slow, pytest.mark.reference]

GIVEN, NONE = "RUS.submarine=given", "RUS.submarine=none"
LEG = (
    "prk_sub -> prk_threat",
    "PRK.press=on and PRK.shells -> rus_ammo",  # paid for, Pyongyang stops pressing: a longer war, hence a closer pact
)


def threat(case: Project, years: float, beside: str = "") -> float:
    return level(case.ensemble(), "prk_threat", years, f"{GIVEN}{beside}", f"{NONE}{beside}").value


def test_it_raises_the_threat_through_its_own_link(case: Project) -> None:
    ensemble = case.ensemble()
    whole = level(ensemble, "prk_threat", 5.0, GIVEN, NONE)
    assert surely(whole) == 1
    assert gone(level(ensemble, "prk_threat", 5.0, GIVEN, NONE, LEG), whole)
    assert level(ensemble, "prk_reentry", 5.0, GIVEN, NONE).value == pytest.approx(0.0, abs=1e-9)


def test_it_takes_years(case: Project) -> None:
    assert threat(case, 0.5) < 0.25 * threat(case, 5.0)


@pytest.mark.parametrize("actor", THREE)
def test_it_hits_each_of_the_three(case: Project, actor: str) -> None:
    assert surely(gain(case.ensemble(), actor, 5.0, GIVEN, NONE), -5.0) == -1


def test_missile_defence_does_not_stop_it(case: Project) -> None:
    ensemble = case.ensemble()
    assert level(ensemble, "bmd", 5.0, GIVEN, NONE).value == pytest.approx(0.0, abs=1e-9)
    shielded = level(ensemble, "prk_threat", 5.0, f"{GIVEN}, bmd=0.95", f"{NONE}, bmd=0.95")
    open_to_it = level(ensemble, "prk_threat", 5.0, f"{GIVEN}, bmd=0.05", f"{NONE}, bmd=0.05")
    assert abs(less(shielded, open_to_it).value) < 1e-9
