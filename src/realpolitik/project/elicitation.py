"""Judgement by several: a blank sheet of the inputs that matter, and the sheets of a panel merged with dissent kept.

Low, best and high are an analyst's 5th, 50th and 95th percentile. Pooling, with equal weights:

- `quantiles`: the mean of the lows and of the highs (quantile averaging; Lichtendahl, Grushka-Cockayne & Winkler 2013,
  Management Science 59(7), pp. 1594-1611): as sure as the analysts are on average;
- `linear`: the mixture of the analysts' distributions (linear opinion pool; Stone 1961, Annals of Mathematical
  Statistics 32, pp. 1339-1342): wider the more they differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Any, Literal

from realpolitik.errors import ExpressionError, Finding, InputRefused, Position, QuestionRefused, did_you_mean
from realpolitik.project.restating import can_be_restated, layer_of_inputs, stated, stated_unit

if TYPE_CHECKING:
    from realpolitik.compiled.inputs import Input
    from realpolitik.project.project import Project
    from realpolitik.report.sheets import Sheet

HEAD = ("id", "words", "unit", "low", "best", "high", "why", "who")
SHOWN = ("low now", "high now")
NUMBERS = ("low", "best", "high")
RANGE: Mapping[str, str] = {"level": "between 0 and 1", "signed": "between -1 and 1", "positive": "0 or more"}
LONGEST = 500
Rule = Literal["quantiles", "linear"]


@dataclass(frozen=True)
class Judged:
    """What one analyst says of one input, in the unit of the file; `best` is the middle of the range where none is
    given. `sheet` and `row`: where it stands.
    """

    input: str
    who: str
    low: float
    best: float
    high: float
    why: str
    sheet: str
    row: int


def blank_sheet(project: Project, *, most: int = 20, every: bool = False, show: bool = False) -> Sheet:
    """The inputs that matter most (or every one) as rows to fill in; present values only with `show`.

    Raises `QuestionRefused` where there is nothing to rank by; ask for every input then.
    """
    items = _every(project) if every else _ranked(project)[:most]
    heads = [*HEAD, *(SHOWN if show else ())]
    return [heads, *(_blank(project, item, show) for item in items)]


def _every(project: Project) -> list[Input]:
    return [item for item in project.model.inputs.values() if can_be_restated(item)]


def _ranked(project: Project) -> list[Input]:
    from realpolitik.analyses.assumptions import assumptions  # noqa: PLC0415

    rows = assumptions(project.ensemble()).rows
    items = [project.model.inputs[str(row["input"])] for row in rows if row["correlation"] is not None]
    return [item for item in items if can_be_restated(item)]


def _blank(project: Project, item: Input, show: bool) -> list[str]:
    from realpolitik.compiled.input_words import input_words  # noqa: PLC0415

    ends = sorted((stated(item, item.quantity.low), stated(item, item.quantity.high)))
    now = [_figure(end) for end in ends] if show else []
    return [item.name, _words(item, input_words(project.model, item)), unit_of(project, item), *[""] * 5, *now]


def _words(item: Input, words: str) -> str:
    reading = item.name.removeprefix(f"{item.role}: {item.element}").strip(" []")
    return f"{words} (if '{reading}')" if reading else words


def unit_of(project: Project, item: Input) -> str:
    """The unit and the range in which an input is stated, for the sheet."""
    if item.role == "steadiness":
        return "log-odds per full swing, 0 or more"
    if not _is_plain(item):
        factor = project.situation.factors.get(item.element)
        low, high = _bounds(item)
        return f"{factor.unit if factor else ''}, between {low:g} and {high:g}".removeprefix(", ")
    limits = RANGE["level" if item.role == "size" and not _may_turn(item) else item.quantity.scale]
    return ", ".join(part for part in (stated_unit(item), limits) if part)


def _figure(value: float) -> str:
    return f"{round(value, 6):g}"


def judged(project: Project, sheets: Mapping[str, Sequence[Sequence[str]]]) -> tuple[Judged, ...]:
    """What the analysts say, sheet by sheet; rows left blank say nothing.

    Raises `InputRefused` with every bad cell of every sheet (sheet, row, column), or where nothing at all is said.
    """
    found: list[Finding] = []
    rows = [row for name, sheet in sheets.items() for row in _of_sheet(project, name, sheet, found)]
    found += _twice(rows)
    if not rows and not found:
        found.append(Finding("error", "No sheet says anything.", hint="Fill in low and high of at least one row."))
    if found:
        raise InputRefused(found)
    return tuple(rows)


def _of_sheet(project: Project, name: str, sheet: Sequence[Sequence[str]], found: list[Finding]) -> Iterator[Judged]:
    heads = [cell.strip().casefold() for cell in sheet[0]] if sheet else []
    lacking = [head for head in ("id", "low", "high") if head not in heads]
    if lacking:
        hint = "The first row is that of: rpol elicit sheet"
        message = f"no column '{lacking[0]}'." if heads else "the sheet is empty."
        found.append(Finding("error", message, Position(name, 1), hint))
        return
    for number, cells in enumerate(sheet[1:], 2):
        row = dict(zip(heads, (cell.strip() for cell in cells), strict=False))
        if any(row.get(head) for head in NUMBERS):
            made = _row(project, _Cells(name, number, heads, row, found))
            if made is not None:
                yield made


@dataclass(frozen=True)
class _Cells:
    """One row of a sheet by heading, and where its findings go."""

    sheet: str
    row: int
    heads: list[str]
    cells: Mapping[str, str]
    found: list[Finding]

    def bad(self, head: str, message: str, hint: str = "") -> None:
        """One finding more, at the cell under `head`."""
        from realpolitik.report.sheets import letters  # noqa: PLC0415

        column = self.heads.index(head) if head in self.heads else 0
        place = Position(self.sheet, self.row, column + 1)
        self.found.append(Finding("error", f"{head} (cell {letters(column)}{self.row}): {message}", place, hint))


def _row(project: Project, cells: _Cells) -> Judged | None:
    name, before = cells.cells.get("id", ""), len(cells.found)
    item = project.model.inputs.get(name)
    if item is None or not can_be_restated(item):
        cells.bad("id", f"'{name[:80]}' is no input of this situation.", did_you_mean(name[:80], project.model.inputs))
        return None
    given = {head: _number(cells, head) for head in NUMBERS}
    for head in ("low", "high"):
        if not cells.cells.get(head):
            cells.bad(head, "nothing is written.", "Give both low and high, or leave the row blank.")
    low, high = given["low"], given["high"]
    if len(cells.found) > before or low is None or high is None:
        return None
    best = given["best"] if given["best"] is not None else (low + high) / 2
    if not low <= best <= high:
        cells.bad("best", f"expected low <= best <= high; given: {low:g}, {best:g}, {high:g}.")
        return None
    if not _fits(item, cells, low, high):
        return None
    who = cells.cells.get("who", "") or cells.sheet.rpartition("/")[2].rpartition(".")[0]
    return Judged(name, _plain(who, 80), low, best, high, _plain(cells.cells.get("why", ""), LONGEST), cells.sheet,
                  cells.row)  # fmt: skip


def _plain(text: str, most: int) -> str:
    """A text of a cell in one line without control characters: it is written into comments."""
    return "".join(char for char in " ".join(text.split()) if char.isprintable())[:most]


def _number(cells: _Cells, head: str) -> float | None:
    """A number as a spreadsheet shows it: `0.3`, `30%`, `0,3`; None for a blank."""
    text = cells.cells.get(head, "")
    if not text:
        return None
    bare = text.removesuffix("%").strip()
    try:
        value = float(bare.replace(",", ".") if bare.count(",") == 1 and "." not in bare else bare)
    except ValueError:
        value = float("nan")
    if not abs(value) < 1e12 or "_" in bare:
        hint = "A formula is not run: write its result." if text.startswith(("=", "@", "+")) else ""
        cells.bad(head, f"'{text[:40]}' is no number.", hint or "Write 0.3 or 30%.")
        return None
    return value / 100 if text.endswith("%") else value


def _fits(item: Input, cells: _Cells, low: float, high: float) -> bool:
    """Whether the range is legal for the input; what is not is found at its cell."""
    ends = _bounds(item)
    for head, value in (("low", low), ("high", high)):
        if not ends[0] <= value <= ends[1]:
            expected = f"{ends[0]:g} or more" if ends[1] == float("inf") else f"{ends[0]:g} to {ends[1]:g}"
            cells.bad(head, f"{value:g} is out of range: expected {expected} {stated_unit(item)}".strip() + ".")
            return False
    try:
        item_text(item, low, high)
    except ExpressionError as problem:
        cells.bad("low", problem.message, problem.hint)
        return False
    return True


def _bounds(item: Input) -> tuple[float, float]:
    """The least and the largest value, as the file writes it."""
    from realpolitik.language.uncertain import RANGES  # noqa: PLC0415

    low, high = RANGES[item.quantity.scale]
    if not _is_plain(item):
        offset, factor = item.quantity.offset, item.quantity.factor
        return offset + factor * low, offset + factor * high
    if item.role == "size" and not _may_turn(item):
        low = 0.0
    return (low + 1e-6 if low else 0.0, high - 1e-6) if item.quantity.scale == "signed" else (low, high)


def _is_plain(item: Input) -> bool:
    """False for a level in a unit of its own."""
    return abs(item.quantity.factor) == 1.0 and item.quantity.offset == 0.0


def _may_turn(item: Input) -> bool:
    """True for an influence whose sign itself is open (`moves`)."""
    return item.quantity.low < 0 < item.quantity.high or bool(re.search(r"\smoves[\s:]", item.support.text))


def item_text(item: Input, low: float, high: float) -> str:
    """A range as the file writes it.

    Raises `ExpressionError` where it cannot be read back.
    """
    from realpolitik.language.quantity import interval  # noqa: PLC0415

    unit = stated_unit(item)
    if low == high:
        return f"{_figure(low)} {unit}".strip()
    if _is_plain(item):
        scale = 0.01 if unit == "points" else 1.0
        interval(scale * low, scale * high, item.quantity.scale, "")
    return f"{_figure(low)} to {_figure(high)} {unit}".strip()


def _twice(rows: Sequence[Judged]) -> Iterator[Finding]:
    first: dict[tuple[str, str], Judged] = {}
    for row in rows:
        other = first.setdefault((row.input, row.who), row)
        if other is not row:
            message = f"{row.who} says twice what '{row.input}' is; first in {other.sheet}, row {other.row}."
            yield Finding(
                "error", message, Position(row.sheet, row.row), "Give everyone a name of their own under who."
            )


def pooled(item: Input, rows: Sequence[Judged], rule: Rule) -> str:
    """What the panel says of an input, as the file writes it. Raises `QuestionRefused` for a panel too large to mix."""
    ranges = [(row.low, row.high) for row in rows]
    if rule == "quantiles" or len(set(ranges)) == 1:
        return item_text(item, fmean(low for low, _ in ranges), fmean(high for _, high in ranges))
    unit = stated_unit(item)
    per = unit if unit.startswith("per ") else ""
    share = 100 / len(rows)
    parts = ", ".join(f"{share:.10g}% of {_part(item, *ends, '' if per else unit)}" for ends in ranges)
    text = f"mixture({parts}) {per}".strip()
    if len(text) > LONGEST:
        raise QuestionRefused(f"{len(rows)} analysts are too many for one linear pool. Use --rule quantiles.")
    return text


def _part(item: Input, low: float, high: float, unit: str) -> str:
    return f"{_figure(low)} to {_figure(high)} {unit}".strip() if low < high else f"{_figure(low)} {unit}".strip()


def by_input(rows: Sequence[Judged]) -> dict[str, list[Judged]]:
    """What was said of each input, in the order of the sheets."""
    found: dict[str, list[Judged]] = {}
    for row in rows:
        found.setdefault(row.input, []).append(row)
    return found


def panel_layer(project: Project, rows: Sequence[Judged], rule: Rule, date: str) -> dict[str, Any]:
    """The pooled judgements as a layer of the situation."""
    texts = {name: pooled(project.model.inputs[name], said, rule) for name, said in by_input(rows).items()}
    return layer_of_inputs(project, texts, f"Panel of {len({row.who for row in rows})}, {date}")


def panel_text(layer: Mapping[str, Any], rows: Sequence[Judged], rule: Rule, texts: Mapping[str, str]) -> str:
    """The layer as a file: every analyst's own row stands above it as a comment."""
    from io import StringIO  # noqa: PLC0415

    from realpolitik.situation.canonical import text_yaml  # noqa: PLC0415

    out = StringIO()
    text_yaml().dump(dict(layer), out)
    lines = [f"# A panel's judgement, pooled by {WORDS[rule]}; equal weights.", "# What each said:"]
    for name, said in by_input(rows).items():
        lines.append(f"# {name}: {texts[name]}")
        lines += [f"#   {row.who}: {_said(row)}" for row in said]
    return "\n".join(lines) + "\n" + out.getvalue()


WORDS: Mapping[Rule, str] = {
    "quantiles": "quantile averaging (Lichtendahl et al. 2013)",
    "linear": "the linear opinion pool (Stone 1961)",
}


def _said(row: Judged) -> str:
    why = f"; {row.why}" if row.why else ""
    return f"{_figure(row.low)}, {_figure(row.best)}, {_figure(row.high)}{why}"


def as_data(rows: Sequence[Judged]) -> list[dict[str, Any]]:
    """The analysts' own rows as plain data."""
    return [asdict(row) for row in rows]
