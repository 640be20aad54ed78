"""Words that lower or grade commitment: in what was said, and in the verb that reports it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from realpolitik.sources.attribution.drafts import Draft
from realpolitik.sources.attribution.lexicon import lines
from realpolitik.sources.attribution.model import Hedge, Span

BELIEF = ("belief",)
NOT_HEDGES = re.compile(
    r"\bas \w+ as possible\b|\bwould like\b|\bwould rather\b|\b(?:military|economic|the|their|its) might\b|"
    r"\bcould(?:n['’]t| not)? (?:hear|see|feel|smell|taste|remember)\b",
    re.I,
)
ABOUT = frozenset({"about", "around"})
COUNTED = re.compile(
    r"\s+(?:[$€£¥]|[A-Z]{1,3}[a-z]{0,2}\.?\s)?\s*(?:\d|(?:half|two|three|four|five|six|seven|eight|nine|ten|twenty|"
    r"thirty|forty|fifty|a (?:dozen|hundred|thousand|million|third|quarter))\b)"
)
SENTENCE = re.compile(r"[.?!…]['\"”’]?\s")


@cache
def _phrases() -> tuple[re.Pattern[str], dict[str, str]]:
    kinds = {phrase.strip(): kind.strip() for phrase, _, kind in (line.partition("|") for line in lines("hedges.txt"))}
    longest = sorted(kinds, key=len, reverse=True)
    pattern = (
        r"(?<![\w'’-])(?:" + "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest) + r")(?![\w-])"
    )
    return re.compile(pattern, re.I), kinds


def hedges(text: str, draft: Draft) -> tuple[Hedge, ...]:
    """The hedges of an attribution, content first; each span literal.

    >>> [text for text in ("would", "May 2023") if list(_found(text, Span(0, len(text))))]
    ['would']
    """
    found = [hedge for span in draft.content for hedge in _found(text, span)]
    if draft.hedged_cue:
        found += [Hedge(span, "cue", "report") for span in draft.cue]
    else:
        found += [Hedge(hedge.span, "cue", hedge.kind) for span in draft.cue for hedge in _found(text, span)]
    reported = [hedge.span for hedge in found if hedge.scope == "cue"]
    apart = (hedge for hedge in found if hedge.scope == "cue" or not any(_meet(hedge.span, span) for span in reported))
    return tuple({hedge.span: hedge for hedge in apart}.values())


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _found(text: str, place: Span) -> Iterator[Hedge]:
    pattern, kinds = _phrases()
    words = text[place.start : place.end]
    excluded = [match.span() for match in NOT_HEDGES.finditer(words)]
    believed = -1
    for match in pattern.finditer(words):
        phrase = re.sub(r"\s+", " ", match.group().lower())
        kind = kinds[phrase]
        if match.group() == "May" and (match.start() > 0 or words[match.end() :].lstrip()[:1].isdigit()):
            continue  # the month
        if phrase in ABOUT and not COUNTED.match(words, match.end()):
            continue
        if any(start <= match.start() < end for start, end in excluded):
            continue
        if kind == "modal" and believed >= 0 and not SENTENCE.search(words[believed : match.start()]):
            continue
        if kind in BELIEF and match.group()[:1] in "iIwW":
            believed = match.end()
        yield Hedge(Span(place.start + match.start(), place.start + match.end()), "content", kind)
