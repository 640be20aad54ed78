"""Who is behind a source phrase: name at first full mention, kind, role, affiliation, country."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from realpolitik.sources.attribution.actors import Mention, dominant, mentions, names
from realpolitik.sources.attribution.lexicon import isa
from realpolitik.sources.attribution.model import Span, Speaker

PARTICLES = r"(?:al|el|bin|bint|ibn|van|von|der|den|de|da|di|del|dos|du|la|le|ben|abu|ul)"
NAME_WORD = r"(?:[A-Z][\w’']*(?:-\w+)*\.?|al-[A-Z]\w+|el-[A-Z]\w+)"
NAME = re.compile(rf"{NAME_WORD}(?:\s+(?:{PARTICLES}\s+)*{NAME_WORD})*")
POSSESSIVE = re.compile(r"['’]s?$")
HELD = re.compile(r"\s+(?:at large\s+)?(?:at|of|for|with|from)\s+(?:its\s+|the\s+|a\s+)?(?=[A-Z])")
NATIONAL = re.compile(r"\b(?:prime minister|president|minister|ministry|government|parliament|central bank|army|navy|governor|"
                      r"presidential|palace|supreme court|opposition|chancellor|national)\b", re.I)  # fmt: skip
OWNED = re.compile(r"^[A-Z][\w.]*(?:\s[A-Z]\w*){0,2}['’]s?\s+(?=\w)")
SPOKEN_FOR = re.compile(r"\b(?:from|by|of)\s+(?=(?:the\s+)?[A-Z])")


@dataclass
class Cast:
    """Everybody met so far, in order of speaking."""

    text: str
    found: tuple[Mention, ...]
    speakers: list[Speaker] = field(default_factory=list)

    def resolve(self, span: Span) -> Speaker:
        """The speaker named by the words at `span`."""
        words = self.text[span.start : span.end].strip(" ,")
        speaker = self._pronoun(words, span) or self._known(words, span) or self._fresh(words, span)
        self.speakers.append(speaker)
        return speaker

    def _pronoun(self, words: str, span: Span) -> Speaker | None:
        low = words.lower()
        if not isa(low, "pronoun"):
            return None
        if low in {"he", "she", "i", "who"}:
            return self._named_since(span) or self._earlier(span, ("person",)) or self._last_person(span)
        if low == "it":
            institutions = ("government", "organisation", "media", "state", "document")
            return self._named_state(span) or self._earlier(span, institutions) or _nobody(words, span)
        return self._earlier(span, ()) or _nobody(words, span)

    def _earlier(self, span: Span, kinds: tuple[str, ...]) -> Speaker | None:
        """The last speaker of one of these kinds (of any, if none is given)."""
        found = next((item for item in reversed(self.speakers) if not kinds or item.kind in kinds), None)
        return replace(found, mention=span) if found else None

    def _named_since(self, span: Span) -> Speaker | None:
        """A person whose full name began a sentence of this paragraph after the last speaker (`Ana Ruiz disagrees. She says`)."""
        last = self.speakers[-1].mention.end if self.speakers and self.speakers[-1].mention else 0
        start = max(last, self.text.rfind("\n", 0, span.start) + 1)
        opening = re.compile(
            rf"(?:^|(?<=[.!?]\s)|(?<=\n))(?:The\s+)?(?:[\w'’-]+\s+){{0,4}}?(?P<name>{NAME_WORD}(?:\s+{NAME_WORD})+)(?=,|\s+[a-z])",
            re.M,
        )
        for match in reversed(list(opening.finditer(self.text, start, span.start))):
            name = _without_titles(match["name"])
            if len(name.split()) > 1 and _person_name(name):
                first, end = self._phrase(match.start("name"), match.end("name"))
                fresh = self._fresh(self.text[first:end], Span(first, end))
                return replace(fresh, name=name, kind="person", mention=span)
        return None

    def _last_person(self, span: Span) -> Speaker:
        """The person named last before a pronoun nobody has spoken for yet."""
        before = self.text[max(0, span.start - 600) : span.start]
        for match in reversed(list(NAME.finditer(before))):
            name = match.group()
            if (len(name.split()) > 1 and _person_name(name)) or _leader(name):
                start = span.start - len(before) + match.start()
                return replace(self._fresh(name, Span(start, start + len(name))), mention=span)
        return Speaker(self.text[span.start : span.end], "person", mention=span)

    def _named_state(self, span: Span) -> Speaker | None:
        """The state that a sentence names first, for `it` in the same sentence."""
        start = max(self.text.rfind(mark, 0, span.start) for mark in (". ", "\n", "? "))
        inside = [
            m for m in self.found if start < m.span.start < span.start and m.actor.kind in {"state", "capital", "seat"}
        ]
        return Speaker(inside[0].actor.name, "state", inside[0].actor.iso3, mention=span) if inside else None

    def _known(self, words: str, span: Span) -> Speaker | None:
        """An earlier speaker of whom this is the short name (surname, family name first, `Mr X`)."""
        bare = re.sub(r"^(?:the|mr|mrs|ms|dr|prof|professor|president|minister|general)\.?\s+", "", words, flags=re.I)
        short = bare if bare[:1].isupper() and len(bare.split()) <= 2 and "," not in bare else ""
        for earlier in self.speakers:
            parts = earlier.name.split()
            if short and earlier.kind == "person" and len(parts) > 1 and _shortens(short, parts):
                return replace(earlier, mention=span)
            if earlier.name.lower() == bare.lower() and earlier.kind != "anonymous":
                return replace(earlier, mention=span)
        if short and " " not in short and short not in names() and self._proper(short, span):
            return self._introduced(short, span)
        return None

    def _proper(self, word: str, span: Span) -> bool:
        """Is this word a name, rather than a common noun with a sentence's capital?"""
        if isa(word.lower(), "group", "role", "organisation_noun", "government_noun", "voice_noun"):
            return False
        return not word.endswith("s") or re.search(rf"[a-z,]\s+{re.escape(word)}\b", self.text) is not None

    def _introduced(self, short: str, span: Span) -> Speaker | None:
        """A surname whose full name stands earlier in the text without having spoken."""
        pattern = re.compile(
            rf"{NAME_WORD}(?:\s+(?:{PARTICLES}\s+)*{NAME_WORD}){{0,2}}\s+{re.escape(short)}\b|{re.escape(short)}\s+{NAME_WORD}"
        )
        for match in pattern.finditer(self.text, 0, span.start):
            name = _without_titles(match.group())
            if _person_name(name) and len(name.split()) > 1:
                start, end = self._phrase(match.start(), match.end())
                return replace(
                    self._fresh(self.text[start:end], Span(start, end)), name=name, kind="person", mention=span
                )
        return None

    def _phrase(self, start: int, end: int) -> tuple[int, int]:
        """The noun phrase around a name: modifiers before it, an apposition after it."""
        before = re.search(r"(?:[A-Z][\w’'.-]*\s+|(?:the|a|an|former|prime|foreign|defen[cs]e|minister|president|leader|"
                           r"secretary|director|chief|head|spokes\w+|analyst|professor|ambassador|general|of)\s+)*$", self.text[:start])  # fmt: skip
        after = re.match(r",\s+(?:an?|the|his|her|its)\s+[^,.;:\n]{3,90}(?=,|\.)", self.text[end:])
        return before.start() if before else start, end + (after.end() if after else 0)

    def _fresh(self, words: str, span: Span) -> Speaker:
        parts = describe(words)
        country = self._country(words, span, parts)
        return replace(parts, country=country, mention=span)

    def _country(self, words: str, span: Span, parts: Speaker) -> str | None:
        inside = tuple(m for m in self.found if span.start <= m.span.start and m.span.end <= span.end)
        speaking = tuple(m for m in inside if _belongs(m, span, self.text))
        if parts.kind == "person" and _leader(parts.name):
            return _leader(parts.name)
        found = dominant(speaking)
        if found or len({m.actor.iso3 for m in speaking}) > 1:
            return found or _owner(speaking)
        for name in (parts.affiliation, parts.name):
            if name and (country := self._elsewhere(name)):
                return country
        if isa(words.split(maxsplit=1)[0].lower(), "possessive") and self.speakers:
            return self.speakers[-1].country
        return self._home(words, span) if NATIONAL.search(words) else None

    def _home(self, words: str, span: Span) -> str | None:
        """The state of a national office named without one: the only state of its paragraph so far, or of the text."""
        start = self.text.rfind("\n", 0, span.start) + 1
        places = [m for m in self.found if m.actor.kind in {"state", "demonym", "capital", "seat"}]
        near = {m.actor.iso3 for m in places if start <= m.span.start < span.start}
        if len(near) == 1:
            return near.pop()
        codes = [m.actor.iso3 for m in places]
        leading = max(set(codes), key=codes.count) if codes else None
        return leading if leading and len(codes) >= 3 and codes.count(leading) >= 0.6 * len(codes) else None

    def _elsewhere(self, name: str) -> str | None:
        """The state that another mention of the same organisation or person names (`Saudi Arabia's Civil Authority`)."""
        core = re.sub(r"^(?:the|a|an)\s+", "", name, flags=re.I)
        codes = set()
        for match in re.finditer(rf"\b{re.escape(core)}\b", self.text):
            near = [
                m for m in self.found if 0 <= match.start() - m.span.end <= 3 and m.actor.kind in {"state", "demonym"}
            ]
            codes.update(m.actor.iso3 for m in near)
        return codes.pop() if len(codes) == 1 else None


