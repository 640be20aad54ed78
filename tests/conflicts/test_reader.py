"""What the JSON form says is what is read; what is wrong with it is said at once, with its place."""

from __future__ import annotations

import json
import random
from contextlib import suppress
from copy import deepcopy
from pathlib import Path

import pytest

from realpolitik.conflicts.reader import parse_conflict, read_conflict
from realpolitik.errors import InputRefused

MILL = Path(__file__).parent / "mill.json"


def mill() -> dict:
    return json.loads(MILL.read_text(encoding="utf-8"))


def read(data: dict):
    return parse_conflict(json.dumps(data, indent=1), "file.json")


def refusals(data: object) -> str:
    with pytest.raises(InputRefused) as caught:
        read(data)
    assert all(f.position.line > 0 for f in caught.value.findings)
    return str(caught.value)


def targets(conflict, actor: str, label: str) -> set[str]:
    i, s = conflict.actors.index(actor), conflict.labels.index(label)
    return {conflict.labels[t] for t in conflict.moves[i][s]}


def ranks(conflict, actor: str) -> list[list[str]]:
    """Best to worst, ties together."""
    found = conflict.preferences[conflict.actors.index(actor)].ranks
    return [
        [lab for lab, r in zip(conflict.labels, found, strict=True) if r == rank]
        for rank in sorted(set(found), reverse=True)
    ]


def test_states_moves_and_orders_of_the_mill():
    conflict = read_conflict(MILL)
    assert conflict.labels == ("0", "1", "2", "3", "4", "5")
    assert [conflict.pattern(s) for s in range(6)] == ["NNN", "YNN", "NYN", "YYN", "NNY", "YNY"]
    assert targets(conflict, "Miller", "0") == {"1"}
    assert targets(conflict, "Farmer", "0") == {"2", "4"}
    assert targets(conflict, "Farmer", "2") == set()
    assert ranks(conflict, "Miller") == [["4"], ["5"], ["0"], ["1"], ["2", "3"]]
    assert ranks(conflict, "Farmer") == [["1"], ["5"], ["3"], ["0"], ["4"], ["2"]]
    assert conflict.status_quo == 0
    assert conflict.transitive


def test_listed_states_are_authoritative_and_keep_their_labels():
    data = mill() | {"state_numbering": {"states": {"b": "YNN", "a": "NNN"}}}
    data["preferences"] = {"Miller": {"best_to_worst": ["a", "b"]}, "Farmer": {"type": "indifferent"}}
    del data["status_quo"]
    conflict = read(data)
    assert conflict.labels == ("b", "a")
    assert targets(conflict, "Miller", "a") == {"b"}
    assert targets(conflict, "Farmer", "a") == set()


def test_a_listed_state_that_is_infeasible_is_kept_with_a_note():
    data = mill() | {"state_numbering": {"states": {"x": "NYY", "y": "NNN"}}}
    data["preferences"] = {"Miller": ["x", "y"], "Farmer": ["y", "x"]}
    del data["status_quo"]
    conflict = read(data)
    assert conflict.labels == ("x", "y")
    assert "infeasible pattern" in conflict.notes[0].message


def test_removed_and_explicit_moves():
    removed = read(mill() | {"removed_moves": [["Farmer", 0, 2]]})
    assert targets(removed, "Farmer", "0") == {"4"}
    assert not removed.transitive
    explicit = read(mill() | {"moves": {"Farmer": [[0, 5], ["5", "0"]]}})
    assert targets(explicit, "Farmer", "0") == {"5"}
    assert targets(explicit, "Farmer", "4") == set()
    assert targets(explicit, "Miller", "0") == {"1"}


def test_merged_states_can_be_left_from_any_of_their_vectors():
    data = mill() | {"merged_states": [["--Y"]], "state_numbering": {"states": {}}}
    data["state_numbering"]["states"] = {"1": "NNN", "2": "YNN", "3": "NYN", "4": "YYN", "shared": "NNY"}
    order = ["shared", 1, 2, 3, 4]
    data["preferences"] = {"Miller": order, "Farmer": order}
    data["status_quo"] = 1
    conflict = read(data)
    assert conflict.pattern(4) == "-NY"
    assert targets(conflict, "Farmer", "shared") == {"1", "2", "3", "4"}
    assert targets(conflict, "Miller", "shared") == set()
    assert (
        read(
            data
            | {
                "merged_states": [],
                "state_numbering": {"states": data["state_numbering"]["states"] | {"shared": "--Y"}},
            }
        ).pattern(4)
        == "-NY"
    )


def test_states_without_options_are_a_graph():
    data = {
        "decision_makers": ["A", "B"],
        "states": ["s", "t"],
        "moves": {"A": {"s": ["t"]}, "B": [["t", "s"]]},
        "preferences": {"A": ["t", "s"], "B": {"strict_pairs": [["s", "t"]]}},
    }
    conflict = read(data)
    assert conflict.moves == (((1,), ()), ((), (0,)))
    assert conflict.pattern(0) == ""


