"""Who gets in: this run's token, our own host and origin, small JSON bodies, nothing by path."""

from __future__ import annotations

import asyncio
import re
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from realpolitik.web import run
from realpolitik.web.security import MOST_BYTES, POLICY, Door, house
from realpolitik.web.server import Bench, application, static_files
from realpolitik.web.texts import TEXTS

from .conftest import TOKEN

GETS = (
    "/",
    "/static/app.js",
    "/api/situations",
    "/api/s/strait/overview",
    "/api/s/strait/file",
    "/api/s/strait/claims",
)
POSTS = ("whatif", "why", "scenario", "file/save", "claims/propose", "seat", "compare", "analysis/leverage")


@pytest.mark.parametrize("path", GETS)
def test_without_the_token_nothing_is_told(stranger: TestClient, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 401
    assert set(answer.json()) == {"error"}


@pytest.mark.parametrize("token", ["", "x", TOKEN[:-1], TOKEN + "x", "é"])
def test_a_wrong_token_is_no_token(stranger: TestClient, token: str) -> None:
    assert stranger.get("/", params={"token": token}, follow_redirects=False).status_code == 401
    assert stranger.get("/api/situations", headers={"cookie": f"realpolitik-8000={token}".encode()}).status_code == 401


def test_the_link_brings_the_token_into_a_strict_cookie_and_out_of_the_address(stranger: TestClient) -> None:
    answer = stranger.get("/", params={"token": TOKEN}, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_the_link_is_no_key_to_the_interface(stranger: TestClient) -> None:
    assert stranger.get("/api/situations", params={"token": TOKEN}).status_code == 401


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1:9", "127.0.0.1", "", "127.0.0.1:8000.evil"]
)
def test_another_host_name_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/api/situations", headers={"host": host}).status_code == 403


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "", "https://127.0.0.1:8000", "http://127.0.0.1:8001"]
)
@pytest.mark.parametrize("path", POSTS)
def test_a_write_from_elsewhere_is_refused(client: TestClient, origin: str, path: str) -> None:
    answer = client.post(f"/api/s/strait/{path}", json={}, headers={"origin": origin})
    assert answer.status_code == 403


def test_a_write_the_browser_calls_foreign_is_refused(client: TestClient) -> None:
    headers = {"sec-fetch-site": "cross-site"}
    assert client.post("/api/s/strait/scenario", json={}, headers=headers).status_code == 403


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_a_form_cannot_write(client: TestClient, kind: str) -> None:
    answer = client.post("/api/s/strait/scenario", content=b"{}", headers={"content-type": kind})
    assert answer.status_code == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_do_nothing(client: TestClient, method: str) -> None:
    assert client.request(method, "/api/s/strait/file").status_code == 405


