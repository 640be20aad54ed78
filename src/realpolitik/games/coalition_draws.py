"""Which coalitions leave a state in which draws, and what deters them: many draws at once, as bits of words.

Options are the axes of a grid of cells, some infeasible. A coalition H moves by changing every option it may set at
once, each by its own allowed steps (from, to), so R_H is a product over options and is applied axis by axis; no list
of moves is made. Definitions: Inohara & Hipel 2008 (Systems Engineering 11:343), with phi_H(s) what is no better than s
for some member:

* CNash: H can go nowhere that every member prefers.
* CGMR: from wherever it can go so, the outsiders can go to phi_H(s).
* CSMR: ... to a cell of phi_H(s) from which H reaches only phi_H(s).
* CSEQ: ... by a sequence of improvements of coalitions of outsiders.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from realpolitik.games.coalitions import Members, coalitions_of
from realpolitik.games.concepts import COALITION_CONCEPTS
from realpolitik.games.moves import Bools, Ints

Words = NDArray[np.uint64]
Indices = NDArray[np.int64]
Steps = Mapping[int, Bools]
"""Option (axis): which of its levels may be changed to which, (from, to), staying included; options left out stay."""

MOST_MARKS = 12_000_000
"""CSEQ needs a word for each improvement of each coalition and 64 draws; above this many it is left out (None)."""
CHUNK = 200_000


def packed(flags: Bools) -> Words:
    """Flags (row, draw) as bits: (row, word), 64 draws to a word, padded with zeros.

    >>> packed(np.array([[True, False, True]])).tolist()
    [[5]]
    """
    bits = np.packbits(flags, axis=1, bitorder="little")
    padded = np.zeros((len(bits), 8 * math.ceil(flags.shape[1] / 64)), dtype=np.uint8)
    padded[:, : bits.shape[1]] = bits
    return np.asarray(padded.view("<u8"), dtype=np.uint64)


def unpacked(words: Words, draws: int) -> Bools:
    """One row of words as flags (draw,)."""
    return np.unpackbits(words.astype("<u8").view(np.uint8), bitorder="little")[:draws].astype(bool)


@dataclass(frozen=True, eq=False)
class Improvements:
    """A coalition's moves as arcs sorted by origin, and the draws (arc, word) in which all its members gain."""

    sources: Indices
    starts: Indices
    targets: Indices
    gains: Words


