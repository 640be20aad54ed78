"""What actors decide at depth 0, by arithmetic: scores are read off the margin of a decision, put to every kernel."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from hand_models import QUIET, above, factor, go, holding, lever, logit, option, s, shock, size, worth
from model_builder import Builder, key_of

from realpolitik.dynamics import chance
from realpolitik.dynamics.tables import Enter, Keeps, Leave, Op, Plan


def close(got, expected):
    np.testing.assert_allclose(got, expected, rtol=0, atol=1e-9)


def stakes(b: Builder, actor: int, k: int, level: int, weight: float) -> None:
    """Let an actor gain `weight` from an option standing at a level, whatever its other interests."""
    b.interest(actor, b.slot(k, level), weight)


def scale(b: Builder) -> None:
    """Give every actor an idle interest of weight 1, so that weights are utilities."""
    for actor in range(len(b.actors)):
        b.interest(actor, b.const(0.0), 1.0)


# one party
def test_the_score_is_steadiness_times_value_less_switch(kernel):
    b = Builder(periods=0)
    actor = b.actor(foresight=3, discount=0.8, steadiness=40.0)
    x, k = b.factor(0.4, half_life=1.5), b.option([actor], switch=0.02)
    b.link(b.slot(k, 1), x, 1.0, after=2.0)
    b.interest(actor, b.level(x), 1.0)
    b.price(actor, k, 1, 0.01)
    y, level, gains = 0.0, 0.4, []
    for _ in range(3):
        level += (1 - 2 ** (-1 / 1.5)) * (s(logit(0.4) + y) - level)
        y += (1 - np.exp(-1 / 2)) * (1 - y)
        gains.append(level - 0.4 - 0.01)
    got = go(kernel, b)
    close(got.margin[0, 0], abs(40 * (worth(gains, 0.8) - 0.02)))
    assert got.levels[0, 0, k] == (worth(gains, 0.8) > 0.02)


@pytest.mark.parametrize(("foresight", "chosen"), [(1, 0), (2, 0), (3, 1)])
def test_foresight_reaches_only_so_far(kernel, foresight, chosen):
    b = Builder(periods=0)
    actor = b.actor(foresight=foresight)
    x, z, k = b.factor(0.3), b.factor(0.3), b.option([actor])
    b.link(b.slot(k, 1), x, 3.0)
    b.link(b.level(x), z, 3.0)
    late = b.factor(0.3)
    b.link(b.level(z), late, 5.0)
    b.interest(actor, b.level(late), 1.0)
    assert go(kernel, b).levels[0, 0, k] == chosen


def test_one_is_the_sum_of_the_weights_of_the_future(kernel):
    for foresight in (1, 2, 7):
        b = Builder(periods=0)
        actor = b.actor(foresight=foresight, discount=0.7, steadiness=10.0)
        k = b.option([actor], switch=0.0)
        scale(b)
        stakes(b, actor, k, 1, 0.3)
        close(go(kernel, b).margin[0, 0], 3.0)


def test_tastes_are_drawn_once_and_fickle_ones_at_every_review(kernel):
    for fickle in (0.0, 0.3, 1.0):
        b = Builder(draws=5, periods=3)
        actor = b.actor()
        k = b.option([actor], 3, fickle=fickle, switch=0.0)
        scale(b)
        got = go(kernel, b, Plan(chance=False), seed=4)
        keys = [key_of("taste", f"0/0/{level}") for level in range(3)]
        for n in range(5):
            for t in range(4):
                lasting = [chance.gumbel_of(n, 0, key, chance.PERSISTENT, 4) for key in keys]
                passing = [chance.gumbel_of(n, 0, key, t, 4) for key in keys]
                score = sqrt(1 - fickle) * np.array(lasting) + sqrt(fickle) * np.array(passing)
                assert got.levels[n, t, k] == score.argmax()
                close(got.margin[n, t], np.diff(np.sort(score))[-1])


def test_reviews_come_round_by_phase(kernel):
    b = Builder(draws=200, periods=11)
    actor = b.actor()
    k = b.option([actor], review=4)
    scale(b)
    stakes(b, actor, k, 1, 0.5)
    index = 7 * np.arange(200, dtype=np.int32)
    got = go(kernel, b, seed=3, index=index)
    phases = chance.phases(index, key_of("phase", "0"), 4, 3)
    reviewed = (np.arange(12) + phases[:, None]) % 4 == 0
    assert (np.isfinite(got.margin) == reviewed).all()
    assert (got.levels[:, :, k].argmax(axis=1) == reviewed.argmax(axis=1)).all()
    assert len(set(phases.tolist())) > 1


def test_a_trigger_brings_a_review_forward_when_it_comes_true(kernel):
    b = Builder(draws=70, periods=9)
    actor = b.actor()
    x = b.factor(0.2)
    k = b.option([actor], review=9, on=b.compare(Op.TRIGGER_ABOVE, b.level(x), 0.5))
    scale(b)
    stakes(b, actor, k, 1, 0.5)
    got = go(kernel, b, holding(factor(x, 0.9, 4, 6)), seed=12)
    phases = chance.phases(np.arange(70), key_of("phase", "0"), 9, 12)
    reviewed = ((np.arange(10) + phases[:, None]) % 9 == 0) | (np.arange(10) == 4)
    assert (np.isfinite(got.margin) == reviewed).all()


def test_an_actor_sees_its_own_decisions_of_the_period_in_its_own_order(kernel):
    b = Builder(draws=40, periods=0)
    actor = b.actor()
    one, other = b.option([actor]), b.option([actor])
    scale(b)
    b.interest(actor, b.both(Op.OR, b.slot(one, 1), b.slot(other, 1)), 0.3)
    levels = go(kernel, b, seed=2).levels[:, 0]
    orders = [chance.uniforms(np.arange(40), 0, key_of("order", str(k)), 0, 2) for k in (0, 1)]
    first = orders[0] < orders[1]
    assert (levels[:, one] == first).all()
    assert (levels[:, other] == ~first).all()
    assert 0 < first.sum() < 40


def test_actors_decide_at_once(kernel):
    b = Builder(periods=1)
    actors = [b.actor(), b.actor()]
    options = [b.option([actor]) for actor in actors]
    scale(b)
    for actor in actors:
        b.interest(actor, b.both(Op.OR, b.slot(options[0], 1), b.slot(options[1], 1)), 0.1)
        b.price(actor, options[actor], 1, 0.05)
    levels = go(kernel, b).levels[0]
    assert levels.tolist() == [[1, 1], [0, 0]]


def test_the_current_level_wins_a_tie_then_the_lowest(kernel):
    b = Builder(periods=0)
    actor = b.actor()
    stays, moves = b.option([actor], 3, now=1, switch=0.0), b.option([actor], 3, now=1, switch=0.0)
    scale(b)
    b.interest(actor, b.not_(b.slot(moves, 1)), 0.5)
    assert go(kernel, b).levels[0, 0, [stays, moves]].tolist() == [1, 0]


def test_requirements_screen_levels(kernel):
    b = Builder(periods=2)
    actor = b.actor()
    x, k = b.factor(0.2), b.option([actor], 3)
    scale(b)
    stakes(b, actor, k, 1, 0.1)
    stakes(b, actor, k, 2, 0.5)
    b.require(k, 2, b.compare(Op.TRIGGER_AT_LEAST, b.level(x), 0.5))
    assert go(kernel, b, holding(factor(x, 0.6, 1, 2))).levels[0, :, k].tolist() == [1, 2, 2]


def test_a_change_whose_requirement_a_simultaneous_change_breaks_is_dropped(kernel):
    b = Builder(periods=1)
    for _ in range(2):
        b.actor()
    door, guest = b.option([0], now=1), b.option([1])
    scale(b)
    stakes(b, 0, door, 0, 0.5)
    stakes(b, 1, guest, 1, 0.5)
    b.require(guest, 1, b.slot(door, 1))
    assert go(kernel, b).levels[0].tolist() == [[0, 0], [0, 0]]


def test_a_level_may_require_the_one_before(kernel):
    b = Builder(periods=2)
    actor = b.actor()
    k = b.option([actor], 3)
    scale(b)
    stakes(b, actor, k, 1, 0.1)
    stakes(b, actor, k, 2, 0.5)
    b.require(k, 2, b.slot(k, 1))
    assert go(kernel, b).levels[0, :, k].tolist() == [1, 2, 2]


def test_the_irreversible_goes_up_only(kernel):
    b = Builder(periods=1)
    actor = b.actor()
    k, up = b.option([actor], 3, now=1, irreversible=True), b.option([actor], 3, now=1, irreversible=True)
    scale(b)
    stakes(b, actor, k, 0, 0.9)
    stakes(b, actor, up, 2, 0.5)
    assert go(kernel, b).levels[0, :, [k, up]].tolist() == [[1, 1], [2, 2]]


def test_a_red_line_bends_choices(kernel):
    b, x, k = lever(periods=0)
    b.link(b.slot(k, 1), x, size(0.6))
    b.interest(0, b.level(x), 1.0)
    gain = s(logit(0.4) + size(0.6)) - 0.4
    b.red(0, b.compare(Op.ABOVE, b.level(x), 0.8))
    cost = above(0.4 + gain, 0.8) - above(0.4, 0.8)
    got = go(kernel, b)
    close(got.margin[0, 0], abs(30 * (gain - cost - 0.02)))
    assert got.levels[0, 0, k] == 0


# shocks and holds in the look-ahead
@pytest.mark.parametrize("lasting", [-1, 1])
def test_shocks_enter_with_their_cumulative_probability(kernel, lasting):
    b = Builder(periods=0)
    actor = b.actor(foresight=3, discount=0.8, steadiness=10.0)
    x, k = b.factor(0.3), b.option([actor], switch=0.0)
    b.shock(0.2, sets={x: 0.9}, on=-1)
    z = b.factor(0.5)
    b.shock(0.1, shifts={z: 2.0}, lasting=lasting)
    b.interest(actor, b.both(Op.MUL, b.slot(k, 1), b.level(x)), 1.0)
    b.interest(actor, b.both(Op.MUL, b.slot(k, 1), b.level(z)), 1.0)
    anchor, level, fired, gains, shift, high = logit(0.3), 0.3, 0.0, [], [], 0.5
    for _ in range(3):
        level, high = s(anchor), s(sum(shift if lasting < 0 else shift[-1:]))
        q, r = (1 - fired) * 0.2, 0.9 ** len(shift) * 0.1
        fired += q
        level += q * (0.9 - level)
        anchor += q * (logit(0.9) - anchor)
        shift.append(2.0 * r)
        gains.append(level + high)
    keys = np.array([key_of("shock", "0"), key_of("shock", "1")])
    quiet = next(i for i in range(100) if (chance.uniforms(0, 0, keys, 0, i) > 0.2).all())
    got = go(kernel, b, Plan(tastes=False, chance=True), seed=quiet)
    assert not got.fired.any()
    close(got.margin[0, 0], 10 * worth(gains, 0.8))


def test_the_while_of_a_shock_is_read_a_step_before(kernel):
    b = Builder(periods=0)
    actor = b.actor(foresight=2, discount=0.5, steadiness=10.0)
    x, k = b.factor(0.3), b.option([actor], switch=0.0)
    b.shock(0.4, sets={x: 0.9}, node=b.compare(Op.TRIGGER_ABOVE, b.slot(k, 1), 0.9))
    b.interest(actor, b.level(x), 1.0)
    on, off = 0.4 * above(1, 0.9), 0.4 * above(0, 0.9)
    value = {}
    for q in (on, off):
        first = 0.3 + q * 0.6
        anchor = logit(0.3) + q * (logit(0.9) - logit(0.3))
        more = (1 - q) * q
        second = s(anchor) + more * (0.9 - s(anchor))
        value[q] = worth([first, second], 0.5)
    got = go(kernel, b, Plan(tastes=False))
    close(got.margin[0, 0], 10 * (value[on] - value[off]))


@pytest.mark.parametrize(("secret", "value", "expected"), [(False, 1.0, 1.0), (False, 0.0, 0.0), (True, 1.0, 0.25)])
def test_public_holds_of_shocks_are_known_ahead(kernel, secret, value, expected):
    b = Builder(periods=0)
    actor = b.actor(foresight=1, steadiness=10.0)
    x, k = b.factor(0.3), b.option([actor], switch=0.0)
    h = b.shock(0.25, sets={x: 0.9}, on=1)
    b.interest(actor, b.both(Op.MUL, b.slot(k, 1), b.level(x)), 1.0)
    got = go(kernel, b, holding(shock(h, value, 1, 2, secret), chance=True))
    close(got.margin[0, 0], 10 * (0.3 + expected * 0.6))


@pytest.mark.parametrize(("secret", "expected"), [(False, 0.8), (True, 0.3)])
def test_a_public_hold_of_a_factor_lasts_along_the_path(kernel, secret, expected):
    b = Builder(periods=0)
    actor = b.actor(foresight=2, steadiness=10.0)
    x, k = b.factor(0.3), b.option([actor], switch=0.0)
    b.interest(actor, b.both(Op.MUL, b.slot(k, 1), b.level(x)), 1.0)
    close(go(kernel, b, holding(factor(x, 0.8, 0, 1, secret))).margin[0, 0], 10 * expected)


def test_held_options_are_not_reviewed_but_go_on_from_there(kernel):
    b = Builder(periods=4)
    actor = b.actor()
    k = b.option([actor], 3)
    scale(b)
    stakes(b, actor, k, 1, 0.3)
    got = go(kernel, b, holding(option(k, 2, 1, 3)))
    assert got.levels[0, :, k].tolist() == [1, 2, 2, 1, 1]
    assert np.isinf(got.margin[0, 1:3]).all()


def test_a_replay_decides_nothing(kernel):
    b = Builder(draws=2, periods=2)
    actor = b.actor()
    k, m = b.option([actor]), b.option([actor])
    stakes(b, actor, k, 1, 0.5)
    b.promise(m, 1, b.slot(k, 1), [actor])
    replay = np.array([[[0, 1], [1, 0], [0, 0]], [[1, 1], [1, 1], [0, 1]]], np.int8)
    got = go(kernel, b, Plan(holds=(option(m, 1, 2),), replay=replay))
    expected = replay.copy()
    expected[:, 2, m] = 1
    assert (got.levels == expected).all()
    assert np.isinf(got.margin).all()
    assert not got.honoured.any()


def test_without_review_nothing_is_decided(kernel):
    b = Builder(periods=2)
    actor = b.actor()
    k, m = b.option([actor]), b.option([actor])
    stakes(b, actor, k, 1, 0.5)
    b.promise(k, 1, b.slot(m, 1), [actor])
    b.exchange([(k, 1), (m, 1)])
    got = go(kernel, b, holding(option(m, 1), review=False))
    assert got.levels[0].tolist() == [[0, 1]] * 3
    assert not got.honoured.any()


# joint options
def joint(weights: list[list[float]], levels: int, **kind) -> tuple[Builder, int]:
    """A joint option of which each party values each level at weights[party][level]."""
    b = Builder(periods=0)
    for _ in weights:
        b.actor()
    k = b.option(list(range(len(weights))), levels, **kind)
    scale(b)
    for actor, own in enumerate(weights):
        for level, weight in enumerate(own):
            stakes(b, actor, k, level, weight)
    return b, k


@pytest.mark.parametrize(
    ("enter", "weights", "now", "chosen"),
    [
        (Enter.ALL, [[0.0, 0.1, 0.3], [0.0, 0.2, 0.1]], 0, 2),
        (Enter.ALL, [[0.0, 0.3, 0.1], [0.0, 0.1, 0.2]], 0, 1),
        (Enter.ALL, [[0.0, 0.1, 0.3], [0.0, 0.2, 0.01]], 0, 1),
        (Enter.ALL, [[0.0, 0.1, 0.3], [0.0, -0.1, 0.01]], 0, 0),
        (Enter.MOST, [[0.0, -0.1, 0.0], [0.0, 0.1, 0.3], [0.0, 0.2, 0.1]], 0, 2),
        (Enter.MOST, [[0.0, -0.1, 0.3], [0.0, 0.1, 0.2], [0.0, 0.2, -0.1]], 0, 2),
        (Enter.MOST, [[0.0, 0.1, 0.0], [0.0, 0.0, 0.1], [0.0, 0.0, 0.0]], 0, 0),
        (Enter.IN_ORDER, [[0.0, 0.1, 0.3], [0.0, 0.3, 0.1]], 0, 2),
        (Enter.IN_ORDER, [[0.0, 0.1, 0.3], [0.0, 0.3, 0.0]], 0, 0),
        (Enter.ALL, [[0.2, 0.0, 0.1], [0.1, 0.0, 0.3]], 1, 0),
    ],
)
def test_joint_options_are_entered_by_their_rule(kernel, enter, weights, now, chosen):
    b, k = joint(weights, 3, enter=enter, now=now, leave=Leave.ALL)
    assert go(kernel, b).levels[0, 0, k] == chosen


@pytest.mark.parametrize(
    ("leave", "weights", "irreversible", "chosen"),
    [
        (Leave.ANY, [[0.0, 0.3], [0.1, 0.0]], False, 0),
        (Leave.ANY, [[0.0, 0.3], [0.0, 0.0]], False, 1),
        (Leave.ANY, [[0.0, 0.3], [0.1, 0.0]], True, 1),
        (Leave.ALL, [[0.0, 0.3], [0.1, 0.0]], False, 1),
        (Leave.ALL, [[0.3, 0.0], [0.1, 0.0]], False, 0),
    ],
)
def test_joint_options_are_left_by_their_rule(kernel, leave, weights, irreversible, chosen):
    b, k = joint(weights, 2, now=1, leave=leave, irreversible=irreversible, enter=Enter.IN_ORDER)
    assert go(kernel, b).levels[0, 0, k] == chosen


def test_the_margin_of_a_joint_option(kernel):
    b, _ = joint([[0.0, 0.1, 0.3], [0.0, 0.25, 0.2]], 3)
    close(go(kernel, b).margin[0, 0], 30 * 0.05)


def test_joint_options_see_earlier_joint_ones_but_no_decision_of_one_party(kernel):
    b = Builder(periods=0)
    for _ in range(2):
        b.actor()
    first, second, alone = b.option([0, 1]), b.option([1, 0]), b.option([0])
    scale(b)
    for actor in (0, 1):
        b.interest(actor, b.both(Op.OR, b.slot(first, 1), b.slot(second, 1)), 0.3)
        b.interest(actor, b.both(Op.MUL, b.slot(alone, 1), b.slot(first, 1)), -0.9)
    stakes(b, 0, alone, 1, 0.2)
    assert go(kernel, b).levels[0, 0].tolist() == [1, 0, 1]


# exchanges
def deal(ours: float, theirs: float, **kind) -> tuple[Builder, int, int]:
    """Each of two actors pays 0.1 for its own leg and gains from the other's."""
    b = Builder(periods=6)
    for _ in range(2):
        b.actor(**kind)
    one, other = b.option([0]), b.option([1])
    scale(b)
    for actor, mine, gain in ((0, one, ours), (1, other, theirs)):
        b.price(actor, mine, 1, 0.1)
        stakes(b, actor, other if actor == 0 else one, 1, gain)
    return b, one, other


