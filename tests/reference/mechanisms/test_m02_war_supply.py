"""M02, supply of the war: shipments fill stocks, stocks carry capacity, capacity carries duration."""

from __future__ import annotations

import pytest

from realpolitik.project import Project

from .effects import gone, less, level, surely

pytestmark = [pytest.mark.slow, pytest.mark.reference]

FULL, NONE = "PRK.shells=full", "PRK.shells=none"
NO_ARMS = "PRK.shells=none, PRK.labour=none"
CUT = "CHN.energy=stop"
PRESSING = "PRK.press=on and PRK.shells -> rus_ammo"  # shipments held back while technology does not come
EXHAUSTION = "rus_war_cap<0.4 -> war_ukr"  # the second way from capacity to duration
CHAIN = (
    ("rus_ammo", ("PRK.shells -> rus_ammo", PRESSING)),
    ("rus_war_cap", ("rus_ammo -> rus_war_cap",)),
    ("war_ukr", ("rus_war_cap -> war_ukr", EXHAUSTION)),
)


@pytest.mark.parametrize(("factor", "links"), CHAIN)
def test_shipments_run_down_the_chain_and_stop_where_a_link_is_missing(
    case: Project, factor: str, links: tuple[str, ...]
) -> None:
    ensemble = case.ensemble()
    whole = level(ensemble, factor, 3.0, FULL, NONE)
    rest = level(ensemble, factor, 3.0, FULL, NONE, links)
    assert surely(whole) == 1
    assert gone(rest, whole)


def test_without_north_korean_arms_capacity_drops_but_less_than_after_a_chinese_cut(case: Project) -> None:
    ensemble = case.ensemble()
    arms, cut = (level(ensemble, "rus_war_cap", 3.0, do) for do in (NO_ARMS, CUT))
    assert surely(arms) == -1
    assert surely(less(arms, cut)) == 1