@dataclass(frozen=True, eq=False)
class CoalitionDraws:
    """`sizes` (option): levels. `cells` (state): its cell, in C order. `ranks` (draw, actor, state): higher is better.

    `steps(members)`: what a coalition may set, and how.
    """

    sizes: tuple[int, ...]
    cells: Indices
    ranks: Ints
    steps: Callable[[Members], Steps]
    _climbs: dict[Members, Improvements] = field(default_factory=dict)

    @property
    def actors(self) -> int:
        """How many actors there are."""
        return int(self.ranks.shape[1])

    def flags(self, state: int, concepts: Sequence[str] = COALITION_CONCEPTS) -> dict[str, Bools | None]:
        """In which draws is the state stable for every nonempty coalition? By concept (draw,); None if left out.

        >>> steps = lambda members: {i: np.ones((2, 2), dtype=bool) for i in members}
        >>> dilemma = np.array([[[2, 0, 3, 1], [2, 3, 0, 1]]])  # (draw, actor, state): both cooperate, ..., both defect
        >>> game = CoalitionDraws((2, 2), np.arange(4), dilemma, steps)
        >>> {concept: bool(found[0]) for concept, found in game.flags(3).items()}
        {'CNash': False, 'CGMR': False, 'CSMR': False, 'CSEQ': False}
        """
        draws = len(self.ranks)
        asked = [c for c in concepts if c != "CSEQ" or self.marks() <= MOST_MARKS]
        failing = {c: np.zeros(math.ceil(draws / 64), dtype=np.uint64) for c in asked}
        better = [packed((self.ranks[:, i] > self.ranks[:, i, [state]]).T) for i in range(self.actors)]
        for members in coalitions_of(range(self.actors)):
            self._fail(failing, state, members, np.bitwise_and.reduce([better[i] for i in members]))
        found = {c: ~unpacked(failing[c], draws) for c in asked}
        return {c: found.get(c) for c in concepts}

    def _fail(self, failing: dict[str, Words], state: int, members: Members, gain: Words) -> None:
        """Mark the draws in which the coalition leaves and is not deterred. gain (state, word): all members gain."""
        leaves = gain * self._within(state, self.steps(members))[:, None]
        if not leaves.any():
            return
        outside = tuple(j for j in range(self.actors) if j not in members)
        for concept in failing:
            met = self._met(concept, gain, members, outside) if outside and concept != "CNash" else np.uint64(0)
            failing[concept] |= np.bitwise_or.reduce(leaves & ~met, axis=0)

    def _met(self, concept: str, gain: Words, members: Members, outside: Members) -> Words:
        """From which states, in which draws, can the outsiders go where the coalition is deterred?"""
        if concept == "CSEQ":
            return self._climbing(~gain, outside)
        if concept == "CGMR":
            return self.spread(~gain, self.steps(outside))
        return self.spread(~gain & ~self.spread(gain, self.steps(members)), self.steps(outside))

    def spread(self, goal: Words, steps: Steps) -> Words:
        """From which states can the goal be reached by one joint move, or by staying? goal (state, word)."""
        grid = np.zeros((math.prod(self.sizes), goal.shape[1]), dtype=np.uint64)
        grid[self.cells] = goal
        for axis, allowed in steps.items():
            grid = _along(grid, self.sizes, axis, allowed)
        return np.asarray(grid[self.cells])

    def _within(self, state: int, steps: Steps) -> NDArray[np.uint64]:
        """Which states can be reached from one by these steps, as 0 or 1 (state,)."""
        levels = np.unravel_index(self.cells, self.sizes)
        found = np.ones(len(self.cells), dtype=bool)
        for axis, here in enumerate(levels):
            found &= steps[axis][here[state], here] if axis in steps else here == here[state]
        return found.astype(np.uint64)

    def marks(self) -> int:
        """How many words all coalitions' improvements would take."""
        arcs = sum(
            math.prod(int(allowed.sum(axis=1).max()) for allowed in self.steps(members).values())
            for members in coalitions_of(range(self.actors))
        )
        return arcs * len(self.cells) * math.ceil(len(self.ranks) / 64)

    def _climbing(self, goal: Words, outside: Members) -> Words:
        """The goal, and where sequences of improvements of coalitions of outsiders lead to it."""
        movers = [self.improvements(members) for members in coalitions_of(outside)]
        reached, quiet, k = goal.copy(), 0, 0
        while quiet < len(movers):
            rows = movers[k]
            found = np.bitwise_or.reduceat(reached[rows.targets] & rows.gains, rows.starts) if len(rows.starts) else 0
            grown = reached[rows.sources] | found
            quiet = quiet + 1 if np.array_equal(grown, reached[rows.sources]) else 1
            reached[rows.sources] = grown
            k = (k + 1) % len(movers)
        return reached

    def improvements(self, members: Members) -> Improvements:
        """A coalition's moves that all members gain by, in which draws."""
        if members not in self._climbs:
            origins, targets = self._arcs(self.steps(members))
            gains = self._gains(members, origins, targets)
            used = gains.any(axis=1)
            origins, targets, gains = origins[used], targets[used], gains[used]
            sources, starts = np.unique(origins, return_index=True)
            self._climbs[members] = Improvements(sources, starts, targets, gains)
        return self._climbs[members]

    def _arcs(self, steps: Steps) -> tuple[Indices, Indices]:
        """Every joint change (origin, target) between states, ascending by origin."""
        place = np.full(math.prod(self.sizes), -1, dtype=np.int64)
        place[self.cells] = np.arange(len(self.cells))
        origins, cells = np.arange(len(self.cells)), self.cells
        for axis, allowed in steps.items():
            origins, cells = _every_step(origins, cells, self.sizes, axis, allowed)
        targets = place[cells]
        kept = (targets >= 0) & (targets != origins)
        return origins[kept], targets[kept]

    def _gains(self, members: Members, origins: Indices, targets: Indices) -> Words:
        by_state = [np.ascontiguousarray(self.ranks[:, i].T) for i in members]
        out = [np.zeros((0, math.ceil(len(self.ranks) / 64)), dtype=np.uint64)]
        for first in range(0, len(origins), CHUNK):
            here, there = origins[first : first + CHUNK], targets[first : first + CHUNK]
            out.append(packed(np.logical_and.reduce([rows[there] > rows[here] for rows in by_state])))
        return np.concatenate(out)


def _along(grid: Words, sizes: Sequence[int], axis: int, allowed: Bools) -> Words:
    """One axis of a product of steps: what is reached from each level, as the union over the levels it may become."""
    folded = grid.reshape(math.prod(sizes[:axis]), sizes[axis], -1)
    if allowed.all():
        whole = np.bitwise_or.reduce(folded, axis=1, keepdims=True)
        return np.ascontiguousarray(np.broadcast_to(whole, folded.shape)).reshape(grid.shape)
    out = np.zeros_like(folded)
    for a, b in np.argwhere(allowed):
        out[:, a] |= folded[:, b]
    return out.reshape(grid.shape)


def _every_step(
    origins: Indices, cells: Indices, sizes: Sequence[int], axis: int, allowed: Bools
) -> tuple[Indices, Indices]:
    """Each arc once for every level that the option on an axis may take from where it stands."""
    stride, size = math.prod(sizes[axis + 1 :]), sizes[axis]
    levels = cells // stride % size
    row, level = np.nonzero(allowed[levels])
    return origins[row], cells[row] + (level - levels[row]) * stride
