"""Published conflicts: what the source prints is what the definitions give; where not, the file says so.

`checked` in each file says whether the printed result was read at the source or is a well-known one quoted from
memory.
"""

from __future__ import annotations

import json
from math import factorial
from pathlib import Path

import pytest

from realpolitik.analyses.inverse import inverse
from realpolitik.analyses.stability import analyse, stability_json
from realpolitik.conflicts.reader import parse_conflict, read_conflict

FILES = sorted((Path(__file__).parent / "published").glob("*.json"))


def loaded(path: Path) -> tuple[dict, dict]:
    """The file, and what is found under the sanction rule of its source (legal sequences unless it says otherwise)."""
    data = json.loads(path.read_text(encoding="utf-8"))
    rule = data["printed"].get("convention", "legal-sequences")
    return data, stability_json(analyse(read_conflict(path), rule, coalitions=rule == "legal-sequences"))


def test_there_are_fourteen():
    assert len(FILES) == 14


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_equilibria_are_as_printed(path):
    data, found = loaded(path)
    assert data["source"]
    assert data["checked"]
    for concept, states in data["printed"]["equilibria"].items():
        assert equilibria(found, concept) == states, concept


def equilibria(found: dict, concept: str) -> list[str]:
    return [state for state, actors in found["per_state"].items() if all(flags[concept] for flags in actors.values())]


def test_elmira_coalition_upsets_the_deadlock():
    data, found = loaded(next(path for path in FILES if path.stem == "elmira"))
    jumps = found["coalitions"]["jumps"]
    assert [{key: jump[key] for key in ("coalition", "from", "to")} for jump in jumps] == data["printed"]["jumps"]
    assert jumps[0]["lose"] == ["Local Government"]


def test_simultaneous_moves_make_the_fourth_equilibrium_of_2017():
    data, found = loaded(next(path for path in FILES if path.stem == "korea_2017"))
    both = set(equilibria(found, "SEQ or SIM"))
    assert sorted(both - set(equilibria(found, "SEQ"))) == data["printed"]["by_simultaneous"]


@pytest.mark.parametrize("name", ["garrison", "milk_river"])
def test_simultaneous_stability_is_as_printed(name: str):
    data, found = loaded(next(path for path in FILES if path.stem == name))
    assert equilibria(found, "SIM") == data["printed"]["SIM"]


def test_where_the_sanction_rule_makes_a_difference_the_file_says_so():
    data, _ = loaded(next(path for path in FILES if path.stem == "garrison"))
    printed = data["printed"]
    assert printed["discrepancy"]
    legal = stability_json(analyse(parse_conflict(json.dumps(data)), "legal-sequences", coalitions=False))
    for concept in ("R", "GMR", "SMR", "SEQ"):
        expected = printed["by_legal_sequences"].get(concept, printed["equilibria"][concept])
        assert equilibria(legal, concept) == expected


def test_orders_that_make_the_release_of_water_hold():
    path = next(path for path in FILES if path.stem == "euphrates_1975")
    data, _ = loaded(path)
    conflict = read_conflict(path)
    wanted = data["printed"]["inverse"]
    found = inverse(conflict, conflict.labels.index(wanted["state"]), ("R", "SEQ"))
    syria = conflict.actors.index(wanted["actor"])
    shares = {concept: items[syria].share * factorial(6) for concept, items in found.items()}
    assert shares == {"R": wanted["R"], "SEQ": 384}
