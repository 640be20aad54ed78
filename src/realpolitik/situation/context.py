"""Reading single values: each reads one node, and on failure records what is wrong and returns None."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from realpolitik.claims.written.findings import Collector
from realpolitik.claims.written.nodes import ListNode, MapNode, Node, TextNode, describe, shorten
from realpolitik.errors import ExpressionError, Position, did_you_mean
from realpolitik.language.expression import Expression
from realpolitik.language.parser import parse_term
from realpolitik.language.quantity import Quantity, Scale, read_quantity
from realpolitik.language.time import Duration, read_date, read_duration
from realpolitik.language.words import Overrides
from realpolitik.situation.lines import cited_and_grounds, split_claims
from realpolitik.situation.model import Support
from realpolitik.situation.symbols import Symbols

T = TypeVar("T")
MOST_HINTS = 200
YES = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}


@dataclass
class Context:
    """What every reader needs: where findings go, the names defined, the file's own words, and who judged."""

    found: Collector
    symbols: Symbols
    overrides: Overrides = field(default_factory=dict)
    judged: Support = field(default_factory=Support)
    authors: dict[str, Support] = field(default_factory=dict)
    cited: list[TextNode] = field(default_factory=list)
    terms: list[tuple[Expression, TextNode, str]] = field(default_factory=list)
    ranges: dict[str, tuple[float, float]] = field(default_factory=dict)

    def text(self, node: Node, what: str = "a text") -> TextNode | None:
        """The node as a text that is not empty."""
        if isinstance(node, TextNode) and node.value:
            return node
        self.found.error(f"{describe(node)} stands where {what} is expected.", node.position, code="shape")
        return None

    def mapping(self, node: Node, what: str) -> MapNode:
        """The node as a mapping; an empty value is an empty mapping."""
        if isinstance(node, MapNode):
            return node
        if not (isinstance(node, TextNode) and not node.value):
            hint = "Write 'key: value' lines below it, or {key: value}."
            self.found.error(f"{describe(node)} stands where {what} is expected.", node.position, hint, "shape")
        return MapNode((), node.position)

    def items(self, node: Node, what: str) -> tuple[Node, ...]:
        """The node as a list; one text is a list of one, nothing an empty list."""
        if isinstance(node, ListNode):
            return node.items
        if isinstance(node, TextNode):
            return (node,) if node.value else ()
        self.found.error(
            f"{describe(node)} stands where {what} is expected.", node.position, "Write '- ...' items.", "shape"
        )
        return ()

    def text_items(self, node: Node, what: str) -> tuple[TextNode, ...]:
        """The texts of a list (or of one text)."""
        read = (self.text(item, what) for item in self.items(node, what))
        return tuple(item for item in read if item is not None)

    def attempt(self, read: Callable[[], T], node: TextNode, code: str = "") -> T | None:
        """The result of `read`, or None with its error recorded where its column points."""
        try:
            return read()
        except ExpressionError as error:
            self.found.expression(error, node.at(error.column), code)
            return None

    def quantity(
        self,
        node: Node | None,
        scale: Scale,
        *,
        table: str | None = None,
        unit: str = "",
        bounds: tuple[float, float] | None = None,
    ) -> Quantity | None:
        """An uncertain number."""
        text = None if node is None else self.text(node, "a number, an interval or a word")
        if text is None:
            return None
        return self.attempt(
            lambda: read_quantity(text.value, scale, table=table, unit=unit, bounds=bounds, overrides=self.overrides),
            text,
            "quantity",
        )

    def level_of(self, factor: str, node: Node | None) -> Quantity | None:
        """A level of a factor in its own unit."""
        ends = self.ranges.get(factor, (0.0, 1.0))
        return self.quantity(node, "level", bounds=None if ends == (0.0, 1.0) else ends)

    def points(self, node: Node | None) -> Quantity | None:
        """An amount in points as a fraction; without its unit (a hundred times as much) it is refused."""
        bare = (
            isinstance(node, TextNode)
            and not re.search(r"point|%|percent", node.value)
            and re.search("[1-9]", node.value)
        )
        if bare and isinstance(node, TextNode):
            hint = f"Write '{node.value} points'."
            self.found.error(f"'{shorten(node.value)}' has no unit.", node.position, hint, "unit")
            return None
        return self.quantity(node, "positive", unit="points")

    def duration(self, node: Node | None) -> Duration | None:
        """A length of time."""
        text = None if node is None else self.text(node, "a length of time")
        return None if text is None else self.attempt(lambda: read_duration(text.value), text, "duration")

    def date(self, node: Node | None, edge: Literal["start", "end"] = "start") -> dt.date | None:
        """A date; of a year, quarter or month the first day (`start`) or the last (`end`)."""
        text = None if node is None else self.text(node, "a date")
        return None if text is None else self.attempt(lambda: read_date(text.value, edge), text, "date")

    def yes(self, node: Node | None, default: bool) -> bool:
        """Yes or no."""
        if node is None:
            return default
        answer = YES.get(node.value.lower()) if isinstance(node, TextNode) else None
        if answer is None:
            self.found.error(f"{describe(node)} is neither yes nor no.", node.position, "Write yes or no.", "yes")
            return default
        return answer

    def choice(self, node: Node | None, choices: Iterable[str], default: str) -> str:
        """One of a few words."""
        if node is None:
            return default
        known = tuple(choices)
        given = (
            node.value
            if isinstance(node, TextNode)
            else ", ".join(item.value for item in self.text_items(node, "a word"))
        )
        if given in known:
            return given
        hint = did_you_mean(given, known) if given else f"Known: {', '.join(known)}."
        self.found.error(f"{describe(node)} is none of {', '.join(known)}.", node.position, hint, "choice")
        return default

    def term(self, node: Node | None, where: str = "term") -> Expression | None:
        """A term or condition; its names are checked later, together. `where` says in what it stands."""
        text = None if node is None else self.text(node, "a term")
        if text is None:
            return None
        read = self.attempt(lambda: parse_term(text.value), text, "expression")
        if read is not None:
            self.terms.append((read, text, where))
        return read

    def known(self, node: TextNode, table: Iterable[str], what: str) -> bool:
        """Whether a name is defined; an unknown one is recorded with the nearest known name and its line."""
        names = tuple(table)
        if node.value in names:
            return True
        self.found.error(
            f"'{shorten(node.value)}' is no {what}.", node.position, self.nearest(node.value, names), "unknown"
        )
        return False

    def nearest(self, given: str, names: Iterable[str]) -> str:
        """A did-you-mean that says in which line the name is defined."""
        if len(self.found.findings) > MOST_HINTS:
            return ""
        hint = did_you_mean(given, names)
        name = hint.split("'")[1] if hint.startswith("Did you mean '") else ""
        line = self.symbols.line_of(name) if name else 0
        return f"Did you mean '{name}' (line {line})?" if line else hint

    def parties(self, node: Node | None, what: str = "actor or institution") -> tuple[str, ...]:
        """Actors, institutions standing for their members."""
        if node is None:
            return ()
        named = self.text_items(node, f"an {what}")
        known = (*self.symbols.actors, *self.symbols.institutions)
        found = [self.symbols.parties(item.value) for item in named if self.known(item, known, what)]
        return tuple(dict.fromkeys(actor for group in found for actor in group))

    def support(self, node: Node, cited: Iterable[TextNode] = (), extra: MapNode | None = None) -> Support:
        """Who stands behind an entry: the claims it cites, else its own or the file's author."""
        keys = extra if extra is not None else (node if isinstance(node, MapNode) else MapNode())
        listed = keys.get("claims")
        listed_ids = self.text_items(listed, "a claim id") if listed is not None else ()
        ids, after = cited_and_grounds((*cited, *listed_ids))
        self.cited.extend((*ids, *after))
        by = keys.get("judged_by")
        judged = self.judged_at(node.position) if by is None else self.author(by)
        names, grounds = (tuple(dict.fromkeys(item.value for item in found)) for found in (ids, after))
        text = shorten(node.value, 200) if isinstance(node, TextNode) else ""
        credence = self.quantity(keys.get("credence"), "level", table="hedge")
        return Support(names, judged.author, judged.date, node.position, text, credence, grounds)

    def judged_at(self, position: Position) -> Support:
        """Who judged what stands there: the author of that file, of all files laid over each other."""
        return self.authors.get(position.file, self.judged)

    def author(self, node: Node) -> Support:
        """`Name, date` of a judgement."""
        text = self.text(node, "an author and a date")
        if text is None:
            return Support()
        name, _, day = text.value.rpartition(",")
        if not name:
            return Support((), text.value.strip(), "", text.position)
        start = len(text.value) - len(day)
        self.date(text.part(start, len(text.value)))
        return Support((), name.strip(), day.strip(), text.position)

    def claimed(self, node: Node | None, cited: list[TextNode]) -> Node | None:
        """A value without its trailing `(claims)`, which are added to `cited`."""
        if not isinstance(node, TextNode):
            return node
        text, ids = split_claims(node)
        cited.extend(ids)
        return text


def where(position: Position) -> str:
    """A position in words, for messages that name a second place.

    >>> where(Position("a.yaml", 3, 1)), where(Position())
    ('line 3', 'elsewhere')
    """
    return f"line {position.line}" if position.line else "elsewhere"
