"""What each actor would have to prefer for a state to be an equilibrium, and the cheapest change that makes or breaks
it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import factorial
from typing import Any

from realpolitik.conflicts.graph import movers_of
from realpolitik.conflicts.model import Conflict
from realpolitik.games.concepts import Convention
from realpolitik.games.inverse import (
    Change,
    Clause,
    Condition,
    cheapest_to_break,
    cheapest_to_hold,
    condition,
    share_of_orders,
)
from realpolitik.games.relations import bits

MOST = 12


@dataclass(frozen=True)
class Requirement:
    """One actor under one concept: the condition, the share of strict orders that meet it, the cheapest changes.

    `to_hold` is empty if the state is stable already; `to_break` is None if no order of this actor's breaks it.
    """

    actor: int
    condition: Condition
    share: Fraction | None
    to_hold: Change
    to_break: Change | None


def inverse(
    conflict: Conflict, state: int, concepts: Sequence[str], convention: Convention = "legal-sequences"
) -> dict[str, list[Requirement]]:
    """By concept, every actor's requirement for `state` to be stable for it.

    The moves are as given; for SEQ and SSEQ the other actors' orders are as given too, since they say which sanctions
    are improvements.
    """
    movers = movers_of(conflict)
    return {
        concept: [_requirement(i, condition(movers, concept, i, state, convention)) for i in range(len(movers))]
        for concept in concepts
    }


def _requirement(i: int, found: Condition) -> Requirement:
    to_break = cheapest_to_break(found) if found.holds else Change((), (), True)
    return Requirement(i, found, share_of_orders(found), cheapest_to_hold(found), to_break)


def margin(requirements: Sequence[Requirement]) -> tuple[bool, Requirement | None]:
    """Is the state an equilibrium, and which actor's change flips that most cheaply (None if no single actor's
    can)?
    """
    if all(item.condition.holds for item in requirements):
        breakable = [item for item in requirements if item.to_break]
        return True, min(breakable, key=lambda item: item.to_break.size if item.to_break else 0, default=None)
    failing = [item for item in requirements if not item.condition.holds]
    return False, failing[0] if len(failing) == 1 else None


def _margin_json(conflict: Conflict, items: Sequence[Requirement]) -> dict[str, Any] | None:
    """The cheapest change by one actor that makes or breaks the equilibrium; None if no single actor's does."""
    holds, item = margin(items)
    if item is None:
        return None
    change = item.to_break if holds else item.to_hold
    if change is None:
        return None
    return {"actor": conflict.actors[item.actor], "would": "break" if holds else "make"} | _change_json(
        conflict, change
    )


def inverse_json(conflict: Conflict, found: dict[str, list[Requirement]]) -> dict[str, Any]:
    """The requirements with names instead of indices."""
    state = next(iter(found.values()))[0].condition.state
    return {
        "name": conflict.name,
        "state": conflict.labels[state],
        "concepts": {concept: _concept_json(conflict, items) for concept, items in found.items()},
    }


def _concept_json(conflict: Conflict, items: Sequence[Requirement]) -> dict[str, Any]:
    n = len(conflict.states)
    shares = [item.share for item in items]
    known = [share for share in shares if share is not None]
    out: dict[str, Any] = {
        "equilibrium": all(item.condition.holds for item in items),
        "changes_to_hold": sum(item.to_hold.size for item in items),
        "margin": _margin_json(conflict, items),
        "actors": {conflict.actors[item.actor]: _requirement_json(conflict, item, n) for item in items},
    }
    if len(known) == len(shares) and items[0].condition.concept in ("R", "GMR", "SMR"):
        whole = Fraction(1)
        for share in known:
            whole *= share
        out["profiles"] = {"share": str(whole), "count": str(whole * factorial(n) ** len(items)) if n <= MOST else None}
    return out


def _requirement_json(conflict: Conflict, item: Requirement, n: int) -> dict[str, Any]:
    share = item.share
    return {
        "stable": item.condition.holds,
        "condition": [_clause_json(conflict, clause) for clause in item.condition.clauses],
        "orders": None
        if share is None
        else {"share": str(share), "count": str(share * factorial(n)) if n <= MOST else None},
        "to_hold": _change_json(conflict, item.to_hold),
        "to_break": _change_json(conflict, item.to_break) if item.to_break else None,
        "sentence": _sentence(conflict, item),
    }


def _clause_json(conflict: Conflict, clause: Clause) -> dict[str, Any]:
    options = [[conflict.labels[u] for u in bits(option)] for option in clause.alternatives]
    return {"move": conflict.labels[clause.move], "one_of_these_not_above": options}


def _change_json(conflict: Conflict, change: Change) -> dict[str, Any]:
    return {
        "lower": [conflict.labels[s] for s in change.lowered],
        "raise": [conflict.labels[s] for s in change.raised],
        "size": change.size,
        "exact": change.exact,
    }


def inverse_text(conflict: Conflict, found: dict[str, list[Requirement]]) -> list[str]:
    """The requirements as lines for a terminal."""
    state = next(iter(found.values()))[0].condition.state
    lines = [f"{conflict.name or 'Conflict'}: what makes {conflict.labels[state]} {conflict.pattern(state)} hold"]
    for concept, items in found.items():
        verdict = "an equilibrium" if all(item.condition.holds for item in items) else "no equilibrium"
        lines += ["", f"{concept}: {verdict} as things are"]
        for item in items:
            lines += [f"  {_sentence(conflict, item)}", *_clauses_text(conflict, item)]
    return lines


def _clauses_text(conflict: Conflict, item: Requirement) -> list[str]:
    lines = []
    for clause in item.condition.clauses[:MOST]:
        options = [" and ".join(conflict.labels[u] for u in bits(option)) for option in clause.alternatives[:MOST]]
        more = " or ..." if len(clause.alternatives) > MOST else ""
        lines.append(f"    not above it: {' or '.join(options)}{more}")
    hidden = len(item.condition.clauses) - MOST
    return lines + ([f"    and {hidden} more conditions (--json has all)"] if hidden > 0 else [])


def _sentence(conflict: Conflict, item: Requirement) -> str:
    who, state = conflict.actors[item.actor], conflict.labels[item.condition.state]
    share = f", as in {item.share} of all strict orders" if item.share is not None else ""
    if not item.condition.clauses:
        return f"{who}: {state} holds whatever it prefers."
    if not item.condition.holds:
        lowered = ", ".join(conflict.labels[s] for s in item.to_hold.lowered)
        return f"{who}: {state} does not hold{share}; it would if {lowered} were no better than {state} for it."
    if item.to_break is None:
        return f"{who}: {state} holds, and no change of its preferences alone breaks that."
    raised = ", ".join(conflict.labels[s] for s in item.to_break.raised)
    return f"{who}: {state} holds{share}; it would not if {raised} became better than {state} for it."
