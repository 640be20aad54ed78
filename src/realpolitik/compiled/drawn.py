"""What an ensemble's draws differ in: every uncertain input, every hedged link, every rival reading, by draw.

The columns an answer can be related to without a further run. An input stands with the value it has in each draw; a
hedged link with whether it is there; a group of readings with which of them is true.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.input_words import input_words, readable, timed_words
from realpolitik.compiled.inputs import Fill, Input
from realpolitik.compiled.model import Model
from realpolitik.compiled.sampling import Sampler
from realpolitik.language.sentences import level, two_digits

Reals = NDArray[np.float64]
Kind = Literal["number", "link", "reading"]
_HUNDREDTHS = ("price", "switch", "norm price")
_CHANCES = ("likelihood", "chance", "dependence")


@dataclass(frozen=True, eq=False)
class Column:
    """One thing in which draws differ. `values` (draw,): an input in its own unit, a link as 0 or 1, a reading's
    number (row,); `name` the key of its sequence, `words` a noun phrase, `labels` the readings.
    """

    name: str
    words: str
    kind: Kind
    values: Reals
    item: Input | None = None
    labels: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()

    @property
    def author(self) -> str:
        """Who stands behind it where no claim does."""
        return self.item.support.author if self.item else ""

    @property
    def scale(self) -> float:
        """What a value is multiplied by to be read in points or percent; 1 for all else."""
        return 100.0 if self.item and self.item.role in (*_HUNDREDTHS, *_CHANCES) else 1.0

    def write(self, value: float) -> str:
        """A value of it for readers."""
        if self.kind == "link":
            return "there" if value > 0.5 else "absent"
        if self.kind == "reading":
            return self.labels[round(value)]
        role = self.item.role if self.item else ""
        if role in _HUNDREDTHS:
            return f"{100 * value:.1f} points"
        timed = timed_words(self.item, value) if self.item else ""
        return timed or (f"{100 * value:.0f}%" if role in _CHANCES else _figure(value))


@dataclass(frozen=True, eq=False)
class Drawn:
    """The columns of an ensemble, and how its rows fold into draws: `draw` (row,) says to which draw a row belongs."""

    ensemble: Ensemble

    @cached_property
    def draw(self) -> NDArray[np.intp]:
        """To which draw each row belongs, 0 first."""
        return np.unique(self.ensemble.draws.index, return_inverse=True)[1]

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Inputs and links that differ between draws."""
        return (*_numbers(self.ensemble), *_links(self.ensemble))

    @cached_property
    def readings(self) -> tuple[Column, ...]:
        """Groups of rival readings, by row."""
        return tuple(_readings(self.ensemble))

    def rows(self, column: Column) -> Reals:
        """A column by row."""
        return column.values if column.kind == "reading" else column.values[self.draw]

    def folded(self, values: Reals, weights: Reals) -> tuple[Reals, Reals]:
        """Values (row,) and weights (row,) by draw: the weighted mean over its rows, and their weight."""
        whole = np.bincount(self.draw, weights).astype(np.float64)
        sums = np.bincount(self.draw, weights * values).astype(np.float64)
        means: Reals = np.divide(sums, whole, out=np.zeros_like(sums), where=whole > 0)
        return means, np.asarray(whole, dtype=np.float64)


def _sampler(ensemble: Ensemble) -> Sampler:
    index = np.unique(ensemble.draws.index).astype(np.int64)
    return Sampler(ensemble.settings.seed, index, ensemble.model.situation.credences)


def _numbers(ensemble: Ensemble) -> Iterator[Column]:
    sampler, model = _sampler(ensemble), ensemble.model
    for item in model.inputs.values():
        values = sampler.value(item)
        if values.max() > values.min():
            yield Column(item.name, input_words(model, item), "number", values, item, (), item.support.claims)


def _links(ensemble: Ensemble) -> Iterator[Column]:
    """Whether hedged links are there: one column for each group of claims, and each link with a credence of its own."""
    sampler, model = _sampler(ensemble), ensemble.model
    for name, fills in _hedged(model).items():
        fill = fills[0]
        there = sampler.exists(fill.claims) if fill.credence is None else _own(sampler, fill)
        if there.max() > there.min():
            yield Column(name, _link_words(model, fills), "link", there, None, (), fill.claims)


def _own(sampler: Sampler, fill: Fill) -> Reals:
    assert fill.input is not None
    assert fill.credence is not None
    return sampler.exists_by(fill.input.name, fill.credence)


def _hedged(model: Model) -> dict[str, list[Fill]]:
    """The fills that hang on one sequence of existence, by its name."""
    found: dict[str, list[Fill]] = {}
    for table in model.columns.fills.values():
        for fill in (item for column in table for item in column):
            known = sorted(claim for claim in fill.claims if claim in model.situation.credences)
            if fill.credence is not None and fill.input is not None:
                found.setdefault(f"exists: {fill.input.name}", []).append(fill)
            elif known:
                found.setdefault("exists: " + ", ".join(known), []).append(fill)
    return found


def _link_words(model: Model, fills: list[Fill]) -> str:
    """What hangs on it: the first link in words, and how many more."""
    links = list(dict.fromkeys(fill.input.element for fill in fills if fill.input is not None))
    cause, _, effect = links[0].rpartition(" -> ") if links else ("", "", "a link")
    told = f"'{readable(model, cause)}' moves '{readable(model, effect)}'" if cause else readable(model, effect)
    more = f" (and {len(links) - 1} more)" if len(links) > 1 else ""
    return f"whether {told}{more} at all"


def _readings(ensemble: Ensemble) -> Iterator[Column]:
    combos = ensemble.model.combos
    for group in ensemble.model.situation.hypotheses:
        labels = tuple(reading.id for reading in group.readings)
        place = np.array([labels.index(dict(combo.names)[group.id]) for combo in combos], dtype=np.float64)
        values = place[ensemble.draws.combination]
        if len(np.unique(values[ensemble.draws.weight > 0])) > 1:
            words = f"which reading of '{group.id}' is true"
            yield Column(group.id, words, "reading", values, None, labels)


def _figure(value: float) -> str:
    return level(value) if abs(value) < 10 else two_digits(value)