def test_levels_have_digits_and_mixed_radix_labels():
    data = {
        "decision_makers": [{"name": "A", "options": [{"name": "aid", "levels": ["none", "some", "all"]}, "talk"]}],
        "infeasible": ["2Y"],
        "irreversible": [{"option": "aid", "allowed": "up"}],
        "preferences": {"A": {"type": "weights", "weights": {"aid": [0, 1, 5], "talk": 2}}},
    }
    conflict = read(data)
    assert [conflict.pattern(s) for s in range(5)] == ["0N", "1N", "2N", "0Y", "1Y"]
    assert conflict.labels == ("0", "1", "2", "3", "4")
    assert targets(conflict, "A", "1") == {"2", "4"}
    assert ranks(conflict, "A") == [["2"], ["4"], ["3"], ["1"], ["0"]]


@pytest.mark.parametrize(
    ("statement", "true"),
    [
        (["Y--", "--Y"], {"1", "3", "4", "5"}),
        ({"not": "Y--"}, {"0", "2", "4"}),
        ({"and": ["Y--", {"not": "--Y"}]}, {"1", "3"}),
        ({"if": ["Y--", "--Y"]}, {"0", "1", "2", "3", "5"}),
        ({"iff": ["Y--", "--Y"]}, {"0", "2", "5"}),
        ({"option": "Complain"}, {"2", "3"}),
        ({"option": 1, "level": "N"}, {"0", "1", "4", "5"}),
        ("NOT 'Complain' AND 'Lower the sluice'", {"1", "5"}),
        ("'Lower the sluice' IF 'Share the harvest'", {"0", "1", "2", "3", "5"}),
        ("Y-- IFF (-Y- OR --Y)", {"0", "3", "5"}),
        ("NOT (Y-- OR -Y-) AND --N", {"0"}),
    ],
)
def test_statements(statement, true):
    data = mill()
    data["preferences"]["Farmer"]["statements"] = [statement]
    assert set(ranks(read(data), "Farmer")[0]) == true


def test_earlier_statements_outweigh_all_later_ones():
    data = mill()
    data["preferences"]["Farmer"]["statements"] = ["--Y", *(["--N"] * 70)]
    assert ranks(read(data), "Farmer")[0] == ["4", "5"]


def test_partial_orders_are_closed_and_the_rest_is_unknown():
    data = mill()
    data["preferences"]["Farmer"] = {"type": "partial", "strict_pairs": [[0, 1], [1, 2]], "equal_pairs": [[2, 3]]}
    order = read(data).preferences[1]
    assert order.better[3] == {0, 1}
    assert order.unknown[0] == {4, 5}


def test_misperceptions_are_whole_conflicts_of_their_own():
    data = mill() | {"misperceptions": {"Miller": {"preferences": {"Farmer": {"type": "indifferent"}}}}}
    conflict = read(data)
    assert conflict.perceived[0].preferences[1].ranks == (0,) * 6
    assert conflict.perceived[0].preferences[0] == conflict.preferences[0]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"preferences": {"Miller": [0, 1, 2, 3, 4], "Farmer": [0, 1, 2, 3, 4, 5]}}, "Miller's ranking omits 5"),
        (
            {"preferences": {"Miller": [0, 0, 1, 2, 3, 4, 5], "Farmer": {"type": "indifferent"}}},
            "lists state '0' twice",
        ),
        ({"infeasible": ["-Y"]}, "has 2 places; expected 3"),
        ({"infeasible": ["-X-"]}, "'X' cannot stand for 'Complain'"),
        ({"infeasible": ["---"]}, "No state is feasible"),
        ({"infeasible": ["Y--", "N--"]}, "file.json:36:16  error  No state is feasible"),
        ({"infeasible": ["Y--", "-Y-", "N--"]}, "without 'Y--' (line 37) or 'N--' (line 39)"),
        ({"infeasible": ["Y--", "N--", "---"]}, "Take several of them out"),
        ({"state_numbering": {"states": ["a", "b"]}}, "every label needs its option vector"),
        ({"removed_moves": [["Milller", 0, 1]]}, "Did you mean 'Miller'?"),
        ({"removed_moves": [["Miller", 0, 9]]}, "'9' is no label of a feasible state"),
        ({"irreversible": [{"option": 1, "allowed": "sideways"}]}, "'sideways' is no direction"),
        ({"irreversible": [{"option": 7, "allowed": "N->Y"}]}, "index 0 to 2"),
        ({"decision_makers": []}, "Expected 1 to 32 actors"),
        ({"preferences": {"Miller": {"type": "rankng"}, "Farmer": {}}}, "Did you mean 'ranking'?"),
        ({"status_quo": 77}, "'77' is no label"),
        ({"merged_states": [["YYY"]]}, "No feasible state matches"),
        ({"state_numbering": {"states": {"1": "NNN", "2": "NNN"}}}, "stand for the same option vector"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(change, message):
    found = refusals(mill() | change)
    assert message in found
    assert found.startswith("file.json:")


def test_a_circle_of_strict_preferences_is_named():
    data = mill()
    data["preferences"]["Farmer"] = {"type": "partial", "strict_pairs": [[0, 1], [1, 2], [2, 0], [3, 4]]}
    assert "run in a circle: " in refusals(data)


def test_all_findings_come_at_once():
    data = mill()
    data["preferences"]["Miller"]["best_to_worst"] = [4, 5]
    data["preferences"]["Farmer"]["statements"] = ["Y-", "'Complan' OR Y--"]
    found = refusals(data)
    assert found.count("\n") == 2
    assert "Did you mean 'Complain'?" in found


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("{", "1:2"),
        ('{"a": 1,}', "1:9"),
        ('{"a": 1 "b": 2}', "1:9"),
        ('{\n "a": nul}', "2:7"),
        ('{"a": 1}\n x', "2:2"),
        ('{"a": 1,\n "a": 2}', "2:2"),
        ("[" * 100_000, "1:66"),
        ('{"a": "\\ud800"}', "1:7"),
        ("", "1:1"),
    ],
)
def test_broken_json_is_located(text, place):
    with pytest.raises(InputRefused) as caught:
        parse_conflict(text)
    assert str(caught.value.findings[0].position) == place


