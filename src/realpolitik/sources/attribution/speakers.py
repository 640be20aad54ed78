"""Who is behind a source phrase: pronouns, surnames and offices resolved to the first full mention."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from realpolitik.sources.attribution.actors import Mention, mentions, names
from realpolitik.sources.attribution.countries import Countries
from realpolitik.sources.attribution.describing import describe
from realpolitik.sources.attribution.lexicon import isa
from realpolitik.sources.attribution.model import Span, Speaker
from realpolitik.sources.attribution.naming import NAME, NAME_WORD, PARTICLES, leader, person_name, without_titles

INSTITUTIONS = ("government", "organisation", "media", "state", "document")
COMMON = ("group", "role", "organisation_noun", "government_noun", "voice_noun")
MISTER = re.compile(r"^(?:the|mr|mrs|ms|dr|prof|professor|president|minister|general)\.?\s+", re.I)
SELF = re.compile(r"\s+(?:him|her|it|them)sel(?:f|ves)$")
NAMED = rf"(?P<name>{NAME_WORD}(?:\s+{NAME_WORD})+)"
OPENING = re.compile(rf"(?:^|(?<=[.!?]\s)|(?<=\n))(?:The\s+)?(?:[\w'’-]+,?\s+){{0,4}}?{NAMED}(?=,|\s+[a-z])", re.M)
BEFORE_NAME = re.compile(
    r"(?:[A-Z][\w’'.-]*\s+|(?:the|a|an|its|their|former|prime|foreign|defen[cs]e|minister|president|leader|secretary|"
    r"director|chief|head|spokes\w+|analyst|professor|ambassador|general|of)(?:,\s+|\s+))*$"
)
AFFILIATED = re.compile(
    r"\s+(?:of|at|from)\s+(?:the\s+)?[A-Z][\w’'-]*(?:\s+(?:(?:of|and|for|in)\s+)?(?:the\s+)?[A-Z][\w’'-]*){0,7}"
)
AFTER_NAME = re.compile(r",\s+(?:an?|the|his|her|its|who)\s+[^,.;:\n]{3,120}(?=,|\.)")
RELATED = re.compile(r"^([A-Z][\w’'-]+),\s+(?:who|whose|whom|which)\b.*$", re.S)
OFFICE = re.compile(
    r"(?:^|(?<=[.!?]\s)|(?<=\n))(?P<phrase>(?:The|An?)\s+(?:[\w’-]+\s+){0,4}?(?P<role>[a-z]+)"
    r"(?:\s+(?:of|for|from|at)\s+(?:the\s+)?[A-Z][\w’'-]*(?:\s+(?:of\s+(?:the\s+)?)?[A-Z][\w’'-]*)*)?)(?=\s+[a-z]|,)",
    re.M,
)
UP_TO = re.compile(r"\s(?:of|for|from|at|in|who|with|on|to)\s")
LOOK_BACK = 200
REMEMBERED = 400


@dataclass
class Cast:
    """Everybody met so far, in order of speaking."""

    text: str
    found: tuple[Mention, ...]
    speakers: list[Speaker] = field(default_factory=list)

    def resolve(self, span: Span) -> Speaker:
        """The speaker named by the words at `span`."""
        words = SELF.sub("", self.text[span.start : span.end].strip(" ,"))
        speaker = self._pronoun(words, span) or self._known(words, span) or self._fresh(words, span)
        self.speakers.append(speaker)
        return speaker

    def _pronoun(self, words: str, span: Span) -> Speaker | None:
        low = words.lower()
        if not isa(low, "pronoun"):
            return None
        if low in {"he", "she", "i", "who"}:
            last = self._unnamed_person(span)
            return (
                self._named_since(span)
                or self._office_since(span)
                or last
                or self._earlier(span, ("person",))
                or self._last_person(span)
            )
        if low == "it":
            return self._named_state(span) or self._earlier(span, INSTITUTIONS) or _nobody(words, span)
        if low in {"they", "we", "both"}:
            return self._earlier(span, ()) or _nobody(words, span)
        return _nobody(words, span)

    def _unnamed_person(self, span: Span) -> Speaker | None:
        """`One of them, a nurse, said ... she said`: the last speaker, when one person without a name."""
        last = self.speakers[-1] if self.speakers else None
        if last is None or last.kind in {"person", "media", "document"} or last.mention is None:
            return None
        words = self.text[last.mention.start : last.mention.end].lower()
        single = words.startswith(("one ", "a ", "an ", "another ")) and last.kind == "anonymous"
        single = single or _one_holder(words) or words in {"he", "she"}
        return replace(last, mention=span) if single and "\n" not in self.text[last.mention.end : span.start] else None

    def _earlier(self, span: Span, kinds: tuple[str, ...]) -> Speaker | None:
        """The last speaker of one of these kinds (of any, if none is given)."""
        found = next((item for item in reversed(self.speakers) if not kinds or item.kind in kinds), None)
        return replace(found, mention=span) if found else None

    def _named_since(self, span: Span) -> Speaker | None:
        """A person whose name began a sentence since the last speaker (`Ana Ruiz differs. She says`)."""
        last = self.speakers[-1].mention.end if self.speakers and self.speakers[-1].mention else 0
        start = max(last, self.text.rfind("\n", 0, span.start) + 1)
        for match in reversed(list(OPENING.finditer(self.text, start, span.start))):
            name = without_titles(match["name"])
            if len(name.split()) > 1 and person_name(name):
                return self._person(name, match.start("name"), match.end("name"), span)
        return None

    def _office_since(self, span: Span) -> Speaker | None:
        """An office that began a sentence of the paragraph since the last speaker (`The envoy of A rose. She said`)."""
        last = self.speakers[-1].mention.end if self.speakers and self.speakers[-1].mention else 0
        start = max(last, self.text.rfind("\n", 0, span.start) + 1)
        for match in reversed(list(OFFICE.finditer(self.text, start, span.start))):
            if isa(match["role"], "role"):
                place = Span(match.start("phrase"), match.end("phrase"))
                return replace(self._known(match["phrase"], place) or self._fresh(match["phrase"], place), mention=span)
        return None

    def _last_person(self, span: Span) -> Speaker:
        """The person named last before a pronoun nobody has spoken for yet."""
        start = max(0, span.start - 3 * LOOK_BACK)
        for match in reversed(list(NAME.finditer(self.text, start, span.start))):
            name = match.group()
            if (len(name.split()) > 1 and person_name(name)) or leader(name):
                return replace(self._fresh(name, Span(*match.span())), mention=span)
        return Speaker(self.text[span.start : span.end], "person", mention=span)

    def _person(self, name: str, start: int, end: int, mention: Span) -> Speaker:
        """The person called `name` by the phrase around `start:end`, met again at `mention`."""
        first, last = self._phrase(start, end)
        fresh = self._fresh(self.text[first:last], Span(first, last))
        return replace(fresh, name=name, kind="person", mention=mention)

    def _named_state(self, span: Span) -> Speaker | None:
        """The state that a sentence names first, for `it` in the same sentence."""
        start = max(self.text.rfind(mark, 0, span.start) for mark in (". ", "\n", "? "))
        here = self.countries.within(Span(start + 1, span.start))
        inside = [m for m in here if m.actor.kind in {"state", "capital", "seat"}]
        return Speaker(inside[0].actor.name, "state", inside[0].actor.iso3, mention=span) if inside else None

    def _known(self, words: str, span: Span) -> Speaker | None:
        """An earlier speaker of whom this is the short name (surname, family name first, `Mr X`) or the office."""
        plain = MISTER.sub("", RELATED.sub(r"\1", words))
        short = plain if plain[:1].isupper() and len(plain.split()) <= 2 and "," not in plain else ""
        for earlier in self.speakers[:REMEMBERED]:
            parts = earlier.name.split()
            named = short and earlier.kind == "person" and len(parts) > 1 and _shortens(short, parts)
            if named or (earlier.name.lower() == plain.lower() and earlier.kind != "anonymous"):
                return replace(earlier, mention=span)
        office = self._same_office(words, span)
        if office is None and short and " " not in short and short not in names() and self._proper(short):
            return self._introduced(short, span)
        return office

    def _same_office(self, words: str, span: Span) -> Speaker | None:
        """`the minister` after a named minister has spoken."""
        parts = words.lower().split()
        if parts[0] != "the" or len(parts) > 3 or not isa(parts[-1], "role"):
            return None
        for earlier in reversed(self.speakers):
            if earlier.role and earlier.kind == "person" and parts[-1] in earlier.role.lower().split():
                return replace(earlier, mention=span)
            if earlier.kind in {"anonymous", "government"} and _holds(earlier.name.lower(), parts[-1]):
                return replace(earlier, mention=span)
        return None

    def _proper(self, word: str) -> bool:
        """Is this word a name, rather than a common noun with a sentence's capital?"""
        if isa(word.lower(), *COMMON):
            return False
        return not word.endswith("s") or re.search(rf"[a-z,]\s+{re.escape(word)}\b", self.text) is not None

    def _introduced(self, short: str, span: Span) -> Speaker | None:
        """A surname whose full name stands earlier in the text without having spoken."""
        word = re.escape(short)
        full = rf"{NAME_WORD}(?:\s+(?:{PARTICLES}\s+)*{NAME_WORD}){{0,2}}\s+{word}\b|\b{word}\s+{NAME_WORD}"
        for start, end, name in self._names(re.compile(full), span.start):
            if person_name(name) and len(name.split()) > 1:
                return self._person(name, start, end, span)
        return None

    def _names(self, pattern: re.Pattern[str], end: int) -> Iterator[tuple[int, int, str]]:
        for match in pattern.finditer(self.text, 0, end):
            yield match.start(), match.end(), without_titles(match.group())

    def _phrase(self, start: int, end: int) -> tuple[int, int]:
        """The noun phrase around a name: modifiers before it, an apposition after it."""
        floor = max(0, start - LOOK_BACK)
        before = BEFORE_NAME.search(self.text[floor:start])
        after = AFTER_NAME.match(self.text, end) or AFFILIATED.match(self.text, end)
        return floor + before.start() if before else start, after.end() if after else end

    def _fresh(self, words: str, span: Span) -> Speaker:
        parts = describe(words)
        before = self.speakers[-1] if self.speakers else None
        if words.lower().startswith(("its ", "their ")):
            before = (
                self._earlier(span, INSTITUTIONS) if self.speakers and self.speakers[-1].kind in INSTITUTIONS else None
            )
        elif words.lower().startswith(("his ", "her ")):
            before = self._named_since(span) or self._earlier(span, ("person",))
        return replace(parts, country=self.countries.of(words, span, parts, before), mention=span)

    @cached_property
    def countries(self) -> Countries:
        """The states of this text."""
        return Countries(self.text, self.found)


def _holds(words: str, role: str) -> bool:
    """Does the phrase name one holder of this office (`a senior official of the ministry`: official)?"""
    return UP_TO.split(words)[0].rstrip(", ").split(",")[0].split()[-1:] == [role]


def _one_holder(words: str) -> bool:
    """`the representative of Aland`: one person, known by the office alone."""
    head = UP_TO.split(words)[0].split(",")[0].split()
    return len(head) > 1 and head[0] == "the" and isa(head[-1], "role") and not head[-1].endswith("s")


def _shortens(short: str, parts: list[str]) -> bool:
    words = short.split()
    return parts[-len(words) :] == words or parts[0] == short or (words[-1] == parts[-1] and words[0] == parts[0])


def _nobody(words: str, span: Span) -> Speaker:
    return Speaker(words, "anonymous", mention=span)


def cast(text: str) -> Cast:
    """A cast for one text."""
    return Cast(text, mentions(text))
