"""Which states are stable, for whom, in which sense: the fast path on integer ranks.

GMR, SMR, SEQ and SSEQ each need one number per state t for the focal actor: the least, over the states u
where the opponents can take the conflict from t, of the rank of u (GMR, SEQ) or of the better of u and the
best own reply from u (SMR, SSEQ). These numbers are propagated backwards over (state, last mover) until
nothing changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from realpolitik.games.concepts import CONCEPTS, Convention
from realpolitik.games.moves import Bools, Ints, MoveStructure


@dataclass(frozen=True)
class Verdicts:
    """`flags` (concept, actor, state): True where stable; concepts in the order of `CONCEPTS`."""

    convention: Convention
    flags: Bools

    def of(self, concept: str) -> Bools:
        """One concept: (actor, state)."""
        found: Bools = self.flags[CONCEPTS.index(concept)]
        return found

    def equilibria(self, concept: str) -> Bools:
        """(state,): stable for every actor."""
        return np.asarray(self.of(concept).all(axis=0))


def nash(structure: MoveStructure, ranks: Ints) -> Bools:
    """From which states has each actor no improvement? ranks (actor, state) -> (actor, state).

    >>> from realpolitik.games.moves import Arcs
    >>> toggle = [[1], [0]]
    >>> nash(Arcs.from_lists([toggle]), np.array([[0, 1]], dtype=np.int32)).tolist()
    [[False, True]]
    """
    rows = [structure.greatest(i, ranks[i]) <= ranks[i] for i in range(structure.n_actors)]
    return np.stack(rows)


def verdicts(
    structure: MoveStructure,
    ranks: Ints,
    convention: Convention = "legal-sequences",
    concepts: Sequence[str] = CONCEPTS,
) -> Verdicts:
    """Stability of every state for every actor. ranks: (actor, state), higher is better, ties equal.

    Concepts not asked for are left False. Definitions: Nash 1950; Howard 1971; Fraser & Hipel 1979; Fang,
    Hipel & Kilgour 1989 (EJOR 41:86); Rego & Vieira 2017 (GDN 26:775).
    """
    flags = np.zeros((len(CONCEPTS), structure.n_actors, structure.n_states), dtype=bool)
    if "R" in concepts:
        flags[0] = nash(structure, ranks)
    for i in range(structure.n_actors):
        for concept in concepts:
            if concept != "R":
                flags[CONCEPTS.index(concept), i] = _deterred(structure, ranks, i, concept, convention)
    return Verdicts(convention, flags)


def _deterred(structure: MoveStructure, ranks: Ints, i: int, concept: str, convention: Convention) -> Bools:
    outcome = outcome_of_sanction(structure, ranks, i, final=concept in ("SMR", "SSEQ"))
    climbing = ranks if concept in ("SEQ", "SSEQ") else None
    worst = least_reached(structure, outcome, i, climbing, convention)
    deterred: Bools = structure.greatest(i, worst, ranks) <= ranks[i]
    return deterred


def outcome_of_sanction(structure: MoveStructure, ranks: Ints, i: int, final: bool) -> Ints:
    """What actor i ends with at each state u: its rank or, if `final`, the best of it and i's own replies."""
    if not final:
        return structure.hide(ranks[i])
    return structure.hide(np.maximum(ranks[i], structure.greatest(i, ranks[i])))


def least_reached(
    structure: MoveStructure, values: Ints, focal: int, climbing: Ints | None, convention: Convention
) -> Ints:
    """Least value where the focal actor's opponents can end from each state (HIGH if they cannot move).

    With `climbing` (ranks) every step must improve on where its mover stands. Where it makes no difference to
    a verdict the start itself may be counted.
    """
    opponents = [j for j in range(structure.n_actors) if j != focal]
    if convention == "single-move":
        return _nearest(structure, [(j, values) for j in opponents], values, climbing)
    if convention == "once-each":
        return _once_each(structure, values, opponents, climbing)
    if structure.transitive:
        return _any_sequence(structure, values, opponents, climbing)
    return _legal_sequences(structure, values, opponents, climbing)


def _nearest(structure: MoveStructure, steps: Sequence[tuple[int, Ints]], values: Ints, climbing: Ints | None) -> Ints:
    out = np.full_like(values, np.iinfo(np.int32).max)
    for j, after in steps:
        np.minimum(out, structure.least(j, after, climbing), out=out)
    return structure.hide(out)


def _any_sequence(structure: MoveStructure, values: Ints, movers: Sequence[int], climbing: Ints | None) -> Ints:
    """Transitive moves: two steps of one mover in a row are one step, so the last mover need not be kept."""
    reached, since_change, k = values.copy(), 0, 0
    while since_change < len(movers):
        better = np.minimum(reached, structure.hide(structure.least(movers[k], reached, climbing)))
        since_change = since_change + 1 if np.array_equal(better, reached) else 1
        reached, k = better, (k + 1) % len(movers)
    return reached


def _legal_sequences(structure: MoveStructure, values: Ints, movers: Sequence[int], climbing: Ints | None) -> Ints:
    """`onward[j]`: least value reachable from each state when j moved last, the state itself included."""
    onward = {j: values.copy() for j in movers}
    stale = set(movers)
    steps: dict[int, Ints] = {}
    while stale:
        k = stale.pop()
        steps[k] = structure.least(k, onward[k], climbing)
        for j in movers:
            if j != k and bool((steps[k] < onward[j]).any()):
                onward[j] = np.minimum(onward[j], steps[k])
                stale.add(j)
    return _nearest(structure, [(j, onward[j]) for j in movers], values, climbing)


def _once_each(structure: MoveStructure, values: Ints, movers: Sequence[int], climbing: Ints | None) -> Ints:
    """`onward[set of movers left]`, built up from the empty set."""
    onward: dict[int, Ints] = {0: values}
    reached = values
    for left in range(1, 2 ** len(movers)):
        steps = [(j, onward[left & ~(1 << p)]) for p, j in enumerate(movers) if left >> p & 1]
        reached = _nearest(structure, steps, values, climbing)
        onward[left] = np.minimum(values, reached)
    return reached if movers else np.full_like(values, np.iinfo(np.int32).max)
