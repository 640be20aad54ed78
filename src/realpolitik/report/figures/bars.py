"""What horizontal pictures share: a column of names, a scale with ticks, and the line at zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from realpolitik.language.sentences import signed
from realpolitik.report.figures.canvas import Canvas
from realpolitik.report.figures.scale import Scale
from realpolitik.report.figures.text import cut, lines, width

HEAD, FOOT = 8.0, 34.0


@dataclass(frozen=True)
class Rows:
    """A canvas with named rows of one height and a horizontal scale."""

    canvas: Canvas
    scale: Scale
    left: float
    top: float
    row: float

    def middle(self, number: int) -> float:
        """The height of a row's middle."""
        return self.top + self.row * (number + 0.5)

    @property
    def bottom(self) -> float:
        """Below the last row."""
        return self.canvas.tall - FOOT


def rows(
    names: Sequence[str],
    span: tuple[float, float],
    wide: float,
    *,
    row: float = 30.0,
    right: float = 16.0,
    head: float = HEAD,
) -> Rows:
    """A frame for named rows: names at the left in at most two lines, the scale in the rest less `right`."""
    left = min(0.42 * wide, max((width(name) for name in names), default=0.0) + 12.0)
    canvas = Canvas(wide, head + row * len(names) + FOOT)
    frame = Rows(canvas, Scale(*span, left + 8.0, wide - right), left, head, row)
    for number, name in enumerate(names):
        _name(frame, number, name)
    return frame


def _name(frame: Rows, number: int, name: str) -> None:
    told = lines(name, frame.left - 6.0, most=2 if frame.row >= 29.0 else 1)
    first = frame.middle(number) + 4.5 - 7.0 * (len(told) - 1)
    for spot, line in enumerate(told):
        frame.canvas.text((0.0, first + 14.0 * spot), cut(line, frame.left - 4.0))


def axis(frame: Rows, unit: str, *, write: object = None) -> None:
    """Grid lines with their values below, a stronger one at zero, and what the numbers are."""
    scale, canvas = frame.scale, frame.canvas
    told = write if callable(write) else signed
    for value in _fitting(scale, told):
        x = scale(value)
        canvas.line((x, frame.top - 4.0), (x, frame.bottom), "axis" if value == 0 else "grid")
        canvas.text((x, frame.bottom + 15.0), str(told(value)), "soft", "middle", 12.0)
    canvas.text(
        (frame.left + 8.0, frame.bottom + 30.0),
        cut(unit, canvas.wide - frame.left - 10.0, 12.0),
        "soft",
        "start",
        12.0,
    )


def _fitting(scale: Scale, told: object) -> list[float]:
    """As many ticks as have room for their values."""
    for about in (7, 5, 4, 3, 2, 1):
        ticks = scale.ticks(about)
        sizes = [width(str(told(value)), 12.0) + 8.0 for value in ticks] if callable(told) else []
        if all(
            scale(b) - scale(a) >= max(p, q) for a, b, p, q in zip(ticks, ticks[1:], sizes, sizes[1:], strict=False)
        ):
            return ticks
    return scale.ticks(1)[:1]
