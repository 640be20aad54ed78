"""Draws per second of the dynamics kernels, one core, on one random situation of the size of a real one.

    python benchmarks/dynamics.py [--depth 0 1] [--draws 256] [--rounds 3] [--size 40 10 40 30 100] [--literal-draws 2]

The situation (periods, actors, factors, options, links) is that of the agreement tests. All kernels run the same draws
of it; before they are timed, their choices are compared with those of the literal kernel on its few draws (with
`--literal-draws 0`, which depth 1 wants, with each other). Rounds alternate between kernels; what is printed is the
median of CPU seconds (the load of the machine is printed too).
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "dynamics"))

from random_models import Case, reference_case

from realpolitik.dynamics import engine
from realpolitik.dynamics.tables import Draws, Paths

SMALL = 1e-4


def main() -> None:
    """Compare, then time, the kernels at every depth asked."""
    asked = _arguments()
    case = reference_case(asked.seed, max(asked.draws, asked.literal_draws), tuple(asked.size))
    print(f"{_described(case)}; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for depth in asked.depth:
        kernels = _kernels(case, depth, asked)
        _check(case, depth, list(kernels), asked.literal_draws)
        for name, (draws, seconds) in _timed(kernels, asked.rounds).items():
            print(f"depth {depth}  {name:<8} {draws:>5} draws  {seconds:9.3f} s  {draws / seconds:10.1f} draws/s")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--depth", type=int, nargs="+", default=[0, 1])
    parser.add_argument("--draws", type=int, default=256)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--literal-draws", type=int, default=2)
    parser.add_argument("--size", type=int, nargs=5, default=[40, 10, 40, 30, 100])
    return parser.parse_args()


def _described(case: Case) -> str:
    tables = case.tables
    sizes = {
        "periods": tables.periods,
        "actors": len(tables.actor_view),
        "factors": len(tables.factor_kind),
        "options": len(tables.option_now),
        "links and pulls": len(tables.link_node) + len(tables.pull_node),
        "nodes": len(tables.node_op),
    }
    return ", ".join(f"{count} {name}" for name, count in sizes.items())


def _kernels(case: Case, depth: int, asked: argparse.Namespace) -> dict[str, tuple[int, Callable[[], Paths]]]:
    """Each kernel that runs here, with how many draws it is given."""
    counts = {"literal": asked.literal_draws, "batched": asked.draws}
    if engine.native_available():
        counts["native"] = asked.draws
    return {
        name: (count, partial(_run, case, case.draws.rows(slice(0, count)), name, depth))
        for name, count in counts.items()
        if count
    }


def _run(case: Case, draws: Draws, name: engine.KernelName, depth: int) -> Paths:
    return engine.simulate(case.tables, draws, case.plan, seed=case.seed, depth=depth, kernel=name, threads=1)


def _check(case: Case, depth: int, names: list[str], count: int) -> None:
    """Refuse to time kernels that do not agree (up to a draw's first decision by a small margin)."""
    draws = case.draws.rows(slice(0, count or 16))
    runs = {name: _run(case, draws, name, depth) for name in names}  # type: ignore[arg-type]
    truth = runs[names[0]]
    for name, paths in runs.items():
        for row in range(len(draws.index)):
            low = truth.margin[row] < SMALL
            until = int(np.argmax(low)) if low.any() else len(low)
            if not np.array_equal(paths.levels[row, :until], truth.levels[row, :until]):
                raise SystemExit(f"{name} does not agree with {names[0]} in draw {row} at depth {depth}")


def _timed(kernels: dict[str, tuple[int, Callable[[], Paths]]], rounds: int) -> dict[str, tuple[int, float]]:
    """Median CPU seconds of each kernel over alternating rounds."""
    seconds: dict[str, list[float]] = {name: [] for name in kernels}
    for _ in range(rounds):
        for name, (_, run) in kernels.items():
            start = time.process_time()
            run()
            seconds[name].append(time.process_time() - start)
    return {name: (count, statistics.median(seconds[name])) for name, (count, _) in kernels.items()}


if __name__ == "__main__":
    main()