def test_an_exchange_forms_when_every_giver_gains(kernel):
    b, _, _ = deal(0.3, 0.2)
    b.exchange([(0, 1), (1, 1)])
    got = go(kernel, b)
    assert got.formed[0, 0, 0]
    assert got.levels[0, 0].tolist() == [1, 1]
    assert not got.formed[0, 1, 0]  # at depth 0 each would rather not give


@pytest.mark.parametrize("theirs", [0.11, 0.05])
def test_an_exchange_does_not_form_when_one_giver_loses(kernel, theirs):
    b, _, _ = deal(0.3, theirs)
    b.exchange([(0, 1), (1, 1)])
    got = go(kernel, b)
    assert not got.formed.any()
    close(got.margin[0, 0], min(30 * 0.12, -30 * (theirs - 0.12)))


def test_a_leg_whose_requirement_fails_blocks_the_exchange(kernel):
    b, one, _ = deal(0.3, 0.3)
    x = b.factor(0.2)
    b.require(one, 1, b.compare(Op.TRIGGER_ABOVE, b.level(x), 0.5))
    b.exchange([(0, 1), (1, 1)])
    got = go(kernel, b, holding(factor(x, 0.7, 2, 3)))
    assert got.formed[0, :, 0].tolist() == [False, False, True, False, False, False, False]


