"""The system as a network one can walk: actor, its interests, what moves them, the claims behind each link."""

from __future__ import annotations

import re
from typing import Any

from starlette.requests import Request

from realpolitik.compiled.factors import names_of
from realpolitik.errors import QuestionRefused, did_you_mean
from realpolitik.project.network import links, nodes
from realpolitik.report.figures.network import network
from realpolitik.results.result import plain
from realpolitik.situation.model import Influence, Situation, Support
from realpolitik.web.drawing import drawn


def seen(bench: Any, request: Request, body: dict[str, Any]) -> Any:
    """The network, whole or about one actor or factor, with everything written about that one."""
    key, focus = request.path_params["key"], request.query_params.get("focus", "")
    situation = bench.shelf.desk(key).project.situation
    known = [*situation.actors, *situation.factors]
    if focus and focus not in known:
        raise QuestionRefused(f"'{focus[:60]}' is no actor or factor. {did_you_mean(focus[:60], known)}".strip())
    boxes, lines = nodes(situation), links(situation)
    figure = network(boxes, lines, focus=focus, anchors=f"#/{key}/system?focus=")
    names = [{"id": node["id"], "name": node["name"], "kind": node["kind"]} for node in boxes]
    return plain({"figure": drawn(figure), "names": names, "about": card(situation, focus)})


# What is written about one of them


def card(situation: Situation, focus: str) -> dict[str, Any]:
    """Everything written about one actor or factor; empty for no focus."""
    if focus in situation.actors:
        return actor_card(situation, focus)
    return factor_card(situation, focus) if focus else {}


def actor_card(situation: Situation, focus: str) -> dict[str, Any]:
    """What an actor wants, can do, needs and has promised."""
    wants = [
        _line(item.support, item.key, rank=item.rank, names=sorted(names_of(item.term)))
        for item in situation.interests if item.actor == focus
    ]  # fmt: skip
    wants += [_line(item.support, f"never: {item.key}", names=sorted(names_of(item.term)))
              for item in situation.red_lines if item.actor == focus]  # fmt: skip
    can = [
        {**_line(item.support, item.name, names=[]), "option": key, "levels": item.levels, "now": item.levels[item.now],
         "text": f"{item.name}: {' / '.join(item.levels)}; now {item.levels[item.now]}"}
        for key, item in situation.options.items() if focus in item.owners
    ]  # fmt: skip
    needs = [_line(item.support, item.key) for item in situation.dependencies if focus in (item.who, item.on)]
    needs += [_line(item.support, item.key) for item in situation.promises if item.promiser == focus]
    actor = situation.actors[focus]
    return {"kind": "actor", "id": focus, "name": actor.name, "leader": actor.leader, "wants": wants, "can": can,
            "needs": needs}  # fmt: skip


def factor_card(situation: Situation, focus: str) -> dict[str, Any]:
    """What moves a factor, what it moves, and who cares."""
    factor = situation.factors[focus]
    cares = [
        {**_line(item.support, item.key, rank=item.rank), "actor": item.actor}
        for item in situation.interests if focus in names_of(item.term)
    ]  # fmt: skip
    return {
        "kind": "factor", "id": focus, "name": factor.name, "from": factor.low_end, "to": factor.high_end,
        "hidden_from": factor.visibility.hidden_from,
        "moved_by": [_influence(item) for item in situation.influences if item.effect == focus],
        "moves": [_influence(item) for item in situation.influences if focus in names_of(item.term)],
        "cares": cares, "formula": factor.support.text if factor.formula is not None else "",
    }  # fmt: skip


def _influence(item: Influence) -> dict[str, Any]:
    line = _line(item.support, item.key, names=sorted(names_of(item.term)))
    return {**line, "effect": item.effect, "size": item.size.text}


def _line(support: Support, words: str, rank: str = "", names: list[str] | None = None) -> dict[str, Any]:
    """A written entry with who stands behind it."""
    return {
        "text": unclaimed(support.text or words, rank), "rank": rank, "claims": support.claims,
        "author": support.author, "at": str(support.position), "names": names or [],
    }  # fmt: skip


def unclaimed(words: str, rank: str) -> str:
    """A line without its rank and claims, which are shown beside it.

    >>> unclaimed("vital: less tension (c1, c2)", "vital")
    'less tension'
    """
    bare = re.sub(r"\s*\((?:[\w-]+\d[\w-]*)(?:,\s*[\w-]+\d[\w-]*)*\)$", "", words)
    return bare.removeprefix(f"{rank}: ") if rank else bare


VIEWS = (("/api/s/{key}/system", "GET", seen),)
