"""The situation's file: its text, what is wrong with it while one types, saving, undoing, copying."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from realpolitik.errors import QuestionRefused
from realpolitik.project.network import links, nodes
from realpolitik.report.figures.network import network
from realpolitik.results.result import plain
from realpolitik.situation.reader import Reading
from realpolitik.web import files
from realpolitik.web.drawing import drawn
from realpolitik.web.state import text

LONGEST = 2_000_000


def opened(bench: Any, request: Request, body: dict[str, Any]) -> Any:
    """The text, with what is wrong with it."""
    entry = bench.shelf.entry(request.path_params["key"])
    written = files.read(entry)
    return {"text": written, "name": entry.file.name, "own": entry.own, **_told(files.checked(entry, written), body)}


def check(bench: Any, request: Request, body: dict[str, Any]) -> Any:
    """What is wrong with a text, at line and column; with `picture`, the system it describes."""
    entry = bench.shelf.entry(request.path_params["key"])
    return _told(files.checked(entry, text(body.get("text"), "text", LONGEST)), body)


def _told(reading: Reading, body: dict[str, Any]) -> dict[str, Any]:
    from realpolitik.web.server import shown  # noqa: PLC0415

    notes = len(reading.findings) - reading.errors
    told: dict[str, Any] = {
        "errors": reading.errors,
        "notes": notes,
        "findings": [shown(item) for item in reading.findings[:200]],
    }
    if reading.situation is not None and body.get("picture"):
        told["figure"] = drawn(network(nodes(reading.situation), links(reading.situation)))
    return plain(told)  # type: ignore[no-any-return]


def save(bench: Any, request: Request, body: dict[str, Any]) -> Any:
    """Save the text. One with errors is kept too (it is the user's file), but nothing runs until it is mended."""
    entry = bench.shelf.entry(request.path_params["key"])
    written, before = text(body.get("text"), "text", LONGEST), body.get("before")
    if before is not None and text(before, "before", LONGEST) != files.read(entry):
        raise QuestionRefused("The file was changed by somebody else meanwhile. Reload it before saving.")
    reading = files.checked(entry, written)
    files.save(bench.shelf, entry, written)
    return {"saved": entry.file.name, **_told(reading, body)}


def undo(bench: Any, request: Request, body: dict[str, Any]) -> Any:
    """The text before the last save, put back."""
    entry = bench.shelf.entry(request.path_params["key"])
    written = files.undo(bench.shelf, entry)
    return {"text": written, **_told(files.checked(entry, written), body)}


def copy(bench: Any, request: Request, body: dict[str, Any]) -> Any:
    """A copy of one's own."""
    entry = bench.shelf.entry(request.path_params["key"])
    written = body.get("text")
    made = None if written is None else text(written, "text", LONGEST)
    return {"key": files.copy(bench.shelf, entry, text(body.get("name"), "name", 40), made)}


VIEWS = (
    ("/api/s/{key}/file", "GET", opened),
    ("/api/s/{key}/file/check", "POST", check),
    ("/api/s/{key}/file/save", "POST", save),
    ("/api/s/{key}/file/undo", "POST", undo),
    ("/api/s/{key}/file/copy", "POST", copy),
)
