"""Why a state holds or not, as data and as sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from realpolitik.conflicts.graph import movers_of
from realpolitik.conflicts.model import Conflict
from realpolitik.games.concepts import CONCEPTS, Convention
from realpolitik.games.proofs import Answer, Proof, prove


@dataclass(frozen=True)
class Explanation:
    """One verdict: its proof and the sentence that says it."""

    proof: Proof
    sentence: str


def explain(
    conflict: Conflict, state: int, convention: Convention, concepts: Sequence[str] = CONCEPTS, reading: str = "b"
) -> list[Explanation]:
    """Every actor's verdicts at one state, with their grounds."""
    movers = movers_of(conflict, reading)
    proofs = [prove(movers, c, i, state, convention) for i in range(len(movers)) for c in concepts]
    return [Explanation(proof, _sentence(conflict, proof)) for proof in proofs]


def explain_json(conflict: Conflict, explanations: Sequence[Explanation]) -> list[dict[str, Any]]:
    """The explanations with names instead of indices."""
    return [_entry(conflict, item) for item in explanations]


def _entry(conflict: Conflict, item: Explanation) -> dict[str, Any]:
    proof = item.proof
    return {
        "actor": conflict.actors[proof.mover],
        "state": conflict.labels[proof.state],
        "concept": proof.concept,
        "stable": proof.stable,
        "improvements": [_answer_entry(conflict, answer) for answer in proof.answers],
        "sentence": item.sentence,
    }


def _answer_entry(conflict: Conflict, answer: Answer) -> dict[str, Any]:
    steps = answer.sanction
    path = [{"by": conflict.actors[x.mover], "to": conflict.labels[x.target]} for x in steps] if steps else None
    return {"to": conflict.labels[answer.improvement], "sanction": path}


def _sentence(conflict: Conflict, proof: Proof) -> str:
    who, state = conflict.actors[proof.mover], conflict.labels[proof.state]
    if not proof.answers:
        return f"{state} is {proof.concept} for {who}: it has no improvement there."
    if not proof.stable:
        return f"{state} is not {proof.concept} for {who}: {_failure(conflict, proof)}."
    met = "; ".join(_met(conflict, answer) for answer in proof.answers)
    after = ", and no reply of its own makes up for it" if proof.concept in ("SMR", "SSEQ") else ""
    return f"{state} is {proof.concept} for {who}: {met}{after}."


def _failure(conflict: Conflict, proof: Proof) -> str:
    target = conflict.labels[proof.answers[0].improvement]
    if proof.concept == "R":
        return f"it improves by moving to {target}"
    how = "improvements of the others" if proof.concept in ("SEQ", "SSEQ") else "moves of the others"
    return f"it improves by moving to {target}, and no {how} from there lead to anything that would deter it"


def _met(conflict: Conflict, answer: Answer) -> str:
    steps = [f"{conflict.actors[x.mover]} to {conflict.labels[x.target]}" for x in answer.sanction or ()]
    end = conflict.labels[answer.sanction[-1].target] if answer.sanction else ""
    move = f"its move to {conflict.labels[answer.improvement]}"
    return f"{move} is met by {', then '.join(steps)} ({end} is no better for it)"
