"""PRIM: the box of inputs in which the cases of interest crowd, and every step by which it was peeled.

Friedman & Fisher 1999, Statistics and Computing 9(2), pp. 123-143: from the whole space, the face whose removal (a
share `PEEL` of what is left) leaves the highest density is taken off, again and again; the chosen box is pasted: a
face is put back where that does not lower density. Coverage, density and quasi-p-values: Bryant & Lempert 2010,
Technological Forecasting and Social Change 77(1), pp. 34-49. Coverage is the share of all cases that lie in the box,
density the share of the box that are cases; the quasi-p-value of a limit is the chance (binomial) of as many cases in
the box if cases were as frequent as in the box without that limit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]
Bools = NDArray[np.bool_]
PEEL = 0.05
LEAST = 0.05
MOST_P = 0.05


@dataclass(frozen=True, eq=False)
class Cloud:
    """`inputs` (row, input), which rows are `cases` (row,), `weights` (row,); `named` (input,): values are labels
    without order, of which one is taken off at a time. `draw` (row,): rows of one draw count as one observation.
    """

    inputs: Reals
    cases: Bools
    weights: Reals
    named: tuple[bool, ...]
    draw: NDArray[np.intp] | None = None

    @property
    def density(self) -> float:
        """The share of all that are cases."""
        return float(self.weights[self.cases].sum() / self.weights.sum())


@dataclass(frozen=True)
class Limit:
    """One limit of a box: from `low` to `high`, or the `labels` left of an input without order."""

    number: int
    low: float = -np.inf
    high: float = np.inf
    labels: frozenset[float] | None = None

    def holds(self, values: Reals) -> Bools:
        """Which values lie within (row,)."""
        if self.labels is not None:
            return np.isin(values, list(self.labels))
        return np.asarray((values >= self.low) & (values <= self.high))


@dataclass(frozen=True)
class Box:
    """A box of the trajectory: its limits by input, and coverage, density and mass (share of all weight), 0 to 1."""

    limits: tuple[Limit, ...] = ()
    coverage: float = 1.0
    density: float = 0.0
    mass: float = 1.0

    @property
    def restricted(self) -> tuple[int, ...]:
        """The inputs that have a limit."""
        return tuple(limit.number for limit in self.limits)


def inside(cloud: Cloud, limits: tuple[Limit, ...]) -> Bools:
    """Which rows lie within all limits (row,)."""
    found = np.ones(len(cloud.cases), dtype=bool)
    for limit in limits:
        found &= limit.holds(cloud.inputs[:, limit.number])
    return found


def measured(cloud: Cloud, limits: tuple[Limit, ...], known: Bools | None = None) -> Box:
    """The box with these limits; `known`: which rows lie within them, where that is known."""
    rows = inside(cloud, limits) if known is None else known
    mass, all_cases = float(cloud.weights[rows].sum()), float(cloud.weights[cloud.cases].sum())
    caught = float(cloud.weights[rows & cloud.cases].sum())
    density = caught / mass if mass > 0 else 0.0
    return Box(limits, caught / all_cases if all_cases > 0 else 0.0, density, mass / float(cloud.weights.sum()))


def peeled(cloud: Cloud, *, peel: float = PEEL, least: float = LEAST) -> list[Box]:
    """The whole trajectory: from the whole space to the last box of at least the mass `least`, or of cases only.

    >>> x = (np.arange(100)[:, None] + 0.5) / 100
    >>> trail = peeled(Cloud(x, x[:, 0] < 0.5, np.ones(100), (False,)))
    >>> trail[0].density, trail[-1].density, trail[-1].coverage > 0.9
    (0.5, 1.0, True)
    """
    trail = [measured(cloud, ())]
    while trail[-1].density < 1.0:
        rows = inside(cloud, trail[-1].limits)
        options = [
            measured(cloud, item, rows & item[-1].holds(cloud.inputs[:, item[-1].number]))
            for item in _peels(cloud, trail[-1].limits, rows, peel)
        ]
        options = [item for item in options if item.mass >= least and item.mass < trail[-1].mass - 1e-12]
        if not options:
            break
        best = max(options, key=lambda item: (item.density, item.mass))
        if best.coverage <= 0:
            break
        trail.append(best)
    return trail


def _peels(cloud: Cloud, limits: tuple[Limit, ...], rows: Bools, peel: float) -> Iterator[tuple[Limit, ...]]:
    """The limits with one of them narrowed within `rows`; that one stands last."""
    for number, named in enumerate(cloud.named):
        own = next((limit for limit in limits if limit.number == number), Limit(number))
        values = cloud.inputs[rows, number]
        for narrower in _labels_off(own, values) if named else _ends_off(own, values, cloud.weights[rows], peel):
            yield (*(limit for limit in limits if limit.number != number), narrower)


def _ends_off(own: Limit, values: Reals, weights: Reals, peel: float) -> Iterator[Limit]:
    """The limit with the lowest, or the highest, share `peel` of what is left taken off (all of a tied value)."""
    known, place = np.unique(values, return_inverse=True)
    if len(known) < 2:
        return
    mass = np.cumsum(np.bincount(place, weights))
    low = int(np.searchsorted(mass, peel * mass[-1]))
    high = int(np.searchsorted(mass, (1 - peel) * mass[-1] * (1 - 1e-12)))
    yield replace(own, low=_between(known, min(low, len(known) - 2)))
    yield replace(own, high=_between(known, max(0, min(high, len(known) - 1) - 1)))


def _between(known: Reals, index: int) -> float:
    """Half way to the next value."""
    return float((known[index] + known[index + 1]) / 2)


def _labels_off(own: Limit, values: Reals) -> Iterator[Limit]:
    left = frozenset(np.unique(values).tolist())
    if len(left) > 1:
        yield from (replace(own, labels=left - {label}) for label in sorted(left))


def pasted(cloud: Cloud, box: Box, *, paste: float = PEEL) -> Box:
    """The box without limits it does not need, and each other limit moved out as long as density does not fall."""
    best = box
    for limit in box.limits:
        without = measured(cloud, tuple(item for item in best.limits if item.number != limit.number))
        best = without if without.density >= best.density else best
    while (wider := _wider(cloud, best, paste)) is not None:
        best = wider
    return best


def _wider(cloud: Cloud, box: Box, paste: float) -> Box | None:
    """The best box with one limit moved out; None where every one has fewer cases in it."""
    options = [measured(cloud, limits) for limits in _pastes(cloud, box, paste)]
    fit = [item for item in options if item.density >= box.density and item.mass > box.mass + 1e-12]
    return max(fit, key=lambda item: (item.density, item.mass), default=None)


def _pastes(cloud: Cloud, box: Box, paste: float) -> Iterator[tuple[Limit, ...]]:
    """The limits with one of them moved out by a share `paste` of the box's rows."""
    some = max(1, round(paste * int(inside(cloud, box.limits).sum())))
    for limit in (item for item in box.limits if item.labels is None):
        others = tuple(item for item in box.limits if item is not limit)
        values = np.unique(cloud.inputs[inside(cloud, others), limit.number])
        below, above = values[values < limit.low], values[values > limit.high]
        if len(below):
            yield (*others, replace(limit, low=_outside(below[::-1], some, -np.inf)))
        if len(above):
            yield (*others, replace(limit, high=_outside(above, some, np.inf)))


