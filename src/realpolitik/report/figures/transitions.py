"""Joint states and who can move between them: lettered boxes, stable ones framed twice, the letters explained below.

What a state is takes a sentence, which no box holds; so boxes carry letters, and the sentences stand below in full.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from string import ascii_uppercase
from typing import Any

from realpolitik.language.sentences import counted, listed
from realpolitik.report.figures.canvas import Canvas, Point, bow, number
from realpolitik.report.figures.columns import Columns, columns
from realpolitik.report.figures.figure import Figure, Table
from realpolitik.report.figures.text import cut, lines, width

State = Mapping[str, Any]
Box = tuple[float, float, float, float]
Pair = tuple[str, str]
LINE, GAP, NODE, SPACE, LANE = 14.0, 116.0, 74.0, 30.0, 22.0
LETTERED = 8
"""Labels of up to this many letters stand in the box themselves."""
NOTE = (
    "Double frame: a state stable for everybody, with the senses in which it is. Arrows: moves that are better for the "
    "mover named on them."
)


@dataclass(frozen=True)
class _Drawn:
    """A state as it stands in the picture: what the box says, and what the line below says (empty: nothing)."""

    state: State
    sign: str
    told: tuple[str, ...]
    legend: str

    @property
    def tall(self) -> float:
        """The height of its box."""
        return 16.0 + LINE * (1 + len(self.told))


def transitions(
    states: Sequence[State], moves: Sequence[Mapping[str, Any]], *, title: str = "", wide: float = 720.0
) -> Figure:
    """`states`: `id`, `label`, `stable` (senses; empty: it is not); if there, `now` and `asked` (marked so), `told`
    (said beside its label) and `sign` (in the box instead of a letter). `moves`: `from`, `to`, `mover`; improvements.
    """
    order = [str(state["id"]) for state in states]
    pairs: dict[Pair, list[str]] = {}
    for move in moves:
        pairs.setdefault((str(move["from"]), str(move["to"])), []).append(str(move["mover"]))
    drawn = dict(zip(order, _lettered(states), strict=True))
    laid = columns(order, list(pairs), most=6)
    wide = max(wide, len(laid.columns) * (NODE + GAP) - GAP + 4.0)
    boxes, tall = _boxes(laid, drawn, wide)
    canvas = Canvas(wide, tall)
    taken = [(x, y, x + size, y + high) for name, (x, y, size, high) in boxes.items() if isinstance(name, str)]
    for pair, movers in pairs.items():
        _move(canvas, _stops(laid, boxes, pair), listed(dict.fromkeys(movers)), taken)
    for name, item in drawn.items():
        _state(canvas, item, boxes[name])
    _legend(canvas, list(drawn.values()))
    body = tuple(_row(drawn, name, pairs) for name in order)
    table = Table(("state", "what holds", "stable", "moves away"), body)
    return Figure("transitions", title or _finding(states), canvas, table, NOTE)


def _lettered(states: Sequence[State]) -> Iterator[_Drawn]:
    """Short labels stay as they are where all are short; otherwise A, B, ... in the order given."""
    short = all(len(str(state["label"])) <= LETTERED for state in states)
    for place, state in enumerate(states):
        label = str(state["label"])
        sign = str(state.get("sign") or (label if short else _letter(place)))
        marks = [word for key, word in (("now", "as now"), ("asked", "asked")) if state.get(key)]
        told = tuple(cut(line, NODE - 12.0, 11.0) for line in (*marks, *map(str, state["stable"])))
        extra = f" ({state['told']})" if state.get("told") else ""
        yield _Drawn(state, sign, told, "" if sign == label and not extra else f"{label}{extra}")


def _letter(place: int) -> str:
    return ascii_uppercase[place % 26] * (1 + place // 26)


def _finding(states: Sequence[State]) -> str:
    stable = [str(state["label"]) for state in states if state["stable"]]
    if not stable:
        return "No state is stable"
    return f"{counted(len(stable), 'stable state')} of {len(states)}: {'; '.join(stable[:3])}"


def _row(drawn: Mapping[str, _Drawn], name: str, pairs: Mapping[Pair, list[str]]) -> tuple[str, str, str, str]:
    item = drawn[name]
    away = "; ".join(
        f"{listed(dict.fromkeys(who))} to {drawn[end].sign}" for (start, end), who in pairs.items() if start == name
    )
    stable = ", ".join(item.state["stable"]) or "not stable"
    return item.sign, item.legend or str(item.state["label"]), stable, away


def _boxes(laid: Columns, drawn: Mapping[str, _Drawn], wide: float) -> tuple[dict[object, Box], float]:
    """Left, top, width and height of each state and of each lane that a long arrow passes through."""
    step = (wide - NODE - 4.0) / max(1, len(laid.columns) - 1)
    high = {name: drawn[name].tall if isinstance(name, str) else LANE for column in laid.columns for name in column}
    tall = max(sum(high[name] + SPACE for name in column) for column in laid.columns) + 14.0
    boxes: dict[object, Box] = {}
    for place, column in enumerate(laid.columns):
        room = (tall - sum(high[name] for name in column)) / (len(column) + 1)
        y = room
        for name in column:
            boxes[name] = (2.0 + step * place, y, NODE, high[name])
            y += high[name] + room
    return boxes, tall


def _stops(laid: Columns, boxes: Mapping[object, Box], pair: Pair) -> list[Box]:
    """The boxes an arrow goes through: its ends and the lanes between."""
    way = laid.ways.get(pair) or laid.ways[pair[1], pair[0]][::-1]
    return [boxes[name] for name in (way if way[0] == pair[0] else way[::-1])]


def _state(canvas: Canvas, item: _Drawn, box: Box) -> None:
    x, y, wide, tall = box
    stable = bool(item.state["stable"])
    sense = f"stable: {', '.join(item.state['stable'])}" if stable else "not stable"
    with canvas.named(f"{item.sign}: {item.legend or item.state['label']}; {sense}"):
        canvas.rect((x, y), wide, tall, "hollow" if stable else "plain", 4.0)
        if stable:
            canvas.rect((x + 3.0, y + 3.0), wide - 6.0, tall - 6.0, "hollow", 3.0)
    sign = cut(item.sign, wide - 12.0, 14.0)
    canvas.text((x + wide / 2, y + 20.0), sign, "strong", "middle", 14.0)
    for spot, line in enumerate(item.told, 1):
        canvas.text((x + wide / 2, y + 20.0 + LINE * spot), line, "soft", "middle", 11.0)


def _move(canvas: Canvas, stops: Sequence[Box], mover: str, taken: list[Box]) -> None:
    """An arrow from column to column, a little above the middle of its boxes to the right and below it to the left."""
    right = 1 if stops[-1][0] > stops[0][0] else -1
    points = [_point(box, right, leaving) for box in stops for leaving in (False, True)][1:-1]
    tip = points[-1]
    back = tip[0] - 8.0 * right
    path, here = f"M{number(points[0][0])} {number(points[0][1])}", points[0]
    for place, point in enumerate(points[1:], 1):
        end = (back + right, tip[1]) if place == len(points) - 1 else point
        path += bow(here, end) if place % 2 else f"L{number(end[0])} {number(end[1])}"
        here = end
    with canvas.named(mover):
        canvas.curve(path, "gives", 1.6)
        canvas.shape([tip, (back, tip[1] - 4.5), (back, tip[1] + 4.5)], "gives-head")
    between = list(pairwise(points))[::2]
    _label(canvas, mover, [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in between], taken)


def _point(box: Box, right: int, leaving: bool) -> Point:
    """Where an arrow enters or leaves a box or lane."""
    x, y, wide, tall = box
    far = right > 0 if leaving else right < 0
    return (x + wide if far else x, y + tall / 2 - 7.0 * right)


def _label(canvas: Canvas, words: str, middles: Sequence[Point], taken: list[Box]) -> None:
    """The mover's name between two columns of its arrow, moved up or down until it meets no other name and no state."""
    told = lines(words, GAP - 14.0, 11.0, most=2)
    size = max(width(line, 11.0, bold=True) for line in told)
    for step in range(40):
        for x, middle in middles:
            y = middle + (-1) ** step * ((step + 1) // 2) * 6.0
            box = (x - size / 2, y - 12.0, x + size / 2, y + 2.0 + LINE * (len(told) - 1))
            if box[1] > 0.0 and box[3] < canvas.tall and not any(_meet(box, other) for other in taken):
                taken.append(box)
                for spot, line in enumerate(told):
                    canvas.text((x, y + LINE * spot), line, "strong halo", "middle", 11.0)
                return


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _legend(canvas: Canvas, drawn: Sequence[_Drawn]) -> None:
    """What each letter stands for, in full, below the boxes."""
    told = [item for item in drawn if item.legend]
    if not told:
        return
    left = 14.0 + max(width(item.sign, 13.0, bold=True) for item in told)
    y = canvas.tall + 18.0
    for item in told:
        canvas.text((2.0, y), item.sign, "strong", size=13.0)
        for line in lines(item.legend, canvas.wide - left - 4.0, 13.0):
            canvas.text((left, y), line, size=13.0)
            y += 17.0
        y += 3.0
    canvas.tall = y
