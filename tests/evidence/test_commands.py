"""The verbs from the command line: arguments, JSON, refusals."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from realpolitik.claims.facts import read_facts_file
from realpolitik.cli import evidence_commands, fact_commands
from realpolitik.errors import QuestionRefused

from . import small
from .test_facts import TEXT
from .test_importers import FILES


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = small.write(tmp_path_factory.mktemp("strait"))
    (made / "facts.yaml").write_text(TEXT, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def app():
    made = typer.Typer()
    evidence_commands.register(made)
    fact_commands.register(made)
    return made


def run(app, *arguments):
    return CliRunner().invoke(app, [str(item) for item in arguments], catch_exceptions=True)


def test_walk_in_text_and_as_data(app, folder):
    text = run(app, "walk", folder, "--no-verdicts", "--draws", "4")
    assert text.exit_code == 0, text.output
    assert "note, paragraph 1: no claim. the name of the paper" in text.output
    made = json.loads(run(app, "walk", folder, "--no-verdicts", "--draws", "4", "--json").output)
    assert [len(row["claims"]) for row in made["rows"]] == [0, 1, 1, 1, 1, 1]
    history = made["rows"][1]["claims"][0]["history"]
    assert history == [{"act": "recorded", "by": "R. Example", "on": "2024-01-05", "note": ""}]


def test_find_takes_the_situation_first_and_names_of_several_words(app, folder):
    assert "actor AAA" in run(app, "find", folder, "President", "Alm").output
    assert "actor AAA" in run(app, "find", folder, "President Alm").output
    assert isinstance(run(app, "find", folder, "Zubrowka").exception, QuestionRefused)


def test_find_without_a_situation_takes_the_last_run_s(app, folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "No situation given" in str(run(app, "find", "Alm").exception)
    (tmp_path / ".rpol").mkdir()
    (tmp_path / ".rpol" / "last.json").write_text(json.dumps({"situation": str(folder)}), encoding="utf-8")
    assert "Borduria" in run(app, "find", "Borduria").output


def test_coverage_and_assumptions(app, folder):
    assert "Of 5 claims: covered 3 by entries of the model" in run(app, "coverage", folder).output
    made = json.loads(run(app, "assumptions", folder, "--draws", "64", "--no-cache", "--json").output)
    assert made["about"]["judgements"] == len(made["rows"])


def test_cite_in_both_forms(app, folder):
    assert "@misc{speech," in run(app, "cite", folder).output
    page = json.loads(run(app, "cite", folder, "--as", "annotations").output)
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"


def test_facts_shown_divided_and_imported(app, folder, tmp_path):
    assert "gdp 2021  8 to 12 USD  [wb]" in run(app, "facts", "show", folder, "gdp", "BBB").output
    assert "gdp 2020, wb: 9 times" in run(app, "facts", "ratio", folder, "size", "AAA", "BBB").output
    path = tmp_path / "nmc.csv"
    path.write_text(FILES["cow-nmc"], encoding="utf-8")
    (tmp_path / "facts.yaml").write_text(TEXT, encoding="utf-8")
    done = run(app, "facts", "import", "cow-nmc", path, "--project", tmp_path, "--years", "2000")
    assert "7 figures read" in done.output
    assert read_facts_file(tmp_path / "facts.yaml").fact("cinc", "NOR")[0].value == pytest.approx(0.0021)


def test_a_file_with_comments_is_not_written_anew(app, tmp_path):
    path = tmp_path / "nmc.csv"
    path.write_text(FILES["cow-nmc"], encoding="utf-8")
    kept = "# ours\n" + TEXT
    (tmp_path / "facts.yaml").write_text(kept, encoding="utf-8")
    done = run(app, "facts", "import", "cow-nmc", path, "--project", tmp_path)
    assert "by hand" in done.output
    assert (tmp_path / "facts.yaml").read_text(encoding="utf-8") == kept
