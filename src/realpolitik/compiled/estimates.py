"""One value a draw, with its weight: what an ensemble answers, before anything is said of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.ensemble import Ensemble
from realpolitik.results.statistics import mean, quantiles, sampling_error

Reals = NDArray[np.float64]
Unit = Literal["probability", "points", "level", "share", "rank", "date", "number"]


@dataclass(frozen=True, eq=False)
class Estimate:
    """One value a draw, with weights and hypotheses; what is said of it says which spread is meant.

    `values` (draw,) and `weights` (draw,); `combination` (draw,) which combination of hypotheses each row is under. Of
    a question about who, `table` (draw, name) holds the share of each of `names`, `values` those of the leading one.
    """

    values: Reals
    weights: Reals
    combination: NDArray[np.int32]
    unit: Unit
    names: tuple[str, ...] = ()
    table: Reals | None = None

    @property
    def value(self) -> float:
        """The weighted mean."""
        return mean(self.values, self.weights)

    @property
    def error(self) -> float:
        """The sampling error of the mean (one standard error)."""
        return sampling_error(self.values, self.weights)

    @property
    def spread(self) -> tuple[float, float]:
        """5th and 95th percentile over draws: judgement and chance together."""
        low, high = quantiles(self.values, self.weights, (0.05, 0.95))
        return low, high

    @property
    def by_hypothesis(self) -> dict[int, float]:
        """The mean under each combination of hypotheses that has weight."""
        found = {}
        for number in np.unique(self.combination):
            chosen = (self.combination == number) & (self.weights > 0)
            if chosen.any():
                found[int(number)] = mean(self.values[chosen], self.weights[chosen])
        return found

    @property
    def shares(self) -> dict[str, float]:
        """Of a question about who: the share of each name."""
        if self.table is None:
            return {}
        return dict(zip(self.names, (mean(column, self.weights) for column in self.table.T), strict=True))

    @property
    def leading(self) -> str:
        """Of a question about who: the name with the largest share."""
        return max(self.shares, key=self.shares.__getitem__, default="")

    def reweighted(self, weights: Reals) -> Estimate:
        """The same draws under other weights."""
        made = replace(self, weights=weights / weights.sum())
        if self.table is None:
            return made
        return replace(made, values=self.table[:, self.names.index(made.leading)])


def made(ensemble: Ensemble, values: Reals, unit: Unit) -> Estimate:
    """The estimate that gives each draw of an ensemble a value (draw,)."""
    draws = ensemble.draws
    return Estimate(values, draws.weight, draws.combination, unit)


def constant(ensemble: Ensemble, value: float, unit: Unit = "number") -> Estimate:
    """The same number in every draw."""
    return made(ensemble, np.full(len(ensemble.draws.weight), value), unit)


def among(ensemble: Ensemble, names: tuple[str, ...], table: Reals, unit: Unit = "share") -> Estimate:
    """Which of some names: `table` (draw, name) holds each draw's share of each."""
    found = replace(made(ensemble, table[:, 0], unit), names=names, table=table)
    return found.reweighted(found.weights)


def quotient(over: Estimate, under: Estimate) -> Estimate:
    """The ratio of two means, with values a draw whose mean is that ratio and whose spread is its linearised error.

    Linearisation: Cochran, Sampling Techniques, 3rd ed. (1977), section 6.3. Raises `ZeroDivisionError` at a zero mean.
    """
    ratio = over.value / under.value
    values = ratio + (over.values - ratio * under.values) / under.value
    return replace(over, values=values, unit="number", names=(), table=None)
