"""The commands on ordinal conflicts: the printed form, the refusals, the documentation's own example."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from realpolitik.analyses.stability import analyse, explain, picture
from realpolitik.cli.conflict_commands import register
from realpolitik.conflicts.reader import parse_conflict, read_conflict
from realpolitik.errors import RealpolitikError
from realpolitik.games.concepts import CONCEPTS, CONVENTIONS
from realpolitik.games.literal import LiteralGame, Relation

HERE = Path(__file__).parent
MILL = HERE / "mill.json"
DOCUMENT = HERE.parents[1] / "docs" / "reference" / "conflict-format.md"

app = typer.Typer()
register(app)


def run(*arguments: object, code: int = 0) -> str:
    """What is printed; of a refusal, what the main program prints for it."""
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    if isinstance(result.exception, RealpolitikError):
        assert result.exception.exit_code == code, result.exception
        return str(result.exception)
    assert result.exit_code == code, result.output
    return result.output


def printed(*arguments: object) -> dict:
    return json.loads(run(*arguments, "--json"))


def test_json_has_the_documented_form():
    found = printed("stability", MILL)
    assert list(found)[:4] == ["name", "convention", "states", "per_state"]
    assert found["convention"] == "legal-sequences"
    assert found["states"] == ["0", "1", "2", "3", "4", "5"]
    assert set(found["per_state"]["0"]["Miller"]) == {*CONCEPTS, "SIM", "SEQ or SIM"}
    assert list(found["equilibria"]) == list(CONCEPTS)
    assert list(found["coalitions"]["equilibria"]) == ["CNash", "CGMR", "CSMR", "CSEQ"]


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_printed_flags_are_the_definitions(convention):
    conflict = read_conflict(MILL)
    relations = [Relation.from_ranks(p.ranks or ()) for p in conflict.preferences]
    game = LiteralGame([[set(t) for t in actor] for actor in conflict.moves], relations, convention)
    found = printed("stability", MILL, "--convention", convention)
    assert found["convention"] == convention
    for s, label in enumerate(conflict.labels):
        for i, name in enumerate(conflict.actors):
            flags = found["per_state"][label][name]
            assert {c: flags[c] for c in CONCEPTS} == {c: game.stable(c, i, s) for c in CONCEPTS}


def test_the_documented_example_is_the_tested_one():
    block = re.search(r"```json\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.S)
    assert block
    example = parse_conflict(block[1])
    assert example == read_conflict(MILL)


def test_readings_are_separate_blocks(tmp_path):
    data = json.loads(MILL.read_text(encoding="utf-8"))
    data["preferences"]["Farmer"] = {"type": "partial", "strict_pairs": [[1, 0], [5, 4]], "rest": "unknown"}
    path = tmp_path / "partial.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    found = printed("stability", path)
    assert list(found["readings"]) == ["a", "b", "c", "d"]
    stable = {r: set(block["equilibria"]["R"]) for r, block in found["readings"].items()}
    assert stable["a"] == stable["c"] < stable["b"] == stable["d"]
    assert "Reading a of unknown preferences" in run("stability", path)


def test_text_names_the_convention_and_every_equilibrium():
    text = run("stability", MILL, "--why", "1", "--options", "--partition", "Miller + Farmer")
    assert "sanctions by legal-sequences" in text
    assert "Each block one mover: Miller + Farmer" in text
    assert "1 is GMR for Miller: its move to 0 is met by Farmer to 2 (2 is no better for it)." in text
    assert "if an option could not be used" in text


def test_proofs_agree_with_the_flags():
    conflict = read_conflict(HERE / "published" / "elmira.json")
    result = analyse(conflict)[0]
    for s in range(len(conflict.states)):
        for item in explain(conflict, s, "legal-sequences"):
            proof = item.proof
            assert proof.stable == result.flags[proof.concept][proof.mover][s]
            assert all((answer.sanction is None) != proof.stable for answer in proof.answers)


def test_a_misperceived_order_changes_what_holds(tmp_path):
    data = json.loads((HERE / "published" / "prisoners_dilemma.json").read_text(encoding="utf-8"))
    trusting = {"Prisoner One": {"preferences": {"Prisoner One": [3, 1, 2, 0]}}}
    path = tmp_path / "misperceived.json"
    path.write_text(json.dumps(data | {"misperceptions": trusting}), encoding="utf-8")
    found = printed("stability", path)
    assert found["equilibria"]["R"] == ["0"]
    assert found["hypergame"]["equilibria"]["R"] == ["1"]
    assert "level-1 hypergame" in run("stability", path)


def test_paths_from_the_status_quo():
    found = printed("paths", MILL, "--to", "5")
    assert found["from"] == "0"
    steps = [[(step["by"], step["to"]) for step in path] for path in found["shortest_paths"]]
    assert steps == [[("Miller", "1"), ("Farmer", "5")], [("Farmer", "4"), ("Miller", "5")]]
    assert found["reachable"]["improvements"] == {"0": 0}
    assert "no legal sequence of improvements leads to 5 (YNY)" in run("paths", MILL, "--to", "YNY", "--improvements")


def test_inverse_says_what_would_have_to_change():
    found = printed("inverse", MILL, "--state", "4", "--concept", "R")["concepts"]["R"]
    farmer = found["actors"]["Farmer"]
    assert farmer["condition"] == [
        {"move": "0", "one_of_these_not_above": [["0"]]},
        {"move": "2", "one_of_these_not_above": [["2"]]},
    ]
    assert farmer["orders"] == {"share": "1/3", "count": "240"}
    assert farmer["to_hold"]["lower"] == ["0"]
    assert found["margin"] == {"actor": "Farmer", "would": "make"} | farmer["to_hold"]
    assert found["profiles"]["share"] == "1/6"
    assert "it would if 0 were no better than 4 for it" in run("inverse", MILL, "--state", "4")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("stability", MILL, "--convention", "any"), "Known: legal-sequences"),
        (("stability", MILL, "--why", "99"), "'99' is no state"),
        (("stability", MILL, "--partition", "Miler"), "Did you mean 'Miller'?"),
        (("stability", MILL, "--partition", "Miller, Miller"), "two blocks"),
        (("stability", HERE / "none.json"), "Cannot read"),
        (("inverse", MILL, "--state", "4", "--concept", "Nash"), "no stability concept"),
    ],
)
def test_refusals_are_sentences(arguments, message):
    assert message in run(*arguments, code=2)


def test_a_path_needs_a_start():
    assert "Give --from LABEL" in run("paths", HERE / "published" / "nau_section_3.json", code=1)


def test_a_block_may_change_all_its_options_at_once():
    data = {
        "decision_makers": [{"name": "A", "options": ["x"]}, {"name": "B", "options": ["y"]}],
        "state_numbering": {"states": {"left": "YN", "right": "NY"}},
        "preferences": {"A": ["right", "left"], "B": ["right", "left"]},
    }
    conflict = parse_conflict(json.dumps(data))
    result = analyse(conflict, blocks=[(0, 1)])[0]
    assert result.equilibria("R") == [0, 1]
    assert result.block_equilibria()["R"] == [1]
    removed = parse_conflict(json.dumps(data | {"moves": {"A": [["right", "left"]]}}))
    assert analyse(removed, blocks=[(0, 1)])[0].block_equilibria()["R"] == [0, 1]


def test_names_cannot_steer_the_terminal(tmp_path):
    data = {
        "name": "red\x1b[31m",
        "decision_makers": [{"name": "A\x1b[2J", "options": ["x\ny"]}],
        "preferences": {"A\x1b[2J": [0, 1]},
    }
    path = tmp_path / "names.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    for verb in (("stability", path), ("paths", path, "--from", 0), ("inverse", path, "--state", 0)):
        text = run(*verb)
        assert "\x1b" not in text
        assert "x\ny" not in text


def test_states_and_moves_are_drawn(tmp_path):
    page, alone = tmp_path / "mill.html", tmp_path / "mill.svg"
    assert f"Drawn in {page}" in run("stability", MILL, "--picture", page)
    printed("stability", MILL, "--picture", alone)
    for text in (page.read_text(encoding="utf-8"), alone.read_text(encoding="utf-8")):
        assert "Mill and meadow: of 6 states shown 5 hold" in " ".join(text.split())
        assert "nobody gaining by leaving: 0, 2 and 3" in " ".join(re.sub("<[^>]*>", " ", text).split())
        assert "Lower the sluice, Complain" in text
        assert "as now" in text
    assert "is no picture" in run("stability", MILL, "--picture", tmp_path / "mill.png", code=2)


def test_of_many_states_the_stable_and_near_ones_are_drawn():
    found = picture(analyse(read_conflict(HERE / "published" / "milk_river.json"))[0])
    assert len(found["states"]) == 16
    shown = {state["id"] for state in found["states"]}
    assert {move[end] for move in found["moves"] for end in ("from", "to")} <= shown
    assert "only the stable and near ones" in found["note"]


def test_improvements_drawn_are_improvements():
    conflict = read_conflict(MILL)
    found = picture(analyse(conflict)[0])
    expected = {
        (conflict.actors[i], conflict.labels[s], conflict.labels[t])
        for i, rows in enumerate(conflict.moves)
        for s, row in enumerate(rows)
        for t in row
        if conflict.preferences[i].ranks[t] > conflict.preferences[i].ranks[s]
    }
    assert {(move["mover"], move["from"], move["to"]) for move in found["moves"]} == expected
