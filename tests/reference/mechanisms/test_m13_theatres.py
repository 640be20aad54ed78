"""M13, theatres that hang together: Europe moves Northeast Asia and the other way; a link of alliances has a price."""

from __future__ import annotations

import pytest

from realpolitik.project import Project

from .effects import gain, gone, level, surely

pytestmark = [pytest.mark.slow, pytest.mark.reference]

DIRECT, LOOSE_LINK = "LINK.nato=direct", "LINK.nato=loose"
NEED = ("rus_urgency -> rp_coop", "not rus_urgency -> rp_coop")
SUPPLY = ("PRK.shells -> rus_ammo", "PRK.press=on and PRK.shells -> rus_ammo", "PRK.labour -> rus_war_cap")


def test_the_war_in_europe_moves_the_partnership_in_asia(case: Project) -> None:
    ensemble = case.ensemble()
    whole = level(ensemble, "rp_coop", 3.0, "war_ukr=0.9", "war_ukr=0.1")
    assert surely(whole) == 1
    assert gone(level(ensemble, "rp_coop", 3.0, "war_ukr=0.9", "war_ukr=0.1", NEED), whole)


def test_north_korean_arms_move_the_war_in_europe(case: Project) -> None:
    ensemble = case.ensemble()
    ends = ("PRK.shells=full, PRK.labour=sent", "PRK.shells=none, PRK.labour=none")
    whole = level(ensemble, "war_ukr", 3.0, *ends)
    assert surely(whole) == 1
    assert gone(level(ensemble, "war_ukr", 3.0, *ends, SUPPLY), whole)


@pytest.mark.parametrize(
    ("actor", "wants"),
    [
        ("CHN", ("CHN: nato_link", "CHN: eur_us", "CHN: chn_global")),
        ("RUS", ("RUS: nato_link", "RUS: eur_us")),
    ],
)
def test_the_link_with_nato_has_a_price_for_each_of_the_two(case: Project, actor: str, wants: tuple[str, ...]) -> None:
    ensemble = case.ensemble()
    whole = gain(ensemble, actor, 3.0, DIRECT, LOOSE_LINK)
    assert surely(whole, -5.0) == -1
    assert gone(gain(ensemble, actor, 3.0, DIRECT, LOOSE_LINK, wants), whole)
