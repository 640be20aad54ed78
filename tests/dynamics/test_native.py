"""The compiled kernel means what the literal one means, with the same bits however it is run."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from random_models import Case, quiet_case, random_case

from realpolitik.dynamics import literal, native
from realpolitik.dynamics.tables import Paths

pytestmark = pytest.mark.skipif(not native.available(), reason="the compiled kernel is not built here")

CHOICES = ("levels", "fired", "honoured", "formed")
NUMBERS = ("factors", "utility")
MARGIN = 1e-4


def run(case: Case, depth: int, **how: str) -> Paths:
    return native.simulate(case.tables, case.draws, case.plan, seed=case.seed, depth=depth, **how)


def defined(case: Case, depth: int) -> Paths:
    return literal.simulate(case.tables, case.draws, case.plan, seed=case.seed, depth=depth)


def until_close_call(paths: Paths, n: int) -> int:
    """The first period in which a decision of draw n was too close to compare."""
    close = np.flatnonzero(paths.margin[n] < MARGIN)
    return int(close[0]) if len(close) else paths.margin.shape[1]


def assert_agrees(case: Case, depth: int, tolerance: float, **how: str) -> None:
    expected, found = defined(case, depth), run(case, depth, **how)
    for n in range(len(case.draws.index)):
        end = until_close_call(expected, n)
        for name in CHOICES:
            np.testing.assert_array_equal(getattr(found, name)[n, :end], getattr(expected, name)[n, :end], err_msg=name)
        for name in NUMBERS:
            one, other = getattr(found, name)[n, :end], getattr(expected, name)[n, :end]
            np.testing.assert_allclose(one, other, rtol=0, atol=tolerance, err_msg=name)


def same_bytes(one: Paths, other: Paths) -> bool:
    return all(getattr(one, item.name).tobytes() == getattr(other, item.name).tobytes() for item in fields(Paths))


@pytest.mark.parametrize("depth", [0, 1])
@pytest.mark.parametrize("seed", range(25))
def test_agrees_with_the_definition(seed: int, depth: int) -> None:
    assert_agrees(random_case(seed), depth, 1e-9)


@pytest.mark.parametrize("depth", [0, 1])
@pytest.mark.parametrize("seed", range(10))
def test_greedy_quiet_paths_are_equal_to_rounding(seed: int, depth: int) -> None:
    assert_agrees(quiet_case(seed), depth, 1e-12)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1000, 2000))
def test_agrees_with_the_definition_at_length(seed: int) -> None:
    assert_agrees(random_case(seed), seed % 2, 1e-9)


@pytest.mark.parametrize("precision", ["f64", "f32"])
@pytest.mark.parametrize("depth", [0, 1])
def test_every_instruction_set_gives_the_same_bytes(precision: str, depth: int) -> None:
    known = [name for name in native.variants() if name.startswith(precision)]
    assert f"{precision}_base" in known
    for seed in range(8):
        case = random_case(seed, draws=40)
        paths = [run(case, depth, precision=precision, variant=name[4:]) for name in known]
        assert all(same_bytes(paths[0], other) for other in paths[1:])


@pytest.mark.parametrize("depth", [0, 1])
def test_blocks_of_any_size_give_the_same_bytes(depth: int) -> None:
    for seed in range(6):
        case = random_case(seed, draws=70)
        whole = run(replace(case, plan=replace(case.plan, replay=None)), depth)
        for size in (1, 7, 32, 33):
            for first in range(0, 70, size):
                part = slice(first, first + size)
                plan = replace(case.plan, replay=None)
                some = run(Case(case.tables, case.draws.rows(part), plan, case.seed), depth)
                assert all(
                    np.array_equal(getattr(some, item.name), getattr(whole, item.name)[part]) for item in fields(Paths)
                )
