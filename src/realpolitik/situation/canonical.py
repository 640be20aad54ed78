"""The canonical form of a file (`rpol fmt`): sections in order, one layout; comments and meaning are kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import StringIO
from typing import Any

from realpolitik.claims.written.findings import Collector
from realpolitik.claims.written.nodes import MapNode, to_data
from realpolitik.claims.written.yaml_text import read_text
from realpolitik.errors import InputRefused, Position, RealpolitikError
from realpolitik.situation.keys import SECTION, SECTIONS

WIDTH = 110
PROSE = ("says", "note", "what", "text")
LISTED = ("ask", "do", "do secretly", "inflows", "outflows")
_ORDER = {section.name: place for place, section in enumerate(SECTIONS)}


def format_text(text: str, name: str = "") -> str:
    """The canonical form of a situation file; formatting it again changes nothing.

    >>> print(format_text("as_of: 2024-01-01\\nsituation:   a\\n"), end="")
    situation: a
    as_of: 2024-01-01

    Raises:
        InputRefused: the text is no readable YAML (`rpol check` says the same).
    """
    meaning = _meaning(text, name)
    ordered = _ordered(text, name)
    formatted = _tidy(_round_trip(ordered))
    if _meaning(formatted, name) != meaning:
        raise RealpolitikError(f"{name or 'the file'} cannot be formatted without changing it; it was left alone.")
    return formatted


def _meaning(text: str, name: str) -> dict[str, object]:
    found = Collector()
    node = read_text(text, found, name)
    if not isinstance(node, MapNode):
        found.error("the file is no mapping of keys.", Position(name, 1, 1), "Begin with 'situation: TITLE'.")
    if found.has_errors:
        raise InputRefused(found.sorted())
    data = to_data(node)
    assert isinstance(data, dict)
    return data


@dataclass(frozen=True)
class _Block:
    """The lines of one top-level key, the comments above it included."""

    key: str
    lines: tuple[str, ...]

    @property
    def place(self) -> int:
        """Where it belongs; unknown keys go to the end."""
        return _ORDER.get(self.key, len(_ORDER))

    @property
    def is_short(self) -> bool:
        """A plain value in one line: such lines stand together without blank lines."""
        section = SECTION.get(self.key)
        return len(self.lines) == 1 and section is not None and section.form == "value"


def _ordered(text: str, name: str) -> str:
    head, blocks = _blocks(text, name)
    blocks.sort(key=lambda block: block.place)
    out: list[str] = list(head)
    before: _Block | None = None
    for block in blocks:
        if (before is not None and not (before.is_short and block.is_short)) or (head and before is None):
            out.append("")
        out.extend(block.lines)
        before = block
    return "\n".join(out) + "\n"


def _blocks(text: str, name: str) -> tuple[list[str], list[_Block]]:
    """The comments at the head of the file, and one block for each top-level key, in file order."""
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").split("\n")
    node = read_text(text, Collector(), name)
    keys = [(key.value, key.position.line - 1) for key, _ in node] if isinstance(node, MapNode) else []
    starts = [_comments_above(lines, line, previous) for (_, line), previous in zip(keys, _ends(keys), strict=True)]
    head = _stripped(lines[: starts[0]]) if starts else _stripped(lines)
    ends = [*starts[1:], len(lines)] if starts else []
    spans = zip(keys, starts, ends, strict=True)
    return head, [_Block(key, tuple(_stripped(lines[start:end]))) for (key, _), start, end in spans]


def _ends(keys: list[tuple[str, int]]) -> list[int]:
    return [-1, *(line for _, line in keys[:-1])] if keys else []


def _comments_above(lines: list[str], line: int, previous: int) -> int:
    """The first line of the comments that belong to a key: those above it at the margin.

    Above the first key, comments before a blank line are the head of the file.
    """
    start = line
    while start - 1 > previous and (lines[start - 1].startswith(("#", "---")) or not lines[start - 1].strip()):
        if previous < 0 and not lines[start - 1].strip():
            break
        start -= 1
    return start


def _stripped(lines: list[str]) -> list[str]:
    kept = [line.rstrip() for line in lines if line.strip() != "---"]
    while kept and not kept[0]:
        kept.pop(0)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _tidy(text: str) -> str:
    """No trailing spaces, at most one blank line, one line end at the end."""
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"


def _round_trip(text: str) -> str:
    yaml = text_yaml()
    data = yaml.load(text)
    if data is None:
        return text
    for section, value in list(data.items()):
        _style(section, value)
    out = StringIO()
    yaml.dump(data, out)
    return out.getvalue()


def text_yaml() -> Any:
    """A round-trip reader and writer for which every scalar is a text."""
    from ruamel.yaml import YAML  # noqa: PLC0415
    from ruamel.yaml.resolver import BaseResolver  # noqa: PLC0415

    class TextResolver(BaseResolver):
        def __init__(self, version: object = None, loader: object = None, loadumper: object = None) -> None:
            super().__init__(loadumper=loadumper)

        @property
        def processing_version(self) -> tuple[int, int]:
            return (1, 2)

        @property
        def versioned_resolver(self) -> Any:
            return self.yaml_implicit_resolvers

    TextResolver.add_implicit_resolver_base("tag:yaml.org,2002:null", re.compile("^$"), [""])
    yaml = YAML(typ="rt")
    yaml.Resolver = TextResolver
    yaml.preserve_quotes = True
    yaml.width = 100_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _style(name: str, value: Any) -> None:
    """Braces and brackets with prose, expressions or more than a line become block form; long prose is folded."""
    if isinstance(value, dict):
        if value.fa.flow_style() and _needs_block(value):  # type: ignore[attr-defined]
            value.fa.set_block_style()  # type: ignore[attr-defined]
        for key, item in list(value.items()):
            _style(str(key), item)
            if isinstance(item, str) and key in PROSE:
                value[key] = _folded(item)
    elif isinstance(value, list):
        if value.fa.flow_style() and (name in LISTED or _width(value) > WIDTH):  # type: ignore[attr-defined]
            value.fa.set_block_style()  # type: ignore[attr-defined]
        for item in value:
            _style("", item)


def _needs_block(value: dict[Any, Any]) -> bool:
    prose = any(key in PROSE and " " in str(item) for key, item in value.items())
    listed = any(key in LISTED and isinstance(item, list) for key, item in value.items())
    return prose or listed or _width(value) > WIDTH


def _width(value: Any) -> int:
    if isinstance(value, dict):
        return sum(len(str(key)) + _width(item) + 4 for key, item in value.items())
    if isinstance(value, list):
        return sum(_width(item) + 2 for item in value)
    return len(str(value))


def _folded(text: str) -> Any:
    """Prose longer than a line as folded block text, broken at spaces."""
    from ruamel.yaml.scalarstring import FoldedScalarString, LiteralScalarString  # noqa: PLC0415

    if len(text) <= WIDTH - 20 or "\n" in text.strip() or isinstance(text, LiteralScalarString):
        return text
    plain = " ".join(text.split())
    folded = FoldedScalarString(plain)
    folded.fold_pos = _breaks(plain)
    return folded


def _breaks(text: str) -> list[int]:
    """The spaces at which a text is broken into lines of at most 100 characters.

    >>> _breaks("a b")
    []
    """
    breaks, start = [], 0
    while len(text) - start > WIDTH - 10:
        space = text.rfind(" ", start + 1, start + WIDTH - 10)
        if space < 0:
            break
        breaks.append(space)
        start = space + 1
    return breaks
