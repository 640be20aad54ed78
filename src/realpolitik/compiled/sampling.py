"""From inputs to `Draws`: the values of every column for a range of draws, in every combination of hypotheses."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.combinations import Combination
from realpolitik.compiled.inputs import Columns, Fill, Input, Values
from realpolitik.compiled.sequences import uniforms, uniforms_of
from realpolitik.dynamics.tables import Draws
from realpolitik.language.normal import normal_quantile
from realpolitik.language.quantity import Quantity

FAMILY_CORRELATION = 0.3
TOGETHER = 1 << 16
"""Numbers made in one go: enough for calls to pay, few enough to stay in the cache."""


@dataclass
class Sampler:
    """Scores of inputs for the draws `index` (draw,); `moved` replaces scores by name (sensitivity, sliders)."""

    seed: int
    index: NDArray[np.int64]
    credences: Mapping[str, Quantity]
    moved: Mapping[str, Values] = field(default_factory=dict)
    known: dict[str, Values] = field(default_factory=dict)
    decided: dict[str, Values] = field(default_factory=dict)

    def score(self, name: str) -> Values:
        """The standard-normal scores of one sequence (draw,)."""
        if name in self.moved:
            return self.moved[name]
        if name not in self.known:
            self.known[name] = np.asarray(normal_quantile(uniforms(self.seed, name, self.index)), dtype=np.float64)
        return self.known[name]

    def foresee(self, items: Iterable[Input]) -> None:
        """Make the scores of these inputs in few calls: the same numbers, several times faster where draws are few."""
        uncertain = [item for item in items if not item.quantity.is_constant]
        families = {f"words: {item.quantity.family}" for item in uncertain if item.quantity.family}
        names = [name for name in (*(item.name for item in uncertain), *sorted(families)) if name not in self.moved]
        missing = [name for name in names if name not in self.known]
        step = max(1, TOGETHER // max(1, len(self.index)))
        for start in range(0, len(missing), step):
            some = missing[start : start + step]
            scores = np.asarray(normal_quantile(uniforms_of(self.seed, some, self.index)), dtype=np.float64)
            self.known.update(zip(some, scores, strict=True))

    def value(self, item: Input) -> Values:
        """The values of one input (draw,); numbers from one table of words share part of their score."""
        quantity = item.quantity
        if quantity.is_constant:
            return np.full(len(self.index), float(quantity.central))
        values: Values = np.asarray(quantity.at(self.scored(item.name, quantity.family)), dtype=np.float64)
        return values

    def scored(self, name: str, family: str) -> Values:
        """The scores of one input, correlated within its table of words."""
        own = self.score(name)
        if not family or name in self.moved:
            return own
        shared = self.score(f"words: {family}")
        mixed: Values = math.sqrt(FAMILY_CORRELATION) * shared + math.sqrt(1.0 - FAMILY_CORRELATION) * own
        return mixed

    def exists(self, claims: Sequence[str]) -> Values:
        """1 where a link that rests on these claims exists (draw,): the largest credence against one shared uniform."""
        known = [claim for claim in claims if claim in self.credences]
        if not known:
            return np.ones(len(self.index))
        best = np.max([self.credence(claim) for claim in known], axis=0)
        name = "exists: " + ", ".join(sorted(known))
        there: Values = (self.uniform(name) < best).astype(np.float64)
        return there

    def exists_by(self, name: str, credence: Quantity) -> Values:
        """1 where a link with a credence of its own exists (draw,)."""
        best = np.asarray(credence.at(self.scored(f"credence: {name}", credence.family)), dtype=np.float64)
        there: Values = (self.uniform(f"exists: {name}") < best).astype(np.float64)
        return there

    def uniform(self, name: str) -> Values:
        """The uniform numbers in (0, 1) that decide whether a link exists (draw,)."""
        if name in self.moved:
            return self.moved[name]
        if name not in self.decided:
            self.decided[name] = uniforms(self.seed, name, self.index)
        return self.decided[name]

    def credence(self, claim: str) -> Values:
        """The credence of one claim (draw,)."""
        quantity = self.credences[claim]
        scores = self.scored(f"credence: {claim}", quantity.family)
        return np.asarray(quantity.at(scores), dtype=np.float64) * np.ones(len(self.index))


def sample(
    columns: Columns,
    combos: Sequence[Combination],
    sampler: Sampler,
    *,
    counts: Mapping[str, int],
    replicas: int = 1,
    total: int = 0,
) -> Draws:
    """The block of draws for the sampler's index: rows ordered by combination, then draw, then replica.

    `counts` gives every array's number of columns (arrays without inputs get that many of their fallback). `total` is
    the number of judgement draws of the whole run (default: this block), which weights are counted against.
    """
    size, many = len(sampler.index), len(combos)
    sampler.foresee(columns.inputs())
    arrays = {name: _array(columns, name, count, many, sampler) for name, count in counts.items()}
    rows = {name: np.repeat(values.reshape(many * size, -1), replicas, axis=0) for name, values in arrays.items()}
    index = np.tile(np.repeat(sampler.index, replicas), many).astype(np.int32)
    combination = np.repeat(np.arange(many), size * replicas).astype(np.int32)
    weight = np.array([combo.weight for combo in combos])[combination] / ((total or size) * replicas)
    replica = np.tile(np.arange(replicas), many * size).astype(np.int32)
    return Draws(index=index, replica=replica, combination=combination, weight=weight, **rows)


def _array(columns: Columns, name: str, count: int, many: int, sampler: Sampler) -> Values:
    """One array (combination, draw, column)."""
    out = np.zeros((many, len(sampler.index), count))
    for number, fills in enumerate(columns.fills.get(name, [])):
        out[:, :, number] = columns.fallback[name][number]
        for fill in fills:
            out[fill.mask, :, number] = _filled(fill, sampler)
    return out


def _filled(fill: Fill, sampler: Sampler) -> Values:
    values = (
        np.full(len(sampler.index), fill.value) if fill.input is None else fill.transform(sampler.value(fill.input))
    )
    if fill.credence is not None and fill.input is not None:
        return values * sampler.exists_by(fill.input.name, fill.credence)
    return values * sampler.exists(fill.claims) if fill.claims else values
