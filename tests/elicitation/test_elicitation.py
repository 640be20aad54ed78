"""Blank sheets, merging, dissent: against values by hand, and against everything a spreadsheet can do wrong."""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from realpolitik.cli.elicit_commands import read_sheets, register
from realpolitik.errors import InputRefused, QuestionRefused
from realpolitik.project import Project, open_project
from realpolitik.project.dissent import disputes, ranked, sentences
from realpolitik.project.elicitation import (
    HEAD,
    Judged,
    blank_sheet,
    judged,
    panel_layer,
    panel_text,
    pooled,
)
from realpolitik.project.layering import laid_over
from realpolitik.project.restating import HUNDREDTHS, can_be_restated, layer_of_inputs, stated, stated_unit
from realpolitik.report.sheets import MAIN, OFFICE, csv_text, xlsx

STRAIT = Path(__file__).parent.parent / "cases" / "strait.yaml"
SIZE, PRICE, GRAIN = "size: arsenal -> tension", "price: BOR.blockade=on for BOR", "start: grain"
SHOWN = "weight: ALA: arsenal [why Aland arms: for show]"


@pytest.fixture(scope="module")
def project() -> Project:
    return open_project(STRAIT, draws=64, cache=False)


def said(name: str, who: str, low: float, best: float, high: float, why: str = "") -> Judged:
    return Judged(name, who, low, best, high, why, f"{who}.csv", 2)


def sheet(*rows: tuple[str, ...]) -> list[list[str]]:
    return [list(HEAD), *([name, "", "", *rest] for name, *rest in rows)]


def findings(project: Project, *rows: tuple[str, ...]) -> list[str]:
    with pytest.raises(InputRefused) as caught:
        judged(project, {"a.csv": sheet(*rows)})
    return [str(item) for item in caught.value.findings]


def ends(project: Project, name: str) -> list[float]:
    item = project.model.inputs[name]
    return sorted(stated(item, end) for end in (item.quantity.low, item.quantity.high))


@pytest.mark.parametrize("situation", [STRAIT, pytest.param("northeast-asia", marks=pytest.mark.slow)])
@pytest.mark.parametrize("step", [1, 3])
def test_every_input_restated_is_what_was_said_and_no_other_moves(situation: Path | str, step: int) -> None:
    before = open_project(situation, draws=4, cache=False)
    inputs = [item for item in before.model.inputs.values() if can_be_restated(item)][::step]
    wanted = {
        item.name: [0.21, 0.37] if item.role not in (*HUNDREDTHS, "steadiness") else [1.5, 2.5] for item in inputs
    }
    texts = {item.name: "{} to {} {}".format(*wanted[item.name], stated_unit(item)).strip() for item in inputs}
    after = laid_over(before, [layer_of_inputs(before, texts, "Panel of 3, 2024-02-01")])
    assert list(after.model.inputs) == list(before.model.inputs)
    for name in before.model.inputs:
        assert ends(after, name) == pytest.approx(wanted.get(name, ends(before, name)), abs=1e-9), name


def test_claims_delay_and_condition_of_a_line_stay(project: Project) -> None:
    layer = layer_of_inputs(project, {SIZE: "0.1 to 0.2"}, "Panel of 2, 2024-02-01")
    (line,) = layer["influences"]
    assert line["if"] == "not PACT.drill=public"
    assert line["judged_by"] == "Panel of 2, 2024-02-01"


def test_a_sheet_is_blank_unless_asked_and_ranks_what_matters(project: Project) -> None:
    blind, open_ = blank_sheet(project, most=5), blank_sheet(project, every=True, show=True)
    assert blind[0] == list(HEAD)
    assert len(blind) == 6
    assert all(cell == "" for row in blind[1:] for cell in row[3:])
    shown = {row[0]: row[-2:] for row in open_}
    assert shown[PRICE] == ["5", "5"]
    assert shown["size: BOR.blockade -> industry"] == ["0.22", "0.48"]
    ranks = [str(row["input"]) for row in project_assumptions(project)]
    assert [row[0] for row in blind[1:]] == ranks[:5]


def project_assumptions(project: Project) -> tuple[dict[str, object], ...]:
    from realpolitik.project.evidence import assumptions  # noqa: PLC0415

    return tuple(dict(row) for row in assumptions(project).rows)


def test_quantile_averaging_is_the_mean_of_the_ends(project: Project) -> None:
    rows = [said(SIZE, "Ada", 0.1, 0.2, 0.3), said(SIZE, "Bo", 0.5, 0.6, 0.7)]
    assert pooled(project.model.inputs[SIZE], rows, "quantiles") == "0.3 to 0.5"


