"""How far a time (`on Friday`, `last week`) or a venue (`in a statement`) reaches."""

from __future__ import annotations

from realpolitik.sources.attribution.lexicon import isa
from realpolitik.sources.attribution.sentences import Sentence


def time_size(s: Sentence, at: int) -> int:
    """How many units from `at` are a time (`on Friday`, `last week`, `early on 3 May 2019`)? 0 if none.

    >>> from realpolitik.sources.attribution.units import units
    >>> text = "on Friday the minister"
    >>> time_size(tuple(units(text, 0, len(text))), 0)
    2
    """
    place = at
    while place < len(s) and (
        isa(s[place].low, "time_lead") or s[place].low in {"on", "in", "at"} or _the_next(s, place)
    ):
        if isa(s[place].low, "preposition") and place > at + 1:
            break
        place += 1
    size = 0
    while place < len(s) and _timely(s, place, size):
        place += 1
        size += 1
    if place < len(s) and size and s[place].low in {"ago", "earlier", "later", "before"}:
        place += 1
    return place - at if size else 0


def _the_next(s: Sentence, at: int) -> bool:
    return s[at].low in {"the", "a"} and at + 1 < len(s) and isa(s[at + 1].low, "time_lead", "time_unit")


def _timely(s: Sentence, at: int, size: int) -> bool:
    unit = s[at]
    if isa(unit.low, "time") and (unit.capital or unit.low in {"yesterday", "today", "tomorrow", "tonight"}):
        return True
    if isa(unit.low, "time_unit"):
        return size > 0 or (at > 0 and isa(s[at - 1].low, "time_lead", "determiner"))
    if unit.text == ",":
        return size > 0 and at + 1 < len(s) and is_year(s[at + 1].text)
    return is_year(unit.text) or (size > 0 and unit.text[0].isdigit())


def is_year(text: str) -> bool:
    """Is this a year, as written in figures?"""
    return len(text) == 4 and text.isdigit() and text[0] in "12"


def venue_size(s: Sentence, at: int) -> int:
    """How many units from the preposition `at` are a venue (`in a statement`, `at a news conference in Geneva`)?"""
    if at >= len(s) or not isa(s[at].low, "preposition") or s[at].low in {"of"}:
        return 0
    for place in range(at + 1, min(at + 9, len(s))):
        unit = s[place]
        if unit.kind == "mark" and unit.text not in "'’-":
            return 0
        if isa(unit.low, "venue"):
            following = s[place + 1].low if place + 1 < len(s) else ""
            if isa(following, "venue"):
                continue
            return place + 1 - at
        if isa(unit.low, "subject_pronoun", "modal", "auxiliary"):
            return 0
    return 0
