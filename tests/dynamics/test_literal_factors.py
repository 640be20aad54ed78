"""How factors move: every rule by arithmetic, put to every kernel."""

from __future__ import annotations

import numpy as np
import pytest
from hand_models import QUIET, STILL, above, factor, go, holding, lever, logit, option, s, shock, size
from model_builder import Builder, key_of

from realpolitik.dynamics import chance
from realpolitik.dynamics.tables import Keeps, Kind, Op, Plan


def close(got, expected):
    np.testing.assert_allclose(got, expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize("d", [-0.6, 0.1, 0.4])
def test_a_size_is_the_swing_about_the_middle(kernel, d):
    b = Builder(periods=1)
    actor = b.actor()
    x, k = b.factor(0.5 - d / 2), b.option([actor])
    b.link(b.slot(k, 1), x, size(d))
    close(go(kernel, b, holding(option(k))).factors[0, 1, x], 0.5 + d / 2)


def test_influences_add_in_log_odds_and_count_from_the_factual_start(kernel):
    b, x, k = lever()
    other = b.factor(0.3)
    b.link(b.slot(k, 1), x, 0.7)
    b.link(b.level(other), x, -1.5)
    got = go(kernel, b, holding(option(k), factor(other, 0.9))).factors[0, :, x]
    close(got, [0.4] + [s(logit(0.4) + 0.7 - 1.5 * (0.9 - 0.3))] * 4)


def test_a_half_life_halves_the_distance(kernel):
    b, x, k = lever(half_life=2.0)
    b.link(b.slot(k, 1), x, 2.0)
    goal = s(logit(0.4) + 2.0)
    close(go(kernel, b, holding(option(k))).factors[0, :, x], [goal + (0.4 - goal) * 2 ** (-t / 2) for t in range(5)])


def test_a_delay_fills_up_exponentially(kernel):
    b, x, k = lever()
    b.link(b.slot(k, 1), x, 2.0, after=3.0)
    y = [1 - np.exp(-t / 3) for t in range(4)]
    close(go(kernel, b, holding(option(k))).factors[0, 1:, x], [s(logit(0.4) + 2.0 * v) for v in y])


def test_a_trend_moves_the_anchor(kernel):
    b, x, _ = lever(trend=0.1)
    close(go(kernel, b, STILL).factors[0, :, x], [0.4] + [s(logit(0.4) + 0.1 * t) for t in range(4)])


@pytest.mark.parametrize(
    ("keeps", "expected"),
    [
        (Keeps.NO, [0.4, 0.4]),
        (Keeps.RISES, [0.9, 0.4]),
        (Keeps.FALLS, [0.4, 0.1]),
        (Keeps.BOTH, [0.9, 0.1]),
    ],
)
@pytest.mark.parametrize("kind", [Kind.LEVEL, Kind.STOCK])
def test_what_is_kept_does_not_turn_back(kernel, keeps, expected, kind):
    b = Builder(periods=3)
    b.actor()
    up, down = (b.factor(0.4, keeps=keeps, kind=kind) for _ in range(2))
    if kind == Kind.STOCK:
        b.flow(b.const(1.0), up, -0.5)
        b.flow(b.const(1.0), down, 0.3)
    got = go(kernel, b, holding(factor(up, 0.9, 0, 1), factor(down, 0.1, 0, 1), review=False)).factors[0, 1]
    if kind == Kind.LEVEL:
        close(got, expected)
    else:
        close(got, [0.9 if keeps & 1 else 0.4, 0.1 if keeps & 2 else 0.4])


def test_learned_technology_stays_learned(kernel):
    b = Builder(periods=6)
    actor = b.actor()
    known, k = b.factor(0.1, keeps=Keeps.RISES, half_life=2.0), b.option([actor])
    b.pull(b.slot(k, 1), known, 0.6)
    path = go(kernel, b, holding(option(k, 1, 0, 3), option(k, 0, 3))).factors[0, :, known]
    assert (np.diff(path[:4]) > 0).all()
    close(path[3:], path[3])


def test_a_pull_draws_to_its_level_and_lets_go(kernel):
    b, x, k = lever(periods=3)
    b.pull(b.slot(k, 1), x, 0.9)
    close(go(kernel, b, holding(option(k, 1, 0, 2), option(k, 0, 2))).factors[0, :, x], [0.4, 0.9, 0.9, 0.4])


def test_a_pull_by_a_factor_counts_what_it_rose_above_its_start(kernel):
    b, x, _ = lever(periods=2)
    cause = b.factor(0.2)
    b.pull(b.level(cause), x, 0.9, after=2.0)
    b.pull(b.level(cause), x, 0.1)
    now, gain = (0.6 - 0.2) / 0.8, 1 - np.exp(-1 / 2)
    y = 0.2 + gain * (0.6 - 0.2)
    slow = (y - 0.2) / 0.8
    got = go(kernel, b, holding(factor(cause, 0.6))).factors[0, :, x]
    close(got, [0.4, (1 - now) * 0.4 + now * 0.1, (1 - now - slow) * 0.4 + now * 0.1 + slow * 0.9])


def test_pulls_beyond_one_share_the_target(kernel):
    b, x, k = lever(periods=1)
    three = b.option([0], 3)
    b.pull(b.slot(k, 1), x, 0.9)
    b.pull(b.share(three), x, 0.2)
    b.pull(b.slot(k, 1), x, 0.0, exists=0.0)
    close(go(kernel, b, holding(option(k), option(three))).factors[0, 1, x], (0.9 + 0.5 * 0.2) / 1.5)


def test_a_shock_sets_a_factor_which_then_stays_and_ends_its_pulls(kernel):
    b, x, k = lever(periods=8)
    b.pull(b.slot(k, 1), x, 0.9)
    b.link(b.slot(k, 1), x, 1.0)
    h = b.shock(0.0, sets={x: 0.7})
    plan = holding(option(k, 1, 0, 4), option(k, 0, 4, 6), option(k, 1, 6), shock(h, start=2))
    back = s(logit(0.7) - 1.0)
    close(go(kernel, b, plan).factors[0, :, x], [0.4, 0.9, 0.7, 0.7, 0.7, back, back, 0.9, 0.9])


def test_a_shift_lasts_its_time(kernel):
    b, x, _ = lever(periods=5)
    h = b.shock(0.0, shifts={x: size(0.3)}, lasting=2)
    up = s(logit(0.4) + size(0.3))
    close(go(kernel, b, holding(shock(h, start=1), review=False)).factors[0, :, x], [0.4, 0.4, up, up, 0.4, 0.4])


def test_a_shift_for_good_stays(kernel):
    b, x, _ = lever(periods=3)
    h = b.shock(0.0, shifts={x: -1.0})
    low = s(logit(0.4) - 1.0)
    close(go(kernel, b, holding(shock(h), review=False)).factors[0, :, x], [0.4, low, low, low])


@pytest.mark.parametrize("once", [True, False])
def test_shocks_fire_by_their_own_uniforms(kernel, once):
    b, x, _ = lever(draws=20, periods=6)
    h = b.shock(0.3, sets={x: 0.9}, once=once)
    got = go(kernel, b, Plan(review=False), seed=7).fired[:, :, h]
    key = key_of("shock", "0")
    hits = chance.uniforms(np.arange(20)[:, None], 0, key, np.arange(7), 7) < 0.3
    if once:
        hits &= np.cumsum(hits, axis=1) == 1
    assert (got == hits).all()
    assert got.any()


def test_a_shock_waits_for_its_date_and_its_state(kernel):
    b, x, _ = lever(periods=5)
    other = b.factor(0.2)
    trigger = b.compare(Op.TRIGGER_ABOVE, b.level(other), 0.5)
    dated = b.shock(1.0, on=3, sets={x: 0.9})
    stated = b.shock(1.0, node=trigger, sets={x: 0.6})
    fired = go(kernel, b, holding(factor(other, 0.8, 2, 3), review=False, chance=True)).fired[0]
    assert fired[:, dated].tolist() == [False, False, False, True, False, False]
    assert fired[:, stated].tolist() == [False, False, True, False, False, False]


def test_a_shock_held_at_zero_cannot_fire(kernel):
    b, x, _ = lever(periods=5)
    h = b.shock(1.0, sets={x: 0.9})
    fired = go(kernel, b, holding(shock(h, 0.0, 0, 3), review=False, chance=True)).fired[0, :, h]
    assert fired.tolist() == [False, False, False, True, False, False]


def test_a_held_factor_resists_shocks_and_goes_on_from_its_hold(kernel):
    b, x, _ = lever(periods=4, half_life=1.0)
    h = b.shock(0.0, sets={x: 0.8})
    got = go(kernel, b, holding(factor(x, 0.1, 0, 3), shock(h, start=1), review=False)).factors[0, :, x]
    close(got, [0.1, 0.1, 0.1, (0.1 + 0.8) / 2, (0.45 + 0.8) / 2])


def test_stocks_add_up_their_flows(kernel):
    b = Builder(periods=4)
    actor = b.actor()
    k, stock = b.option([actor]), b.factor(0.5, kind=Kind.STOCK)
    b.flow(b.slot(k, 1), stock, 0.2)
    b.flow(b.level(stock), stock, -0.1)
    got = go(kernel, b, holding(option(k))).factors[0, :, stock]
    x = 0.5
    for t in range(5):
        close(got[t], x)
        x = min(1.0, x + 0.2 - 0.1 * x)


def test_starts_are_clipped_so_that_the_status_quo_stands(kernel):
    b = Builder(periods=3)
    b.actor()
    b.factor(0.0)
    b.factor(1.0, half_life=2)
    b.factor(0.0, kind=Kind.STOCK)
    close(go(kernel, b, STILL).factors[0], [[0.005, 0.995, 0.0]] * 4)


def test_noise_follows_its_recursion(kernel):
    b, x, _ = lever(draws=3, periods=5, half_life=2.0, noise=0.03)
    got = go(kernel, b, Plan(review=False), seed=99, index=np.array([5, 64, 700], np.int32))
    rho, key = 2 ** (-1 / 2), key_of("noise", "0")
    sigma = 4 * 0.03 * (1 + rho) / np.sqrt(1 + rho**2)
    for row, n in enumerate((5, 64, 700)):
        level, eta = 0.4, 0.0
        for t in range(6):
            close(got.factors[row, t, x], level)
            level += (1 - rho) * (s(logit(0.4) + eta) - level)
            eta = rho * eta + np.sqrt(1 - rho**2) * sigma * chance.normal_of(n, 0, key, t + 1, 99)


def test_every_operation_of_a_term(kernel):
    b = Builder(periods=0)
    actor = b.actor()
    p, q = b.factor(0.3), b.factor(0.8)
    k = b.option([actor], 4, now=2)
    x, y = b.level(p), b.level(q)
    expected = {
        b.const(1.25): 1.25,
        b.slot(k, 2): 1.0,
        b.slot(k, 1): 0.0,
        b.share(k): 2 / 3,
        b.param(0.35): 0.35,
        b.not_(x): 0.7,
        b.both(Op.MUL, x, y): 0.24,
        b.both(Op.ADD, x, y): 1.1,
        b.both(Op.SUB, x, y): -0.5,
        b.both(Op.OR, x, y): 0.86,
        b.both(Op.MIN, x, y): 0.3,
        b.both(Op.MAX, x, y): 0.8,
        b.node(Op.CLIP01, b.both(Op.ADD, x, y)): 1.0,
        b.node(Op.CLIP01, b.both(Op.SUB, x, y)): 0.0,
        b.both(Op.CONTEST, x, y, 2.0): 0.09 / 0.73,
        b.both(Op.CONTEST, b.const(0.0), b.const(0.0), 1.0): 0.5,
        b.both(Op.ABOVE, x, b.const(0.32)): above(0.3, 0.32),
        b.both(Op.TRIGGER_ABOVE, x, b.const(0.3)): 0.0,
        b.both(Op.TRIGGER_ABOVE, y, x): 1.0,
        b.both(Op.TRIGGER_AT_LEAST, x, b.const(0.3 + 1e-12)): 1.0,
        b.both(Op.TRIGGER_AT_LEAST, x, b.const(0.31)): 0.0,
    }
    derived = [b.factor(0.0, kind=Kind.DERIVED, formula=node) for node in expected]
    again = b.factor(0.0, kind=Kind.DERIVED, formula=b.not_(b.level(derived[5])))
    got = go(kernel, b, QUIET).factors[0, 0]
    close(got[derived], list(expected.values()))
    close(got[again], 0.3)


def test_derived_factors_move_with_the_same_period(kernel):
    b, x, k = lever(periods=2)
    formula = b.both(Op.MUL, b.level(x), b.slot(k, 1))
    d = b.factor(0.0, kind=Kind.DERIVED, formula=formula)
    b.link(b.level(d), x, 1.0)
    path = go(kernel, b, holding(option(k, start=1))).factors[0]
    close(path[:, x], [0.4, 0.4, s(logit(0.4) + 0.4)])
    close(path[:, d], [0.0, 0.4, path[2, x]])


def test_utility_is_interests_less_costs_norms_and_red_lines(kernel):
    b, x, k = lever(periods=1)
    b.interest(0, b.level(x), -0.5)
    b.interest(0, b.slot(k, 1), 0.2)
    b.price(0, k, 1, 0.03)
    b.norm(0, b.compare(Op.TRIGGER_ABOVE, b.slot(k, 1), 0.5), 0.04)
    b.red(0, b.compare(Op.ABOVE, b.level(x), 0.38))
    b.red(0, b.compare(Op.ABOVE, b.level(x), 0.2), active=0.0)
    got = go(kernel, b, holding(option(k, start=1), review=False)).utility[0, :, 0]
    base = -0.4 - above(0.4, 0.38)
    close(got, [base, base + 0.4 - 0.03 - 0.04])


def test_every_draw_follows_its_own_numbers(kernel):
    b, x, k = lever(draws=3, periods=1)
    b.link(b.slot(k, 1), x, np.array([0.5, 0.0, -2.0]))
    got = go(kernel, b, holding(option(k))).factors[:, 1, x]
    close(got, [s(logit(0.4) + e) for e in (0.5, 0.0, -2.0)])


@pytest.mark.parametrize("half_life", [0.0, 3.0])
def test_noise_is_the_lasting_spread_of_the_level(kernel, half_life):
    b = Builder(draws=1500, periods=14)
    b.actor()
    b.factor(0.5, half_life=half_life, noise=0.03)
    last = go(kernel, b, Plan(review=False)).factors[:, -1, 0]
    assert abs(last.std() - 0.03) < 0.002
