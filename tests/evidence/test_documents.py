"""Places in the user's own copies: found, moved, ambiguous, lost; recognised and said how; leaves with quotes."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import realpolitik as rp
from realpolitik.claims.documents import check_all, copies, read_folder, read_sources_file
from realpolitik.claims.interchange import annotation_page, bibtex
from realpolitik.claims.register_reader import read_register_file
from realpolitik.cli import source_commands
from realpolitik.project.anchors import verify_sources
from realpolitik.project.evidence import evidence_of
from realpolitik.project.explain import explain
from realpolitik.sources.anchors import Status
from realpolitik.sources.reading import read_document
from realpolitik.sources.snapshot import SnapshotFolder

from . import small
from .proper_names import DOCUMENTS

BUNDLED = Path(rp.__file__).parent / "projects" / "northeast-asia"
reference = pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the documents are not at hand")


def statuses(project, documents):
    register, sources = read_register_file(project / "claims.yaml"), read_sources_file(project / "sources.yaml")
    found = copies(sources, register.claims, read_folder(documents)[0])
    return Counter(item.report.status for item in check_all(register.claims, found)), found


@pytest.fixture
def project(tmp_path):
    return small.write(tmp_path / "strait", tmp_path / "mine")


def test_every_anchor_is_found_in_the_copies(project, tmp_path):
    counts, found = statuses(project, tmp_path / "mine")
    assert counts == {Status.FOUND: 5}
    assert set(found) == {"note", "speech"}


def test_without_a_copy_nothing_is_looked_for(project, tmp_path):
    report = verify_sources(project)
    assert (report.anchors, report.elsewhere, report.is_clean) == ((), 5, True)


def test_other_typography_is_the_same_text(project, tmp_path):
    path = tmp_path / "mine" / "a.txt"
    path.write_text(small.NOTE.replace("\u201c", '"').replace("\u201d", '"').replace(" may ", "\u00a0may "), "utf-8")
    counts, found = statuses(project, tmp_path / "mine")
    assert counts == {Status.FOUND: 5}
    assert "its bytes differ" in found["note"].recognised


def test_a_new_first_paragraph_moves_anchors_and_says_so(project, tmp_path):
    path = tmp_path / "mine" / "a.txt"
    path.write_text("A new first line.\n\n" + small.NOTE, encoding="utf-8")
    report = verify_sources(project, tmp_path / "mine")
    assert Counter(item.report.status for item in report.anchors) == {Status.MOVED: 3, Status.FOUND: 2}
    assert not report.is_clean
    assert sum("moved" in line for line in report.problems) == 3


def test_a_changed_word_is_lost_and_a_doubled_one_ambiguous(project, tmp_path):
    path = tmp_path / "mine" / "a.txt"
    path.write_text(small.NOTE.replace("in kind", "at once"), encoding="utf-8")
    assert statuses(project, tmp_path / "mine")[0] == {Status.FOUND: 4, Status.LOST: 1}
    twice = small.NOTE.replace("More on page 4.", "Now. More on page 4. More on page 4.")
    path.write_text(twice, encoding="utf-8")
    assert statuses(project, tmp_path / "mine")[0][Status.AMBIGUOUS] == 1


def test_another_document_is_not_taken_for_it(project, tmp_path):
    (tmp_path / "mine" / "a.txt").write_text("Something else altogether.", encoding="utf-8")
    counts, found = statuses(project, tmp_path / "mine")
    assert set(found) == {"speech"}
    assert counts == {Status.FOUND: 2}


def test_the_command_says_what_it_found(project, tmp_path):
    runner, app = CliRunner(), typer.Typer()
    source_commands.register(app)
    good = runner.invoke(app, ["sources", "verify", "--project", str(project), "--documents", str(tmp_path / "mine")])
    assert good.exit_code == 0
    assert "5 anchors looked for: 5 found, 0 moved, 0 ambiguous, 0 lost." in good.output
    (tmp_path / "mine" / "a.txt").write_text(small.NOTE.replace("in kind", "at once"), encoding="utf-8")
    given = ["sources", "verify", "--project", str(project), "--documents", str(tmp_path / "mine"), "--json"]
    bad = runner.invoke(app, given)
    assert bad.exit_code == 1
    lost = [item["claim"] for item in json.loads(bad.output)["anchors"] if item["status"] == "lost"]
    assert lost == ["c2"]


def test_a_leaf_quotes_only_what_verifies(project, tmp_path):
    opened = rp.open(project, draws=4, cache=False)
    bare = evidence_of(opened).leaf(opened.claims["c2"])
    assert (bare.quote, bare.status, bare.where) == ("", "", "note, paragraph 3, characters 90-117")
    full = evidence_of(opened, tmp_path / "mine").leaf(opened.claims["c2"])
    assert (full.quote, full.status) == ("Borduria may answer in kind", "found")


def test_snapshots_of_the_project_count_as_copies(project, tmp_path):
    path = tmp_path / "mine" / "b.txt"
    SnapshotFolder(project).add(read_document(path), path.read_bytes())
    report = verify_sources(project)
    assert (report.kept, Counter(item.report.status for item in report.anchors)) == (1, {Status.FOUND: 2})


def test_annotations_carry_selectors_and_no_words(project):
    register, sources = read_register_file(project / "claims.yaml"), read_sources_file(project / "sources.yaml")
    page = json.loads(json.dumps(annotation_page(register, sources)))
    first = page["items"][0]
    assert first["target"]["selector"][0]["type"] == "TextPositionSelector"
    assert first["target"]["source"].startswith("urn:sha256:")
    assert first["rp:chain"] == ["Gazette", "Birk"]
    assert len(page["items"]) == 5
    assert "begun to arm" not in json.dumps(page)
    assert bibtex(sources).count("@misc") == 2


@reference
def test_all_anchors_of_the_bundled_project_verify():
    report = verify_sources(BUNDLED, DOCUMENTS)
    assert Counter(item.report.status for item in report.anchors) == {Status.FOUND: 164}
    assert report.elsewhere == 0
    assert report.is_clean


@reference
def test_paragraphs_are_those_of_the_documents():
    register, sources = read_register_file(BUNDLED / "claims.yaml"), read_sources_file(BUNDLED / "sources.yaml")
    found = copies(sources, register.claims, read_folder(DOCUMENTS)[0])
    for claim in register.claims.values():
        for place in claim.places:
            assert found[place.document].document.paragraph_at(place.start).number == place.paragraph
    for name, source in sources.items():
        assert len(found[name].document.paragraphs) == source.paragraphs


@reference
@pytest.mark.reference
@pytest.mark.parametrize(
    "asked",
    [
        "loser(| do(TRIO.institution=institutionalised))",
        "gain(CHN at 3 years | do(scenario pact))",
        "gain(RUS at 3 years | do(CHN.energy=stop))",
        "gain(USA at 3 years | do(scenario engage_and_deter))",
        "gain(PRK at 3 years | do(CHN.trade=withheld))",
    ],
)
def test_every_leaf_of_why_verifies(asked):
    project = rp.open("northeast-asia", draws=16, cache=False)
    (bare,) = explain(project, asked)
    (full,) = explain(project, asked, DOCUMENTS)
    assert full.sources
    assert all(row["status"] == "found" and row["quote"] for row in full.sources)
    assert [row["id"] for row in bare.sources] == [row["id"] for row in full.sources]
    assert all(row["paraphrase"] and row["where"] and row["sha256"] and not row["quote"] for row in bare.sources)
