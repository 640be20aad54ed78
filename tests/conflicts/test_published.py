"""Published conflicts: what the source prints is what the definitions give; where not, the file says so.

Every file was read at its source: `source` names it, `read` says on which pages the model and the results stand. A
source that could not be reached is not quoted.
"""

from __future__ import annotations

import json
from math import factorial
from pathlib import Path

import pytest

from realpolitik.analyses.inverse import inverse
from realpolitik.analyses.paths import status_quo
from realpolitik.analyses.stability import analyse, stability_json
from realpolitik.conflicts.graph import movers_of
from realpolitik.conflicts.reader import parse_conflict, read_conflict
from realpolitik.games.coalitions import CoalitionGame
from realpolitik.games.relations import bits

FOLDER = Path(__file__).parent / "published"
FILES = sorted(FOLDER.glob("*.json"))
STAND_OFF = ["korea_2017", *(f"korea_2017_{case}" for case in ("irreversible", "belligerent", "deterrence", "pacific"))]


def loaded(name: str, blocks: tuple[tuple[int, ...], ...] = ()) -> tuple[dict, dict]:
    """The file, and what is found under the sanction rule of its source (legal sequences unless it says otherwise)."""
    path = FOLDER / f"{name}.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    rule = data["printed"].get("convention", "legal-sequences")
    return data, stability_json(analyse(read_conflict(path), rule, rule == "legal-sequences", blocks))


def equilibria(found: dict, concept: str) -> list[str]:
    return [state for state, actors in found["per_state"].items() if all(flags[concept] for flags in actors.values())]


def steps(best_to_worst: list) -> list[list[str]]:
    """A ranking as groups of labels, best first."""
    return [[str(s) for s in item] if isinstance(item, list) else [str(item)] for item in best_to_worst]


def test_at_least_twelve_are_read_at_the_source():
    read = [data for data in (json.loads(path.read_text(encoding="utf-8")) for path in FILES) if data["read_at_source"]]
    assert len(read) == len(FILES) >= 12
    assert all(data["source"] and data["read"] for data in read)


def test_the_page_names_every_file():
    page = (Path(__file__).parents[2] / "docs" / "reference" / "published-conflicts.md").read_text(encoding="utf-8")
    for path in FILES:
        assert path.stem in page or path.stem.replace("korea_2017", "").replace("nau_section", "") in page, path.stem


@pytest.mark.parametrize("name", [path.stem for path in FILES])
def test_equilibria_are_as_printed(name: str):
    data, found = loaded(name)
    for concept, states in data["printed"].get("equilibria", {}).items():
        assert equilibria(found, concept) == states, concept


def test_elmira_is_deadlocked_as_in_figure_29():
    data, found = loaded("elmira")
    figure = data["printed"]["figure_29"]
    for sense in figure["senses"]:
        assert [s for s in equilibria(found, sense) if s in figure["shown"]] == figure["stable"], sense


def test_elmira_with_two_as_one_mover_is_as_in_figure_30():
    data, found = loaded("elmira", ((0, 1), (2,)))
    figure = data["printed"]["figure_30"]
    assert figure["partition"] == ["MoE + Uniroyal", "Local Government"]
    for sense in ("R", "GMR", "SEQ", "SMR"):
        stable = found["partition"]["equilibria"][sense]
        assert [s for s in stable if s in figure[sense]["shown"]] == figure[sense]["stable"], sense


def test_elmira_moves_from_the_status_quo_as_on_page_15():
    data, found = loaded("elmira")
    printed = data["printed"]["page_15"]
    conflict = read_conflict(FOLDER / "elmira.json")
    movers = movers_of(conflict)

    def labels(mask: int) -> list[str]:
        return [conflict.labels[s] for s in bits(mask)]

    improving = {conflict.actors[i]: labels(mover.improvements(0)) for i, mover in enumerate(movers)}
    assert {actor: states for actor, states in improving.items() if states} == printed["improvements_from_1"]
    assert sorted(conflict.labels[s] for s in status_quo(conflict, 0).by_improvements) == ["1", "7"]
    together = CoalitionGame(movers).joint((0, 1))
    here = conflict.labels.index("7")
    assert labels(together.moves[here]) == printed["coalition_moves_from_7"]
    assert labels(together.improvements(here)) == printed["coalition_improvements_from_7"]
    assert found["states"][here] == "7"


