"""What actors expect of each other at depth 1, by arithmetic on the margin of a decision, put to every kernel."""

from __future__ import annotations

from math import exp

import numpy as np
import pytest
from hand_models import above, factor, go, holding, logit, option, s, shock, worth
from model_builder import Builder

from realpolitik.dynamics.tables import Enter, Leave, Op

FORESIGHT, DISCOUNT, MOVER, REPLIER = 3, 0.8, 10.0, 25.0


def close(got, expected):
    np.testing.assert_allclose(got, expected, rtol=0, atol=1e-9)


def pair(replier_view: int = 0, **kind) -> tuple[Builder, int, int]:
    """A moves k (no switch cost); B may answer with m, which A values at 1 when on; B's stake is added by the test."""
    b = Builder(periods=0)
    b.actor(FORESIGHT, DISCOUNT, MOVER)
    b.actor(2, 0.5, REPLIER, view=replier_view)
    k = b.option([0], switch=0.0)
    m = b.option([1], **({"review": 2, "switch": 0.03} | kind))
    for actor in (0, 1):
        b.interest(actor, b.const(0.0), 1.0)
    b.interest(0, b.slot(m, 1), 1.0)
    return b, k, m


def answer(weights: float, review: int) -> float:
    """What A expects of m going to weight q over its review period."""
    return worth([min(1.0, h / review) * weights for h in (1, 2, 3)], DISCOUNT)


def alone(kernel, b: Builder, *holds, **other) -> float:
    """The margin of A's decision when B decides nothing itself in this period (its option is held in secret)."""
    got = go(kernel, b, holding(option(1, 0, secret=True), *holds, **other), depth=1)
    return got.margin[0, 0]


@pytest.mark.parametrize("review", [1, 2, 3])
def test_one_party_answers_by_softmax_over_its_review_period(kernel, review):
    b, k, m = pair(review=review)
    b.interest(1, b.both(Op.MUL, b.slot(k, 1), b.slot(m, 1)), 0.1)
    if_moved, if_not = s(REPLIER * (0.1 - 0.03)), s(REPLIER * (0.0 - 0.03))
    close(alone(kernel, b), MOVER * (answer(if_moved, review) - answer(if_not, review)))


def test_every_level_has_its_share(kernel):
    b, k, m = pair(levels=3, review=1)
    b.interest(0, b.slot(m, 2), -0.5)
    b.interest(1, b.both(Op.MUL, b.slot(k, 1), b.slot(m, 1)), 0.1)
    b.interest(1, b.both(Op.MUL, b.slot(k, 1), b.slot(m, 2)), 0.15)

    def value(gains: tuple[float, float]) -> float:
        grown = [exp(REPLIER * (gain - 0.03)) for gain in gains]
        total = 1 + sum(grown)
        return (grown[0] - 0.5 * grown[1]) / total

    close(alone(kernel, b), MOVER * abs(value((0.1, 0.15)) - value((0.0, 0.0))))


def test_a_party_values_its_answer_with_its_own_foresight(kernel):
    b, k, m = pair(review=1)
    x = b.factor(0.4)
    b.link(b.both(Op.MUL, b.slot(k, 1), b.slot(m, 1)), x, 1.0, after=2.0)
    b.interest(1, b.level(x), 1.0)
    gains = [s(logit(0.4) + y) - 0.4 for y in (0.0, 1 - exp(-1 / 2))]
    if_moved, if_not = s(REPLIER * (worth(gains, 0.5) - 0.03)), s(REPLIER * -0.03)
    close(alone(kernel, b), MOVER * (if_moved - if_not))


@pytest.mark.parametrize("reason", ["depth", "review", "held", "kept"])
def test_who_does_not_answer(kernel, reason):
    b, k, m = pair(review=4 if reason == "review" else 1)
    b.interest(1, b.both(Op.MUL, b.slot(k, 1), b.slot(m, 1)), 0.1)
    b.interest(0, b.slot(k, 1), 0.01)
    x = b.factor(0.2)
    if reason == "kept":
        b.promise(m, 0, b.compare(Op.TRIGGER_ABOVE, b.level(x), 0.5), [1])
    plan = holding(factor(x, 0.9), *([option(m, 0)] if reason == "held" else []))
    got = go(kernel, b, plan, depth=0 if reason == "depth" else 1)
    assert got.margin[0, 0] == pytest.approx(MOVER * 0.01, abs=1e-9) or reason in ("depth", "review")
    assert got.levels[0, 0, k] == 1
    if reason in ("depth", "review"):
        close(min(got.margin[0, 0], MOVER * 0.01), min(MOVER * 0.01, REPLIER * 0.03))


def test_the_irreversible_and_the_required_bound_answers(kernel):
    b, k, m = pair(levels=3, now=1, review=1, irreversible=True)
    b.require(m, 2, b.slot(k, 1))
    for level, gain in ((0, 0.5), (2, 0.1)):
        b.interest(1, b.slot(m, level), gain)
    b.interest(0, b.slot(m, 2), 0.4)
    stays = s(-REPLIER * (0.1 - 0.03))
    got = go(kernel, b, holding(option(m, 1, secret=True)), depth=1).margin[0, 0]
    close(got, MOVER * abs(stays + 0.4 * (1 - stays) - 1.0))


