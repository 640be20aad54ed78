"""The NumPy kernel against the definition, by hand and on random situations; the same bytes however it is cut."""

import gc
import weakref
from dataclasses import fields

import numpy as np
import pytest
from model_builder import Builder
from random_models import Case, quiet_case, random_case

from realpolitik.dynamics import batched, literal
from realpolitik.dynamics.batched import lookahead
from realpolitik.dynamics.batched.flow import Sum
from realpolitik.dynamics.batched.layout import layout_of
from realpolitik.dynamics.batched.odds import choice_weights, consent_weights
from realpolitik.dynamics.literal.inputs import model_of
from realpolitik.dynamics.literal.state import weights_of
from realpolitik.dynamics.literal.terms import evaluate as literally
from realpolitik.dynamics.tables import Leave, Op, Paths, Plan
from realpolitik.dynamics.terms import evaluate, utility_parts

CHOICES = ("levels", "fired", "honoured", "formed")
NUMBERS = ("factors", "utility")
SMALL = 1e-4


def both(case: Case, depth: int) -> tuple[Paths, Paths]:
    runs = [
        kernel.simulate(case.tables, case.draws, case.plan, seed=case.seed, depth=depth)
        for kernel in (literal, batched)
    ]
    return runs[0], runs[1]


def safe_periods(one: Paths, other: Paths, row: int) -> int:
    """How many periods pass before a decision could turn on rounding."""
    low = np.minimum(one.margin[row], other.margin[row]) < SMALL
    return int(np.argmax(low)) if low.any() else len(low)


def agree(one: Paths, other: Paths, tolerance: float) -> None:
    for row in range(len(one.margin)):
        until = safe_periods(one, other, row)
        for name in CHOICES:
            assert np.array_equal(getattr(one, name)[row, :until], getattr(other, name)[row, :until]), name
        for name in NUMBERS:
            first, second = (getattr(paths, name)[row, :until] for paths in (one, other))
            np.testing.assert_allclose(first, second, rtol=0, atol=tolerance, err_msg=name)
        np.testing.assert_allclose(one.margin[row, :until], other.margin[row, :until], rtol=1e-9, atol=1e-7)


@pytest.mark.parametrize("seed", range(200, 220))
def test_random_situations_agree_with_the_definition_at_depth_0(seed: int) -> None:
    agree(*both(random_case(seed), 0), tolerance=1e-9)


@pytest.mark.parametrize("seed", range(1200, 1208))
def test_random_situations_agree_with_the_definition_at_depth_1(seed: int) -> None:
    agree(*both(random_case(seed), 1), tolerance=1e-9)


@pytest.mark.parametrize(("seed", "depth"), [(2000 + i, i % 2) for i in range(12)])
def test_greedy_paths_without_noise_agree_to_rounding(seed: int, depth: int) -> None:
    agree(*both(quiet_case(seed), depth), tolerance=1e-12)


@pytest.mark.parametrize(("seed", "depth"), [(10_890, 1), (11_312, 0)])
def test_a_delayed_pull_that_a_shock_ended_runs_again_at_once_in_the_cone(seed: int, depth: int) -> None:
    """A move that raises its term restarts it one step before its delayed term moves."""
    agree(*both(random_case(seed), depth), tolerance=1e-9)


def test_depth_2_is_refused() -> None:
    case = random_case(0)
    with pytest.raises(ValueError, match="depth is 2"):
        batched.simulate(case.tables, case.draws, case.plan, seed=0, depth=2)


@pytest.mark.parametrize(("seed", "depth"), [(s, d) for s in (3, 8, 21, 34) for d in (0, 1)])
def test_a_draw_alone_has_the_bytes_it_has_in_company(seed: int, depth: int) -> None:
    case = random_case(seed, draws=5)
    plan = Plan(case.plan.holds, None, chance=case.plan.chance, tastes=case.plan.tastes)
    whole = batched.simulate(case.tables, case.draws, plan, seed=case.seed, depth=depth)
    for row in range(5):
        alone = batched.simulate(case.tables, case.draws.rows(slice(row, row + 1)), plan, seed=case.seed, depth=depth)
        for item in fields(Paths):
            assert getattr(alone, item.name).tobytes() == getattr(whole, item.name)[row].tobytes(), item.name


def drifting(effect: float = 1.2) -> Builder:
    """A: x raises y at once; option of one actor raises x; A wants y."""
    b = Builder(draws=1, periods=3)
    x, y = b.factor(0.4), b.factor(0.6)
    k = b.option([0], 2, now=0, review=1, switch=[0.02])
    b.actor(2, 0.5, 10.0, 0)
    b.link(b.slot(k, 1), x, effect)
    b.link(b.level(x), y, 2.0)
    b.interest(0, b.level(y), 1.0)
    return b


