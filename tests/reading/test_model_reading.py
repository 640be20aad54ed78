"""The whole way with a language model's kept answer in place of the rules: read, propose, accept, what moved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from realpolitik.cli.main import _register, app
from realpolitik.errors import InputRefused, QuestionRefused
from realpolitik.project import open_project
from realpolitik.project.asking import Model, attributions
from realpolitik.project.deciding import article_in
from realpolitik.project.reading import look
from realpolitik.sources.attribution.extract import completed, extract
from realpolitik.sources.language_model.asking import mark
from realpolitik.sources.language_model.kept import keep
from realpolitik.sources.reading import read_document
from tests.reading import cases

SALE = "Aland has delivered guidance technology to Borduria"
PATROLS = "The patrols in the strait will have to be open,"


def claim(quote: str, speaker: str, cue: str, **more: Any) -> dict[str, Any]:
    plain = {"speaker_kind": "person", "kind": "indirect", "denied": False, "hedges": []}
    return {"quote": quote, "speaker": speaker, "cue": cue, **plain, **more}


ANSWER = [
    claim(SALE, "Carpathia's defence ministry", "confirmed", speaker_kind="government"),
    claim(PATROLS, "Nora Feld", "said", kind="direct"),
    claim("Aland has withdrawn everything", "Nora Feld", "said"),
]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    cases.write(tmp_path / "strait")
    path = cases.article(tmp_path, cases.CONFIRMED)
    document = read_document(path)
    answer = json.dumps({"document": mark(document), "claims": ANSWER})
    keep(document, "some-model", "https://models.example.org/v1", answer, "2024-03-05T10:00:00", tmp_path / "kept")
    return tmp_path


def kept(place: Path) -> Path:
    return next((place / "kept").glob("*.json"))


def run(*words: str) -> str:
    if not app.registered_commands:
        _register()
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == 0, (done.output, done.exception)
    return done.output


def test_the_way_from_article_to_what_moved_is_the_same(place: Path) -> None:
    folder = str(place / "strait")
    words = ("--replay", str(kept(place)), "--draws", "64")
    said = run("read", str(place / "news.txt"), folder, *words)
    assert "refused: claim 3: the quote stands nowhere in the document." in said
    assert "P(CCC.patrol=open by 2 years)" in said
    listed = json.loads(run("claims", "proposals", folder, "--json"))
    assert [row["id"] for row in listed] == ["p-001", "p-002", "u-001"]
    assert listed[0]["paraphrase"] == SALE
    assert listed[0]["supports"] == "c1"
    told = run("claims", "accept", "p-001", "u-001", folder, "--by", "A. Analyst", "--draws", "64")
    assert f"because of p-001: '{SALE}" in told
    assert "P(CCC.patrol=open by 2 years)" in told


def test_a_kept_answer_is_matched_as_the_rules_are(place: Path) -> None:
    project = open_project(place / "strait", draws=4, cache=False)
    document = read_document(place / "news.txt")
    given = article_in(project, document)
    by_rule = {item.statement.words: item for item in look(project, given)[0]}
    found, changes = look(project, given, attributions(document, Model(replay=kept(place))))
    for item in found:
        rule = by_rule[item.statement.words]
        assert (item.how, item.matches, item.statement.speaker) == (rule.how, rule.matches, rule.statement.speaker)
    assert [change.target for change in changes] == ["proof"]


def test_speakers_are_resolved_to_name_and_state() -> None:
    text = "Ana Ruiz, an engineer at the Chilean Institute of Roads, spoke. She said the bridge was safe on 3 May 2024."
    (item,) = extract(text)
    (again,) = completed(text, (item,))
    assert again.speaker is not None
    assert (again.speaker.name, again.speaker.country) == ("Ana Ruiz", "CHL")
    assert (again.content, again.dates) == (item.content, item.dates)


def test_nothing_is_sent_without_consent_and_another_documents_answer_is_refused(place: Path) -> None:
    document = read_document(place / "news.txt")
    with pytest.raises(QuestionRefused, match="Nothing was sent yet"):
        attributions(document, Model("some-model", "https://models.example.org/v1"))
    with pytest.raises(QuestionRefused, match="Say where the model is"):
        attributions(document, Model("some-model"))
    other = cases.article(place, cases.REPEATED, "other.txt")
    with pytest.raises(InputRefused, match="another document"):
        attributions(read_document(other), Model(replay=kept(place)))