def club(gains: list[float], now: int = 0, **kind) -> tuple[Builder, int, int]:
    """A moves k; B and C hold m jointly, which each values at its gain if k moved."""
    b = Builder(periods=0)
    b.actor(FORESIGHT, DISCOUNT, MOVER)
    for _ in gains:
        b.actor(2, 0.5, REPLIER)
    k = b.option([0], switch=0.0)
    m = b.option([1, 2], now=now, switch=[0.01, 0.02], **kind)
    for actor in range(3):
        b.interest(actor, b.const(0.0), 1.0)
    b.interest(0, b.slot(m, 1), 1.0)
    for actor, gain in enumerate(gains, start=1):
        b.interest(actor, b.both(Op.MUL, b.slot(k, 1), b.slot(m, 1 - now)), gain)
    return b, k, m


@pytest.mark.parametrize("enter", list(Enter))
def test_joint_options_are_expected_by_the_product_of_consents(kernel, enter):
    b, _, m = club([0.1, 0.05], enter=enter)
    r = s(REPLIER * 0.09) * s(REPLIER * 0.03)
    before = s(REPLIER * -0.01) * s(REPLIER * -0.02)
    got = go(kernel, b, holding(option(m, 0, secret=True)), depth=1).margin[0, 0]
    close(got, MOVER * (r - before))


@pytest.mark.parametrize("leave", list(Leave))
def test_joint_options_are_expected_to_be_left(kernel, leave):
    b, _, m = club([0.1, 0.05], now=1, leave=leave)
    wishes = [s(REPLIER * 0.09), s(REPLIER * 0.03)], [s(REPLIER * -0.01), s(REPLIER * -0.02)]
    left = [p * q if leave == Leave.ALL else 1 - (1 - p) * (1 - q) for p, q in wishes]
    got = go(kernel, b, holding(option(m, 1, secret=True)), depth=1).margin[0, 0]
    close(got, MOVER * (left[0] - left[1]))


def test_entering_and_leaving_share_the_whole(kernel):
    b = Builder(periods=0)
    b.actor(FORESIGHT, DISCOUNT, MOVER)
    b.actor(1, 0.5, REPLIER)
    k, m = b.option([0], switch=0.0), b.option([1, 0], 5, now=1, switch=0.0)
    b.interest(1, b.const(0.0), 1.0)
    for level, (ours, theirs) in enumerate([(0.1, 0.02), (0.0, 0.0), (0.05, 0.1), (0.2, 0.3), (0.1, 0.1)]):
        b.interest(0, b.both(Op.MUL, b.slot(k, 1), b.slot(m, level)), ours)
        b.interest(1, b.both(Op.MUL, b.slot(k, 1), b.slot(m, level)), theirs)
    b.interest(0, b.const(0.0), 1.0)
    values = np.array([0.1, 0.0, 0.05, 0.2, 0.1])
    theirs = np.array([0.02, 0.0, 0.1, 0.3, 0.1])
    r = np.array([s(REPLIER * c) * s(MOVER * a) for a, c in zip(values, theirs, strict=True)])
    q = np.where(np.isin(np.arange(5), (0, 1)), 0.0, r) / max(1.0, r[2:].sum())
    q[0] = (1 - q.sum()) * (1 - (1 - s(REPLIER * 0.02)) * (1 - s(MOVER * 0.1)))
    got = go(kernel, b, holding(option(m, 1, secret=True)), depth=1).margin[0, 0]
    close(got, MOVER * (q @ values))


def test_a_move_hidden_from_the_other_is_not_answered(kernel):
    b, k, m = pair(review=1)
    b.actors[1]["view"] = b.view([], [k])
    b.interest(1, b.both(Op.MUL, b.slot(k, 1), b.slot(m, 1)), 0.1)
    b.interest(0, b.slot(k, 1), 0.01)
    close(alone(kernel, b), MOVER * 0.01)


def test_an_option_hidden_from_the_mover_is_not_expected(kernel):
    b, k, m = pair(review=1)
    b.actors[0]["view"] = b.view([], [m])
    b.interest(1, b.both(Op.MUL, b.slot(k, 1), b.slot(m, 1)), 0.1)
    b.interest(0, b.slot(k, 1), 0.01)
    close(alone(kernel, b), MOVER * 0.01)


def test_a_broken_exchange_is_answered_within_one_period_whatever_the_review(kernel):
    b, k, m = pair(review=9, now=1)
    b.options[k]["now"] = 1
    b.price(0, k, 1, 0.3)
    b.interest(1, b.both(Op.MUL, b.slot(k, 1), b.slot(m, 1)), 0.2)
    b.price(1, m, 1, 0.1)
    b.exchange([(k, 1), (m, 1)], review=9)
    got = go(kernel, b, holding(option(m, 1, secret=True)), depth=1)
    leaves = s(REPLIER * (0.1 - 0.03))
    close(got.margin[0, 0], MOVER * abs(0.3 - leaves))
    assert got.levels[0, 0, k] == 1