def test_elmira_payoffs_are_as_in_figure_32():
    """The program counts down from the number of states, a tie as one step."""
    data, _ = loaded("elmira")
    printed = data["printed"]["payoffs"]
    for i, actor in enumerate(("MoE", "Uniroyal")):
        groups = steps(data["preferences"][actor]["best_to_worst"])
        payoff = {state: 12 - place for place, group in enumerate(groups) for state in group}
        assert {state: payoff[state] for state in printed["states"]} == {s: v[i] for s, v in printed["states"].items()}


def test_elmira_coalition_upsets_the_deadlock():
    data = json.loads((FOLDER / "elmira.json").read_text(encoding="utf-8"))
    found = stability_json(analyse(read_conflict(FOLDER / "elmira.json"), "legal-sequences"))
    jumps = found["coalitions"]["jumps"]
    assert [{key: jump[key] for key in ("coalition", "from", "to")} for jump in jumps] == data["printed"]["jumps"]
    assert jumps[0]["lose"] == ["Local Government"]


def test_simultaneous_moves_make_the_fourth_equilibrium_of_2017():
    data, found = loaded("korea_2017")
    both = set(equilibria(found, "SEQ or SIM"))
    assert sorted(both - set(equilibria(found, "SEQ"))) == data["printed"]["by_simultaneous"]


def test_how_often_each_state_of_2017_holds_over_nine_readings():
    """The closing table of Jacobi, Sensitivity Analysis (12 November 2017)."""
    printed = {"0": 7, "2": 1, "4": 4, "5": 9, "8": 1, "10": 6, "12": 6}
    counted: dict[str, int] = {}
    readings = 0
    for name in STAND_OFF:
        data, found = loaded(name)
        for concept in data["printed"]["equilibria"]:
            readings += 1
            for state in equilibria(found, concept):
                counted[state] = counted.get(state, 0) + 1
    assert (readings, counted) == (9, printed)


def test_the_discrepancies_stated_for_2017_are_real():
    pacific, found = loaded("korea_2017_pacific")
    assert pacific["discrepancies"]
    assert sorted(set(equilibria(found, "SEQ or SIM")) - set(equilibria(found, "SEQ"))) == ["10", "2"]
    data = json.loads((FOLDER / "korea_2017_irreversible.json").read_text(encoding="utf-8"))
    assert data["discrepancies"]
    data["irreversible"].append({"option": "Invade", "allowed": "N->Y"})
    whole = stability_json(analyse(parse_conflict(json.dumps(data)), "legal-sequences"))
    assert equilibria(whole, "SEQ or SIM") == ["0", "5", "10", "12"]


@pytest.mark.parametrize("name", ["garrison", "milk_river"])
def test_simultaneous_stability_is_as_printed(name: str):
    data, found = loaded(name)
    assert equilibria(found, "SIM") == data["printed"]["SIM"]


def test_garrison_without_the_full_project_is_as_in_figure_28():
    data, found = loaded("garrison")
    figure = data["printed"]["figure_28"]
    shown = [s for s, vector in data["state_numbering"]["states"].items() if vector[0] == "N"]
    assert sorted(s for s in equilibria(found, "GMR") if s in shown) == sorted(figure["states"])
    assert sorted(s for s in equilibria(found, "SMR") if s in shown) == sorted(figure["states"])
    for sense in ("R", "SEQ", "SIM"):
        assert [s for s in equilibria(found, sense) if s in shown] == figure[sense], sense
    order = [state for group in steps(data["preferences"]["US Support"]["best_to_worst"]) for state in group]
    assert [s for s in order if s in figure["states"]] == figure["states"]


def test_where_the_sanction_rule_makes_a_difference_the_file_says_so():
    data, _ = loaded("garrison")
    printed = data["printed"]
    assert printed["discrepancy"]
    legal = stability_json(analyse(parse_conflict(json.dumps(data)), "legal-sequences", coalitions=False))
    for concept in ("R", "GMR", "SMR", "SEQ"):
        expected = printed["by_legal_sequences"].get(concept, printed["equilibria"][concept])
        assert equilibria(legal, concept) == expected


def test_orders_that_make_the_release_of_water_hold():
    data, _ = loaded("euphrates_1975")
    conflict = read_conflict(FOLDER / "euphrates_1975.json")
    wanted = data["printed"]["inverse"]
    found = inverse(conflict, conflict.labels.index(wanted["state"]), ("R", "SEQ"))
    syria = conflict.actors.index(wanted["actor"])
    shares = {concept: items[syria].share * factorial(6) for concept, items in found.items()}
    assert shares == {"R": wanted["R"], "SEQ": 384}


def test_three_equilibria_in_pure_strategies():
    data, found = loaded("nau_section_5")
    assert len(equilibria(found, "R")) == data["printed"]["pure_equilibria"]
