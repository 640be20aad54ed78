"""Claims and where answers come from, as STIX 2.1 and PROV-JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from typer.testing import CliRunner

from realpolitik.cli.main import _register, app
from realpolitik.project import open_project
from realpolitik.project.deciding import accept, article_in, keep
from realpolitik.project.provenance import prov, stix
from realpolitik.project.reading import look
from realpolitik.sources.reading import read_document
from tests.reading import cases

SAID = "Aland has delivered guidance technology to Borduria"
LINKED = """  c5:
    paraphrase: The rockets of Borduria reach further than before.
    speaker: Otto Lund
    date: 2024-02
    reliability: B
    credibility: 2
    supports: c2
    contradicts: c4
    repeats: c3
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with one accepted claim whose paraphrase is the article's own words."""
    place = tmp_path_factory.mktemp("exchange")
    made = cases.write(place / "strait")
    (made / "claims.yaml").write_text(cases.CLAIMS + LINKED, encoding="utf-8")
    path = cases.article(place, cases.CONFIRMED)
    project = open_project(made, draws=4, cache=False)
    given = article_in(project, read_document(path))
    keep(project, given, path.read_bytes(), *look(project, given))
    accept(made, ["p-001"], "accepted", "A. Analyst", {})
    return made


def bundle(folder: Path, marking: str = "TLP:AMBER", documents: Path | None = None) -> dict[str, Any]:
    return stix(open_project(folder, draws=4, cache=False), marking, documents)


def of(made: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [item for item in made["objects"] if item["type"] == kind]


def references(item: Any, key: str = "") -> Iterator[str]:
    if isinstance(item, dict):
        for name, value in item.items():
            yield from references(value, name)
    elif isinstance(item, list):
        for value in item:
            yield from references(value, key)
    elif key.endswith(("_ref", "_refs")):
        yield item


def test_a_bundle_is_valid_and_knows_all_it_refers_to(folder: Path) -> None:
    stix2 = pytest.importorskip("stix2")
    made = bundle(folder)
    stix2.parse(json.dumps(made), allow_custom=False)
    known = {item["id"] for item in made["objects"]}
    assert set(references(made["objects"])) <= known
    assert {item["type"] for item in made["objects"]} == {
        "identity", "extension-definition", "marking-definition", "note", "opinion", "relationship", "report"
    }  # fmt: skip


def test_identifiers_come_from_the_content(folder: Path) -> None:
    one, again, unmarked = bundle(folder), bundle(folder), bundle(folder, "")
    assert one == again
    assert one["id"] != unmarked["id"]
    assert {UUID(item["id"].split("--")[1]).version for item in unmarked["objects"]} == {5}
    assert not any("object_marking_refs" in item for item in unmarked["objects"])


def test_grades_stand_in_the_standards_words_where_it_has_them(folder: Path) -> None:
    notes = {next(iter(item["extensions"].values()))["claim_id"]: item for item in of(bundle(folder), "note")}
    assert notes["c5"]["confidence"] == 70
    assert "confidence" not in notes["c1"]
    extension = next(iter(notes["c1"]["extensions"].values()))
    assert extension["extension_type"] == "property-extension"
    assert (extension["hedge"], extension["reliability"], extension["credibility"]) == ("may", "F", 6)
    assert extension["chain"] == ["Strait Gazette", "Irma Birk"]
    assert 0 < extension["credence"][0] < extension["credence"][2] < 1
    assert notes["c5"]["created"] == "2024-02-01T00:00:00.000Z"


def test_links_become_opinions_and_relations(folder: Path) -> None:
    made = bundle(folder)
    said = {(item["opinion"], item["explanation"].split(":")[0]) for item in of(made, "opinion")}
    assert ("agree", "c5 (Otto Lund) supports c2") in said
    assert ("disagree", "c5 (Otto Lund) contradicts c4") in said
    assert [item["relationship_type"] for item in of(made, "relationship")] == ["derived-from"]


@pytest.mark.parametrize(("line", "kind"), [("TLP:RED", "tlp"), ("For the desk only", "statement")])
def test_the_marking_is_on_every_object(folder: Path, line: str, kind: str) -> None:
    made = bundle(folder, line)
    (mark,) = of(made, "marking-definition")
    assert mark["definition_type"] == kind
    assert all(item["object_marking_refs"] == [mark["id"]] for item in made["objects"] if item is not mark)


def test_no_words_of_a_source_leave_unless_asked_for(folder: Path, tmp_path: Path) -> None:
    project = open_project(folder, draws=4, cache=False)
    for made in (bundle(folder), prov(project)):
        assert SAID not in json.dumps(made)
    cases.article(tmp_path, cases.CONFIRMED)
    for made in (bundle(folder, documents=tmp_path), prov(project, documents=tmp_path)):
        assert SAID in json.dumps(made)


def run(monkeypatch: pytest.MonkeyPatch, where: Path, *words: str) -> None:
    monkeypatch.chdir(where)
    if not app.registered_commands:
        _register()
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == 0, done.output


def test_provenance_leads_from_documents_to_answers(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(monkeypatch, tmp_path, "run", str(folder), "--draws", "4")
    run(monkeypatch, tmp_path, "export", str(folder), "--as", "prov", "--marking", "TLP:AMBER", "--out", "made.json")
    made = json.loads((tmp_path / "made.json").read_text(encoding="utf-8"))
    ends = {
        (tie["prov:generatedEntity"].split("/")[0], tie["prov:usedEntity"].split("/")[0])
        for tie in made["wasDerivedFrom"].values()
    }
    assert ends == {("rp:claim", "rp:document"), ("rp:input", "rp:claim"), ("rp:answer", "rp:situation")}
    named = {*made["entity"], *made["activity"], *made["agent"]}
    kinds = [kind for kind in made if kind not in ("prefix", "entity", "activity", "agent")]
    assert all(end in named for kind in kinds for tie in made[kind].values() for end in tie.values())
    (situation,) = [about for name, about in made["entity"].items() if name.startswith("rp:situation")]
    assert situation["rp:marking"] == "TLP:AMBER"


def test_a_run_of_another_situation_is_left_out(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = cases.write(tmp_path / "other")
    text = cases.SITUATION.replace("now: 0.2", "now: 0.25")
    (other / "situation.yaml").write_text(text, encoding="utf-8")
    run(monkeypatch, tmp_path, "run", str(other), "--draws", "4")
    assert "activity" not in prov(open_project(folder, draws=4, cache=False))
