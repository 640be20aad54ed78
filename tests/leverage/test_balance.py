from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.analyses.balance import Bloc, balance, contest_share, strength
from realpolitik.claims.facts.model import Fact, FactsTable, Metric
from realpolitik.errors import QuestionRefused
from realpolitik.project import Project
from realpolitik.project import leverage as ask

TABLE = FactsTable(
    (
        Fact("AAA", "gdp", 2020, 60, 60, "USD", "bank"),
        Fact("BBB", "gdp", 2020, 20, 20, "USD", "bank"),
        Fact("CCC", "gdp", 2020, 40, 40, "USD", "bank"),
        Fact("AAA", "gdp", 2023, 70, 70, "USD", "bank"),
        Fact("CCC", "gdp", 2023, 30, 30, "USD", "bank"),
        Fact("AAA", "share", 2023, 9, 9, "percent", "bank"),
        Fact("CCC", "share", 2023, 9, 9, "percent", "bank"),
    ),
    {"gdp": Metric("gdp", "output", "USD"), "share": Metric("share", "a share", "percent", adds=False)},
    {"wealth": ("gdp",)},
)
LEFT, RIGHT = Bloc(("AAA", "BBB")), Bloc(("CCC",))


def test_shares_by_hand_for_each_degree_of_cooperation() -> None:
    rows = balance(TABLE, LEFT, RIGHT, "wealth", year=2020).rows
    assert [row["share"] for row in rows] == pytest.approx([60 / 100, 70 / 110, 80 / 120])
    assert not rows[0]["missing"]


def test_the_latest_year_names_who_has_no_figure() -> None:
    rows = balance(TABLE, LEFT, RIGHT, "gdp").rows
    assert {row["year"] for row in rows} == {2023}
    assert rows[0]["missing"] == ("BBB",)
    assert "no figure for BBB" in balance(TABLE, LEFT, RIGHT, "gdp").sentences[0]


def test_degrees_of_cooperation_can_be_named() -> None:
    (row,) = balance(TABLE, Bloc(("AAA", "BBB"), 0.5), RIGHT, "gdp", year=2020).rows
    assert (row["left"], row["right"]) == (70.0, 40.0)


def test_a_share_is_never_called_a_chance() -> None:
    for sentence in balance(TABLE, LEFT, RIGHT, "gdp").sentences:
        assert "not a chance of winning" in sentence
        assert "likely" not in sentence


def test_shares_of_shares_and_lists_that_overlap_are_refused() -> None:
    with pytest.raises(QuestionRefused, match="both lists"):
        balance(TABLE, LEFT, Bloc(("AAA",)), "gdp")
    with pytest.raises(QuestionRefused, match="No year"):
        balance(TABLE, LEFT, RIGHT, "share")
    with pytest.raises(QuestionRefused, match="no facts called"):
        balance(TABLE, LEFT, RIGHT, "gpd")


def test_without_figures_there_is_no_balance(strait: Project) -> None:
    with pytest.raises(QuestionRefused, match=r"facts\.yaml"):
        ask.balance(strait, ("ALA",), ("BOR",), "gdp")


@given(st.lists(st.floats(0, 1e3), min_size=1, max_size=5), st.floats(0, 1))
def test_strength_lies_between_the_largest_and_the_sum(values: list[float], cooperation: float) -> None:
    assert max(values) - 1e-9 <= strength(values, cooperation) <= sum(values) + 1e-6


@given(st.floats(0, 1e3), st.floats(0, 1e3), st.floats(0.5, 3))
def test_two_shares_make_one(one: float, two: float, m: float) -> None:
    assert contest_share(one, two, m) + contest_share(two, one, m) == pytest.approx(1.0)
