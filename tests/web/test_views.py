"""The views of the later verbs: every question by its button, texts read, sheets merged, forecasts kept."""

from __future__ import annotations

import csv
import json
import threading
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from realpolitik.claims.ledger import ClaimsLedger
from realpolitik.dynamics.engine import RunCancelledError
from realpolitik.errors import QuestionRefused
from realpolitik.project.forecasts import Ledger
from realpolitik.web.desk import Desk
from realpolitik.web.server import static_files
from realpolitik.web.views.asked import ANALYSES, Asked
from realpolitik.web.views.results import telling
from realpolitik.web.worker import Room

ARTICLE = """The minister of Aland, Jon Alm, said on Monday that the blockade would raise tension in the strait.

Officials in Patria said that Aland has begun arming. "We will not stand by", the officials said.
"""
GIVEN: dict[str, dict[str, Any]] = {
    "stability": {"focal": ["ALA.arm", "BOR.blockade"]},
    "policy": {"who": ["BOR"], "plans": "BOR.blockade=on\nBOR.blockade=on if evidence > 0.6"},
    "flip": {"line": "gain(BOR at 3 years | do(ALA.arm)) < 0"},
    "discover": {"line": "P(tension > 0.5 by 3 years)"},
    "indicators": {"outcomes": "BOR.blockade=on by 3 years"},
    "assimilate": {"saw": "tension at 2024-06: 0.5 to 0.7, grade B2"},
}
QUICK = ("norms", "sensitivity")


def streamed(client: TestClient, path: str, body: dict[str, Any]) -> list[dict[str, Any]]:
    answer = client.post(path, json=body)
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


def post(client: TestClient, path: str, **body: Any) -> Any:
    return client.post(f"/api/s/strait/{path}", json=body)


@pytest.mark.parametrize("name", [item if item in QUICK else pytest.param(item, marks=pytest.mark.slow)
                                  for item in ANALYSES])  # fmt: skip
def test_a_question_is_answered_with_its_cost_or_refused_in_a_sentence(client: TestClient, name: str) -> None:
    part = streamed(client, f"/api/s/strait/analysis/{name}", GIVEN.get(name, {}))[-1]
    if "error" in part:  # some questions have no answer on so small a situation
        assert "failed inside" not in part["error"]
        assert name in ("contingencies", "hypotheses", "premortem", "assumptions", "discover")
        return
    assert part["result"]["sentences"]
    assert part["draws"] >= 64
    assert part["seconds"] >= 0
    assert all(len(row) == len(each["columns"]) for each in part["result"]["tables"] for row in each["rows"])


def test_every_question_has_a_button() -> None:
    scripts = "".join(item.decode() for name, item in static_files().items() if name.startswith("view_"))
    assert not [name for name in ANALYSES if f'"{name}"' not in scripts and f'"leverage.{name}"' not in scripts]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("stability", {"focal": ["ALA.arm"]}),
        ("stability", {"focal": "ALA.arm"}),
        ("policy", {"plans": "BOR.blockade=on"}),
        ("policy", {"who": ["XXX"], "plans": "BOR.blockade=on"}),
        ("sensitivity", {"line": "99"}),
        ("sensitivity", {"line": "gain("}),
        ("assimilate", {"saw": "nothing of the kind"}),
        ("assimilate", {"saw": 7}),
    ],
)
def test_what_cannot_be_asked_is_told(client: TestClient, name: str, body: dict[str, Any]) -> None:
    (part,) = streamed(client, f"/api/s/strait/analysis/{name}", body)
    assert part["error"]
    assert "failed inside" not in part["error"]


@pytest.mark.parametrize("draws", [0, 65, 10**6, "64", True, None])
def test_only_offered_numbers_of_draws_are_run(client: TestClient, draws: Any) -> None:
    assert post(client, "analysis/norms", draws=draws).status_code == 422


def test_a_question_that_was_left_stops_between_runs(desk: Desk) -> None:
    cancel = threading.Event()
    cancel.set()
    asked = Asked(desk.quick(64), {"line": "gain(BOR at 1 years | do(BOR.blockade))"}, telling(cancel, print))
    with desk.heeding(cancel), pytest.raises(RunCancelledError):
        ANALYSES["sensitivity"](asked)
    with desk.heeding(threading.Event()):
        assert ANALYSES["sensitivity"](asked)[0].sentences
    with pytest.raises(QuestionRefused):
        desk.quick(7)


def test_a_long_question_does_not_hold_up_a_drag() -> None:
    room, seen = Room(workers=1), threading.Event()
    release = threading.Event()
    room.long.submit(release.wait)
    room.pool.submit(seen.set)
    assert seen.wait(5)
    release.set()
    room.close()


# Texts


@pytest.fixture
def read(client: TestClient) -> dict[str, Any]:
    body = {"text": ARTICLE, "name": "harbour", "outlet": "The Paper", "date": "2024-02-01", "keep": True}
    return streamed(client, "/api/s/strait/read", body)[-1]


def test_an_article_is_read_and_its_proposals_decided(client: TestClient, folder: Path, read: dict[str, Any]) -> None:
    assert [row for row in read["rows"] if row["row"] == "claim"]
    name = next(filter(None, read["kept"]["claims"]))
    proposed = client.get("/api/s/strait/claims").json()["proposals"]
    assert name in [item["id"] for item in proposed]
    assert "harbour" in (folder / "strait" / "sources.yaml").read_text(encoding="utf-8")
    assert post(client, "claims/decide", id=name, act="accepted", by="R. Example").status_code == 200
    assert name in [item["id"] for item in client.get("/api/s/strait/claims").json()["claims"]]
    changes = [item for item in proposed if item.get("change")]
    assert [item["id"] for item in changes] == read["kept"]["changes"]