def test_breaking_an_exchange_calls_up_the_other_legs(kernel):
    b = Builder(periods=7, draws=30)
    for _ in range(2):
        b.actor()
    one, other = b.option([0], now=1), b.option([1], 3, now=2, review=50)
    scale(b)
    stakes(b, 1, one, 1, 0.5)
    b.price(1, other, 2, 0.1)
    b.interest(1, b.both(Op.MUL, b.slot(other, 2), b.slot(one, 1)), 0.3)
    b.exchange([(one, 1), (other, 1)], review=50)
    got = go(kernel, b, holding(option(one, 1, 0, 3), option(one, 0, 3)), seed=2)
    free = np.array([chance.phase_of(n, key_of("phase", "1"), 50, 2) for n in range(30)])
    assert ((free > 0) & (free < 43)).all()  # not due by the calendar in this run
    assert (got.levels[:, :, other] == [2, 2, 2, 2, 0, 0, 0, 0]).all()
    assert (got.formed[:, :, 0] == [True] * 3 + [False] * 5).all()


def test_the_leg_that_broke_an_exchange_is_not_called_up_itself(kernel):
    b = Builder(periods=6)
    for _ in range(2):
        b.actor()
    one, other = b.option([0], now=1, review=50), b.option([1], now=1, review=50)
    scale(b)
    stakes(b, 0, one, 1, 0.5)
    stakes(b, 1, other, 0, 0.5)
    b.exchange([(one, 1), (other, 1)], review=50)
    got = go(kernel, b, holding(option(one, 0, 2, 3)), seed=2)
    phases = [chance.phase_of(0, key_of("phase", str(k)), 50, 2) for k in (0, 1, 2)]
    assert all(0 < phase < 44 for phase in phases)
    assert got.levels[0, :, one].tolist() == [1, 1, 0, 0, 0, 0, 0]
    assert got.levels[0, :, other].tolist() == [1, 1, 1, 0, 0, 0, 0]