def test_the_linear_pool_is_the_mean_of_the_distributions(project: Project) -> None:
    rows = [said(SIZE, "Ada", 0.1, 0.2, 0.3), said(SIZE, "Bo", 0.5, 0.6, 0.7)]
    after = laid_over(project, [panel_layer(project, rows, "linear", "2024-02-01")])
    mixed = after.model.inputs[SIZE].quantity
    assert mixed.quantile(0.475) < 0.35  # half of it on either side of the gap
    assert mixed.quantile(0.525) > 0.45
    assert mixed.quantile(0.025) == pytest.approx(0.1, abs=0.01)  # 5% of one half


def test_points_and_units_of_their_own_are_kept(project: Project) -> None:
    rows = [said(PRICE, "Ada", 2, 3, 4), said(PRICE, "Bo", 4, 5, 6), said(GRAIN, "Ada", 10, 12, 20)]
    for rule in ("quantiles", "linear"):
        after = laid_over(project, [panel_layer(project, rows, rule, "2024-02-01")])  # type: ignore[arg-type]
        assert ends(after, GRAIN) == pytest.approx([10, 20])
        assert 2 < sum(ends(after, PRICE)) / 2 < 6
    assert ends(laid_over(project, [panel_layer(project, rows, "quantiles", "2024-02-01")]), PRICE) == [
        pytest.approx(3),
        pytest.approx(5),
    ]


def test_a_linear_pool_of_very_many_says_what_to_do(project: Project) -> None:
    rows = [said(SIZE, f"A{n}", 0.1, 0.2, 0.3 + n / 100) for n in range(30)]
    with pytest.raises(QuestionRefused, match="--rule quantiles"):
        pooled(project.model.inputs[SIZE], rows, "linear")


def test_everybodys_row_stands_in_the_file_and_runs_nothing(project: Project) -> None:
    nasty = "=HYPERLINK(1) \n- drop: everything \u2028 #"
    given = sheet((SIZE, "0.1", "", "30%", nasty, "Ada\nBo: x"), (PRICE, "2", "3", "4", "", ""))
    rows = judged(project, {"cy.csv": given})
    assert rows[1].who == "cy"
    assert (rows[0].best, rows[0].high) == (pytest.approx(0.2), 0.3)
    layer = panel_layer(project, rows, "quantiles", "2024-02-01")
    text = panel_text(layer, rows, "quantiles", {SIZE: "0.1 to 0.3", PRICE: "2 to 4 points"})
    assert "#   Ada Bo: x: 0.1, 0.2, 0.3; =HYPERLINK(1) - drop: everything" in text
    assert not [line for line in text.splitlines() if line.startswith("- drop")]


def test_every_bad_cell_is_found_with_sheet_row_and_column(project: Project) -> None:
    found = findings(
        project,
        (SIZE, "=1+1", "", "0.2", "", ""),
        (SIZE, "0.5", "0.4", "0.6", "", ""),
        (PRICE, "", "", "3", "", ""),
        ("size: arsenall -> tension", "1", "", "2", "", ""),
        (PRICE, "-1", "", "2", "", ""),
        (SIZE, "-0.5", "", "0.2", "", ""),
        (GRAIN, "10", "", "51", "", ""),
        (SIZE, "nan", "inf", "1_0", "", ""),
    )
    places = [item.split("  ")[0] for item in found]
    assert places == ["a.csv:2:4", "a.csv:3:5", "a.csv:4:4", "a.csv:5:1", "a.csv:6:4", "a.csv:7:4", "a.csv:8:6",
                      "a.csv:9:4", "a.csv:9:5", "a.csv:9:6"]  # fmt: skip
    assert "A formula is not run" in found[0]
    assert "Did you mean 'size: arsenal -> tension'?" in found[3]
    assert "expected 0 to 50" in found[6]


def test_one_name_may_not_speak_twice_and_silence_is_refused(project: Project) -> None:
    row = (SIZE, "0.1", "", "0.2", "", "Ada")
    assert "says twice" in findings(project, row, row)[0]
    assert "No sheet says anything" in findings(project)[0]
    with pytest.raises(InputRefused, match="no column 'id'"):
        judged(project, {"a": [["x"]]})
    with pytest.raises(InputRefused, match="empty"):
        judged(project, {"a": []})


def test_disputes_are_ranked_by_what_they_do_to_the_answers(project: Project) -> None:
    rows = [
        *(said(SIZE, who, best - 0.01, best, best + 0.3) for who, best in (("Ada", 0.1), ("Bo", 0.6))),
        *(said("weight: ISL: grain", who, best - 0.01, best, best + 0.01) for who, best in (("Ada", 0.1), ("Bo", 0.9))),
        *(said(PRICE, who, 2, 3, 4) for who in ("Ada", "Bo")),
    ]
    found = disputes(rows)
    assert [item.input for item in found] == ["weight: ISL: grain", SIZE]  # by the width of the gap
    made = ranked(project, found, 8)
    assert [item.input for item in made] == [SIZE, "weight: ISL: grain"]  # by what it does
    assert made[0].effect is not None
    assert made[0].effect > 1.0
    assert made[1].effect == 0.0  # the Isles decide nothing and nobody asks about them
    assert (made[0].low_who, made[0].high_who) == ("Ada", "Bo")
    assert "Ada 0.1, Bo 0.6" in sentences(made)[1]
    assert ranked(project, found, 0) == found


