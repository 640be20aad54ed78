"""Sentences of results for readers: ids become names, claims become links to them, explanations are linked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from realpolitik.language.sentences import counted
from realpolitik.report.page.blocks import Para, Span, para

Data = Mapping[str, Any]
ID = re.compile(r"[A-Za-z]\w*(?:\.\w+)?(?:=[\w-]+)?")
HINT = re.compile(r" \([^()]*--\w[^()]*\)|: --\w+(?: [\w.]*\w)?(?=\.$)")
ENTRY = re.compile(r"from '(.*?)'(?= \(judgement\)|:)")


@dataclass(frozen=True)
class Words:
    """The names and claims of one situation."""

    names: Mapping[str, str]
    claims: Mapping[str, Data] = field(default_factory=dict)

    def readable(self, text: str, *, expression: bool = False) -> str:
        """The text with ids of actors, factors and options as names, and levels after a colon.

        An id that is also an English word is left alone, unless the whole text is an `expression`.

        >>> words = Words({"AAA.arm": "arming", "tension": "tension in the strait"})
        >>> words.readable("AAA.arm=full raises tension")
        'arming: full raises tension'
        >>> words.readable("more tension", expression=True)
        'more tension in the strait'
        """
        return ID.sub(lambda found: self._name(found.group(), expression), text)

    def _name(self, found: str, expression: bool) -> str:
        name, _, level = found.partition("=")
        if name not in self.names or not (expression or re.search(r"[A-Z._]", name)):
            return found
        return f"{self.names[name]}: {level}" if level and level != "on" else self.names[name]

    def entry(self, text: str) -> str:
        """An entry of an actor's interests: an expression, but for prices, which are in words already."""
        return self.readable(text, expression=not text.startswith("price of "))

    def spans(self, text: str) -> Iterator[Span]:
        """The text, readable, its claims as links; an entry in quotes is an expression; no hints to a command line."""
        text = HINT.sub("", text)
        text = ENTRY.sub(lambda found: f"from '{self.entry(found.group(1))}'", text)
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
        """Claims one after another."""
        for place, name in enumerate(claims):
            if place:
                yield Span(", ")
            yield self.claim(name) if name in self.claims else Span(name)


def words_of(data: Data) -> Words:
    """The names and claims of a report's data."""
    kinds = ("named", "what_if", "parties", "factors", "options")
    names = {item["id"]: item["name"] for kind in kinds for item in data["names"].get(kind, ())}
    return Words(names, data.get("evidence", {}).get("claims", {}))


def draws_note(found: Data) -> Iterator[Para]:
    """How many draws a section rests on, where it says so."""
    if found.get("draws"):
        yield para(f"{counted(found['draws'], 'draw')}.", kind="note")


def led(ask: str, data: Data) -> Iterator[Span]:
    """Where an answer leads: to its explanations, else to what it is about."""
    found = data.get("whys", {}).get("lines", {}).get(ask, [])
    return why_links(found) if found else about_links(ask, data)


def about_links(ask: str, data: Data) -> Iterator[Span]:
    """Of a level without anything held: a link to the factor, with what moves it."""
    factors = [item["id"] for item in data["names"]["factors"]]
    found = next((name for name in re.findall(r"\w+", ask) if name in factors), "")
    if found:
        yield Span(" ")
        yield Span("[what moves it]", link=f"name-{found}")


def why_links(ids: Sequence[str]) -> Iterator[Span]:
    """Links to explanations."""
    for number, name in enumerate(ids):
        yield Span(" ")
        yield Span("[why]" if number == 0 else f"[why {number + 1}]", link=name)