def _shortens(short: str, parts: list[str]) -> bool:
    words = short.split()
    return parts[-len(words) :] == words or parts[0] == short or (words[-1] == parts[-1] and words[0] == parts[0])


def _belongs(mention: Mention, span: Span, text: str) -> bool:
    """Does this state belong to the speaker (`Saudi officials`, `France's envoy`), rather than to the topic (`expert on China`)?"""
    before = re.findall(r"[\w’']+", text[span.start : mention.span.start])[-2:]
    if not before:
        return True
    if before[-1].lower() in {"the", "an", "a"} and len(before) > 1:
        before = before[:-1]
    word = before[-1].lower()
    if word == "by" and len(before) > 1 and (before[-2].endswith("ed") or before[-2] in {"seen", "shown"}):
        return False
    if word == "in":
        return mention.actor.kind == "capital"
    return word not in {
        "on",
        "to",
        "against",
        "with",
        "over",
        "about",
        "into",
        "toward",
        "towards",
        "between",
        "than",
        "covering",
    }


def _owner(found: tuple[Mention, ...]) -> str | None:
    """Of several states, the one whose office or outlet the speaker belongs to when only one is such."""
    codes = {m.actor.iso3 for m in found if m.actor.kind in {"seat", "media", "organisation"}}
    return codes.pop() if len(codes) == 1 else None


