"""The system as a network one can walk: actor, its interests, what moves them, the claims behind each link."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from starlette.requests import Request

from realpolitik.compiled.factors import names_of
from realpolitik.errors import QuestionRefused, did_you_mean
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
    nodes, links = list(nodes_of(situation)), list(links_of(situation))
    figure = network(nodes, links, focus=focus, anchors=f"#/{key}/system?focus=")
    names = [{"id": node["id"], "name": node["name"], "kind": node["kind"]} for node in nodes]
    about = (
        actor_card(situation, focus) if focus in situation.actors else factor_card(situation, focus) if focus else {}
    )
    return plain({"figure": drawn(figure), "names": names, "about": about})


def nodes_of(situation: Situation) -> Iterator[dict[str, Any]]:
    """Actors and factors, with who wants more or less of each factor."""
    for key, actor in situation.actors.items():
        yield {"id": key, "name": actor.name, "kind": "actor", "more": [], "less": []}
    for key, factor in situation.factors.items():
        signs = {(item.actor, item.sign) for item in situation.interests if key in names_of(item.term)}
        more, less = (sorted(actor for actor, sign in signs if sign == wanted) for wanted in (1, -1))
        yield {"id": key, "name": factor.name, "kind": "factor", "more": more, "less": less}


def links_of(situation: Situation) -> Iterator[dict[str, Any]]:
    """Links from factors, and from the owners of options, to what they move."""
    for item in situation.influences:
        sign = 0 if item.kind == "pull" or item.size.low < 0 < item.size.high else 1 if item.size.central > 0 else -1
        for cause in sorted(names_of(item.term)):
            for start in _starts(situation, cause):
                yield {"from": start, "to": item.effect, "sign": sign, "size": abs(float(item.size.central)),
                       "judgement": item.support.is_judgement, "label": item.support.text or item.key}  # fmt: skip


def _starts(situation: Situation, cause: str) -> tuple[str, ...]:
    if cause in situation.factors:
        return (cause,)
    option = situation.options.get(cause)
    return option.owners if option else ()


# What is written about one of them


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
    return {
        **_line(item.support, item.key, names=sorted(names_of(item.term))),
        "effect": item.effect,
        "size": item.size.text,
    }


def _line(support: Support, words: str, rank: str = "", names: list[str] | None = None) -> dict[str, Any]:
    """A written entry with who stands behind it."""
    return {"text": support.text or words, "rank": rank, "claims": support.claims, "author": support.author,
            "at": str(support.position), "names": names or []}  # fmt: skip


VIEWS = (("/api/s/{key}/system", "GET", seen),)
