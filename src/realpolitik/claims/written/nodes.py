"""What a YAML file says, as text with positions: the only form the readers see.

Scalars stay text (`NO`, `off`, `22:30`, `1e3` mean what the reader of each key says they mean), so no implicit typing
can change what was written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from realpolitik.errors import Position


@dataclass(frozen=True, slots=True)
class TextNode:
    """A scalar. `exact`: the text stands in one line as written, so that columns within it can be pointed at."""

    value: str
    position: Position = field(default_factory=Position, compare=False)
    exact: bool = field(default=True, compare=False)
    plain: bool = field(default=True, compare=False)

    def at(self, column: int) -> Position:
        """Where character `column` (from 1) of the text stands in its file.

        >>> print(TextNode("more tensoin", Position("a.yaml", 4, 12)).at(6))
        a.yaml:4:17
        """
        here = self.position
        if not self.exact or column < 1 or not here.column:
            return here
        return Position(here.file, here.line, here.column + column - 1)

    def part(self, start: int, end: int) -> TextNode:
        """The text from character `start` (from 0) to before `end`, stripped, with its own position."""
        raw = self.value[start:end]
        lead = len(raw) - len(raw.lstrip())
        return TextNode(raw.strip(), self.at(start + lead + 1), self.exact, self.plain)


@dataclass(frozen=True, slots=True)
class ListNode:
    """A sequence."""

    items: tuple[Node, ...]
    position: Position = field(default_factory=Position, compare=False)
    flow: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class MapNode:
    """A mapping in file order; keys are unique texts."""

    entries: tuple[tuple[TextNode, Node], ...] = ()
    position: Position = field(default_factory=Position, compare=False)
    flow: bool = field(default=False, compare=False)

    def get(self, name: str) -> Node | None:
        """The value of `name`, or None."""
        return next((value for key, value in self.entries if key.value == name), None)

    def key(self, name: str) -> TextNode | None:
        """The key `name` itself, for its position."""
        return next((key for key, _ in self.entries if key.value == name), None)

    def names(self) -> tuple[str, ...]:
        """The keys in file order."""
        return tuple(key.value for key, _ in self.entries)

    def __contains__(self, name: str) -> bool:
        return self.key(name) is not None

    def __iter__(self) -> Iterator[tuple[TextNode, Node]]:
        return iter(self.entries)

    def with_entry(self, key: TextNode, value: Node) -> MapNode:
        """The same mapping with `key` set: in place where it exists, else at the end."""
        if key.value not in self:
            return MapNode((*self.entries, (key, value)), self.position, self.flow)
        changed = tuple((k, value if k.value == key.value else v) for k, v in self.entries)
        return MapNode(changed, self.position, self.flow)

    def without(self, name: str) -> MapNode:
        """The same mapping without `name`."""
        kept = tuple(entry for entry in self.entries if entry[0].value != name)
        return MapNode(kept, self.position, self.flow)


Node = TextNode | ListNode | MapNode


def describe(node: Node) -> str:
    """What a node is, for messages.

    >>> describe(TextNode("off")), describe(TextNode("")), describe(ListNode(()))
    ("'off'", 'nothing', 'a list')
    """
    if isinstance(node, TextNode):
        return f"'{shorten(node.value)}'" if node.value else "nothing"
    return "a list" if isinstance(node, ListNode) else "a mapping (key: value)"


def shorten(text: str, width: int = 60) -> str:
    """Text in one line of at most `width` characters.

    >>> shorten("one   two three", 9)
    'one two …'
    """
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1] + "…"


def is_empty(node: Node | None) -> bool:
    """True for a missing node, an empty text, an empty list and an empty mapping."""
    if node is None:
        return True
    if isinstance(node, TextNode):
        return node.plain and node.value in {"", "~", "null"}
    return not (node.items if isinstance(node, ListNode) else node.entries)


def from_data(data: object, position: Position | None = None) -> Node:
    """Python data (mappings, sequences, scalars) as nodes, so that the builder goes through the same reader.

    >>> from_data({"now": 0.3, "tags": ["a"]}).names()
    ('now', 'tags')
    """
    place = position or Position()
    if isinstance(data, TextNode | ListNode | MapNode):
        return data
    if isinstance(data, Mapping):
        pairs = tuple((TextNode(str(k), place, exact=False), from_data(v, place)) for k, v in data.items())
        return MapNode(pairs, place)
    if isinstance(data, Sequence) and not isinstance(data, str | bytes):
        return ListNode(tuple(from_data(item, place) for item in data), place)
    return TextNode(scalar_text(data), place, exact=False, plain=data is None)


def scalar_text(data: object) -> str:
    """How a Python scalar is written in a file.

    >>> scalar_text(True), scalar_text(None), scalar_text(0.5)
    ('yes', '', '0.5')
    """
    if data is None:
        return ""
    if isinstance(data, bool):
        return "yes" if data else "no"
    return str(data)


def to_data(node: Node) -> object:
    """Nodes as plain Python data (every scalar a text): for digests and comparisons."""
    if isinstance(node, TextNode):
        return " ".join(node.value.split())
    if isinstance(node, ListNode):
        return [to_data(item) for item in node.items]
    return {key.value: to_data(value) for key, value in node.entries}
