"""Long answers in parts: a question asked by a button, with progress and a way to stop it, and the report."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from starlette.requests import Request

from realpolitik.dynamics.engine import RunCancelledError
from realpolitik.errors import QuestionRefused
from realpolitik.results.progress import Told
from realpolitik.results.result import plain
from realpolitik.web.state import real
from realpolitik.web.views.asked import ANALYSES, Asked, tables
from realpolitik.web.wording import told, words_for
from realpolitik.web.worker import Job


def telling(cancel: Any, tell: Any) -> Told:
    """What tells the page of progress, and stops the work once the page has gone."""

    def telling_of(words: str, done: int, total: int) -> None:
        if cancel.is_set():
            raise RunCancelledError("The work was stopped.")
        tell({"progress": done, "total": total, "text": words})

    return telling_of


def asked(bench: Any, request: Request, body: dict[str, Any]) -> Job:
    """One analysis by its name."""
    name = request.path_params["name"]
    if name not in ANALYSES:
        raise QuestionRefused(f"There is no analysis '{name[:40]}'.")
    desk = bench.shelf.desk(request.path_params["key"])
    project = desk.quick(int(real(body.get("draws", 64), "draws")))

    def job(cancel: Any, tell: Any) -> Iterator[dict[str, Any]]:
        began = time.perf_counter()
        with desk.heeding(cancel):
            found, pictures = ANALYSES[name](Asked(project, body, telling(cancel, tell)))
        words = words_for(project.situation)
        sentences = [told(words, sentence) for sentence in found.sentences]
        made = {"question": words.readable(found.question), "sentences": sentences, "tables": tables(found.rows)}
        took = round(time.perf_counter() - began, 1)
        draws = found.about.get("draws", project.settings.draws)
        yield plain({"result": made, "pictures": pictures, "draws": draws, "seconds": took})

    return job


def report(bench: Any, request: Request, body: dict[str, Any]) -> Job:
    """The report of the situation as one file to keep, with progress."""
    desk = bench.shelf.desk(request.path_params["key"])

    def job(cancel: Any, tell: Any) -> Iterator[dict[str, Any]]:
        from realpolitik.project.report import report_data  # noqa: PLC0415
        from realpolitik.report.page.page import page  # noqa: PLC0415

        data = report_data(desk.project, told=telling(cancel, tell))
        yield {"html": page(data), "name": f"{request.path_params['key']}.html"}

    return job


STREAMS = (("/api/s/{key}/analysis/{name}", asked), ("/api/s/{key}/report", report))
