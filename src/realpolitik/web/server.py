"""The web application: one page, its few files, and the questions it asks; views add routes through a registry."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from realpolitik.errors import Finding, InputRefused, RealpolitikError
from realpolitik.report.figures.style import SHEET
from realpolitik.web.answers import answers
from realpolitik.web.asking import read_request
from realpolitik.web.overview import overview
from realpolitik.web.security import BodyTooLargeError, Door, House
from realpolitik.web.shelf import Shelf
from realpolitik.web.state import text
from realpolitik.web.texts import TEXTS
from realpolitik.web.worker import BusyError, Job, Room

KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
STATUS = {BusyError: 503, BodyTooLargeError: 413}
Body = dict[str, Any]
View = Callable[["Bench", Request, Body], Any]
"""A view: what the workbench has, the request and its JSON body (empty for a GET), to plain data. Runs in a thread."""
Stream = Callable[["Bench", Request, Body], Job]
"""The same for an answer that takes long: a job whose parts are sent as they come."""


@dataclass(eq=False)
class Bench:
    """Everything a view may use."""

    shelf: Shelf
    room: Room = field(default_factory=Room)


def application(bench: Bench, house: House) -> Door:
    """The guarded application."""
    from realpolitik.web.views import LONG, STREAMS, VIEWS  # noqa: PLC0415  (views know the bench)

    routes = [
        Route("/", _page),
        Route("/static/{name}", _static),
        Route("/api/situations", _plainly(bench, situations)),
        Route("/api/s/{key}/overview", _plainly(bench, seen)),
        Route("/api/s/{key}/whatif", _streamed(bench, dragged), methods=["POST"]),
    ]
    routes += [Route(path, _plainly(bench, view), methods=[method]) for path, method, view in VIEWS]
    routes += [Route(path, _streamed(bench, stream), methods=["POST"]) for path, stream in STREAMS]
    routes += [Route(path, _streamed(bench, stream, long=True), methods=["POST"]) for path, stream in LONG]

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        bench.room.close()

    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers={404: _missing, 405: _missing})
    return Door(app, house)


def situations(bench: Bench, request: Request, body: Body) -> Any:
    """Which situations there are."""
    first = next(iter(bench.shelf.entries()), "")
    listing = [{"key": item.key, "own": item.own} for item in bench.shelf.entries().values()]
    return {"situations": listing, "first": first, "documents": bench.shelf.documents is not None}


def seen(bench: Bench, request: Request, body: Body) -> Any:
    """One situation."""
    key = request.path_params["key"]
    return overview(bench.shelf.desk(key), bench.shelf.entry(key))


# Answering


def _plainly(bench: Bench, view: View) -> Callable[[Request], Awaitable[Response]]:
    """A view as an endpoint: JSON in, JSON out, errors as sentences, the work in a thread."""

    async def endpoint(request: Request) -> Response:
        try:
            body = await _body(request)
            made = await run_in_threadpool(view, bench, request, body)
        except RealpolitikError as problem:
            return refusal(problem)
        return made if isinstance(made, Response) else JSONResponse(made)

    return endpoint


def _streamed(bench: Bench, stream: Stream, *, long: bool = False) -> Callable[[Request], Awaitable[Response]]:
    """A stream as an endpoint: a JSON object in each line, as they come; a newer request of the same tab stops it."""

    async def endpoint(request: Request) -> Response:
        try:
            body = await _body(request)
            tab = f"{request.url.path} {text(body.get('tab'), 'tab', 60)}"
            job = await run_in_threadpool(stream, bench, request, body)
            cancel = bench.room.enter(tab)
        except RealpolitikError as problem:
            return refusal(problem)

        async def lines() -> AsyncIterator[str]:
            async with aclosing(bench.room.stream(tab, cancel, job, long=long)) as parts:
                async for part in parts:
                    yield json.dumps(part, ensure_ascii=False) + "\n"

        return StreamingResponse(lines(), media_type="application/x-ndjson")

    return endpoint


def dragged(bench: Bench, request: Request, body: Body) -> Job:
    """The answers to one drag, coarse before refined."""
    desk = bench.shelf.desk(request.path_params["key"])
    asked = read_request(desk.model, body)
    return lambda cancel, tell: answers(desk, asked, cancel)


async def _body(request: Request) -> Body:
    if request.method != "POST":
        return {}
    try:
        found = json.loads(await request.body() or b"{}")
    except (ValueError, RecursionError, ClientDisconnect):
        found = None
    if not isinstance(found, dict):
        raise InputRefused([Finding("error", TEXTS["error.json"])])
    return found


def refusal(problem: RealpolitikError) -> Response:
    """A refusal as JSON, with every finding where there are several."""
    status = STATUS.get(type(problem), 422)
    findings = [shown(item) for item in problem.findings] if isinstance(problem, InputRefused) else []
    return JSONResponse({"error": str(problem), "findings": findings}, status_code=status)


def shown(item: Finding) -> dict[str, Any]:
    """A finding as data."""
    at = item.position
    return {"severity": item.severity, "message": item.message, "hint": item.hint, "line": at.line,
            "column": at.column, "file": at.file.rpartition("/")[2], "code": item.code}  # fmt: skip


async def _missing(request: Request, problem: Exception) -> Response:
    return JSONResponse({"error": TEXTS["error.missing"]}, status_code=getattr(problem, "status_code", 404))


# The page and its files


def static_files() -> dict[str, bytes]:
    """Every file a page may load, by name; nothing else is ever read from disk for an address."""
    folder = resources.files("realpolitik.web") / "static"
    found = {item.name: item.read_bytes() for item in folder.iterdir() if item.name.endswith(tuple(KINDS))}
    return {**found, "figures.css": SHEET.encode(), "texts.js": _texts()}


def _texts() -> bytes:
    """All words of the interface as a module."""
    return f"export const TEXTS = {json.dumps(TEXTS, ensure_ascii=False)};\n".encode()


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    found = static_files().get(name)
    if found is None:
        return JSONResponse({"error": TEXTS["error.missing"]}, status_code=404)
    return Response(found, media_type=KINDS["." + name.rpartition(".")[2]])


async def _page(request: Request) -> Response:
    page = (resources.files("realpolitik.web") / "static" / "page.html").read_text(encoding="utf-8")
    return Response(page, media_type="text/html")
