"""The system as boxes and lines: what a network picture, a GraphML file and a table of links are drawn from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from realpolitik.compiled.factors import names_of

if TYPE_CHECKING:
    from realpolitik.situation.model import Influence, Situation

Row = Mapping[str, Any]


def nodes(situation: Situation) -> list[dict[str, Any]]:
    """Every actor and factor, with who wants more and who less of a factor."""
    wants: dict[str, dict[str, list[str]]] = {name: {"more": [], "less": []} for name in situation.factors}
    for interest in situation.interests:
        for factor in sorted(names_of(interest.term) & set(wants)):
            sign = interest.sign * (-1 if _complement(interest.term, factor) else 1)
            side = wants[factor]["more" if sign > 0 else "less"]
            if interest.actor not in side:
                side.append(interest.actor)
    actors = [{"id": name, "name": actor.name, "kind": "actor"} for name, actor in situation.actors.items()]
    ends = {name: {"from": factor.low_end, "to": factor.high_end} for name, factor in situation.factors.items()}
    factors = [
        {"id": name, "name": factor.name, "kind": "factor", **wants[name], **ends[name]}
        for name, factor in situation.factors.items()
    ]
    return [*actors, *factors]


def _complement(term: Any, factor: str) -> bool:
    """Does the factor stand under a `not`? (`threat and not deterrence`: less of it means more deterrence.)"""
    from realpolitik.language.expression import And, Name, Not, Or  # noqa: PLC0415

    match term:
        case Not(item=item):
            return not _complement(item, factor) if factor in names_of(item) else False
        case And(items=items) | Or(items=items):
            return any(_complement(item, factor) for item in items if factor in names_of(item))
        case Name():
            return False
    return False


def links(situation: Situation) -> list[dict[str, Any]]:
    """What moves what: from an actor (through its own option) or a factor to a factor; one line for each pair."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for influence in situation.influences:
        for cause, sign in _causes(situation, influence):
            row = _row(influence, cause, sign)
            known = found.setdefault((cause, influence.effect), row)
            if known is not row:
                known["sign"] = known["sign"] if known["sign"] == sign else 0
                known["size"] = max(known["size"], row["size"])
                known["judgement"] = known["judgement"] and row["judgement"]
                known["label"] = f"{known['label']}; {row['label']}"
    return list(found.values())


def _row(influence: Influence, cause: str, sign: int) -> dict[str, Any]:
    size = min(1.0, abs(influence.size.central))
    return {
        "from": cause,
        "to": influence.effect,
        "sign": sign,
        "size": size,
        "judgement": influence.support.is_judgement,
        "label": influence.support.text or influence.key,
        "claims": list(influence.support.claims),
    }


def _causes(situation: Situation, influence: Influence) -> Iterator[tuple[str, int]]:
    """Who or what stands behind the cause, and which way it pushes; 0 where the size crosses zero."""
    size = influence.size
    push = 0 if influence.kind == "pull" or size.low < 0 < size.high else 1 if size.central > 0 else -1
    for name in sorted(names_of(influence.cause)):
        sign = -push if _complement(influence.cause, name) else push
        owners = situation.options[name].owners if name in situation.options else (name,)
        for owner in owners:
            if owner != influence.effect:
                yield owner, sign
