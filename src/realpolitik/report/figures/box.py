"""A scenario found in the draws: the limits that describe it, and what was traded for its purity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from realpolitik.language.sentences import counted, level, share, two_digits
from realpolitik.report.figures.bars import HEAD, rows
from realpolitik.report.figures.canvas import Canvas
from realpolitik.report.figures.figure import Figure, Table
from realpolitik.report.figures.scale import Scale
from realpolitik.report.figures.text import width

NOTE = (
    "Above: each input's whole range (line) and the part within the box (bar). Below: every step of the "
    "peeling, coverage across and density up; the chosen box is full."
)
TALL = 210.0


def box(
    limits: Sequence[Mapping[str, Any]],
    peels: Sequence[Mapping[str, Any]],
    chosen: int,
    *,
    title: str = "",
    wide: float = 720.0,
) -> Figure:
    """`limits`: `name`, `low`, `high` within `least`..`most`. `peels`: `coverage`, `density` (0..1), `limits` used."""
    frame = rows([str(row["name"]) for row in limits], (0.0, 1.0), wide, row=34.0)
    for number, row in enumerate(limits):
        _limit(frame, number, row)
    top = HEAD + 34.0 * len(limits) + 16.0
    frame.canvas.tall = top + TALL
    _trade(frame.canvas, peels, chosen, top)
    body = tuple(
        (
            str(row["name"]),
            _write(row["low"]),
            _write(row["high"]),
            f"{_write(row['least'])} to {_write(row['most'])}",
        )
        for row in limits
    )
    table = Table(("input", "from", "to", "whole range"), body, frozenset({1, 2, 3}))
    return Figure("box", title or _finding(peels[chosen], limits), frame.canvas, table, NOTE)


def _finding(peel: Mapping[str, Any], limits: Sequence[Mapping[str, Any]]) -> str:
    kept = f"{share(peel['coverage'])} of the cases lie in a box of {counted(len(limits), 'limit')}"
    return f"{kept}; of the draws in it, {share(peel['density'])} are such cases"


def _limit(frame: Any, number: int, row: Mapping[str, Any]) -> None:
    scale = Scale(row["least"], row["most"], frame.scale.start, frame.scale.end)
    y = frame.middle(number) + 4.0
    with frame.canvas.named(f"{row['name']}: {_write(row['low'])} to {_write(row['high'])}"):
        frame.canvas.line((scale.start, y), (scale.end, y), "axis")
        frame.canvas.rect((scale(row["low"]), y - 6.0), scale(row["high"]) - scale(row["low"]), 12.0, "accent")
    told = f"{_write(row['low'])} to {_write(row['high'])}"
    half, middle = width(told, 12.0) / 2, scale((row["low"] + row["high"]) / 2)
    x = max(scale.start + half, min(middle, scale.end - half))
    frame.canvas.text((x, y - 10.0), told, "", "middle", 12.0)


def _write(value: float) -> str:
    """Two decimals below one, where levels and weights lie."""
    return level(value) if abs(value) < 1.0 else two_digits(value)


def _trade(canvas: Canvas, peels: Sequence[Mapping[str, Any]], chosen: int, top: float) -> None:
    across = Scale(0.0, 1.0, 52.0, min(canvas.wide - 24.0, 460.0))
    up = Scale(0.0, 1.0, top + TALL - 40.0, top + 10.0)
    canvas.rect((across.start, up.end), across.end - across.start, up.start - up.end, "panel")
    for value in (0.0, 0.5, 1.0):
        canvas.text((across(value), up.start + 16.0), f"{100 * value:.0f}%", "soft", "middle", 12.0)
        canvas.text((across.start - 6.0, up(value) + 4.0), f"{100 * value:.0f}%", "soft", "end", 12.0)
    canvas.text((across.start, up.start + 34.0), "coverage (across), density (up)", "soft", "start", 12.0)
    canvas.track([(across(item["coverage"]), up(item["density"])) for item in peels], "grid")
    for number, item in enumerate(peels):
        words = f"{item['limits']} limits: coverage {share(item['coverage'])}, density {share(item['density'])}"
        with canvas.named(words):
            canvas.circle(
                (across(item["coverage"]), up(item["density"])),
                7.0 if number == chosen else 3.5,
                "dot" if number == chosen else "hollow",
            )
