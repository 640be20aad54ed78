"""`rpol stability`, `paths`, `inverse` and `export` of a situation."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from realpolitik.cli.main import _register, app
from realpolitik.errors import InputRefused

from .conftest import FOCAL, STRAIT

_register()
CASE = [str(STRAIT.resolve()), "--draws", "8", "--focal", ",".join(FOCAL)]


def said(*arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, list(arguments))
    assert done.exit_code == code, done.output
    return done.output


def test_stability_of_a_situation():
    found = json.loads(said("stability", *CASE, "--outcome", "ALA.arm=on", "--json"))
    assert found["kind"] == "outcomes"
    assert found["rows"][0]["outcome"] == "as now"
    assert "WHICH JOINT OUTCOMES" in said("stability", *CASE).upper()


def test_the_outcomes_are_drawn(tmp_path: Path):
    path = tmp_path / "strait.svg"
    found = json.loads(said("stability", *CASE, "--picture", str(path), "--json"))
    text = path.read_text(encoding="utf-8")
    assert "in most draws" in text
    assert all(share in text for share in ("R ", "SEQ "))
    assert len(found["about"]["picture"]["states"]) > 1


def test_convention_is_said_and_changes_what_is_asked():
    found = json.loads(said("stability", *CASE, "--convention", "single-move", "--json"))
    assert found["about"]["convention"] == "single-move"


def test_paths_and_inverse_take_an_outcome():
    assert "from as now" in said("paths", *CASE, "--to", "ALA.arm=on", "--draw", "0")
    ways = json.loads(said("paths", *CASE, "--to", "ALA.arm=on", "--json"))
    assert ways["kind"] == "paths"
    assert ways["about"]["reached"] >= sum(row["share"] for row in ways["rows"] if "way" in row) - 1e-9
    assert "How does one get from today to what lasts" in " ".join(said("paths", *CASE).split())
    found = json.loads(said("inverse", *CASE, "--state", "ALA.arm=on & PACT.drill=quiet", "--concept", "R", "--json"))
    assert found["about"]["state"] == "ALA.arm=on & PACT.drill=quiet"
    assert found["about"]["fits"] == 1
    assert list(found["about"]["conditions"]) == ["R"]


def test_what_an_outcome_leaves_out_is_free():
    found = json.loads(said("inverse", *CASE, "--outcome", "ALA.arm=on", "--json"))
    assert found["about"]["fits"] == 24
    shares = [row["share"] for row in found["rows"] if "share" in row]
    assert sum(shares) == pytest.approx(1.0)
    text = " ".join(said("inverse", *CASE, "--outcome", "ALA.arm=on").split())
    assert "would have to want something else" in text
    assert "Exactly, in the orders of central values" in text


def test_an_exported_conflict_is_read_again(tmp_path: Path):
    path = tmp_path / "strait.json"
    assert "48 states of 5 options" in said("export", *CASE, "--as", "conflict", "--out", str(path))
    found = json.loads(said("stability", str(path), "--json", "--no-coalitions"))
    assert len(found["states"]) == 48
    done = CliRunner().invoke(app, ["export", *CASE, "--as", "conflict", "--draw", "3"])
    assert "agreements, written as moves" in done.stderr
    again = json.loads(done.stdout)
    assert again["status_quo"] == "as now"


def test_a_strategic_game_is_written_with_its_payoffs(tmp_path: Path):
    from realpolitik.conflicts.nfg import read_game  # noqa: PLC0415

    path = tmp_path / "strait.nfg"
    own = [str(STRAIT), "--draws", "8", "--focal", "BOR.blockade,ALA.arm,ALA.port"]
    assert "8 profiles of 2 players" in said("export", *own, "--as", "nfg", "--out", str(path))
    game = read_game(path.read_text(encoding="utf-8"))
    assert game.players == ("ALA", "BOR")
    assert game.strategies[0][1] == "ALA.arm=off & ALA.port=leased"
    conflict = json.loads(CliRunner().invoke(app, ["export", *own, "--as", "conflict"]).stdout)
    ranked = conflict["preferences"]["BOR"]["best_to_worst"]
    best = ranked[0] if isinstance(ranked[0], str) else ranked[0][0]
    top = max(range(8), key=lambda n: float(game.payoffs[n][1]))
    assert ("BOR.blockade=on" in best) == (top >= 4)
    assert "found" not in said("stability", str(path))
    done = CliRunner().invoke(app, ["export", *CASE, "--as", "nfg"])
    assert "changes by agreement of 2 parties" in str(done.exception)


def test_a_conflicts_file_becomes_a_game(tmp_path: Path):
    mill = Path(__file__).parents[1] / "conflicts" / "mill.json"
    path = tmp_path / "mill.nfg"
    told = said("export", str(mill), "--as", "nfg", "--out", str(path))
    assert "One-way, removed, joint and explicit moves are lost" in told
    assert len(json.loads(said("stability", str(path), "--json"))["states"]) == 8


def test_inverse_asks_for_a_state():
    assert "Which state should hold?" in str(CliRunner().invoke(app, ["inverse", *CASE]).exception)


def test_unknown_forms_are_refused():
    done = CliRunner().invoke(app, ["export", str(STRAIT), "--as", "poem"])
    assert isinstance(done.exception, InputRefused)
    assert "Known: conflict" in str(done.exception)


@pytest.mark.parametrize("state", ["ALA.arms=on", "PACT.drill=loud"])
def test_unknown_states_are_refused(state: str):
    done = CliRunner().invoke(app, ["inverse", *CASE, "--state", state])
    assert isinstance(done.exception, InputRefused)


def test_the_screen_says_how_the_options_were_chosen():
    chosen = said("stability", str(STRAIT), "--draws", "16")
    assert "No options were named, so these" in chosen
    assert "whose decisions differ most between draws" in " ".join(chosen.split())
    assert "No options were named" not in said("stability", *CASE)


def test_a_state_is_named_by_the_levels_of_the_file():
    for state, label in (("ALA.arm=on, PACT.drill=quiet", "ALA.arm=on & PACT.drill=quiet"), ("as now", "as now")):
        found = json.loads(said("inverse", *CASE, "--state", state, "--concept", "R", "--json"))
        assert found["about"]["state"] == label


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("stability", *CASE, "--outcome", "ALA.arm=on, ALA.arm=off"), "cannot stand at on and off at once"),
        (
            ("stability", *CASE, "--partition", "ALA + BOR", "--why", "3"),
            "--partition, --why: only of a conflict's file",
        ),
        (("stability", *CASE, "--picture", "none/there.svg"), "Cannot write none/there.svg"),
        (("stability", *CASE, "--picture", "there.png"), "no picture"),
        (("export", *CASE, "--as", "conflict", "--out", "none/there.json"), "Cannot write none/there.json"),
        (("inverse", *CASE, "--state", "ALA.arm", "--outcome", "ALA.arm"), "Give either --state"),
        (("stability", "mill.json", "--outcome", "ALA.arm"), "--outcome: only of a situation"),
        (("inverse", "mill.json", "--state", "1", "--draw", "0"), "--draw: only of a situation"),
        (("paths", "mill.json", "--focal", "a"), "--focal: only of a situation"),
        (("export", "mill.json", "--as", "graphml"), "cannot be written as 'graphml'"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_dropped_silently(arguments, message: str, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mill.json").write_bytes((Path(__file__).parents[1] / "conflicts" / "mill.json").read_bytes())
    assert message in str(CliRunner().invoke(app, list(arguments)).exception)


def test_the_status_quo_can_be_asked_about_by_name():
    found = json.loads(said("stability", *CASE, "--outcome", "as now", "--json"))
    assert found["sentences"][0].startswith("Everything as it is now")
