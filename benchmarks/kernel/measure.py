"""Draws per second of the compiled kernel: instruction sets, precisions, threads; memory of a long stream.

    python benchmarks/kernel/measure.py [--draws 256] [--rounds 3] [--stream 0]

The situation is the random one of reference size of the agreement tests (40 periods, 10 actors, 40 factors, 30 options,
100 links). Rounds alternate between contestants; printed is the median of CPU seconds. With `--stream N`, N draws run
through `totals` at depth 0 and the peak of memory is printed at a tenth and at all of them.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "dynamics"))

from random_models import Case, reference_case

from realpolitik.dynamics import engine, native
from realpolitik.dynamics.tables import Draws


def main() -> None:
    """Time every variant at both depths, then threads, then a stream."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=256)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--stream", type=int, default=0)
    asked = parser.parse_args()
    case = reference_case(0, asked.draws)
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; {asked.draws} draws")
    for depth in (0, 1):
        for name, seconds in timed(contestants(case, depth), asked.rounds).items():
            print(f"depth {depth}  {name:<12} {asked.draws / seconds:9.1f} draws/s per core")
    threads(case)
    if asked.stream:
        stream(case, asked.stream)


def contestants(case: Case, depth: int) -> dict[str, Callable[[], object]]:
    """Every variant that runs here, on the same draws."""

    def of(name: str) -> Callable[[], object]:
        precision, variant = name.split("_")
        given = (case.tables, case.draws, case.plan)
        return lambda: native.simulate(*given, seed=1, depth=depth, precision=precision, variant=variant)

    return {name: of(name) for name in native.variants()}


def timed(runs: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The median CPU seconds of each, rounds alternating."""
    spent: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            begun = time.process_time()
            run()
            spent[name].append(time.process_time() - begun)
    return {name: statistics.median(seconds) for name, seconds in spent.items()}


def threads(case: Case) -> None:
    """Wall seconds of one and of two threads on the same draws."""
    walls = []
    for count in (1, 2):
        begun = time.perf_counter()
        engine.simulate(case.tables, case.draws, case.plan, seed=1, depth=0, kernel="native", threads=count, block=64)
        walls.append(time.perf_counter() - begun)
    print(f"two threads {walls[0] / walls[1]:.2f} times one")


def stream(case: Case, draws: int) -> None:
    """Peak memory and time of a stream at a tenth of the draws and at all."""
    for count in (draws // 10, draws):
        begun = time.process_time()
        native.totals(case.tables, blocks(case.draws, count), case.plan, seed=1, depth=0)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"stream of {count}: {time.process_time() - begun:.1f} s, peak {peak:.0f} MB")


def blocks(draws: Draws, count: int) -> Iterator[Draws]:
    """The same block of draws again and again, `count` draws in all."""
    for _ in range(max(1, count // len(draws.index))):
        yield draws


if __name__ == "__main__":
    main()