# promises
def vow(likelihood: float, periods: int = 1, draws: int = 1, **kind) -> tuple[Builder, int, int]:
    """An actor that would rather not has promised to act if x is above one half."""
    b = Builder(periods=6, draws=draws)
    actor = b.actor()
    x, k = b.factor(0.2), b.option([actor], **kind)
    scale(b)
    b.price(actor, k, 1, 0.3)
    trigger = b.compare(Op.TRIGGER_ABOVE, b.level(x), 0.5)
    b.promise(k, 1, trigger, [actor], periods=periods, likelihood=likelihood)
    return b, x, k


def test_a_promise_is_kept_for_its_time(kernel):
    b, x, k = vow(1.0, periods=2)
    got = go(kernel, b, holding(factor(x, 0.9, 1, 5)))
    assert got.honoured[0, :, 0].tolist() == [0, 1, 0, 0, 0, 0, 0]
    assert got.levels[0, :, k].tolist() == [0, 1, 1, 0, 0, 0, 0]
    assert np.isinf(got.margin[0, 1:3]).all()


def test_a_promise_falls_due_at_every_up_crossing(kernel):
    b, x, k = vow(1.0)
    got = go(kernel, b, holding(factor(x, 0.9, 1, 2), factor(x, 0.8, 4, 5)))
    assert got.levels[0, :, k].tolist() == [0, 1, 0, 0, 1, 0, 0]


