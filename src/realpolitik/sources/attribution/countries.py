"""Which state does a speaker belong to? Only what the text tells; None rather than a guess."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property

from realpolitik.sources.attribution.actors import Mention, dominant, names, place_pattern, places
from realpolitik.sources.attribution.lexicon import isa
from realpolitik.sources.attribution.model import Span, Speaker
from realpolitik.sources.attribution.naming import ARTICLE, KINDS, leader

DATELINE = re.compile(r"^([A-Z][A-Z .'-]{2,30})(?:,[^\n—–:-]{0,30})?\s*(?:\([^)\n]{1,40}\)\s*)?(?:—|–|--|-|:)", re.M)
NATIONAL = re.compile(
    r"\b(?:prime minister|(?<!['’]s )president(?! of\b)|minister|ministry|secretary(?! of the (?!interior|treasury))|"
    r"government|parliament|central bank|army|navy|governor|"
    r"palace|presidential|agency|authority|authorities|police|supreme court|chancellor|national|coast guard|air force|"
    r"military|ombudsman|prosecutors?|election commission|electoral commission|lawmakers|legislators|interior|"
    r"(?:country|kingdom|nation|island)['’]s)\b",
    re.I,
)
MUNICIPAL = re.compile(r"\b(?:mayor|prefect|firefighters|fire (?:brigade|service|department)|coroner)\b", re.I)
PLACE_AND_DATE = re.compile(
    r"^([A-Z][\w' -]{2,25}),\s+(?:\d{1,2}\s+)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)", re.M
)
LOCAL = frozenset({"officials", "authorities", "residents", "prosecutors", "police", "officers", "lawmakers"})
ABOVE_STATES = re.compile(
    r"\b(?:U\.?N\.?|United Nations|NATO|Nato|EU|European|African Union|Arab League|World|International)\b"
)
TOPICAL = re.compile(r"on|to|against|with|over|about|into|towards?|between|than|covering")
PLACES = ("state", "demonym", "capital", "seat")
ON_AIR = re.compile(r"\s+(?:state\s+|public\s+)?(?:television|TV|radio)\b")
AIDES = frozenset({"adviser", "advisor", "aide", "assistant", "counsellor", "secretary", "deputy"})
PART_OF = re.compile(
    r"(?:one|two|three|some|several|many|most|another|others|a few) of (?:them|these|those)\b|(?:one|another|two)$",
    re.I,
)
SEATED = re.compile(r"(?:\b(?:of|for|at)(?: the)?|^(?:the|a|an)?)\s*$", re.I)
LOCALLY = re.compile(r"\bin(?: the)?(?: (?:city|port|province|region|town|state) of)?\s*$", re.I)


@dataclass(frozen=True)
class Countries:
    """The states named in one text."""

    text: str
    found: tuple[Mention, ...]
    _known: dict[str, str | None] = field(default_factory=dict, repr=False)

    def of(self, words: str, span: Span, parts: Speaker, before: Speaker | None) -> str | None:
        """The state of the speaker described by `parts` in `words` at `span`; `before` spoke last."""
        if parts.kind == "person" and leader(parts.name):
            return leader(parts.name)
        speaking = tuple(m for m in self.within(span) if belongs(m, span, self.text))
        if speaking:
            return dominant(speaking) or _owner(speaking) or dominant(self._not_in(speaking)) or self._first(speaking)
        for name in (parts.affiliation, parts.name):
            if name and (country := self._elsewhere(name)):
                return country
        if words and isa(words.split(maxsplit=1)[0].lower(), "possessive") and before is not None:
            return before.country
        return None if ABOVE_STATES.search(words) else self._around(words, span, before)

    def _around(self, words: str, span: Span, before: Speaker | None) -> str | None:
        """The state of a phrase that names none, from where it sits and what stands around it."""
        if local := seat_of(words):
            return local
        if PART_OF.match(words):
            return self._of_them(span, before)
        if office := self._same_office(words, span):
            return office
        if MUNICIPAL.search(words):
            return self.dateline or self.setting
        return self._home(span) if self._national(words, span) else None

    def _first(self, found: tuple[Mention, ...]) -> str | None:
        """The state of the phrase's head, where others only follow a comma (`the envoy of A, also for B`)."""
        comma = self.text.find(",", found[0].span.end, found[-1].span.start)
        return dominant(tuple(m for m in found if m.span.end <= comma)) if comma >= 0 else None

    def _of_them(self, span: Span, before: Speaker | None) -> str | None:
        """`one of them` after `Alandic officials`: the state of the group named last in the paragraph, else before."""
        start = self.text.rfind("\n", 0, span.start) + 1
        for mention in reversed(self.within(Span(start, span.start))):
            following = self.text[mention.span.end : span.start].split(maxsplit=3)[:2]
            if any(isa(word.strip(".,;").lower(), "group") for word in following):
                return mention.actor.iso3
        return before.country if before is not None and before.kind in {"anonymous", "government"} else None

    def _not_in(self, found: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """The states of a phrase without those where somebody merely sits (`Aland's embassy in Paris`)."""
        return tuple(m for m in found if not self.text.endswith(("in ", "in the "), 0, m.span.start))

    def _national(self, words: str, span: Span) -> bool:
        """Is this an office of a state, or the spokesman of one named just before?"""
        if "spokes" in words.lower() and not NATIONAL.search(words):
            return NATIONAL.search(self.text, self.text.rfind("\n", 0, span.start) + 1, span.start) is not None
        return NATIONAL.search(words) is not None

    def _same_office(self, words: str, span: Span) -> str | None:
        """`the authority` after `Aland's civil aviation authority`: the state named with the office before."""
        match = re.fullmatch(r"the\s+(?:[\w-]+\s+){0,2}?([a-z][\w-]+)", words, re.I)
        if match is None:
            return None
        follows = re.compile(rf"(?:['’]s?)?(?:\s+[\w-]+){{0,4}}?\s+{re.escape(match[1])}\b", re.I)
        for mention in reversed(self.within(Span(0, span.start))):
            if mention.actor.kind in {"state", "demonym"} and follows.match(self.text, mention.span.end):
                return mention.actor.iso3
        return None

    def _home(self, span: Span) -> str | None:
        """The state of an office named without one: the only one of its paragraph so far, of the date line, or text."""
        start = self.text.rfind("\n", 0, span.start) + 1
        own = [m for m in self.within(Span(start, span.start)) if m.actor.kind in PLACES]
        own = [m for m in own if not self._quoted(start, m.span.start)]
        near = {m.actor.iso3 for m in own}
        opening = self._opening(own, span)
        if opening is not None:
            return opening
        if len(near) == 1:
            return near.pop()
        found = [m for m in self.found if m.actor.kind in PLACES]
        before = {m.actor.iso3 for m in found if m.span.start < span.start}
        if self.dateline is not None and (not near or self.dateline in near):
            return self.dateline
        if len(before) == 1:
            return before.pop()
        codes = [m.actor.iso3 for m in found]
        if self.setting is not None and (not before or (not near and codes[0] == self.setting)):
            return self.setting
        titled = {m.actor.iso3 for m in found if m.span.end <= self.text.find("\n")}
        if len(titled) == 1 and codes.count(next(iter(titled))) == max(map(codes.count, codes)):
            return titled.pop()
        return leading(codes)

    def _quoted(self, start: int, place: int) -> bool:
        """Does `place` stand within a quotation of the paragraph that begins at `start`?"""
        before = self.text[start:place]
        return before.count('"') % 2 == 1 or before.count("“") > before.count("”")

    def _opening(self, own: list[Mention], span: Span) -> str | None:
        """The state that is the subject of the office's own sentence (`Aland has refused, the minister said`)."""
        start = max(self.text.rfind(mark, 0, span.start) + len(mark) for mark in (". ", "\n", '" ', "” "))
        first = next((m for m in own if m.span.start >= start), None)
        if first is None or first.actor.kind not in {"state", "capital"}:
            return None
        return first.actor.iso3 if len(self.text[start : first.span.start].split()) <= 1 else None

    def _elsewhere(self, name: str) -> str | None:
        """The state beside another mention of the same organisation or person (`Aland's Coast Authority`)."""
        if name not in self._known:
            core = re.escape(ARTICLE.sub("", name))
            places = (match.start() for match in re.finditer(rf"\b{core}\b", self.text))
            codes = {code for place in places for code in self._right_before(place)}
            self._known[name] = codes.pop() if len(codes) == 1 else None
        return self._known[name]

    def _right_before(self, place: int) -> set[str]:
        joints = [joint for joint in (" ", "'s ", "’s ", "' ", "’ ") if self.text.endswith(joint, 0, place)]
        near = (self._by_end.get(place - len(joint)) for joint in joints)
        return {m.actor.iso3 for m in near if m is not None and m.actor.kind in {"state", "demonym"}}

    @cached_property
    def _by_end(self) -> dict[int, Mention]:
        return {m.span.end: m for m in self.found}

    def within(self, span: Span) -> tuple[Mention, ...]:
        """The states named within `span`, in order."""
        first = bisect_left(self._starts, span.start)
        return tuple(m for m in self.found[first : bisect_left(self._starts, span.end)] if m.span.end <= span.end)

    @cached_property
    def _starts(self) -> list[int]:
        return [m.span.start for m in self.found]

    @cached_property
    def setting(self) -> str | None:
        """The state of the cities and regions that the first lines name, where they agree on one."""
        head = "\n".join(line for line in self.text[:3000].split("\n") if line.strip())[:600]
        codes = {places()[match.group()] for match in place_pattern().finditer(head)}
        return codes.pop() if len(codes) == 1 else None

    @cached_property
    def dateline(self) -> str | None:
        """The state of the text's date line (`ISLAMABAD:`, `PARIS (Agency) --`), if it has one."""
        match = DATELINE.search(self.text[:1500]) or PLACE_AND_DATE.search(self.text[:600])
        name = match.group(1).strip().title() if match else ""
        actor = names().get(name)
        if actor is not None and actor.kind in {"capital", "state"}:
            return actor.iso3
        return places().get(name) if actor is None else None


def leading(codes: list[str]) -> str | None:
    """The state named in at least three fifths of the mentions, with no other in a third of them.

    >>> leading(["ITA", "ITA", "ITA", "FRA"]), leading(["ITA", "FRA"])
    ('ITA', None)
    """
    counts = sorted(((codes.count(code), code) for code in set(codes)), reverse=True)
    if not counts or counts[0][0] < 3 or counts[0][0] < 0.6 * len(codes):
        return None
    return counts[0][1] if len(counts) == 1 or counts[1][0] < len(codes) / 3 else None


def belongs(mention: Mention, span: Span, text: str) -> bool:
    """Is this the speaker's state (`Saudi officials`, `France's envoy`), and not their topic (`expert on China`)?"""
    lead = text[span.start : mention.span.start]
    before = re.findall(r"[\w’']+", lead)[-3:]
    if len(before) > 1 and before[-1].lower() in {"the", "an", "a"}:
        before = before[:-1]
    before = before[-2:]
    if len(before) > 1 and before[1].lower() == "to" and before[0].lower() in AIDES:
        return mention.actor.kind == "demonym" or text.startswith(("'s", "’s"), mention.span.end)
    word = before[-1].lower() if before else ""
    if word == "by" and len(before) > 1 and (before[0].endswith("ed") or before[0] in {"seen", "shown"}):
        return False
    if word == "in":
        seated = before[0][0].isupper() or before[0].lower() in LOCAL or isa(before[0].lower(), *KINDS)
        return mention.actor.kind == "capital" and len(before) > 1 and seated
    on_air = word == "on" and ON_AIR.match(text, mention.span.end) is not None
    return on_air or TOPICAL.fullmatch(word) is None


def seat_of(words: str) -> str | None:
    """The state of the city, region or university a speaker comes from; None where there is none, or where it is
    merely where somebody works.

    >>> seat_of("the governor of Texas"), seat_of("Mumbai police"), seat_of("a trader in Shanghai")
    ('USA', 'IND', None)
    """
    found = {places()[m.group()] for m in place_pattern().finditer(words) if _seated(words, m.start(), m.end())}
    return found.pop() if len(found) == 1 else None


def _seated(words: str, start: int, end: int) -> bool:
    before = words[:start]
    if SEATED.search(before) or words.startswith(("'s", "’s", "-based"), end):
        return True
    if LOCALLY.search(before):
        last = re.findall(r"[\w’']+", LOCALLY.sub("", before))[-1:]
        return bool(last) and (last[0].lower() in LOCAL or isa(last[0].lower(), *KINDS))
    return before.endswith(", ") and before[:1].isupper()


def _owner(found: tuple[Mention, ...]) -> str | None:
    """Of several states, the one whose office or outlet the speaker belongs to, when only one is such."""
    codes = {m.actor.iso3 for m in found if m.actor.kind in {"seat", "media", "organisation"}}
    return codes.pop() if len(codes) == 1 else None