def test_unreadable_files_are_refused(tmp_path):
    for name, content in {"latin.json": b"\xff\xfe{}", "empty.gmcr": b"", "odd.nfg": b'NFG 1 R "'}.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InputRefused):
            read_conflict(tmp_path / name)
    for missing in (tmp_path / "none.json", tmp_path):
        with pytest.raises(InputRefused, match="Cannot read"):
            read_conflict(missing)


def test_too_many_states_are_refused_before_they_are_listed():
    actors = [{"name": f"A{i}", "options": [f"o{i}{k}" for k in range(8)]} for i in range(8)]
    data = {"decision_makers": actors, "preferences": {f"A{i}": {"type": "indifferent"} for i in range(8)}}
    assert "too many combinations to list: up to 100,000 states" in refusals(data)


def test_no_damaged_file_crashes_the_reader():
    rng = random.Random(7)
    pieces = [None, True, 3, -1, 2.5, "", "Y-N", [], {}, [[]], {"a": 1}, "N->Y", "NOT ( 'x'", 10**30, {"if": [1]}]
    for _ in range(600):
        data = deepcopy(mill())
        for _ in range(rng.randint(1, 3)):
            damage(data, rng, pieces)
        with suppress(InputRefused):
            read(data)


def damage(node, rng: random.Random, pieces: list) -> None:
    keys = list(node) if isinstance(node, dict) else list(range(len(node)))
    if not keys:
        return
    key = rng.choice(keys)
    if isinstance(node[key], dict | list) and rng.random() < 0.7:
        damage(node[key], rng, pieces)
    else:
        node[key] = deepcopy(rng.choice(pieces))


@pytest.mark.parametrize(
    "text", ["( " * 190, "NOT " * 190 + "Y--", "Y-- IF " * 90 + "Y--", "'Complain", "AND", "Y-- Y--", "((Y--)"]
)
def test_odd_statements_are_refused_or_read(text):
    data = mill()
    data["preferences"]["Farmer"]["statements"] = [text]
    if text.startswith(("NOT", "Y-- IF")):
        assert ranks(read(data), "Farmer")
    else:
        assert "file.json" in refusals(data)


def test_patterns_that_only_bite_at_the_end_do_not_make_a_conflict_too_large():
    options = [f"o{k}" for k in range(25)]
    late = ["-" * k + "Y" + "-" * (24 - k) for k in range(3, 25)]
    data = {
        "decision_makers": [{"name": "A", "options": options}],
        "infeasible": ["N" + "-" * 23 + "N", *late],
        "preferences": {"A": {"type": "indifferent"}},
    }
    assert read(data).labels == ("1", "3", "5", "7")


def test_feasible_states_are_those_no_pattern_matches():
    rng = random.Random(4)
    for _ in range(60):
        count = rng.randint(1, 6)
        patterns = ["".join(rng.choice("YN---") for _ in range(count)) for _ in range(rng.randint(0, 4))]
        data = {
            "decision_makers": [{"name": "A", "options": [f"o{k}" for k in range(count)]}],
            "infeasible": patterns,
            "preferences": {"A": {"type": "indifferent"}},
        }
        labels = [
            n
            for n in range(2**count)
            if not any(all(c in ("-", "NY"[n >> k & 1]) for k, c in enumerate(pattern)) for pattern in patterns)
        ]
        if labels:
            assert read(data).labels == tuple(map(str, labels))
        else:
            assert "No state is feasible" in refusals(data)