def test_a_trigger_true_from_the_start_does_not_fire(kernel):
    b, x, _ = vow(1.0)
    b.factors[x]["start"] = 0.7
    got = go(kernel, b, holding(factor(x, 0.3, 3, 4)))
    assert got.honoured[0, :, 0].tolist() == [0, 0, 0, 0, 1, 0, 0]


def test_a_hold_at_the_start_may_fire_a_promise_at_once(kernel):
    b, x, _ = vow(1.0)
    assert go(kernel, b, holding(factor(x, 0.9))).honoured[0, 0, 0] == 1


def test_promises_are_honoured_by_their_own_uniforms(kernel):
    b, x, k = vow(0.4, draws=60)
    got = go(kernel, b, holding(factor(x, 0.9, 2)), seed=6)
    kept = chance.uniforms(np.arange(60), 0, key_of("promise", "0"), 2, 6) < 0.4
    assert (got.honoured[:, 2, 0] == np.where(kept, 1, -1)).all()
    assert (got.levels[:, 2, k] == kept).all()


def test_no_promise_undoes_the_irreversible(kernel):
    b, x, k = vow(1.0, now=1, irreversible=True)
    b.promises[0]["level"] = 0
    got = go(kernel, b, holding(factor(x, 0.9, 2)))
    assert got.honoured[0, 2, 0] == 1
    assert (got.levels[0, :, k] == 1).all()


