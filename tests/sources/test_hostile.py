"""Files made to do harm: an error with a way out or a safe result, in bounded time, and nothing written elsewhere."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from realpolitik.claims.statements import tidy
from realpolitik.cli.main import _register, app
from realpolitik.errors import InputRefused
from realpolitik.project import open_project
from realpolitik.project.deciding import accept, article_in, keep, proposals
from realpolitik.project.export import exported, imported
from realpolitik.project.reading import look
from realpolitik.report.sheets import csv_text, read_csv, read_xlsx, xlsx
from realpolitik.sources.attribution.extract import extract
from realpolitik.sources.document import document_from_text
from realpolitik.sources.folding import UNSEEN, visible
from realpolitik.sources.reading import Limits, read_document
from realpolitik.sources.snapshot import SnapshotFolder
from tests.reading import cases
from tests.sources.test_documents import docx, put

SAID = "The talks may fail, the envoy of France said."


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A folder to work in; whatever stands beside it afterwards was written where it should not be."""
    inside = tmp_path / "inside"
    inside.mkdir()
    yield inside
    assert [path.name for path in tmp_path.iterdir()] == ["inside"]


def packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def run(*words: str) -> tuple[int, str]:
    if not app.registered_commands:
        _register()
    done = CliRunner().invoke(app, list(words))
    assert "Traceback" not in done.output
    problem = done.exception if done.exception and not isinstance(done.exception, SystemExit) else ""
    return done.exit_code, f"{done.output}{problem}"


def test_two_hundred_megabytes_of_text_are_refused_by_their_size(place: Path) -> None:
    with (place / "large.txt").open("wb") as handle:
        handle.truncate(200_000_000)
    start = time.process_time()
    code, said = run("sources", "extract", str(place / "large.txt"))
    assert (code, "200,000,000 bytes" in said) == (2, True)
    assert time.process_time() - start < 1


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["<a ", "<a b='", "<!--", "<a x", "<div><p>"])
def test_pages_that_keep_the_parser_busy_are_left_when_the_time_is_over(place: Path, unit: str) -> None:
    path = put(place, "busy.html", (unit * 60_000).encode())
    start = time.monotonic()
    with pytest.raises(InputRefused, match=r"took over|out of memory or time"):
        read_document(path, Limits(seconds=0.1))
    assert time.monotonic() - start < 5


@pytest.mark.slow
def test_a_reader_that_eats_memory_is_ended(place: Path) -> None:
    swollen = docx("<w:p/>" * 2_900_000)
    with pytest.raises(InputRefused):
        read_document(put(place, "swollen.docx", swollen), Limits(characters=100_000))


def test_an_archive_of_many_names_or_nested_ones_is_no_document(place: Path) -> None:
    many = packed({f"../../{number}/word/document.xml": b"x" for number in range(5_000)})
    for data in (many, packed({"word/document.xml/../../../evil": b"x"}), packed({"word/document.xml": packed({})})):
        with pytest.raises(InputRefused):
            read_document(put(place, "archive.docx", data))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["..%2F..%2Fevil.txt", "~root.txt", "CON.txt", "-rf.txt", "a\nb.txt", "\x1b[31m.txt",
                                  "$(touch evil).txt", "..txt", "\u202etxt.exe", "x" * 200 + ".txt"])  # fmt: skip
def test_a_file_named_like_a_path_or_a_command_stays_a_name(place: Path, name: str) -> None:
    path = put(place, name, cases.CONFIRMED.encode())
    folder = cases.write(place / "case")
    code, said = run("read", str(path), str(folder), "--no-run")
    assert code == 0, said
    assert not UNSEEN.search(said)
    (kept,) = SnapshotFolder(folder)
    assert not UNSEEN.search(kept.name)
    written = (folder / "sources.yaml").read_text(encoding="utf-8")
    assert not UNSEEN.search(written.replace("\n", " "))
    assert {item.name for item in place.iterdir()} == {name, "case"}


@pytest.mark.parametrize("data", [b"\xff\xfe\xfa", b"caf\xe9 said", b"\xed\xa0\x80", b"\xc0\xaf", b"abc\x00def"])
def test_bytes_that_are_no_text_are_refused_with_their_place(place: Path, data: bytes) -> None:
    with pytest.raises(InputRefused) as caught:
        read_document(put(place, "bytes.txt", data))
    assert caught.value.findings[0].hint


STEERING = "The en\u202evoy\u202c of \x1b]0;owned\x07France said the \u2067talks\u2069 \x9b31mhad failed."


def test_what_steers_a_screen_is_written_out_and_never_written_on(place: Path) -> None:
    path = put(place, "steer.txt", STEERING.encode())
    for form in ("text", "json"):
        code, said = run("sources", "extract", str(path), "--format", form)
        assert (code, UNSEEN.search(said)) == (0, None)
    spoken = json.loads(said[said.index("{") :])
    assert all(STEERING[s["start"] : s["end"]] == s["exact"] for i in spoken["attributions"] for s in i["content"])
    assert not UNSEEN.search(tidy(STEERING))
    assert visible("a\u202eb") == "a\\u202eb"


