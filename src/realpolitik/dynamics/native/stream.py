"""What do very many draws say together? Blocks of draws run, are reduced, and are forgotten: memory does not grow.

Blocks are added up in the order they come in, whatever the number of threads, so the same draws give the same bytes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..tables import Draws, Plan, Tables
from .run import run, variant_number

BINS = 50
"""Bins of the histograms of factors, of equal width over [0, 1]."""

Reals = NDArray[np.float64]

_REDUCED = frozenset({"factors", "levels", "utility", "fired"})


@dataclass(frozen=True, eq=False)
class Totals:
    """Weighted sums over draws; divide by `weight` for means. Axes: time first, then the entry."""

    weight: float
    draws: int
    factors: Reals  # (T + 1, F) sum of w x
    factors_squared: Reals  # (T + 1, F) sum of w x^2
    histograms: Reals  # (T + 1, F, BINS) weight of the draws in each bin
    utility: Reals  # (T + 1, A) sum of w U
    utility_squared: Reals  # (T + 1, A) sum of w U^2
    levels: Reals  # (T + 1, S) weight of the draws whose option stands at a slot's level
    fired: Reals  # (T + 1, H) weight of the draws in which a shock fired

    def __add__(self, other: Totals) -> Totals:
        """The totals of both sets of draws."""
        return Totals(*(getattr(self, item.name) + getattr(other, item.name) for item in fields(Totals)))

    def mean(self, name: str) -> Reals:
        """The weighted mean of `factors`, `utility`, `levels` or `fired` (shares): (time, entry)."""
        return np.asarray(getattr(self, name) / self.weight)

    def spread(self, name: str) -> Reals:
        """The weighted standard deviation over draws of `factors` or `utility`: (time, entry)."""
        mean = self.mean(name)
        return np.asarray(np.sqrt(np.maximum(getattr(self, f"{name}_squared") / self.weight - mean**2, 0.0)))


def totals(
    tables: Tables,
    blocks: Iterable[Draws],
    plan: Plan,
    *,
    seed: int,
    depth: int,
    precision: str = "f32",
    threads: int = 1,
) -> Totals:
    """What do all draws of all blocks add up to under a plan (without a replay)?

    Raises:
        ValueError: no block came, or the plan replays (a replay belongs to the rows of one run).
    """
    if plan.replay is not None:
        raise ValueError("a stream of draws cannot follow a replay; run its blocks with `simulate`")
    number = variant_number(precision, None)

    def of(draws: Draws) -> Totals:
        found = run(tables, draws, plan, seed=seed, depth=depth, variant=number, only=_REDUCED)
        return _reduced(tables, draws, found)

    whole = None
    for part in _in_order(of, blocks, threads):
        whole = part if whole is None else whole + part
    if whole is None:
        raise ValueError("no draws were given")
    return whole


def _in_order(work: Callable[[Draws], Totals], blocks: Iterable[Draws], threads: int) -> Iterator[Totals]:
    """Results in the order of the blocks, with at most two blocks per thread waiting."""
    waiting: deque[Future[Totals]] = deque()
    with ThreadPoolExecutor(max_workers=threads) as pool:
        for block in blocks:
            waiting.append(pool.submit(work, block))
            if len(waiting) >= 2 * threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _reduced(tables: Tables, draws: Draws, found: dict[str, NDArray[Any]]) -> Totals:
    weight, factors, utility = draws.weight, found["factors"], found["utility"]
    return Totals(
        weight=float(weight.sum()),
        draws=len(weight),
        factors=_sum(weight, factors),
        factors_squared=_sum(weight, factors**2),
        histograms=_histograms(weight, factors),
        utility=_sum(weight, utility),
        utility_squared=_sum(weight, utility**2),
        levels=_shares(tables, weight, found["levels"]),
        fired=_sum(weight, found["fired"].astype(np.float64)),
    )


def _sum(weight: Reals, values: NDArray[Any]) -> Reals:
    """Weighted sums over draws: (T + 1, entry)."""
    return np.asarray(np.einsum("n,nti->ti", weight, values), dtype=np.float64)


def _histograms(weight: Reals, factors: NDArray[Any]) -> Reals:
    """Weights by bin: (T + 1, F, BINS)."""
    _, points, count = factors.shape
    bins = np.clip((factors * BINS).astype(np.int64), 0, BINS - 1)
    places = bins + BINS * np.arange(points * count).reshape(points, count)
    return _counted(places, weight, points * count * BINS).reshape(points, count, BINS)


def _shares(tables: Tables, weight: Reals, levels: NDArray[Any]) -> Reals:
    """Weights by slot: (T + 1, S)."""
    slots = len(tables.slot_requires)
    places = levels.astype(np.int64) + tables.slot_start[:-1] + slots * np.arange(levels.shape[1])[:, None]
    return _counted(places, weight, levels.shape[1] * slots).reshape(levels.shape[1], slots)


def _counted(places: NDArray[Any], weight: Reals, count: int) -> Reals:
    """The weight of the draws at each place."""
    weights = np.broadcast_to(weight[:, None, None], places.shape).ravel()
    return np.asarray(np.bincount(places.ravel(), weights=weights, minlength=count), dtype=np.float64)