def test_promised_consent_lets_the_others_enter(kernel):
    b, k = joint([[0.0, 0.3], [0.0, -0.3]], 2, review=50)
    b.periods = 3
    x = b.factor(0.2)
    b.promise(k, 1, b.compare(Op.TRIGGER_ABOVE, b.level(x), 0.5), [1], periods=2)
    got = go(kernel, b, holding(factor(x, 0.9, 1)), seed=2)
    assert chance.phase_of(0, key_of("phase", "0"), 50, 2) < 47
    assert got.levels[0, :, k].tolist() == [0, 1, 1, 1]


# what actors see
def spying(seen: bool, **kind) -> tuple[Builder, int, int, int]:
    """B would act if the hidden x is high; x is believed to start at 0.3 and shown, if at all, by y."""
    b = Builder(periods=1)
    x, y = b.factor(0.4, central=0.3, **kind), b.factor(0.1)
    if seen:
        b.factors[x]["seen_as"] = y
    b.actor(foresight=1, steadiness=10.0, view=b.view([x]))
    k = b.option([0], switch=0.0)
    b.interest(0, b.both(Op.MUL, b.slot(k, 1), b.level(x)), 1.0)
    return b, x, y, k


def test_what_is_hidden_stays_at_its_central_start(kernel):
    b, x, y, _ = spying(seen=False)
    close(go(kernel, b, holding(factor(x, 0.9, secret=True), factor(y, 0.6))).margin[0, 0], 10 * 0.3)