def _outside(values: Reals, some: int, end: float) -> float:
    """Half way beyond the next values outside, nearest first; `end` where there are no more."""
    return end if some >= len(values) else float((values[some - 1] + values[some]) / 2)


def quasi_p(cloud: Cloud, box: Box) -> tuple[float, ...]:
    """For each limit, the chance of as many cases in the box if it did nothing (limit,).

    >>> x = np.tile([[0.0], [1.0]], (5, 1))
    >>> cloud = Cloud(x, x[:, 0] > 0.5, np.ones(10), (False,))
    >>> quasi_p(cloud, measured(cloud, (Limit(0, low=0.5),)))[0] == 0.5**5
    True
    """
    return tuple(_quasi_p(cloud, box, limit) for limit in box.limits)


def _quasi_p(cloud: Cloud, box: Box, limit: Limit) -> float:
    rows = inside(cloud, box.limits)
    wider = measured(cloud, tuple(item for item in box.limits if item is not limit))
    count = round(_size(cloud, rows))
    return at_least(round(box.density * count), count, wider.density)


def at_least(hits: int, tries: int, chance: float) -> float:
    """The binomial probability of so many hits or more.

    >>> round(at_least(3, 5, 0.4), 5), at_least(0, 5, 0.4), at_least(5, 5, 1.0)
    (0.31744, 1.0, 1.0)
    """
    if hits <= 0 or chance >= 1.0:
        return 1.0
    if chance <= 0.0:
        return 0.0
    known, many = _log_factorials(tries), np.arange(hits, tries + 1)
    logs = known[tries] - known[many] - known[tries - many] + many * np.log(chance) + (tries - many) * np.log1p(-chance)
    return min(1.0, float(np.exp(logs).sum()))


@lru_cache(maxsize=64)
def _log_factorials(most: int) -> Reals:
    """log n! for n from 0 to `most`."""
    return np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, most + 1)))])


def _size(cloud: Cloud, rows: Bools) -> float:
    """How many equal draws some rows amount to (Kish)."""
    weights = cloud.weights[rows]
    if cloud.draw is not None:
        weights = np.bincount(cloud.draw[rows], weights).astype(np.float64)
    return float(weights.sum() ** 2 / (weights**2).sum()) if rows.any() else 0.0


def supported(cloud: Cloud, box: Box, most: float = MOST_P) -> Box:
    """The box without limits whose quasi-p-value is above `most`, the least telling taken off first."""
    while box.limits:
        chances = quasi_p(cloud, box)
        worst = max(range(len(chances)), key=chances.__getitem__)
        if chances[worst] <= most:
            break
        box = measured(cloud, tuple(item for i, item in enumerate(box.limits) if i != worst))
    return box


def chosen(cloud: Cloud, trail: list[Box]) -> int:
    """Which box of a trajectory parts cases from others best once it has only supported limits; fewest limits first."""
    known = [supported(cloud, box) for box in trail]
    return max(range(len(trail)), key=lambda i: (round(parting(known[i], cloud.density), 2), -len(known[i].limits)))


def settled(cloud: Cloud, box: Box) -> Box:
    """The box with supported limits only, pasted."""
    return supported(cloud, pasted(cloud, supported(cloud, box)))


def parting(box: Box, density: float) -> float:
    """The share of all cases in a box less the share of all others in it (Youden 1950, Cancer 3(1), p. 32).

    >>> parting(Box((), 0.9, 0.75, 0.6), 0.5).__round__(2)
    0.6
    """
    others = 1.0 - density
    return box.coverage - box.mass * (1.0 - box.density) / others if others > 0 else 0.0
