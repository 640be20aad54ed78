"""Where a factor goes: its median with bands of half and of nine tenths of the draws, ends labelled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from realpolitik.language.sentences import level, level_between
from realpolitik.report.figures.canvas import Canvas
from realpolitik.report.figures.figure import Figure, Table
from realpolitik.report.figures.scale import Scale, date_ticks, spread, year_of
from realpolitik.report.figures.text import cut, width

MARKS = (0.05, 0.25, 0.5, 0.75, 0.95)
TALL, TOP, FOOT = 230.0, 24.0, 40.0
NOTE = "Line: median. Dark band: half of the draws; light band: nine in ten. Judgement and chance together."


def fan(series: Mapping[str, Any], *, title: str = "", wide: float = 720.0) -> Figure:
    """`dates`, `levels` (date, quantile 5 25 50 75 95%), `name`; `from`, `to`: what the ends of the scale mean."""
    years = [year_of(str(date)) for date in series["dates"]]
    levels = [list(map(float, row)) for row in series["levels"]]
    right = width("95%: 0.00", 12.0) + 12.0
    across = Scale(years[0], years[-1], 40.0, wide - right)
    up = Scale(0.0, 1.0, TALL - FOOT, TOP)
    canvas = Canvas(wide, TALL)
    _grid(canvas, across, up)
    for kind, low, high in (("band1", 0, 4), ("band2", 1, 3)):
        lower = [(across(year), up(row[low])) for year, row in zip(years, levels, strict=True)]
        upper = [(across(year), up(row[high])) for year, row in zip(years, levels, strict=True)]
        canvas.shape([*lower, *reversed(upper)], kind)
    canvas.track([(across(year), up(row[2])) for year, row in zip(years, levels, strict=True)], "thick")
    _ends(canvas, levels[-1], across.end, up)
    _meaning(canvas, series, wide)
    return Figure("fan", title or finding(series, levels), canvas, _table(series, levels), NOTE)


def finding(series: Mapping[str, Any], levels: Sequence[Sequence[float]]) -> str:
    """From where to where the median goes."""
    start, end = levels[0][2], levels[-1][2]
    moved = "rises" if end - start > 0.02 else "falls" if start - end > 0.02 else "stays"
    name = str(series["name"])
    return f"{name[:1].upper()}{name[1:]} {moved}: median {level(start)} to {level(end)}"


def _grid(canvas: Canvas, across: Scale, up: Scale) -> None:
    for value in (0.0, 0.25, 0.5, 0.75, 1.0):
        canvas.line((across.start, up(value)), (across.end, up(value)), "axis" if value == 0 else "grid")
        canvas.text((across.start - 6.0, up(value) + 4.0), level(value), "soft", "end", 12.0)
    for year, label in date_ticks(across.low, across.high, int((across.end - across.start) / 48.0)):
        x = across(year)
        canvas.line((x, up.start), (x, up.start + 4.0), "axis")
        canvas.text((x, up.start + 17.0), label, "soft", "middle", 12.0)


def _ends(canvas: Canvas, last: Sequence[float], x: float, up: Scale) -> None:
    """The last values, moved apart where they would touch."""
    places = spread([up(value) for value in reversed(last)], 14.0, up.end, up.start)
    for place, mark, value in zip(places, reversed(MARKS), reversed(last), strict=True):
        if mark in (0.05, 0.5, 0.95):
            name = "median" if mark == 0.5 else f"{100 * mark:.0f}%"
            words = f"{level(value)}" if mark == 0.5 else f"{name}: {level(value)}"
            canvas.text((x + 6.0, place + 4.0), words, "strong" if mark == 0.5 else "soft", "start", 12.0)


def _meaning(canvas: Canvas, series: Mapping[str, Any], wide: float) -> None:
    room = wide - 44.0
    canvas.text((40.0, 13.0), cut(f"1 = {series['to']}", room, 12.0), "soft", "start", 12.0)
    canvas.text((40.0, TALL - 7.0), cut(f"0 = {series['from']}", room, 12.0), "soft", "start", 12.0)


def _table(series: Mapping[str, Any], levels: Sequence[Sequence[float]]) -> Table:
    every = max(1, len(levels) // 10)
    spots = sorted({*range(0, len(levels), every), len(levels) - 1})
    rows = tuple((str(series["dates"][i]), level_between(levels[i][2], levels[i][0], levels[i][4])) for i in spots)
    return Table(("date", "median, 5% to 95%"), rows, frozenset({1}))
