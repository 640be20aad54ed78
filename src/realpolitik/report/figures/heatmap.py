"""A square for each pair, its number within: gains of actors under scenarios, alignment of actors with each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import isnan
from typing import Any

from realpolitik.language.sentences import signed
from realpolitik.report.figures.canvas import Canvas
from realpolitik.report.figures.figure import Figure, Table
from realpolitik.report.figures.text import lines, width

NOTE = "Orange: loss, blue: gain, as wide as the number is large; blank: under half a point."
ROW, LINE, NARROWEST = 30.0, 14.0, 62.0


def heatmap(
    names: Sequence[str],
    columns: Sequence[str],
    values: Sequence[Sequence[float]],
    *,
    title: str = "",
    write: Callable[[float], str] = signed,
    small: float = 0.5,
    note: str = NOTE,
    wide: float = 720.0,
) -> Figure:
    """`values` (name, column); what lies within `small` of zero is left blank of colour."""
    told = _blank(write)
    left = min(0.34 * wide, max(width(name) for name in names) + 12.0)
    wide = max(wide, left + NARROWEST * len(columns))
    cell = (wide - left) / max(1, len(columns))
    heads = [lines(name, cell - 8.0, 12.0, most=5) for name in columns]
    top = LINE * max(len(head) for head in heads) + 12.0
    canvas = Canvas(wide, top + ROW * len(names) + 6.0)
    for column, head in enumerate(heads):
        for spot, line in enumerate(head):
            place = (left + cell * (column + 0.5), top - 8.0 - LINE * (len(head) - 1 - spot))
            canvas.text(place, line, "strong", "middle", 12.0)
    largest = max((abs(value) for row in values for value in row if not isnan(value)), default=1.0) or 1.0
    for number, (name, row) in enumerate(zip(names, values, strict=True)):
        y = top + ROW * number
        canvas.text((0.0, y + ROW / 2 + 4.5), lines(name, left - 6.0, most=1)[0])
        for column, value in enumerate(row):
            _cell(
                canvas,
                (left + cell * column, y),
                cell,
                (value, largest, small),
                f"{name}, {columns[column]}: {told(value)}",
            )
            canvas.text((left + cell * (column + 0.5), y + ROW / 2 + 4.5), told(value), "strong halo", "middle")
    body = tuple((name, *(told(value) for value in row)) for name, row in zip(names, values, strict=True))
    table = Table(("", *columns), body, frozenset(range(1, len(columns) + 1)))
    return Figure("heatmap", title or _finding(names, columns, values, write), canvas, table, note)


def _blank(write: Callable[[float], str]) -> Callable[[float], str]:
    """The same writing, with nothing where there is no number."""
    return lambda value: "" if isnan(value) else write(value)


def _finding(names: Sequence[str], columns: Sequence[str], values: Sequence[Sequence[float]], write: Any) -> str:
    cells = [
        (value, name, columns[i])
        for name, row in zip(names, values, strict=True)
        for i, value in enumerate(row)
        if not isnan(value)
    ]
    if not cells:
        return "Nothing to compare"
    low, high = min(cells), max(cells)
    return (
        f"Lowest: {low[1]} under '{low[2]}' ({write(low[0])}); highest: {high[1]} under '{high[2]}' ({write(high[0])})"
    )


def _cell(
    canvas: Canvas, corner: tuple[float, float], wide: float, sized: tuple[float, float, float], words: str
) -> None:
    """A square that fills with the size of its number: from below, so that it reads without colour."""
    value, largest, small = sized
    x, y = corner
    with canvas.named(words):
        canvas.rect((x + 1.5, y + 1.5), wide - 3.0, ROW - 3.0, "panel")
        if abs(value) >= small:
            share = min(1.0, abs(value) / largest)
            inner = (wide - 3.0) * (0.12 + 0.88 * share)
            canvas.rect(
                (x + 1.5 + (wide - 3.0 - inner) / 2, y + 1.5),
                inner,
                ROW - 3.0,
                "gain" if value > 0 else "loss",
            )


def by_row(rows: Mapping[str, Mapping[str, float]], columns: Sequence[str]) -> list[list[float]]:
    """A table of mappings as lists in the order of `columns`.

    >>> by_row({"a": {"x": 1.0, "y": 2.0}}, ["y", "x"])
    [[2.0, 1.0]]
    """
    return [[float(row[column]) for column in columns] for row in rows.values()]
