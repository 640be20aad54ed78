"""Fetching: a local server stands for every machine of the world, a table for the name service."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner

from realpolitik.errors import InputRefused, QuestionRefused
from realpolitik.project import ingest
from realpolitik.sources.addresses import is_public
from realpolitik.sources.fetching import Allowed, Fetched, Network, fetch
from realpolitik.sources.snapshot import SnapshotFolder
from tests.sources.test_source_commands import app

PUBLIC = "93.184.216.34"
PAGE = b"<html><body><article><p>The talks may fail, the envoy of France said.</p></article></body></html>"
Reply = tuple[int, dict[str, str], bytes]
PAGES: dict[str, Reply] = {
    "/page": (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE),
    "/latin": (200, {"Content-Type": "text/plain; charset=iso-8859-1"}, "Señor Alm said no.".encode("latin-1")),
    "/away": (302, {"Location": "http://inner.example.org/secret"}, b""),
    "/file": (302, {"Location": "file:///etc/hostname"}, b""),
    "/on": (301, {"Location": "/page"}, b""),
    "/round": (302, {"Location": "/round"}, b""),
    "/program": (200, {"Content-Type": "application/x-msdownload"}, b"MZ"),
    "/untold": (200, {}, b"words"),
    "/packed": (200, {"Content-Type": "text/plain", "Content-Encoding": "gzip"}, b"\x1f\x8b"),
    "/said-large": (200, {"Content-Type": "text/plain", "Content-Length": "200000000"}, b""),
    "/endless": (200, {"Content-Type": "text/plain"}, b"x" * 5_000),
    "/short": (200, {"Content-Type": "text/plain", "Content-Length": "50"}, b"cut"),
    "/gone": (404, {"Content-Type": "text/html"}, b"gone"),
    "/..%2F..%2Fevil": (200, {"Content-Type": "text/plain"}, b"The talks failed, the envoy said."),
}


class Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append((self.headers["Host"], self.path))  # type: ignore[attr-defined]
        if self.path == "/slow":
            self.drip()
            return
        status, headers, body = PAGES[self.path]
        self.send_response_only(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def drip(self) -> None:
        with contextlib.suppress(OSError):
            self.wfile.write(b"HTTP/1.0 200 OK\r\nX-Header: ")
            for _ in range(100):
                self.wfile.write(b"a")
                self.wfile.flush()
                time.sleep(0.05)

    def log_message(self, *args: object) -> None:
        """Silent."""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    made = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    made.daemon_threads, made.block_on_close = True, False
    made.asked = []  # type: ignore[attr-defined]
    threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


class World:
    """A name service by table, and connections that all end at one local server; both are written down."""

    def __init__(self, server: ThreadingHTTPServer, names: dict[str, Sequence[Sequence[str]]]) -> None:
        self.port = server.server_address[1]
        self.names = {name: list(answers) for name, answers in names.items()}
        self.reached: list[str] = []
        self.looked_up: list[str] = []

    def resolve(self, host: str, port: int) -> Sequence[str]:
        self.looked_up.append(host)
        answers = self.names.get(host)
        if not answers:
            raise OSError("no such name")
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def connect(self, address: str, port: int, seconds: float) -> socket.socket:
        self.reached.append(address)
        return socket.create_connection(("127.0.0.1", self.port), timeout=seconds)

    def get(self, url: str, **allowed: float) -> Fetched:
        return fetch(url, Allowed(**allowed), Network(self.resolve, self.connect, lambda plain, host: plain))  # type: ignore[arg-type]


@pytest.fixture
def world(server: ThreadingHTTPServer) -> World:
    inner = [["10.0.0.5"]]
    return World(
        server, {"news.example.org": [[PUBLIC]], "inner.example.org": inner, "two.example.org": [[PUBLIC, "::1"]]}
    )


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1",
     "2002:7f00:1::", "localhost", ""],
)  # fmt: skip
def test_inner_addresses_in_every_dress_are_not_public(address: str) -> None:
    assert not is_public(address)


def test_a_page_is_fetched_by_its_name_from_the_address_that_was_checked(
    world: World, server: ThreadingHTTPServer
) -> None:
    found = world.get("https://news.example.org/page")
    assert (found.data, found.media_type, found.charset, found.name) == (PAGE, "text/html", "utf-8", "page.html")
    assert world.reached == [PUBLIC]
    assert server.asked == [("news.example.org", "/page")]  # type: ignore[attr-defined]


def test_a_name_that_changes_its_address_after_the_check_gains_nothing(world: World) -> None:
    world.names["turning.example.org"] = [[PUBLIC], ["127.0.0.1"]]
    world.get("http://turning.example.org/page")
    assert (world.looked_up, world.reached) == (["turning.example.org"], [PUBLIC])
    with pytest.raises(InputRefused, match=r"127\.0\.0\.1, which is no public address"):
        world.get("http://turning.example.org/page")


@pytest.mark.parametrize("host", ["inner.example.org", "two.example.org"])
def test_names_with_an_inner_address_are_refused_before_a_connection(world: World, host: str) -> None:
    with pytest.raises(InputRefused, match="no public address"):
        world.get(f"https://{host}/page")
    assert world.reached == []


def test_every_redirect_is_checked_anew(world: World) -> None:
    assert world.get("https://news.example.org/on").final == "https://news.example.org/page"
    with pytest.raises(InputRefused, match="no public address"):
        world.get("http://news.example.org/away")
    assert "10.0.0.5" not in world.reached
    for path, why in (("/file", "no address of a web page"), ("/round", "leads on more than 5 times")):
        with pytest.raises(InputRefused, match=why):
            world.get(f"http://news.example.org{path}")
    with pytest.raises(InputRefused, match="from https to plain http"):
        world.get("https://news.example.org/away")


@pytest.mark.parametrize(
    ("path", "why"),
    [("/program", "not read"), ("/untold", "no content type"), ("/packed", "nothing is unpacked"), ("/gone", "404"),
     ("/said-large", "200,000,000 bytes"), ("/endless", "more than 1,000 bytes"), ("/short", "broke off after 3")],
)  # fmt: skip
def test_what_is_too_large_cut_or_of_another_kind_is_refused(world: World, path: str, why: str) -> None:
    with pytest.raises(InputRefused, match=why):
        world.get(f"https://news.example.org{path}", bytes=1_000)


def test_a_server_that_sends_its_headers_byte_by_byte_is_left(world: World) -> None:
    start = time.monotonic()
    with pytest.raises(InputRefused, match=r"within 0\.3 s"):
        world.get("https://news.example.org/slow", seconds=0.3)
    assert time.monotonic() - start < 2


@pytest.mark.parametrize(
    "url",
    ["ftp://news.example.org/a", "https://", "https://user:word@news.example.org/", "https://news.example.org:22/",
     "http://[::1", "https://nowhere.example.org/", "news.example.org"],
)  # fmt: skip
def test_addresses_that_are_none_are_refused_with_a_way_out(world: World, url: str) -> None:
    with pytest.raises(InputRefused) as caught:
        world.get(url)
    assert caught.value.findings[0].hint
    assert world.reached == []


def test_what_was_fetched_is_kept_with_its_address_and_read_by_its_hash(world: World, tmp_path: Path) -> None:
    item, _ = ingest.fetched(
        "https://news.example.org/on", network=Network(world.resolve, world.connect, lambda p, h: p)
    )
    assert item.document.metadata["url"] == "https://news.example.org/page"
    kept = ingest.kept(tmp_path, item)
    again = ingest.brought(kept.sha256[:10], tmp_path)
    assert (again.data, again.document.text) == (PAGE, "The talks may fail, the envoy of France said.")
    assert "url" in next(iter(SnapshotFolder(tmp_path).root.glob("*/snapshot.json"))).read_text()


def test_the_charset_of_the_answer_counts_and_no_name_becomes_a_path(world: World, tmp_path: Path) -> None:
    network = Network(world.resolve, world.connect, lambda p, h: p)
    latin, _ = ingest.fetched("https://news.example.org/latin", network=network)
    assert latin.document.text == "Señor Alm said no."
    evil, _ = ingest.fetched("https://news.example.org/..%2F..%2Fevil", network=network)
    ingest.kept(tmp_path / "case", evil)
    assert {path.parent.parent.parent.name for path in tmp_path.rglob("original")} == {"case"}
    assert not list(tmp_path.rglob("*evil*"))


def test_nothing_is_fetched_unasked() -> None:
    with pytest.raises(QuestionRefused, match="rpol sources add https"):
        ingest.brought("https://news.example.org/page")


def test_the_command_asks_leave_for_a_server_of_ones_own(server: ThreadingHTTPServer, tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{server.server_address[1]}/page"
    refused = CliRunner().invoke(app(), ["sources", "add", url, "--project", str(tmp_path)])
    assert refused.exit_code == 2
    assert "--allow-private" in refused.output
    assert server.asked == []  # type: ignore[attr-defined]
    done = CliRunner().invoke(app(), ["sources", "add", url, "--project", str(tmp_path), "--allow-private", "--json"])
    assert json.loads(done.stdout)["url"] == url
