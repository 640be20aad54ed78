"""Why somebody gains or loses: the parts of a gain, largest first, adding up to the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from realpolitik.language.sentences import signed
from realpolitik.report.figures.bars import axis, rows
from realpolitik.report.figures.figure import Figure, Table
from realpolitik.report.figures.scale import around
from realpolitik.report.figures.text import width

NOTE = "Each bar starts where the one above it ended; the last is the whole. Points of the actor's own interests."


def waterfall(
    found: Sequence[Mapping[str, Any]],
    *,
    title: str = "",
    unit: str = "points",
    most: int = 9,
    wide: float = 720.0,
) -> Figure:
    """Rows with `entry` and `points`; beyond the `most` largest the rest is one bar."""
    ordered = sorted(found, key=lambda row: -abs(row["points"]))
    parts = [(str(row["entry"]), float(row["points"])) for row in ordered[:most]]
    rest = sum(float(row["points"]) for row in ordered[most:])
    if len(ordered) > most:
        parts.append((f"{len(ordered) - most} smaller parts", rest))
    total = sum(value for _, value in parts)
    ends = [0.0, *_cumulated(value for _, value in parts)]
    names = [*(name for name, _ in parts), "together"]
    frame = rows(names, around(ends), wide, row=32.0, right=width("+100", 13.0, True) + 16.0)
    axis(frame, unit)
    for number, (name, value) in enumerate([*parts, ("together", total)]):
        start, end = (ends[number], ends[number + 1]) if number < len(parts) else (0.0, total)
        _bar(frame, number, name, (start, end))
        if number < len(parts):
            x = frame.scale(end)
            frame.canvas.line((x, frame.middle(number) + 9.0), (x, frame.middle(number + 1) - 9.0), "axis")
        frame.canvas.text((wide, frame.middle(number) + 4.5), signed(value), "strong", "end")
    table = Table(
        ("part", "points"),
        tuple((name, signed(value)) for name, value in [*parts, ("together", total)]),
        frozenset({1}),
    )
    return Figure("waterfall", title or _finding(parts, total), frame.canvas, table, NOTE)


def _cumulated(values: Any) -> list[float]:
    found: list[float] = []
    for value in values:
        found.append((found[-1] if found else 0.0) + value)
    return found


def _finding(parts: Sequence[tuple[str, float]], total: float) -> str:
    if not parts:
        return "Nothing changed"
    name, value = parts[0]
    return f"{signed(total)} points, most of it from '{name}' ({signed(value)})"


def _bar(frame: Any, number: int, name: str, ends: tuple[float, float]) -> None:
    start, end = ends
    left, right = sorted((frame.scale(start), frame.scale(end)))
    with frame.canvas.named(f"{name}: {signed(end - start)}"):
        frame.canvas.rect(
            (left, frame.middle(number) - 9.0),
            max(1.0, right - left),
            18.0,
            "gain" if end > start else "loss",
        )
