"""The commands as a user meets them: what is printed, and the exit code."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from realpolitik.cli import file_commands
from realpolitik.compiled import combinations, contrasts, factors, minds, moves, sampling
from realpolitik.dynamics import tables
from realpolitik.situation.defaults import ENGINE

HERE = Path(__file__).parent


@pytest.fixture
def run():
    app = typer.Typer()
    file_commands.register(app)
    runner = CliRunner()
    return lambda *words, answers="": runner.invoke(app, [str(word) for word in words], input=answers)


def test_check_prints_findings_and_a_summary(run):
    found = run("check", HERE / "bad" / "several-at-once.yaml")
    assert found.exit_code == 2
    *lines, last = found.output.strip().splitlines()
    assert last == "3 errors, 0 notes.  Nothing was run."
    assert "tensoin' is no factor or option.  Did you mean 'tension' (line 8)?" in lines[-1]


def test_check_of_a_good_file(run):
    found = run("check", HERE / "good" / "harbour")
    assert found.exit_code == 0
    assert found.output.startswith("0 errors, 0 notes.  2 actors, 2 options, 2 factors")


def test_strict_counts_notes(run):
    assert run("check", HERE / "good" / "toy.yaml").exit_code == 0
    assert run("check", "--strict", HERE / "good" / "toy.yaml").exit_code == 1


def test_json(run):
    found = run("check", "--json", HERE / "bad" / "unknown-name.yaml")
    data = json.loads(found.output)
    assert (found.exit_code, data["errors"]) == (2, 1)
    assert {"line", "column", "message", "hint", "code"} <= data["findings"][0].keys()


def test_missing_file_suggests(run):
    found = run("check", HERE / "good" / "toi.yaml")
    assert found.exit_code == 2
    assert "Did you mean 'toy.yaml'?" in found.output


def test_new_asks_five_questions_and_never_overwrites(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answers = "Isla, Nearland\ntrust\nIsla: sulk; Nearland: trade\nIsla: more trust\na storm\n"
    found = run("new", "mine", answers=answers)
    assert found.exit_code == 0
    assert found.output.count("?") >= 4
    assert "name: Nearland" in Path("mine.yaml").read_text(encoding="utf-8")
    assert run("check", "mine").exit_code == 0
    before = Path("mine.yaml").read_bytes()
    assert run("new", "mine", "--yes").exit_code == 2
    assert Path("mine.yaml").read_bytes() == before
    assert run("new", "nowhere/mine", "--yes").exit_code == 2


def test_a_copy_is_made_and_nothing_is_asked(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = run("new", "mine", "--from", "rare-metals")
    assert found.exit_code == 0
    assert found.output.startswith("mine is yours to change.")
    assert "?" not in found.output
    assert Path("mine/claims.yaml").is_file()
    assert run("new", "mine", "--from", "rare-metals").exit_code == 2


def test_schema_and_defaults(run):
    assert json.loads(run("schema").output)["title"] == "Realpolitik situation"
    printed = run("explain-defaults").output
    for part in (
        "actors.foresight",
        "every 6 months",
        "size 'strong'",
        "0.45 to 0.75",
        "steadiness 'medium'",
        "20 to 60",
    ):
        assert part in printed
    assert len(json.loads(run("explain-defaults", "--json").output)) > 50


def test_engine_defaults_are_those_of_the_engine():
    held = {name: value for name, value, _ in ENGINE}
    assert held["smooth width"] == tables.SMOOTH_WIDTH
    assert held["clip"] == tables.CLIP == factors.LIMITS
    assert held["family correlation"] == sampling.FAMILY_CORRELATION
    assert held["switch"] == moves.DEFAULT_SWITCH
    assert (held["point"], held["loss"]) == (contrasts.POINT, contrasts.LOSS)
    assert held["longest foresight"] == minds.LONGEST_FORESIGHT
    assert held["combinations"] == combinations.MOST_COMBINATIONS


def test_nothing_heavy_is_imported():
    code = (
        "import sys, realpolitik.cli.file_commands, realpolitik.situation as s;"
        f"s.check_situation(r'{HERE / 'good' / 'toy.yaml'}');"
        "print([name for name in ('numpy', 'pandas', 'xarray', 'scipy', 'pydantic') if name in sys.modules])"
    )
    start = time.perf_counter()
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    "line", ["gains x.yaml --do A --do B", "ask x.yaml -q a --ask b", "run x.yaml --draws 16 --draws 32"]
)
def test_an_option_given_twice_is_refused_not_halved(line):
    from realpolitik.cli.main import _register, app  # noqa: PLC0415

    if not app.registered_commands:
        _register()
    done = CliRunner().invoke(app, line.split())
    assert done.exit_code == 2
    assert "given 2 times" in done.output
