"""Strict YAML 1.2 to nodes with positions; what is refused is explained, and nothing in a file can run or blow up.

Refused: more than 2 MB, other encodings than UTF-8, control characters (escaped ones too), direction overrides, tabs as
indentation, duplicate keys, anchors, aliases, merge keys, tags, several documents, nesting deeper than 24, more than
20,000 entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from realpolitik.claims.written.findings import Collector
from realpolitik.claims.written.nodes import ListNode, MapNode, Node, TextNode, shorten
from realpolitik.claims.written.yaml_errors import explain
from realpolitik.claims.written.yaml_events import YAMLError, events
from realpolitik.errors import InputRefused, Position

MAX_BYTES = 2_000_000
MAX_NODES = 20_000
MAX_DEPTH = 24
MAX_LINE = 20_000
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202d\u202e\ud800-\udfff]")
_TAB_INDENT = re.compile(r"^ *\t[ \t]*\S", re.MULTILINE)


def read_file(path: Path, found: Collector, shown: str = "") -> Node:
    """The nodes of the file at `path`; `shown` is its name in messages.

    Raises:
        InputRefused: the file cannot be read at all (missing, too large, not text, not YAML).
    """
    name = shown or str(path)
    try:
        size = path.stat().st_size
        if not path.is_file() and not path.as_posix().startswith("/dev/"):  # a folder, or a pipe that may never answer
            refuse(found, "this is no file.", Position(name), "Give the path of a .yaml file or a project folder.")
        with path.open("rb") as file:
            data = b"" if size > MAX_BYTES else file.read(MAX_BYTES + 1)
        size = max(size, len(data))
        if size > MAX_BYTES:
            refuse(found, f"the file has {size / 1e6:.1f} MB; at most 2 MB are read.", Position(name), _TOO_LARGE)
    except OSError as error:
        reason = error.strerror or str(error)
        refuse(
            found, f"cannot be read: {reason}.", Position(name), "Give the path of a .yaml file or a project folder."
        )
    return read_bytes(data, found, name)


_TOO_LARGE = "A situation is a few hundred lines: keep data in tables beside it."


def read_bytes(data: bytes, found: Collector, name: str = "") -> Node:
    """The nodes of a file's bytes (UTF-8, with or without byte order mark)."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        refuse(found, "the file is UTF-16.", Position(name, 1, 1), "Save it as UTF-8.", "encoding")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        message = f"byte {data[error.start]:#04x} is not UTF-8."
        refuse(found, message, _place(name, before, len(before)), "Save the file as UTF-8.", "encoding")
    return read_text(text, found, name)


