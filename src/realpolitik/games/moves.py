"""How the actors can move, as arrays: arcs in compressed rows, or a grid of the actors' own configurations.

Both answer one question fast: over the states an actor can move to from each state (all, or only those it
prefers), what is the least or the greatest of some value? No matrix of state by state is ever made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]

HIGH = np.int32(2**31 - 1)
LOW = np.int32(-(2**31))


class MoveStructure(Protocol):
    """What the verdicts need to know of the moves; `transitive` if two moves of one actor in a row are one
    move of it.
    """

    transitive: bool
    n_actors: int
    n_states: int

    def least(self, actor: int, values: Ints, ranks: Ints | None = None) -> Ints:
        """Least value over the actor's moves from each state, HIGH where none; with `ranks`, over
        improvements only.
        """
        ...

    def greatest(self, actor: int, values: Ints, ranks: Ints | None = None) -> Ints:
        """Greatest value over the actor's moves from each state, LOW where none."""
        ...

    def hide(self, values: Ints) -> Ints:
        """The values with HIGH wherever the state is not feasible."""
        ...


def dense_ranks(scores: NDArray[np.generic]) -> Ints:
    """The rank of every score, 0 lowest, ties equal, along the last axis.

    >>> dense_ranks(np.array([0.3, -1.0, 0.3])).tolist()
    [1, 0, 1]
    """
    rows = scores.reshape(-1, scores.shape[-1])
    ranked = [np.unique(row, return_inverse=True)[1].reshape(-1) for row in rows]
    return np.asarray(ranked, dtype=np.int32).reshape(scores.shape)


@dataclass(frozen=True)
class ArcRows:
    """One actor's arcs, sorted by source: `targets` in rows, `sources` with at least one arc, `starts` of
    their rows.
    """

    origins: NDArray[np.int64]
    targets: NDArray[np.int64]
    sources: NDArray[np.int64]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, origins: NDArray[np.int64], targets: NDArray[np.int64]) -> ArcRows:
        """Arcs given as two aligned arrays, `origins` ascending."""
        sources, starts = np.unique(origins, return_index=True)
        return cls(origins, targets, sources, starts)

    def keep(self, kept: Bools) -> ArcRows:
        """Only the arcs marked in `kept` (one mark per arc)."""
        return ArcRows.of(self.origins[kept], self.targets[kept])


class Arcs:
    """Moves as arcs, for any graph: explicit, removed, merged or one-way moves (`arcs[actor]`: shape (arc,
    2)).
    """

    def __init__(self, n_states: int, rows: Sequence[ArcRows], transitive: bool) -> None:
        self.n_states, self.rows, self.transitive, self.n_actors = (
            n_states,
            tuple(rows),
            transitive,
            len(rows),
        )
        self._climbing: dict[int, tuple[Ints, ArcRows]] = {}

    @classmethod
    def from_lists(cls, moves: Sequence[Sequence[Iterable[int]]], transitive: bool = False) -> Arcs:
        """Moves as `moves[actor][state]` = states reached.

        >>> arcs = Arcs.from_lists([[[1], [0]], [[], []]])
        >>> arcs.least(0, np.array([5, 7], dtype=np.int32)).tolist()
        [7, 5]
        """
        rows = []
        for actor in moves:
            pairs = [(s, t) for s, targets in enumerate(actor) for t in sorted(targets)]
            table = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
            rows.append(ArcRows.of(table[:, 0], table[:, 1]))
        return cls(len(moves[0]), rows, transitive)

    def least(self, actor: int, values: Ints, ranks: Ints | None = None) -> Ints:
        """Least value over the actor's moves from each state, HIGH where none."""
        return self._reduce(np.minimum, HIGH, actor, values, ranks)

    def greatest(self, actor: int, values: Ints, ranks: Ints | None = None) -> Ints:
        """Greatest value over the actor's moves from each state, LOW where none."""
        return self._reduce(np.maximum, LOW, actor, values, ranks)

    def hide(self, values: Ints) -> Ints:
        """Every state is feasible here."""
        return values

    def _reduce(self, op: np.ufunc, empty: np.int32, actor: int, values: Ints, ranks: Ints | None) -> Ints:
        rows = self.rows[actor] if ranks is None else self._improving(actor, ranks)
        out = np.full(self.n_states, empty, dtype=np.int32)
        if len(rows.targets):
            out[rows.sources] = op.reduceat(values[rows.targets], rows.starts)
        return out

    def _improving(self, actor: int, ranks: Ints) -> ArcRows:
        held = self._climbing.get(actor)
        if held is None or held[0] is not ranks:
            rows = self.rows[actor]
            held = (ranks, rows.keep(ranks[actor][rows.targets] > ranks[actor][rows.origins]))
            self._climbing[actor] = held
        return held[1]


