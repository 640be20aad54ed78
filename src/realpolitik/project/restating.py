"""An input stated anew: the piece of a situation file that gives it another interval, everything else kept.

A line keeps its verb, delay, condition and claims; lines of the same identity are written again beside it, since a
layer replaces them together. What a layer cannot say (rates of stocks, half-lives) is not stated anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from realpolitik.claims.written.nodes import ListNode, MapNode, Node, to_data
from realpolitik.errors import Position

if TYPE_CHECKING:
    from realpolitik.compiled.inputs import Input
    from realpolitik.project.project import Project
    from realpolitik.situation.lines import Line

HUNDREDTHS = ("price", "switch", "norm price")
LINES: Mapping[str, tuple[str, str]] = {
    "size": ("influences", "size"),
    "pull": ("influences", "to"),
    "weight": ("interests", "weight"),
    "dependence": ("dependencies", "share"),
    "likelihood": ("commitments", "likelihood"),
    "norm price": ("commitments", "price"),
}
ENTRIES: Mapping[str, tuple[str, str]] = {
    "start": ("factors", "now"),
    "trend": ("factors", "trend"),
    "noise": ("factors", "noise"),
    "steadiness": ("actors", "steadiness"),
    "chance": ("shocks", "chance"),
}
BY_PARTY = ("price", "switch", "effect")
Said = Mapping[str, str]
"""What inputs shall be: name -> a quantity as a file writes it."""


@dataclass(frozen=True)
class Place:
    """A line of the file: its section, the actor whose it is (interests), its identity and its node."""

    section: str
    actor: str
    key: str
    node: Node
    reading: tuple[str, str] | None = None


def can_be_restated(item: Input) -> bool:
    """True where a layer can give the input another interval."""
    return item.role in LINES or item.role in ENTRIES or item.role in BY_PARTY


def stated_unit(item: Input) -> str:
    """The unit in which an input is written: `points`, `per year`, or nothing."""
    if item.role in HUNDREDTHS:
        return "points"
    return f"per {item.quantity.per}" if item.quantity.per else ""


def stated(item: Input, value: float) -> float:
    """A value of an input as the file writes it: points for hundredths, no sign of the verb."""
    scale = 100.0 if item.role in HUNDREDTHS else 1.0
    negated = item.quantity.factor < 0 and item.role in ("size", "weight")
    return scale * (-value if negated else value)


def unstated(item: Input, value: float) -> float:
    """What `stated` shows as `value`, in the input's own unit."""
    scale = 0.01 if item.role in HUNDREDTHS else 1.0
    negated = item.quantity.factor < 0 and item.role in ("size", "weight")
    return scale * (-value if negated else value)


def layer_of_inputs(project: Project, said: Said, author: str = "") -> dict[str, Any]:
    """One layer over the project in which the named inputs are what is said. `author` signs lines without a claim.

    Raises `KeyError` for a name that is no input of the project.
    """
    from realpolitik.project.layering import merged  # noqa: PLC0415

    model = project.model
    items = [model.inputs[name] for name in said]
    pieces: list[dict[str, Any]] = [_entry(project, item, said[item.name]) for item in items if item.role in ENTRIES]
    pieces += [_by_party(project, item, said) for item in items if item.role in BY_PARTY]
    return _joined([merged(pieces), *_lines(project, [item for item in items if item.role in LINES], said, author)])


def _entry(project: Project, item: Input, text: str) -> dict[str, Any]:
    section, key = ENTRIES[item.role]
    return _within(project, item, {section: {item.element: {key: text}}})


def _by_party(project: Project, item: Input, said: Said) -> dict[str, Any]:
    """Prices and costs of switching name every party; an effect of a shock stands by itself."""
    if item.role == "effect":
        shock, verb, factor = item.element.split(" ", 2)
        return _within(project, item, {"shocks": {shock: {verb: {factor: said[item.name]}}}})
    what, _, _ = item.element.rpartition(" for ")
    option = what.partition("=")[0]
    ending = item.name.removeprefix(f"{item.role}: {item.element}")
    table: dict[str, Any] = {}
    for other in project.model.inputs.values():
        thing, _, party = other.element.rpartition(" for ")
        name, _, level = thing.partition("=")
        if other.role == item.role and name == option and other.name.endswith(ending or other.element):
            at = table.setdefault(level, {}) if item.role == "price" else table
            at[party] = said.get(other.name, f"{other.quantity.text}")
    return _within(project, item, {"options": {option: {item.role: table}}})


