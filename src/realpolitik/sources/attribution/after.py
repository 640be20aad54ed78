"""Where noun phrases that begin after a verb end: the source, the addressee, the object."""

from __future__ import annotations

from realpolitik.sources.attribution.lexicon import isa
from realpolitik.sources.attribution.phrases import Range, is_comma, noun_like, trimmed
from realpolitik.sources.attribution.sentences import Sentence
from realpolitik.sources.attribution.times import time_size, venue_size
from realpolitik.sources.attribution.units import DASHES, ENDS


def phrase_end(s: Sentence, at: int) -> int:
    """Where the noun phrase that begins at `at` ends (an addressee, an object, the party after `to`)."""
    place = at
    named = False
    while place < len(s):
        unit = s[place]
        if unit.kind != "word" and not (unit.kind == "quote" and not unit.sentence_like):
            break
        low = unit.low
        if place > at and (isa(low, "subject_pronoun", "subordinator", "modal", "auxiliary", "time") or low == "as"):
            break
        if place > at and isa(low, "determiner", "possessive") and noun_like(s[place - 1]):
            break
        if place > at and isa(low, "preposition") and low not in {"of", "for"}:
            break
        if (
            named
            and not unit.capital
            and not isa(low, "preposition", "conjunction", "determiner", "group", "addressee")
        ):
            break
        if place > at and (isa(s[place - 1].low, "addressee", "object_pronoun") and low not in {"and", "of"}):
            break
        named = unit.capital and not isa(low, "determiner") and place + 1 > at
        place += 1
    return place


def source_after(s: Sentence, at: int) -> Range | None:
    """The noun phrase after a verb (`said the minister, who ...`), with its appositions, without venue and time."""
    place = at
    while place < len(s) and not _stops(s, place, at):
        place += 1
    return trimmed(s, at, place)


def _stops(s: Sentence, place: int, start: int) -> bool:
    unit = s[place]
    if unit.kind == "quote":
        return unit.sentence_like or (place > start and is_comma(s[place - 1]))
    if unit.kind == "mark":
        return _mark_stops(s, place)
    if place > start and (time_size(s, place) or venue_size(s, place)):
        return not _inside_apposition(s, place, start)
    low = unit.low
    if low in {
        "that",
        "as",
        "while",
        "when",
        "after",
        "before",
        "during",
        "because",
        "if",
        "although",
        "amid",
        "following",
    }:
        return place > start and not (low == "as" and _related(s, place, start))
    if low in {"adding", "referring", "citing", "quoting"}:
        return True
    return isa(low, "modal", "auxiliary") and not _related(s, place, start)


def _inside_apposition(s: Sentence, place: int, start: int) -> bool:
    return any(isa(unit.low, "relative") for unit in s[start:place]) and not venue_size(s, place)


def _related(s: Sentence, place: int, start: int) -> bool:
    return any(isa(unit.low, "relative") for unit in s[start:place])


def _mark_stops(s: Sentence, place: int) -> bool:
    unit = s[place]
    if unit.text in ENDS | DASHES | set(";:") or unit.text.startswith("..."):
        return True
    if not is_comma(unit) or place + 1 >= len(s):
        return False
    following = s[place + 1]
    if following.kind == "quote":
        return True
    if isa(following.low, "preposition", "subordinator", "conjunction", "time") and not isa(following.low, "relative"):
        return following.low not in {"of", "from", "and"}
    if following.low.endswith("ing") and following.low not in {"acting"}:
        return True
    return _clause_follows(s, place + 1)


def _clause_follows(s: Sentence, at: int) -> bool:
    for unit in s[at:]:
        if is_comma(unit) or isa(unit.low, "relative"):
            return False
        if isa(unit.low, "modal", "auxiliary"):
            return True
    return False
