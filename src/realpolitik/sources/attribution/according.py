"""Rules without a verb of saying: `according to`, and hearsay words whose source the writer leaves out."""

from __future__ import annotations

from realpolitik.sources.attribution.after import phrase_end, source_after
from realpolitik.sources.attribution.contents import sentence_end
from realpolitik.sources.attribution.drafts import Draft, Report, span
from realpolitik.sources.attribution.lexicon import isa, verbal
from realpolitik.sources.attribution.model import Span
from realpolitik.sources.attribution.phrases import Range, apposition, aside, is_comma, source_before
from realpolitik.sources.attribution.sentences import Sentence
from realpolitik.sources.attribution.times import time_size

RUMOUR = frozenset({"said", "reported", "rumoured", "rumored", "alleged"})


def according(s: Sentence, found: list[Draft]) -> list[Draft]:
    """Add what `according to` attributes; where a verb of saying already did, the two become one chain."""
    at = next(
        (i for i in range(len(s) - 2) if s[i].low == "according" and s[i + 1].low == "to" and _somebody(s, i)), None
    )
    if at is None or any(draft.holds(s[at].span) for draft in found):
        return found if at is None else _nested(s, at, found)
    return _attach(s, at, found)


def _somebody(s: Sentence, at: int) -> bool:
    """Does `according to` name a source, rather than a plan, a rule or a measure?"""
    end = phrase_end(s, at + 2)
    return not any(isa(unit.low, "measure") for unit in s[at + 2 : min(end, at + 6)])


def _nested(s: Sentence, at: int, found: list[Draft]) -> list[Draft]:
    """`The paper learned that according to a memo, ...`: the outer report becomes the first step of a chain."""
    outer = next(draft for draft in found if draft.holds(s[at].span))
    if at == 0 or s[at - 1].low != "that" or not outer.source:
        return found
    draft = _leading(s, at)
    if draft is None:
        return found
    draft.outer.append((outer.source[0], outer.cue[0]))
    return [draft if item is outer else item for item in found]


def _attach(s: Sentence, at: int, found: list[Draft]) -> list[Draft]:
    leading = at == 0 or (s[at - 1].kind != "quote" and (isa(s[at - 1].low, "conjunction", "subordinator", "adverb")))
    draft = _leading(s, at) if leading or not _before(s, at) else _trailing(s, at)
    if draft is None:
        return found
    inside = [item for item in found if draft.content[0].start <= item.start and item.end <= draft.end]
    touching = [item for item in inside if item.source and item.source[0].start >= draft.content[0].start]
    if touching:
        first = touching[0]
        draft.content[0] = Span(min(draft.content[0].start, first.source[0].start), draft.content[0].end)
        draft.inner.append((first.source[0], first.cue[0]))
        draft.negative = first.negative
        found = [item for item in found if item not in touching]
    return sorted([*found, draft], key=lambda item: item.start)


def _before(s: Sentence, at: int) -> bool:
    """Does what was said begin before `according to`: a clause, or a subject whose verb follows after the source?"""
    if any(verbal(unit.low) or unit.kind == "quote" for unit in s[:at]):
        return True
    if at < 2 or not is_comma(s[at - 1]) or isa(s[0].low, "preposition", "adverb", "subordinator", "time"):
        return False
    close = next((i for i in range(at + 2, len(s) - 1) if is_comma(s[i])), None)
    return close is not None and isa(s[close + 1].low, "modal", "auxiliary")


def _leading(s: Sentence, at: int) -> Draft | None:
    """A1 `According to the ministry, the dam holds`; the comma may be missing."""
    end = sentence_end(s)
    source = _leading_source(s, at + 2, end)
    start = source[1]
    while start < end and (s[start].kind == "mark" and s[start].text not in "[($"):
        start += 1
    if start >= end or source[0] >= source[1]:
        return None
    cue, stop = span(s, (at, at + 2)), _content_stop(s, start, end)
    return Draft("A1", [span(s, (start, stop))], [span(s, source)], [cue])


def _leading_source(s: Sentence, at: int, end: int) -> Range:
    commas = [i for i in range(at, end) if is_comma(s[i])]
    first = commas[0] if commas else end
    if not commas or any(isa(unit.low, "auxiliary", "modal") for unit in s[at:first]):
        return at, phrase_end(s, at)
    for close in commas[1:]:
        segment = s[first + 1 : close]
        if (
            not segment
            or segment[0].capital
            or s[close + 1].text[0].isdigit()
            or not apposition(segment)
            or any(isa(u.low, "auxiliary", "modal") for u in segment)
        ):
            break
        if not _clause_after(s, close + 1, end):
            break
        first = close
    return at, first