def _within(project: Project, item: Input, layer: dict[str, Any]) -> dict[str, Any]:
    """The layer, within the reading of a hypothesis where the input belongs to one."""
    found = _reading(project, item)
    return {"hypotheses": {found[0]: {found[1]: {"instead": layer}}}} if found else layer


def _reading(project: Project, item: Input) -> tuple[str, str] | None:
    ending = item.name.removeprefix(f"{item.role}: {item.element}").strip()
    for group in project.situation.hypotheses:
        for reading in group.readings:
            if ending == f"[{group.id}: {reading.id}]":
                return group.id, reading.id
    return None


def _lines(project: Project, items: list[Input], said: Said, author: str) -> Iterator[dict[str, Any]]:
    """For every line that is stated anew: it and its like, in the long form."""
    places = list(_places(project))
    wanted: dict[Position, dict[str, str]] = {}
    for item in items:
        part = LINES[item.role][1]
        part = "replaced" if part == "share" and item.element.endswith(", replaced") else part
        wanted.setdefault(item.support.position, {})[part] = said[item.name]
    keys = {_identity(place) for place in places if place.node.position in wanted}
    for place in places:
        if _identity(place) in keys:
            yield _long(place, wanted.get(place.node.position, {}), author)


def _identity(place: Place) -> tuple[Any, ...]:
    return place.section, place.actor, place.key, place.reading


def _places(project: Project) -> Iterator[Place]:
    """Every line of the files of a project, those within readings too."""
    from realpolitik.claims.written.findings import Collector  # noqa: PLC0415
    from realpolitik.situation.project_files import read_files  # noqa: PLC0415

    root = read_files(project.path, Collector(), project.state, project.judgements).root
    yield from _in_sections(root, None)
    for group, readings in _pairs(root.get("hypotheses")):
        for reading, body in _pairs(readings):
            instead = body.get("instead") if isinstance(body, MapNode) else None
            if isinstance(instead, MapNode):
                yield from _in_sections(instead, (group, reading))


def _in_sections(root: MapNode, reading: tuple[str, str] | None) -> Iterator[Place]:
    from realpolitik.situation.line_keys import item_key  # noqa: PLC0415

    for section in ("influences", "dependencies", "commitments"):
        for node in _items(root.get(section)):
            yield Place(section, "", item_key(section, node), node, reading)
    for actor, wishes in _pairs(root.get("interests")):
        for node in _items(wishes):
            yield Place("interests", actor, item_key("interests", node, actor), node, reading)


def _items(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, ListNode) else ()


def _pairs(node: Node | None) -> Iterator[tuple[str, Node]]:
    for key, value in node if isinstance(node, MapNode) else ():
        yield key.value, value


def _long(place: Place, changed: Said, author: str) -> dict[str, Any]:
    from realpolitik.situation.line_forms import read_line  # noqa: PLC0415

    line = read_line(place.section, place.node)
    item: Any = {**_parts(line), **changed, **_support(line)} if changed else to_data(place.node)
    if changed and author and not item.get("claims"):
        item["judged_by"] = author
    layer: dict[str, Any] = {place.section: {place.actor: [item]} if place.actor else [item]}
    if place.reading:
        group, reading = place.reading
        return {"hypotheses": {group: {reading: {"instead": layer}}}}
    return layer


TARGETS = ("effect", "term", "option")


def _parts(line: Line) -> dict[str, Any]:
    """The parts as keys of the long form: the target stands under the verb."""
    parts = {name: " ".join(node.value.split()) for name, node in line.parts.items()}
    return {(line.form if name in TARGETS else name): text for name, text in parts.items()}


def _support(line: Line) -> dict[str, Any]:
    cited: dict[str, Any] = {"claims": [node.value for node in line.claims]} if line.claims else {}
    extra = to_data(line.extra)
    assert isinstance(extra, dict)
    return {**cited, **extra}


def _joined(layers: list[dict[str, Any]]) -> dict[str, Any]:
    """Layers as one, lists put end to end."""
    out: dict[str, Any] = {}
    for layer in layers:
        for key, value in layer.items():
            held = out.get(key)
            if isinstance(held, dict) and isinstance(value, dict):
                out[key] = _joined([held, value])
            else:
                out[key] = [*held, *value] if isinstance(held, list) and isinstance(value, list) else value
    return out
