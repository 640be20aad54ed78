"""Tables as CSV and XLSX, and read back: every cell a text, nothing taken for a formula or a date.

XLSX is written and read with the standard library (ECMA-376, part 1, 18: SpreadsheetML). In CSV a cell that a
spreadsheet would run as a formula gets an apostrophe in front, which reading takes away.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree

from realpolitik.errors import Finding, InputRefused
from realpolitik.report.page.word import clean, packed

Sheet = Sequence[Sequence[str]]
RISKY = ("=", "+", "-", "@", "\t", "\n", "'")
LARGEST = 20_000_000
MOST_COLUMNS = 16_384
MOST_TAGS = 2_000_000
DAMAGED = (zlib.error, RuntimeError, AttributeError, OverflowError)
"""What the standard library raises for packed data that is damaged or asks for a password, and for odd numbers."""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def csv_text(sheet: Sheet) -> str:
    """A sheet as CSV.

    >>> csv_text([["a", "=1+1"]])
    "a,'=1+1\\n"
    """
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([[_safe(cell) for cell in row] for row in sheet])
    return out.getvalue()


def read_csv(text: str) -> list[list[str]]:
    """CSV as a sheet.

    >>> read_csv("a,'=1+1\\n")
    [['a', '=1+1']]

    Raises:
        InputRefused: no CSV, or one that is too large.
    """
    if len(text) > LARGEST:
        raise InputRefused([Finding("error", f"A table has {len(text):,} characters; at most {LARGEST:,} are read.")])
    try:
        return [[cell.removeprefix("'") for cell in row] for row in csv.reader(io.StringIO(text.lstrip("\ufeff")))]
    except csv.Error as problem:
        raise InputRefused([Finding("error", f"A table cannot be read: {problem}.", hint="Save it as CSV.")]) from None


def _safe(cell: str) -> str:
    """Lone carriage returns, which CSV readers stumble over, become line ends."""
    plain = cell.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{plain}" if plain.startswith(RISKY) else plain


def xlsx(sheets: Mapping[str, Sheet]) -> bytes:
    """Sheets by name as one workbook; the first row of each is bold and stays in sight."""
    names = list(sheets)
    types = "".join(_override(f"/xl/worksheets/sheet{i}.xml", "worksheet") for i in range(1, len(names) + 1))
    listed = "".join(f'<sheet name="{clean(name[:31])}" sheetId="{i}" r:id="r{i}"/>' for i, name in enumerate(names, 1))
    relations = "".join(_relation(f"r{i}", "worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(names) + 1))
    parts = {
        "[Content_Types].xml": (
            f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f"{_override('/xl/workbook.xml', 'sheet.main')}{_override('/xl/styles.xml', 'styles')}{types}</Types>"
        ),
        "_rels/.rels": _relations(_relation("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(relations + _relation("rs", "styles", "styles.xml")),
        "xl/styles.xml": STYLES,
    }
    return packed(parts | {f"xl/worksheets/sheet{i}.xml": _worksheet(sheets[n]) for i, n in enumerate(names, 1)})


def _override(place: str, kind: str) -> str:
    office = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return f'<Override PartName="{place}" ContentType="{office}.{kind}+xml"/>'


def _relation(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def _relations(inner: str) -> str:
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="2"><font><sz val="11"/><name val="Arial"/></font><font><b/>'
    '<sz val="11"/><name val="Arial"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2">'
    '<xf fontId="0" numFmtId="49"/><xf fontId="1" numFmtId="49" applyFont="1"/></cellXfs></styleSheet>'
)


def _worksheet(sheet: Sheet) -> str:
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    view = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
    rows = "".join(
        f'<row r="{i}">{"".join(_cell(i, k, cell) for k, cell in enumerate(row) if cell)}</row>'
        for i, row in enumerate(sheet, 1)
    )
    return f'{HEAD}<worksheet xmlns="{MAIN}">{view}<sheetData>{rows}</sheetData></worksheet>'


def _cell(row: int, column: int, text: str) -> str:
    bold = ' s="1"' if row == 1 else ""
    place = f"{letters(column)}{row}"
    return f'<c r="{place}" t="inlineStr"{bold}><is><t xml:space="preserve">{clean(text)}</t></is></c>'


def letters(column: int) -> str:
    """The letters of a column, 0 first.

    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    rest, letter = divmod(column, 26)
    return (letters(rest - 1) if rest else "") + chr(65 + letter)


def read_xlsx(data: bytes, name: str) -> dict[str, list[list[str]]]:
    """The sheets of a workbook as texts.

    Raises:
        InputRefused: no workbook, or one that swells beyond 20 MB.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(item.file_size for item in archive.infolist()) > LARGEST:
                raise _refused(name, "it unpacks to more than 20 MB")
            return _sheets({item: archive.read(item) for item in archive.namelist()}, name)
    except (zipfile.BadZipFile, LookupError, ElementTree.ParseError, EOFError, ValueError, *DAMAGED) as problem:
        raise _refused(name, str(problem) or type(problem).__name__) from None


def _refused(name: str, why: str) -> InputRefused:
    hint = "Save it again as .xlsx, or give a folder of CSV files."
    return InputRefused([Finding("error", f"'{name}' is no workbook that can be read: {why}.", hint=hint)])


def _tree(data: bytes, name: str) -> ElementTree.Element:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise _refused(name, "its XML declares entities, which no workbook does")
    if data.count(b"<") > MOST_TAGS:
        raise _refused(name, f"a sheet has more than {MOST_TAGS:,} tags")
    return ElementTree.fromstring(data)


def _sheets(files: Mapping[str, bytes], name: str) -> dict[str, list[list[str]]]:
    shared = _shared(files, name)
    targets = {
        item.get("Id"): str(item.get("Target")).removeprefix("/xl/")
        for item in _tree(files["xl/_rels/workbook.xml.rels"], name)
    }
    book = _tree(files["xl/workbook.xml"], name)
    return {
        str(item.get("name")): _rows(_tree(files[f"xl/{targets[item.get(f'{{{OFFICE}}}id')]}"], name), shared)
        for item in book.iter(f"{{{MAIN}}}sheet")
    }


def _shared(files: Mapping[str, bytes], name: str) -> list[str]:
    if "xl/sharedStrings.xml" not in files:
        return []
    root = _tree(files["xl/sharedStrings.xml"], name)
    return [_text(item) for item in root.iter(f"{{{MAIN}}}si")]


def _text(item: ElementTree.Element) -> str:
    return "".join(part.text or "" for part in item.iter(f"{{{MAIN}}}t"))


def _rows(root: ElementTree.Element, shared: Sequence[str]) -> list[list[str]]:
    found = []
    for row in root.iter(f"{{{MAIN}}}row"):
        cells: dict[int, str] = {}
        for place, item in enumerate(row):
            cells[_column(item.get("r", ""), place)] = _value(item, shared)
        found.append([cells.get(i, "") for i in range(max(cells, default=-1) + 1)])
    return found


def _column(place: str, other: int) -> int:
    found = re.match(r"[A-Z]+", place)
    if not found:
        return other
    number = 0
    for letter in found.group():
        number = 26 * number + ord(letter) - 64
    if number > MOST_COLUMNS:
        raise ValueError(f"a cell stands in column {found.group()[:8]}; a sheet ends at XFD")
    return number - 1


def _value(item: ElementTree.Element, shared: Sequence[str]) -> str:
    if item.get("t") == "inlineStr":
        return _text(item)
    value = item.findtext(f"{{{MAIN}}}v", "")
    return shared[int(value)] if item.get("t") == "s" else value
