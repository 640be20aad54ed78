"""The definitions as they stand in the papers, with sets and recursion: the oracle of every fast kernel.

Moves are `moves[actor][state]` = the set of states the actor can move to alone; a relation says for every
state which states its owner strictly prefers to it and which it cannot compare with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import combinations

from realpolitik.games.concepts import CONCEPTS, Convention

Moves = Sequence[Sequence[AbstractSet[int]]]


@dataclass(frozen=True)
class Relation:
    """One actor's preferences: `better[s]` are strictly preferred to s, `unknown[s]` cannot be compared with
    s.
    """

    better: tuple[frozenset[int], ...]
    unknown: tuple[frozenset[int], ...]

    @classmethod
    def from_ranks(cls, ranks: Sequence[int]) -> Relation:
        """Complete preferences from one number per state, higher is better, equal numbers tie.

        >>> Relation.from_ranks([1, 0, 1]).better[1] == {0, 2}
        True
        """
        states = range(len(ranks))
        better = tuple(frozenset(t for t in states if ranks[t] > ranks[s]) for s in states)
        return cls(better, tuple(frozenset() for _ in states))


def reachable(moves: Moves, movers: Iterable[int], start: int, convention: Convention) -> frozenset[int]:
    """Where can the movers take the conflict from `start`, with at least one move? (The start may be
    re-reached.)

    >>> swap = [{1}, {0}]
    >>> sorted(reachable([swap, swap], [0, 1], 0, "legal-sequences"))
    [0, 1]
    """
    movers = tuple(movers)
    if convention == "single-move":
        return frozenset(t for j in movers for t in moves[j][start])
    if convention == "once-each":
        return frozenset(_once_each(moves, movers, start))
    return _legal_sequences(moves, movers, start)


def _once_each(moves: Moves, movers: tuple[int, ...], state: int) -> Iterator[int]:
    for j in movers:
        rest = tuple(k for k in movers if k != j)
        for t in moves[j][state]:
            yield t
            yield from _once_each(moves, rest, t)


def _legal_sequences(moves: Moves, movers: tuple[int, ...], start: int) -> frozenset[int]:
    seen: set[tuple[int, int]] = set()
    todo = [(start, -1)]
    while todo:
        state, last = todo.pop()
        steps = {(t, j) for j in movers if j != last for t in moves[j][state]} - seen
        seen |= steps
        todo += steps
    return frozenset(state for state, _ in seen)


def restricted(moves: Moves, allowed: Sequence[Sequence[AbstractSet[int]]]) -> Moves:
    """Which of the moves lead from each state s into `allowed[actor][s]`?"""
    return [[set(t) & set(ok) for t, ok in zip(m, a, strict=True)] for m, a in zip(moves, allowed, strict=True)]


@dataclass(frozen=True)
class LiteralGame:
    """A conflict in graph form with the readings of unknown preferences (irrelevant where nothing is
    unknown).
    """

    moves: Moves
    relations: Sequence[Relation]
    convention: Convention = "legal-sequences"
    reading: str = "b"

    @property
    def states(self) -> range:
        """The states, numbered from 0."""
        return range(len(self.moves[0]))

    def wanted(self, i: int, s: int) -> frozenset[int]:
        """Which states would draw actor i away from s: better ones, in readings a and c unknown ones too."""
        extra = self.relations[i].unknown[s] if self.reading in "ac" else frozenset()
        return self.relations[i].better[s] | extra

    def deters(self, i: int, u: int, s: int) -> bool:
        """Is u no better than s for actor i (readings c and d: or unknown)?"""
        if u in self.relations[i].unknown[s]:
            return self.reading in "cd"
        return u not in self.relations[i].better[s]

    def climbs(self) -> Moves:
        """Every actor's moves that improve on where they start, or may (R+ or R+U)."""
        return restricted(
            self.moves, [[b | u for b, u in zip(r.better, r.unknown, strict=True)] for r in self.relations]
        )

    def stable(self, concept: str, i: int, s: int) -> bool:
        """Is state s stable for actor i? (Definitions 4.4; R is Nash.)"""
        improvements = set(self.moves[i][s]) & self.wanted(i, s)
        if concept == "R":
            return not improvements
        moves = self.climbs() if concept in ("SEQ", "SSEQ") else self.moves
        opponents = [j for j in range(len(self.moves)) if j != i]
        final = concept in ("SMR", "SSEQ")
        return all(
            any(self.sanctions(i, u, s, final) for u in reachable(moves, opponents, t, self.convention))
            for t in improvements
        )

    def sanctions(self, i: int, u: int, s: int, final: bool) -> bool:
        """Does u deter i at s; if `final`, also after i's own best reply from u?"""
        replies = self.moves[i][u] if final else ()
        return self.deters(i, u, s) and all(self.deters(i, v, s) for v in replies)

    def verdicts(self) -> dict[str, list[list[bool]]]:
        """Every concept, actor and state: `verdicts()[concept][actor][state]`."""
        actors = range(len(self.moves))
        return {c: [[self.stable(c, i, s) for s in self.states] for i in actors] for c in CONCEPTS}

    # Coalitions (Kilgour, Hipel, Fang & Peng 2001, GDN 10:159; Inohara & Hipel 2008, Systems Engineering
    # 11:343)

    def group_moves(self, members: Sequence[int], s: int) -> frozenset[int]:
        """R_H(s): where the members can go by legal sequences of their own moves."""
        return reachable(self.moves, members, s, "legal-sequences")

    def group_improvements(self, members: Sequence[int], s: int) -> frozenset[int]:
        """C_H(s): what the members can reach together and every one of them wants."""
        return frozenset(t for t in self.group_moves(members, s) if all(t in self.wanted(i, s) for i in members))

    def group_climbs(self, outsiders: Sequence[int]) -> Moves:
        """The improvements of every coalition of outsiders, each coalition one mover."""
        coalitions = [c for size in range(1, len(outsiders) + 1) for c in combinations(outsiders, size)]
        return [[self._joint_climb(c, s) for s in self.states] for c in coalitions]

    def _joint_climb(self, members: Sequence[int], s: int) -> frozenset[int]:
        gains = [self.relations[i].better[s] | self.relations[i].unknown[s] for i in members]
        return frozenset(t for t in self.group_moves(members, s) if all(t in gain for gain in gains))

    def coalition_stable(self, concept: str, members: Sequence[int], s: int) -> bool:
        """Is state s stable for the coalition under CNash, CGMR, CSMR or CSEQ?"""
        improvements = self.group_improvements(members, s)
        if concept == "CNash":
            return not improvements
        outsiders = [j for j in range(len(self.moves)) if j not in members]
        return all(
            any(self._group_sanction(members, u, s, concept) for u in self._group_reach(outsiders, t, concept))
            for t in improvements
        )

    def _group_reach(self, outsiders: Sequence[int], t: int, concept: str) -> frozenset[int]:
        """Where the outsiders can go from t: by their moves or, for CSEQ, by improvements of their coalitions."""
        if concept != "CSEQ":
            return reachable(self.moves, outsiders, t, self.convention)
        if self.convention == "once-each":
            return frozenset(self._disjoint_climbs(outsiders, t))
        climbs = self.group_climbs(outsiders)
        return reachable(climbs, range(len(climbs)), t, self.convention)

    def _disjoint_climbs(self, outsiders: Sequence[int], t: int) -> Iterator[int]:
        for size in range(1, len(outsiders) + 1):
            for coalition in combinations(outsiders, size):
                rest = [j for j in outsiders if j not in coalition]
                for u in self._joint_climb(coalition, t):
                    yield u
                    yield from self._disjoint_climbs(rest, u)

    def _group_sanction(self, members: Sequence[int], u: int, s: int, concept: str) -> bool:
        replies = self.group_moves(members, u) if concept == "CSMR" else frozenset()
        return all(any(self.deters(i, v, s) for i in members) for v in (u, *replies))
