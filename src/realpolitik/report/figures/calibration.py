"""Do things said to be 70% likely happen seven times in ten? Forecasts against what happened, with Wilson bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from realpolitik.language.likelihood import ICD_203
from realpolitik.language.sentences import counted, share
from realpolitik.report.figures.canvas import Canvas
from realpolitik.report.figures.figure import Figure, Table
from realpolitik.report.figures.scale import Scale
from realpolitik.report.figures.text import width

NOTE = (
    "Dots on the line: well calibrated. Bars: 95% interval of the observed share (Wilson). Shaded columns: ranges of "
    "the words of ICD 203. Larger dots: more forecasts."
)


def calibration(found: Sequence[Mapping[str, Any]], *, title: str = "", wide: float = 720.0) -> Figure:
    """Rows (bins) with `said` and `happened` (0..1), `low` and `high` (the interval of `happened`) and `count`."""
    side = min(wide - 76.0, 420.0)
    across, up = Scale(0.0, 1.0, 52.0, 52.0 + side), Scale(0.0, 1.0, side + 16.0, 16.0)
    canvas = Canvas(wide, side + 58.0)
    _ground(canvas, across, up)
    for row in found:
        _bin(canvas, row, across, up)
    body = tuple(
        (
            share(row["said"]),
            share(row["happened"]),
            f"{share(row['low'])} to {share(row['high'])}",
            str(row["count"]),
        )
        for row in found
    )
    table = Table(("said", "happened", "95% interval", "forecasts"), body, frozenset({0, 1, 2, 3}))
    return Figure("calibration", title or _finding(found), canvas, table, NOTE)


def _finding(found: Sequence[Mapping[str, Any]]) -> str:
    if not found:
        return "No forecast has come due"
    within = sum(row["low"] <= row["said"] <= row["high"] for row in found)
    total = sum(int(row["count"]) for row in found)
    return f"{within} of {len(found)} groups of forecasts ({counted(total, 'forecast')}) agree with what happened"


def _ground(canvas: Canvas, across: Scale, up: Scale) -> None:
    canvas.rect((across.start, up.end), across.end - across.start, up.start - up.end, "panel")
    for band in ICD_203[::2]:
        canvas.rect((across(band.low), up.end), across(band.high) - across(band.low), up.start - up.end, "band1")
    canvas.line((across.start, up.start), (across.end, up.end), "axis")
    for value in (0.0, 0.25, 0.5, 0.75, 1.0):
        canvas.text((across(value), up.start + 17.0), f"{100 * value:.0f}%", "soft", "middle", 12.0)
        canvas.text((across.start - 6.0, up(value) + 4.0), f"{100 * value:.0f}%", "soft", "end", 12.0)
    canvas.text((across.start, up.start + 36.0), "said (across) and happened (up)", "soft", "start", 12.0)


def _bin(canvas: Canvas, row: Mapping[str, Any], across: Scale, up: Scale) -> None:
    x, y = across(row["said"]), up(row["happened"])
    words = f"said {share(row['said'])}, happened {share(row['happened'])} of {counted(int(row['count']), 'forecast')}"
    with canvas.named(words):
        canvas.line((x, up(row["low"])), (x, up(row["high"])), "rule")
        canvas.circle((x, y), 4.0 + min(6.0, float(row["count"]) ** 0.5), "dot")
    told = str(row["count"])
    fits = x + 13.0 + width(told, 12.0) < across.end
    canvas.text((x + 13.0 if fits else x - 13.0, y - 8.0), told, "soft halo", "start" if fits else "end", 12.0)
