"""Why an actor stands where it stands: the parts of its gain, what carried each, and who said so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from starlette.requests import Request

from realpolitik.analyses.why import why
from realpolitik.errors import QuestionRefused, did_you_mean
from realpolitik.project.explain import sourced
from realpolitik.report.figures.waterfall import waterfall
from realpolitik.results.result import plain
from realpolitik.web.asking import forced, read_request, subject
from realpolitik.web.desk import Desk
from realpolitik.web.drawing import drawn
from realpolitik.web.state import text
from realpolitik.web.wording import entry, told, words_for


def explained(bench: Any, request: Request, body: dict[str, Any]) -> Any:
    """The explanation of one number of the table of gains."""
    desk: Desk = bench.shelf.desk(request.path_params["key"])
    asked, actor = read_request(desk.model, body), text(body.get("actor"), "actor")
    if actor not in desk.model.tables.actors:
        raise QuestionRefused(f"'{actor[:60]}' is no actor. {did_you_mean(actor[:60], desk.model.tables.actors)}")
    held = subject(desk.model, asked)
    if held.is_empty:
        raise QuestionRefused("Nothing is held or forced, so nobody gains or loses by it.")
    own = held == forced(desk.model, asked.state)
    ensemble = desk.at("refined", replace(asked.state, holds=()) if own else asked.state, asked.depth)
    calendar = desk.model.calendar
    years = min(asked.years, (calendar.periods - held.start) / calendar.per_year)
    result = sourced(desk.project, why(ensemble, held, actor, years))
    name = desk.project.situation.actors[actor].name
    words = words_for(desk.project.situation)
    rows = [{**row, "entry": entry(words, row["entry"])} for row in result.rows]
    picture = drawn(waterfall(rows, title=f"{name}: what the gain is made of", wide=520.0)) if rows else None
    trace = [{**item, "label": entry(words, item["name"])} for item in result.trace]
    sentences = [told(words, sentence) for sentence in result.sentences]
    found = {"question": result.question, "sentences": sentences, "sources": result.sources}
    return plain({**found, "trace": trace, "picture": picture, "draws": ensemble.settings.draws})


VIEWS = (("/api/s/{key}/why", "POST", explained),)
