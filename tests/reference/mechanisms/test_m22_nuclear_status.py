"""M22, accepted as a nuclear state: by capability, by worn rules and by others' acceptance, against the pledge."""

from __future__ import annotations

import pytest

from realpolitik.project import Project

from .effects import asked, gain, gone, level, surely

pytestmark = [pytest.mark.slow, pytest.mark.reference]

ARMED = ("RUS.reentry=given, RUS.submarine=given", "RUS.reentry=none, RUS.submarine=none")
WAYS = (
    (ARMED, "prk_threat -> prk_status"),
    (("unsc_integrity=0.1", "unsc_integrity=0.9"), "unsc_integrity -> prk_status"),
    (("RUS.cover=given", "RUS.cover=none"), "prk_isolation -> prk_status"),
)


@pytest.mark.parametrize(("ends", "link"), WAYS)
def test_status_rises_by_each_of_three_ways_and_not_without_its_link(
    case: Project, ends: tuple[str, str], link: str
) -> None:
    whole = level(case.ensemble(), "prk_status", 5.0, *ends)
    assert surely(whole, 0.02) == 1
    assert gone(level(case.ensemble(), "prk_status", 5.0, *ends, (link,)), whole)


def test_it_takes_years(case: Project) -> None:
    near, far = (level(case.ensemble(), "prk_status", years, *ARMED).value for years in (1.0, 5.0))
    assert near < 0.25 * far


def test_it_is_what_pyongyang_wants_most_and_what_the_others_mind(case: Project) -> None:
    ensemble = case.ensemble()
    assert asked(ensemble, "weight(PRK, prk_status)").value > 0.9
    for actor in ("CHN", "USA"):
        assert asked(ensemble, f"weight({actor}, prk_status)").value < 0
        assert surely(gain(ensemble, actor, 5.0, *ARMED)) == -1


def test_the_pledge_stands_beside_it_and_prices_what_would_strain_it(case: Project) -> None:
    ensemble = case.ensemble()
    assert "denuclearisation_pledge" in case.situation.actors["CHN"].tags
    assert asked(ensemble, "penalty(KOR.nuclear, KOR)").value > asked(ensemble, "penalty(USA.tnw, KOR)").value > 0


@pytest.mark.xfail(
    strict=True,
    reason="China voices the goal and the file prices it for Seoul's weapon only: nothing that Beijing does or leaves "
    "undone about the North is a breach of it, so the gap between pledge and acceptance costs Beijing nothing.",
)
def test_letting_it_happen_breaks_the_pledge_for_the_one_who_gave_it(case: Project) -> None:
    ensemble = case.ensemble()
    assert max(asked(ensemble, f"penalty({name}, CHN)").value for name in ("CHN.trade", "CHN.court")) > 0
