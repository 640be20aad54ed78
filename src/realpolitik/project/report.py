"""What a report is written from: everything the facade can answer about one situation, as plain data.

Each part is asked for by name; a part that is refused leaves its reason instead, and the report goes on without it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from realpolitik import __version__
from realpolitik.errors import RealpolitikError
from realpolitik.project.judgements import confidence, judgements
from realpolitik.project.network import chain, links, nodes
from realpolitik.project.relations import RELATIONS
from realpolitik.project.sensitive_parts import SENSITIVE
from realpolitik.project.updating_parts import UPDATING
from realpolitik.results.result import plain

if TYPE_CHECKING:
    from realpolitik.project.project import Project
    from realpolitik.results.result import Result
    from realpolitik.situation.model import Actor, Institution

Told = Callable[[str, int, int], None]
NOTICE = "Model-based: worked out from the situation's reasoning and marked judgement. Not a forecast."
CHANGES = 8
QUICK_DRAWS = 64


@dataclass
class Asked:
    """A report being gathered: of what, with whose documents, and what is known so far."""

    project: Project
    documents: Path | None = None
    marking: str = ""
    told: Told = lambda text, done, total: None
    data: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def quick(self) -> Project:
        """The project on few draws, for the sections of many runs; each says how many it rests on."""
        return self.project.at(draws=min(QUICK_DRAWS, self.project.settings.draws))


def report_data(
    project: Project, *, documents: Path | None = None, marking: str = "", told: Told | None = None
) -> dict[str, Any]:
    """Everything a report says, as plain data.

    `documents`: a folder with the user's own copies; then, and only then, quotes are in it. `marking`: a line such as
    TLP:AMBER. What could not be answered stands under `left_out` with the reason.
    """
    asked = Asked(project, documents, marking, told or (lambda text, done, total: None))
    asked.data = {"left_out": {}}
    for place, (name, part) in enumerate(PARTS.items()):
        asked.told(f"the report: {name}", place, len(PARTS))
        try:
            asked.data[name] = part(asked)
        except RealpolitikError as problem:
            asked.data["left_out"][name] = str(problem)
    made: dict[str, Any] = plain(asked.data)
    return made


def _about(asked: Asked) -> dict[str, Any]:
    project, situation = asked.project, asked.project.situation
    settings = project.settings
    judged = situation.judged_by
    return {
        "title": situation.title,
        "note": situation.note,
        "as_of": situation.as_of.isoformat(),
        "horizon": situation.horizon.text,
        "period": situation.period,
        "judged_by": ", ".join(filter(None, (judged.author, judged.date))),
        "name": project.name,
        "marking": asked.marking,
        "notice": NOTICE,
        "version": __version__,
        "situation_sha256": situation.digest,
        "model_sha256": project.model.digest,
        "draws": settings.draws,
        "seed": settings.seed,
        "depth": settings.depth,
        "quotes": asked.documents is not None,
    }


def _assessment(asked: Asked) -> dict[str, Any]:
    from realpolitik.project.assess import assess  # noqa: PLC0415

    return assess(asked.project, told=asked.told).assessment


def _network(asked: Asked) -> dict[str, Any]:
    situation = asked.project.situation
    moved = [
        {"effect": item.effect, "text": item.support.text or item.key, "claims": item.support.claims}
        for item in situation.influences
    ]
    return {"nodes": nodes(situation), "links": links(situation), "influences": moved}


def _needs(asked: Asked) -> list[dict[str, Any]]:
    """Who depends on whom, for what."""
    return [
        {
            "who": item.who,
            "on": item.on,
            "good": item.good,
            "share": item.share.text,
            "replaced": item.replaced.text if item.replaced else "",
            "claims": item.support.claims,
        }
        for item in asked.project.situation.dependencies
    ]


def _deals(asked: Asked) -> list[dict[str, Any]]:
    """The exchanges, leg by leg."""
    situation = asked.project.situation
    return [
        {
            "name": item.name,
            "legs": [
                {
                    "giver": leg.giver,
                    "gives": situation.options[leg.option].name,
                    "level": situation.options[leg.option].levels[leg.level],
                }
                for leg in item.legs
            ],
            "claims": item.support.claims,
        }
        for item in situation.exchanges.values()
    ]


def _futures(asked: Asked) -> dict[str, Any]:
    found = asked.project.futures()
    use, level = found.arrays["use"], found.arrays["level"]
    names = {(row["id"], row["level"]): row["name"] for row in found.rows if row["what"] == "option"}
    options = [
        {"id": label, "name": names[tuple(label.rsplit("=", 1))], "use": row}
        for label, row in zip(use.coords["option"], use.values, strict=True)
    ]
    factors = [{"id": name, "levels": row} for name, row in zip(level.coords["factor"], level.values, strict=True)]
    return {"dates": use.coords["date"], "options": options, "factors": factors, "rows": found.rows}


def _gains(asked: Asked) -> list[dict[str, Any]]:
    """Each scenario of the first screen: who gains and loses, at every answer time and under every scaling."""
    found = []
    for move in asked.data["assessment"]["moves"]:
        result = asked.project.gains(f"scenario {move['id']}")
        losing = result.arrays["losing most"]
        found.append(
            {
                "id": move["id"],
                "name": move["name"],
                "rows": result.rows,
                "losing": losing.values,
                "years": losing.coords["years"],
                "scalings": losing.coords["scaling"],
                "losers": losing.coords["loser"],
            }
        )
    return found


def _whys(asked: Asked) -> dict[str, Any]:
    """Explanations by id, and which of them explains each asked line and each scenario's largest loss and gain."""
    known: dict[str, str] = {}
    made: dict[str, Any] = {"results": {}, "lines": {}, "gains": {}}
    for answer in asked.data["assessment"]["answers"]:
        texts = asked.project.situation.questions[answer["number"] - 1].ask_texts
        for line in answer["lines"]:
            handle = f"{answer['number']}.{texts.index(line['ask']) + 1}"
            adds_up = line["data"].get("unit") in (
                "points",
                "share",
            )  # the parts add up to the number: on the same runs
            project, text = (asked.project, handle) if adds_up else (asked.quick, line["ask"])
            made["lines"][line["ask"]] = _explained(project, text, known, made["results"])
    for move in asked.data["assessment"]["moves"]:
        gains = {actor: part["gain"] for actor, part in move["gains"].items()}
        losing = {actor: share for actor, share in move["losers"]["top"].items() if actor in gains}
        least, most = min(gains, key=gains.__getitem__), max(gains, key=gains.__getitem__)
        for actor in dict.fromkeys((least, max(losing, key=losing.__getitem__), most)):
            result = asked.project.why(actor, f"scenario {move['id']}", years=asked.data["assessment"]["moves_years"])
            made["gains"].setdefault(move["id"], {})[actor] = _kept(result, known, made["results"])
    return made


