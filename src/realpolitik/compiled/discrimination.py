"""How well something seen tells hypotheses or outcomes apart: probabilities under each, ratios, their intervals.

Draws are shared between hypotheses, so intervals come from a bootstrap that redraws judgement draws together with all
their rows (Efron & Tibshirani 1993, An Introduction to the Bootstrap, chapter 13: percentile interval, 5th to 95th).
An event never seen in n draws is not taken to be impossible but to have a chance of up to 3/n (the rule of three:
Hanley & Lippman-Hand 1983, JAMA 249(13), 1743-1745), or the pooled chance where that is less; and no density counts for
less than 3/n of the pooled one. So few draws give modest ratios.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]
BOOTSTRAP = 400
NEAR = 1.05
"""A ratio whose interval reaches below this (or its inverse) tells nothing apart."""
POSITIVE = 3.0
"""From here on evidence is "positive"; below it is "not worth more than a bare mention" (Kass & Raftery 1995, J. Am.
Stat. Assoc. 90(430), p. 777)."""


@dataclass(frozen=True, eq=False)
class Contrasted:
    """Some evidence under some classes of rows (hypotheses; or an outcome and its absence).

    `fits` (evidence, row): how well each row fits, 0/1 for events. `classes` (class, row) 0/1. `weight` (row,), and the
    `index` of the judgement draw (row,).
    """

    fits: Reals
    classes: Reals
    weight: Reals
    index: NDArray[np.int32]
    seed: int = 1

    @cached_property
    def _sums(self) -> tuple[Reals, Reals]:
        """By judgement draw: weight (draw, class), and weight times fit (draw, class, evidence)."""
        _, place = np.unique(self.index, return_inverse=True)
        count = int(place.max()) + 1
        weights = self.classes * self.weight
        mass = np.array([np.bincount(place, row, count) for row in weights]).T
        fits = np.array([[np.bincount(place, row * fit, count) for fit in self.fits] for row in weights])
        return mass, np.moveaxis(fits, -1, 0).reshape(count, len(self.classes), len(self.fits))

    def _probabilities(self, counts: Reals) -> tuple[Reals, Reals]:
        """Under each class and under the rest of them, (resample, class, evidence), for (resample, draw) counts."""
        mass, fits = self._sums
        total, held = counts @ mass, np.tensordot(counts, fits, axes=1)
        pooled = held.sum(axis=1, keepdims=True) / total.sum(axis=1)[:, None, None]
        rest_total, rest_held = total.sum(axis=1, keepdims=True) - total, held.sum(axis=1, keepdims=True) - held
        rest = mass.sum(axis=1, keepdims=True) - mass
        return self._floored(held, total, pooled, mass), self._floored(rest_held, rest_total, pooled, rest)

    def _floored(self, held: Reals, total: Reals, pooled: Reals, mass: Reals) -> Reals:
        """held / total, but never below what so few draws could not tell from it."""
        size = np.maximum(mass.sum(axis=0) ** 2 / np.maximum((mass**2).sum(axis=0), 1e-300), 1.0)
        events = np.array([np.isin(row, (0.0, 1.0)).all() for row in self.fits], dtype=bool)
        least = np.minimum(pooled, 3.0 / size[None, :, None] * np.where(events[None, None, :], 1.0, pooled))
        found = np.divide(held, total[:, :, None], out=np.zeros_like(held), where=total[:, :, None] > 0)
        return np.asarray(np.maximum(found, least))

    @cached_property
    def _resampled(self) -> Reals:
        """(resample, draw) how often each draw is taken; the first takes each once."""
        count = len(self._sums[0])
        dealer = np.random.Generator(np.random.Philox(key=[self.seed, 0xB007]))
        taken = dealer.multinomial(count, np.full(count, 1.0 / count), BOOTSTRAP)
        return np.vstack([np.ones(count), taken]).astype(np.float64)

    @cached_property
    def _every(self) -> tuple[Reals, Reals]:
        return self._probabilities(self._resampled)

    @property
    def probability(self) -> Reals:
        """P(evidence | class), (class, evidence)."""
        return np.asarray(self._every[0][0])

    @property
    def span(self) -> tuple[Reals, Reals]:
        """Its interval, two of (class, evidence)."""
        return _interval(self._every[0][1:])

    @property
    def otherwise(self) -> Reals:
        """P(evidence | any of the other classes), (class, evidence)."""
        return np.asarray(self._every[1][0])

    @property
    def ratio(self) -> Reals:
        """The likelihood ratio of each class against the rest, (class, evidence)."""
        return _ratio(*(part[0] for part in self._every))

    @property
    def ratio_span(self) -> tuple[Reals, Reals]:
        """Its interval, two of (class, evidence)."""
        return _interval(_ratio(*(part[1:] for part in self._every)))

    @property
    def absent_ratio(self) -> Reals:
        """The likelihood ratio of not seeing it, (class, evidence); for events."""
        held, rest = (part[0] for part in self._every)
        return _ratio(1.0 - held, 1.0 - rest)

    @property
    def spread(self) -> Reals:
        """Diagnosticity of each piece: the largest over the smallest probability among the classes (evidence,)."""
        found = self.probability
        return _ratio(found.max(axis=0), found.min(axis=0))

    @property
    def spread_span(self) -> tuple[Reals, Reals]:
        """Interval of the ratio between the classes that lead and trail in the whole sample (evidence,)."""
        found, places = self.probability, np.arange(len(self.fits))
        lead, trail = found.argmax(axis=0), found.argmin(axis=0)
        drawn = self._every[0][1:]
        return _interval(_ratio(drawn[:, lead, places], drawn[:, trail, places]))

    def posterior(self, credence: Reals, piece: int = 0) -> tuple[Reals, Reals, Reals]:
        """The credence of every class once a piece of evidence is known, with interval (class,)."""
        joint = self._every[0][:, :, piece] * credence
        found = joint / np.maximum(joint.sum(axis=1, keepdims=True), 1e-300)
        low, high = _interval(found[1:])
        return np.asarray(found[0]), low, high

    def overcounting(self, joint: Reals) -> tuple[Reals, Reals, Reals]:
        """By how much the ratios multiplied exceed the ratio of all pieces together, with interval (class,).

        `joint` (row,): how well each row fits all of them at once. Above 1: multiplying counts the same twice.
        """
        together = Contrasted(joint[None, :], self.classes, self.weight, self.index, self.seed)
        mine = _ratio(*self._every).prod(axis=2)
        theirs = _ratio(*together._every)[:, :, 0]
        found = mine / np.maximum(theirs, 1e-300)
        low, high = _interval(found[1:])
        return np.asarray(found[0]), low, high


def _ratio(over: Reals, under: Reals) -> Reals:
    return np.asarray(np.divide(over, under, out=np.ones_like(over), where=(under > 0) & (over > 0)))


def _interval(values: Reals) -> tuple[Reals, Reals]:
    low, high = np.quantile(values, (0.05, 0.95), axis=0)
    return np.asarray(low), np.asarray(high)


def information(seen: Reals, outcome: Reals, weight: Reals) -> Reals:
    """How many bits each sighting (sighting, row) tells of an outcome (row,), both 0/1: their mutual information.

    >>> rows = np.array([0.0, 0.0, 1.0, 1.0])
    >>> information(np.array([rows, np.array([0.0, 1.0, 0.0, 1.0])]), rows, np.ones(4)).round(3).tolist()
    [1.0, 0.0]
    """
    share = weight / weight.sum()
    found = np.zeros(len(seen))
    for flag in (0, 1):
        for kind in (0, 1):
            mine, theirs = (seen == flag) * share, (outcome == kind) * share
            both = (mine * (outcome == kind)).sum(axis=1)
            product = mine.sum(axis=1) * theirs.sum()
            found += np.where(both > 0, both * np.log2(np.maximum(both, 1e-300) / np.maximum(product, 1e-300)), 0.0)
    return np.asarray(np.maximum(found, 0.0))


MARKED = ("CC", "C", "N", "I", "II")


def mark(ratio: float, low: float, high: float) -> str:
    """A piece of evidence against a hypothesis in the notation of analysis of competing hypotheses.

    N where the interval of the ratio comes near 1 (within a twentieth); CC and II from a ratio of 3 or a third on.

    >>> mark(4.0, 2.0, 9.0), mark(1.5, 1.1, 2.0), mark(2.0, 0.8, 5.0), mark(0.2, 0.1, 0.5)
    ('CC', 'C', 'N', 'II')
    """
    if low <= NEAR and high >= 1.0 / NEAR:
        return "N"
    if ratio >= 1.0:
        return "CC" if ratio >= POSITIVE else "C"
    return "II" if ratio <= 1.0 / POSITIVE else "I"
