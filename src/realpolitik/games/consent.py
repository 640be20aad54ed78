"""Moves that need the consent of others: agreements, joint options, exchanges.

An actor makes its own moves alone. An agreement is a move that one party proposes and that comes about only where
enough of the other parties strictly prefer the result to the state they leave. So which of these moves exist depends on
the preferences, draw by draw; once they are known, a conflict has plain arcs and every concept applies as defined.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from realpolitik.games.moves import ArcRows, Arcs, Bools, Ints

Indices = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Proposals:
    """Moves `arcs` (arc, 2) of one actor that at least `needed` of the `others` must strictly prefer."""

    arcs: Indices
    others: tuple[int, ...]
    needed: int

    def accepted(self, ranks: Ints) -> Bools:
        """Which of the moves find consent under ranks (actor, state)?"""
        origins, targets = self.arcs[:, 0], self.arcs[:, 1]
        rows = ranks[list(self.others)]
        return np.asarray((rows[:, targets] > rows[:, origins]).sum(axis=0) >= self.needed)

    def accepted_at(self, state: int, targets: Indices, ranks: Ints) -> Bools:
        """Which proposals to go from a state to targets find consent? ranks (draw, actor, state) -> (draw, target)."""
        proposed = np.isin(targets, self.arcs[self.arcs[:, 0] == state, 1])
        rows = ranks[:, list(self.others)]
        consents = (rows[:, :, targets] > rows[:, :, [state]]).sum(axis=1)
        return np.asarray((consents >= self.needed) & proposed)


@dataclass(frozen=True, eq=False)
class _Merged:
    """One actor's arcs, own and proposed, each once and sorted; `at`: where each proposal's arcs stand among them."""

    pairs: Indices
    own: Bools
    at: tuple[Indices, ...]

    @classmethod
    def of(cls, own: Indices, proposals: Sequence[Proposals], n_states: int) -> _Merged:
        tables = [own, *(item.arcs for item in proposals)]
        keys = [table[:, 0] * n_states + table[:, 1] for table in tables]
        every = np.unique(np.concatenate(keys))
        at = [np.searchsorted(every, part) for part in keys]
        alone = np.zeros(len(every), dtype=bool)
        alone[at[0]] = True
        return cls(np.stack([every // n_states, every % n_states], axis=1), alone, tuple(at[1:]))

    def kept(self, proposals: Sequence[Proposals], ranks: Ints) -> ArcRows:
        """The arcs that exist under some ranks."""
        there = self.own.copy()
        for item, at in zip(proposals, self.at, strict=True):
            there[at[item.accepted(ranks)]] = True
        return ArcRows.of(self.pairs[there, 0], self.pairs[there, 1])


@dataclass(frozen=True, eq=False)
class ConsentMoves:
    """Every actor's own moves (arc, 2) and its proposals; `arcs` makes the moves of one draw."""

    n_states: int
    own: tuple[Indices, ...]
    proposals: tuple[tuple[Proposals, ...], ...]

    @property
    def transitive(self) -> bool:
        """Are two moves of one actor in a row always one? Only where nothing needs consent."""
        return not any(self.proposals)

    @cached_property
    def _merged(self) -> tuple[_Merged, ...]:
        pairs = zip(self.own, self.proposals, strict=True)
        return tuple(_Merged.of(own, proposals, self.n_states) for own, proposals in pairs)

    def arcs(self, ranks: Ints) -> Arcs:
        """The moves under one order of everybody. ranks: (actor, state), higher is better, equal ties.

        >>> swap = np.array([[0, 1], [1, 0]])
        >>> agreed = Proposals(swap, (1,), 1)
        >>> moves = ConsentMoves(2, (swap[:0], swap[:0]), ((agreed,), ()))
        >>> moves.arcs(np.array([[0, 1], [1, 0]])).rows[0].targets.tolist()
        [0]
        """
        pairs = zip(self._merged, self.proposals, strict=True)
        return Arcs(self.n_states, [merged.kept(proposals, ranks) for merged, proposals in pairs], self.transitive)

    def open_from(self, actor: int, state: int, ranks: Ints) -> tuple[Indices, Bools]:
        """Where an actor may go from one state, and in which draws. ranks: (draw, actor, state); flags (draw, target).

        >>> swap = np.array([[0, 1], [1, 0]])
        >>> moves = ConsentMoves(2, (swap[:0], swap[:0]), ((Proposals(swap, (1,), 1),), ()))
        >>> targets, there = moves.open_from(0, 0, np.array([[[0, 0], [0, 1]], [[0, 0], [1, 0]]]))
        >>> targets.tolist(), there.tolist()
        ([1], [[True], [False]])
        """
        own = self.own[actor][self.own[actor][:, 0] == state, 1]
        proposed = [item.arcs[item.arcs[:, 0] == state, 1] for item in self.proposals[actor]]
        targets = np.unique(np.concatenate([own, *proposed]))
        there = np.repeat(np.isin(targets, own)[None, :], len(ranks), axis=0)
        for item in self.proposals[actor]:
            there |= item.accepted_at(state, targets, ranks)
        return targets, there

    def lists(self, ranks: Ints) -> tuple[tuple[tuple[int, ...], ...], ...]:
        """The same moves as `lists[actor][state]` = states reached, ascending."""
        out = []
        for rows in self.arcs(ranks).rows:
            found: list[list[int]] = [[] for _ in range(self.n_states)]
            for s, t in zip(rows.origins.tolist(), rows.targets.tolist(), strict=True):
                found[s].append(t)
            out.append(tuple(tuple(row) for row in found))
        return tuple(out)