def _explained(project: Project, line: str, known: dict[str, str], results: dict[str, Any]) -> list[str]:
    """The explanations of one line, by its number on the runs that answered it, as written on those of the project."""
    from realpolitik.project.explain import explain  # noqa: PLC0415

    try:
        return [_kept(item, known, results) for item in explain(project, line)]
    except RealpolitikError:
        return []


def _kept(result: Result, known: dict[str, str], results: dict[str, Any]) -> str:
    """The id of an explanation; the same question is explained once."""
    if result.question not in known:
        known[result.question] = f"why-{len(known) + 1}"
        rows = [row for row in result.rows if "points" in row]
        told = result.sentences[:CHANGES]
        results[known[result.question]] = {**result.as_json(), "rows": rows, "sentences": told}
    return known[result.question]


def _chains(asked: Asked) -> dict[str, Any]:
    """The explanations of a gain as boxes and lines."""
    situation = asked.project.situation
    names = {key: item.name for group in (situation.factors, situation.options) for key, item in group.items()}
    made = {}
    for name, result in asked.data["whys"]["results"].items():
        actor = result["about"].get("actor")
        if actor and result["trace"]:
            made[name] = chain(result, {"id": actor, "name": situation.actors[actor].name}, names)
    return made


def _confidence(asked: Asked) -> dict[str, Any]:
    documents = len(asked.data.get("evidence", {}).get("sources", ()))
    return confidence(asked.data["assessment"]["built_from"], documents)


def _judgements(asked: Asked) -> list[dict[str, Any]]:
    return judgements(asked.data["assessment"]["answers"])


def _outcomes(asked: Asked) -> dict[str, Any]:
    return asked.quick.stability(told=asked.told).as_json()


def _evidence(asked: Asked) -> dict[str, Any]:
    """Claims, speakers, documents and tensions; quotes only of documents at hand."""
    from realpolitik.project.evidence import evidence_of  # noqa: PLC0415

    found = evidence_of(asked.project, asked.documents)
    register = found.register
    claims = {
        claim.id: {
            **found.leaf(claim).as_json(),
            "date": claim.date,
            "reason": claim.not_modelled or claim.untestable,
            "in_model": [item.label for item in found.resting.get(claim.id, ())],
        }
        for claim in register.claims.values()
    }
    if asked.documents is None:
        claims = {name: {**item, "quote": ""} for name, item in claims.items()}
    return {
        "claims": claims,
        "speakers": [_fields(item) for item in register.speakers.values()],
        "sources": [_fields(item) for item in found.sources.values()],
        "tensions": [_fields(item) for item in register.tensions.values()],
    }


