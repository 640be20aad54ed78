"""Stability on sets of states held as the bits of Python integers: for partial orders, blocks and coalitions.

State s is bit s. A `Mover` is an actor, a block of a partition or a coalition: what it can do, what draws it
away from a state and what deters it there. One set of definitions serves them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from realpolitik.games.concepts import CONCEPTS, Convention

Masks = list[int]
Targets = Sequence[Sequence[int]]


def bits(mask: int) -> Iterator[int]:
    """The states in a set, ascending.

    >>> list(bits(0b1010))
    [1, 3]
    """
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def mask_of(states: Iterable[int]) -> int:
    """The set of some states.

    >>> mask_of([1, 3])
    10
    """
    out = 0
    for s in states:
        out |= 1 << s
    return out


@dataclass(frozen=True)
class PartialOrder:
    """`better[s]`: strictly preferred to s; `unknown[s]`: not comparable with s (sets as bits, one per
    state).
    """

    better: tuple[int, ...]
    unknown: tuple[int, ...]

    @classmethod
    def from_ranks(cls, ranks: Sequence[int]) -> PartialOrder:
        """A complete order, higher is better, equal numbers tie.

        >>> PartialOrder.from_ranks([1, 0, 1]).better
        (0, 5, 0)
        """
        above, better_than, reached = 0, {}, sorted(set(ranks), reverse=True)
        members = {rank: mask_of(s for s, r in enumerate(ranks) if r == rank) for rank in reached}
        for rank in reached:
            better_than[rank] = above
            above |= members[rank]
        return cls(tuple(better_than[r] for r in ranks), (0,) * len(ranks))


@dataclass(frozen=True)
class Mover:
    """Whoever decides: where it can go from s (`moves[s]`), what draws it away (`wants[s]`), what would stop
    it there (`deters[s]`), and what is or may be better than s (`gains[s]`, its steps when it sanctions
    others).
    """

    moves: tuple[int, ...]
    wants: tuple[int, ...]
    deters: tuple[int, ...]
    gains: tuple[int, ...]

    @property
    def climbs(self) -> tuple[int, ...]:
        """The mover's steps that improve on where they start, or may (R+ or R+U)."""
        return tuple(m & g for m, g in zip(self.moves, self.gains, strict=True))

    def climb(self, s: int) -> int:
        """`climbs` at one state."""
        return self.moves[s] & self.gains[s]

    def improvements(self, s: int) -> int:
        """Where the mover can go from s and wants to."""
        return self.moves[s] & self.wants[s]


def actor(moves: Sequence[int], order: PartialOrder, reading: str = "b") -> Mover:
    """One actor under one reading of its unknown preferences (see `concepts.READINGS`)."""
    everything = (1 << len(moves)) - 1
    leaves = order.unknown if reading in "ac" else (0,) * len(moves)
    barred = (0,) * len(moves) if reading in "cd" else order.unknown
    wants = tuple(b | extra for b, extra in zip(order.better, leaves, strict=True))
    deters = tuple(everything & ~(b | bar) for b, bar in zip(order.better, barred, strict=True))
    gains = tuple(b | u for b, u in zip(order.better, order.unknown, strict=True))
    return Mover(tuple(moves), wants, deters, gains)


def together(movers: Sequence[Mover], moves: Sequence[int]) -> Mover:
    """Several as one: wants what all want, is deterred by what deters any, with the joint moves given."""
    everything = (1 << len(moves)) - 1
    return Mover(
        tuple(moves),
        _all_of([mover.wants for mover in movers], everything),
        tuple(_union([list(mover.deters) for mover in movers], len(moves))),
        _all_of([mover.gains for mover in movers], everything),
    )


def _all_of(rows: Sequence[Sequence[int]], everything: int) -> tuple[int, ...]:
    out = [everything] * len(rows[0])
    for row in rows:
        out = [a & b for a, b in zip(out, row, strict=True)]
    return tuple(out)


def reach(steps: Sequence[Sequence[int]], convention: Convention) -> Masks:
    """Where several movers can take the conflict from each state. steps: (mover, state) sets; result: one set
    per state.

    >>> swap = (0b10, 0b01)
    >>> reach([swap, swap], "legal-sequences"), reach([swap, swap], "single-move")
    ([3, 3], [2, 1])
    """
    if not steps:
        return []
    n = len(steps[0])
    targets = [[list(bits(mask)) for mask in row] for row in steps]
    if convention == "single-move" or len(steps) == 1:
        return _union([list(row) for row in steps], n)
    if convention == "once-each":
        return _once_each(targets, n)
    return _legal_sequences(targets, n)


