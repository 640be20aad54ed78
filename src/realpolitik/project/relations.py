"""The parts of a report about pairs and groups: leverage, alignment, the first agreement, rules, contingencies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from realpolitik.project import advice
from realpolitik.project import leverage as ask

if TYPE_CHECKING:
    from realpolitik.project.report import Asked
    from realpolitik.results.result import Result


def _leverage(asked: Asked) -> dict[str, Any]:
    found = ask.leverage(asked.quick, told=asked.told)
    position = found.arrays["position"]
    points = [
        {"id": actor, "exposure": row[0], "leverage": row[1]}
        for actor, row in zip(position.coords["actor"], position.values, strict=True)
    ]
    return {
        "sentences": found.sentences,
        "rows": found.rows,
        "points": points,
        "years": found.about["years"],
        **drawn(found),
    }


def _alignment(asked: Asked) -> dict[str, Any]:
    found = ask.alignment(asked.quick, told=asked.told)
    table = found.arrays["alignment"]
    return {"sentences": found.sentences, "actors": table.coords["actor"], "values": table.values, **drawn(found)}


def _coalitions(asked: Asked) -> dict[str, Any]:
    found = ask.coalitions(asked.quick)
    return {"question": found.question, "sentences": found.sentences, **drawn(found)}


def _norms(asked: Asked) -> dict[str, Any]:
    return {"sentences": ask.norms(asked.project).sentences}


def _contingencies(asked: Asked) -> dict[str, Any]:
    found = ask.contingencies(asked.project)
    return {"sentences": found.sentences, "years": found.about["years"]}


def _policy(asked: Asked) -> dict[str, Any]:
    found = advice.usual_policy(asked.quick)
    plans = [row for row in found.rows if "written" in row]
    return {"question": found.question, "sentences": found.sentences, "plans": plans, **drawn(found)}


def drawn(found: Result) -> dict[str, int]:
    """How many draws an answer rests on."""
    return {"draws": found.about["draws"]}


RELATIONS: Mapping[str, Callable[[Asked], Any]] = {
    "leverage": _leverage,
    "alignment": _alignment,
    "coalitions": _coalitions,
    "norms": _norms,
    "contingencies": _contingencies,
    "policy": _policy,
}
"""The parts by name, in the order they are asked for."""
