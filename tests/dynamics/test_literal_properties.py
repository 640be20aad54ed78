"""What must hold in every situation, tried on random ones and put to every kernel."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hand_models import QUIET, go, holding, lever, option
from model_builder import Builder
from random_models import Case, random_case
from relabel import actors_reordered, factors_reordered, options_reordered

from realpolitik.dynamics.tables import Enter, Held, Hold, Op, Paths, Plan

CASES = range(200, 212)


def run(kernel, case: Case, depth: int = 0) -> Paths:
    return kernel(case.tables, case.draws, case.plan, seed=case.seed, depth=depth)


def assert_same(one: Paths, other: Paths, *, room: float = 1e-10, but: tuple[str, ...] = ()) -> None:
    for name in ("levels", "fired", "honoured", "formed", "factors", "utility"):
        if name not in but:
            np.testing.assert_allclose(getattr(one, name), getattr(other, name), rtol=0, atol=room, err_msg=name)


def decided_widely(paths: Paths) -> bool:
    """No draw met a decision that rounding could turn."""
    return bool((paths.margin > 1e-6).all())


@pytest.mark.parametrize("number", CASES)
def test_the_status_quo_stands_still(kernel, number):
    case = random_case(number)
    still = {name: np.zeros_like(getattr(case.draws, name)) for name in ("trend", "flow_rate")}
    plan = Plan(review=False, chance=False)
    paths = run(kernel, replace(case, draws=replace(case.draws, **still), plan=plan))
    np.testing.assert_allclose(paths.factors, paths.factors[:, :1].repeat(case.tables.periods + 1, 1), atol=1e-12)
    assert (paths.levels == case.tables.option_now).all()


@pytest.mark.parametrize("number", CASES)
def test_replaying_a_run_gives_the_run(kernel, number):
    case = random_case(number)
    first = run(kernel, case)
    again = run(kernel, replace(case, plan=replace(case.plan, replay=first.levels)))
    assert_same(first, again, room=0.0, but=("honoured",))


@pytest.mark.parametrize("number", CASES)
def test_each_draw_goes_its_own_way(kernel, number):
    case = random_case(number)
    if case.plan.replay is not None:
        case = replace(case, plan=replace(case.plan, replay=None))
    whole = run(kernel, case)
    order = [2, 0]
    part = run(kernel, replace(case, draws=case.draws.rows(np.array(order))))
    for name in ("levels", "fired", "honoured", "formed", "factors", "utility", "margin"):
        np.testing.assert_array_equal(getattr(part, name), getattr(whole, name)[order], err_msg=name)


@pytest.mark.parametrize("number", CASES)
def test_the_order_of_actors_does_not_matter(kernel, number):
    case = random_case(number)
    order = np.random.default_rng(number).permutation(len(case.tables.actors))
    one, other = run(kernel, case), run(kernel, actors_reordered(case, order))
    if decided_widely(one):
        assert_same(one, replace(other, utility=other.utility[:, :, np.argsort(order)]))


@pytest.mark.parametrize("number", CASES)
def test_the_order_of_factors_does_not_matter(kernel, number):
    case = random_case(number)
    order = np.random.default_rng(number).permutation(len(case.tables.factors))
    one, other = run(kernel, case), run(kernel, factors_reordered(case, order))
    if decided_widely(one):
        assert_same(one, replace(other, factors=other.factors[:, :, np.argsort(order)]))


@pytest.mark.parametrize("number", CASES)
def test_the_order_of_options_of_one_party_does_not_matter(kernel, number):
    case = random_case(number)
    t = case.tables
    if len(t.party_actor) > len(t.options) or len(t.exchanges) or (t.slot_requires >= 0).any():
        t = replace(
            t,
            slot_requires=np.full_like(t.slot_requires, -1),
            leg_start=t.leg_start[:1],
            leg_option=t.leg_option[:0],
            leg_level=t.leg_level[:0],
            exchange_review=t.exchange_review[:0],
            exchanges=(),
            key_phase=t.key_phase[: len(t.options)],
        )
        case = replace(case, tables=t)
    joint = np.flatnonzero(np.diff(t.party_start) > 1)
    order = np.random.default_rng(number).permutation(len(t.options))
    order[np.isin(order, joint)] = joint  # joint options are decided in file order
    one, other = run(kernel, case), run(kernel, options_reordered(case, order))
    if decided_widely(one):
        assert_same(one, replace(other, levels=other.levels[:, :, np.argsort(order)]))


@pytest.mark.parametrize("number", CASES)
def test_a_secret_hold_of_an_option_changes_nothing_that_all_see_anyway_at_depth_0(kernel, number):
    case = random_case(number)
    open_view = replace(case.tables, view_hidden_option=np.zeros_like(case.tables.view_hidden_option))
    k, levels = 0, case.tables.slot_start[1]
    plans = [Plan(holds=(Hold(Held.OPTION, k, levels - 1, 1, -1, secret),)) for secret in (False, True)]
    public, secret = (run(kernel, replace(case, tables=open_view, plan=plan)) for plan in plans)
    assert_same(public, secret, room=0.0)


def test_mirrored_actors_fare_alike(kernel):
    b = Builder(periods=6)
    actors = [b.actor(), b.actor()]
    arms = [b.factor(0.3, half_life=2), b.factor(0.3, half_life=2)]
    options = [b.option([actor], review=1) for actor in actors]
    for actor, (own, other) in enumerate([(0, 1), (1, 0)]):
        b.link(b.slot(options[actor], 1), arms[own], 1.0, after=2.0)
        b.link(b.level(arms[other]), arms[own], 0.8)
        b.interest(actor, b.both(Op.CONTEST, b.level(arms[own]), b.level(arms[other]), 1.5), 1.0)
        b.interest(actor, b.level(arms[other]), -0.4)
        b.price(actor, options[actor], 1, 0.02)
    for depth in (0, 1):
        got = go(kernel, b, QUIET, depth=depth)
        np.testing.assert_allclose(got.utility[..., 0], got.utility[..., 1], atol=1e-12)
        assert (got.levels[..., 0] == got.levels[..., 1]).all()
        assert got.levels.any()


def test_a_larger_effect_moves_further(kernel):
    b, x, k = lever(draws=9, half_life=2.0)
    b.link(b.slot(k, 1), x, np.linspace(-2, 2, 9), after=1.0)
    got = go(kernel, b, holding(option(k)))
    assert (np.diff(got.factors[:, 2:, x], axis=0) > 0).all()


def test_a_dearer_level_is_chosen_less(kernel):
    b, x, k = lever(draws=300, periods=0)
    b.link(b.slot(k, 1), x, 0.8)
    b.interest(0, b.level(x), 1.0)
    b.price(0, k, 1, 0.0)
    shares = [
        go(kernel, b, Plan(), price=np.full((300, 1), price)).levels[:, 0, k].mean() for price in (0, 0.1, 0.2, 0.4)
    ]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > 0.9
    assert shares[-1] < 0.1


def test_a_choice_follows_the_logit_of_its_score(kernel):
    b, _, k = lever(draws=4000, periods=0)
    b.interest(0, b.const(0.0), 1.0)
    b.interest(0, b.slot(k, 1), 0.05)
    share = go(kernel, b, Plan()).levels[:, 0, k].mean()
    expected = 1 / (1 + np.exp(-30 * (0.05 - 0.02)))
    assert abs(share - expected) < 4 * np.sqrt(expected * (1 - expected) / 4000)


def test_a_consenting_party_cannot_block(kernel):
    """With tastes, entering by all is rarer than by most, and by most rarer than by one alone."""
    shares = []
    for enter, parties in ((Enter.ALL, [0, 1, 2]), (Enter.MOST, [0, 1, 2]), (Enter.ALL, [0])):
        b = Builder(draws=600, periods=0)
        for _ in range(3):
            b.actor()
        k = b.option(parties, enter=enter)
        for actor in range(3):
            b.interest(actor, b.const(0.0), 1.0)
            b.interest(actor, b.slot(k, 1), 0.04)
        shares.append(go(kernel, b, Plan()).levels[:, 0, k].mean())
    p = 1 / (1 + np.exp(-30 * 0.02))
    expected = [p**3, p**3 + 3 * p**2 * (1 - p), p]
    np.testing.assert_allclose(shares, expected, atol=4 * 0.5 / np.sqrt(600))