def _union(rows: Sequence[Masks], n: int) -> Masks:
    out = [0] * n
    for row in rows:
        out = [a | b for a, b in zip(out, row, strict=True)]
    return out


def _step(targets: Targets, onward: Masks) -> Masks:
    """Where one lands after one step and then onward."""
    out = []
    for row in targets:
        mask = 0
        for t in row:
            mask |= onward[t]
        out.append(mask)
    return out


def _legal_sequences(targets: Sequence[Targets], n: int) -> Masks:
    """`onward[j]`: where one can be after j moved last, the state itself included; grown until nothing changes."""
    here = [1 << s for s in range(n)]
    onward = [here for _ in targets]
    while True:
        steps = [_step(row, after) for row, after in zip(targets, onward, strict=True)]
        grown = _all_but_each(steps, here)
        if grown == onward:
            return _union(steps, n)
        onward = grown


def _all_but_each(rows: Sequence[Masks], start: Masks) -> list[Masks]:
    """For each row the union of all the others and `start`, by unions from the front and from the back."""
    n = len(start)
    front, back = [start], [[0] * n]
    for row in rows[:-1]:
        front.append(_union([front[-1], row], n))
    for row in reversed(rows[1:]):
        back.append(_union([back[-1], row], n))
    return [_union([f, b], n) for f, b in zip(front, reversed(back), strict=True)]


def _once_each(targets: Sequence[Targets], n: int) -> Masks:
    here = [1 << s for s in range(n)]
    onward = {0: here}
    reached = [0] * n
    for left in range(1, 2 ** len(targets)):
        movers = [p for p in range(len(targets)) if left >> p & 1]
        reached = _union([_step(targets[p], onward[left & ~(1 << p)]) for p in movers], n)
        onward[left] = _union([here, reached], n)
    return reached


def stable(mover: Mover, concept: str, sanctions: Sequence[int]) -> list[bool]:
    """Is each state stable for the mover? sanctions: where its opponents can go from each state (empty:
    nowhere).

    R and CNash need no sanctions; SEQ, SSEQ and CSEQ expect the opponents' improvements in `sanctions`.
    """
    if concept in ("R", "CNash"):
        return [not mover.improvements(s) for s in range(len(mover.moves))]
    final = concept in ("SMR", "SSEQ", "CSMR")
    groups = _by_sanction(sanctions)
    return [_deterred(mover, s, sanctions, groups, final) for s in range(len(mover.moves))]


def _by_sanction(sanctions: Sequence[int]) -> list[tuple[int, int]]:
    """States grouped by where the opponents can go from them: (states, destinations)."""
    groups: dict[int, int] = {}
    for t, destinations in enumerate(sanctions):
        groups[destinations] = groups.get(destinations, 0) | 1 << t
    return [(states, destinations) for destinations, states in groups.items()]


def _deterred(mover: Mover, s: int, sanctions: Sequence[int], groups: Sequence[tuple[int, int]], final: bool) -> bool:
    """Is every improvement from s met? Goes through the improvements, or through the groups if those are fewer."""
    waiting = mover.improvements(s)
    if not sanctions:
        return not waiting
    if waiting.bit_count() <= len(groups):
        return all(effective(mover, s, sanctions[t], final) for t in bits(waiting))
    return all(effective(mover, s, reached, final) for states, reached in groups if states & waiting)


def effective(mover: Mover, s: int, destinations: int, final: bool) -> int:
    """Which of the opponents' destinations deter the mover at s (as a set; with `final` the first found
    only).
    """
    deterring = destinations & mover.deters[s]
    if not final:
        return deterring
    for u in bits(deterring):
        if not mover.moves[u] & ~mover.deters[s]:
            return 1 << u
    return 0


def stability(movers: Sequence[Mover], convention: Convention) -> dict[str, list[list[bool]]]:
    """Every concept for every mover and state, each mover against all the others:
    `[concept][mover][state]`.
    """
    out: dict[str, list[list[bool]]] = {concept: [] for concept in CONCEPTS}
    for i, mover in enumerate(movers):
        others = [m for j, m in enumerate(movers) if j != i]
        free = reach([m.moves for m in others], convention)
        climbing = reach([m.climbs for m in others], convention)
        for concept in CONCEPTS:
            out[concept].append(stable(mover, concept, climbing if concept in ("SEQ", "SSEQ") else free))
    return out