def test_nothing_is_kept_unasked(client: TestClient, folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    assert streamed(client, "/api/s/strait/read", {"text": ARTICLE})[-1]["kept"] is None
    assert sorted(folder.rglob("*")) == before
    assert not ClaimsLedger(folder / "strait").read().steps


@pytest.mark.parametrize(
    "body", [{}, {"text": " "}, {"text": 3}, {"text": "a" * 400_001}, {"text": ARTICLE, "name": []}]
)
def test_no_text_is_refused(client: TestClient, body: dict[str, Any]) -> None:
    assert post(client, "read", **body).status_code == 422


def test_a_draft_is_a_situation_of_its_own_with_blanks(client: TestClient, folder: Path) -> None:
    body = {"name": "my-draft", "articles": [{"text": ARTICLE, "name": "a"}, {"text": ARTICLE, "name": "b"}]}
    assert client.post("/api/draft", json=body).json()["key"] == "my-draft"
    opened = client.get("/api/s/my-draft/file").json()
    assert opened["errors"] > 0
    assert "fill in" in opened["text"]
    assert client.post("/api/draft", json=body).status_code == 422


@pytest.mark.parametrize("name", ["../x", "a/b", "", "A", ".x", "strait", "northeast-asia", "a" * 41])
def test_a_draft_has_a_plain_free_name(client: TestClient, folder: Path, name: str) -> None:
    before = sorted(folder.rglob("*"))
    body = {"name": name, "articles": [{"text": ARTICLE}]}
    assert client.post("/api/draft", json=body).status_code == 422
    assert sorted(folder.rglob("*")) == before


# Sheets


def filled(text: str, who: str, share: float) -> str:
    """A blank sheet with the first two inputs judged."""
    rows = list(csv.reader(StringIO(text)))
    head = rows[0]
    for row in rows[1:3]:
        low, high = float(row[head.index("low now")]), float(row[head.index("high now")])
        step = (high - low) / 4
        values = {"low": low + share * step, "best": low + (share + 1) * step, "high": low + (share + 2) * step}
        for name, value in {**{name: f"{value:.6g}" for name, value in values.items()}, "who": who}.items():
            row[head.index(name)] = value
    out = StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


@pytest.mark.slow
def test_sheets_are_written_filled_in_and_merged(client: TestClient) -> None:
    blank = streamed(client, "/api/s/strait/elicit/sheet", {"every": True, "show": True})[-1]
    assert blank["inputs"] > 5
    sheets = [{"name": f"{who}.csv", "text": filled(blank["file"], who, share)} for who, share in (("A", 0), ("B", 2))]
    merged = streamed(client, "/api/s/strait/elicit/merge", {"sheets": sheets, "rule": "quantiles"})[-1]
    assert "A: " in merged["file"]
    assert len(merged["tables"][0]["rows"]) == 2
    assert merged["sentences"]
    wrong = streamed(client, "/api/s/strait/elicit/merge", {"sheets": [{"name": "x", "text": "a,b\n1,2\n"}]})[-1]
    assert wrong["error"]
    assert post(client, "elicit/merge", sheets=sheets, rule="loudest").status_code == 422


# Forecasts


def test_forecasts_are_asked_said_resolved_and_scored(client: TestClient, folder: Path) -> None:
    new = {"text": "Will they drill?", "rule": "A notice says so.", "due": "2999-01-01", "by": "R. Example"}
    asked = post(client, "forecasts/ask", ask="P(PACT.drill=public by 3 years)", **new).json()
    assert asked["id"] == "q-001"
    assert post(client, "forecasts/say", id="q-001", p=0.7, by="R. Example").json()["p"] == 0.7
    said = post(client, "forecasts/say", id="q-001").json()
    assert said["by"] == "model"
    assert 0.0 < said["p"] < 1.0
    assert said["made_from"]["draws"] == 256
    assert not client.get("/api/s/strait/forecasts").json()["pictures"]
    assert post(client, "forecasts/resolve", id="q-001", answer="yes", source="The notice").status_code == 200
    found = client.get("/api/s/strait/forecasts").json()
    assert found["pictures"][0]["name"] == "calibration"
    assert found["rows"][0]["answer"] == "yes"
    assert Ledger(folder / "strait" / "forecasts.jsonl").read().questions["q-001"].last()["R. Example"].p == 0.7


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("ask", {"text": "x"}),
        ("ask", {"text": "x", "rule": "y", "due": "2001-01-01"}),
        ("ask", {"id": "../x", "text": "x", "rule": "y", "due": "2999-01-01"}),
        ("say", {"id": "nothing", "p": 0.5, "by": "R"}),
        ("say", {"id": "nothing"}),
        ("resolve", {"id": "nothing", "answer": "yes", "source": "x"}),
    ],
)
def test_half_a_forecast_is_refused(client: TestClient, folder: Path, path: str, body: dict[str, Any]) -> None:
    assert post(client, f"forecasts/{path}", **body).status_code == 422
    assert not (folder / "strait" / "forecasts.jsonl").exists()


def test_a_bundled_situation_keeps_no_forecasts(client: TestClient) -> None:
    given = {"text": "x", "rule": "y", "due": "2999-01-01"}
    assert client.post("/api/s/northeast-asia/forecasts/ask", json=given).status_code == 422
