"""How does a run of any size go through a kernel: blocks of draws, threads, progress, the same bytes always.

Rows are independent given the tables: chance is keyed by each row's global number, so neither the size of a block nor
the number of threads can change a result.
"""

from __future__ import annotations

import importlib
import os
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Literal, Protocol, cast

import numpy as np

from realpolitik.dynamics.tables import Draws, Paths, Plan, Tables
from realpolitik.errors import RealpolitikError

KernelName = Literal["auto", "native", "batched", "literal"]
Floating = Literal["float64", "float32"]
Lookahead = Literal["exact", "coarse", "screened", "quick"]
"""How paths are imagined: in full; by ever longer steps; without answers that can hardly matter; both."""
BLOCKS = {"native": 128, "batched": 512, "literal": 8}
"""Draws in a block: few enough for threads and memory, and for NumPy enough to make its calls pay."""


class RunCancelledError(RealpolitikError):
    """The run was stopped before it ended; nothing of it is returned."""

    exit_code = 1


class KernelMissingError(RealpolitikError):
    """The kernel asked for cannot run here."""


class Kernel(Protocol):
    """What every kernel answers: one block of draws, from tables to paths."""

    def __call__(self, tables: Tables, draws: Draws, plan: Plan, *, seed: int, depth: int) -> Paths:
        """Paths of the block."""


@dataclass(frozen=True)
class Chosen:
    """A kernel with the name it is recorded under."""

    name: str
    run: Kernel


def simulate(  # noqa: PLR0913
    tables: Tables,
    draws: Draws,
    plan: Plan,
    *,
    seed: int,
    depth: int,
    kernel: KernelName = "auto",
    floating: Floating = "float64",
    lookahead: Lookahead = "exact",
    threads: int = 0,
    block: int = 0,
    progress: Callable[[int, int], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Paths:
    """What happens in every draw under a plan (Paths, rows in the order of `draws`)?

    `threads` 0 takes every core; `block` is the number of draws a kernel sees at once (0: what suits the kernel).
    Neither changes a byte.
    `lookahead` other than "exact" is an approximation (docs/decisions/0004): a few choices of a thousand differ, and
    depth 1 takes less than a third of the time.
    `progress(done, total)` is told after each block, in draws; `cancel()` is asked before each block.
    Raises RunCancelledError when `cancel` says so, KernelMissingError when the kernel asked for cannot run here.
    """
    chosen = choose(kernel, floating, lookahead)
    total = len(draws.index)
    parts = list(_blocks(draws, plan, block or BLOCKS[chosen.name]))
    work = partial(_block, chosen.run, tables, seed=seed, depth=depth, cancel=cancel)
    done, results = 0, []
    for rows, paths in _each(work, parts, threads or os.cpu_count() or 1):
        results.append(paths)
        done += rows
        if progress is not None:
            progress(done, total)
    return joined(results)


def choose(kernel: KernelName = "auto", floating: Floating = "float64", lookahead: Lookahead = "exact") -> Chosen:
    """Which kernel runs: the one named, or the fastest at hand (native, else batched with a warning)?"""
    name = _fastest() if kernel == "auto" else kernel
    if floating == "float32" and name != "native":
        raise KernelMissingError(f"Only the native kernel computes in float32, and {name} was chosen; ask for float64.")
    if lookahead != "exact" and name != "native":
        raise KernelMissingError(f"Only the native kernel looks ahead by '{lookahead}', and {name} was chosen.")
    if name == "native" and not native_available():
        raise KernelMissingError(
            "The native kernel was not built on this machine; use kernel 'batched', or reinstall with a C compiler."
        )
    module = importlib.import_module(f"realpolitik.dynamics.{name}")
    if name != "native":
        return Chosen(name, cast(Kernel, module.simulate))
    how = {"precision": "f32" if floating == "float32" else "f64", "lookahead": lookahead}
    return Chosen(name, cast(Kernel, partial(module.simulate, **how)))


def native_available() -> bool:
    """Can the compiled kernel run here?"""
    try:
        module = importlib.import_module("realpolitik.dynamics.native")
    except ImportError:
        return False
    return bool(getattr(module, "available", lambda: hasattr(module, "simulate"))())


def joined(parts: list[Paths]) -> Paths:
    """The paths of consecutive blocks as one record."""
    if len(parts) == 1:
        return parts[0]
    names = [item.name for item in fields(Paths)]
    return Paths(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in names})


_warned: list[str] = []


def _fastest() -> KernelName:
    """Native where it runs; else batched, saying once what is lost."""
    if native_available():
        return "native"
    if not _warned:
        _warned.append("native")
        warnings.warn(
            "The compiled kernel is not at hand, so the NumPy kernel runs: the same answers, roughly ten times slower. "
            "Reinstalling realpolitik where a C compiler is present builds it.",
            RuntimeWarning,
            stacklevel=4,
        )
    return "batched"


def _blocks(draws: Draws, plan: Plan, block: int) -> Iterator[tuple[Draws, Plan]]:
    """The run cut into consecutive blocks of draws, each with its rows of the replay."""
    if block < 1:
        raise ValueError(f"A block has at least 1 draw; {block} was given; 0 takes what suits the kernel.")
    for start in range(0, max(1, len(draws.index)), block):
        rows = slice(start, start + block)
        yield draws.rows(rows), plan if plan.replay is None else replace(plan, replay=plan.replay[rows])


def _block(
    run: Kernel,
    tables: Tables,
    part: tuple[Draws, Plan],
    *,
    seed: int,
    depth: int,
    cancel: Callable[[], bool] | None,
) -> tuple[int, Paths]:
    """One block through the kernel, unless the run has been cancelled."""
    if cancel is not None and cancel():
        raise RunCancelledError("The run was stopped before it ended.")
    return len(part[0].index), run(tables, part[0], part[1], seed=seed, depth=depth)


def _each(
    work: Callable[[tuple[Draws, Plan]], tuple[int, Paths]], parts: list[tuple[Draws, Plan]], threads: int
) -> Iterator[tuple[int, Paths]]:
    """Results in order, from as many threads as asked; a failure drops what has not begun."""
    if min(threads, len(parts)) <= 1:
        yield from map(work, parts)
        return
    pool = ThreadPoolExecutor(max_workers=min(threads, len(parts)))
    try:
        yield from pool.map(work, parts)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