class Grid:
    """Moves of the options form: one axis per actor (its own configurations), some cells infeasible, some
    steps one-way.

    `shape` (actor): configurations of each actor; `allowed[actor]` (configuration, configuration): may it
    step from the one to the other; `feasible` (cell): None if all are. Cells are numbered in C order. Moves
    are transitive: where an actor may step from a to b and from b to c it may step from a to c (every one-way
    option keeps this). A state counts among its own moves here, which changes no verdict, since nobody
    prefers a state to itself and no improvement is its own sanction.
    """

    transitive = True

    def __init__(self, shape: Sequence[int], allowed: Sequence[Bools], feasible: Bools | None = None) -> None:
        self.shape, self.allowed, self.feasible = tuple(shape), tuple(allowed), feasible
        self.n_actors, self.n_states = len(self.shape), int(np.prod(self.shape))
        self.full = tuple(bool(step.all()) for step in self.allowed)
        self._sorted: dict[int, tuple[Ints, SortedAxis]] = {}

    def hide(self, values: Ints) -> Ints:
        """The values with HIGH in every infeasible cell."""
        return values if self.feasible is None else np.where(self.feasible, values, HIGH)

    def least(self, actor: int, values: Ints, ranks: Ints | None = None) -> Ints:
        """Least value over the actor's moves from each cell (HIGH where no improvement)."""
        return self._reduce(np.minimum, HIGH, actor, values, ranks)

    def greatest(self, actor: int, values: Ints, ranks: Ints | None = None) -> Ints:
        """Greatest value over the actor's moves from each cell (LOW where no improvement)."""
        return self._reduce(np.maximum, LOW, actor, values, ranks)

    def _folded(self, actor: int, values: Ints) -> Ints:
        before = int(np.prod(self.shape[:actor]))
        return values.reshape(before, self.shape[actor], -1)

    def _reduce(self, op: np.ufunc, empty: np.int32, actor: int, values: Ints, ranks: Ints | None) -> Ints:
        folded = self._folded(actor, values)
        if ranks is None and self.full[actor]:
            best = op.reduce(folded, axis=1, keepdims=True)
            return np.ascontiguousarray(np.broadcast_to(best, folded.shape)).reshape(-1)
        if ranks is not None and self.full[actor]:
            return self._axis(actor, ranks).reduce(op, empty, values)
        order = None if ranks is None else self._folded(actor, ranks[actor])
        return _pairwise_reduce(op, empty, folded, order, self.allowed[actor]).reshape(-1)

    def _axis(self, actor: int, ranks: Ints) -> SortedAxis:
        held = self._sorted.get(actor)
        if held is None or held[0] is not ranks:
            cells = np.moveaxis(np.arange(self.n_states).reshape(self.shape), actor, -1)
            held = (ranks, SortedAxis.of(cells.reshape(-1, self.shape[actor]), ranks[actor]))
            self._sorted[actor] = held
        return held[1]


@dataclass(frozen=True)
class SortedAxis:
    """The lines of cells along one actor's axis, each sorted by that actor's ranks, best first.

    `best_first` (place, line): the cell at each place. `better` (cell): where the running extreme over all cells of
    the line that are strictly better stands, in the table of shape (places + 1, lines).
    """

    best_first: NDArray[np.intp]
    better: NDArray[np.intp]

    @classmethod
    def of(cls, lines: NDArray[np.intp], ranks: Ints) -> SortedAxis:
        """Sort `lines` (line, place) of cells by `ranks` (cell)."""
        order = np.argsort(-ranks[lines].astype(np.int64), axis=1, kind="stable")
        best_first = np.ascontiguousarray(np.take_along_axis(lines, order, axis=1).T)
        ranked = ranks[best_first]
        count, width = best_first.shape
        opens = np.zeros((count, width), dtype=np.intp)
        for place in range(1, count):
            same = ranked[place] == ranked[place - 1]
            opens[place] = np.where(same, opens[place - 1], place)
        better = np.empty(len(ranks), dtype=np.intp)
        better[best_first] = opens * width + np.arange(width)
        return cls(best_first, better)

    def reduce(self, op: np.ufunc, empty: np.int32, values: Ints) -> Ints:
        """Least or greatest value over the strictly better cells of each cell's line."""
        count, width = self.best_first.shape
        running = np.empty((count + 1, width), dtype=np.int32)
        running[0] = empty
        for place, row in enumerate(values[self.best_first]):
            op(running[place], row, out=running[place + 1])
        return running.reshape(-1)[self.better]


def _pairwise_reduce(op: np.ufunc, empty: np.int32, values: Ints, order: Ints | None, allowed: Bools) -> Ints:
    """Step by step of the axis: `values`, `order` (before, configuration, after)."""
    out = np.full(values.shape, empty, dtype=np.int32)
    for a, b in np.argwhere(allowed):
        if order is None:
            op(out[:, a], values[:, b], out=out[:, a])
        elif a != b:
            better = order[:, b] > order[:, a]
            op(out[:, a], np.where(better, values[:, b], empty), out=out[:, a])
    return out
