"""Which states does a text name? States, demonyms, capitals, seats of government, media, leaders; homonyms apart."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from realpolitik.sources.attribution.lexicon import data, isa, lines
from realpolitik.sources.attribution.model import Span

WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_](?:[\w&]|[.'’](?=\w))*\.?")
EITHER = {"Congo": ("COD", "COG"), "Congolese": ("COD", "COG")}
AMERICAN = frozenset({"Atlanta", "Savannah", "Augusta", "U.S.", "Florida", "Alabama", "Carolina", "Tennessee"})


@dataclass(frozen=True)
class Actor:
    """A state behind a name: ISO 3166-1 alpha-3, Correlates of War code (None where there is none), and how named."""

    iso3: str
    cow: int | None
    kind: str
    name: str


@dataclass(frozen=True)
class Mention:
    """An actor's name at its place in the text."""

    span: Span
    actor: Actor


@cache
def cow_codes() -> dict[str, int | None]:
    """Correlates of War code by ISO3 (state system membership list v2016)."""
    rows = csv.DictReader(data("states.csv").splitlines())
    return {row["iso3"]: int(row["cow"]) if row["cow"] else None for row in rows}


@cache
def names() -> dict[str, Actor | None]:
    """Every known name; None for names that look like a state and are none."""
    known: dict[str, Actor | None] = {}
    cow = cow_codes()
    for row in csv.DictReader(data("states.csv").splitlines()):
        for kind, column in (("state", "name"), ("state", "aliases"), ("demonym", "demonyms"), ("capital", "capital")):
            for name in filter(None, row[column].split("|")):
                known[name] = Actor(row["iso3"], cow[row["iso3"]], kind, row["name"])
    for row in csv.DictReader(data("metonyms.csv").splitlines()):
        iso3 = row["iso3"]
        known.setdefault(row["name"], Actor(iso3, cow.get(iso3), row["kind"], row["name"]))
    for row in csv.DictReader(data("homonyms.csv").splitlines()):
        if row["meaning"] != "state" and row["meaning"] != "media":
            known[row["phrase"]] = None
    return known


@cache
def places() -> dict[str, str]:
    """Cities, regions and universities that are no state's metonym -> ISO3 of the state they are in."""
    rows = (line.partition(": ") for line in lines("places.txt"))
    return {name: iso3 for iso3, _, known in rows for name in known.split("|")}


@cache
def place_pattern() -> re.Pattern[str]:
    """Any of `places`, longest first."""
    longest = sorted(places(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])")


