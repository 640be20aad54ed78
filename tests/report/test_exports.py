"""Tables, workbooks and networks: what goes out comes back; what is broken is refused by name."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.errors import InputRefused
from realpolitik.project import Project, open_project
from realpolitik.project.difference import changed_inputs, changes, read_report
from realpolitik.project.export import exported, imported, tables
from realpolitik.report.sheets import csv_text, read_csv, read_xlsx, xlsx
from realpolitik.situation.reader import read_situation
from realpolitik.situation.tables import from_tables, to_tables

STRAIT = Path(__file__).resolve().parents[1] / "cases" / "strait.yaml"
GRAPH = "{http://graphml.graphdrawing.org/xmlns}"

cells = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12).map(str.strip)
words = st.text("abcdefgh", min_size=1, max_size=6)
values = st.recursive(
    cells, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3), max_leaves=6
)
entries = st.dictionaries(words, values, min_size=1, max_size=4)
sections = st.one_of(
    st.dictionaries(words, entries | cells, max_size=3),
    st.lists(
        entries | cells | st.fixed_dictionaries({"AAA raises b": cells}, optional={"claims": st.lists(words)}),
        max_size=4,
    ),
    st.dictionaries(words, st.lists(entries | cells, min_size=1, max_size=3), min_size=1, max_size=3),
)


@given(st.dictionaries(words, sections, max_size=3))
def test_any_data_of_the_shape_of_a_file_comes_back(data: dict[str, Any]) -> None:
    kept = {name: item for name, item in data.items() if name != "situation"}
    assert from_tables(to_tables(kept)) == kept


@given(st.lists(st.lists(cells, min_size=1, max_size=4), min_size=1, max_size=4))
def test_cells_survive_csv_and_xlsx(sheet: list[list[str]]) -> None:
    assert read_csv(csv_text(sheet)) == sheet
    back = read_xlsx(xlsx({"a": sheet}), "a.xlsx")["a"]
    trimmed = [_trimmed(row) for row in sheet]
    assert [_trimmed(row) for row in back] == trimmed


def _trimmed(row: list[str]) -> list[str]:
    while row and row[-1] == "":
        row = row[:-1]
    return row


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("name", [str(STRAIT), pytest.param("northeast-asia", marks=pytest.mark.slow)])
def test_a_situation_comes_back_from_its_tables(name: str, form: str, here: Path) -> None:
    project = open_project(name, draws=4, cache=False)
    files = exported(project, form)
    place = here / "tables" if form == "csv" else here / "tables.xlsx"
    if form == "csv":
        place.mkdir()
        for file, content in files.items():
            (place / file).write_bytes(content)
    else:
        place.write_bytes(next(iter(files.values())))
    (here / "back.yaml").write_text(imported(place), encoding="utf-8")
    back = open_project(here / "back.yaml", draws=4, cache=False)
    assert _sorted(tables(back)) == _sorted(tables(project))
    assert [item.key for item in back.situation.influences] == [item.key for item in project.situation.influences]
    assert list(back.model.inputs) == list(project.model.inputs)


def _sorted(sheets: dict[str, list[list[str]]]) -> dict[str, list[list[str]]]:
    """The plain keys in one order: the canonical form may put them in another."""
    return {**sheets, "situation": sorted(sheets["situation"])}


def test_no_cell_is_a_formula_for_a_spreadsheet(project: Project) -> None:
    for content in exported(project, "csv").values():
        for row in content.decode().splitlines():
            assert not row.lstrip('"').startswith(("=", "+", "@"))
    with zipfile.ZipFile(BytesIO(next(iter(exported(project, "xlsx").values())))) as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name)]


@pytest.mark.parametrize(
    ("sheet", "message"),
    [
        ([["what", "now"], ["x", "1"]], "sheet 'factors' has no column that says its form"),
        ([["id", "now"], ["x", "[1"]], "row 2, column 'now': '[1' cannot be read"),
    ],
)
def test_a_broken_table_is_refused_with_its_place(sheet: list[list[str]], message: str) -> None:
    with pytest.raises(InputRefused) as caught:
        from_tables({"factors": sheet})
    assert message in str(caught.value.findings[0])


def test_what_is_no_workbook_is_refused(here: Path) -> None:
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 30_000_000)
    entity = BytesIO()
    with zipfile.ZipFile(entity, "w") as archive:
        archive.writestr("xl/_rels/workbook.xml.rels", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    for content in (b"not a zip", bomb.getvalue(), entity.getvalue(), xlsx({})[:100]):
        (here / "a.xlsx").write_bytes(content)
        with pytest.raises(InputRefused, match="workbook"):
            imported(here / "a.xlsx")
    with pytest.raises(InputRefused, match="holds no CSV"):
        imported(here)


def test_the_network_is_sound_graphml(project: Project) -> None:
    (content,) = exported(project, "graphml", "TLP:RED").values()
    root = ElementTree.fromstring(content)
    keys = {item.get("id") for item in root.iter(f"{GRAPH}key")}
    nodes = {str(item.get("id")) for item in root.iter(f"{GRAPH}node")}
    situation = project.situation
    assert nodes == {*situation.actors, *situation.factors, *situation.options, *situation.institutions}
    for edge in root.iter(f"{GRAPH}edge"):
        assert {edge.get("source"), edge.get("target")} <= nodes
    assert {item.get("key") for item in root.iter(f"{GRAPH}data")} <= keys
    told = {item.get("key"): item.text for item in root.findall(f"{GRAPH}graph/{GRAPH}data")}
    assert told["graph-marking"] == "TLP:RED"
    assert "Model-based" in str(told["graph-notice"])


def test_changes_name_the_input_behind_them(data: dict[str, Any]) -> None:
    assert changes(data, data)["rows"] == []
    after = json.loads(json.dumps(data))
    line = after["assessment"]["answers"][0]["lines"][0]
    line["data"]["value"] += 50.0
    after["inputs"][0]["value"] = "0.9"
    found = changes(data, after)
    assert [row["ask"] for row in found["rows"]] == [line["ask"]]
    assert data["inputs"][0]["name"] in found["rows"][0]["because"]
    assert changed_inputs(data, after) == [f"{data['inputs'][0]['name']} ({data['inputs'][0]['value']}, now 0.9)"]


@pytest.mark.parametrize("text", ["", "[1]", '{"a": 1}', "no json"])
def test_an_earlier_report_that_is_none_is_refused(text: str, here: Path) -> None:
    (here / "old.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputRefused, match="report"):
        read_report(here / "old.json")


def rpol(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = (sys.executable, "-c", "from realpolitik.cli import main; main()", *words)
    return subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)


def test_the_verbs_write_files_and_refuse_in_words(here: Path) -> None:
    few = ("--draws", "16")
    done = rpol("report", str(STRAIT), *few, "--json", "--out", "old.json", folder=here)
    assert done.returncode == 0, done.stderr
    done = rpol("report", str(STRAIT), *few, "--against", "old.json", "--marking", "TLP:GREEN", folder=here)
    assert done.returncode == 0, done.stderr
    text = (here / "strait.html").read_text(encoding="utf-8")
    assert "Nothing moved by more than sampling error" in text
    assert "TLP:GREEN" in text
    assert (here / "strait.html").stat().st_mode & 0o044 or sys.platform == "win32"
    assert rpol("report", str(STRAIT), *few, "--docx", folder=here).returncode == 0
    assert zipfile.is_zipfile(here / "strait.docx")
    refused = rpol("report", str(STRAIT), *few, "--against", "none.json", folder=here)
    assert (refused.returncode, "Traceback" in refused.stderr) == (2, False)
    for form in ("csv", "xlsx", "graphml"):
        assert rpol("export", str(STRAIT), "--as", form, folder=here).returncode == 0
    assert rpol("import", "strait-csv", "--out", "back.yaml", folder=here).returncode == 0
    assert read_situation(here / "back.yaml").title == read_situation(STRAIT).title
