"""Who may speak to the workbench: this machine's browser, with this run's token, from the workbench's own pages.

Every request passes here first. The Host header must be ours (DNS rebinding), the token must be known (cookie, or the
link printed at the start, which sets it), writes must come from our own origin (CSRF) and stay under a size and a time.
Every answer carries a strict content policy: only our own scripts and styles run, nothing is loaded from elsewhere.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from realpolitik.errors import RealpolitikError
from realpolitik.web.texts import TEXTS

MOST_BYTES = 2_500_000
MOST_SECONDS = 120.0
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)


@dataclass(frozen=True)
class House:
    """Under which names we are reached, and the token of this run."""

    hosts: frozenset[str]
    token: str
    cookie: str = "realpolitik"

    def knows(self, token: str) -> bool:
        """Is it this run's token? Compared in constant time."""
        return hmac.compare_digest(token.encode(), self.token.encode())


def house(host: str, port: int, token: str, also: Iterable[str] = ()) -> House:
    """The names a server on `host` and `port` answers to."""
    names = {host, *also, *(("localhost", "127.0.0.1", "[::1]") if _is_local(host) else ())}
    return House(frozenset(f"{name}:{port}" for name in names), token, f"realpolitik-{port}")


def _is_local(host: str) -> bool:
    return host in ("localhost", "127.0.0.1", "::1", "[::1]")


class Door:
    """The ASGI layer every request passes."""

    def __init__(self, app: ASGIApp, house: House, seconds: float = MOST_SECONDS) -> None:
        self.app, self.house, self.seconds = app, house, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or let in with limits and headers."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        answer = self.refusal(scope)
        if answer is not None:
            await answer(scope, receive, _with_headers(send))
            return
        await self._limited(scope, receive, _with_headers(send))

    def refusal(self, scope: Scope) -> Response | None:
        """The answer to a request that may not pass (or that brings the token); None to let it in."""
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if headers.get("host", "") not in self.house.hosts:
            return _refused(403, TEXTS["error.host"])
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return _refused(405, TEXTS["error.method"])
        if scope["method"] == "POST" and (problem := self._write(headers)):
            return _refused(403, problem)
        if self.house.knows(_cookie(headers.get("cookie", ""), self.house.cookie)):
            return _refused(413, TEXTS["error.size"]) if _size(headers) > MOST_BYTES else None
        return self._arriving(scope)

    def _write(self, headers: dict[str, str]) -> str:
        """What is wrong with a write: it must be JSON from one of our own pages."""
        own = {f"http://{host}" for host in self.house.hosts}
        if headers.get("origin") not in own or headers.get("origin") != f"http://{headers['host']}":
            return TEXTS["error.origin"]
        if headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return TEXTS["error.origin"]
        return "" if headers.get("content-type", "").startswith("application/json") else TEXTS["error.json"]

    def _arriving(self, scope: Scope) -> Response:
        """Somebody with the link: the token goes into a cookie and out of the address. Anybody else is told how."""
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if scope["method"] != "GET" or scope["path"] != "/" or not self.house.knows(given):
            return _refused(401, TEXTS["error.token"])
        answer = RedirectResponse("/", status_code=303)
        answer.set_cookie(self.house.cookie, self.house.token, httponly=True, samesite="strict", path="/")
        return answer

    async def _limited(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count the body as it comes, and give up on what has answered nothing in time (a stream may go on)."""
        seen, begun = 0, False

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > MOST_BYTES:
                raise BodyTooLargeError(TEXTS["error.size"])
            return message

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        running = asyncio.ensure_future(self.app(scope, counted, watched))
        done, _ = await asyncio.wait((running,), timeout=self.seconds)
        if not done and not begun:
            running.cancel()
            await _refused(503, TEXTS["error.late"])(scope, receive, send)
            return
        await running


class BodyTooLargeError(RealpolitikError):
    """A body went over the limit while it came."""


def _refused(status: int, words: str) -> Response:
    return JSONResponse({"error": words}, status_code=status)


def _size(headers: dict[str, str]) -> int:
    given = headers.get("content-length", "0")
    return int(given) if given.isdecimal() else MOST_BYTES + 1


def _cookie(header: str, name: str) -> str:
    try:
        found = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def _with_headers(send: Send) -> Callable[[Message], Awaitable[None]]:
    """`send`, with the policy on every answer."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            named = {name for name, _ in HEADERS}
            kept = [(name, value) for name, value in message.get("headers", []) if name.lower() not in named]
            message = {**message, "headers": [*kept, *HEADERS]}
        await send(message)

    return sending
