"""Leverage and exposure: each actor a point, four named corners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from realpolitik.language.sentences import two_digits
from realpolitik.report.figures.canvas import Canvas
from realpolitik.report.figures.figure import Figure, Table
from realpolitik.report.figures.scale import Scale, around
from realpolitik.report.figures.text import cut, width

CORNERS = ("strong and free", "strong but exposed", "weak but free", "weak and exposed")
NOTE = "Right: more exposed; up: more leverage. The crossing is the mean of all."
LINE, DOT = 15.0, 5.0


def quadrant(
    found: Sequence[Mapping[str, Any]],
    *,
    title: str = "",
    across: str = "exposure",
    up: str = "leverage",
    corners: Sequence[str] = CORNERS,
    wide: float = 720.0,
) -> Figure:
    """Rows with `name`, `x`, `y`; `corners`: upper left, upper right, lower left, lower right."""
    tall = max(320.0, 0.6 * wide)
    xs = Scale(*around((row["x"] for row in found), margin=0.12), 46.0, wide - 14.0)
    ys = Scale(*around((row["y"] for row in found), margin=0.12), tall - 44.0, 34.0)
    canvas = Canvas(wide, tall)
    _frame(canvas, xs, ys, (across, up))
    middle = (xs(_mean(found, "x")), ys(_mean(found, "y")))
    canvas.line((middle[0], ys.end), (middle[0], ys.start), "axis")
    canvas.line((xs.start, middle[1]), (xs.end, middle[1]), "axis")
    taken = _corners(canvas, xs, ys, corners)
    taken += [(xs(row["x"]) - 7, ys(row["y"]) - 7, xs(row["x"]) + 7, ys(row["y"]) + 7) for row in found]
    for row in sorted(found, key=lambda item: (-item["y"], item["x"])):
        _point(canvas, row, (xs, ys), taken)
    body = tuple((str(row["name"]), two_digits(row["x"]), two_digits(row["y"])) for row in found)
    table = Table(("actor", across, up), body, frozenset({1, 2}))
    return Figure("quadrant", title or _finding(found, up), canvas, table, NOTE)


def _mean(found: Sequence[Mapping[str, Any]], key: str) -> float:
    return sum(float(row[key]) for row in found) / max(1, len(found))


def _finding(found: Sequence[Mapping[str, Any]], up: str) -> str:
    return f"Most {up}: {max(found, key=lambda row: float(row['y']))['name']}" if found else "Nobody to compare"


def _frame(canvas: Canvas, xs: Scale, ys: Scale, names: tuple[str, str]) -> None:
    canvas.rect((xs.start, ys.end), xs.end - xs.start, ys.start - ys.end, "panel")
    for value in xs.ticks(max(2, int((xs.end - xs.start) / 90.0))):
        canvas.text((xs(value), ys.start + 16.0), two_digits(value), "soft", "middle", 12.0)
    for value in ys.ticks(4):
        canvas.text((xs.start - 6.0, ys(value) + 4.0), two_digits(value), "soft", "end", 12.0)
    canvas.text((xs.end, ys.start + 34.0), f"{names[0]} >", "strong", "end", 12.0)
    canvas.text((0.0, 14.0), cut(f"^ {names[1]}", xs.end, 12.0), "strong", "start", 12.0)


Box = tuple[float, float, float, float]


def _corners(canvas: Canvas, xs: Scale, ys: Scale, corners: Sequence[str]) -> list[Box]:
    room = (xs.end - xs.start) / 2 - 12.0
    places = (
        (xs.start + 6, ys.end + 15),
        (xs.end - 6, ys.end + 15),
        (xs.start + 6, ys.start - 7),
        (xs.end - 6, ys.start - 7),
    )
    boxes: list[Box] = []
    for number, ((x, y), words) in enumerate(zip(places, corners, strict=True)):
        told, at_end = cut(words, room, 12.0), number % 2 == 1
        canvas.text((x, y), told, "soft", "end" if at_end else "start", 12.0)
        size = width(told, 12.0)
        boxes.append((x - size if at_end else x, y - 12, x if at_end else x + size, y + 4))
    return boxes


def _point(canvas: Canvas, row: Mapping[str, Any], scales: tuple[Scale, Scale], taken: list[Box]) -> None:
    """The point, its name at the first free place around it, farther out where there is none near."""
    x, y = scales[0](row["x"]), scales[1](row["y"])
    size = width(str(row["name"]))
    box = next((item for item in _places(x, y, size) if _free(item, taken, canvas.wide, scales[1])), None)
    with canvas.named(f"{row['name']}: {two_digits(row['x'])}, {two_digits(row['y'])}"):
        canvas.circle((x, y), DOT)
    if box is None:
        return
    taken.append(box)
    if abs((box[1] + box[3]) / 2 - y) > 24.0:
        canvas.line((x, y), (min(max(x, box[0]), box[2]), box[3] if box[3] < y else box[1]), "axis")
    canvas.text((box[0], box[3] - 3.0), str(row["name"]), "halo")


def _places(x: float, y: float, size: float) -> list[Box]:
    sides = [(x + 9.0, y - 8.0), (x - 9.0 - size, y - 8.0), (x - size / 2, y - 24.0), (x - size / 2, y + 9.0)]
    for step in range(1, 24):
        for shift in (-LINE * step, LINE * step):
            sides += [
                (x + 9.0, y - 8.0 + shift),
                (x - 9.0 - size, y - 8.0 + shift),
                (x - size / 2, y - 8.0 + shift),
            ]
    return [(left, top, left + size, top + LINE) for left, top in sides]


def _free(box: Box, taken: Sequence[Box], wide: float, ys: Scale) -> bool:
    inside = box[0] >= 48.0 and box[2] <= wide - 14.0 and ys.end <= box[1] and box[3] <= ys.start
    return inside and all(
        box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1] or other[3] <= box[1] for other in taken
    )
