"""Line forms taken apart: `cause raises effect: size after delay if condition (claims)` and its siblings.

Each form ends as a `Line`: named parts, each a text with its own position, equal to what the long mapping form gives.
Nothing is resolved here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from realpolitik.claims.written.nodes import ListNode, MapNode, Node, TextNode, describe, shorten
from realpolitik.errors import ExpressionError

_CITED = re.compile(r"(?:after\s+)?[A-Za-z][\w-]*")
_CLAIMS = re.compile(rf"\s*{_CITED.pattern}(?:\s*,\s*{_CITED.pattern})*\s*")
_OPEN_ENDED = {"not", "and", "or", "more", "less", "if", "<", ">", "=", "<=", ">=", "!=", "+", "-", "*", "/", ","}
COMMON = ("claims", "judged_by", "note")


@dataclass(frozen=True)
class Line:
    """One line: its `form` (verb), named `parts`, the claims cited, other keys, and the node it came from."""

    form: str
    parts: Mapping[str, TextNode]
    node: Node
    claims: tuple[TextNode, ...] = ()
    extra: MapNode = field(default_factory=MapNode)

    def part(self, name: str) -> TextNode | None:
        """A part, or None."""
        return self.parts.get(name)


class LineError(ExpressionError):
    """A line that cannot be taken apart; `node` is the text `column` counts in."""

    def __init__(self, message: str, node: Node, hint: str = "", column: int = 1) -> None:
        super().__init__(message, column, hint)
        self.node = node


def split_claims(node: TextNode) -> tuple[TextNode, tuple[TextNode, ...]]:
    """A text and the claim ids in its trailing parentheses; a parenthesised expression is no claim.

    `after` stays before the first id that is only a ground (see `cited_and_grounds`).

    >>> text, ids = split_claims(TextNode("more arsenal (s4-060, s4-061)"))
    >>> text.value, [item.value for item in ids]
    ('more arsenal', ['s4-060', 's4-061'])
    >>> [item.value for item in split_claims(TextNode("more arsenal (after s4-060, s4-061)"))[1]]
    ['after s4-060', 's4-061']
    >>> split_claims(TextNode("less (evidence)"))[0].value
    'less (evidence)'
    """
    text = node.value.rstrip()
    start = text.rfind("(")
    before = text[:start].split()[-1:] if start > 0 and text.endswith(")") and text[start - 1].isspace() else []
    inside = text[start + 1 : -1]
    if not before or before[0].lower() in _OPEN_ENDED or before[0].endswith("(") or not _CLAIMS.fullmatch(inside):
        return node, ()
    found = _CITED.finditer(inside)
    ids = tuple(node.part(start + 1 + item.start(), start + 1 + item.end()) for item in found)
    return node.part(0, start), ids


def cited_and_grounds(ids: Iterable[TextNode]) -> tuple[tuple[TextNode, ...], tuple[TextNode, ...]]:
    """The claims an entry rests on, and (from `after` on) those that only prompted its author's judgement.

    >>> cited, grounds = cited_and_grounds([TextNode("c1"), TextNode("after c2"), TextNode("c3")])
    >>> [item.value for item in cited], [item.value for item in grounds]
    (['c1'], ['c2', 'c3'])
    """
    cited: list[TextNode] = []
    grounds: list[TextNode] = []
    for item in ids:
        word, _, name = item.value.partition(" ")
        is_ground = word == "after" and bool(name)
        if is_ground or grounds:
            grounds.append(item.part(len(item.value) - len(name.strip()), len(item.value)) if is_ground else item)
        else:
            cited.append(item)
    return tuple(cited), tuple(grounds)


def outside(text: str) -> str:
    """The text with everything in brackets or quotes blanked, same length: for finding words of the line itself.

    >>> outside("a if (b if c) and 'd if'")
    'a if          and       '
    """
    out, depth, quote = [], 0, ""
    for char in text:
        if quote:
            quote = "" if char == quote else quote
            out.append(" ")
        elif char in "\"'":
            quote = char
            out.append(" ")
        else:
            depth += char in "(["
            out.append(" " if depth else char)
            depth = max(0, depth - (char in ")]"))
    return "".join(out)


def clauses(node: TextNode, words: Iterable[str]) -> dict[str, TextNode]:
    """A text split at the given words, in any order; what stands before the first is `""`.

    >>> parts = clauses(TextNode("strong after 1 year if x < 0.8"), ["after", "if"])
    >>> {word: part.value for word, part in parts.items()}
    {'': 'strong', 'after': '1 year', 'if': 'x < 0.8'}
    """
    pattern = r"(?<![\w.-])(" + "|".join(words) + r")(?![\w.-])"
    found = list(re.finditer(pattern, outside(node.value)))
    ends = [match.start() for match in found[1:]] + [len(node.value)] * bool(found)
    parts = {"": node.part(0, found[0].start() if found else len(node.value))}
    for match, end in zip(found, ends, strict=True):
        if match[1] in parts:
            raise LineError(f"'{match[1]}' stands twice.", node, "Join conditions with 'and'.", match.start() + 1)
        parts[match[1]] = node.part(match.end(), end)
        if not parts[match[1]].value:
            raise LineError(f"nothing follows '{match[1]}'.", node, column=match.start() + 1)
    return parts


def text_of(node: Node, what: str) -> TextNode:
    """The node as a text.

    Raises:
        LineError: it is a list or a mapping.
    """
    if isinstance(node, TextNode):
        return node
    raise LineError(f"{describe(node)} stands where {what} is expected.", node, "Write a text.")


def short_or_long(
    item: Node, long_keys: Iterable[str], common: tuple[str, ...] = COMMON
) -> tuple[TextNode, Node | None, MapNode] | MapNode:
    """The line of an item (text left of the colon, value, further keys), or the item itself where it is the long form.

    Raises:
        LineError: a list, an empty mapping, or a short line with keys that do not belong to a line.
    """
    if isinstance(item, TextNode):
        return item, None, MapNode((), item.position)
    if isinstance(item, ListNode) or not item.entries:
        raise LineError(f"{describe(item)} stands where a line is expected.", item, "Write one '- ...' per line.")
    own = [name for name in item.names() if name not in common]
    if all(name in long_keys for name in own) and own not in (["goal"], ["never"]):
        return item
    return _short(item, tuple(long_keys), common)


def _short(item: MapNode, long_keys: tuple[str, ...], common: tuple[str, ...]) -> tuple[TextNode, Node, MapNode]:
    (head, value), *others = [entry for entry in item.entries if entry[0].value not in common]
    if others:
        hint = f"Beside a line stand only {', '.join(common)}; the long form has {', '.join(long_keys)}."
        raise LineError(f"'{shorten(others[0][0].value)}' is no key of this line.", others[0][0], hint)
    rest = tuple(entry for entry in item.entries if entry[0] is not head)
    return head, value, MapNode(rest, item.position)
