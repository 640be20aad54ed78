"""M16, China's wedge: courting Seoul and holding back arms are what pays, and the European motive stands behind it."""

from __future__ import annotations

import pytest

from realpolitik.project import Project

from .effects import asked, gain, gone, less, level, surely

pytestmark = [pytest.mark.slow, pytest.mark.reference]

COURTING, ARMING = "P(CHN.court=on at 3 years)", "P(CHN.arms=given by 3 years)"
SEOUL, EUROPE = ("CHN: chn_rok_rel",), ("CHN: eur_us",)
ARMED = "gain(CHN at 3 years | do(CHN.arms=given, EUR.align={}))"


def test_courting_and_restraint_are_what_china_chooses(case: Project) -> None:
    assert surely(asked(case.ensemble(), COURTING), 0.9) == 1
    assert surely(asked(case.ensemble(), ARMING), 0.15) == -1


def test_courting_pays_and_is_chosen_because_of_seoul(case: Project) -> None:
    ensemble = case.ensemble()
    assert surely(gain(ensemble, "CHN", 3.0, "CHN.court=on", "CHN.court=off"), 5.0) == 1
    assert surely(less(asked(ensemble, COURTING), asked(ensemble, COURTING, SEOUL)), 0.5) == 1


def test_it_brings_seoul_closer_through_its_link(case: Project) -> None:
    ends = ("CHN.court=on", "CHN.court=off")
    whole = level(case.ensemble(), "chn_rok_rel", 3.0, *ends)
    assert surely(whole) == 1
    assert gone(level(case.ensemble(), "chn_rok_rel", 3.0, *ends, ("CHN.court=on -> chn_rok_rel",)), whole)


def test_arming_russia_costs_china_more_the_closer_europe_moves_to_washington(case: Project) -> None:
    closer, steady = (asked(case.ensemble(), ARMED.format(answer)) for answer in ("closer", "steady"))
    assert surely(less(closer, steady), -5.0) == -1


def test_without_the_european_motive_arming_pays_better(case: Project) -> None:
    text = "gain(CHN at 3 years | do(CHN.arms=given))"
    assert surely(less(asked(case.ensemble(), text, EUROPE), asked(case.ensemble(), text))) == 1


@pytest.mark.xfail(
    strict=True,
    reason="Better by 0.6 points of sixteen: China arms Russia in 8% of draws with the European motive and without it. "
    "The price of arming holds it back, not Europe, which answers Chinese arms in six draws of a hundred more.",
)
def test_without_the_european_motive_china_arms_more_often(case: Project) -> None:
    sign = surely(less(asked(case.ensemble(), ARMING, EUROPE), asked(case.ensemble(), ARMING)))
    assert sign == 1
