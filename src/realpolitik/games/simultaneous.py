"""Simultaneous stability: would improvements that others choose at the same moment spoil the mover's?

Fraser & Hipel 1984 (Conflict Analysis): every improvement t of the actor is met by some combination of other
actors' improvements chosen at s and carried out together with t, giving a feasible outcome no better than s.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from realpolitik.games.relations import Mover, bits

Vector = tuple[int, ...]
Change = tuple[tuple[int, int], ...]

MAX_COMBINATIONS = 400_000


class SimultaneousGame:
    """States as option vectors (several where merged): `vectors[s]`, `owner[option]`, one mover per actor."""

    def __init__(self, vectors: Sequence[Sequence[Vector]], owner: Sequence[int], movers: Sequence[Mover]) -> None:
        self.vectors, self.owner, self.movers = vectors, owner, movers
        self.where = {vector: s for s, group in enumerate(vectors) for vector in group}
        self.tried = 0

    def verdicts(self) -> list[list[bool]] | None:
        """`[actor][state]`: no improvement, or every one met; None without vectors or with too many combinations."""
        if not all(self.vectors):
            return None
        rows: list[list[bool]] = [[] for _ in self.movers]
        for s in range(len(self.vectors)):
            for row, stable in zip(rows, self.stable(s), strict=True):
                row.append(stable)
            if self.tried > MAX_COMBINATIONS:
                return None
        return rows

    def stable(self, s: int) -> list[bool]:
        """For each actor: is every improvement from s met by simultaneous improvements of others?"""
        wanted = [list(bits(mover.improvements(s))) for mover in self.movers]
        if not any(wanted):
            return [True] * len(self.movers)
        chosen = [[self._improving(j, s, vector) for vector in self.vectors[s]] for j in range(len(self.movers))]
        return [all(self._met(i, s, t, chosen) is not None for t in wanted[i]) for i in range(len(self.movers))]

    def _met(self, i: int, s: int, t: int, chosen: Sequence[Sequence[Sequence[Change]]]) -> int | None:
        """An outcome no better than s that others' simultaneous improvements make of the move to t, if any."""
        for v, vector in enumerate(self.vectors[s]):
            others = [by_vector[v] for j, by_vector in enumerate(chosen) if j != i]
            for own in self._changes(i, vector, t):
                for u in self._together(vector, dict(own), others):
                    if self.movers[i].deters[s] >> u & 1:
                        return u
        return None

    def _changes(self, actor: int, vector: Vector, target: int) -> list[Change]:
        """What the actor changes to get from the vector to the target (of its own options, where that will do)."""
        self.tried += len(self.vectors[target])
        found = [_difference(vector, goal) for goal in self.vectors[target]]
        own = [change for change in found if all(self.owner[k] == actor for k, _ in change)]
        return own or found

    def _improving(self, actor: int, s: int, vector: Vector) -> list[Change]:
        return [change for t in bits(self.movers[actor].climb(s)) for change in self._changes(actor, vector, t)]

    def _together(self, vector: Vector, made: dict[int, int], others: Sequence[Sequence[Change]]) -> Iterator[int]:
        """The feasible outcomes of the changes made with any selection of the others' changes."""
        self.tried += 1
        if self.tried > MAX_COMBINATIONS:
            return
        if not others:
            result = tuple(made.get(k, level) for k, level in enumerate(vector))
            if result in self.where:
                yield self.where[result]
            return
        yield from self._together(vector, made, others[1:])
        for change in others[0]:
            if all(k not in made for k, _ in change):
                yield from self._together(vector, made | dict(change), others[1:])


def _difference(old: Vector, new: Vector) -> Change:
    return tuple((k, b) for k, (a, b) in enumerate(zip(old, new, strict=True)) if a != b)
