"""Two runs on the same draws and the same chance: what holding something changes, and for whom.

Utilities are in full swings of each actor's top interest; 0.01 is a point. Gains are always held minus status quo.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.holds import Intervention
from realpolitik.dynamics.engine import simulate
from realpolitik.dynamics.tables import Held, Hold, Paths, Plan
from realpolitik.errors import QuestionRefused
from realpolitik.language.time import duration_words

Reals = NDArray[np.float64]
Part = Literal["total", "by itself", "through reactions"]
Scaling = Literal["top", "sum", "range"]
SCALINGS: tuple[Scaling, ...] = ("top", "sum", "range")
POINT = 0.01
LOSS = 0.5  # points: a smaller loss is none, and losses closer than this are shared


@dataclass(frozen=True, eq=False)
class Contrast:
    """What is compared: `held` holds the intervention, `status_quo` its status quo (or nothing, `vs free`)."""

    ensemble: Ensemble
    intervention: Intervention
    vs_free: bool = False

    @property
    def baseline(self) -> tuple[Hold, ...]:
        """What the other run holds."""
        return () if self.vs_free else self.intervention.status_quo

    @property
    def held(self) -> Paths:
        """Paths with the intervention, everyone reacting."""
        return self.ensemble.run(self.intervention.holds)

    @property
    def status_quo(self) -> Paths:
        """Paths without it."""
        return self.ensemble.run(self.baseline)

    @property
    def alone(self) -> Paths:
        """Paths with it, while everything else repeats its decisions of the status-quo run."""
        return self.ensemble.run(self.intervention.holds, replay=self.baseline)

    def difference(self, part: Part = "total") -> Reals:
        """Change of U (draw, time, actor), as a whole, by itself, or through the others' reactions."""
        if part == "by itself":
            return self.alone.utility - self.status_quo.utility
        if part == "through reactions":
            return self.held.utility - self.alone.utility
        return self.held.utility - self.status_quo.utility

    def gains(self, years: float | None, part: Part = "total", scaling: Scaling = "top") -> Reals:
        """Gains in points (draw, actor): mean over the year ending `years` after the start, or discounted over all."""
        change = self.difference(part)
        averaged = self._discounted(change) if years is None else change[:, self.window(years)].mean(axis=1)
        points: Reals = averaged / POINT / scale(self.ensemble, scaling, years)
        return points

    def window(self, years: float) -> slice:
        """The periods of the year that ends `years` after the start of what is held."""
        per_year = self.ensemble.model.calendar.per_year
        end = self.intervention.start + round(years * per_year)
        if end > self.ensemble.model.calendar.periods:
            raise QuestionRefused(f"An answer after {duration_words(12 * years)} lies beyond the horizon.")
        if end < self.intervention.start:
            raise QuestionRefused("The answer lies before what is held begins.")
        return slice(max(self.intervention.start, end - per_year + 1), end + 1)

    def _discounted(self, change: Reals) -> Reals:
        start = self.intervention.start
        steps = np.arange(change.shape[1] - start)
        weights = self.ensemble.model.tables.actor_discount[None, :] ** steps[:, None]
        mean: Reals = (change[:, start:] * weights).sum(axis=1) / weights.sum(axis=0)
        return mean


def scale(ensemble: Ensemble, scaling: Scaling, years: float | None) -> Reals:
    """What gains are divided by (actor,): 1; sum of |weights| over the top one; largest |gain| of a single option."""
    tables = ensemble.model.tables
    if scaling == "top":
        return np.ones(len(tables.actors))
    if scaling == "sum":
        return weight_sums(ensemble)
    largest = largest_single_gains(ensemble, years)
    return np.where(largest > 0, largest, 1.0)


def weight_sums(ensemble: Ensemble) -> Reals:
    """Sum of |w| / w* per actor at central values (actor,), at least 1, interests of the base situation."""
    tables = ensemble.model.tables
    weights = np.zeros(len(tables.actors))
    for item in ensemble.model.situation.interests:
        weights[tables.actors.index(item.actor)] += abs(float(item.weight.central))
    return np.maximum(weights / tables.top_weight, 1.0)


def largest_single_gains(ensemble: Ensemble, years: float | None) -> Reals:
    """The largest |gain| any single option held makes for each actor at central values (actor,), in full swings."""
    name = f"range {years}"
    if name not in ensemble.known_scales:
        ensemble.known_scales[name] = _single_gains(ensemble, years)
    return ensemble.known_scales[name]


def _single_gains(ensemble: Ensemble, years: float | None) -> Reals:
    tables = ensemble.model.tables
    largest = np.zeros(len(tables.actors))
    central = _Central(ensemble)
    for number, levels in enumerate(tables.levels):
        now = int(tables.option_now[number])
        for level in range(len(levels)):
            if level != now:
                gain = central.gain(number, level, now, years)
                largest = np.maximum(largest, np.abs(gain))
    return largest


@dataclass(frozen=True, eq=False)
class _Central:
    """Runs at central values: chance off, tastes off, one row per combination of hypotheses."""

    ensemble: Ensemble

    def run(self, hold: Hold) -> Paths:
        """One option held."""
        key = f"central {hold!r}"
        if key not in self.ensemble.runs:
            model, settings = self.ensemble.model, self.ensemble.settings
            plan = Plan(holds=(hold,), chance=False, tastes=False)
            self.ensemble.runs[key] = simulate(
                model.tables, model.central(), plan, seed=settings.seed, depth=0, kernel=settings.kernel, threads=1
            )
        return self.ensemble.runs[key]

    def gain(self, option: int, level: int, now: int, years: float | None) -> Reals:
        """The gain of holding it, weighted over combinations (actor,)."""
        held = self.run(Hold(Held.OPTION, option, float(level)))
        without = self.run(Hold(Held.OPTION, option, float(now)))
        change = held.utility - without.utility
        weights = np.array([combo.weight for combo in self.ensemble.model.combos])
        mean: Reals = np.tensordot(weights, _averaged(change, years, self.ensemble), axes=1)
        return mean


def _averaged(change: Reals, years: float | None, ensemble: Ensemble) -> Reals:
    calendar = ensemble.model.calendar
    if years is None:
        weights = ensemble.model.tables.actor_discount[None, :] ** np.arange(change.shape[1])[:, None]
        discounted: Reals = (change * weights).sum(axis=1) / weights.sum(axis=0)
        return discounted
    end = min(round(years * calendar.per_year), calendar.periods)
    mean: Reals = change[:, max(0, end - calendar.per_year + 1) : end + 1].mean(axis=1)
    return mean


def loser_shares(gains: Reals) -> Reals:
    """Who loses most in each draw, as shares (draw, actor + 1): the last column is nobody.

    The least gain counts if it is below -0.5 points; actors within 0.5 of it share the draw.

    >>> loser_shares(np.array([[-3.0, -2.8, 1.0], [0.0, -0.2, 4.0]])).tolist()
    [[0.5, 0.5, 0.0, 0.0], [0.0, 0.0, 0.0, 1.0]]
    """
    least = gains.min(axis=1, keepdims=True)
    close = (gains <= least + LOSS) & (gains < -LOSS)
    counts = close.sum(axis=1, keepdims=True)
    shares = np.divide(close, counts, out=np.zeros(gains.shape), where=counts > 0)
    return np.hstack([shares, (counts == 0).astype(np.float64)])
