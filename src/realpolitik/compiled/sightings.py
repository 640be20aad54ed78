"""What everybody could see early: options taken up or dropped, factors that cross a mark, shocks.

Only what is public counts: nothing hidden from anybody, and nothing computed from what is hidden. A factor crosses a
mark where it begins on the near side of it in nearly every draw; marks are multiples of 0.05 of its range.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.measures import series
from realpolitik.compiled.model import Model
from realpolitik.compiled.phrases import term_words
from realpolitik.dynamics.tables import Paths
from realpolitik.language.expression import Compare, Expression, Name, Number, names_in
from realpolitik.results.statistics import quantiles

Reals = NDArray[np.float64]
Ints = NDArray[np.int64]
STEP = 0.05
MARKS = (1, 2, 4, 6)  # steps beyond the start


@dataclass(frozen=True, eq=False)
class Sighting:
    """Something to be seen: its condition, in words, and the first period in which it holds (draw,), `never` if none.

    `by` is the last period looked at; what holds at the start is never newly seen.
    """

    term: Expression
    words: str
    about: str
    first: Ints
    never: int

    def seen(self, by: int) -> NDArray[np.bool_]:
        """In which draws it is newly seen by a period (draw,)."""
        return (self.first > 0) & (self.first <= by)


def is_public(model: Model, name: str) -> bool:
    """True for an option, shock or factor nobody is kept from seeing."""
    situation = model.situation
    for group in (situation.options, situation.factors):
        if name in group:
            item = group[name]
            formula = getattr(item, "formula", None)
            inside = names_in(formula) if formula is not None else ()
            return not item.visibility.hidden_from and all(is_public(model, part) for part in inside)
    return True


def sighting(model: Model, paths: Paths, term: Expression, about: str = "") -> Sighting:
    """When a condition is first seen."""
    holds = series(model, paths, term) > 0.5
    never = holds.shape[1]
    first = np.where(holds.any(axis=1), holds.argmax(axis=1), never)
    return Sighting(term, term_words(model, term), about or names_in(term)[0], first, never)


def sightings(model: Model, paths: Paths, weight: Reals) -> Iterator[Sighting]:
    """Every candidate, in the order of the file: options, factors, shocks."""
    for name, option in model.situation.options.items():
        if is_public(model, name):
            for level in range(len(option.levels)):
                if level != option.now:
                    yield sighting(model, paths, _at_least(name, option.levels, level, option.now), name)
    for number, (name, factor) in enumerate(model.situation.factors.items()):
        if is_public(model, name):
            low, high = quantiles(paths.factors[:, 0, number].astype(np.float64), weight, (0.05, 0.95))
            for above, mark in _marks(low, high):
                value = factor.low + mark * (factor.high - factor.low)
                yield sighting(model, paths, Compare(Name(name), ">" if above else "<", Number(round(value, 6))), name)
    for name in model.tables.shocks:
        yield replace(sighting(model, paths, Name(name), name), words=model.situation.shocks[name].name)


def _at_least(name: str, levels: tuple[str, ...], level: int, now: int) -> Compare:
    if len(levels) == 2 or level in (0, len(levels) - 1):
        return Compare(Name(name), "=", Name(levels[level]))
    return Compare(Name(name), ">=" if level > now else "<=", Name(levels[level]))


def _marks(low: float, high: float) -> Iterator[tuple[bool, float]]:
    """(above?, mark): beyond where nearly every draw starts.

    >>> [(above, round(mark, 2)) for above, mark in _marks(0.41, 0.58)][:2]
    [(True, 0.6), (True, 0.65)]
    """
    top = int(np.ceil(high / STEP - 1e-9))
    bottom = int(np.floor(low / STEP + 1e-9))
    yield from ((True, STEP * (top + step - 1)) for step in MARKS if top + step - 1 < round(1 / STEP))
    yield from ((False, STEP * (bottom - step + 1)) for step in MARKS if bottom - step + 1 > 0)
