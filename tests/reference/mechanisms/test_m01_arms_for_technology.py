"""M01, arms for technology: a deal with two sides, legs that can be held back, goods of several kinds and amounts."""

from __future__ import annotations

import pytest

from realpolitik.project import Project

from .effects import asked, gain, gone, less, surely

pytestmark = [pytest.mark.slow, pytest.mark.reference]

DEAL = "PRK.shells=full and (RUS.reentry=given or RUS.submarine=given)"
NEED = ("RUS: rus_urgency and not rus_ammo",)
BESIDE = ("rus_urgency -> rp_coop", "not rus_urgency -> rp_coop")
"""What else urgency does: the closer pact it makes is worth something to Moscow, deal or no deal."""
TECHNOLOGY = "exchange shells for re-entry technology"


def struck(urgency: float) -> str:
    return f"P(({DEAL}) by 3 years | do(rus_urgency={urgency}))"


def test_every_deal_has_two_sides_and_goods_of_its_own(case: Project) -> None:
    deals = case.situation.exchanges.values()
    for deal in deals:
        assert {case.situation.options[leg.option].owners for leg in deal.legs} == {("RUS",), ("PRK",)}, deal.id
    assert len({frozenset((leg.option, leg.level) for leg in deal.legs) for deal in deals}) == len(deals)


def test_goods_come_in_amounts_and_sensitive_ones_buy_the_most(case: Project) -> None:
    legs = {deal.id: {leg.option: leg.level for leg in deal.legs} for deal in case.situation.exchanges.values()}
    most = len(case.situation.options["PRK.shells"].levels) - 1
    assert legs["shells for re-entry technology"]["PRK.shells"] == most
    assert 0 < legs["shells for supplies"]["PRK.shells"] < most


def test_a_leg_can_be_held_back_alone(case: Project) -> None:
    paths = case.ensemble().run()
    options = case.model.tables.options
    shells, given = (paths.levels[:, :, options.index(name)] for name in ("PRK.shells", "RUS.reentry"))
    assert ((shells < shells.max()) & (given == 1)).any()
    assert ((shells == shells.max()) & (given == 0)).any()


def test_russian_need_makes_the_deal_and_without_it_the_deal_is_gone(case: Project) -> None:
    ensemble = case.ensemble()
    whole = less(asked(ensemble, struck(0.95)), asked(ensemble, struck(0.05)))
    rest = less(*(asked(ensemble, struck(need), (*NEED, *BESIDE)) for need in (0.95, 0.05)))
    assert surely(whole) == 1
    assert gone(rest, whole)


def test_north_korean_want_makes_it_too(case: Project) -> None:
    text = f"P(({DEAL}) by 3 years)"
    wants = ("PRK: prk_reentry", "PRK: prk_sub")
    assert surely(less(asked(case.ensemble(), text, wants), asked(case.ensemble(), text))) == -1


def test_each_sides_gain_is_told(case: Project) -> None:
    ensemble = case.ensemble()
    against = "PRK.shells=some, RUS.reentry=none"
    for actor in ("RUS", "PRK"):
        assert surely(gain(ensemble, actor, 3.0, TECHNOLOGY, against)) == 1, actor
