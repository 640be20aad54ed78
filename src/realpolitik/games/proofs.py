"""Why a state is stable for an actor, or not: the improvements, who meets each of them, by which moves.

Proofs are minimal: an unstable state shows one improvement that nothing deters, a stable one the shortest
sanction of every improvement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from realpolitik.games.concepts import Convention
from realpolitik.games.relations import Mover, bits, effective


@dataclass(frozen=True)
class Step:
    """One move: who makes it and where it leads."""

    mover: int
    target: int


@dataclass(frozen=True)
class Answer:
    """An improvement of the focal actor and what meets it: a sequence of moves by others, None if nothing
    deters.
    """

    improvement: int
    sanction: tuple[Step, ...] | None


@dataclass(frozen=True)
class Proof:
    """A verdict with its grounds; indices are of movers and states."""

    concept: str
    mover: int
    state: int
    stable: bool
    answers: tuple[Answer, ...]


def prove(movers: Sequence[Mover], concept: str, i: int, s: int, convention: Convention) -> Proof:
    """Why is state s stable (or not) for mover i under R, GMR, SMR, SEQ or SSEQ?"""
    improvements = list(bits(movers[i].improvements(s)))
    if concept == "R":
        answers = tuple(Answer(t, None) for t in improvements[:1])
        return Proof(concept, i, s, not improvements, answers)
    climbing = concept in ("SEQ", "SSEQ")
    steps = {j: (m.climbs if climbing else m.moves) for j, m in enumerate(movers) if j != i}
    answers = tuple(Answer(t, _sanction(movers[i], concept, s, t, steps, convention)) for t in improvements)
    failing = [answer for answer in answers if answer.sanction is None]
    return Proof(concept, i, s, not failing, tuple(failing[:1]) or answers)


def _sanction(
    mover: Mover, concept: str, s: int, t: int, steps: dict[int, tuple[int, ...]], rule: Convention
) -> tuple[Step, ...] | None:
    """The shortest sequence of the others' moves from t to a state that deters."""
    final = concept in ("SMR", "SSEQ")
    start: tuple[int, frozenset[int]] = (t, frozenset())
    paths: dict[tuple[int, frozenset[int]], tuple[Step, ...]] = {start: ()}
    queue = [start]
    for node in queue:
        state, barred = node
        for j, moves in steps.items():
            if j in barred:
                continue
            for u in bits(moves[state]):
                path = (*paths[node], Step(j, u))
                if effective(mover, s, 1 << u, final):
                    return path
                following = (u, _barred(j, barred, rule, steps))
                if following not in paths:
                    paths[following] = path
                    queue.append(following)
    return None


def _barred(j: int, before: frozenset[int], rule: Convention, movers: dict[int, tuple[int, ...]]) -> frozenset[int]:
    """Who may not move next."""
    if rule == "legal-sequences":
        return frozenset((j,))
    return before | {j} if rule == "once-each" else frozenset(movers)