def _leader(name: str) -> str | None:
    actor = names().get(name.replace("’", "'"))
    return actor.iso3 if actor is not None and actor.kind == "leader" else None


def _without_titles(name: str) -> str:
    words = name.split()
    while len(words) > 1 and (
        isa(
            words[0].lower().rstrip("."),
            "title",
            "role",
            "preposition",
            "determiner",
            "time",
            "adverb",
            "subordinator",
            "conjunction",
        )
        or _nationality(words)
    ):
        words = words[1:]
    return " ".join(words)


def _nationality(words: list[str]) -> bool:
    actor = names().get(words[0])
    return actor is not None and (actor.kind == "demonym" or (len(words) > 2 and actor.kind != "leader"))


def _nobody(words: str, span: Span) -> Speaker:
    return Speaker(words, "anonymous", mention=span)


def _person_name(name: str) -> bool:
    """Could these capitalised words be a person's name?"""
    words = [word.lower() for word in name.split()]
    classes = ("government_noun", "organisation_noun", "media_noun", "preposition", "determiner", "time", "conjunction")
    if any(isa(word, *classes) for word in words) or (name in names() and not _leader(name)):
        return False
    return 1 <= len(words) <= 5 and not any(isa(word, "group", "role") for word in words)


def describe(words: str) -> Speaker:
    """Name, kind, role and affiliation as far as the phrase itself tells them.

    >>> told = describe("Ana Ruiz, an editor at the Coast Gazette")
    >>> told.name, told.kind, told.role, told.affiliation
    ('Ana Ruiz', 'person', 'editor', 'Coast Gazette')
    """
    head, _, rest = (part.strip() for part in words.partition(","))
    head = head.replace(" – ", ", ").strip()
    rest = rest.rstrip(", ")
    person = _named_after(head, rest) or _person(head, rest)
    if person is not None:
        return person
    bare = OWNED.sub("", re.sub(r"^(?:the|a|an)\s+", "", head, flags=re.I))
    known = (
        None
        if re.search(r"\bby\b", bare)
        else next(
            (name for name in (" ".join(bare.split()[at:]) for at in range(len(bare.split()))) if _outlet(name)), None
        )
    )
    return Speaker(known or bare or words, _kind(known or head))