def _clause_after(s: Sentence, at: int, end: int) -> bool:
    return any(verbal(unit.low) or unit.kind == "quote" for unit in s[at:end])


def _content_stop(s: Sentence, start: int, end: int) -> int:
    for place in range(start + 2, end):
        if is_comma(s[place - 1]) and s[place].low in {"but", "while", "although", "though", "whereas"}:
            return place - 1
    return end


def _trailing(s: Sentence, at: int) -> Draft | None:
    """A2 `The dam holds, according to the ministry`; A3 in the middle of the clause."""
    source = source_after(s, at + 2)
    if source is None:
        return None
    first = _start(s, at)
    stop = at - is_comma(s[at - 1])
    content = [span(s, (first, stop))] if first < stop else []
    content += [span(s, place) for place in _rest(s, source[1], first, at)]
    if not content:
        return None
    return Draft("A2", content, [span(s, source)], [span(s, (at, at + 2))], inner=[*_cited(s, source)])


def _cited(s: Sentence, source: Range) -> list[Report]:
    for place in range(source[1], len(s) - 1):
        if s[place].low in {"quoting", "citing"}:
            who = source_after(s, place + 1)
            return [(span(s, who), s[place].span)] if who else []
    return []


def _rest(s: Sentence, at: int, first: int, cue: int) -> list[Range]:
    end = sentence_end(s)
    place = at
    while place < end and (is_comma(s[place]) or time_size(s, place)):
        place += time_size(s, place) or 1
    if place >= end:
        return []
    interrupted = is_comma(s[place - 1]) and (isa(s[place].low, "modal", "auxiliary") or verbal(s[place].low))
    return [(place, end)] if interrupted else []


def _start(s: Sentence, at: int) -> int:
    """Where the clause before `according to` begins: circumstances and conjunctions stay outside."""
    first = 0
    while first < at and (isa(s[first].low, "conjunction") or s[first].text in {",", "-", "–", "—"}):
        first += 1
    comma = next((i for i in range(first, at - 1) if is_comma(s[i])), None)
    if comma is not None and s[first].low in {"as", "amid", "meanwhile", "however", "moreover", "furthermore"}:
        return comma + 1
    return first


def hearsay(s: Sentence) -> list[Draft]:
    """H1 `The army has reportedly left`, H2 `is said to have left`, H3 `There are reports that it left`."""
    end = sentence_end(s)
    for at, unit in enumerate(s[:end]):
        if isa(unit.low, "hearsay") and unit.kind == "word":
            return [_hearsay(s, "H1", (at, at + 1), _clause_span(s, at, end))]
        if _passive_report(s, at):
            first = at + (s[at - 1].low in {"it", "widely"})
            stop = at + 2
            content = (at + 2, end) if s[stop].low == "that" and s[max(0, at - 1)].low == "it" else _clause(s, at, end)
            return [_hearsay(s, "H2", (first - (first > at), stop), span(s, content))]
        if isa(unit.low, "reporting_noun") and at + 2 < end and s[at + 1].low == "that" and not _owned(s, at):
            return [_hearsay(s, "H3", (at, at + 1), span(s, (at + 1, end)))]
    return []


def _hearsay(s: Sentence, rule: str, cue: Range, content: Span) -> Draft:
    return Draft(rule, [content], [], [span(s, cue)], hearsay=True, optional=False, hedged_cue=True)


def _clause(s: Sentence, at: int, end: int) -> Range:
    subject = source_before(s, at)
    first = subject[0] if subject else 0
    return (first, end)


def _clause_span(s: Sentence, at: int, end: int) -> Span:
    return span(s, (_start(s, at), end))


def _passive_report(s: Sentence, at: int) -> bool:
    if at + 2 >= len(s) or s[at + 1].low not in RUMOUR or not isa(s[at].low, "be"):
        return False
    return s[at + 2].low in {"to", "that"} and at > 0


def _owned(s: Sentence, at: int) -> bool:
    """Does somebody own the report (`their claim that`, `the ministry's report that`)?"""
    before = s[at - 1].low if at else ""
    return isa(before, "possessive") or before.endswith(("'s", "s'")) or aside(s[at : at + 1])
