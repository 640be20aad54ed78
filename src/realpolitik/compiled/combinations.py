"""Rival hypotheses as one structure: every combination of readings, and which entries hold in which.

The compiled structure is the union of everything any reading says; a mask (combination,) tells where an entry holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from realpolitik.errors import QuestionRefused
from realpolitik.situation.model import Hypothesis, Reading, Situation

Mask = NDArray[np.bool_]
T = TypeVar("T")
MOST_COMBINATIONS = 16


@dataclass(frozen=True)
class Combination:
    """One reading of each group; `weight` is the product of their credences, at central values."""

    readings: tuple[Reading, ...]
    names: tuple[tuple[str, str], ...]
    weight: float

    @property
    def label(self) -> str:
        """The combination in words: "US rethink: pull back"."""
        return "; ".join(f"{group}: {reading}" for group, reading in self.names)


@dataclass(frozen=True)
class Entry(Generic[T]):
    """Something written, with where it holds (combination,) and a suffix that tells readings apart in input names."""

    item: T
    mask: Mask
    suffix: str = ""


def credences(group: Hypothesis) -> tuple[float, ...]:
    """The credence of each reading of a group, `rest` filled in; they sum to 1."""
    stated = [None if reading.chance is None else float(reading.chance.central) for reading in group.readings]
    known = sum(value for value in stated if value is not None)
    open_ones = stated.count(None)
    values = [(1.0 - known) / open_ones if value is None else value for value in stated]
    total = sum(values)
    if min(values) < 0 or total <= 0:
        raise QuestionRefused(f"The chances of '{group.id}' add up to more than one.")
    return tuple(value / total for value in values)


def combinations(situation: Situation) -> tuple[Combination, ...]:
    """Every combination of one reading from each group (one empty combination where there are no hypotheses)."""
    groups = [
        [(group.id, reading, credence) for reading, credence in zip(group.readings, credences(group), strict=True)]
        for group in situation.hypotheses
    ]
    made = tuple(
        Combination(
            tuple(reading for _, reading, _ in choice),
            tuple((group, reading.id) for group, reading, _ in choice),
            float(np.prod([credence for _, _, credence in choice])) if choice else 1.0,
        )
        for choice in product(*groups)
    )
    if len(made) > MOST_COMBINATIONS:
        raise QuestionRefused(f"{len(made)} combinations of hypotheses; at most {MOST_COMBINATIONS} can be run.")
    return made


@dataclass(frozen=True)
class Union:
    """Union of the base situation and all readings, with masks over `combos`."""

    situation: Situation
    combos: tuple[Combination, ...]

    def where(self, test: Callable[[Combination], bool]) -> Mask:
        """The combinations for which a test holds."""
        return np.array([test(combo) for combo in self.combos], dtype=bool)

    def under(self, reading: tuple[str, str]) -> Mask:
        """The combinations in which a (group, reading) is true."""
        return self.where(lambda combo: reading in combo.names)

    def keyed(self, base: Iterable[T], of: Callable[[Reading], Iterable[T]], key: Callable[[T], str]) -> list[Entry[T]]:
        """Entries known by a key: a reading's entry replaces the base one with its key; `drops` removes one."""
        found = [Entry(item, self._kept(key(item), of, key)) for item in base]
        for group, reading in self._readings():
            mask = self.under((group, reading.id))
            found.extend(Entry(item, mask, f" [{group}: {reading.id}]") for item in of(reading))
        return found

    def variants(self, name: str, base: T, of: Callable[[Reading], Mapping[str, T]]) -> list[Entry[T]]:
        """The versions of one named thing (factor, option, shock, actor): the base one where no reading changes it."""
        changed = [(group, reading) for group, reading in self._readings() if name in of(reading)]
        chosen = {(group, reading.id) for group, reading in changed}
        found = [Entry(base, self.where(lambda combo: not chosen & set(combo.names)))]
        for group, reading in changed:
            found.append(Entry(of(reading)[name], self.under((group, reading.id)), f" [{group}: {reading.id}]"))
        return found

    def _readings(self) -> list[tuple[str, Reading]]:
        return [(group.id, reading) for group in self.situation.hypotheses for reading in group.readings]

    def _kept(self, name: str, of: Callable[[Reading], Iterable[T]], key: Callable[[T], str]) -> Mask:
        """The combinations of which no reading replaces or drops the base entry `name`."""

        def replaced(reading: Reading) -> bool:
            return name in reading.drops or any(key(item) == name for item in of(reading))

        return self.where(lambda combo: not any(map(replaced, combo.readings)))
