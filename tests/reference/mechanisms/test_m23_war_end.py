"""M23, the end of the war and what holds the pact: ends with dates and terms; the pact fades after, not before."""

from __future__ import annotations

import pytest

from realpolitik.project import Project

from .effects import asked, gone, level, surely

pytestmark = [pytest.mark.slow, pytest.mark.reference]

ENDS = ("shock war_ends", "war_ukr=0.9")
NEED = ("rus_urgency -> rp_coop", "not rus_urgency -> rp_coop")


def test_the_pact_fades_once_need_is_gone_and_not_without_that_link(case: Project) -> None:
    whole = level(case.ensemble(), "rp_coop", 2.0, *ENDS)
    assert surely(whole, -0.2) == -1
    assert gone(level(case.ensemble(), "rp_coop", 2.0, *ENDS, NEED), whole)


def test_it_fades_as_soon_as_the_war_is_over(case: Project) -> None:
    soon, later = (level(case.ensemble(), "rp_coop", years, *ENDS).value for years in (0.5, 3.0))
    assert soon < 0.8 * later < 0


def test_it_fades_after_the_date_and_not_before(case: Project) -> None:
    at = {years: level(case.ensemble(), "rp_coop", years, "shock war_ends from 2026-07-11") for years in (1.75, 3.0)}
    assert at[1.75].value == 0.0
    assert surely(at[3.0]) == -1


def test_while_the_war_goes_on_it_does_not_fade(case: Project) -> None:
    going = asked(case.ensemble(), "E[rp_coop after 3 years | do(war_ukr=0.9)] - start(rp_coop)")
    assert going.value > 0


def test_terms_differ_by_how_it_ends(case: Project) -> None:
    by = ("RUS.end_war=stop", "shock war_ends", "shock election")
    short, worn, bought = (level(case.ensemble(), "war_outcome", 2.0, do, "war_ukr=0.9") for do in by)
    assert surely(short) == -1
    assert short.value < worn.value < bought.value
    assert surely(bought, 0.1) == 1
