"""Whatever a page sends, the workbench answers it or refuses it in a sentence: no request ends in an error of ours."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("starlette")
pytest.importorskip("httpx")

from starlette.testclient import TestClient

from realpolitik.web.security import house
from realpolitik.web.server import Bench, application
from realpolitik.web.shelf import Shelf
from realpolitik.web.views import LONG, STREAMS, VIEWS
from tests.web.conftest import HOST, TOKEN, project

POSTS = sorted(path for path, method, _ in VIEWS if method == "POST")
HEAVY = {path for path, _ in (*STREAMS, *LONG) if path != "/api/s/{key}/report"} | {"/api/s/{key}/whatif"}
DEFECT = "failed inside the workbench"
ANALYSES = ("gains", "nothing", "..")
KEYS = (
    "act", "actor", "articles", "ask", "before", "by", "choices", "credibility", "date", "depth", "draws", "end",
    "every", "from", "hold", "id", "keep", "level", "line", "move", "name", "note", "outlet", "p", "paraphrase",
    "picture", "pictures", "place", "question", "readings", "reliability", "rule", "seats", "sheets", "show", "source",
    "state", "tab", "text", "until", "value", "world", "years",
)  # fmt: skip
"""What the pages send, in all views."""
TEXTS = st.sampled_from((
    "", "ALA", "ALA.arm", "on", "c1", "p-001", "accepted", "me", "2024-06-01", "strait", "../x", "tension", "A",
    "\ud800", "\x00", "a" * 700, "P(tension > 0.5 by 2 years)", "- [", "situation: X",
)) | st.text(max_size=8)  # fmt: skip
NUMBERS = st.sampled_from([0, 1, -1, 2, 0.5, 1e308, 10**30, float("nan"), float("inf"), True, None])
VALUES = st.recursive(
    TEXTS | NUMBERS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | TEXTS, inner, max_size=3),
    max_leaves=6,
)
BODIES = st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=8)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    folder = Path(tempfile.mkdtemp())
    project(folder)
    with TestClient(application(Bench(Shelf(folder)), house("127.0.0.1", 8000, TOKEN)), base_url=HOST) as found:
        found.cookies.set("realpolitik-8000", TOKEN)
        found.headers["origin"] = HOST
        yield found
    shutil.rmtree(folder)


def checked(client: TestClient, path: str, body: dict[str, Any], key: str, name: str) -> None:
    url = path.replace("{key}", key).replace("{name}", name)
    answer = client.post(url, content=json.dumps(body), headers={"content-type": "application/json"})
    assert answer.status_code in (200, 404, 409, 413, 422), answer.text
    if answer.status_code != 200:
        assert answer.json()["error"]
    elif path in HEAVY:
        assert not [line for line in answer.text.splitlines() if DEFECT in line]


asked = given(body=BODIES, key=st.sampled_from(["strait"] * 8 + ["nothing", "..%2f"]), name=st.sampled_from(ANALYSES))


@pytest.mark.slow
@pytest.mark.parametrize("path", POSTS)
def test_any_body_is_answered_or_refused(client: TestClient, path: str) -> None:
    settings(max_examples=20, deadline=None)(asked(lambda **given: checked(client, path, **given)))()


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted(HEAVY))
def test_any_body_of_what_is_streamed_is_too(client: TestClient, path: str) -> None:
    settings(max_examples=4, deadline=None)(asked(lambda **given: checked(client, path, **given)))()
