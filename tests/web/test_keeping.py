"""What is saved is saved whole, keeps comments, and can be had back; nothing else on the disk is touched."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from realpolitik.claims.claim_text import with_claim, with_keys
from realpolitik.claims.ledger import ClaimsLedger
from realpolitik.errors import QuestionRefused
from realpolitik.situation.reader import check_situation
from realpolitik.sources import atomic
from realpolitik.web.views.scenario import identifier, with_scenario

ARM = {"id": "ALA.arm", "level": "on", "from": "2025-01-01"}
FILE = "/api/s/strait/file"


def text(folder: Path, name: str = "situation.yaml") -> str:
    return (folder / "strait" / name).read_text(encoding="utf-8")


# Scenarios


def test_a_scenario_goes_into_the_file_and_nothing_else_moves(client: TestClient, folder: Path) -> None:
    before = text(folder)
    hold = [ARM, {"id": "tension", "value": 0.7, "secretly": True}, {"id": "thaw"}]
    answer = client.post("/api/s/strait/scenario", json={"name": "If they arm: 1", "hold": hold})
    assert answer.json()["key"] == "strait"
    after = text(folder)
    added = [line for line in after.split("\n") if line not in before.split("\n")]
    assert [line for line in after.split("\n") if line not in added] == before.split("\n")
    reading = check_situation(folder / "strait")
    assert reading.situation is not None
    scenario = reading.situation.scenarios["if_they_arm_1"]
    assert scenario.name == "If they arm: 1"
    assert [item.target for item in scenario.do] == ["ALA.arm", "thaw"]
    assert [item.target for item in scenario.secretly] == ["tension"]
    names = [item["id"] for item in client.get("/api/s/strait/overview").json()["scenarios"]]
    assert "if_they_arm_1" in names


def test_a_scenario_read_back_holds_the_same(client: TestClient) -> None:
    client.post("/api/s/strait/scenario", json={"name": "b", "hold": [ARM]})
    found = next(item for item in client.get("/api/s/strait/overview").json()["scenarios"] if item["id"] == "b")
    assert found["hold"] == [{**ARM, "until": "", "secretly": False}]


@pytest.mark.slow
def test_a_bundled_situation_is_copied_first(client: TestClient, folder: Path) -> None:
    option = client.get("/api/s/northeast-asia/overview").json()["options"][0]
    body = {"name": "mine", "hold": [{"id": option["id"], "level": option["levels"][-1]}]}
    answer = client.post("/api/s/northeast-asia/scenario", json=body).json()
    assert answer["key"] == "my-northeast-asia"
    reading = check_situation(folder / answer["key"])
    assert reading.situation is not None
    assert "mine" in reading.situation.scenarios
    assert len(reading.claims) == 164


@pytest.mark.parametrize("body", [{"name": "", "hold": [ARM]}, {"name": "x", "hold": []}, {"hold": [ARM]}, {"name": 3}])
def test_half_a_scenario_is_refused(client: TestClient, folder: Path, body: dict[str, Any]) -> None:
    before = text(folder)
    assert client.post("/api/s/strait/scenario", json=body).status_code == 422
    assert text(folder) == before


@pytest.mark.parametrize(
    "name", ["a: b", "# no", "- x", '"', "'", "{a}", "[a]", "yes", "1", "né", "<script>", "&a", "*a", "|"]
)
def test_any_name_survives_the_file(client: TestClient, name: str) -> None:
    answer = client.post("/api/s/strait/scenario", json={"name": name, "hold": [ARM]})
    assert answer.status_code == 200, answer.text
    names = [item["name"] for item in client.get("/api/s/strait/overview").json()["scenarios"]]
    assert name in names


def test_a_file_without_scenarios_and_one_of_windows_keep_their_form() -> None:
    assert with_scenario("situation: a\n", "s", "S", {"do": ["A.b"]}).startswith("situation: a\n\nscenarios:\n  s:\n")
    windows = with_scenario("scenarios:\r\n  a:\r\n    do: A.b\r\nchecks:\r\n", "s", "S", {"do": ["A.b"]})
    assert windows.count("\n") == windows.count("\r\n")
    assert identifier("a", {"a": 1}) == "a_2"


# The file


def test_errors_stand_at_line_and_column_while_one_types(client: TestClient, folder: Path) -> None:
    before = text(folder)
    wrong = before.replace("arsenal raises tension", "arsenal raises tensoin")
    found = client.post(f"{FILE}/check", json={"text": wrong}).json()
    (error,) = [item for item in found["findings"] if item["severity"] == "error"][:1]
    line = wrong[: wrong.index("tensoin")].count("\n") + 1
    assert error["line"] == line
    assert error["column"] > 1
    assert error["file"] == "situation.yaml"
    assert "tension" in error["hint"]
    assert text(folder) == before


def test_a_text_without_errors_has_a_picture(client: TestClient, folder: Path) -> None:
    found = client.post(f"{FILE}/check", json={"text": text(folder), "picture": True}).json()
    assert found["errors"] == 0
    assert "Aland" in found["figure"]["svg"]


def test_saving_undoing_and_saving_again(client: TestClient, folder: Path) -> None:
    first = text(folder)
    second = first.replace("The strait", "The narrow strait")
    (folder / "strait" / "situation.yaml").chmod(0o640)
    client.post(f"{FILE}/save", json={"text": second, "before": first})
    assert text(folder) == second
    assert (folder / "strait" / "situation.yaml").stat().st_mode & 0o777 == 0o640
    assert client.get("/api/s/strait/overview").json()["title"] == "The narrow strait"
    assert client.post(f"{FILE}/undo", json={}).json()["text"] == first
    assert text(folder) == first
    assert client.post(f"{FILE}/undo", json={}).status_code == 422


def test_a_file_changed_by_somebody_else_is_not_overwritten(client: TestClient, folder: Path) -> None:
    first = text(folder)
    (folder / "strait" / "situation.yaml").write_text(first + "# theirs\n", encoding="utf-8")
    answer = client.post(f"{FILE}/save", json={"text": "mine", "before": first})
    assert answer.status_code == 422
    assert text(folder).endswith("# theirs\n")


def test_a_broken_file_opens_in_the_editor_and_nowhere_else(client: TestClient, folder: Path) -> None:
    (folder / "strait" / "situation.yaml").write_text("situation: x\nactors: 3\n", encoding="utf-8")
    answer = client.get("/api/s/strait/overview")
    assert answer.status_code == 422
    assert answer.json()["findings"][0]["line"] > 0
    assert client.get(FILE).json()["errors"] > 0


def test_a_bundled_situation_cannot_be_saved(client: TestClient) -> None:
    for path, body in (("save", {"text": "x"}), ("undo", {})):
        assert client.post(f"/api/s/northeast-asia/file/{path}", json=body).status_code == 422
    assert client.post("/api/s/northeast-asia/claims/propose", json={"paraphrase": "x", "by": "y"}).status_code == 422


def test_a_save_that_dies_leaves_the_old_file_whole(
    client: TestClient, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = text(folder)

    def dying(*given: Any) -> None:
        raise OSError("killed")

    monkeypatch.setattr(atomic.os, "replace", dying)
    with pytest.raises(OSError, match="killed"):
        client.post(f"{FILE}/save", json={"text": "half"})
    monkeypatch.undo()
    assert text(folder) == before
    assert not [path for path in (folder / "strait").iterdir() if path.name.startswith(".new-")]


def test_a_copy_is_whole_or_not_there(client: TestClient, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "rename", lambda *given: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        client.post(f"{FILE}/copy", json={"name": "mine"})
    monkeypatch.undo()
    assert sorted(path.name for path in folder.iterdir()) == ["strait"]
    assert client.post(f"{FILE}/copy", json={"name": "mine"}).json() == {"key": "mine"}
    assert client.post(f"{FILE}/copy", json={"name": "mine"}).status_code == 422


# Claims


def act(client: TestClient, path: str, **body: Any) -> Any:
    return client.post(f"/api/s/strait/claims/{path}", json={"by": "R. Example", **body})


def test_a_proposal_is_edited_and_accepted_and_the_comments_stay(client: TestClient, folder: Path) -> None:
    before = text(folder, "claims.yaml")
    name = act(client, "propose", paraphrase="It rains: often.", speaker="A. N. Other", hedge="likely").json()["id"]
    assert text(folder, "claims.yaml") == before
    act(client, "decide", id=name, act="edited", paraphrase="It rains # a lot.")
    (proposal,) = client.get("/api/s/strait/claims").json()["proposals"]
    assert proposal["paraphrase"] == "It rains # a lot."
    assert proposal["hedge"] == "likely"
    assert act(client, "decide", id=name, act="accepted").status_code == 200
    after = text(folder, "claims.yaml")
    assert after.startswith(before.rstrip("\n"))
    found = client.get("/api/s/strait/claims").json()
    claim = next(item for item in found["claims"] if item["id"] == name)
    assert claim["paraphrase"] == "It rains # a lot."
    assert [step["act"] for step in claim["history"]] == ["proposed", "edited", "accepted"]
    assert not found["proposals"]
    assert act(client, "decide", id=name, act="accepted").status_code == 422


def test_a_rejected_proposal_stays_in_the_ledger_only(client: TestClient, folder: Path) -> None:
    name = act(client, "propose", paraphrase="No.").json()["id"]
    act(client, "decide", id=name, act="withdrawn")
    assert not client.get("/api/s/strait/claims").json()["proposals"]
    assert [step.act for step in ClaimsLedger(folder / "strait").read().of(name)] == ["proposed", "withdrawn"]


def test_a_grade_is_set_and_signed(client: TestClient, folder: Path) -> None:
    assert act(client, "grade", id="c1", reliability="B", credibility=2).status_code == 200
    claim = client.get("/api/s/strait/claims").json()["claims"][0]
    assert claim["grade"] == "B2"
    assert "# and this one" in text(folder, "claims.yaml")
    assert claim["history"][-1]["by"] == "R. Example"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("propose", {"paraphrase": ""}),
        ("propose", {"paraphrase": "x", "by": " "}),
        ("propose", {"paraphrase": "x", "id": "c1"}),
        ("propose", {"paraphrase": "x", "id": "../c"}),
        ("propose", {"paraphrase": "x" * 601}),
        ("decide", {"id": "nothing", "act": "accepted"}),
        ("grade", {"id": "c1", "reliability": "G", "credibility": 1}),
        ("grade", {"id": "c1", "reliability": "A", "credibility": 7}),
        ("grade", {"id": "c1", "reliability": "", "credibility": True}),
        ("grade", {"id": "nothing", "reliability": "A", "credibility": 1}),
    ],
)
def test_what_is_unsigned_or_unknown_changes_no_claim(
    client: TestClient, folder: Path, path: str, body: dict[str, Any]
) -> None:
    before = text(folder, "claims.yaml")
    assert act(client, path, **body).status_code == 422
    assert text(folder, "claims.yaml") == before


@pytest.mark.parametrize(
    "value", ["a", "a: b", "- a", "yes", "7", "a\u00a0b", '"', "\\", "é", "a\nb", "#", "<b>", "null"]
)
def test_any_words_survive_the_claims_file(value: str) -> None:
    made = with_claim("claims:\n  c1:\n    paraphrase: x\n", "c2", {"paraphrase": value})
    again = with_keys(made, "c1", {"note": value})
    assert again.count("paraphrase") == 2


def test_signs_that_a_screen_obeys_are_no_claim() -> None:
    with pytest.raises(QuestionRefused, match="cannot be written"):
        with_claim("claims:\n  c1:\n    paraphrase: x\n", "c2", {"paraphrase": "\x07 bell"})


def test_a_claims_file_in_one_line_is_left_alone() -> None:
    with pytest.raises(QuestionRefused, match="by hand"):
        with_keys("c1: {paraphrase: x}\n", "c1", {"credibility": 2})


def test_claims_are_judged_in_parts(client: TestClient) -> None:
    answer = client.post("/api/s/strait/claims/check", json={})
    last = json.loads(answer.text.splitlines()[-1])
    assert set(last["verdicts"]) == {"c1", "c2"}