def test_what_is_hidden_is_seen_as_something_else(kernel):
    b, x, y, _ = spying(seen=True, keeps=Keeps.BOTH)
    close(go(kernel, b, holding(factor(x, 0.9, secret=True), factor(y, 0.6))).margin[0, 0], 10 * (0.3 + 0.5))


def test_what_is_seen_never_falls_below_the_central_start(kernel):
    b, _, y, _ = spying(seen=True, keeps=Keeps.BOTH)
    close(go(kernel, b, holding(factor(y, 0.0))).margin[0, 0], 10 * 0.3)


def test_a_path_starts_from_what_is_seen_and_returns_to_the_viewers_anchor(kernel):
    b, _, y, _ = spying(seen=True, half_life=1.0)
    close(go(kernel, b, holding(factor(y, 0.5))).margin[0, 0], 10 * (0.7 + 0.5 * (0.3 - 0.7)))


def test_a_public_hold_is_seen_by_everybody(kernel):
    b, x, _, _ = spying(seen=False)
    close(go(kernel, b, holding(factor(x, 0.9))).margin[0, 0], 10 * 0.9)


def test_a_public_hold_of_something_hidden_may_fire_a_trigger(kernel):
    for secret, fired in ((False, 1), (True, 0)):
        b, x, _ = vow(1.0)
        b.actors[0]["view"] = b.view([x])
        got = go(kernel, b, holding(factor(x, 0.9, 2, secret=secret)))
        assert got.honoured[0, :, 0].tolist() == [0, 0, fired, 0, 0, 0, 0]


