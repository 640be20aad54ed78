"""Codes of states: years of transition, states that are no more, unknown codes; the user's crosswalk as oracle."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from realpolitik.claims.facts.codes import code_of, id_of, spells
from realpolitik.errors import QuestionRefused

CROSSWALK = Path(__file__).resolve().parents[3] / "shared" / "data" / "states" / "country_crosswalk.csv"


@pytest.mark.parametrize(
    ("code", "system", "year", "letters"),
    [
        (365, "cow", 1914, "RUS"),
        (365, "cow", 1985, "SUN"),
        (365, "gw", 1992, "RUS"),
        (255, "cow", 1930, "DEU"),
        (260, "cow", 1970, "DEU"),
        (265, "gw", 1970, "DDR"),
        (345, "cow", 1950, "YUG"),
        (345, "cow", 2004, "SCG"),
        (340, "gw", 2010, "SRB"),
        (678, "gw", 2010, "YEM"),
        (679, "cow", 2010, "YEM"),
        (970, "cow", 2005, "NRU"),
        (970, "gw", 2005, "KIR"),
        (300, "cow", 1900, "cow300"),
        ("731", "cow", 2000, "PRK"),
    ],
)
def test_codes_by_year(code, system, year, letters):
    assert id_of(code, system, year) == letters


@pytest.mark.parametrize("code", [0, 999, 1.5, "abc"])
def test_unknown_codes_are_refused(code):
    with pytest.raises(QuestionRefused, match="is not a Correlates of War code"):
        id_of(code, "cow", 2000)


def test_a_code_outside_its_years_says_what_it_was():
    with pytest.raises(QuestionRefused, match=r"no state in 1985.*RUS.*In 1985 365 was Soviet Union \(SUN\)"):
        code_of("RUS", "cow", 1985)
    with pytest.raises(QuestionRefused, match="no state in 1980"):
        id_of("SSD", "iso3", 1980)


def test_there_and_back():
    for item in spells():
        year = min(item.last, 2015)
        assert id_of(code_of(item.id, item.system, year), item.system, year) == item.id


@pytest.mark.skipif(not CROSSWALK.is_file(), reason="the crosswalk is not at hand")
def test_agrees_with_the_crosswalk_today():
    rows = list(csv.DictReader(CROSSWALK.open(encoding="utf-8")))
    # the crosswalk gives the Vatican the code of the Papal States, no member since 1860
    known = {row["iso3"]: row for row in rows if row["ccode"] and row["iso3"] not in ("", "VAT")}
    wrong = [letters for letters, row in known.items() if code_of(letters, "cow", 2016) != int(float(row["ccode"]))]
    assert len(known) > 190
    assert wrong == []
    gw = {row["iso3"]: int(float(row["gwcode"])) for row in rows if row["gwcode"] and row["iso3"] not in ("", "VAT")}
    differ = {letters for letters, code in gw.items() if code_of(letters, "gw", 2016) != code}
    # the crosswalk gives modern Vietnam the code of the kingdom before 1893, and four islands their COW codes
    assert differ <= {"VNM", "KIR", "NRU", "TON", "TUV"}
