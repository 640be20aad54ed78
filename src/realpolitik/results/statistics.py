"""Weighted summaries of draws."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]


def mean(values: Reals, weights: Reals) -> float:
    """The weighted mean of (draw,) values; weights need not sum to 1.

    >>> mean(np.array([0.0, 1.0]), np.array([1.0, 3.0]))
    0.75
    """
    total = float(weights.sum())
    return float((values * weights).sum() / total) if total > 0 else float("nan")


def quantiles(values: Reals, weights: Reals, levels: tuple[float, ...]) -> tuple[float, ...]:
    """Weighted quantiles of (draw,) values: the first value at which the cumulated weight reaches the level.

    >>> quantiles(np.array([3.0, 1.0, 2.0]), np.ones(3), (0.05, 0.5, 0.95))
    (1.0, 2.0, 3.0)
    """
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    spots = np.searchsorted(reached, np.array(levels) * reached[-1] * (1 - 1e-12))
    return tuple(float(values[order[min(spot, len(order) - 1)]]) for spot in spots)


def sampling_error(values: Reals, weights: Reals) -> float:
    """The standard error of the weighted mean of independent draws.

    >>> round(sampling_error(np.array([0.0, 1.0] * 50), np.ones(100)), 3)
    0.05
    """
    total = float(weights.sum())
    share = weights / total
    spread = float((share * (values - float((share * values).sum())) ** 2).sum())
    return float(np.sqrt(spread * float((share**2).sum())))