def test_a_disputes_effect_is_that_of_the_file_written_so(project: Project) -> None:
    """Moving an input within the draws equals writing it as that one number."""
    from realpolitik.compiled.conclusions import conclusions  # noqa: PLC0415
    from realpolitik.project.whatif import WhatIf  # noqa: PLC0415

    (item,) = ranked(project, disputes([said(SIZE, "Ada", 0.1, 0.2, 0.3), said(SIZE, "Bo", 0.4, 0.6, 0.7)]), 1)
    fixed = laid_over(project, [layer_of_inputs(project, {SIZE: "0.6"})])
    answers = {one.text: one.value for one in conclusions(WhatIf(fixed.model, fixed.settings, thin=True)).values()}
    assert item.high_answer == pytest.approx(answers[item.ask], abs=1e-3)


def workbook(cells: str) -> bytes:
    relation = f"{OFFICE}"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{relation}"><sheets><sheet name="s" r:id="r1"/></sheets></workbook>',
        )
        made.writestr("xl/_rels/workbook.xml.rels", '<R><x Id="r1" Target="worksheets/sheet1.xml"/></R>')
        made.writestr(
            "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'
        )
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", b"0" * 30_000_000)
    return out.getvalue()


HOSTILE = {
    "bytes.csv": bytes(range(256)),
    "torn.xlsx": b"PK\x03\x04 and no more",
    "wide.xlsx": workbook('<row><c r="ZZZZZZ1"><v>1</v></c></row>'),
    "shared.xlsx": workbook('<row><c r="A1" t="s"><v>9</v></c></row>'),
    "entities.xlsx": workbook("<!ENTITY >"),
    "long.csv": b'"' + b"a" * 200_000 + b'"',
}


@pytest.mark.parametrize("name", [*HOSTILE, "bomb.xlsx", "huge.csv", "none.csv"])
def test_a_hostile_sheet_is_refused_by_name(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if name == "huge.csv":
        with path.open("wb") as out:
            out.truncate(200_000_000)
    elif name != "none.csv":
        path.write_bytes(bomb() if name == "bomb.xlsx" else HOSTILE[name])
    with pytest.raises(InputRefused, match=name.partition(".")[0]):
        read_sheets([path])


def test_a_semicolon_sheet_with_decimal_commas_is_read(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"\ufeffid;low;best;high\n{SIZE};0,1;0,2;0,4\n", encoding="utf-8")
    (row,) = judged(project, read_sheets([path]))
    assert (row.low, row.best, row.high) == (0.1, 0.2, 0.4)


def test_the_merged_layer_loads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = typer.Typer()
    register(app)
    folder = tmp_path / "case"
    folder.mkdir()
    shutil.copy(STRAIT, folder / "situation.yaml")
    monkeypatch.chdir(tmp_path)
    run = CliRunner()
    made = run.invoke(app, ["elicit", "sheet", "case", "--out", "s.csv", "--draws", "32"])
    assert made.exit_code == 0, made.output
    rows = list(csv.reader((tmp_path / "s.csv").open(encoding="utf-8")))
    for name, low in (("ada", "0.1"), ("bo", "0.3")):
        filled = [rows[0], [*rows[2][:3], low, "", "0.5", "", ""]]
        (tmp_path / f"{name}.csv").write_text(csv_text(filled), encoding="utf-8")
    (tmp_path / "cy.xlsx").write_bytes(xlsx({"s": [rows[0], [*rows[2][:3], "0.2", "", "0.5", "", ""]]}))
    merge = ["elicit", "merge", "ada.csv", "bo.csv", "cy.xlsx", "case"]
    bad = run.invoke(app, ["elicit", "merge", "none.csv", "case"])
    assert isinstance(bad.exception, InputRefused)
    assert [item.name for item in folder.iterdir()] == ["situation.yaml"]
    made = run.invoke(app, merge)
    assert made.exit_code == 0, made.output
    panel = open_project(folder, judgements=("panel",), draws=4, cache=False)
    assert ends(panel, rows[2][0]) == pytest.approx([0.2, 0.5])
    again = run.invoke(app, merge)
    assert isinstance(again.exception, QuestionRefused)
    assert "exists" in str(again.exception)
