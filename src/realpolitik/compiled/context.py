"""What every part of the compiler shares: the situation, its union over readings, its calendar, terms and columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.calendar import Calendar
from realpolitik.compiled.combinations import Entry, Mask, Union
from realpolitik.compiled.inputs import Columns, Fill, Input, Role, Transform, same
from realpolitik.compiled.keys import Keys
from realpolitik.compiled.terms import TermCompiler, Use
from realpolitik.errors import Finding, InputRefused, RealpolitikError
from realpolitik.language.expression import Expression
from realpolitik.language.quantity import Quantity
from realpolitik.situation.model import Situation, Support

T = TypeVar("T")

Naming = tuple[Role, str, Support]


@dataclass
class Context:
    """The compiler's working state; `situation` and `union` are read, the rest grows."""

    situation: Situation
    union: Union
    calendar: Calendar
    terms: TermCompiler
    columns: Columns = field(default_factory=Columns)
    keys: Keys = field(default_factory=Keys)
    refused: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        names = self.situation
        self.actor = {name: i for i, name in enumerate(names.actors)}
        self.factor = {name: i for i, name in enumerate(names.factors)}
        self.option = {name: i for i, name in enumerate(names.options)}

    def everywhere(self) -> Mask:
        """The mask of an entry that holds in every combination."""
        return np.ones(len(self.union.combos), dtype=bool)

    def node(self, term: Expression, use: Use, support: Support) -> int:
        """The node of a term; what cannot be compiled is collected with its place, and a zero stands in."""
        try:
            return self.terms.compile(term, use)
        except RealpolitikError as problem:
            self.refused.append(Finding("error", str(problem), support.position))
            return self.terms.nodes.constant(0.0)

    def fill(
        self,
        entry: Entry[T],
        quantity: Quantity | None,
        naming: Naming,
        transform: Transform = same,
        exists: Support | None = None,
    ) -> list[Fill]:
        """The fill of one entry's quantity (none if it states none); `exists`: on whose word the link is there."""
        if quantity is None:
            return []
        role, element, support = naming
        name = f"{role}: {element}{entry.suffix}"
        item = Input(name, role, element, quantity, support, entry.mask)
        claims, credence = (exists.mentioned, exists.credence) if exists else ((), None)
        return [Fill(entry.mask, item, transform=transform, claims=claims, credence=credence)]

    def judged(self, support: Support) -> Support:
        """Who stands behind a number no claim states: claims on a factor or actor say that it is, not how much."""
        by = self.situation.judged_by
        return replace(support, claims=(), author=support.author or by.author, date=support.date or by.date)

    def column(self, array: str, fills: list[Fill], fallback: float = 0.0) -> int:
        """Append a column to an array of `Draws`."""
        return self.columns.add(array, fills, fallback)

    def raise_refused(self) -> None:
        """Raise everything collected, at once."""
        if self.refused:
            raise InputRefused(self.refused)


def ints(values: Sequence[int]) -> NDArray[np.int32]:
    """Indices as the tables hold them."""
    return np.array(values, dtype=np.int32).reshape(-1)


def codes(values: Sequence[int]) -> NDArray[np.uint8]:
    """Codes and flags as the tables hold them."""
    return np.array(values, dtype=np.uint8).reshape(-1)


def reals(values: Sequence[float]) -> NDArray[np.float64]:
    """Numbers as the tables hold them."""
    return np.array(values, dtype=np.float64).reshape(-1)


def starts(counts: list[int]) -> NDArray[np.int32]:
    """Where each run of a flattened list begins, and the end (count + 1,).

    >>> starts([2, 0, 3]).tolist()
    [0, 2, 2, 5]
    """
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int32) if counts else np.zeros(1, np.int32)


def group(entries: list[Entry[T]], key: Callable[[T], object]) -> list[list[Entry[T]]]:
    """Entries that share a column, in order of first appearance."""
    found: dict[object, list[Entry[T]]] = {}
    for entry in entries:
        found.setdefault(key(entry.item), []).append(entry)
    return list(found.values())
