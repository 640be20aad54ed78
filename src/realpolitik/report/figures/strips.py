"""What each party probably does, and when: one strip for each option, its height the probability over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from realpolitik.language.sentences import share
from realpolitik.report.figures.bars import HEAD, Rows, rows
from realpolitik.report.figures.figure import Figure, Table
from realpolitik.report.figures.scale import Scale, date_ticks, year_of
from realpolitik.report.figures.text import width

Row = Mapping[str, Any]
NOTE = (
    "Height of a strip: share of draws in which the option is in use. Right: after the first decisions, and at the end."
)


def strips(found: Sequence[Row], dates: Sequence[str], *, title: str = "", wide: float = 720.0) -> Figure:
    """Rows with `name` and `use` (probability at each of `dates`), those that change most first."""
    ordered = sorted(found, key=lambda row: -_change(row["use"]))
    years = [year_of(str(date)) for date in dates]
    right = width("over 99% > over 99%", 12.0) + 14.0
    frame = rows([str(row["name"]) for row in ordered], (years[0], years[-1]), wide, row=32.0, right=right)
    _calendar(frame)
    for number, row in enumerate(ordered):
        _strip(frame, number, row, years)
    return Figure("strips", title or finding(ordered), frame.canvas, _table(ordered, dates), NOTE)


def _change(use: Sequence[float]) -> float:
    return max(use) - min(use)


def finding(ordered: Sequence[Row]) -> str:
    """The option whose use changes most."""
    if not ordered:
        return "There is no option"
    row = ordered[0]
    return f"Most in motion: {row['name']} ({share(row['use'][0])} to {share(row['use'][-1])})"


def _calendar(frame: Rows) -> None:
    scale = frame.scale
    for year, label in date_ticks(scale.low, scale.high, max(2, int((scale.end - scale.start) / 52.0))):
        x = scale(year)
        frame.canvas.line((x, HEAD - 4.0), (x, frame.bottom), "grid")
        frame.canvas.text((x, frame.bottom + 15.0), label, "soft", "middle", 12.0)


def _strip(frame: Rows, number: int, row: Row, years: Sequence[float]) -> None:
    base = frame.middle(number) + 12.0
    up = Scale(0.0, 1.0, base, base - 25.0)
    points = [(frame.scale(year), up(value)) for year, value in zip(years, row["use"], strict=True)]
    words = f"{row['name']}: {share(row['use'][0])} after the first decisions, {share(row['use'][-1])} at the end"
    with frame.canvas.named(words):
        frame.canvas.shape([(points[0][0], base), *points, (points[-1][0], base)], "gain")
        frame.canvas.line((points[0][0], base), (points[-1][0], base), "axis")
    told = f"{share(row['use'][0])} > {share(row['use'][-1])}"
    frame.canvas.text((frame.scale.end + 8.0, base - 7.0), told, "", "start", 12.0)


def _table(ordered: Sequence[Row], dates: Sequence[str]) -> Table:
    spots = sorted({round(i * (len(dates) - 1) / 4) for i in range(5)})
    heads = ("option", *(str(dates[i]) for i in spots))
    body = tuple((str(row["name"]), *(share(row["use"][i]) for i in spots)) for row in ordered)
    return Table(heads, body, frozenset(range(1, len(heads))))
