"""What the first screen needs to know of a situation: names, options, factors, sliders, hypotheses, questions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from realpolitik.analyses.assessment import built_from
from realpolitik.compiled.holds import intervention
from realpolitik.compiled.inputs import Input
from realpolitik.compiled.model import Model
from realpolitik.language.expression import Hold, Setting
from realpolitik.results.result import plain
from realpolitik.web.desk import Desk
from realpolitik.web.shelf import Entry

POINTS = ("price", "norm price", "switch")


def overview(desk: Desk, entry: Entry) -> dict[str, Any]:
    """Everything static about a situation, in one answer."""
    model, situation = desk.model, desk.project.situation
    counts = built_from(desk.base("coarse"))
    whole: dict[str, Any] = plain(
        {
            "key": entry.key,
            "own": entry.own,
            "title": situation.title,
            "note": situation.note,
            "as_of": situation.as_of.isoformat(),
            "horizon": situation.horizon.years,
            "date_shown": 10 if model.calendar.days else 7,
            "answers": [item.years for item in situation.answers] or [situation.horizon.years],
            "built_from": {**counts, "claims": len(desk.project.claims)},
            "judged_by": situation.judged_by.author,
            "actors": {key: {"name": item.name, "leader": item.leader} for key, item in situation.actors.items()},
            "options": list(_options(model)),
            "factors": list(_factors(model)),
            "shocks": [{"id": key, "name": item.name} for key, item in situation.shocks.items()],
            "scenarios": list(_scenarios(model)),
            "questions": [
                {"number": number, "text": item.text, "ask": item.ask_texts, "depth": item.depth}
                for number, item in enumerate(situation.questions, 1)
            ],
            "hypotheses": [
                {"id": group.id, "readings": [{"id": item.id, "says": item.says} for item in group.readings]}
                for group in situation.hypotheses
            ],
            "combinations": [{"label": item.label, "weight": item.weight} for item in model.combos],
            "inputs": [slider(item) for item in model.inputs.values() if not item.quantity.is_constant],
        }
    )
    return whole


def slider(item: Input) -> dict[str, Any]:
    """An input as a slider: from its 5th to its 95th percentile, in points where it is a price."""
    unit, quantity = (100.0 if item.role in POINTS else 1.0), item.quantity
    return {
        "name": item.name, "role": item.role, "element": item.element, "written": quantity.text,
        "low": quantity.low, "high": quantity.high, "central": quantity.central, "per": quantity.per,
        "show": unit, "unit": "points" if unit > 1 else "", "judgement": item.is_judgement,
        "claims": item.support.claims, "author": item.support.author, "at": str(item.support.position),
    }  # fmt: skip


def _options(model: Model) -> Iterator[dict[str, Any]]:
    for key, item in model.situation.options.items():
        yield {
            "id": key, "name": item.name, "owners": item.owners, "institution": item.institution,
            "levels": item.levels, "now": item.levels[item.now], "claims": item.support.claims,
            "hidden_from": item.visibility.hidden_from,
        }  # fmt: skip


def _factors(model: Model) -> Iterator[dict[str, Any]]:
    for key, item in model.situation.factors.items():
        yield {
            "id": key, "name": item.name, "from": item.low_end, "to": item.high_end, "kind": item.kind,
            "low": item.low, "high": item.high, "unit": item.unit, "now": item.now.central if item.now else None,
            "hidden_from": item.visibility.hidden_from, "claims": item.support.claims,
        }  # fmt: skip


def _scenarios(model: Model) -> Iterator[dict[str, Any]]:
    """Each scenario as the entries of a state, so that choosing it fills the panel."""
    for key, item in model.situation.scenarios.items():
        held = intervention(model, Setting(do=(Hold("scenario", key),)))
        yield {"id": key, "name": item.name, "hold": [written(model, hold) for hold in held.holds]}


def written(model: Model, hold: Any) -> dict[str, Any]:
    """A hold as it stands in a state."""
    tables, calendar = model.tables, model.calendar
    when = {
        "from": calendar.date_of(hold.start).isoformat() if hold.start else "",
        "until": calendar.date_of(hold.end).isoformat() if hold.end >= 0 else "",
        "secretly": hold.secret,
    }
    if hold.held == 0:
        return {"id": tables.options[hold.index], "level": tables.levels[hold.index][int(hold.value)], **when}
    if hold.held == 2:
        return {"id": tables.shocks[hold.index], **when}
    factor = model.situation.factors[tables.factors[hold.index]]
    return {"id": factor.id, "value": factor.low + hold.value * (factor.high - factor.low), **when}
