"""M26, polarity: one scale from an order led by one to an order of several, moved by events, valued by both rivals.

The number of poles is not counted: the scale stands for it. The share of the leader is read from published figures.
"""

from __future__ import annotations

import pytest

from realpolitik.project import Project
from realpolitik.project.leverage import balance

from .effects import asked, gain, gone, level, surely

pytestmark = [pytest.mark.slow, pytest.mark.reference]

MOVED = (
    ("EUR.align=closer", "EUR.align=steady", "eur_us -> chn_global"),
    ("CHN.energy=stop", "CHN.energy=buy", "CHN.energy=stop -> chn_global"),
    ("us_ip_focus=0.9", "us_ip_focus=0.2", "us_ip_focus -> chn_global"),
)


def test_it_is_a_scale_between_two_named_orders_and_starts_nearer_the_first(case: Project) -> None:
    order = case.situation.factors["chn_global"]
    assert "unipolar" in order.low_end
    assert "multipolar" in order.high_end
    assert asked(case.ensemble(), "start(chn_global)").value < 0.5


@pytest.mark.parametrize(("do", "against", "link"), MOVED)
def test_events_move_it_each_through_its_own_link(case: Project, do: str, against: str, link: str) -> None:
    whole = level(case.ensemble(), "chn_global", 3.0, do, against)
    assert surely(whole) == -1
    assert gone(level(case.ensemble(), "chn_global", 3.0, do, against, (link,)), whole)


def test_the_two_rivals_value_it_in_opposite_ways(case: Project) -> None:
    ends = ("chn_global=0.7", "chn_global=0.3")
    whole = gain(case.ensemble(), "CHN", 3.0, *ends)
    assert surely(whole, 20.0) == 1
    assert surely(gain(case.ensemble(), "USA", 3.0, *ends), -20.0) == -1
    assert gone(
        gain(case.ensemble(), "CHN", 3.0, *ends, ("CHN: chn_global",)), gain(case.ensemble(), "CHN", 3.0, *ends)
    )


def test_the_leaders_share_is_read_from_figures(case: Project) -> None:
    led = balance(case, ("USA",), ("CHN",), "spending").rows[-1]["share"]
    assert 0.5 < led < 0.9