def _outlet(name: str) -> bool:
    actor = names().get(name)
    return actor is not None and actor.kind == "media"


def _named_after(head: str, rest: str) -> Speaker | None:
    """`the environment minister, Ana Ruiz`: the office first, the name after the comma."""
    name = rest.split(",", maxsplit=1)[0].strip()
    if not name or not NAME.fullmatch(name) or not _person_name(name) or len(name.split()) < 2:
        return None
    if not isa(head.rsplit(maxsplit=1)[-1].lower(), "role"):
        return None
    role, affiliation = _role_before(head)
    return Speaker(name, "person", None, role, affiliation)


def _person(head: str, rest: str) -> Speaker | None:
    match = _person_match(head)
    if match is None:
        return None
    before, after = head[: match.start()].strip(), head[match.end() :].strip()
    name = _without_titles(match.group())
    titles = match.group()[: len(match.group()) - len(name)].strip()
    role, affiliation = _role_before(f"{before} {titles}".strip())
    told_role, told_affiliation = _role_after(rest or after)
    if not role and not told_role and not told_affiliation and len(name.split()) < 2 and not titles:
        if name in names() or isa(head.split(maxsplit=1)[0].lower(), "determiner"):
            return None
    if not role and not told_role and head.lower().startswith(("the ", "a ", "an ")) and not titles:
        role = _common_noun(before) if len(name.split()) > 1 else None
        if role is None:
            return None
    return Speaker(name, "person", None, told_role or role, told_affiliation or affiliation)


def _common_noun(before: str) -> str | None:
    """`the Faroese writer` before a name: the lower-case words that say what the person is."""
    words = [word for word in before.split() if word.islower() and not isa(word, "determiner")]
    classes = ("government_noun", "organisation_noun", "media_noun", "voice_noun", "preposition", "group")
    if not words or not before.rsplit(maxsplit=1)[-1].islower() or any(isa(word, *classes) for word in words):
        return None
    return " ".join(words)


def _person_match(head: str) -> re.Match[str] | None:
    """The last run of capitals in the head, where it can be a name."""
    stop = re.search(r"\s(?:of|at|from|for|in|on|with)\s", head)
    runs = [
        match
        for match in NAME.finditer(head)
        if not (stop and match.start() > stop.start() and not _role_first(head, stop))
    ]
    for match in reversed(runs):
        name = _without_titles(match.group())
        if POSSESSIVE.search(name) or (not name[:1].isupper() and not name.startswith(("al-", "el-"))):
            continue
        if not head[match.end() :].strip() or re.match(r"\s+(?:of|at|from|for|in|who)\b|\s*[-–(]", head[match.end() :]):
            if (_person_name(name) and name not in names()) or _leader(name):
                return re.compile(re.escape(match.group())).search(head, match.start())
    return None


def _role_first(head: str, stop: re.Match[str]) -> bool:
    """Does an office stand before the preposition (`director of the Dallas office Ana Ruiz`), so that a name may follow?"""
    return isa(head[: stop.start()].rsplit(maxsplit=1)[-1].lower(), "role")


