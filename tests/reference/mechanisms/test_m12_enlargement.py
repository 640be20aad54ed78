"""M12, more members and in what order: what a member adds, and whether the core comes first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from realpolitik.project import Project, open_project
from realpolitik.project.leverage import coalitions

from .effects import LOOSE, TRIO, gone, level, surely

pytestmark = [pytest.mark.slow, pytest.mark.reference]

IN, OUT = "JACK.accession=in", "JACK.accession=out"


@pytest.fixture(scope="module")
def rows() -> tuple[Mapping[str, Any], ...]:
    few = open_project("northeast-asia", draws=64, cache=False)
    return tuple(coalitions(few, TRIO, candidate="CAN").rows)


def test_orders_are_compared_and_the_core_comes_first(rows: tuple[Mapping[str, Any], ...]) -> None:
    core, early = (row for row in rows if row["kind"] == "order")
    assert core["first"] == "the trio's bond: institutionalised"
    assert core["sum"] > early["sum"] + 1.0


def test_every_members_worth_is_told_for_core_and_candidate(rows: tuple[Mapping[str, Any], ...]) -> None:
    added = {row["actor"]: row for row in rows if row["kind"] == "candidate" and row["member"]}
    assert set(added) == {"USA", "KOR", "JPN", "CAN"}
    assert all({"adds", "adds_before"} <= row.keys() for row in added.values())
    valued = {row["actor"] for row in rows if row["kind"] == "party" and row["shapley"] is not None}
    assert valued == set(added)


def test_before_the_core_is_firm_it_loosens_it_and_not_without_that_link(case: Project) -> None:
    ensemble = case.ensemble()
    early = (f"{IN}, {LOOSE}", f"{OUT}, {LOOSE}")
    whole = level(ensemble, "tri_coop", 2.0, *early)
    assert surely(whole) == -1
    assert gone(level(ensemble, "tri_coop", 2.0, *early, ("JACK.accession=in -> tri_coop",)), whole)
    firm = level(ensemble, "tri_coop", 2.0, f"{IN}, {TRIO}", f"{OUT}, {TRIO}")
    assert abs(firm.value) < 1e-9


def test_a_member_more_weighs_little_in_the_balance(case: Project) -> None:
    ensemble = case.ensemble()
    whole = level(ensemble, "mil_balance", 3.0, f"{IN}, {TRIO}", f"{OUT}, {TRIO}")
    assert surely(whole) == 1
    assert whole.value < 0.05
    assert gone(
        level(ensemble, "mil_balance", 3.0, f"{IN}, {TRIO}", f"{OUT}, {TRIO}", ("coalition_size -> mil_balance",)),
        whole,
    )
