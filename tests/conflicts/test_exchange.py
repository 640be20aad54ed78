"""Files of other programs: `.gmcr` import says what it loses; `.nfg` is read and written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from realpolitik.conflicts.gmcr import parse_gmcr
from realpolitik.conflicts.nfg import parse_nfg, read_game
from realpolitik.conflicts.nfg_writer import losses, write_nfg
from realpolitik.conflicts.reader import parse_conflict, read_conflict
from realpolitik.conflicts.writer import conflict_to_json
from realpolitik.errors import InputRefused

DILEMMA = (
    'NFG 1 R "Two suspects" { "Ann" "Bob" } { { "hush" "talk" } { "hush" "talk" } }\n"a comment"\n3 3 5 0 0 5 1 1\n'
)
OUTCOMES = """NFG 1 R "Outcomes" { "Ann" "Bob" } { 2 2 } ""
{ { "both" 3 3 } { "ann" 5, 0 } { "bob" 0, 5 } { "none" 1/2 0.5 } }
1 2 3 4
"""


def gmcr_file() -> dict:
    return {
        "program": "gmcr-py",
        "version": "0.3.6",
        "options": [{"name": "Dam", "permittedDirection": "fwd"}, {"name": "Sue", "permittedDirection": "both"}],
        "decisionMakers": [
            {"name": "City", "options": [0], "preferences": [[[0, "Y"]]], "preferenceRanking": [1, [2, 3], 4]},
            {"name": "Farm", "options": [1], "preferences": [], "misperceptions": [[[0, "Y"]]]},
        ],
        "infeasibles": [],
        "coalitions": [0, 1],
        "useManualPreferenceRanking": True,
    }


def test_gmcr_rankings_number_states_from_one():
    conflict = parse_gmcr(json.dumps(gmcr_file()))
    assert conflict.labels == ("1", "2", "3", "4")
    assert [conflict.pattern(s) for s in range(4)] == ["NN", "YN", "NY", "YY"]
    assert conflict.preferences[0].ranks == (2, 1, 1, 0)
    assert conflict.moves[0] == ((1,), (), (3,), ())


def test_gmcr_losses_are_notes():
    notes = " ".join(str(note) for note in parse_gmcr(json.dumps(gmcr_file() | {"coalitions": [[0, 1]]})).notes)
    assert "Not carried over: coalitions" in notes
    assert "Not carried over" not in " ".join(str(note) for note in parse_gmcr(json.dumps(gmcr_file())).notes)
    assert "Farm has no preferences" in notes
    assert "City's ranking is followed" in notes


def test_gmcr_statements_and_infeasible_patterns():
    data = gmcr_file() | {"useManualPreferenceRanking": False, "infeasibles": [[[0, "Y"], [1, "Y"]]]}
    compound = {"compound": True, "members": [[[0, "N"], [1, "N"]], [[0, "Y"]]]}
    data["decisionMakers"][0]["preferences"] = [compound, [[0, "Y"]]]
    conflict = parse_gmcr(json.dumps(data))
    assert conflict.labels == ("1", "2", "3")
    assert conflict.preferences[0].ranks == (1, 2, 0)


@pytest.mark.parametrize(
    "change",
    [{"options": []}, {"infeasibles": [[[9, "Y"]]]}, {"decisionMakers": [{"name": "X", "options": [0]}]}],
)
def test_gmcr_nonsense_is_refused(change):
    with pytest.raises(InputRefused):
        parse_gmcr(json.dumps(gmcr_file() | change))


def test_nfg_payoffs_run_over_the_first_player_fastest():
    conflict = parse_nfg(DILEMMA)
    assert conflict.actors == ("Ann", "Bob")
    assert conflict.preferences[0].ranks == (2, 3, 0, 1)
    assert conflict.preferences[1].ranks == (2, 0, 3, 1)
    assert conflict.moves[0] == ((1,), (0,), (3,), (2,))


def test_nfg_outcomes_are_looked_up():
    assert [tuple(map(float, row)) for row in read_game(OUTCOMES).payoffs] == [(3, 3), (5, 0), (0, 5), (0.5, 0.5)]


def test_gmcr_misperceptions_become_a_picture_of_ones_own():
    conflict = parse_gmcr(json.dumps(gmcr_file()))
    farm = conflict.perceived[1]
    assert list(conflict.perceived) == [1]
    assert farm.labels == ("1", "3")
    assert farm.preferences[0].ranks == (1, 0)
    assert "Farm does not see 2, 4" in " ".join(str(note) for note in conflict.notes)
    nothing = gmcr_file()
    nothing["decisionMakers"][1]["misperceptions"] = [[[0, "Y"]], [[0, "N"]]]
    with pytest.raises(InputRefused, match="No state is listed"):
        parse_gmcr(json.dumps(nothing))


def test_nfg_players_of_one_name_stay_apart_and_commas_are_spaces():
    conflict = parse_nfg('NFG 1 R "t" { "A" "A" "" } { { "x" "x" } { "y" } { "z" } } "" 1,2,3, 4 5 6')
    assert conflict.actors == ("A [1]", "A [2]", "Player 3")
    assert conflict.preferences[0].ranks == (0, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "EFG 2 R",
        'NFG 1 R "x" { "A" } { 2 3 } 1 2',
        'NFG 1 R "x" { "A" "B" } { 2 2 } 1 2 3',
        'NFG 1 R "x" { "A" } { 99999999999 } 1',
        'NFG 1 R "x" { "A" } { 2 } "c" { { "o" 1 } } 7 1',
        'NFG 1 R "x" { "A" } { 2 } one two',
        'NFG 1 R "x" { "A" } { 2 } 1/0 1',
        'NFG 1 R "x { A } { 2 } 1 1',
    ],
)
def test_nfg_nonsense_is_refused_with_its_place(text):
    with pytest.raises(InputRefused) as caught:
        read_game(text)
    assert caught.value.findings[0].position.line == 1


def test_nfg_written_is_read_back():
    conflict = parse_conflict(
        json.dumps(
            {
                "name": 'A "quoted" name',
                "decision_makers": [{"name": "A", "options": ["x", "y"]}, {"name": "B", "options": ["z"]}],
                "preferences": {"A": [0, 1, 2, 3, 4, 5, 6, 7], "B": [[7, 6], 5, 4, [3, 2, 1, 0]]},
            }
        )
    )
    again = parse_nfg(write_nfg(conflict))
    assert [p.ranks for p in again.preferences] == [p.ranks for p in conflict.preferences]
    assert again.name == 'A "quoted" name'
    assert again.moves == conflict.moves
    assert again.options[0].levels == ("nothing", "x", "y", "x + y")


def test_what_a_strategic_game_cannot_say_is_said():
    mill = read_conflict(Path(__file__).parent / "mill.json")
    assert [note.message[:32] for note in losses(mill)] == [
        "2 infeasible combinations are th",
        "One-way, removed, joint and expl",
    ]
    rows = write_nfg(mill).strip().splitlines()[-8:]
    assert rows[-1] == rows[-2] == "-1 -1"
    assert losses(parse_nfg(DILEMMA)) == []


def test_games_too_large_to_write_are_refused():
    options = [f"o{k}" for k in range(25)]
    data = {
        "decision_makers": [{"name": "A", "options": options}],
        "infeasible": ["-" * k + "Y" + "-" * (24 - k) for k in range(24)],
        "preferences": {"A": {"type": "indifferent"}},
    }
    with pytest.raises(InputRefused, match="more than 1,000,000 profiles"):
        write_nfg(parse_conflict(json.dumps(data)))


HERE = Path(__file__).parent
CHANGES = [
    {},
    {"removed_moves": [["Farmer", 0, 2]]},
    {
        "merged_states": [["--Y"]],
        "status_quo": 1,
        "preferences": {"Miller": [0, 1, 2, 3, 4], "Farmer": [[0, 1, 2], 3, 4]},
    },
    {"preferences": {"Miller": {"strict_pairs": [[0, 1]], "equal_pairs": [[2, 3]]}, "Farmer": {"type": "indifferent"}}},
]


@pytest.mark.parametrize("change", CHANGES)
def test_json_written_is_read_back(change):
    conflict = parse_conflict(json.dumps(json.loads((HERE / "mill.json").read_text(encoding="utf-8")) | change))
    again = parse_conflict(json.dumps(conflict_to_json(conflict)))
    assert again.states == conflict.states
    assert again.moves == conflict.moves
    assert [(p.ranks, p.better, p.unknown) for p in again.preferences] == [
        (p.ranks, p.better, p.unknown) for p in conflict.preferences
    ]


@pytest.mark.parametrize("path", sorted((HERE / "published").glob("*.json")), ids=lambda path: path.stem)
def test_published_conflicts_are_written_and_read_back(path):
    conflict = read_conflict(path)
    again = parse_conflict(json.dumps(conflict_to_json(conflict)))
    assert (again.states, again.moves, again.options) == (conflict.states, conflict.moves, conflict.options)
