"""The names a situation defines, gathered before anything that refers to them is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from realpolitik.claims.written.nodes import ListNode, MapNode, Node, TextNode
from realpolitik.errors import Position

DEFAULT_LEVELS = ("off", "on")


@dataclass
class Symbols:
    """Ids by kind, in file order; `levels` by option, `members` by institution, `readings` by hypothesis."""

    actors: dict[str, Position] = field(default_factory=dict)
    institutions: dict[str, Position] = field(default_factory=dict)
    factors: dict[str, Position] = field(default_factory=dict)
    options: dict[str, Position] = field(default_factory=dict)
    exchanges: dict[str, Position] = field(default_factory=dict)
    shocks: dict[str, Position] = field(default_factory=dict)
    scenarios: dict[str, Position] = field(default_factory=dict)
    names: dict[str, Position] = field(default_factory=dict)
    hypotheses: dict[str, Position] = field(default_factory=dict)
    readings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    levels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    members: dict[str, tuple[str, ...]] = field(default_factory=dict)
    derived: set[str] = field(default_factory=set)

    def terms(self) -> tuple[str, ...]:
        """What a term may name: factors and options."""
        return (*self.factors, *self.options)

    def line_of(self, name: str) -> int:
        """The line where a name is defined; 0 if nowhere."""
        for table in (self.factors, self.options, self.actors, self.institutions, self.shocks, self.scenarios):
            if name in table:
                return table[name].line
        return 0

    def parties(self, name: str) -> tuple[str, ...]:
        """The actors a name stands for: itself, or the members of an institution; empty if it is neither."""
        return (name,) if name in self.actors else self.members.get(name, ())


def collect(root: MapNode) -> Symbols:
    """Every name the file (all layers merged) defines, those of readings included."""
    symbols = Symbols()
    for section in (root, *reading_sections(root)):
        _collect_sections(section, symbols)
    for group, readings in entries(root.get("hypotheses")):
        symbols.hypotheses.setdefault(group.value, group.position)
        names = [key.value for key, value in entries(readings) if isinstance(value, MapNode)]
        symbols.readings[group.value] = tuple(names)
    return symbols


def _collect_sections(section: MapNode, symbols: Symbols) -> None:
    tables: Mapping[str, dict[str, Position]] = {
        "actors": symbols.actors, "institutions": symbols.institutions, "factors": symbols.factors,
        "options": symbols.options, "exchanges": symbols.exchanges, "shocks": symbols.shocks,
        "scenarios": symbols.scenarios, "names": symbols.names,
    }  # fmt: skip
    for name, table in tables.items():
        for key, value in entries(section.get(name)):
            table.setdefault(key.value, key.position)
            _collect_details(name, key.value, value, symbols)


def _collect_details(section: str, name: str, value: Node, symbols: Symbols) -> None:
    node = value if isinstance(value, MapNode) else MapNode()
    if section == "options":
        levels = texts(node.get("levels"))
        if levels or name not in symbols.levels:
            symbols.levels[name] = levels or DEFAULT_LEVELS
    elif section == "institutions" and "members" in node:
        symbols.members[name] = texts(node.get("members"))
    elif section == "factors" and "is" in node:
        symbols.derived.add(name)


def reading_sections(root: MapNode) -> Iterator[MapNode]:
    """The mapping of sections of every reading of every hypothesis."""
    for _, readings in entries(root.get("hypotheses")):
        for _, reading in entries(readings):
            if isinstance(reading, MapNode):
                instead = reading.get("instead")
                yield reading
                if isinstance(instead, MapNode):
                    yield instead


def entries(node: Node | None) -> tuple[tuple[TextNode, Node], ...]:
    """The entries of a mapping; empty for anything else (which its reader reports)."""
    return node.entries if isinstance(node, MapNode) else ()


def texts(node: Node | None) -> tuple[str, ...]:
    """A list of texts, or one text as a list of one; anything else is left out (its reader reports it)."""
    if isinstance(node, TextNode):
        return (node.value,) if node.value else ()
    items = node.items if isinstance(node, ListNode) else ()
    return tuple(item.value for item in items if isinstance(item, TextNode))