@cache
def _by_first_word() -> dict[str, list[tuple[str, ...]]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for name in names():
        parts = tuple(match.group() for match in WORD.finditer(name))
        table.setdefault(parts[0], []).append(parts)
    for entries in table.values():
        entries.sort(key=len, reverse=True)
    return table


@cache
def _us_states() -> frozenset[str]:
    return frozenset(word for line in lines("states_of_usa.txt") for word in line.split())


def mentions(text: str) -> tuple[Mention, ...]:
    """All states named in `text`, longest names first, homonyms left out.

    >>> [(m.actor.iso3, m.actor.kind) for m in mentions("Washington and the French met Michael Jordan.")]
    [('USA', 'capital'), ('FRA', 'demonym')]
    """
    words = [_plain(match) for match in WORD.finditer(text)]
    persons: set[str] = set()
    found = []
    for name, first, last in _names_in(words):
        place = Span(words[first][1], words[last - 1][2])
        actor = _resolve(name, words, (first, last), text, persons)
        if actor is not None and actor.iso3:
            found.append(Mention(place, actor))
    return tuple(found)


def _plain(match: re.Match[str]) -> tuple[str, int, int]:
    word, start, end = match.group(), match.start(), match.end()
    for tail in ("'s", "’s"):
        if word.endswith(tail):
            word, end = word[:-2], end - 2
    if word.endswith(".") and word.count(".") == 1:
        word, end = word[:-1], end - 1
    return word.replace("’", "'"), start, end


def _names_in(words: list[tuple[str, int, int]]) -> Iterator[tuple[str, int, int]]:
    at = 0
    table = _by_first_word()
    while at < len(words):
        for parts in table.get(words[at][0], ()):
            if tuple(word for word, _, _ in words[at : at + len(parts)]) == parts:
                yield _name(parts), at, at + len(parts)
                at += len(parts) - 1
                break
        else:
            if words[at][0] in EITHER:
                yield words[at][0], at, at + 1
        at += 1


@cache
def _spelled() -> dict[tuple[str, ...], str]:
    return {tuple(match.group() for match in WORD.finditer(name)): name for name in names()}


def _name(parts: tuple[str, ...]) -> str:
    return _spelled()[parts]


def _resolve(
    name: str, words: list[tuple[str, int, int]], place: tuple[int, int], text: str, persons: set[str]
) -> Actor | None:
    if name in EITHER:
        return _either(name, text)
    actor = names()[name]
    if actor is None:
        return None
    if actor.kind in {"media", "organisation", "leader"} and _goes_on(words, place[1], text):
        return None
    if actor.kind in {"state", "capital"} and " " not in name:
        if (name in persons and not _located(words, place[0])) or _personal(
            words, place, text, isa(name.lower(), "risky_name")
        ):
            persons.add(name)
            return None
        if _elsewhere(name, words, place, text):
            return None
    return actor


def _located(words: list[tuple[str, int, int]], first: int) -> bool:
    """Does a preposition of place stand before the name, so that it is no person's?"""
    return first > 0 and words[first - 1][0] in {"in", "from", "to", "near", "across", "outside"}


def _goes_on(words: list[tuple[str, int, int]], last: int, text: str) -> bool:
    """Is the name only the beginning of a longer one (`Foreign Policy Institute`)?"""
    if last >= len(words) or text[words[last - 1][2] : words[last][1]] != " ":
        return False
    word = words[last][0]
    return word[0].isupper() and isa(word.lower(), "organisation_noun", "government_noun", "media_noun")


def _either(name: str, text: str) -> Actor | None:
    known = {"COD": ("Kinshasa", "Democratic Republic", "DRC"), "COG": ("Brazzaville",)}
    fitting = [iso3 for iso3 in EITHER[name] if any(word in text for word in known[iso3])]
    if len(fitting) != 1:
        return None
    return Actor(fitting[0], cow_codes()[fitting[0]], "state", name)


def _personal(words: list[tuple[str, int, int]], place: tuple[int, int], text: str, risky: bool) -> bool:
    """Does the name stand within a person's name (`Valeska Paris`, `Jordan Smith`)?"""
    first, last = place
    before = words[first - 1] if first else None
    if before is not None and text[before[2] : words[first][1]] == " " and _given_name(before[0]):
        return True
    after = words[last] if last < len(words) else None
    if not risky or after is None or text[words[last - 1][2] : after[1]] != " ":
        return False
    return after[0][0].isupper() and _unknown(after[0]) and after[0] not in names()


def _given_name(word: str) -> bool:
    """Could this capitalised word before a place's name be a person's first name?"""
    if not word[0].isupper() or word.isupper() or isa(word.lower(), "qualifier") or word in names():
        return False
    return _unknown(word) and not word.lower().endswith(("ing", "ed", "ly"))


def _unknown(word: str) -> bool:
    low = word.lower()
    classes = ("role", "title", "preposition", "determiner", "conjunction", "subordinator", "time", "adverb", "group",
               "government_noun", "organisation_noun", "media_noun", "venue", "pronoun", "possessive")  # fmt: skip
    return not isa(low, *classes) and not isa(low.rstrip("s"), "role")


def _elsewhere(name: str, words: list[tuple[str, int, int]], place: tuple[int, int], text: str) -> bool:
    """Is this no capital or state: a place in the United States, or Brussels as the seat of unions?"""
    last = place[1]
    if last < len(words) and text[words[last - 1][2] : words[last][1]] == ", " and words[last][0] in _us_states():
        return True
    if name == "Brussels":
        return (
            not re.search(r"\bBelgi(?:um|an)", text) and re.search(r"\b(?:EU|European|NATO|Nato)\b", text) is not None
        )
    if name != "Georgia":
        return False
    here = {word for word, _, _ in words}
    return bool(here & (AMERICAN | _us_states())) and not here & {
        "Tbilisi",
        "Georgian",
        "Georgians",
        "Caucasus",
        "Abkhazia",
    }


def dominant(found: tuple[Mention, ...]) -> str | None:
    """The one state these mentions agree on; None when they name none or several."""
    codes = {mention.actor.iso3 for mention in found}
    return codes.pop() if len(codes) == 1 else None


def joined(found: tuple[Mention, ...], text: str) -> bool:
    """Are several of the mentions joined by `and` or commas, so that they speak together?"""
    return any(
        re.fullmatch(r"(?:['’]s)?,?\s*(?:and|,|&)?\s*(?:the )?", text[a.span.end : b.span.start])
        for a, b in pairwise(found)
    )
