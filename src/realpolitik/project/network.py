"""The system as boxes and lines: what a network picture, a GraphML file and a table of links are drawn from."""

from __future__ import annotations

import re
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


def links(situation: Situation, *, through_options: bool = False) -> list[dict[str, Any]]:
    """What moves what: from an actor (through its own option) or a factor to a factor; one line for each pair.

    `through_options`: from the option itself, in place of its holders.
    """
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for influence in situation.influences:
        for cause, sign in _causes(situation, influence, through_options):
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


def _causes(situation: Situation, influence: Influence, through_options: bool) -> Iterator[tuple[str, int]]:
    """Who or what stands behind the cause, and which way it pushes; 0 where the size crosses zero."""
    size = influence.size
    push = 0 if influence.kind == "pull" or size.low < 0 < size.high else 1 if size.central > 0 else -1
    for name in sorted(names_of(influence.cause)):
        sign = -push if _complement(influence.cause, name) else push
        is_option = name in situation.options and not through_options
        owners = situation.options[name].owners if is_option else (name,)
        for owner in owners:
            if owner != influence.effect:
                yield owner, sign


def chain(why: Row, actor: Row, names: Mapping[str, str]) -> dict[str, list[dict[str, Any]]]:
    """What carried a gain, as boxes and lines: the options held or chosen, what they moved, and last the actor.

    `why`: a result with `rows` and `trace`; `actor` with `id` and `name`; `names` of factors and options. The size of a
    line is its change, of one that reaches the actor the points it brings.
    """
    points = {str(row["entry"]): float(row["points"]) for row in why["rows"]}
    boxes: dict[str, dict[str, Any]] = {}
    lines: dict[tuple[str, str], dict[str, Any]] = {}
    parents: dict[int, str] = {}
    for row in why["trace"]:
        if row["kind"] in ("factor", "held", "chosen"):
            _box(boxes, row, names)
            parents[int(row["depth"])] = str(row["name"])
            if row["depth"] == 0:
                brought = points.get(str(row["entry"]), 0.0)
                _join(lines, (str(row["name"]), str(actor["id"])), row, (brought, str(row["entry"])))
        else:
            effect = _effect(str(row["name"]))
            for cause in (name for name in names if name in _cause(str(row["name"]))):
                _join(lines, (cause, effect), row, (float(row["change"]), str(row["name"])))
    ends = {str(actor["id"]): {"id": actor["id"], "name": actor["name"], "kind": "actor"}}
    known = {**boxes, **ends}
    kept = [line for (start, end), line in lines.items() if start in known and end in known and start != end]
    return {"nodes": list(known.values()), "links": kept}


def _box(boxes: dict[str, dict[str, Any]], row: Row, names: Mapping[str, str]) -> None:
    kind = "factor" if row["kind"] == "factor" else "option"
    told = {"held": " (held)", "chosen": " (chosen in answer)"}.get(str(row["kind"]), "")
    name = f"{names.get(str(row['name']), str(row['name']))}{told} {row['change']:+.2f}"
    boxes.setdefault(str(row["name"]), {"id": row["name"], "name": name, "kind": kind})


def _join(
    lines: dict[tuple[str, str], dict[str, Any]], ends: tuple[str, str], row: Row, carried: tuple[float, str]
) -> None:
    change, label = carried
    lines.setdefault(
        ends,
        {
            "from": ends[0],
            "to": ends[1],
            "sign": 1 if change > 0 else -1,
            "size": min(1.0, abs(change)),
            "judgement": not row.get("claims", True),
            "label": label,
        },
    )


def _cause(text: str) -> set[str]:
    """Every word of the part before the verb that could be a name."""
    return set(re.findall(r"[\w.]+", _VERB.split(text, maxsplit=1)[0]))


def _effect(text: str) -> str:
    after = _VERB.split(text, maxsplit=1)[1] if _VERB.search(text) else ""
    found = re.match(r"[\w.]+", after)
    return found.group() if found else ""


_VERB = re.compile(r" (?:raises|lowers|moves|pulls) ")
