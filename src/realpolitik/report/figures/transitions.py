"""Joint states and who can move between them: stable states boxed twice, moves named by their mover."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from realpolitik.language.sentences import counted, listed
from realpolitik.report.figures.canvas import Canvas, bow, number
from realpolitik.report.figures.columns import columns
from realpolitik.report.figures.figure import Figure, Table
from realpolitik.report.figures.text import cut, lines, width

State = Mapping[str, Any]
LINE, GAP, NARROWEST = 14.0, 84.0, 96.0
NOTE = (
    "Double frame: a state stable for everybody, with the senses in which it is. Arrows: moves that are better for the "
    "mover named on them."
)


def transitions(
    states: Sequence[State], moves: Sequence[Mapping[str, Any]], *, title: str = "", wide: float = 720.0
) -> Figure:
    """`states`: `id`, `label`, `stable` (senses; empty: it is not). `moves`: `from`, `to`, `mover`; improvements."""
    order = [str(state["id"]) for state in states]
    pairs: dict[tuple[str, str], list[str]] = {}
    for move in moves:
        pairs.setdefault((str(move["from"]), str(move["to"])), []).append(str(move["mover"]))
    laid = columns(order, list(pairs), most=8)
    known = {str(state["id"]): state for state in states}
    wide = max(wide, len(laid.columns) * (NARROWEST + GAP) - GAP)
    boxes, tall = _boxes(laid.columns, known, wide)
    canvas = Canvas(wide, tall)
    taken: list[Box] = [(x, y, x + size, y + high) for x, y, size, high in boxes.values()]
    for pair, movers in pairs.items():
        _move(canvas, (boxes[pair[0]], boxes[pair[1]]), listed(dict.fromkeys(movers)), taken)
    for name, state in known.items():
        _state(canvas, state, boxes[name])
    body = tuple(
        (str(s["id"]), str(s["label"]), ", ".join(s["stable"]) or "not stable", _from(s, pairs)) for s in states
    )
    table = Table(("state", "what holds", "stable", "moves away"), body)
    return Figure("transitions", title or _finding(states), canvas, table, NOTE)


def _finding(states: Sequence[State]) -> str:
    stable = [str(state["label"]) for state in states if state["stable"]]
    if not stable:
        return "No state is stable"
    return f"{counted(len(stable), 'stable state')} of {len(states)}: {'; '.join(stable[:3])}"


def _from(state: State, pairs: Mapping[tuple[str, str], list[str]]) -> str:
    return "; ".join(
        f"{listed(dict.fromkeys(who))} to {end}" for (start, end), who in pairs.items() if start == state["id"]
    )


Box = tuple[float, float, float, float]


def _boxes(
    laid: Sequence[Sequence[object]], known: Mapping[str, State], wide: float
) -> tuple[dict[object, Box], float]:
    """Left, top, width and height of each state; columns spread over the width, rows over the height."""
    count = max(1, len(laid))
    gap = GAP if count > 1 else 0.0
    size = min(190.0, (wide - gap * (count - 1)) / count)
    step = (wide - size) / max(1, count - 1)
    sized = {
        name: LINE * (len(lines(str(state["label"]), size - 16.0, 12.0, most=4)) + (1 if state["stable"] else 0)) + 14.0
        for name, state in known.items()
    }
    rows = [[str(name) for name in column if isinstance(name, str)] for column in laid]
    tall = max(sum(sized[name] + 34.0 for name in column) for column in rows) + 20.0
    boxes: dict[object, Box] = {}
    for number_, column in enumerate(rows):
        room = (tall - sum(sized[name] for name in column)) / (len(column) + 1)
        y = room
        for name in column:
            boxes[name] = (step * number_, y, size, sized[name])
            y += sized[name] + room
    return boxes, tall


def _state(canvas: Canvas, state: State, box: Box) -> None:
    x, y, wide, tall = box
    told = lines(str(state["label"]), wide - 16.0, 12.0, most=4)
    sense = f"stable: {', '.join(state['stable'])}" if state["stable"] else "not stable"
    with canvas.named(f"{state['id']}: {state['label']}; {sense}"):
        canvas.rect((x, y), wide, tall, "hollow" if state["stable"] else "plain", 4.0)
        if state["stable"]:
            canvas.rect((x + 3.0, y + 3.0), wide - 6.0, tall - 6.0, "hollow", 3.0)
    for spot, line in enumerate(told):
        canvas.text((x + wide / 2, y + 18.0 + LINE * spot), line, "strong" if state["stable"] else "", "middle", 12.0)
    if state["stable"]:
        words = cut(" ".join(state["stable"]), wide - 14.0, 11.0)
        canvas.text((x + wide / 2, y + 18.0 + LINE * len(told)), words, "soft", "middle", 11.0)


def _move(canvas: Canvas, ends: tuple[Box, Box], mover: str, taken: list[Box]) -> None:
    """An arrow between two columns, a little above the middle to the right and below it to the left."""
    (x1, y1, w1, t1), (x2, y2, w2, t2) = ends
    right = 1 if x2 > x1 else -1
    start = (x1 + w1 if right > 0 else x1, y1 + t1 / 2 - 7.0 * right)
    tip, level = (x2 if right > 0 else x2 + w2), y2 + t2 / 2 - 7.0 * right
    with canvas.named(mover):
        canvas.curve(f"M{number(start[0])} {number(start[1])}{bow(start, (tip - 7.0 * right, level))}", "gives", 1.6)
        back = tip - 8.0 * right
        canvas.shape([(tip, level), (back, level - 4.5), (back, level + 4.5)], "gives-head")
    _label(canvas, mover, ((start[0] + tip) / 2, (start[1] + level) / 2), taken)


def _label(canvas: Canvas, words: str, middle: tuple[float, float], taken: list[Box]) -> None:
    """The mover's name at the middle of its arrow, moved up or down until it meets no other name and no state."""
    told = cut(words, 78.0, 11.0)
    size = width(told, 11.0)
    x = min(max(middle[0], size / 2), canvas.wide - size / 2)
    for step in range(40):
        y = middle[1] + (-1) ** step * ((step + 1) // 2) * 6.0
        box = (x - size / 2, y - 12.0, x + size / 2, y + 2.0)
        if 12.0 < y < canvas.tall and all(
            box[2] <= b[0] or b[2] <= box[0] or box[3] <= b[1] or b[3] <= box[1] for b in taken
        ):
            taken.append(box)
            canvas.text((x, y), told, "strong halo", "middle", 11.0)
            return
