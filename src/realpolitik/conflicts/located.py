"""JSON with the place of every value kept, so that a finding can say line and column.

Never recurses without bound and never reads more than it should: depth and size are limited, duplicate keys
are findings.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from json import JSONDecodeError, JSONDecoder

from realpolitik.errors import Finding, InputRefused, Position

MAX_BYTES = 32_000_000
MAX_DEPTH = 64
_SPACE = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,18})(?:\.\d{1,30})?(?:[eE][-+]?\d{1,3})?")
_WORDS = {"true": True, "false": False, "null": None}

Scalar = str | int | float | bool | None


@dataclass(frozen=True)
class Node:
    """One JSON value and where it stands; `value` is a scalar, a list of nodes or a dict of nodes."""

    value: Scalar | list[Node] | dict[str, Node]
    at: Position

    @property
    def items(self) -> list[Node]:
        """The elements of a list; nothing for any other value."""
        return self.value if isinstance(self.value, list) else []

    @property
    def fields(self) -> dict[str, Node]:
        """The members of an object; nothing for any other value."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def text(self) -> str | None:
        """A string or a whole number as text (labels may be written either way); None for any other value."""
        if isinstance(self.value, bool) or not isinstance(self.value, str | int):
            return None
        return str(self.value)

    def plain(self) -> object:
        """The value without positions.

        >>> read_located('{"a": [1, null]}').plain()
        {'a': [1, None]}
        """
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        return self.value

    def kind(self) -> str:
        """The JSON type in words, for messages."""
        names = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "null"}
        return names.get(type(self.value), "a number")


def read_located(text: str, file: str = "") -> Node:
    """Read JSON text, keeping positions.

    Raises
    ------
    InputRefused
        Not JSON, nested deeper than 64, longer than 32 MB, or a key given twice; says where.

    >>> str(read_located('{"a": [1, 2]}', "x.json").fields["a"].items[1].at)
    'x.json:1:11'
    """
    if len(text) > MAX_BYTES:
        raise InputRefused([Finding("error", "The file is longer than 32 MB.", Position(file))])
    return _Reader(text.removeprefix("\ufeff"), file).read()


class _Reader:
    def __init__(self, text: str, file: str) -> None:
        self.text, self.file, self.findings = text, file, list[Finding]()
        self.line_starts = [0, *(m.end() for m in re.finditer("\n", text))]

    def read(self) -> Node:
        node, end = self.value(self.space(0), 0)
        end = self.space(end)
        if end < len(self.text):
            self.fail(end, f"Unexpected {self.text[end]!r} after the end of the JSON value.")
        if self.findings:
            raise InputRefused(self.findings)
        return node

    def position(self, offset: int) -> Position:
        line = bisect_right(self.line_starts, offset)
        return Position(self.file, line, offset - self.line_starts[line - 1] + 1)

    def fail(self, offset: int, message: str, hint: str = "") -> None:
        raise InputRefused([Finding("error", message, self.position(offset), hint)])

    def space(self, offset: int) -> int:
        found = _SPACE.match(self.text, offset)
        return found.end() if found else offset

    def value(self, offset: int, depth: int) -> tuple[Node, int]:
        if depth > MAX_DEPTH:
            self.fail(offset, f"Nested deeper than {MAX_DEPTH} levels.")
        opening = self.text[offset : offset + 1]
        if opening == "{":
            return self.mapping(offset, depth)
        if opening == "[":
            return self.sequence(offset, depth)
        value, end = self.string(offset) if opening == '"' else self.scalar(offset)
        return Node(value, self.position(offset)), end

    def string(self, offset: int) -> tuple[str, int]:
        try:
            found, end = JSONDecoder().raw_decode(self.text, offset)
        except JSONDecodeError as error:
            self.fail(error.pos, f"A text is not well formed: {error.msg}.")
            raise
        if any("\ud800" <= letter <= "\udfff" for letter in found):
            self.fail(offset, "A text holds half a character (an unpaired surrogate escape).")
        return str(found), end

    def scalar(self, offset: int) -> tuple[Scalar, int]:
        for word, meaning in _WORDS.items():
            if self.text.startswith(word, offset):
                return meaning, offset + len(word)
        found = _NUMBER.match(self.text, offset)
        if not found:
            given = repr(self.text[offset]) if offset < len(self.text) else "the end of the file"
            self.fail(offset, f"Expected a JSON value, found {given}.")
            raise AssertionError
        digits = found.group()
        return (int(digits) if digits.lstrip("-").isdigit() else float(digits)), found.end()

    def members(self, offset: int, closing: str) -> Iterator[int]:
        """Offsets at which a member starts; the consumer reports each member's end through `self.end`."""
        self.end = self.space(offset + 1)
        if self.text[self.end : self.end + 1] == closing:
            self.end += 1
            return
        while True:
            yield self.end
            self.end = self.space(self.end)
            following = self.text[self.end : self.end + 1]
            if following == closing:
                self.end += 1
                return
            if following != ",":
                self.fail(self.end, f"Expected ',' or '{closing}', found {following or 'the end of the file'!r}.")
            self.end = self.space(self.end + 1)

    def sequence(self, offset: int, depth: int) -> tuple[Node, int]:
        nodes: list[Node] = []
        for start in self.members(offset, "]"):
            node, self.end = self.value(start, depth + 1)
            nodes.append(node)
        return Node(nodes, self.position(offset)), self.end

    def mapping(self, offset: int, depth: int) -> tuple[Node, int]:
        nodes: dict[str, Node] = {}
        for start in self.members(offset, "}"):
            if self.text[start : start + 1] != '"':
                self.fail(start, "Expected a key in double quotes.")
            key, end = self.string(start)
            end = self.space(end)
            if self.text[end : end + 1] != ":":
                self.fail(end, f"Expected ':' after the key {key!r}.")
            node, self.end = self.value(self.space(end + 1), depth + 1)
            if key in nodes:
                message = f"The key {key!r} is given twice."
                self.findings.append(Finding("error", message, self.position(start), "Keep one of them."))
            nodes[key] = node
        return Node(nodes, self.position(offset)), self.end
