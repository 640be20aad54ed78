"""Importers read small files of our own in the official layouts, and refuse what they do not know."""

from __future__ import annotations

from pathlib import Path

import pytest

from realpolitik.claims.facts.importers import IMPORTERS, Wanted, import_file
from realpolitik.errors import InputRefused, QuestionRefused

FILES = {
    "cow-nmc": "stateabb,ccode,year,milex,milper,irst,pec,tpop,upop,cinc,version\n"
    "NOR,385,2000,3050000,27,620,48000,4490,3400,0.0021,2021\nNOR,385,2001,-9,27,600,47000,4500,3400,0.0020,2021\n",
    "cow-alliances": "version4id,ccode1,state_name1,ccode2,state_name2,defense,neutrality,nonaggression,entente,year\n"
    "1,220,France,255,Germany,1,0,0,1,2000\n2,220,France,255,Germany,0,0,1,0,2000\n",
    "cow-trade": "ccode1,ccode2,year,importer1,importer2,flow1,flow2\n220,255,2000,France,Germany,51.5,60\n"
    "220,385,2000,France,Norway,-9,3\n",
    "atop": "dyad,year,mem1,mem2,atopally,defense,offense,neutral,nonagg,consul\n2200385,2000,220,385,1,1,0,0,0,1\n",
    "world-bank": '"Data Source","World Development Indicators",\n\n"Last Updated Date","2024-05-30",\n\n'
    '"Country Name","Country Code","Indicator Name","Indicator Code","1999","2000",\n'
    '"Norway","NOR","GDP (current US$)","NY.GDP.MKTP.CD","","171000",\n'
    '"World","WLD","GDP (current US$)","NY.GDP.MKTP.CD","1","2",\n',
    "sipri-spending": "Military expenditure by country,,\nFigures in millions,,\nCountry,Notes,1999,2000\nEurope,,,\n"
    "Norway,1,. .,2923.5\nYugoslavia,,xxx,12\n",
    "sipri-transfers": "supplier,recipient,year,tiv\nFrance,Norway,2000,10\nFrance,Norway,2000,2.5\n",
    "un-votes": "rcid,ccode,vote,year\n1,220,1,2000\n2,220,3,2000\n3,220,8,2000\n"
    "1,385,1,2000\n2,385,2,2000\n3,385,1,2000\n",
    "un-ideal-points": "ccode,session,NVotesAll,IdealPointAll,Q5%All,Q95%All\n385,55,70,1.1,0.9,1.3\n",
}
EXPECTED = {
    "cow-nmc": ("NOR", "spending", 2000, "", 3050000),
    "cow-alliances": ("DEU", "cow_alliances_nonaggression", 2000, "FRA", 1),
    "cow-trade": ("DEU", "imports_from", 2000, "FRA", 60),
    "atop": ("NOR", "atop_defense", 2000, "FRA", 1),
    "world-bank": ("NOR", "ny_gdp_mktp_cd", 2000, "", 171000),
    "sipri-spending": ("NOR", "sipri_spending", 2000, "", 2923.5),
    "sipri-transfers": ("NOR", "arms_from", 2000, "FRA", 12.5),
    "un-votes": ("FRA", "vote_agreement", 2000, "NOR", 0.5),
    "un-ideal-points": ("NOR", "ideal_point", 2000, "", 1.1),
}
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for kind, text in FILES.items():
        (tmp_path / kind).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("kind", IMPORTERS)
def test_each_official_layout(files: Path, kind: str) -> None:
    made = import_file(kind, files / kind)
    actor, metric, year, partner, value = EXPECTED[kind]
    found = [f for f in made.facts if (f.actor, f.metric, f.year, f.partner) == (actor, metric, year, partner)]
    assert [item.value for item in found] == [pytest.approx(value)]
    assert metric in made.metrics
    assert made.citation
    assert all(item.source == made.source for item in made.facts)


def test_missing_values_are_left_out_not_zero(files: Path) -> None:
    spending = [item for item in import_file("cow-nmc", files / "cow-nmc").facts if item.metric == "spending"]
    assert [item.year for item in spending] == [2000]
    pairs = {(item.actor, item.partner) for item in import_file("cow-trade", files / "cow-trade").facts}
    assert pairs == {("FRA", "DEU"), ("DEU", "FRA"), ("NOR", "FRA")}