def _role_before(before: str) -> tuple[str | None, str | None]:
    words = before.split()
    at = next((i for i, word in enumerate(words) if isa(word.lower(), "role")), None)
    if at is None:
        return None, None
    first = at
    while (
        first > 0
        and (words[first - 1].islower() or isa(words[first - 1].lower(), "title", "role"))
        and not isa(words[first - 1].lower(), "determiner", "preposition")
    ):
        first -= 1
    last = at + 1
    while last < len(words) and (isa(words[last].lower(), "role") or words[last] in {"Minister", "President"}):
        last += 1
    owner = " ".join(word for word in words[:first] if not isa(word.lower(), "determiner", "possessive"))
    of = re.search(r"\bof\s+(?:the\s+)?(.+)$", before)
    affiliation = of.group(1) if of else _organisation(owner)
    return " ".join(words[first:last]), OWNED.sub("", affiliation) or None


def _organisation(owner: str) -> str:
    owner = re.sub(r"^(?:former|late|then|outgoing)\s+", "", owner, flags=re.I)
    bare = POSSESSIVE.sub("", owner)
    return (
        ""
        if bare in names() and (names()[bare] is None or names()[bare].kind in {"state", "demonym", "capital"})
        else bare
    )  # type: ignore[union-attr]


def _role_after(rest: str) -> tuple[str | None, str | None]:
    if not rest:
        return None, None
    rest = OWNED.sub("", re.sub(r"^(?:an?|the|his|her|its|their|who (?:is|was|heads|leads)|now|then)\s+", "", rest))
    rest = re.sub(r"^(?:an?|the)\s+", "", rest)
    of = re.match(r"of\s+(?:the\s+)?(.+)$", rest)
    if of:
        return None, of.group(1).strip()
    match = HELD.search(rest)
    if not match or not any(isa(word.lower(), "role") for word in rest[: match.start()].split()):
        role = re.split(r",|\s(?:who|whose|in|which)\s", rest)[0].strip()
        return (role, None) if any(isa(word.lower(), "role") for word in role.split()) else (None, None)
    parts = re.split(r",|\s+and\s+(?:an?\s|[a-z])|\s+(?:who|in)\s", rest[match.end() :])
    affiliation = OWNED.sub("", parts[0].strip())
    if affiliation[:1].islower() and len(parts) > 1 and parts[1].strip()[:1].isupper():
        affiliation = parts[1].strip()
    role = re.split(r",|\s(?:who|whose)\s", rest[: match.start()])[0].strip()
    return role + (" at large" if "at large" in match.group() else ""), affiliation


def _kind(head: str) -> str:
    words = [word.lower().strip("’'s") if word.endswith(("'s", "’s")) else word.lower() for word in head.split()]
    actor = names().get(re.sub(r"^the\s+", "", head, flags=re.I)) or names().get(head)
    if actor is not None:
        return {
            "media": "media",
            "seat": "government",
            "organisation": "organisation",
            "international": "organisation",
        }.get(actor.kind, "state")
    if (SPOKEN_FOR.search(head) and isa(words[min(1, len(words) - 1)], "voice_noun")) or any(
        isa(word, "voice_noun") for word in words
    ):
        return "document"
    if isa(words[-1], "role", "group") and head.rsplit(maxsplit=1)[-1].islower():
        return "anonymous"
    if words[0] == "international" or words[1:2] == ["international"]:
        return "organisation"
    for kind, name in (
        ("government", "government_noun"),
        ("media", "media_noun"),
        ("organisation", "organisation_noun"),
    ):
        if any(isa(word, name) for word in words) and any(char.isupper() for char in head):
            return kind
    if any(isa(word, "government_noun") for word in words):
        return "government"
    return (
        "organisation"
        if head[:1].isupper() and not isa(words[0], "determiner", "group") and not isa(words[-1], "group")
        else "anonymous"
    )


def cast(text: str) -> Cast:
    """A cast for one text."""
    return Cast(text, mentions(text))