def read_text(text: str, found: Collector, name: str = "") -> Node:
    """The nodes of YAML text.

    >>> read_text("now: off  # not yet", Collector()).get("now").value
    'off'

    Raises:
        InputRefused: the text is no YAML, or too large or deep to be a situation.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        refuse(found, "the text is larger than 2 MB.", Position(name), _TOO_LARGE, "size")
    if bad := _CONTROL.search(text):
        message = f"control character U+{ord(bad.group()):04X} is not allowed."
        refuse(found, message, _place(name, text, bad.start()), "Delete it; it is usually left by copying.", "encoding")
    _refuse_long_lines(text, found, name)
    return _Composer(text, found, name).document()


def refuse(found: Collector, message: str, position: Position, hint: str = "", code: str = "yaml") -> Any:
    """Add an error and stop at once.

    Raises:
        InputRefused: always.
    """
    found.error(message, position, hint, code)
    raise InputRefused(found.sorted())


def _place(name: str, text: str, index: int) -> Position:
    line = text.count("\n", 0, index) + 1
    return Position(name, line, index - (text.rfind("\n", 0, index) + 1) + 1)


def _refuse_long_lines(text: str, found: Collector, name: str) -> None:
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE:
            message = f"the line has {len(line)} characters; at most {MAX_LINE} are read."
            refuse(found, message, Position(name, number, 1), "Break it into several lines.", "size")
    if len(lines) > 2 * MAX_NODES:
        message = f"the file has {len(lines)} lines; at most {2 * MAX_NODES} are read."
        refuse(found, message, Position(name, 2 * MAX_NODES, 1), _TOO_LARGE, "size")


class _Composer:
    """Events of the YAML parser to nodes, with every refusal; limits hold while reading, before anything is built."""

    def __init__(self, text: str, found: Collector, name: str) -> None:
        self.text, self.found, self.name = text, found, name
        self.lines = text.split("\n")
        self.count = 0
        self.stream = self._events()

    def _events(self) -> Iterator[Any]:
        try:
            yield from events(self.text)
        except YAMLError as error:
            self._refuse_yaml(error)
        except (ValueError, IndexError, AttributeError, TypeError, RecursionError, AssertionError) as error:
            refuse(self.found, f"cannot be read as YAML ({error}).", Position(self.name), "Check quotes and brackets.")

    def _refuse_yaml(self, error: Any) -> None:
        tabs = [match.end() - 1 for match in _TAB_INDENT.finditer(self.text)]
        for index in tabs[:20]:
            line = self.text.count("\n", 0, index) + 1
            here = Position(self.name, line, self.lines[line - 1].index("\t") + 1)
            self.found.error("a tab is used as indentation.", here, "Use spaces (two for each step).", "tab")
        if not tabs:
            message, hint, line, column = explain(error, self.lines)
            self.found.error(message, Position(self.name, line, column), hint, "yaml")
        raise InputRefused(self.found.sorted())

    def document(self) -> Node:
        """The one document of the text; an empty text is an empty mapping."""
        root: Node | None = None
        for event in self.stream:
            kind = type(event).__name__
            if kind == "DocumentStartEvent":
                self._check_document(event, root)
            elif kind not in {"StreamStartEvent", "StreamEndEvent", "DocumentEndEvent"}:
                root = self._node(event, 0)
        return root if root is not None else MapNode((), Position(self.name, 1, 1))

    def _check_document(self, event: Any, root: Node | None) -> None:
        here = self._position(event.start_mark)
        if root is not None:
            refuse(self.found, "a second document begins here.", here, "One file holds one document: delete '---'.")
        if event.version not in {None, (1, 2)}:
            refuse(self.found, "only YAML 1.2 is read.", here, "Delete the %YAML line.")

    def _position(self, mark: Any) -> Position:
        return Position(self.name, mark.line + 1, mark.column + 1)

    def _line(self, place: Position) -> str:
        return self.lines[place.line - 1] if place.line <= len(self.lines) else ""

    def _node(self, event: Any, depth: int) -> Node:
        self.count += 1
        here = self._position(event.start_mark)
        if self.count > MAX_NODES:
            refuse(self.found, f"more than {MAX_NODES} entries.", here, _TOO_LARGE, "size")
        if depth > MAX_DEPTH:
            refuse(
                self.found, f"nested deeper than {MAX_DEPTH}.", here, "No key of a situation nests like that.", "depth"
            )
        self._refuse_marks(event, here)
        kind = type(event).__name__
        if kind == "ScalarEvent":
            return self._scalar(event, here)
        if kind == "SequenceStartEvent":
            return self._sequence(event, depth)
        if kind == "MappingStartEvent":
            return self._mapping(event, depth)
        return TextNode("", here)

    def _refuse_marks(self, event: Any, here: Position) -> None:
        if type(event).__name__ == "AliasEvent":
            hint = "Write the text out, or layer files with 'based_on'. A text that begins with * needs quotes."
            self.found.error(f"alias '*{event.anchor}' is not read.", here, hint, "alias")
        elif getattr(event, "anchor", None):
            hint = "Delete it; a text that begins with & needs quotes."
            self.found.error(f"anchor '&{event.anchor}' is not read.", here, hint, "alias")
        if getattr(event, "tag", None) and str(event.tag) not in {"!", "None"}:
            hint = "Delete it; a text that begins with ! needs quotes."
            tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")
            self.found.error(f"tag '{tag}' is not read.", here, hint, "tag")

    def _scalar(self, event: Any, here: Position) -> TextNode:
        self._refuse_hidden(event, here)
        plain = event.style in {None, ""}
        one_line = event.start_mark.line == event.end_mark.line and event.style not in {"|", ">"}
        shift = 0 if plain else 1
        place = Position(here.file, here.line, here.column + shift) if one_line else here
        node = TextNode(event.value, place, one_line and self._verbatim(event, shift), plain)
        if one_line:
            self._note_number_sign(node)
        return node

    def _note_number_sign(self, node: TextNode) -> None:
        """`arms #2` loses its end without a word: `#` after a space begins a comment."""
        line = self._line(node.position)
        rest = line[node.position.column - 1 + len(node.value) :]
        if node.plain and node.exact and node.value and re.match(r"\s+#\d", rest):
            message = f'what follows "{shorten(node.value, 40)}" is read as a comment: "{shorten(rest, 40)}".'
            self.found.note(message, node.position, "Put the text in quotes, or a space after '#'.", "number sign")

    def _refuse_hidden(self, event: Any, here: Position) -> None:
        """Signs that a screen obeys instead of showing: written as escapes, or overrides of direction."""
        if bad := _OBEYED.search(event.value):
            message = f"the text holds U+{ord(bad.group()):04X}, which a screen obeys instead of showing."
            self.found.error(message, here, "Delete it, or its escape.", "encoding")

    def _verbatim(self, event: Any, shift: int) -> bool:
        line = self._line(self._position(event.start_mark))
        start = event.start_mark.column + shift
        return bool(line[start : start + len(event.value)] == event.value)

    def _sequence(self, start: Any, depth: int) -> ListNode:
        items: list[Node] = []
        for event in self.stream:
            if type(event).__name__ == "SequenceEndEvent":
                break
            items.append(self._node(event, depth + 1))
            self._check_cut_item(items[-1], bool(start.flow_style))
        return ListNode(tuple(items), self._position(start.start_mark), bool(start.flow_style))

    def _check_cut_item(self, item: Node, flow: bool) -> None:
        if flow and isinstance(item, TextNode) and item.plain and item.value.count("(") != item.value.count(")"):
            hint = "Give each expression its own line ('- ...') or put it in quotes."
            self.found.error(f'text was cut at a comma: "{shorten(item.value)}".', item.position, hint, "cut")

    def _mapping(self, start: Any, depth: int) -> MapNode:
        entries: dict[str, tuple[TextNode, Node]] = {}
        flow = bool(start.flow_style)
        for event in self.stream:
            if type(event).__name__ == "MappingEndEvent":
                break
            key = self._key(self._node(event, depth + 1))
            value = self._node(next(self.stream), depth + 1)
            if not (flow and self._is_cut(key, value, entries)):
                self._enter(entries, key, value)
        return MapNode(tuple(entries.values()), self._position(start.start_mark), flow)

    def _key(self, node: Node) -> TextNode:
        if isinstance(node, TextNode):
            return node
        hint = "Put a text with brackets or braces in quotes."
        self.found.error("a key must be a text.", node.position, hint, "key text")
        return TextNode(f"(key at {node.position.line}:{node.position.column})", node.position)

    def _enter(self, entries: dict[str, tuple[TextNode, Node]], key: TextNode, value: Node) -> None:
        if key.value == "<<" and key.plain:
            hint = "Write the keys out, or layer files with 'based_on'."
            self.found.error("merge key '<<' is not read.", key.position, hint, "alias")
        elif key.value in entries:
            first = entries[key.value][0].position
            message = f"'{shorten(key.value)}' is given twice (first in line {first.line})."
            self.found.error(message, key.position, "Keep one of the two.", "duplicate")
        else:
            entries[key.value] = (key, value)

    def _is_cut(self, key: TextNode, value: Node, entries: dict[str, tuple[TextNode, Node]]) -> bool:
        """A flow entry without a colon is the second half of a text that a comma cut."""
        if not (isinstance(value, TextNode) and value.plain and not value.value and key.plain and key.value):
            return False
        line = self._line(key.position)
        if line[key.position.column - 1 + len(key.value) :].lstrip().startswith(":"):
            return False
        before = list(entries.values())[-1] if entries else None
        shown = f'"{shorten(key.value)}"'
        place = key.position
        if before is not None and isinstance(before[1], TextNode):
            shown = f'"{before[0].value}: {shorten(before[1].value)}" + {shown}'
            place = before[0].position
        hint = "Put the text on its own line or in quotes."
        self.found.error(f"text was cut at a comma: {shown}.", place, hint, "cut")
        return True
