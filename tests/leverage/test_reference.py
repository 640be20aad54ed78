"""What the reference situation answers to the questions of pairs and groups. No number here is a target."""

from __future__ import annotations

import time

import pytest

from realpolitik.project import Project
from realpolitik.project import leverage as ask
from realpolitik.results.result import Result

pytestmark = [pytest.mark.slow, pytest.mark.reference]


@pytest.fixture(scope="module")
def leverage(small_case: Project) -> dict[tuple[str, str], dict]:
    return {(row["actor"], row["over"]): dict(row) for row in ask.leverage(small_case).rows}


def test_a_supplier_has_leverage_that_its_customer_has_not(leverage: dict) -> None:
    for customer in ("RUS", "PRK"):
        assert leverage[("CHN", customer)]["cost"] < leverage[(customer, "CHN")]["cost"]
    assert leverage[("CHN", "RUS")]["asymmetry"] > 0.5


def test_of_two_cuts_either_does_most(leverage: dict) -> None:
    row = leverage[("CHN", "RUS")]
    assert set(row["pair_move"].split(", ")) == {"CHN.energy=stop", "CHN.dualuse=stop"}
    assert row["either"]
    assert row["pair_own"] < row["cost_own"] < 0


def test_the_squeeze_is_the_hardest_lever_and_hardly_credible(leverage: dict) -> None:
    row = leverage[("CHN", "PRK")]
    assert row["cost_move"] == "CHN.trade=withheld"
    assert row["cost"] < -50
    assert row["carried_out"] < 0.05


def test_allies_are_closer_than_rivals(small_case: Project) -> None:
    found = {(row["actor"], row["other"]): row["alignment"] for row in ask.alignment(small_case).rows}
    assert min(found[pair] for pair in (("USA", "KOR"), ("USA", "JPN"), ("KOR", "JPN"))) > 0.3
    assert max(found[pair] for pair in (("RUS", "USA"), ("RUS", "UKR"), ("CHN", "USA"))) < 0


@pytest.fixture(scope="module")
def wedges(small_case: Project) -> Result:
    return ask.wedges(small_case, ("RUS", "PRK", "CHN"))


def test_partners_part_over_the_status_of_one_and_a_bloc_of_three(wedges: Result) -> None:
    parting = {(row["factor"], row["more"], row["less"]) for row in wedges.rows if row["kind"] == "interest"}
    assert ("prk_status", "PRK", "CHN") in parting
    assert ("axis_china", "RUS", "CHN") in parting


def test_engaging_one_and_deterring_another_splits_and_pressing_all_does_not(wedges: Result) -> None:
    moves = {row["move"]: row for row in wedges.rows if row["kind"] == "move"}
    split, pressed = moves["engage Beijing, deter Moscow"], moves["uniform pressure on all three"]
    assert split["sort"] == "wedge"
    assert split["gains"]["CHN"] > 0 > split["gains"]["RUS"]
    assert pressed["sort"] == "uniform pressure"
    assert sum(split["price"].values()) > sum(pressed["price"].values())


def test_the_core_first_and_who_pays_for_it(small_case: Project) -> None:
    result = ask.coalitions(small_case, "TRIO.institution=institutionalised", candidate="CAN")
    parties = {row["actor"]: row for row in result.rows if row["kind"] == "party"}
    outsiders = {name: row["gain"] for name, row in parties.items() if not row["member"]}
    assert min(outsiders, key=outsiders.__getitem__) == "CHN"
    assert all(row["consents"] > 0.5 for row in parties.values() if row["member"])
    core, wide = (row for row in result.rows if row["kind"] == "order")
    assert core["sum"] > wide["sum"]
    adds = [row for row in result.rows if row["kind"] == "candidate" and row["actor"] in ("USA", "KOR", "JPN")]
    assert all(row["adds"] > row["adds_before"] for row in adds)


def test_rules_are_logged_with_their_status_and_erode(small_case: Project) -> None:
    result = ask.norms(small_case)
    moves = {row["move"]: row for row in result.rows if row["kind"] == "move"}
    assert moves["CHN.dualuse=sell"]["status"] == "exempt"
    assert moves["PRK.shells=full"]["status"] == "violates"
    assert moves["RUS.reentry=given"]["rule"] == ("unsc_resolutions",)
    (worn,) = [row for row in result.rows if row["kind"] == "erosion"]
    assert worn["factor"] == "unsc_integrity"
    assert worn["change"] < -0.05
    assert worn["own_cost"]["RUS"] < 0
    promised = {row["by"]: row for row in result.rows if row["kind"] == "promise"}
    assert promised["EDSCG"]["due"] > 0
    assert promised["EDSCG"]["together"]


def test_help_holds_and_technology_pierces(small_case: Project) -> None:
    rows = [row for row in ask.contingencies(small_case).rows if row["kind"] == "branch"]
    for outcome in ("kor_defence", "jpn_defence"):
        plain = next(row for row in rows if row["outcome"] == outcome and row["beside"] == "nothing else")
        assert plain["is_chance"]
        assert plain["with"] > plain["without"]
    shield = {row["beside"]: row for row in rows if row["outcome"] == "bmd"}
    assert shield["nothing else"]["with"] > shield["nothing else"]["without"]
    pierced = shield["re-entry technology for Pyongyang"]
    assert pierced["without"] < shield["nothing else"]["without"]
    assert pierced["with"] < shield["nothing else"]["with"]


def test_warm_answers_come_at_once(small_case: Project) -> None:
    """The full-size times stand in docs/how-to/leverage.md; here, a second asking must cost next to nothing."""
    started = time.process_time()
    ask.leverage(small_case)
    ask.alignment(small_case)
    assert time.process_time() - started < 5.0
