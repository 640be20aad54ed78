"""What an actor would have to prefer for a state to be stable, how many orders do, and the cheapest change.

For one actor at state s, with everybody's moves and the others' orders given, R, GMR, SMR, SEQ and SSEQ depend only
on which states the actor puts strictly above s (Kinsara, Kilgour & Hipel 2015, IEEE SMC:Systems 45:734). So each is a
condition of the form: for every move t, one of several sets of states must lie not above s.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import factorial

from realpolitik.games.concepts import Convention
from realpolitik.games.relations import Mover, bits, mask_of, reach

MAX_NODES = 200_000
MAX_TERMS = 18
MAX_LISTED = 18


@dataclass(frozen=True)
class Clause:
    """For the move to `move`: at least one of the sets `alternatives` (bits) must lie not above the state.

    Moves that are deterred whatever the actor prefers have no clause.
    """

    move: int
    alternatives: tuple[int, ...]


@dataclass(frozen=True)
class Condition:
    """All clauses must hold; `above`: what the actor puts above the state now (bits)."""

    concept: str
    state: int
    clauses: tuple[Clause, ...]
    above: int

    @property
    def holds(self) -> bool:
        """Is the state stable as things are?"""
        return all(any(not option & self.above for option in clause.alternatives) for clause in self.clauses)


@dataclass(frozen=True)
class Change:
    """A smallest set of states to put `above` the state or not (lowered to a tie or below), with its size.

    `exact` is False where the search was cut: the change works and smaller ones may exist.
    """

    lowered: tuple[int, ...]
    raised: tuple[int, ...]
    exact: bool

    @property
    def size(self) -> int:
        """How many comparisons with the state have to change."""
        return len(self.lowered) + len(self.raised)


def condition(movers: Sequence[Mover], concept: str, i: int, s: int, convention: Convention) -> Condition:
    """The exact condition on actor i's order for s to be stable for i, given moves and the others' orders."""
    others = [m for j, m in enumerate(movers) if j != i]
    climbing = concept in ("SEQ", "SSEQ")
    reached = reach([m.climbs if climbing else m.moves for m in others], convention) if concept != "R" else []
    replies = movers[i].moves if concept in ("SMR", "SSEQ") else (0,) * len(movers[i].moves)
    clauses = []
    for t in bits(movers[i].moves[s]):
        ends = reached[t] if reached else 0
        alternatives = _minimal([1 << t, *((1 << u | replies[u]) & ~(1 << s) for u in bits(ends))])
        if alternatives[0]:
            clauses.append(Clause(t, alternatives))
    return Condition(concept, s, tuple(clauses), movers[i].wants[s])


def _minimal(sets: Iterable[int]) -> tuple[int, ...]:
    """Only the sets that contain no other one, smallest first."""
    kept: list[int] = []
    for candidate in sorted(set(sets), key=lambda mask: (mask.bit_count(), mask)):
        if not any(held & candidate == held for held in kept):
            kept.append(candidate)
    return tuple(kept)


def cheapest_to_hold(found: Condition) -> Change:
    """The fewest states to lower (to a tie with s or below) so that s becomes stable for the actor.

    Exact by branch and bound; NP-hard in general, so the search is cut after many nodes and says so.
    """
    open_ = [c.alternatives for c in found.clauses if not any(not o & found.above for o in c.alternatives)]
    options = [sorted({o & found.above for o in sets}, key=int.bit_count) for sets in open_]
    search = _Search([[o for o in _minimal(sets)] for sets in options])
    return Change(tuple(bits(search.best)), (), search.exact)


def cheapest_to_break(found: Condition) -> Change | None:
    """The fewest states to raise above s so that s is no longer stable; None if no order breaks it (no moves)."""
    best: Change | None = None
    for clause in found.clauses:
        needed = [o for o in clause.alternatives if not o & found.above]
        search = _Search([[1 << u for u in bits(option)] for option in sorted(needed, key=int.bit_count)])
        if best is None or search.best.bit_count() < best.size:
            best = Change((), tuple(bits(search.best)), search.exact)
    return best


class _Search:
    """Choose one set from every list so that their union is as small as possible."""

    def __init__(self, lists: Sequence[Sequence[int]]) -> None:
        self.lists = sorted(lists, key=len)
        self.nodes, self.best = 0, self._greedy()
        self._branch(0, 0)
        self.exact = self.nodes < MAX_NODES

    def _greedy(self) -> int:
        chosen = 0
        for options in self.lists:
            if not any(option & chosen == option for option in options):
                chosen |= min(options, key=lambda option: (option & ~chosen).bit_count())
        return chosen

    def _branch(self, k: int, chosen: int) -> None:
        """Depth first without recursion over settled lists."""
        stack = [(k, chosen)]
        while stack and self.nodes < MAX_NODES:
            self.nodes += 1
            k, chosen = stack.pop()
            while k < len(self.lists) and any(option & chosen == option for option in self.lists[k]):
                k += 1
            if chosen.bit_count() >= self.best.bit_count() and k < len(self.lists):
                continue
            if k == len(self.lists):
                self.best = chosen if chosen.bit_count() < self.best.bit_count() else self.best
                continue
            stack += [(k + 1, chosen | option) for option in reversed(self.lists[k])]


def share_of_orders(found: Condition) -> Fraction | None:
    """The share of all strict orders of the states in which the condition holds; None if it is not counted.

    R, GMR and SEQ by inclusion and exclusion: the clause of t fails exactly if t and all sanctions lie above s, and a
    set of k states lies above s in 1/(k+1) of the orders. SMR and SSEQ by going through the sets of the states
    involved, up to 18 of them.

    >>> share_of_orders(Condition("R", 0, (Clause(1, (0b10,)), Clause(2, (0b100,))), 0))
    Fraction(1, 3)
    """
    if all(option.bit_count() == 1 for clause in found.clauses for option in clause.alternatives):
        failing = _minimal([mask_of(_only(o) for o in clause.alternatives) for clause in found.clauses])
        return _inclusion_exclusion(failing) if len(failing) <= MAX_TERMS else None
    return _by_listing(found)


def _only(option: int) -> int:
    return option.bit_length() - 1


def _inclusion_exclusion(failing: Sequence[int]) -> Fraction:
    total = Fraction(0)
    terms = [(0, 1)]
    for mask in failing:
        terms += [(union | mask, -sign) for union, sign in terms]
    for union, sign in terms:
        total += Fraction(sign, union.bit_count() + 1)
    return total


def _by_listing(found: Condition) -> Fraction | None:
    involved = 0
    for clause in found.clauses:
        for option in clause.alternatives:
            involved |= option
    states = list(bits(involved))
    if len(states) > MAX_LISTED:
        return None
    place = {s: k for k, s in enumerate(states)}
    local = [[mask_of(place[u] for u in bits(o)) for o in clause.alternatives] for clause in found.clauses]
    n = len(states)
    good = [0] * (n + 1)
    for above in range(1 << n):
        if all(any(not o & above for o in options) for options in local):
            good[above.bit_count()] += 1
    orders = (g * factorial(k) * factorial(n - k) for k, g in enumerate(good))
    return Fraction(sum(orders), factorial(n + 1))