def test_a_hidden_option_is_seen_between_its_levels(kernel):
    b = Builder(periods=0)
    y = b.factor(0.1)
    b.actor()
    k = b.option([0], 3, seen_as=y)
    b.actor(foresight=1, steadiness=10.0, view=b.view([], [k]))
    m = b.option([1], switch=0.0)
    for level, weight in ((0, 0.1), (1, 0.2), (2, 0.9)):
        b.interest(1, b.both(Op.MUL, b.slot(m, 1), b.slot(k, level)), weight)
    b.interest(1, b.const(0.0), 1.0)
    got = go(kernel, b, holding(option(k, 2, secret=True), factor(y, 0.8)))
    close(got.margin[0, 0], 10 * (0.6 * 0.2 + 0.4 * 0.9))
    assert (got.levels[0, 0, k], got.levels[0, 0, m]) == (2, 1)


def test_nothing_leaks_through_a_delay(kernel):
    b = Builder(periods=3)
    x, z = b.factor(0.2), b.factor(0.5)
    b.actor(foresight=1, steadiness=10.0, view=b.view([x]))
    k = b.option([0], switch=0.0)
    b.link(b.level(x), z, 3.0, after=2.0)
    b.interest(0, b.both(Op.MUL, b.slot(k, 1), b.level(z)), 1.0)
    got = go(kernel, b, holding(factor(x, 0.9, secret=True), factor(z, 0.5, secret=True)))
    close(got.margin[0], [10 * 0.5] * 4)


def test_triggers_fire_on_what_the_promiser_sees(kernel):
    b, x, k = vow(1.0)
    y = b.factor(0.2)
    b.factors[x]["seen_as"] = y
    b.actors[0]["view"] = b.view([x])
    got = go(kernel, b, holding(factor(x, 0.9, 1, secret=True), factor(y, 0.7, 4)))
    assert got.levels[0, :, k].tolist() == [0, 0, 0, 0, 1, 0, 0]


def test_a_secret_transfer_fires_a_promise_once_evidence_is_pulled_up(kernel):
    b = Builder(periods=12)
    b.actor(), b.actor()
    known, evidence = b.factor(0.1, keeps=Keeps.RISES), b.factor(0.1)
    give, answer = b.option([0]), b.option([1], now=0)
    b.actors[1]["view"] = b.view([known], [give])
    b.pull(b.slot(give, 1), known, 0.9)
    b.pull(b.level(known), evidence, 0.9, after=3.0)
    scale(b)
    b.price(1, answer, 1, 0.3)
    b.promise(answer, 1, b.compare(Op.TRIGGER_ABOVE, b.level(evidence), 0.6), [1], periods=2)
    got = go(kernel, b, holding(option(give, 1, 0, 3, secret=True), option(give, 0, 3)))
    fired = got.factors[0, :, evidence] > 0.6
    first = int(fired.argmax())
    assert 2 < first < 10
    assert got.honoured[0, :, 0].tolist() == [0] * first + [1] + [0] * (12 - first)
    assert got.levels[0, first, answer] == 1
    assert got.factors[0, -1, known] == pytest.approx(0.9)


def test_quiet_means_quiet(kernel):
    b, _, k = lever(draws=4)
    scale(b)
    stakes(b, 0, k, 1, 0.019)
    assert not go(kernel, b, QUIET).levels.any()
