"""The ledger of forecasts: what was asked, who said what, what happened, how good it was."""

from __future__ import annotations

import re
from typing import Any

from starlette.requests import Request

from realpolitik.errors import QuestionRefused
from realpolitik.project.forecasts import MODEL, NAME, Ledger, Question, model_forecast
from realpolitik.project.track import listing, score
from realpolitik.results.result import plain
from realpolitik.web.drawing import drawn
from realpolitik.web.state import real, text
from realpolitik.web.texts import TEXTS

DRAWS = 256


def _ledger(bench: Any, request: Request) -> Ledger:
    return Ledger(bench.shelf.entry(request.path_params["key"]).folder / NAME)


def _own(bench: Any, request: Request) -> Ledger:
    if not bench.shelf.entry(request.path_params["key"]).own:
        raise QuestionRefused(TEXTS["claims.readonly"])
    return _ledger(bench, request)


def kept(bench: Any, request: Request, body: dict[str, Any]) -> Any:
    """Every question with what was said last, and the scores once something was decided."""
    ledger = _ledger(bench, request)
    found = listing(ledger)
    told = {"rows": found.rows, "sentences": found.sentences, **_scores(ledger)}
    return plain({**told, "own": bench.shelf.entry(request.path_params["key"]).own})


def _scores(ledger: Ledger) -> dict[str, Any]:
    from realpolitik.report.figures.calibration import calibration  # noqa: PLC0415

    try:
        found = score(ledger)
    except QuestionRefused as problem:
        return {"scores": [str(problem)], "pictures": []}
    groups = [row for row in found.rows if row["what"] == "group"]
    return {"scores": found.sentences, "pictures": [drawn(calibration(groups))]}


def ask(bench: Any, request: Request, body: dict[str, Any]) -> Any:
    """Ask something new: a text, the rule that decides it, when; `ask` puts it to the model."""
    ledger = _own(bench, request)
    given = {name: text(body.get(name), name, 400).strip() for name in ("text", "rule", "due", "ask", "by")}
    name = text(body.get("id"), "id", 60) or _free(ledger)
    made = ledger.add(Question(name, given["text"], given["rule"], given["due"], given["ask"], given["by"]))
    return {"id": made.id}


def _free(ledger: Ledger) -> str:
    numbers = [int(found[1]) for name in ledger.read().questions if (found := re.fullmatch(r"q-(\d+)", name))]
    return f"q-{max(numbers, default=0) + 1:03d}"


def say(bench: Any, request: Request, body: dict[str, Any]) -> Any:
    """A forecast of one's own, or (without a number) the model's."""
    ledger, name = _own(bench, request), text(body.get("id"), "id", 60)
    if body.get("p") is not None:
        made = ledger.record(name, real(body["p"], "p"), text(body.get("by"), "by", 80))
        return plain(vars(made))
    project = bench.shelf.desk(request.path_params["key"]).quick(DRAWS)
    p, made_from = model_forecast(project, ledger.question(name))
    return plain(vars(ledger.record(name, p, MODEL, made_from)))


def resolve(bench: Any, request: Request, body: dict[str, Any]) -> Any:
    """What happened, on what source."""
    given = {name: text(body.get(name), name, 400) for name in ("id", "answer", "source", "by")}
    made = _own(bench, request).resolve(given["id"], given["answer"], given["source"], by=given["by"])
    return plain({"id": made.id, "answer": made.answer})


VIEWS = (
    ("/api/s/{key}/forecasts", "GET", kept),
    ("/api/s/{key}/forecasts/ask", "POST", ask),
    ("/api/s/{key}/forecasts/say", "POST", say),
    ("/api/s/{key}/forecasts/resolve", "POST", resolve),
)