def test_a_step_by_hand() -> None:
    b = drifting()
    tables, draws = b.tables(), b.draws()
    paths = batched.simulate(tables, draws, Plan(chance=False, tastes=False), seed=0, depth=0)
    logit = lambda p: np.log(p / (1 - p))  # noqa: E731
    expit = lambda u: 1 / (1 + np.exp(-u))  # noqa: E731
    x1 = expit(logit(0.4) + 1.2)
    assert paths.levels[0, :, 0].tolist() == [1, 1, 1, 1]
    assert paths.factors[0, :, 0] == pytest.approx([0.4, x1, x1, x1], abs=1e-14)
    y2 = expit(logit(0.6) + 2.0 * (x1 - 0.4))
    assert paths.factors[0, :, 1] == pytest.approx([0.6, 0.6, y2, y2], abs=1e-14)
    gain = 0.5 * (y2 - 0.6)  # U counts at steps 1 and 2; y moves at step 2, which has weight b
    assert paths.margin[0, 0] == pytest.approx(10.0 * (gain - 0.02), abs=1e-12)


def test_sums_keep_their_order_and_their_targets() -> None:
    items = np.arange(12.0).reshape(6, 2)
    target = np.array([3, 1, 3, 3, 0, 1])
    order = Sum(target)
    out = np.zeros((4, 2))
    order.onto(items[order.order], out)
    expected = np.zeros((4, 2))
    np.add.at(expected, target, items)
    assert np.array_equal(out, expected)


def test_terms_that_need_each_other_are_refused() -> None:
    b = Builder(draws=1)
    b.factor(0.5)
    b.option([0], 2)
    b.actor(1, 0.5, 1.0, 0)
    b.node(Op.NOT, 1)
    b.node(Op.NOT, 0)
    with pytest.raises(ValueError, match="need each other"):
        layout_of(b.tables())


def test_reply_weights_by_hand() -> None:
    fine = np.array([[True], [True], [False]])
    odds = np.array([[0.0], [np.log(3.0)], [9.0]])
    assert choice_weights(odds, fine)[:, 0] == pytest.approx([0.25, 0.75, 0.0])
    two = np.zeros((2, 3, 1))
    two[:, 0] = np.log(3.0)  # both would leave with probability 3/4
    current = np.array([1])
    for leave, gone in ((Leave.ALL, 9 / 16), (Leave.ANY, 15 / 16)):
        weights = consent_weights(two, fine, current, leave)
        assert weights[:, 0] == pytest.approx([gone, 1 - gone, 0.0])


@pytest.mark.parametrize("seed", range(12))
def test_parts_of_utility_sum_to_it(seed: int) -> None:
    case = random_case(seed)
    paths = batched.simulate(case.tables, case.draws, case.plan, seed=case.seed, depth=0)
    parts = utility_parts(case.tables, case.draws, paths)
    for actor in range(paths.utility.shape[2]):
        np.testing.assert_allclose(parts.total(actor), paths.utility[:, :, actor], rtol=0, atol=1e-12)


@pytest.mark.parametrize("exact", [False, True])
def test_terms_along_paths_are_those_of_the_definition(exact: bool) -> None:
    case = random_case(11)
    paths = batched.simulate(case.tables, case.draws, case.plan, seed=case.seed, depth=0)
    nodes = np.arange(len(case.tables.node_op))
    levels = paths.levels.astype(np.int32)
    found = evaluate(case.tables, case.draws, paths.factors, levels, nodes=nodes, exact=exact)
    model = model_of(case.tables, case.draws, 1, case.seed)
    for t in range(case.tables.periods + 1):
        weights = weights_of(model, levels[1, t].tolist())
        expected = literally(model, paths.factors[1, t].tolist(), weights, exact=exact)
        np.testing.assert_allclose(found[:, 1, t], expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize("seed", range(60, 80))
def test_pruned_paths_give_the_values_of_whole_ones(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Moves are valued by what they change; valued on whole paths instead they lead to the same runs."""
    case = random_case(seed)
    pruned = batched.simulate(case.tables, case.draws, case.plan, seed=case.seed, depth=0)
    monkeypatch.setattr(lookahead, "_is_fresh", lambda *_: False)
    whole = batched.simulate(case.tables, case.draws, case.plan, seed=case.seed, depth=0)
    agree(whole, pruned, tolerance=1e-10)


def test_what_no_interest_can_feel_in_time_is_not_computed() -> None:
    b = drifting()
    tables, draws = b.tables(), b.draws()
    model = batched.model_of(tables, draws, Plan(), 0, 0)
    plan = model.cone((0,), (0,), ())
    assert plan is not None
    x, y = (int(model.path.layout.factor[i]) for i in (0, 1))
    assert [int(plan.cone.first[i]) for i in (x, y)] == [1, 2]
    assert [int(plan.cone.last[i]) for i in (x, y)] == [1, 2]
    assert [x in step.rows for step in plan.steps] == [True, True, False]


def test_frames_do_not_outlive_their_tables() -> None:
    case = random_case(5)
    batched.simulate(case.tables, case.draws, case.plan, seed=0, depth=0)
    gone = weakref.ref(case.tables)
    del case
    gc.collect()
    assert gone() is None
