"""Analyses that answer with a table and sentences, on a page of their own: leverage, assumptions, stability."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from starlette.requests import Request

from realpolitik.dynamics.engine import RunCancelledError
from realpolitik.errors import QuestionRefused
from realpolitik.results.result import Result, plain
from realpolitik.web.desk import Desk
from realpolitik.web.drawing import drawn
from realpolitik.web.worker import Job

Made = tuple[Result, list[dict[str, Any]]]
Asked = Callable[[Desk, dict[str, Any]], Made]
DRAWS = 64


def leverage(desk: Desk, body: dict[str, Any]) -> Made:
    """Who has leverage over whom."""
    from realpolitik.analyses.leverage import leverage as ask  # noqa: PLC0415
    from realpolitik.report.figures.heatmap import heatmap  # noqa: PLC0415

    found = ask(desk.project.ensemble(draws=DRAWS))
    names = {key: item.name for key, item in desk.project.situation.actors.items()}
    cost = found.arrays["cost"]
    rows, columns = ([names.get(name, name) for name in cost.coords[axis]] for axis in cost.dims)
    title = "What each party (row) can cost each other (column) by one move of its own, in points"
    return found, [drawn(heatmap(rows, columns, cost.values.tolist(), title=title))]


def alignment(desk: Desk, body: dict[str, Any]) -> Made:
    """Whose interests overlap."""
    from realpolitik.analyses.alignment import alignment as ask  # noqa: PLC0415
    from realpolitik.report.figures.heatmap import heatmap  # noqa: PLC0415

    found = ask(desk.project.ensemble(draws=DRAWS))
    table = found.arrays["alignment"]
    names = {key: item.name for key, item in desk.project.situation.actors.items()}
    actors = [names.get(name, name) for name in table.coords["actor"]]
    title, values = "1: both would move the world the same way; -1: against each other", table.values.tolist()
    picture = heatmap(actors, actors, values, write=lambda value: f"{value:.2f}", note="", title=title, small=0.05)
    return found, [drawn(picture)]


def coalitions(desk: Desk, body: dict[str, Any]) -> Made:
    """What the agreement most asked about is worth."""
    return desk.project.coalitions(), []


def norms(desk: Desk, body: dict[str, Any]) -> Made:
    """Which rules are broken."""
    return desk.project.norms(), []


def contingencies(desk: Desk, body: dict[str, Any]) -> Made:
    """Would it hold, with and without help."""
    return desk.project.contingencies(), []


def assumptions(desk: Desk, body: dict[str, Any]) -> Made:
    """Which judgements carry the answers."""
    from realpolitik.analyses.assumptions import assumptions as ask  # noqa: PLC0415

    return ask(desk.project.ensemble(draws=DRAWS)), []


def stability(desk: Desk, body: dict[str, Any]) -> Made:
    """Which joint outcomes of two to five options hold."""
    focal = [str(name) for name in body.get("focal") or []]
    unknown = [name[:60] for name in focal if name not in desk.model.tables.options]
    if unknown or not 2 <= len(focal) <= 5:
        raise QuestionRefused("Choose two to five options of the situation.")
    return desk.project.stability(tuple(focal)), []


ANALYSES: dict[str, Asked] = {
    "leverage": leverage,
    "alignment": alignment,
    "coalitions": coalitions,
    "norms": norms,
    "contingencies": contingencies,
    "assumptions": assumptions,
    "stability": stability,
}


def asked(bench: Any, request: Request, body: dict[str, Any]) -> Job:
    """One analysis by its name."""
    name = request.path_params["name"]
    if name not in ANALYSES:
        raise QuestionRefused(f"There is no analysis '{name[:40]}'.")
    desk = bench.shelf.desk(request.path_params["key"])

    def job(cancel: Any, tell: Any) -> Iterator[dict[str, Any]]:
        found, pictures = ANALYSES[name](desk, body)
        yield plain({"result": {**found.as_json(), "trace": []}, "pictures": pictures, "draws": DRAWS})

    return job


def report(bench: Any, request: Request, body: dict[str, Any]) -> Job:
    """The report of the situation as one file to keep, with progress."""
    desk = bench.shelf.desk(request.path_params["key"])

    def job(cancel: Any, tell: Any) -> Iterator[dict[str, Any]]:
        from realpolitik.project.report import report_data  # noqa: PLC0415
        from realpolitik.report.page.page import page  # noqa: PLC0415

        def told(words: str, done: int, total: int) -> None:
            if cancel.is_set():
                raise RunCancelledError("The report was stopped.")
            tell({"progress": done, "total": total, "text": words})

        yield {"html": page(report_data(desk.project, told=told)), "name": f"{request.path_params['key']}.html"}

    return job


STREAMS = (("/api/s/{key}/analysis/{name}", asked), ("/api/s/{key}/report", report))
