"""Actors and factors, and what moves what: roles by shape, sign by colour, dash and head, judgement by a thin line.

Actors stand at the left, what they move right of them; a factor's second line says who wants more (+) or less (-) of
it. A focus keeps one actor's part: what it moves, what it cares for, and how one leads to the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from realpolitik.language.sentences import counted
from realpolitik.report.figures.canvas import Canvas, bow, number
from realpolitik.report.figures.columns import Columns, columns
from realpolitik.report.figures.figure import Figure, Table
from realpolitik.report.figures.text import cut, lines

Node = Mapping[str, Any]
Link = Mapping[str, Any]
GAP, LANE, BETWEEN, LINE = 10.0, 7.0, 58.0, 14.0
NARROWEST, WIDEST = 100.0, 220.0
NOTE = (
    "Rounded: actor; square: factor. Full line with arrow: raises; dashed line with bar: lowers; grey: pulls to a "
    "level, or a disputed sign; thin: judgement without a claim. Under a factor: who wants more (+) or less (-) of it."
)


@dataclass(frozen=True)
class Place:
    """The box of a node."""

    x: float
    y: float
    wide: float
    tall: float
    words: tuple[str, ...]
    wants: str

    @property
    def middle(self) -> float:
        """Half way down."""
        return self.y + self.tall / 2


def network(
    nodes: Sequence[Node],
    links: Sequence[Link],
    *,
    focus: str = "",
    title: str = "",
    note: str = NOTE,
    wide: float = 1080.0,
    anchors: str = "",
) -> Figure:
    """`nodes`: `id`, `name`, `kind` (actor or factor), `more`, `less` (ids); `links`: `from`, `to`, `sign` (-1, 0, 1),
    `size` (0..1), `judgement`, `label`. `anchors`: a prefix of links on the boxes, such as '#'. `focus`: one id.
    """
    nodes, links = focused(nodes, links, focus) if focus else (nodes, links)
    known = {str(node["id"]) for node in nodes}
    links = [link for link in links if link["from"] in known and link["to"] in known]
    order = [str(node["id"]) for node in sorted(nodes, key=lambda node: node["kind"] != "actor")]
    laid = columns(order, [(str(link["from"]), str(link["to"])) for link in links], most=14)
    wide = max(wide, len(laid.columns) * (NARROWEST + BETWEEN) - BETWEEN)
    places, tall = _places(laid, {str(node["id"]): node for node in nodes}, wide)
    canvas = Canvas(wide, tall)
    for link in links:
        _link(canvas, link, laid, places)
    for node in nodes:
        _node(
            canvas,
            node,
            places[str(node["id"])],
            anchors,
            bool(focus) and focus in (node["id"], *node.get("more", ()), *node.get("less", ())),
        )
    return Figure("network", title or _finding(nodes, links), canvas, _table(nodes, links), note)


def _finding(nodes: Sequence[Node], links: Sequence[Link]) -> str:
    actors = sum(node["kind"] == "actor" for node in nodes)
    lowering = sum(link["sign"] < 0 for link in links)
    return (
        f"{counted(actors, 'actor')}, {counted(len(nodes) - actors, 'factor')}, {counted(len(links), 'link')}, "
        f"{lowering} of them lowering"
    )


def focused(nodes: Sequence[Node], links: Sequence[Link], focus: str) -> tuple[list[Node], list[Link]]:
    """What touches `focus`, and for an actor also what it wants and who moves that."""
    wanted = {str(node["id"]) for node in nodes if focus in (*node.get("more", ()), *node.get("less", ()))}
    touched = {focus} | wanted
    kept = [link for link in links if focus in (link["from"], link["to"]) or link["to"] in wanted]
    touched |= {str(link[end]) for link in kept for end in ("from", "to")}
    return [node for node in nodes if node["id"] in touched], [link for link in links if link in kept]


def _places(laid: Columns, nodes: Mapping[str, Node], wide: float) -> tuple[dict[object, Place], float]:
    """The box of every node and the height of every gap; columns are centred on the tallest."""
    count = len(laid.columns)
    box = min(WIDEST, (wide - BETWEEN * (count - 1)) / count)
    step = (wide - box) / max(1, count - 1)
    sized = [[_sized(name, nodes, box) for name in column] for column in laid.columns]
    heights = [sum(item[2] for item in column) + GAP * (len(column) + 1) for column in sized]
    tallest = max(heights, default=0.0)
    places: dict[object, Place] = {}
    for number_, (column, height) in enumerate(zip(sized, heights, strict=True)):
        room = (tallest - height) / max(1, len(column) + 1)
        y = GAP + room
        for name, words, tall, wants in column:
            places[name] = Place(step * number_, y, box, tall, words, wants)
            y += tall + GAP + room
    return places, tallest


def _sized(name: object, nodes: Mapping[str, Node], box: float) -> tuple[object, tuple[str, ...], float, str]:
    if not isinstance(name, str):
        return name, (), LANE, ""
    node = nodes[name]
    words = tuple(lines(str(node["name"]), box - 14.0, 12.0, most=5))
    told = [*(f"+{item}" for item in node.get("more", ())), *(f"-{item}" for item in node.get("less", ()))]
    wants = lines(" ".join(told), box - 12.0, 10.0, most=2) if told else []
    return name, words, LINE * len(words) + 12.0 + 12.0 * len(wants), "\n".join(wants)


def _node(canvas: Canvas, node: Node, place: Place, anchors: str, strong: bool) -> None:
    is_actor = node["kind"] == "actor"
    kind = "accent box" if is_actor else "hollow box" if strong else "plain box"
    with canvas.named(f"{node['name']} ({node['kind']})", f"{anchors}{node['id']}" if anchors else ""):
        canvas.rect((place.x, place.y), place.wide, place.tall, kind, 14.0 if is_actor else 0.0)
        y = place.y + 17.0
        for line in place.words:
            canvas.text((place.x + place.wide / 2, y), line, "strong" if is_actor else "", "middle", 12.0)
            y += LINE
        for line in place.wants.split("\n") if place.wants else ():
            canvas.text((place.x + place.wide / 2, y - 2.0), cut(line, place.wide - 8.0, 10.0), "soft", "middle", 10.0)
            y += 12.0


def _link(canvas: Canvas, link: Link, laid: Columns, places: Mapping[object, Place]) -> None:
    """A curve through the gaps kept for it, with a head that says the sign."""
    start, end = str(link["from"]), str(link["to"])
    way = laid.ways.get((start, end)) or laid.ways.get((end, start), [end, start])[::-1]
    stops = [places[item] for item in way]
    kind = {1: "raises", -1: "lowers"}.get(int(link["sign"]), "moves")
    thick = 1.0 if link.get("judgement") else 1.2 + 2.2 * float(link.get("size", 0.3))
    path, tip, towards = _path(stops)
    with canvas.named(str(link.get("label") or f"{start} to {end}")):
        canvas.curve(path, kind, thick)
        _head(canvas, tip, towards, kind)


def _path(stops: Sequence[Place]) -> tuple[str, tuple[float, float], int]:
    """The curve, its tip, and whether it goes right (1) or left (-1) there; linked boxes never share a column."""
    first, last = stops[0], stops[-1]
    right = 1 if last.x >= first.x else -1
    at = (first.x + first.wide if right > 0 else first.x, first.middle)
    told = [f"M{number(at[0])} {number(at[1])}"]
    for stop in stops[1:]:
        near, far = (stop.x, stop.x + stop.wide) if right > 0 else (stop.x + stop.wide, stop.x)
        told.append(bow(at, (near - 6.0 * right if stop is last else near, stop.middle)))
        at = (far, stop.middle)
        if stop is not last:
            told.append(f"L{number(far)} {number(stop.middle)}")
    return "".join(told), (last.x if right > 0 else last.x + last.wide, last.middle), right


def _head(canvas: Canvas, tip: tuple[float, float], towards: int, kind: str) -> None:
    x, y = tip
    if kind == "lowers":
        canvas.rect((x - 6.0 if towards > 0 else x + 3.0, y - 6.0), 3.0, 12.0, "lowers-head")
    else:
        back = x - 8.0 * towards
        canvas.shape([(x, y), (back, y - 4.5), (back, y + 4.5)], f"{kind}-head")


def _table(nodes: Sequence[Node], links: Sequence[Link]) -> Table:
    names = {node["id"]: str(node["name"]) for node in nodes}
    words = {1: "raises", -1: "lowers", 0: "moves"}
    body = tuple(
        (names[link["from"]], words[int(link["sign"])], names[link["to"]], str(link.get("label", ""))) for link in links
    )
    return Table(("what", "does", "to", "in full"), body)
