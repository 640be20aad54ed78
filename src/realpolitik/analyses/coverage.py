"""Is everything said in the model, and is everything in the model said by somebody? Counted both ways, with lists.

A claim is covered by entries of the model that rest on it, else by a check that asks the model for it, else by a name,
else it says why it is left aside. An input is covered by claims or by a signed judgement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from realpolitik.results.result import Result
from realpolitik.situation.evidence import Evidence

if TYPE_CHECKING:
    from realpolitik.claims.model import Claim
    from realpolitik.compiled.inputs import Input

CLAIM_CLASSES = ("entries of the model", "a check", "a name", "left aside, with the reason", "nothing")
INPUT_CLASSES = ("claims", "a signed judgement", "nobody")


def coverage(evidence: Evidence, inputs: Iterable[Input]) -> Result:
    """Every claim with what it became, every uncertain input with what it rests on.

    Rows: one for each claim (`of` = claim) and each input (`of` = input), with its class and what covers it.
    """
    claims = [_claim_row(evidence, claim) for claim in evidence.register.claims.values()]
    numbers = [_input_row(item) for item in inputs]
    sentences = (
        _count("claims", claims, CLAIM_CLASSES),
        _count("uncertain inputs", numbers, INPUT_CLASSES),
        _authors(numbers),
    )
    about = {
        "situation": evidence.situation.title,
        "claims": dict(Counter(row["covered_by"] for row in claims)),
        "inputs": dict(Counter(row["covered_by"] for row in numbers)),
    }
    question = "Is every claim in the model, and every input said by somebody?"
    return Result("coverage", question, (*claims, *numbers), tuple(filter(None, sentences)), {}, about)


def _claim_row(evidence: Evidence, claim: Claim) -> dict[str, Any]:
    resting, speaking = evidence.resting.get(claim.id, ()), evidence.speaking.get(claim.id, ())
    checks = [item for item in speaking if item.kind == "check"]
    named = [item for item in speaking if item.kind == "name"]
    by = [item.label for item in resting or checks or named]
    kind = CLAIM_CLASSES[0 if resting else 1 if checks else 2 if named else 3 if _reason(claim) else 4]
    return {
        "of": "claim",
        "id": claim.id,
        "covered_by": kind,
        "by": by,
        "checks": len(checks),
        "why_not": "" if resting else _reason(claim),
        "at": str(claim.position),
    }


def _reason(claim: Claim) -> str:
    return claim.not_modelled or claim.untestable


def _input_row(item: Input) -> dict[str, Any]:
    support = item.support
    kind = INPUT_CLASSES[0 if support.claims else 1 if support.author else 2]
    by = list(support.claims) or [f"{support.author}, {support.date}" if support.date else support.author]
    return {
        "of": "input",
        "id": item.name,
        "covered_by": kind,
        "by": [entry for entry in by if entry],
        "role": item.role,
        "element": item.element,
        "at": str(support.position),
    }


def _count(what: str, rows: list[dict[str, Any]], classes: tuple[str, ...]) -> str:
    counts = Counter(row["covered_by"] for row in rows)
    parts = "; ".join(f"{counts[kind]} by {kind}" for kind in classes if counts[kind])
    return f"Of {len(rows)} {what}: covered {parts}." if rows else f"There are no {what}."


def _authors(rows: list[dict[str, Any]]) -> str:
    signed = Counter(row["by"][0] for row in rows if row["covered_by"] == INPUT_CLASSES[1])
    return (
        "Judgements: " + "; ".join(f"{count} by {who}" for who, count in signed.most_common()) + "." if signed else ""
    )
