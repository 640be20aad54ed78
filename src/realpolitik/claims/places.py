"""Where a claim stands in a document: paragraph, code points and hashes; the words only in a user's own project.

Two spellings. Short, without words (three figures: first and last code point, end exclusive; canonical length):

    place: harbour-report paragraph 2, 19-86, 67
    anchor: SHA-256 of the words, SHA-256 of 32 characters before and after

or `anchors:`, a list of mappings with any of document, paragraph, start, end, length, exact_sha256, context_sha256, and
exact, prefix, suffix (the words, for a document that may be quoted).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields

from realpolitik.claims.written.findings import Collector
from realpolitik.claims.written.nodes import ListNode, MapNode, Node, TextNode, describe
from realpolitik.errors import Position, did_you_mean

MOST_DIGITS = 12
WHOLE = r"[0-9]{1,12}"
PLACE = re.compile(
    rf"(?P<document>\S+) paragraph (?P<paragraph>{WHOLE}), (?P<start>{WHOLE})-(?P<end>{WHOLE}), (?P<length>{WHOLE})"
)
HASHES = re.compile(r"([0-9a-f]{64}) ([0-9a-f]{64})")
NUMBERS = ("paragraph", "start", "end", "length")
TEXTS = ("document", "exact_sha256", "context_sha256", "exact", "prefix", "suffix")


@dataclass(frozen=True)
class Place:
    """A span `start:end` (code points, end exclusive) of `document` with the hashes that prove it.

    `document` is an id of sources.yaml. `length` counts characters of the canonical reading. A place without hashes but
    with `exact` words is one still to be looked for.
    """

    document: str = ""
    paragraph: int = 0
    start: int = 0
    end: int = 0
    length: int = 0
    exact_sha256: str = ""
    context_sha256: str = ""
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    position: Position = field(default_factory=Position, compare=False)

    @property
    def words(self) -> str:
        """The place for readers.

        >>> Place("report", 2, 19, 86).words
        'report, paragraph 2, characters 19-86'
        """
        parts = [self.document]
        parts += [f"paragraph {self.paragraph}"] if self.paragraph else []
        parts += [f"characters {self.start}-{self.end}"] if self.end else []
        return ", ".join(parts)


def read_places(node: MapNode, found: Collector) -> tuple[Place, ...]:
    """The places of one claim, in both spellings.

    >>> from realpolitik.claims.written.yaml_text import read_text
    >>> claim = read_text("anchors: [{document: report, exact: no}]", Collector())
    >>> read_places(claim, Collector())[0].exact
    'no'
    """
    places = []
    if node.get("place") is not None:
        places.append(_short(node, found))
    anchors = node.get("anchors")
    items: tuple[Node, ...] = anchors.items if isinstance(anchors, ListNode) else (anchors,) if anchors else ()
    for item in items:
        if isinstance(item, MapNode):
            places.append(_long(item, found))
        else:
            found.error(f"{describe(item)} is no anchor.", item.position, "Write {document: .., start: ..}.", "anchor")
    return tuple(places)


def _short(node: MapNode, found: Collector) -> Place:
    place, anchor = node.get("place"), node.get("anchor")
    at = PLACE.fullmatch(" ".join(place.value.split())) if isinstance(place, TextNode) else None
    hashes = HASHES.fullmatch(" ".join(anchor.value.split())) if isinstance(anchor, TextNode) else None
    where = place.position if place is not None else node.position
    if at is None:
        found.error("this is no place.", where, "Write: DOCUMENT paragraph 2, 19-86, 67", "anchor")
        return Place(position=where)
    if hashes is None and anchor is not None:
        hint = "Write two SHA-256 of 64 hexadecimal digits: of the words, and of their surroundings."
        found.error("this is no anchor.", anchor.position, hint, "anchor")
    exact, context = hashes.groups() if hashes else ("", "")
    paragraph, start, end, length = (int(at[name]) for name in NUMBERS)
    if start >= end:
        found.error(f"the place ends ({end}) before it begins ({start}).", where, code="anchor")
    return Place(at["document"], paragraph, start, end, length, exact, context, position=where)


def _long(node: MapNode, found: Collector) -> Place:
    known = {item.name for item in fields(Place)} - {"position"}
    values: dict[str, str | int] = {}
    for key, value in node:
        if key.value not in known or not isinstance(value, TextNode):
            found.error(
                f"'{key.value}' is no part of an anchor.", key.position, did_you_mean(key.value, known), "anchor"
            )
        elif key.value in TEXTS:
            values[key.value] = value.value
        elif value.value.isdecimal() and len(value.value) <= MOST_DIGITS:
            values[key.value] = int(value.value)
        else:
            found.error(f"{describe(value)} is no whole number.", value.position, code="anchor")
    return Place(**values, position=node.position)  # type: ignore[arg-type]
