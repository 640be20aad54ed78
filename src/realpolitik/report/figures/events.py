"""When things happened and when they were said: dated items in lanes, with the line of the situation's own date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from realpolitik.language.sentences import counted
from realpolitik.report.figures.canvas import Canvas, number
from realpolitik.report.figures.figure import Figure, Table
from realpolitik.report.figures.scale import Scale, around, date_ticks, year_of
from realpolitik.report.figures.text import cut, width

NOTE = "A dot for each dated item; several on one date are told together."
ROW, TOP = 19.0, 12.0


def events(found: Sequence[Mapping[str, Any]], *, as_of: str = "", title: str = "", wide: float = 720.0) -> Figure:
    """Items with `date`, `lane`, `label` and `id`; those of one lane and date are one mark."""
    lanes = list(dict.fromkeys(str(item["lane"]) for item in found))
    left = min(0.24 * wide, max((width(lane, 13.0, True) for lane in lanes), default=0.0) + 14.0)
    years = [year_of(str(item["date"])) for item in found] + ([year_of(as_of)] if as_of else [])
    across = Scale(*around(years, zero=False), left, wide - 16.0)
    canvas = Canvas(wide)
    y = TOP
    for lane in lanes:
        y = _lane(canvas, (lane, _marks(found, lane)), across, y)
    _calendar(canvas, across, y, as_of)
    canvas.tall = y + 44.0
    body = tuple(
        (str(item["date"]), str(item["lane"]), str(item["label"]), str(item["id"]))
        for item in sorted(found, key=lambda item: str(item["date"]))
    )
    return Figure("events", title or _finding(found), canvas, Table(("date", "lane", "what", "id"), body), NOTE)


def _finding(found: Sequence[Mapping[str, Any]]) -> str:
    dates = sorted(str(item["date"]) for item in found)
    return f"{counted(len(found), 'dated item')}, {dates[0]} to {dates[-1]}" if dates else "Nothing is dated"


def _marks(found: Sequence[Mapping[str, Any]], lane: str) -> list[tuple[str, str]]:
    """Date and words of each mark in a lane, in order."""
    by_date: dict[str, list[str]] = {}
    for item in found:
        if str(item["lane"]) == lane:
            by_date.setdefault(str(item["date"]), []).append(str(item["label"]))
    return [
        (date, words[0] if len(words) == 1 else f"{words[0]} (+{len(words) - 1} more)")
        for date, words in sorted(by_date.items())
    ]


def _lane(canvas: Canvas, told: tuple[str, list[tuple[str, str]]], across: Scale, y: float) -> float:
    """One lane; each label takes the first line on which it meets no other. The height below it."""
    name, marks = told
    canvas.line((0.0, y - 6.0), (canvas.wide, y - 6.0), "grid")
    canvas.text((0.0, y + 13.0), cut(name, across.start - 8.0, 13.0), "strong")
    ends: list[float] = []
    for date, words in marks:
        x = across(year_of(date))
        label = cut(words, 0.46 * canvas.wide, 12.0)
        size = width(label, 12.0)
        start, reach = (x + 8.0, x + 14.0 + size) if x + 14.0 + size < canvas.wide else (x - 8.0 - size, x + 14.0)
        from_ = min(start, x - 6.0)
        line = next((i for i, end in enumerate(ends) if end < from_), len(ends))
        ends[line : line + 1] = [reach]
        height = y + 9.0 + ROW * line
        with canvas.named(f"{date}: {words}"):
            canvas.circle((x, height), 4.5)
        canvas.text((start, height + 4.0), label, "halo", "start", 12.0)
    return y + max(1, len(ends)) * ROW + 12.0


def _calendar(canvas: Canvas, across: Scale, y: float, as_of: str) -> None:
    for year, label in date_ticks(across.low, across.high, int((across.end - across.start) / 60.0)):
        canvas.line((across(year), y), (across(year), y + 5.0), "axis")
        canvas.text((across(year), y + 18.0), label, "soft", "middle", 12.0)
    canvas.line((across.start, y), (across.end, y), "axis")
    if as_of:
        x = across(year_of(as_of))
        canvas.parts.insert(0, f'<line x1="{number(x)}" y1="4" x2="{number(x)}" y2="{number(y)}" class="axis"/>')
        at_end = x > canvas.wide / 2
        canvas.text((x, y + 35.0), f"as of {as_of}", "strong", "end" if at_end else "start", 12.0)
