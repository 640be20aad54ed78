"""A new article: what it claims, what it is to the claims there are, what it would change, what moves and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from realpolitik.errors import QuestionRefused
from realpolitik.project import open_project
from realpolitik.project.deciding import accept, accept_and_run, article_in, keep, proposals
from realpolitik.project.reading import look, read_article
from realpolitik.results.result import Result
from realpolitik.situation.reader import check_situation
from realpolitik.sources.document import document_from_text
from realpolitik.sources.reading import read_document
from tests.reading import cases


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return cases.write(tmp_path_factory.mktemp("strait"))


def read(folder: Path, text: str, run: bool = False) -> Result:
    project = open_project(folder, draws=64, cache=False)
    return read_article(project, article_in(project, document_from_text(text, "news.txt")), run=run)


def rows(made: Result, kind: str) -> list[Any]:
    return [row for row in made.rows if row["row"] == kind]


def relations(made: Result) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in rows(made, "claim"):
        for match in row["matches"]:
            found.setdefault(match["claim"], set()).add(match["how"])
    return found


def test_a_confirmed_sale_is_matched_and_moves_what_waits_for_proof(folder: Path) -> None:
    made = read(folder, cases.CONFIRMED, run=True)
    assert relations(made)["c1"] == {"supports"}
    assert relations(made)["c4"] == {"contradicts"}
    (change,) = rows(made, "change")
    assert (change["kind"], change["target"], change["value"]) == ("public evidence", "proof", "0.7 to 0.95")
    assert any("CCC does CCC.patrol=open" in item for item in change["reads"])
    moved = {row["ask"]: row["by"] for row in rows(made, "answer")}
    assert set(moved) == {"P(CCC.patrol=open by 2 years)", "E[proof after 1 year]"}
    assert moved["P(CCC.patrol=open by 2 years)"] > 0.5
    assert any("Aland has delivered guidance technology" in sentence for sentence in made.sentences)


def test_the_hidden_sale_itself_is_left_as_it_was(folder: Path) -> None:
    (change,) = rows(read(folder, cases.CONFIRMED), "change")
    assert set(change["layer"]) == {"shocks"}


def test_an_old_origin_moves_nothing(folder: Path) -> None:
    made = read(folder, cases.REPEATED, run=True)
    assert {row["how"] for row in rows(made, "claim")} == {"same"}
    assert not rows(made, "change")
    assert not rows(made, "answer")
    assert made.sentences[-1] == "Nothing moves."


def test_a_denial_contradicts_and_is_named_beside_the_change(folder: Path) -> None:
    made = read(folder, cases.DENIED)
    (change,) = rows(made, "change")
    assert change["disputed"] == (1,)
    assert any("denied in paragraph 3" in sentence for sentence in made.sentences)


def test_plans_and_guesses_change_nothing(folder: Path) -> None:
    assert not rows(read(folder, cases.OPEN), "change")


def test_a_figure_and_an_open_move_are_taken_as_such(folder: Path) -> None:
    found = {row["target"]: row["value"] for row in rows(read(folder, cases.FIGURE), "change")}
    assert found == {"backing": "0.59 to 0.65", "CCC.patrol": "quiet"}


def test_reading_writes_nothing_by_itself(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    read(folder, cases.CONFIRMED)
    assert before == {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    folder = cases.write(tmp_path / "strait")
    path = cases.article(tmp_path, cases.CONFIRMED)
    project = open_project(folder, draws=64, cache=False)
    given = article_in(project, read_document(path))
    keep(project, given, path.read_bytes(), *look(project, given))
    return folder


def test_proposals_are_kept_but_no_claim_until_accepted(kept: Path) -> None:
    claims, changes = proposals(kept)
    assert list(claims) == ["p-001", "p-002", "p-003"]
    assert list(changes) == ["u-001"]
    assert "p-001" not in check_situation(kept).claims
    assert (kept / "sources.yaml").read_text().count("news:") == 1


def test_accepting_writes_claim_and_layer_and_says_what_moved_and_why(kept: Path) -> None:
    lines, data = accept_and_run(kept, ["p-001", "u-001"], "A. Analyst", draws=64)
    claim = check_situation(kept).claims["p-001"]
    assert claim.linked("supports") == ("c1",)
    assert claim.places[0].document == "news"
    reading = check_situation(kept, judgements=("reading",))
    assert reading.situation
    assert reading.situation.shocks["reported_proof"].support.claims == ("p-001",)
    assert any(item["ask"] == "P(CCC.patrol=open by 2 years)" for item in data["moved"])
    assert any("because of p-001: 'Aland has delivered" in line for line in lines)
    assert "u-001" not in proposals(kept)[1]


def test_a_change_needs_its_claim(kept: Path) -> None:
    with pytest.raises(QuestionRefused, match="rests on p-001"):
        accept(kept, ["u-001"], "accepted", "A. Analyst", {})
    accept(kept, ["p-001"], "withdrawn", "A. Analyst", {})
    with pytest.raises(QuestionRefused, match="rests on p-001"):
        accept(kept, ["u-001"], "accepted", "A. Analyst", {})


def test_an_edited_change_is_what_is_accepted(kept: Path) -> None:
    accept(kept, ["u-001"], "edited", "A. Analyst", {"value": "0.3 to 0.4"})
    _, data = accept_and_run(kept, ["p-001", "u-001"], "A. Analyst", draws=64)
    assert "proof: 0.3 to 0.4" in (kept / "judgements" / "reading.yaml").read_text()
    assert "P(CCC.patrol=open by 2 years)" not in {item["ask"] for item in data["moved"]}


def test_a_change_that_does_not_fit_is_refused_and_nothing_is_accepted(kept: Path) -> None:
    accept(kept, ["u-001"], "edited", "A. Analyst", {"value": "very: [much"})
    with pytest.raises(Exception, match="much"):
        accept_and_run(kept, ["p-001", "u-001"], "A. Analyst", draws=64)
    assert "p-001" in proposals(kept)[0]


def test_what_comes_with_the_program_is_not_written_to() -> None:
    project = open_project("northeast-asia", draws=4)
    given = article_in(project, document_from_text(cases.CONFIRMED, "news.txt"))
    with pytest.raises(QuestionRefused, match="comes with the program"):
        keep(project, given, b"", (), ())