def test_groups_and_headings_are_left_out_and_named(files: Path) -> None:
    assert "WLD" in import_file("world-bank", files / "world-bank").notes[0]
    assert "Europe" in import_file("sipri-spending", files / "sipri-spending").notes[0]


def test_intervals_are_kept(files: Path) -> None:
    (point,) = import_file("un-ideal-points", files / "un-ideal-points").facts
    assert (point.low, point.high) == (0.9, 1.3)


def test_only_what_is_wanted(files: Path) -> None:
    assert not import_file("cow-nmc", files / "cow-nmc", Wanted(frozenset({"FRA"}))).facts
    only = import_file("cow-nmc", files / "cow-nmc", Wanted(first=2001)).facts
    assert {item.year for item in only} == {2001}


@pytest.mark.parametrize(
    ("kind", "old", "new", "line"),
    [
        ("cow-nmc", "NOR,385,2001", "XXX,997,2001", 3),
        ("cow-trade", "220,385,2000", "220,998,2000", 3),
        ("world-bank", '"Norway","NOR"', '"Norwegia","NRW"', 6),
        ("sipri-spending", "Norway,1", "Norwegia,1", 5),
        ("sipri-transfers", "France,Norway,2000,2.5", "Francia,Norway,2000,2.5", 3),
        ("un-ideal-points", "385,55", "996,55", 2),
    ],
)
def test_unknown_states_are_refused_with_their_line(files: Path, kind: str, old: str, new: str, line: int) -> None:
    path = files / kind
    path.write_text(FILES[kind].replace(old, new), encoding="utf-8")
    with pytest.raises(InputRefused) as caught:
        import_file(kind, path)
    assert [finding.position.line for finding in caught.value.findings] == [line]


@pytest.mark.parametrize("kind", IMPORTERS)
def test_another_file_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "other.csv"
    path.write_text("colour,taste\nred,sour\n", encoding="utf-8")
    with pytest.raises(InputRefused, match="Expected"):
        import_file(kind, path)
    with pytest.raises(InputRefused, match="cannot be read"):
        import_file(kind, tmp_path / "nowhere.csv")


def test_an_unknown_kind_names_the_nearest() -> None:
    with pytest.raises(QuestionRefused, match="Did you mean 'cow-trade'"):
        import_file("cow-trad", Path("x"))


def test_many_unknown_codes_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "nmc.csv"
    lines = "".join(f"XXX,998,{year},1,1,1,1,1,1,0.1,1\n" for year in range(1900, 1950))
    path.write_text(FILES["cow-nmc"].splitlines()[0] + "\n" + lines, encoding="utf-8")
    with pytest.raises(InputRefused) as caught:
        import_file("cow-nmc", path)
    assert len(caught.value.findings) == 21
    assert "30 more" in caught.value.findings[-1].message


@pytest.mark.skipif(not SHARED.is_dir(), reason="the data folder is not at hand")
def test_the_provider_s_own_file_of_capabilities() -> None:
    made = import_file("cow-nmc", SHARED / "cow_nmc" / "nmc_v7_1816_2022.csv", Wanted(first=2022))
    world = sum(item.value for item in made.facts if item.metric == "cinc")
    assert world == pytest.approx(1.0, abs=0.01)
    points = import_file("un-ideal-points", SHARED / "unga" / "ideal_points_apr2020_1946_2013.csv", Wanted(first=2000))
    assert len(points.facts) > 2500


def test_a_row_that_was_cut_is_named_and_a_remark_below_the_table_is_not(tmp_path):
    cut = tmp_path / "cut.csv"
    cut.write_text(FILES["cow-trade"] + "220,385,2001,Fran")
    with pytest.raises(InputRefused) as caught:
        import_file("cow-trade", cut)
    assert "4 of 7 cells" in caught.value.findings[0].message
    remark = tmp_path / "remark.csv"
    remark.write_text(FILES["world-bank"] + "Data from a bank\n")
    assert import_file("world-bank", remark).facts


@pytest.mark.parametrize("text", ["²008", "1e999", "nan", "1_000"])
def test_what_only_looks_like_a_number_is_none(text, tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text(f"ccode1,ccode2,year,importer1,importer2,flow1,flow2\n220,255,{text},France,Germany,{text},1\n")
    with pytest.raises(InputRefused):
        import_file("cow-trade", path)
