"""M27, a bloc of three that one declines: asked for by two, refused by the third, and what would make it accept."""

from __future__ import annotations

from typing import Any

import pytest

from realpolitik.project import Project
from realpolitik.project.layering import laid_over

from .effects import asked, gain, less, surely

pytestmark = [pytest.mark.slow, pytest.mark.reference]

JOINED, APART = "AXIS.bloc=joined", "AXIS.bloc=apart"
FORMED = "P(AXIS.bloc=joined by 3 years)"
WISH = {"interests": {"CHN": [{"minor": "more axis_china"}]}}
PRICES = {"CHN": "0.5 to 5 points", "RUS": "0.5 to 5 points", "PRK": "0.7 to 7 points"}
CHEAP = {"options": {"AXIS.bloc": {"price": {"joined": PRICES}}}}


def formed(case: Project, *layers: Any) -> float:
    """The chance of the bloc in the situation with more laid over it."""
    return asked(laid_over(case, layers).ensemble(), FORMED).value


def test_it_is_a_joint_act_that_lacks_one_consent(case: Project) -> None:
    option = case.situation.options["AXIS.bloc"]
    assert option.owners == ("CHN", "RUS", "PRK")
    assert option.enter == "all agree"


def test_two_would_gain_and_the_third_would_lose(case: Project) -> None:
    for actor in ("RUS", "PRK"):
        assert surely(gain(case.ensemble(), actor, 3.0, JOINED, APART), 5.0) == 1
    assert surely(gain(case.ensemble(), "CHN", 3.0, JOINED, APART), -10.0) == -1


def test_china_declines(case: Project) -> None:
    assert surely(asked(case.ensemble(), FORMED), 0.05) == -1


def test_its_dislike_is_part_of_the_loss_and_the_price_the_rest(case: Project) -> None:
    whole = gain(case.ensemble(), "CHN", 3.0, JOINED, APART)
    assert surely(less(gain(case.ensemble(), "CHN", 3.0, JOINED, APART, ("CHN: axis_china",)), whole), 5.0) == 1


def test_what_would_make_it_accept_is_a_wish_of_its_own_and_more_so_at_a_low_price(case: Project) -> None:
    wished, both = formed(case, WISH), formed(case, WISH, CHEAP)
    assert wished > 0.1
    assert both > 2 * wished
    assert formed(case, CHEAP) < 0.05
