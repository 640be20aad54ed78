"""Draws per second and core of this package's kernel and of its peers on one task, in alternating rounds.

    python -m benchmarks.peers [--rounds 3] [--draws 2048] [--slow-draws 8]

Every contestant first shows that its factors at the end have the means of those of the kernel in double precision
(within 4 standard errors), and from 64 draws on their spreads. Printed is a table of medians of CPU seconds. Peers that
are not installed are named as such. JAX and BLAS are kept to one thread, for a fair core.
"""

from __future__ import annotations

import os

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import datetime as dt
import platform
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

from . import contestants
from .task import FACTORS, PERIODS, Task, ours, task

Run = Callable[[Task], np.ndarray]


def kernel(precision: str) -> Run:
    """The compiled kernel."""
    from realpolitik.dynamics import native

    known: dict[int, tuple] = {}

    def of(given: Task) -> np.ndarray:
        made = known.setdefault(id(given), ours(given))
        return native.simulate(*made, seed=1, depth=0, precision=precision).factors[:, PERIODS]

    return of


def peers() -> dict[str, tuple[bool, Callable[[], Run]]]:
    """By name: whether it gets the few draws of the slow, and how it is made."""
    return {
        "this package, float32": (False, lambda: kernel("f32")),
        "this package, float64": (False, lambda: kernel("f64")),
        "JAX, float32": (False, contestants.jax_kernel),
        "NumPy over draws": (False, lambda: contestants.batched),
        "Numba, draw by draw": (False, contestants.numba_kernel),
        "plain Python": (True, lambda: contestants.plain),
        "Mesa": (True, lambda: contestants.mesa),
        "EMA Workbench, serial": (True, lambda: contestants.ema),
    }


def same_distributions(truth: np.ndarray, found: np.ndarray) -> bool:
    """Whether every factor's mean (and, from 64 draws on, its spread) agrees within 4 standard errors (and 0.01)."""
    error = truth.std(0) * np.sqrt(1 / len(truth) + 1 / len(found))
    means = np.abs(truth.mean(0) - found.mean(0)) < 4 * error + 0.01
    spreads = np.abs(truth.std(0) - found.std(0)) < 4 * error + 0.01
    return found.shape[1] == FACTORS and bool(means.all()) and (len(found) < 64 or bool(spreads.all()))


def fma_peak() -> float:
    """Multiply-adds in single precision per second and core, as a matrix product of BLAS reaches them (10^9)."""
    a = np.ones((1536, 1536), dtype=np.float32)
    rates = []
    for _ in range(5):
        begun = time.process_time()
        a @ a
        rates.append(1536**3 / (time.process_time() - begun))
    return max(rates) / 1e9


def main() -> None:
    """Compare, then time, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--draws", type=int, default=2048)
    parser.add_argument("--slow-draws", type=int, default=8)
    asked = parser.parse_args()
    many, few = task(asked.draws), task(asked.slow_draws)
    truth, runs = kernel("f64")(many), {}
    for name, (slow, make) in peers().items():
        try:
            run = make()
            found = run(few if slow else many)
        except ImportError as problem:
            print(f"{name}: not installed ({problem.name})")
            continue
        if not same_distributions(truth, found):
            raise SystemExit(f"{name} does not produce the same distributions")
        runs[name] = (run, few if slow else many)
    report(timed(runs, asked.rounds))


def timed(runs: dict[str, tuple[Run, Task]], rounds: int) -> dict[str, float]:
    """Median draws per CPU second."""
    rates: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, (run, given) in runs.items():
            begun = time.process_time()
            run(given)
            rates[name].append(len(given.start) / (time.process_time() - begun))
    return {name: statistics.median(found) for name, found in rates.items()}


def report(rates: dict[str, float]) -> None:
    """The table, in Markdown."""
    best = rates["this package, float32"]
    machine = f"{model_name()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    print(f"\n{dt.date.today()}; {machine}; Python {platform.python_version()}")
    print(f"matrix product in float32: {fma_peak():.0f} x 10^9 multiply-adds a second and core\n")
    print("| contestant | draws a second and core | float32 kernel is faster by |\n|---|---|---|")
    for name, rate in rates.items():
        print(f"| {name} | {rate:,.1f} | {best / rate:,.1f} |")


def model_name() -> str:
    """What the processor calls itself."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


if __name__ == "__main__":
    main()