@pytest.mark.parametrize("body", [b"", b"[]", b"nope", b'{"a":', b"\xff\xfe", b"[" * 5000, b"1e999"])
def test_what_is_no_object_is_refused_in_a_sentence(client: TestClient, body: bytes) -> None:
    answer = client.post("/api/s/strait/scenario", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["error"]


def test_a_situation_of_five_megabytes_is_refused_before_it_is_read(client: TestClient) -> None:
    answer = client.post("/api/s/strait/file/check", json={"text": "a" * 5_000_000})
    assert answer.status_code == 413


def test_a_body_that_hides_its_size_is_cut_off(client: TestClient) -> None:
    pieces = (b"x" * 500_000 for _ in range(MOST_BYTES // 500_000 + 2))
    answer = client.post("/api/s/strait/file/check", content=pieces, headers={"content-type": "application/json"})
    assert answer.status_code == 413


CLIMBING = (
    "..",
    "../..",
    "%2e%2e",
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "....//",
    "%00",
    "C:%5C",
    "~",
)


@pytest.mark.parametrize("name", CLIMBING)
def test_no_path_leads_out_of_the_shelf(client: TestClient, name: str) -> None:
    for path in (f"/api/s/{name}/overview", f"/api/s/{name}/file", f"/static/{name}", f"/api/s/strait/{name}"):
        answer = client.get(path)
        assert answer.status_code in (401, 404, 405, 422) or answer.url.path == "/", path
        assert "root:" not in answer.text


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".", "A", "a" * 60, "a\x00", "con fused", "é"])
def test_a_copy_has_a_plain_name(client: TestClient, folder: Any, name: str) -> None:
    before = sorted(folder.rglob("*"))
    answer = client.post("/api/s/strait/file/copy", json={"name": name})
    assert answer.status_code == 422
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("path", GETS)
def test_every_answer_carries_the_policy(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    assert "default-src 'none'" in POLICY
    assert not re.search(r"unsafe|\*|https?:", POLICY)


def test_no_file_of_the_page_names_another_host() -> None:
    page = (resources.files("realpolitik.web") / "static" / "page.html").read_bytes()
    for name, content in {**static_files(), "page.html": page}.items():
        addresses = set(re.findall(r"(?:https?:)?//[\w.-]+\.\w+[^\s\"'`]*", content.decode()))
        assert not {item for item in addresses if "www.w3.org/2000/svg" not in item}, name


def test_the_page_has_no_inline_script_or_style(client: TestClient) -> None:
    page = client.get("/").text
    assert not re.search(r"<script(?![^>]*src=)|<style|\son\w+=|style=", page)


def test_first_page_weighs_little(client: TestClient) -> None:
    whole = len(client.get("/").content) + sum(len(item) for item in static_files().values())
    assert whole < 500_000


def test_all_words_are_in_one_place() -> None:
    """Every word asked for is in the table, and none is there in vain."""
    files = {name: item.decode() for name, item in static_files().items()}
    scripts = "".join(item for name, item in files.items() if name.endswith(".js") and name != "texts.js")
    folder = Path(str(resources.files("realpolitik.web")))
    sources = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py") if path.name != "texts.py")
    asked = set(re.findall(r"""\bt\(\s*"([a-z]+\.[\w.]+)\"""", scripts))
    named = {key for key in TEXTS if f'"{key}"' in scripts + sources or key.startswith("nav.")}
    assert asked <= set(TEXTS)
    assert named == set(TEXTS)


def test_another_address_than_this_machine_is_warned_of(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(run.uvicorn.Server, "run", lambda self, sockets: [item.close() for item in sockets])
    run.serve(bench.shelf, host="0.0.0.0", port=0, told=told.append)
    assert told[0].startswith("WARNING")
    told.clear()
    run.serve(bench.shelf, host="127.0.0.1", port=0, told=told.append)
    assert not any(line.startswith("WARNING") for line in told)
    assert re.search(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{30,}", told[0])


def test_two_starts_have_two_tokens(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(run.uvicorn.Server, "run", lambda self, sockets: [item.close() for item in sockets])
    for _ in range(2):
        run.serve(bench.shelf, host="127.0.0.1", port=0, told=told.append)
    links = [line.partition("token=")[2] for line in told if "token=" in line]
    assert len(set(links)) == 2


def test_every_route_that_changes_something_is_a_post(bench: Bench) -> None:
    app = application(bench, house("127.0.0.1", 8000, TOKEN)).app
    changing = ("save", "undo", "copy", "scenario", "propose", "decide", "grade")
    routes = [item for item in app.routes if isinstance(item, Route)]  # type: ignore[attr-defined]
    found = [item for item in routes if item.path.rpartition("/")[2] in changing]
    assert len(found) == len(changing)
    assert all(item.methods == {"POST"} for item in found)


def test_what_answers_nothing_in_time_is_given_up(bench: Bench) -> None:
    async def slow(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(30)

    door = Door(slow, house("127.0.0.1", 8000, TOKEN), seconds=0.2)
    client = TestClient(door, base_url="http://127.0.0.1:8000")
    client.cookies.set("realpolitik-8000", TOKEN)
    answer = client.get("/")
    assert answer.status_code == 503
    assert answer.headers["content-security-policy"] == POLICY