def test_steering_characters_do_not_reach_claims(place: Path) -> None:
    text = cases.CONFIRMED.replace("delivered", "deliv\u202eered\x1b[8m")
    folder = kept(place, text)
    accept(folder, ["p-001"], "accepted", "A. Analyst", {})
    for name in ("claims.yaml", "sources.yaml"):
        assert not UNSEEN.search((folder / name).read_text(encoding="utf-8").replace("\n", " "))
    assert "Aland has delivered" in (folder / "claims.yaml").read_text(encoding="utf-8")


def kept(place: Path, text: str) -> Path:
    folder, path = cases.write(place / "case"), cases.article(place, text)
    project = open_project(folder, draws=4, cache=False)
    given = article_in(project, read_document(path))
    keep(project, given, path.read_bytes(), *look(project, given))
    return folder


FORMULAS = ("=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "'=1", "=cmd|' /C calc'!A0")


def test_formulas_stay_words_in_every_table_and_come_back_whole() -> None:
    sheet = [[word, f"said {word}"] for word in FORMULAS]
    made = csv_text(sheet)
    assert read_csv(made) == [[cell.replace("\r", "\n") for cell in row] for row in sheet]
    assert not [cell for row in csv_rows(made) for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    data = xlsx({"a": sheet})
    inner = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in inner
    assert inner.count('t="inlineStr"') == 2 * len(FORMULAS)


def csv_rows(text: str) -> list[list[str]]:
    import csv  # noqa: PLC0415

    return list(csv.reader(io.StringIO(text)))


def test_a_formula_an_article_says_is_never_one_in_what_is_exported(place: Path) -> None:
    text = '"=HYPERLINK(0) is delivered to Borduria by Aland as guidance technology," said Nora Feld, an admiral.'
    folder = kept(place, text)
    claims, _ = proposals(folder)
    accept(folder, list(claims), "accepted", "A. Analyst", {})
    project = open_project(folder, draws=4, cache=False)
    assert any(claim.paraphrase.startswith("=HYPERLINK") for claim in project.claims.values())
    for name, data in exported(project, "csv").items():
        cells = [cell for row in csv_rows(data.decode()) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))], name


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def workbook(cells: str) -> bytes:
    parts = {
        name: zipfile.ZipFile(io.BytesIO(xlsx({"a": [["x"]]}))).read(name)
        for name in zipfile.ZipFile(io.BytesIO(xlsx({"a": [["x"]]}))).namelist()
    }
    return packed(parts | {"xl/worksheets/sheet1.xml": SHEET.format(cells).encode()})


@pytest.mark.parametrize(
    "cells",
    ['<row><c t="s"><v>7</v></c></row>', '<row><c r="ZZZZZZ1"><v>1</v></c></row>', "<row><c t='s'><v>a</v></c></row>",
     "<row/>" * 2_100_000, "<x>" * 3_000, '<row><c t="s"><v>9999999999999999999999</v></c></row>'],
    ids=["no such word", "far column", "no number", "many rows", "unclosed", "huge number"],
)  # fmt: skip
def test_workbooks_with_impossible_cells_are_refused(cells: str) -> None:
    with pytest.raises(InputRefused):
        read_xlsx(workbook(cells), "a.xlsx")


def test_formulas_in_a_workbook_are_not_run_and_not_kept() -> None:
    cells = '<row><c r="A1"><f>HYPERLINK("http://example.org")</f><v>seen</v></c></row>'
    assert read_xlsx(workbook(cells), "a.xlsx") == {"a": [["seen"]]}


@pytest.mark.slow
@pytest.mark.parametrize("how", ["bomb", "damaged", "locked", "empty"])
def test_workbooks_that_swell_or_are_damaged_are_refused(how: str) -> None:
    good = bytearray(workbook("<row/>"))
    bad = {
        "bomb": workbook(" " * 30_000_000),
        "damaged": bytes(good[:60]) + b"\xff" * 40 + bytes(good[100:]),
        "locked": bytes(good).replace(b"\x14\x00\x00\x00\x08\x00", b"\x14\x00\x01\x00\x08\x00"),
        "empty": b"PK\x05\x06" + b"\x00" * 18,
    }[how]
    with pytest.raises(InputRefused):
        read_xlsx(bad, "a.xlsx")


def test_tables_too_large_to_read_are_refused(place: Path) -> None:
    with pytest.raises(InputRefused, match="cannot be read"):
        read_csv("a," + "b" * 200_000)
    (place / "tables").mkdir()
    with (place / "tables" / "factors.csv").open("wb") as handle:
        handle.truncate(200_000_000)
    with pytest.raises(InputRefused, match="200,000,000 bytes"):
        imported(place / "tables")


def test_one_long_line_is_read_in_time() -> None:
    text = "The minister said that " + "the road is open and " * 2_000 + "closed."
    start = time.process_time()
    extract(document_from_text(text).text)
    assert time.process_time() - start < 10
