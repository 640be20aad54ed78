"""Fetching one document from an address the user names; never by itself, never from inside the user's network.

Each hop is checked anew: scheme, port, and every address its name resolves to. The connection then goes to an address
that was checked, not to the name, so an answer of the name service that changes in between changes nothing. Proxies of
the environment are not used. Limits: time in all (also for headers sent byte by byte), bytes, redirects, kinds.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from email.message import Message
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from realpolitik import __version__
from realpolitik.errors import InputRefused
from realpolitik.sources.addresses import first_private
from realpolitik.sources.reading import MEGABYTE, refuse

PORTS = {"https": 443, "http": 80}
SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
"""What may come, and the ending a file of this kind gets."""
REDIRECTS = (301, 302, 303, 307, 308)
CHUNK = 65_536
HINT_SAVE = "Save the document with your browser and give the file."


def resolve(host: str, port: int) -> list[str]:
    """Every address of a name, in the order of the system's preference."""
    return list(dict.fromkeys(str(item[4][0]) for item in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def connect(address: str, port: int, seconds: float) -> socket.socket:
    """A connection to an address (no name is looked up)."""
    return socket.create_connection((address, port), timeout=seconds)


def secure(plain: socket.socket, host: str) -> socket.socket:
    """TLS with the certificate checked against the name."""
    return ssl.create_default_context().wrap_socket(plain, server_hostname=host)


@dataclass(frozen=True)
class Network:
    """How names are resolved and connections made; tests put their own in place."""

    resolve: Callable[[str, int], Sequence[str]] = resolve
    connect: Callable[[str, int, float], socket.socket] = connect
    secure: Callable[[socket.socket, str], socket.socket] = secure


@dataclass(frozen=True)
class Allowed:
    """What a fetch may cost and where it may go."""

    seconds: float = 30.0
    bytes: int = 20 * MEGABYTE
    redirects: int = 5
    private: bool = False


@dataclass(frozen=True)
class Fetched:
    """What came: the address asked and the one that answered, the kind, its charset ("" where unsaid), the bytes."""

    url: str
    final: str
    media_type: str
    charset: str
    data: bytes
    addresses: tuple[str, ...] = field(default=())

    @property
    def name(self) -> str:
        """A name for the file: the end of the address, with the ending of its kind."""
        stem = urlsplit(self.final).path.rstrip("/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
        return (stem[:80] or "document") + SUFFIXES[self.media_type]


def fetch(url: str, allowed: Allowed | None = None, network: Network | None = None) -> Fetched:
    """Fetch the document at `url`, following redirects within the limits.

    Raises InputRefused for an address that is none or not allowed, a server that does not answer in time, and an
    answer that is too large or of a kind that is not read.
    """
    allowed, network = allowed or Allowed(), network or Network()
    until = time.monotonic() + allowed.seconds
    here, seen = url, list[str]()
    for _ in range(allowed.redirects + 1):
        parts = _checked(here, allowed)
        address = _address(parts, allowed, network)
        seen.append(address)
        answer = _Exchange(parts, address, until, allowed, network).run()
        if isinstance(answer, str):
            there = urljoin(here, answer)
            if parts.scheme == "https" and urlsplit(there).scheme == "http":
                raise refuse(here[:200], "It leads from https to plain http.", HINT_SAVE)
            here = there
            continue
        return Fetched(url, here, *answer, tuple(seen))
    raise refuse(url[:200], f"It leads on more than {allowed.redirects} times.", HINT_SAVE)


def _checked(url: str, allowed: Allowed) -> SplitResult:
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as problem:
        raise refuse(url[:200], f"This is no address: {problem}.", "Give https://HOST/PATH.") from None
    if parts.scheme not in PORTS or not parts.hostname:
        raise refuse(url[:200], "This is no address of a web page.", "Give https://HOST/PATH.")
    if parts.username or parts.password:
        raise refuse(parts.hostname, "The address carries a user name or password.", "Give it without.")
    if port not in (None, PORTS[parts.scheme]) and not allowed.private:
        raise refuse(parts.hostname, f"Port {port} is not the usual one of {parts.scheme}.", "Say --allow-private.")
    return parts


def _address(parts: SplitResult, allowed: Allowed, network: Network) -> str:
    """The address to connect to. All of the name's addresses must be public."""
    host = str(parts.hostname)
    try:
        found = list(network.resolve(_ascii(host), parts.port or PORTS[parts.scheme]))
    except (OSError, UnicodeError) as problem:
        raise refuse(host, f"This name has no address: {problem}.", "Check the spelling, or your connection.") from None
    if not found:
        raise refuse(host, "This name has no address.", "Check the spelling.")
    inner = first_private(found)
    if inner and not allowed.private:
        message = f"{host} leads to {inner}, which is no public address; nothing was sent there."
        raise refuse(host, message, "If you mean a server of your own, say --allow-private.")
    return found[0]


def _ascii(host: str) -> str:
    return host if host.isascii() else host.encode("idna").decode("ascii")


class _Exchange:
    """One request and its answer, ended when the time is over whatever the server does."""

    def __init__(self, parts: SplitResult, address: str, until: float, allowed: Allowed, network: Network) -> None:
        self.parts, self.address, self.until, self.allowed, self.network = parts, address, until, allowed, network
        self.host = _ascii(str(parts.hostname))

    def run(self) -> str | tuple[str, str, bytes]:
        """Where it leads on, or kind, charset and bytes."""
        left = self.until - time.monotonic()
        plain: socket.socket | None = None
        try:
            if left <= 0:
                raise TimeoutError("the time is over")
            plain = self.network.connect(self.address, self.parts.port or PORTS[self.parts.scheme], left)
            plain.settimeout(left)
            watch = threading.Timer(left, _end, [plain])
            watch.daemon = True
            watch.start()
            try:
                return self._asked(plain)
            finally:
                watch.cancel()
        except (OSError, http.client.HTTPException, ValueError) as problem:
            late = time.monotonic() >= self.until
            why = f"no whole answer within {self.allowed.seconds:g} s" if late else str(problem) or "it broke off"
            raise refuse(self.host, f"{self.host} cannot be read: {why}.", HINT_SAVE) from None
        finally:
            if plain is not None:
                plain.close()

    def _asked(self, plain: socket.socket) -> str | tuple[str, str, bytes]:
        link = self.network.secure(plain, self.host) if self.parts.scheme == "https" else plain
        connection = http.client.HTTPConnection(self.host, self.parts.port, timeout=self.allowed.seconds)
        connection.sock = link
        path = quote(self.parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        query = f"?{quote(self.parts.query, safe='/%:@!$&()*+,;=?~-._')}" if self.parts.query else ""
        headers = {"User-Agent": f"realpolitik/{__version__}", "Accept-Encoding": "identity", "Connection": "close",
                   "Accept": ", ".join(SUFFIXES)}  # fmt: skip
        connection.request("GET", path + query, headers=headers)
        answer = connection.getresponse()
        if time.monotonic() >= self.until:
            raise TimeoutError
        return self._answered(answer)

    def _answered(self, answer: http.client.HTTPResponse) -> str | tuple[str, str, bytes]:
        if answer.status in REDIRECTS and answer.headers.get("Location"):
            return str(answer.headers["Location"])
        if answer.status != 200:
            raise self._refused(f"It answers {answer.status} {answer.reason[:60]}.")
        kind, charset = _kind(answer.headers)
        if kind not in SUFFIXES:
            raise self._refused(f"It sends '{kind[:60] or 'no content type'}', which is not read.")
        if answer.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise self._refused("It sends packed data that was not asked for; nothing is unpacked.")
        length = answer.headers.get("Content-Length", "")
        if length.isdecimal() and int(length) > self.allowed.bytes:
            raise self._refused(f"It has {int(length):,} bytes; at most {self.allowed.bytes:,} are fetched.")
        return kind, charset, self._body(answer)

    def _body(self, answer: http.client.HTTPResponse) -> bytes:
        pieces, size = [], 0
        while piece := answer.read(CHUNK):
            size += len(piece)
            if size > self.allowed.bytes:
                raise self._refused(f"It sends more than {self.allowed.bytes:,} bytes; nothing was kept.")
            if time.monotonic() > self.until:
                raise TimeoutError
            pieces.append(piece)
        length = answer.headers.get("Content-Length", "")
        if time.monotonic() > self.until or (length.isdecimal() and size < int(length)):
            raise OSError(f"it broke off after {size:,} bytes")
        return b"".join(pieces)

    def _refused(self, message: str) -> InputRefused:
        return refuse(self.host, message, HINT_SAVE)


def _end(link: socket.socket) -> None:
    try:
        link.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


def _kind(headers: Message) -> tuple[str, str]:
    """The content type and its charset, both "" where not said."""
    if not headers.get("Content-Type"):
        return "", ""
    charset = headers.get_content_charset("")
    return headers.get_content_type(), charset if charset.replace("-", "").replace("_", "").isalnum() else ""