def _fields(item: Any) -> dict[str, Any]:
    return {name: value for name, value in vars(item).items() if name != "position"}


def _verdicts(asked: Asked) -> dict[str, Any]:
    from realpolitik.analyses.verdicts import counts  # noqa: PLC0415
    from realpolitik.project.background import claims_judge  # noqa: PLC0415
    from realpolitik.project.verdicts import kept_verdicts  # noqa: PLC0415

    judge = claims_judge(asked.project)
    found = kept_verdicts(judge, told=asked.told)
    return {"counts": counts(found), "draws": judge.settings.draws, "rows": [item.as_json() for item in found]}


def _assumptions(asked: Asked) -> dict[str, Any]:
    from realpolitik.compiled.input_words import input_words  # noqa: PLC0415
    from realpolitik.project.evidence import assumptions  # noqa: PLC0415

    model = asked.project.model
    found: dict[str, Any] = assumptions(asked.project).as_json()
    rows = [{**row, "words": input_words(model, model.inputs[row["input"]])} for row in found["rows"]]
    return {**found, "rows": rows}


def _hypotheses(asked: Asked) -> list[dict[str, Any]]:
    return [
        {
            "group": item.id,
            "readings": [
                {
                    "id": reading.id,
                    "says": reading.says,
                    "chance": reading.chance.text if reading.chance else "the rest",
                }
                for reading in item.readings
            ],
        }
        for item in asked.project.situation.hypotheses
    ]


def _indicators(asked: Asked) -> list[dict[str, Any]]:
    return [
        {
            "watch": item.watch,
            "purpose": item.purpose,
            "p_if": item.p_if.text if item.p_if else "",
            "p_else": item.p_else.text if item.p_else else "",
            "claims": item.support.claims,
        }
        for item in asked.project.situation.indicators
    ]


def _names(asked: Asked) -> dict[str, list[dict[str, Any]]]:
    """Everything with a name: parties, what has a level, what can be done, what is only named."""
    situation = asked.project.situation
    options = [
        {"id": key, "name": item.name, "levels": item.levels, "now": item.levels[item.now], "owners": item.owners}
        for key, item in situation.options.items()
    ]
    factors = [
        {"id": key, "name": item.name, "from": item.low_end, "to": item.high_end, "claims": item.support.claims}
        for key, item in situation.factors.items()
    ]
    groups: tuple[Mapping[str, Actor | Institution], ...] = (situation.actors, situation.institutions)
    parties = [
        {"id": key, "name": item.name, "also": item.aliases, "claims": item.support.claims}
        for group in groups
        for key, item in group.items()
    ]
    named = [
        {"id": key, "name": item.aliases[0] if item.aliases else key, "what": item.what, "claims": item.claims}
        for key, item in situation.names.items()
    ]
    what_if = [{"id": key, "name": item.name} for key, item in situation.scenarios.items()]
    what_if += [{"id": key, "name": item.name} for key, item in situation.shocks.items()]
    return {"parties": parties, "factors": factors, "options": options, "what_if": what_if, "named": named}


def _inputs(asked: Asked) -> list[dict[str, Any]]:
    return [
        {
            "name": item.name,
            "role": item.role,
            "element": item.element,
            "value": item.quantity.text,
            "claims": item.support.claims,
            "author": item.support.author,
        }
        for item in asked.project.model.inputs.values()
    ]


PARTS: Mapping[str, Callable[[Asked], Any]] = {
    "about": _about,
    "assessment": _assessment,
    "network": _network,
    "needs": _needs,
    "deals": _deals,
    "futures": _futures,
    "gains": _gains,
    **RELATIONS,
    **UPDATING,
    **SENSITIVE,
    "whys": _whys,
    "chains": _chains,
    "outcomes": _outcomes,
    "evidence": _evidence,
    "confidence": _confidence,
    "judgements": _judgements,
    "assumptions": _assumptions,
    "verdicts": _verdicts,
    "hypotheses": _hypotheses,
    "indicators": _indicators,
    "names": _names,
    "inputs": _inputs,
}
"""The parts by name, in the order they are asked for; each may read those before it in `asked.data`."""
