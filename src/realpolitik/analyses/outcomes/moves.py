"""Who can move the joint states of a situation where: own options, agreements on joint options, exchanges.

* An actor changes its own options at will, all at once; an irreversible option only upwards. A joint option that any
  party may leave, each party can by itself take down to its first level.
* Any other change of a joint option is an agreement: any party proposes it, and it comes about where enough others
  (all, or a majority with the proposer) strictly prefer the result. One agreement at a time.
* An exchange raises all its legs at once, proposed by any giver, with the consent of the others. It is in the game
  where all its legs are.

A move is no bundle of these; joint states that are not feasible are not there to be moved to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.focal import JointStates
from realpolitik.dynamics.tables import Enter, Leave, Tables
from realpolitik.games.consent import ConsentMoves, Proposals

Indices = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Movers:
    """Who takes part (`actors`: numbers in the tables) and how they can move; actors there in the game's order."""

    actors: tuple[int, ...]
    moves: ConsentMoves


def parties_of(tables: Tables, option: int) -> tuple[int, ...]:
    """The actors an option belongs to, in the order listed."""
    return tuple(tables.party_actor[tables.party_start[option] : tables.party_start[option + 1]].tolist())


def movers_of(tables: Tables, states: JointStates) -> Movers:
    """Every party to an option in the game, with its moves."""
    return _Builder(tables, states).movers()


class _Builder:
    def __init__(self, tables: Tables, states: JointStates) -> None:
        self.tables, self.states = tables, states
        self.sizes = [len(tables.levels[k]) for k in states.options]
        self.parties = [parties_of(tables, k) for k in states.options]
        self.place = np.full(int(np.prod(self.sizes)), -1, dtype=np.int64)
        self.place[self._cell(states.levels)] = np.arange(len(states.levels))

    def _cell(self, levels: NDArray[np.int8]) -> Indices:
        return np.asarray(np.ravel_multi_index(levels.T.astype(np.int64), self.sizes), dtype=np.int64)

    def movers(self) -> Movers:
        """Actors in the tables' order, their own moves, their proposals."""
        actors = tuple(sorted({a for parties in self.parties for a in parties}))
        local = {a: i for i, a in enumerate(actors)}
        own = tuple(self._own(a) for a in actors)
        proposals = tuple(tuple(self._proposals(a, local)) for a in actors)
        return Movers(actors, ConsentMoves(len(self.states.levels), own, proposals))

    def _steps(self, column: int, alone: bool) -> list[tuple[int, int]]:
        """Steps (from, to) of one option, staying included: all, or for a joint one only down to its first level."""
        irreversible = bool(self.tables.option_irreversible[self.states.options[column]])
        levels = range(self.sizes[column])
        return [
            (a, b)
            for a, b in product(levels, levels)
            if a == b or ((not alone or b == 0) and not (irreversible and b < a))
        ]

    def _own(self, actor: int) -> Indices:
        """The actor's own moves (arc, 2)."""
        steps: dict[int, list[tuple[int, int]]] = {}
        for column, parties in enumerate(self.parties):
            leave = self.tables.option_leave[self.states.options[column]]
            if parties == (actor,):
                steps[column] = self._steps(column, alone=False)
            elif actor in parties and leave == Leave.ANY:
                steps[column] = self._steps(column, alone=True)
        return self._arcs(steps)

    def _arcs(self, steps: Mapping[int, Sequence[tuple[int, int]]]) -> Indices:
        """Every arc that changes these options by these steps, others kept; ascending by origin."""
        found = [np.zeros((0, 2), dtype=np.int64)]
        for combination in product(*steps.values()):
            moves = dict(zip(steps, combination, strict=True))
            if any(a != b for a, b in combination):
                found.append(self._arc(moves))
        pairs = np.concatenate(found)
        return pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]

    def _arc(self, moves: Mapping[int, tuple[int, int]]) -> Indices:
        levels = self.states.levels
        origins = np.flatnonzero(np.all([levels[:, c] == a for c, (a, _) in moves.items()], axis=0))
        changed = levels[origins].copy()
        for column, (_, b) in moves.items():
            changed[:, column] = b
        targets = self.place[self._cell(changed)] if len(origins) else origins
        return np.stack([origins, targets], axis=1)[targets >= 0]

    def _proposals(self, actor: int, local: Mapping[int, int]) -> Iterator[Proposals]:
        for column, parties in enumerate(self.parties):
            if actor in parties and len(parties) > 1:
                others = tuple(local[a] for a in parties if a != actor)
                rule = self.tables.option_enter[self.states.options[column]]
                needed = len(parties) // 2 if rule == Enter.MOST else len(others)
                yield Proposals(self._arcs({column: self._steps(column, alone=False)}), others, needed)
        for legs in self._exchanges():
            givers = sorted({a for column in legs for a in self.parties[column]})
            if actor in givers:
                others = tuple(local[a] for a in givers if a != actor)
                yield Proposals(self._raising(legs), others, len(others))

    def _exchanges(self) -> Iterator[dict[int, int]]:
        """The legs (column: least level) of every exchange that is wholly in the game."""
        tables = self.tables
        for first, last in zip(tables.leg_start[:-1], tables.leg_start[1:], strict=True):
            legs = zip(tables.leg_option[first:last].tolist(), tables.leg_level[first:last].tolist(), strict=True)
            known = [(k, level) for k, level in legs]
            if all(k in self.states.options for k, _ in known):
                yield {self.states.options.index(k): level for k, level in known}

    def _raising(self, legs: Mapping[int, int]) -> Indices:
        steps = {c: [(a, max(a, level)) for a in range(self.sizes[c])] for c, level in legs.items()}
        return self._arcs(steps)
