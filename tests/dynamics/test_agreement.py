"""Three kernels, one meaning: every fast kernel against the literal one on random situations over every feature."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from agreement import compare, kernel_named
from random_models import Case, quiet_case, random_case

from realpolitik.dynamics.literal import simulate
from realpolitik.dynamics.tables import Paths

FAST = ("batched", "native")
QUICK = {0: range(30), 1: range(1000, 1010)}
GREEDY = {0: range(10), 1: range(1000, 1005)}
ALL = bool(os.environ.get("REALPOLITIK_THOROUGH"))  # thousands of cases: about fifteen minutes of the literal kernel
THOROUGH = {0: range(10_000, 13_000 if ALL else 10_700), 1: range(20_000, 21_000 if ALL else 20_080)}
Maker = Callable[[int], Case]


@cache
def by_definition(make: Maker, number: int, depth: int) -> tuple[Case, Paths]:
    """A case and what the literal kernel makes of it."""
    case = make(number)
    return case, simulate(case.tables, case.draws, case.plan, seed=case.seed, depth=depth)


def check(name: str, make: Maker, numbers: range, depth: int, tolerance: float) -> tuple[int, int]:
    """How many draws agreed, how many of them met a narrow decision?"""
    kernel = kernel_named(name)
    draws = narrow = 0
    wrong = []
    for number in numbers:
        case, ours = by_definition(make, number, depth)
        theirs = kernel(case.tables, case.draws, case.plan, seed=case.seed, depth=depth)
        found = compare(ours, theirs, tolerance)
        draws, narrow = draws + found.draws, narrow + found.narrow
        wrong += [f"case {number}: {line}" for line in found.differences]
    assert not wrong, f"{len(wrong)} differences at depth {depth}:\n" + "\n".join(wrong[:20])
    return draws, narrow


def at_most(draws: int) -> float:
    """One draw in a hundred may meet a narrow decision, and two standard errors of sampling."""
    return 0.01 * draws + 2.0 * float(np.sqrt(0.01 * draws))


@pytest.mark.parametrize("name", FAST)
@pytest.mark.parametrize("depth", [0, 1])
def test_the_same_choices(name, depth):
    draws, narrow = check(name, random_case, QUICK[depth], depth, 1e-9)
    assert narrow <= at_most(draws)


@pytest.mark.parametrize("name", FAST)
@pytest.mark.parametrize("depth", [0, 1])
def test_greedy_paths_to_rounding(name, depth):
    check(name, quiet_case, GREEDY[depth], depth, 1e-12)


@pytest.mark.slow
@pytest.mark.parametrize("name", FAST)
@pytest.mark.parametrize("depth", [0, 1])
def test_the_same_choices_on_thousands(name, depth, record_property):
    draws, narrow = check(name, random_case, THOROUGH[depth], depth, 1e-9)
    record_property("share of draws with a narrow decision", narrow / draws)
    assert narrow <= at_most(draws)


def test_cases_are_made_from_their_number_alone():
    one, other = random_case(5), random_case(5)
    assert one.seed == other.seed
    assert one.plan.holds == other.plan.holds
    for name, column in vars(one.draws).items():
        np.testing.assert_array_equal(column, getattr(other.draws, name))


def test_cases_cover_every_feature():
    cases = [random_case(i) for i in range(200)]
    tables = [case.tables for case in cases]
    seen = {
        "every operation": set(np.concatenate([t.node_op for t in tables]).tolist()) >= set(range(17)),
        "every kind": set(np.concatenate([t.factor_kind for t in tables]).tolist()) == {0, 1, 2},
        "every keeping": set(np.concatenate([t.factor_keeps for t in tables]).tolist()) == {0, 1, 2, 3},
        "every way in": set(np.concatenate([t.option_enter for t in tables]).tolist()) == {0, 1, 2},
        "delays and none": set(np.concatenate([t.link_delayed for t in tables]).tolist()) == {0, 1},
        "every hold": {hold.held for case in cases for hold in case.plan.holds} == {0, 1, 2},
        "secrets": {hold.secret for case in cases for hold in case.plan.holds} == {False, True},
        "views": any(t.view_hidden_factor.any() for t in tables) and any(t.view_hidden_option.any() for t in tables),
        "replays": any(case.plan.replay is not None for case in cases),
        "institutions": any((np.diff(t.promise_actor_start) > 1).any() for t in tables),
        "triggers": all(any((getattr(t, n) >= 0).any() for t in tables) for n in ("option_on", "slot_requires")),
        "shocks": all(any((getattr(t, n) >= 0).any() for t in tables) for n in ("shock_on", "shock_node")),
        "exchanges, norms, red lines": all(
            any(len(getattr(t, n)) for t in tables) for n in ("exchanges", "norm_node", "red_node")
        ),
    }
    assert [name for name, covered in seen.items() if not covered] == []
