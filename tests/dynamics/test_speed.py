"""Guards against losing speed: ratios of CPU time in one process, far below what is measured (benchmarks)."""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from random_models import reference_case

from realpolitik.dynamics import batched, native

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not native.available(), reason="the compiled kernel is not built here"),
]


def seconds(run: Callable[[], object]) -> float:
    """The least CPU time of three runs."""
    times = []
    for _ in range(3):
        begun = time.process_time()
        run()
        times.append(time.process_time() - begun)
    return min(times)


def test_the_kernel_is_many_times_faster_than_numpy() -> None:
    case = reference_case(0, 64)
    given = (case.tables, case.draws, case.plan)
    slow = seconds(lambda: batched.simulate(*given, seed=1, depth=0))
    fast = seconds(lambda: native.simulate(*given, seed=1, depth=0, precision="f32"))
    assert slow > 4 * fast


def test_the_quick_look_ahead_is_quick() -> None:
    case = reference_case(0, 64, (12, 10, 40, 30, 100))
    given = (case.tables, case.draws, case.plan)
    exact = seconds(lambda: native.simulate(*given, seed=1, depth=1, precision="f32"))
    quick = seconds(lambda: native.simulate(*given, seed=1, depth=1, precision="f32", lookahead="quick"))
    assert exact > 1.8 * quick


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="symbols are stripped on Linux only")
def test_the_compiled_part_is_small() -> None:
    found = importlib.util.find_spec("realpolitik.dynamics.native._kernel")
    assert found is not None
    assert found.origin is not None
    assert Path(found.origin).stat().st_size < 1_000_000