@pytest.mark.parametrize("likelihood", [0.0, 0.3, 0.9])
def test_promises_of_others_are_expected_with_their_likelihood(kernel, likelihood):
    b, k, m = pair(review=9)
    b.promise(m, 1, b.compare(Op.TRIGGER_AT_LEAST, b.slot(k, 1), 0.9), [1], likelihood=likelihood)
    moved, not_moved = (likelihood * above(value, 0.9) for value in (1.0, 0.0))
    close(alone(kernel, b), MOVER * (moved - not_moved))


def test_the_highest_trigger_so_far_counts_a_step_later(kernel):
    b, k, m = pair(review=9)
    x = b.factor(0.2)
    h = b.shock(0.0, shifts={x: 2.0}, lasting=1)
    b.link(b.slot(k, 1), x, 1.5)
    b.promise(m, 1, b.compare(Op.TRIGGER_ABOVE, b.level(x), 0.6), [1], likelihood=0.8)
    value = {}
    for moved in (0.0, 1.0):
        path = [s(logit(0.2))] + [s(logit(0.2) + 1.5 * moved + 2.0 * up) for up in (1, 0, 0)]
        seen = [above(x_h, 0.6) for x_h in path]
        value[moved] = worth([0.8 * max(seen[:h]) for h in (1, 2, 3)], DISCOUNT)
    close(alone(kernel, b, shock(h)), MOVER * abs(value[1.0] - value[0.0]))


def test_a_running_promise_and_one_that_holds_already_are_not_expected_again(kernel):
    b, k, m = pair(review=9)
    x = b.factor(0.9)
    b.promise(m, 1, b.compare(Op.TRIGGER_ABOVE, b.level(x), 0.6), [1], likelihood=0.8)
    b.interest(0, b.slot(k, 1), 0.01)
    close(alone(kernel, b), MOVER * 0.01)


def test_a_promise_of_a_member_with_the_mover_counts_and_its_own_does_not(kernel):
    for promisers, expected in (([0], 0.0), ([0, 1], 0.5), ([1], 0.5)):
        b, k, m = pair(review=9)
        b.promise(m, 1, b.compare(Op.TRIGGER_AT_LEAST, b.slot(k, 1), 0.9), promisers, likelihood=0.5)
        close(alone(kernel, b), MOVER * expected * (above(1, 0.9) - above(0, 0.9)))


def test_an_exchange_is_weighed_with_the_answers_to_it(kernel):
    b = Builder(periods=0)
    for steadiness in (MOVER, MOVER, REPLIER):
        b.actor(1, 0.5, steadiness)
    legs = [b.option([0], switch=0.0, review=50), b.option([1], switch=0.0, review=50)]
    m = b.option([2], review=1, switch=0.0)
    for actor in range(3):
        b.interest(actor, b.const(0.0), 1.0)
    both = b.both(Op.MUL, b.slot(legs[0], 1), b.slot(legs[1], 1))
    for actor, gain in ((0, 0.3), (1, 0.2)):
        b.interest(actor, both, gain)
        b.interest(actor, b.slot(m, 1), -0.4)
    b.interest(2, b.both(Op.MUL, both, b.slot(m, 1)), 0.05)
    b.exchange([(legs[0], 1), (legs[1], 1)])
    cost = 0.4 * (s(REPLIER * 0.05) - 0.5)
    got = go(kernel, b, holding(option(m, 0, secret=True)), seed=2, depth=1)
    close(got.margin[0, 0], MOVER * (0.2 - cost))
    assert got.formed[0, 0, 0]


def test_before_any_trigger_a_likelier_answer_deters_at_depth_1_only(kernel):
    """A gives in secret what shows as evidence; B has promised to cut if the evidence is clear."""

    def given(likelihood: float, depth: int) -> float:
        b = Builder(periods=3, draws=40)
        b.actor(8, 0.95, 30.0)
        b.actor(8, 0.95, 30.0)
        evidence = b.factor(0.1)
        give = b.option([0], switch=0.01)
        cut = b.option([1], review=50)
        b.actors[1]["view"] = b.view([], [give])
        b.pull(b.slot(give, 1), evidence, 0.9, after=2.0)
        b.interest(0, b.const(0.0), 1.0)
        b.interest(0, b.slot(give, 1), np.linspace(0.02, 0.3, 40))
        b.interest(0, b.slot(cut, 1), -0.6)
        b.promise(cut, 1, b.compare(Op.TRIGGER_ABOVE, b.level(evidence), 0.6), [1], likelihood=likelihood)
        return float(go(kernel, b, seed=2, depth=depth).levels[:, 0, give].mean())

    assert given(0.1, 0) == given(0.9, 0) > 0.9
    assert given(0.1, 1) > given(0.5, 1) > given(0.9, 1)
