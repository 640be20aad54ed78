"""`rpol serve`: choose a token, say where the workbench is, and serve until interrupted."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import uvicorn

from realpolitik.errors import QuestionRefused
from realpolitik.web.security import house
from realpolitik.web.server import Bench, application
from realpolitik.web.shelf import Shelf

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve(
    shelf: Shelf, *, host: str, port: int, told: Callable[[str], Any], names: Iterable[str] = (), token: str = ""
) -> None:
    """Serve the shelf on `host` and `port` (0: any free one) until interrupted.

    `names`: other names this machine is reached under. Raises `QuestionRefused` where the port is taken.
    """
    opened = listening(host, port)
    port = opened.getsockname()[1]
    token = token or secrets.token_urlsafe(24)
    guarded = application(Bench(shelf), house(host, port, token, names))
    if host not in LOOPBACK:
        told(f"WARNING  {host} is not this machine alone: whoever has the link can read and change your situations.")
    told(f"Workbench  http://{_shown(host)}:{port}/?token={token}")
    told("It is reachable with this link only. Stop with Ctrl-C.")
    config = uvicorn.Config(
        guarded, log_level="warning", access_log=False, server_header=False, timeout_keep_alive=30,
        limit_concurrency=200, h11_max_incomplete_event_size=65_536, ws="none", lifespan="on",
        timeout_graceful_shutdown=2,
    )  # fmt: skip
    uvicorn.Server(config).run(sockets=[opened])


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def listening(host: str, port: int) -> socket.socket:
    """A socket bound before anything is said of it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((host, port))
    except OSError as problem:
        opened.close()
        raise QuestionRefused(f"Port {port} on {host} cannot be used ({problem.strerror}). Try --port 0.") from problem
    return opened


def shelf_for(path: Path | None, folder: Path, documents: Path | None, settings: dict[str, Any]) -> Shelf:
    """The shelf of a folder, with the situation given at the start."""
    return Shelf(folder.resolve(), path.resolve() if path else None, documents, settings)
