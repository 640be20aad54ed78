"""Figures by metric, year, source: kept apart, added up with the missing named, refused where unreadable."""

from __future__ import annotations

from pathlib import Path

import pytest

import realpolitik as rp
from realpolitik.claims.facts import Fact, Metric, read_facts, read_facts_file
from realpolitik.claims.facts.codes import code_of
from realpolitik.claims.facts.writer import facts_text
from realpolitik.claims.written.findings import Collector
from realpolitik.claims.written.yaml_text import read_text
from realpolitik.errors import QuestionRefused

BUNDLED = Path(rp.__file__).parent / "projects" / "northeast-asia" / "facts.yaml"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
TEXT = """metrics:
  gdp: {name: output, unit: USD}
  men: {name: soldiers, unit: persons}
  share: {name: a share, unit: percent, adds: no}
sources: {wb: a bank, un: an office}
concepts: {size: [gdp, men]}
groups: {both: [AAA, BBB]}
series:
  - metric: gdp
    source: wb
    values:
      AAA: {2020: 90, 2021: 100}
      BBB: {2020: 10, 2021: 8 to 12}
      CCC: {2020: 5}
  - {metric: gdp, source: un, values: {CCC: {2021: 4}}}
  - {metric: men, source: un, values: {AAA: {2020: 50}}}
  - {metric: share, source: un, values: {AAA: {2020: 40}, BBB: {2020: 60}}}
"""


def read(text):
    found = Collector()
    return read_facts(read_text(text, found, "facts.yaml"), found), found.sorted()


@pytest.fixture
def table():
    made, findings = read(TEXT)
    assert not findings
    return made


def test_facts_by_metric_year_and_source(table):
    assert [item.value for item in table.fact("gdp", "AAA")] == [90, 100]
    assert [(item.metric, item.year) for item in table.fact("size", "AAA")] == [
        ("gdp", 2020),
        ("gdp", 2021),
        ("men", 2020),
    ]
    assert [item.value for item in table.fact("size", "AAA", metric="men")] == [50]
    assert table.fact("gdp", "BBB", 2021)[0].low == 8


def test_ratios_have_intervals_and_stay_within_a_source(table):
    one, two = table.ratios("gdp", "AAA", "BBB")
    assert (one.value, two.low, two.high) == (9, pytest.approx(100 / 12), 12.5)
    mixed = table.ratios("gdp", "AAA", "CCC", 2021)
    assert [item.label for item in mixed] == ["gdp 2021, wb / un"]


def test_totals_name_who_is_missing(table):
    total = {(item.metric, item.year): item for item in table.fact("size", "both")}
    assert total[("gdp", 2020)].value == 100
    assert total[("men", 2020)].missing == ("BBB",)
    assert "without BBB" in total[("men", 2020)].note
    assert table.fact("share", "both") == []


def test_imported_figures_join_the_table_and_survive_the_file(table):
    metrics = {"gdp": Metric("gdp", "output", "thousand USD"), "men": Metric("men", "soldiers", "persons")}
    more = (Fact("AAA", "gdp", 2020, 9, 9, "thousand USD", "un"), Fact("AAA", "men", 2020, 51, 51, "persons", "un"))
    made = table.merged(more, {"un": "an office"}, metrics)
    assert [item.value for item in made.fact("gdp", "AAA", 2020)] == [90]
    assert [item.value for item in made.fact("gdp_un", "AAA")] == [9]
    assert [item.value for item in made.fact("men", "AAA")] == [51]
    again, findings = read(facts_text(made))
    assert not findings
    assert again.facts == made.facts
    assert (again.metrics, again.concepts, again.groups) == (made.metrics, made.concepts, made.groups)


def test_unknown_names_are_refused_with_the_nearest(table):
    with pytest.raises(QuestionRefused, match="Did you mean 'gdp'"):
        table.fact("gpd", "AAA")
    with pytest.raises(QuestionRefused, match="no facts about 'ZZZ'"):
        table.fact("gdp", "ZZZ")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("2020: 90", "2020: ninety", "no figure"),
        ("2020: 90", "20: 90", "no year"),
        ("8 to 12", "12 to 8", "no figure"),
        ("source: wb", "source: bw", "no source"),
        ("metric: men", "metric: women", "no metric"),
        ("[AAA, BBB]", "[AAA, BBC]", "no actor"),
        ("series:", "serie:", "no section"),
        ("source: un, values: {CCC: {2021", "source: wb, values: {CCC: {2020", "given twice"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(old, new, message):
    _, findings = read(TEXT.replace(old, new, 1))
    assert any(message in item.message and item.position.line for item in findings)


def test_the_bundled_figures_answer_the_claims_on_quantities_by_metric():
    table = read_facts_file(BUNDLED)
    nine = {(r.over.metric, r.over.year): r.value for r in table.ratios("economy", "CHN", "RUS")}
    assert nine[("gdp", 2023)] == pytest.approx(8.8, abs=0.05)
    assert nine[("gdp_real", 2019)] < 7
    assert all(item.value < 1000 for item in table.ratios("economy", "CHN", "PRK"))
    quarter = {r.over.metric: r.value for r in table.ratios("military size", "CAN", "JPN", 2022)}
    assert quarter["personnel"] == pytest.approx(0.271, abs=0.001)
    assert quarter["spending"] > 0.5
    blocs = table.ratios("capability", "the_three_allies", "the_other_three", 2022)
    sides = {r.over.metric: r.value > 1 for r in blocs}
    assert sides == {"cinc": False, "gdp": True, "spending": True, "personnel": False, "population": False}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the data folder is not at hand")
def test_the_bundled_figures_are_the_providers():
    from realpolitik.claims.facts.importers import import_file  # noqa: PLC0415

    table = read_facts_file(BUNDLED)
    made = import_file("cow-nmc", SHARED / "cow_nmc" / "nmc_v7_1816_2022.csv")
    theirs = {(item.actor, item.metric, item.year): item.value for item in made.facts}
    ours = [item for item in table.facts if item.source == "nmc"]
    assert len(ours) > 150
    for item in ours:
        scale = 1e-6 if item.metric == "spending" else 1
        assert item.value == pytest.approx(scale * theirs[(item.actor, item.metric, item.year)], rel=1e-4)


def test_actors_with_figures_are_states():
    table = read_facts_file(BUNDLED)
    assert all(code_of(item.actor, "cow", item.year) for item in table.facts)
