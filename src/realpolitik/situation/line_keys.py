"""The identity of a line: what a layer, a reading or `drop` replaces. Same cause and effect, same actor and term."""

from __future__ import annotations

import re

from realpolitik.claims.written.nodes import MapNode, Node, TextNode
from realpolitik.situation.line_forms import VERBS, read_line
from realpolitik.situation.lines import Line, LineError

_TIGHT = re.compile(r"\s*(!=|<=|>=|[=<>])\s*")
_INNER = re.compile(r"(?<=\()\s+|\s+(?=\))")
_VERB = re.compile(rf"\s(?:{'|'.join(VERBS)})\s")
_WISH = re.compile(r"\s*([^:\s]+)\s*:\s*(?:[\w.]+:?\s+)?(more|less|goal|never)[\s:]+(.+)", re.DOTALL)


def tidy(text: str) -> str:
    """A term in one spelling, so that spacing makes no difference.

    >>> tidy("a and  not ( b or B.x = on )")
    'a and not (b or B.x=on)'
    """
    plain = _INNER.sub("", _TIGHT.sub(r"\1", " ".join(text.split())))
    while plain.startswith("(") and _closing(plain) == len(plain) - 1:
        plain = plain[1:-1].strip()
    return plain


def _closing(text: str) -> int:
    """Where the bracket that opens the text closes; -1 if nowhere."""
    depth = 0
    for place, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return place
    return -1


def influence_key(cause: str, effect: str) -> str:
    """Same cause and effect, whatever the verb.

    >>> influence_key("A.x = on", "y")
    'A.x=on -> y'
    """
    return f"{tidy(cause)} -> {tidy(effect)}"


def interest_key(actor: str, term: str) -> str:
    """Same actor and term, whatever the rank and direction."""
    return f"{actor}: {tidy(term)}"


def red_line_key(actor: str, term: str) -> str:
    """Same actor, same thing that must never be."""
    return f"{actor} never {tidy(term)}"


def line_key(section: str, line: Line, actor: str = "") -> str:
    """The identity of a line of a section."""
    part = {name: node.value for name, node in line.parts.items()}
    if section == "influences":
        return influence_key(part.get("cause", ""), part.get("effect", ""))
    if section == "interests":
        make = red_line_key if line.form == "never" else interest_key
        return make(actor, part.get("term", ""))
    if section == "dependencies":
        return tidy(f"{part.get('who')} on {part.get('on')} for {part.get('for')}")
    if line.form == "does":
        return tidy(f"{part.get('who')} does {part.get('option')} if {part.get('if')}")
    to = f" to {part['to']}" if "to" in part else ""
    return tidy(f"{part.get('norm')} {line.form} {part.get('option')}{to}")


def item_key(section: str, item: Node, actor: str = "") -> str:
    """The identity of a list item of any section, also of one whose form is wrong (its text left of the colon)."""
    if section in {"influences", "interests", "dependencies", "commitments"}:
        try:
            return line_key(section, read_line(section, item), actor)
        except LineError:
            pass
    if isinstance(item, TextNode):
        return tidy(item.value)
    if isinstance(item, MapNode) and item.entries:
        named = item.get("text") or item.get("watch")
        return tidy(named.value if isinstance(named, TextNode) else item.entries[0][0].value)
    return ""


def drop_key(node: Node) -> str:
    """The identity that an item of `drop:` names: an id, or a line by its text left of the colon.

    >>> drop_key(TextNode("AAA.arm raises arsenal")), drop_key(TextNode("AAA: vital: more arsenal"))
    ('AAA.arm -> arsenal', 'AAA: arsenal')
    """
    text = _joined(node)
    if wish := _WISH.fullmatch(text):
        make = red_line_key if wish[2] == "never" else interest_key
        return make(wish[1], wish[3])
    if verb := _VERB.search(text):
        return influence_key(text[: verb.start()], re.split(r"\sto\s", text[verb.end() :])[0])
    if " does " in text and " if " in text:
        return item_key("commitments", MapNode(((TextNode(text), TextNode("likely")),)))
    return tidy(text)


def _joined(node: Node) -> str:
    if isinstance(node, TextNode):
        return node.value
    if isinstance(node, MapNode):
        return " ".join(f"{key.value}: {_joined(value)}" for key, value in node)
    return " ".join(_joined(item) for item in node.items)
