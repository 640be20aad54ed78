"""Sentences of results for readers: ids become names, claims become links to them, explanations are linked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from realpolitik.report.page.blocks import Span

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Words:
    """The names and claims of one situation."""

    names: Mapping[str, str]
    claims: Mapping[str, Data] = field(default_factory=dict)

    def readable(self, text: str) -> str:
        """The text with every id of an actor, factor or option as its name, and levels after a colon.

        >>> Words({"AAA.arm": "arming", "tension": "tension in the strait"}).readable("AAA.arm=full raises tension")
        'arming: full raises tension in the strait'
        """
        return re.sub(r"[A-Za-z]\w*(?:\.\w+)?(=[\w-]+)?", self._name, text)

    def _name(self, found: re.Match[str]) -> str:
        name, _, level = found.group().partition("=")
        if name not in self.names:
            return found.group()
        return f"{self.names[name]}: {level}" if level else self.names[name]

    def spans(self, text: str) -> Iterator[Span]:
        """The text, readable, its claims as links."""
        last = 0
        for found in re.finditer(r"[A-Za-z]*\d+-\d+|\b[A-Za-z]\w*\b", text):
            if found.group() in self.claims:
                yield Span(self.readable(text[last : found.start()]))
                yield self.claim(found.group())
                last = found.end()
        yield Span(self.readable(text[last:]))

    def claim(self, name: str) -> Span:
        """A reference to a claim."""
        return Span(name, link=f"claim-{name}", claim=name)

    def cited(self, claims: Sequence[str]) -> Iterator[Span]:
        """Claims in brackets; of none, that it is a judgement."""
        if not claims:
            yield Span(" (judgement)", "soft")
            return
        yield Span(" (")
        for place, name in enumerate(claims):
            if place:
                yield Span(", ")
            yield self.claim(name) if name in self.claims else Span(name)
        yield Span(")")


def words_of(data: Data) -> Words:
    """The names and claims of a report's data."""
    names = {item["id"]: item["name"] for kind in ("parties", "factors", "options") for item in data["names"][kind]}
    return Words(names, data.get("evidence", {}).get("claims", {}))


def why_links(ids: Sequence[str]) -> Iterator[Span]:
    """Links to explanations."""
    for number, name in enumerate(ids):
        yield Span(" ")
        yield Span("[why]" if number == 0 else f"[why {number + 1}]", link=name)
