"""How much of an answer's spread goes with which rival reading is true."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.drawn import Column, Drawn
from realpolitik.compiled.estimates import Estimate

Reals = NDArray[np.float64]
RESAMPLES = 200


@dataclass(frozen=True, eq=False)
class ReadingShare:
    """`share` of all variance between readings, bias taken off; `means` (reading,); `samples` (resample,)."""

    share: float
    means: Reals
    samples: Reals


def reading_share(drawn: Drawn, column: Column, found: Estimate, seed: int) -> ReadingShare:
    """The variance between the means of rival readings, over all variance; draws are resampled whole."""
    cells = _cells(drawn, column, found)
    variance = float(np.average((found.values - found.value) ** 2, weights=found.weights))
    dealer = np.random.Generator(np.random.Philox(key=[seed, 3]))
    count = cells[0].shape[0]
    deals = [np.bincount(dealer.integers(0, count, count), minlength=count) for _ in range(RESAMPLES)]
    samples = np.array([_between(*cells, deal) for deal in deals]) / variance
    plain = _between(*cells, np.ones(count)) / variance
    corrected = max(0.0, 2 * plain - float(samples.mean()))
    sums, weights = (part.sum(axis=0) for part in cells)
    means = np.divide(sums, weights, out=np.full_like(sums, found.value), where=weights > 0)
    return ReadingShare(corrected, means, samples - samples.mean() + corrected)


def _cells(drawn: Drawn, column: Column, found: Estimate) -> tuple[Reals, Reals]:
    """Weighted sums and weights by draw and reading."""
    count, many = int(drawn.draw.max()) + 1, len(column.labels)
    place = drawn.draw * many + column.values.astype(np.intp)
    sums = np.bincount(place, found.weights * found.values, minlength=count * many).astype(np.float64)
    weights = np.bincount(place, found.weights, minlength=count * many).astype(np.float64)
    return sums.reshape(count, many), weights.reshape(count, many)


def _between(sums: Reals, weights: Reals, counts: Reals | NDArray[np.intp]) -> float:
    """The variance between readings' means when each draw counts so often."""
    total, mass = counts @ sums, counts @ weights
    known = mass > 0
    means = total[known] / mass[known]
    share = mass[known] / mass.sum()
    return float((share * (means - float((share * means).sum())) ** 2).sum())
