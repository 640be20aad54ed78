"""CART: questions that split the draws into groups with many and with few cases.

Breiman, Friedman, Olshen & Stone 1984, Classification and Regression Trees: the split that lowers the weighted Gini
impurity most (chapter 4), down to a depth, no leaf below a share of the whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from realpolitik.compiled.boxes import Bools, Cloud, Limit, Reals

DEPTH = 3
LEAF = 0.05
GAIN = 0.01


@dataclass(frozen=True)
class Leaf:
    """A group: the limits that lead to it, shares: of it that are cases, of all cases, of all draws."""

    limits: tuple[Limit, ...]
    density: float
    coverage: float
    mass: float


@dataclass(frozen=True)
class Split:
    """A question: its two answers as limits, and by how much it lowers the impurity (share of the whole's)."""

    yes: Limit
    no: Limit
    gain: float


def leaves(cloud: Cloud, depth: int = DEPTH, leaf: float = LEAF) -> list[Leaf]:
    """The groups of the tree, those with most cases first.

    >>> x = (np.arange(100)[:, None] + 0.5) / 100
    >>> found = leaves(Cloud(x, x[:, 0] > 0.7, np.ones(100), (False,)))
    >>> [(item.density, item.coverage, round(item.mass, 2)) for item in found]
    [(1.0, 1.0, 0.3), (0.0, 0.0, 0.7)]
    """
    everything = np.ones(len(cloud.cases), dtype=bool)
    return sorted(_grown(cloud, everything, (), depth, leaf), key=lambda item: (-item.density, -item.mass))


def _grown(cloud: Cloud, rows: Bools, limits: tuple[Limit, ...], depth: int, leaf: float) -> Iterator[Leaf]:
    best = best_split(cloud, rows, leaf) if depth > 0 else None
    if best is None or best.gain < GAIN:
        yield _leaf(cloud, rows, limits)
        return
    for side in (best.yes, best.no):
        kept = rows & side.holds(cloud.inputs[:, side.number])
        yield from _grown(cloud, kept, narrowed(limits, side), depth - 1, leaf)


def narrowed(limits: tuple[Limit, ...], side: Limit) -> tuple[Limit, ...]:
    """The limits with one more; two of one input become one."""
    own = next((item for item in limits if item.number == side.number), None)
    if own is None:
        return (*limits, side)
    labels = side.labels if own.labels is None or side.labels is None else own.labels & side.labels
    both = Limit(side.number, max(own.low, side.low), min(own.high, side.high), labels)
    return tuple(both if item is own else item for item in limits)


def _leaf(cloud: Cloud, rows: Bools, limits: tuple[Limit, ...]) -> Leaf:
    mass, caught = float(cloud.weights[rows].sum()), float(cloud.weights[rows & cloud.cases].sum())
    whole, cases = float(cloud.weights.sum()), float(cloud.weights[cloud.cases].sum())
    return Leaf(limits, caught / mass if mass else 0.0, caught / cases if cases else 0.0, mass / whole)


def best_split(cloud: Cloud, rows: Bools, leaf: float) -> Split | None:
    """The question that parts cases from others best among these rows; None where there is none to ask."""
    found = (_split(cloud, rows, number, leaf) for number in range(cloud.inputs.shape[1]))
    return max((item for item in found if item is not None), key=lambda item: item.gain, default=None)


def _split(cloud: Cloud, rows: Bools, number: int, leaf: float) -> Split | None:
    values, cases = cloud.inputs[rows, number], cloud.cases[rows]
    known, place = np.unique(values, return_inverse=True)
    if len(known) < 2:
        return None
    mass = np.bincount(place, cloud.weights[rows]).astype(np.float64)
    caught = np.bincount(place, cloud.weights[rows] * cases).astype(np.float64)
    if cloud.named[number]:
        return _best_label(cloud, number, known, mass, caught, leaf)
    below, hits = np.cumsum(mass)[:-1], np.cumsum(caught)[:-1]
    gain = _gain(cloud, below, hits, float(mass.sum()), float(caught.sum()), leaf)
    at = int(gain.argmax())
    edge = float((known[at] + known[at + 1]) / 2)
    return Split(Limit(number, high=edge), Limit(number, low=edge), float(gain[at]))


def _best_label(cloud: Cloud, number: int, known: Reals, mass: Reals, caught: Reals, leaf: float) -> Split:
    """One label against the others."""
    gain = _gain(cloud, mass, caught, float(mass.sum()), float(caught.sum()), leaf)
    at = int(gain.argmax())
    one = frozenset({float(known[at])})
    return Split(Limit(number, labels=one), Limit(number, labels=frozenset(known.tolist()) - one), float(gain[at]))


def _gain(cloud: Cloud, mass: Reals, caught: Reals, whole: float, cases: float, leaf: float) -> Reals:
    """By how much each split lowers the impurity, as a share of that of all draws; -1 where a side is too small."""
    rest, missed = whole - mass, cases - caught
    total = float(cloud.weights.sum())
    before = cases * (1 - cases / whole)
    after = caught * (1 - caught / mass) + missed * (1 - missed / np.where(rest > 0, rest, 1.0))
    scale = total * max(1e-12, cloud.density * (1 - cloud.density))
    small = (mass < leaf * total) | (rest < leaf * total)
    return np.where(small, -1.0, (before - after) / scale)
