"""Which inputs move the answer most: one bar for each, from the answer at its low end to that at its high end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from realpolitik.language.sentences import two_digits
from realpolitik.report.figures.bars import Rows, axis, rows
from realpolitik.report.figures.figure import Figure, Table
from realpolitik.report.figures.scale import around
from realpolitik.report.figures.text import width

Row = Mapping[str, Any]
NOTE = "One input at a time, the others as they are. Full: the input at its high end; light: at its low end."


def tornado(
    found: Sequence[Row],
    base: float,
    *,
    title: str = "",
    unit: str = "answer",
    write: Callable[[float], str] = two_digits,
    note: str = NOTE,
    most: int = 14,
    wide: float = 720.0,
) -> Figure:
    """Rows with `name`, `out_low`, `out_high` (the answer at the input's 5th and 95th percentile), widest first."""
    ordered = sorted(found, key=lambda row: -abs(row["out_high"] - row["out_low"]))[:most]
    span = around(
        (value for row in ordered for value in (row["out_low"], row["out_high"], base)),
        zero=False,
        margin=0.14,
    )
    frame = rows([str(row["name"]) for row in ordered], span, wide, row=32.0, head=30.0)
    axis(frame, unit, write=write)
    for number, row in enumerate(ordered):
        _row(frame, number, row, base, write)
    x = frame.scale(base)
    frame.canvas.line((x, frame.top - 6.0), (x, frame.bottom), "rule")
    frame.canvas.text((x, frame.top - 12.0), f"as it stands {write(base)}", "strong", "middle", 12.0)
    heads = ("input", "answer at its low end", "answer at its high end")
    body = tuple((str(row["name"]), write(row["out_low"]), write(row["out_high"])) for row in ordered)
    return Figure("tornado", title or _finding(ordered), frame.canvas, Table(heads, body, frozenset({1, 2})), note)


def _finding(ordered: Sequence[Row]) -> str:
    return f"Moved most by {ordered[0]['name']}" if ordered else "Nothing moves it"


def _row(frame: Rows, number: int, row: Row, base: float, write: Callable[[float], str]) -> None:
    y, scale, canvas = frame.middle(number), frame.scale, frame.canvas
    ends = {"plain": row["out_low"], "accent": row["out_high"]}
    with canvas.named(f"{row['name']}: {write(row['out_low'])} to {write(row['out_high'])}"):
        for kind, value in ends.items():
            left, right = sorted((scale(base), scale(value)))
            canvas.rect((left, y - 9.0), right - left, 18.0, kind)
    left, right = sorted(ends.values())
    _value(frame, (scale(left) - 4.0, y + 4.5), write(left), "end")
    _value(frame, (scale(right) + 4.0, y + 4.5), write(right), "start")


def _value(frame: Rows, place: tuple[float, float], words: str, anchor: Literal["start", "end"]) -> None:
    """A value beside its bar, where there is room for it."""
    room = width(words, 12.0)
    x = place[0]
    if (x - room > frame.scale.start) if anchor == "end" else (x + room < frame.scale.end + 14.0):
        frame.canvas.text(place, words, "soft", anchor, 12.0)
