"""Which coalitions could leave a state together, and does anything deter them?

Coalition improvements: Kilgour, Hipel, Fang & Peng 2001 (GDN 10:159). CNash, CGMR, CSMR, CSEQ: Inohara &
Hipel 2008 (Systems Engineering 11:343). The partition reading takes each block as one mover over all its
members' moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from realpolitik.games.concepts import COALITION_CONCEPTS, Convention
from realpolitik.games.relations import Mover, bits, reach, stability, stable, together

Members = tuple[int, ...]


def coalitions_of(actors: Sequence[int]) -> list[Members]:
    """Every nonempty subset, small ones first.

    >>> coalitions_of([0, 1])
    [(0,), (1,), (0, 1)]
    """
    return [c for size in range(1, len(actors) + 1) for c in combinations(actors, size)]


class CoalitionGame:
    """Coalitions of the movers (the actors) of one conflict; joint moves are legal sequences of the members'
    moves.
    """

    def __init__(self, movers: Sequence[Mover], convention: Convention = "legal-sequences") -> None:
        self.movers, self.convention = tuple(movers), convention
        self._joint: dict[Members, Mover] = {}

    def joint(self, members: Members) -> Mover:
        """The coalition as one mover: C_H(s) are its improvements at s."""
        if members not in self._joint:
            moves = reach([self.movers[i].moves for i in members], "legal-sequences")
            self._joint[members] = together([self.movers[i] for i in members], moves)
        return self._joint[members]

    def outsiders(self, members: Members) -> Members:
        """Everyone else."""
        return tuple(j for j in range(len(self.movers)) if j not in members)

    def sanctions(self, members: Members, climbing: bool) -> list[int]:
        """Where the outsiders can go from each state: by their moves, or by improvements of any of their
        coalitions.
        """
        outsiders = self.outsiders(members)
        if not climbing:
            return reach([self.movers[j].moves for j in outsiders], self.convention)
        if self.convention == "once-each":
            return self._disjoint_climbs(outsiders)
        return reach([self.joint(c).climbs for c in coalitions_of(outsiders)], self.convention)

    def _disjoint_climbs(self, outsiders: Members) -> list[int]:
        """Improvements of coalitions in turn, every outsider in one of them at most."""
        here = [1 << s for s in range(len(self.movers[0].moves))]
        onward: dict[Members, list[int]] = {(): here}
        reached = [0] * len(here)
        for left in coalitions_of(outsiders):
            reached = [0] * len(here)
            for c in coalitions_of(left):
                after = onward[tuple(j for j in left if j not in c)]
                for s, mask in enumerate(self.joint(c).climbs):
                    for t in bits(mask):
                        reached[s] |= after[t]
            onward[left] = [a | b for a, b in zip(here, reached, strict=True)]
        return reached

    def verdicts(self, members: Members) -> dict[str, list[bool]]:
        """CNash, CGMR, CSMR and CSEQ of every state for one coalition: `[concept][state]`."""
        mover = self.joint(members)
        free, climbing = self.sanctions(members, False), self.sanctions(members, True)
        return {c: stable(mover, c, climbing if c == "CSEQ" else free) for c in COALITION_CONCEPTS}

    def improvements(self, s: int) -> dict[Members, int]:
        """Which coalitions of two or more can leave state s, and where to?"""
        groups = [c for c in coalitions_of(range(len(self.movers))) if len(c) > 1]
        found = {members: self.joint(members).improvements(s) for members in groups}
        return {members: states for members, states in found.items() if states}


def coalition_verdicts(game: CoalitionGame) -> dict[Members, dict[str, list[bool]]]:
    """Every nonempty subset: `[members][concept][state]`."""
    return {members: game.verdicts(members) for members in coalitions_of(range(len(game.movers)))}


def partition_verdicts(
    movers: Sequence[Mover],
    blocks: Sequence[Members],
    convention: Convention,
    moves: Sequence[Sequence[int]] | None = None,
) -> dict[str, list[list[bool]]]:
    """R, GMR, SMR, SEQ, SSEQ with each block one mover: `[concept][block][state]`.

    A block improves only if all its members gain, and is deterred by what is no better for one of them.
    moves[block][state]: where each block can go in one move, as sets; by default by its members' legal sequences.
    """
    game = CoalitionGame(movers, convention)
    joint = [game.joint(tuple(block)) for block in blocks]
    if moves is not None:
        joint = [replace(mover, moves=tuple(row)) for mover, row in zip(joint, moves, strict=True)]
    return stability(joint, convention)


@dataclass(frozen=True)
class Jump:
    """A coalition can take the conflict from one equilibrium to another that every member prefers."""

    members: Members
    origin: int
    target: int


def equilibrium_jumps(game: CoalitionGame, equilibria: Sequence[int]) -> list[Jump]:
    """Which equilibria are upset by a coalition in favour of another one?"""
    held = sum(1 << s for s in equilibria)
    return [
        Jump(members, s, t)
        for s in equilibria
        for members, states in game.improvements(s).items()
        for t in bits(states & held)
    ]
