"""A conflict once read: actors, options, states, moves, preferences. Plain, immutable, without arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from realpolitik.errors import Finding

Vector = tuple[int, ...]
Direction = Literal["both", "up", "down"]


@dataclass(frozen=True)
class Option:
    """Something one actor can do, at one of several levels (level 0: not done; plain options: N, Y)."""

    name: str
    actor: int
    levels: tuple[str, ...] = ("N", "Y")
    direction: Direction = "both"

    def may_change(self, old: int, new: int) -> bool:
        """Does the option's direction permit the step?

        >>> Option("Sue", 0, direction="up").may_change(1, 0)
        False
        """
        return old == new or self.direction == "both" or (new > old) == (self.direction == "up")


@dataclass(frozen=True)
class State:
    """An outcome: its label and the option vectors it stands for (several where they are merged, none in
    graph form).
    """

    label: str
    vectors: tuple[Vector, ...] = ()


@dataclass(frozen=True)
class Preference:
    """One actor's order of the states: `ranks` (higher is better, equal ties) or, where partial, sets.

    `better[s]` are strictly preferred to s, `unknown[s]` cannot be compared with s; both empty if `ranks` is
    given.
    """

    kind: str
    ranks: tuple[int, ...] | None = None
    better: tuple[frozenset[int], ...] = ()
    unknown: tuple[frozenset[int], ...] = ()


@dataclass(frozen=True)
class Conflict:
    """Everything stability needs. `moves[actor][state]` = states reached, ascending.

    `transitive`: two moves of one actor in a row are always one move of it (false with removed, explicit or
    merged moves). `perceived`: the conflict as an actor sees it, where that differs (level-1 hypergame).
    """

    name: str
    actors: tuple[str, ...]
    options: tuple[Option, ...]
    states: tuple[State, ...]
    moves: tuple[tuple[tuple[int, ...], ...], ...]
    preferences: tuple[Preference, ...]
    transitive: bool = True
    status_quo: int | None = None
    perceived: Mapping[int, Conflict] = field(default_factory=dict)
    notes: tuple[Finding, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the states, in order."""
        return tuple(state.label for state in self.states)

    @property
    def partial(self) -> bool:
        """Is anybody's preference partial (so that the four readings differ)?"""
        return any(p.ranks is None for p in self.preferences)

    def pattern(self, state: int) -> str:
        """The state in Y, N and digits, '-' where merged vectors differ; empty in graph form.

        >>> Conflict("", ("A",), (Option("o", 0),), (State("1", ((1,),)),), (((),),), ()).pattern(0)
        'Y'
        """
        columns = zip(*self.states[state].vectors, strict=True)
        return "".join(self._place(set(column), k) for k, column in enumerate(columns))

    def _place(self, found: set[int], option: int) -> str:
        if len(found) > 1:
            return "-"
        level = next(iter(found))
        return "NY"[level] if len(self.options[option].levels) == 2 else str(level)
