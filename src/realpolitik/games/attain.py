"""From one state, what can be reached by improvements, nobody moving twice in a row, and along which shortest path?

Status quo analysis (Li, Kilgour & Hipel 2005, JORS 56:699) on arrays: `games.paths` is the same for small conflicts,
with every path.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from realpolitik.games.moves import ArcRows, Arcs, Bools, Ints
from realpolitik.games.paths import Move, Path


@dataclass(frozen=True, eq=False)
class Reached:
    """`steps` (actor, state): least number of improvements ending with a move of that actor, -1 if there is no way."""

    start: int
    climbing: tuple[ArcRows, ...]
    steps: Ints

    @property
    def states(self) -> Bools:
        """(state,): reached, the start included."""
        found = np.asarray((self.steps >= 0).any(axis=0))
        found[self.start] = True
        return found

    def path(self, target: int) -> Path:
        """A shortest path; of several that of the first movers and states. Empty if there is none, or at the start."""
        ends = [(int(h), actor) for actor, h in enumerate(self.steps[:, target]) if h >= 0]
        if target == self.start or not ends:
            return ()
        length, actor = min(ends)
        moves: list[Move] = []
        while length:
            moves.append(Move(actor, target))
            length -= 1
            actor, target = self._before(actor, target, length)
        return tuple(reversed(moves))

    def _before(self, actor: int, target: int, length: int) -> tuple[int, int]:
        rows = self.climbing[actor]
        sources = rows.origins[rows.targets == target]
        if length == 0:
            return -1, self.start
        found = (
            (j, int(s)) for j in range(len(self.steps)) if j != actor for s in sources if self.steps[j, s] == length
        )
        return next(found)


def climbing_rows(arcs: Arcs, ranks: Ints) -> tuple[ArcRows, ...]:
    """Every actor's improvements: its moves to states it strictly prefers."""
    return tuple(rows.keep(ranks[i][rows.targets] > ranks[i][rows.origins]) for i, rows in enumerate(arcs.rows))


def reached(climbing: Sequence[ArcRows], n_states: int, start: int) -> Reached:
    """Breadth first over (last mover, state).

    >>> step = ArcRows.of(np.array([0]), np.array([1])), ArcRows.of(np.array([1]), np.array([2]))
    >>> found = reached(step, 4, 0)
    >>> found.states.tolist(), found.path(2)
    ([True, True, True, False], (Move(mover=0, target=1), Move(mover=1, target=2)))
    """
    steps = np.full((len(climbing), n_states), -1, dtype=np.int32)
    here = np.zeros((len(climbing) + 1, n_states), dtype=bool)
    here[-1, start] = True
    length = 0
    while here.any():
        length += 1
        fresh = np.zeros_like(here)
        for actor, rows in enumerate(climbing):
            standing = np.asarray(np.delete(here, actor, axis=0).any(axis=0))
            hit = rows.targets[standing[rows.origins]]
            new = hit[steps[actor, hit] < 0]
            steps[actor, new] = length
            fresh[actor, new] = True
        here = fresh
    return Reached(start, tuple(climbing), steps)
