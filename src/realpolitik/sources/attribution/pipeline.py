"""From a text to drafts: paragraphs, sentences, rules, and quotations carried from speaker to speaker."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from realpolitik.sources.attribution.according import according, hearsay
from realpolitik.sources.attribution.drafts import Draft, span
from realpolitik.sources.attribution.layout import Place, after_dateline, body, heading
from realpolitik.sources.attribution.lexicon import isa
from realpolitik.sources.attribution.model import Span
from realpolitik.sources.attribution.quotations import led_in, loose, only_quotes, open_at_end, signed, subject_of
from realpolitik.sources.attribution.reported import reported
from realpolitik.sources.attribution.sentences import Sentence, sentences
from realpolitik.sources.attribution.units import units
from realpolitik.sources.document import Paragraph, split_paragraphs

MEMORY = 2
OPENING, CLOSING = '“"„«', '”"»'


@dataclass
class Reading:
    """What has been read so far: drafts, the last speaker, and how many paragraphs ago they spoke."""

    text: str
    single: bool
    drafts: list[Draft] = field(default_factory=list)
    last: Draft | None = None
    silent: int = 0
    open: bool = False
    thoughts: list[Draft] = field(default_factory=list)


def drafts(text: str) -> list[Draft]:
    """All attributions of `text` as drafts, thoughts (optional) among them, in reading order."""
    reading = Reading(text, single=not re.search(r"[\"“”„«]", text))
    paragraphs = split_paragraphs(text)
    for paragraph in paragraphs:
        words = text[paragraph.start : paragraph.end]
        place = Place(paragraph.number, len(paragraphs), len(words.split()))
        if body(words, place):
            _paragraph(reading, paragraph, heading(words, place))
    return sorted((draft for draft in reading.drafts + reading.thoughts if draft.content), key=lambda item: item.start)


def _paragraph(reading: Reading, paragraph: Paragraph, is_heading: bool) -> None:
    words = reading.text[paragraph.start : paragraph.end]
    inside = reading.open and not words.startswith(tuple(OPENING)) and any(mark in words for mark in CLOSING)
    reading.open = open_at_end(reading.text, paragraph, inside, reading.single)
    start = paragraph.start + after_dateline(words)
    found = sentences(units(reading.text, start, paragraph.end, reading.single, inside))
    if inside and found and reading.drafts:
        reading.drafts[-1].content.append(found[0][0].span)
        found[0] = found[0][1:]
        found = [sentence for sentence in found if sentence]
        if not found:
            return
    if is_heading:
        return
    if not found or (len(found) == 1 and signed(found[0])):
        return
    if all(only_quotes(sentence) for sentence in found):
        _carry(reading, found)
        return
    before, spoke = len(reading.drafts), None
    previous: Sentence | None = None
    for sentence in found:
        spoke = _sentence(reading, sentence, spoke, previous)
        previous = sentence
    new = reading.drafts[before:]
    reading.silent = 0 if new else reading.silent + 1


def _sentence(reading: Reading, s: Sentence, spoke: Draft | None, previous: Sentence | None) -> Draft | None:
    """Read one sentence; return the attribution that a quotation after it would continue."""
    if only_quotes(s):
        return _standing(reading, s, spoke, previous)
    found = according(s, reported(s))
    reading.thoughts.extend(draft for draft in found if draft.optional)
    found = [draft for draft in found if not draft.optional]
    for quote in loose(s, found):
        draft = led_in(s, quote)
        if draft is not None:
            found.append(draft)
    if not found:
        found = hearsay(s)
    reading.drafts.extend(found)
    speaking = [draft for draft in found if draft.source]
    if speaking:
        reading.last = speaking[-1]
    return speaking[-1] if speaking else (spoke if _still(s) else None)


def _still(s: Sentence) -> bool:
    """May the speaker before this sentence still be the one quoted after it (a question, a pronoun)?"""
    return s[-1].text == "?" or any(isa(unit.low, "person_pronoun") for unit in s[:3])


def _standing(reading: Reading, s: Sentence, spoke: Draft | None, previous: Sentence | None) -> Draft | None:
    """A quotation that is a sentence by itself, within a paragraph."""
    spans = [unit.span for unit in s if unit.kind == "quote"]
    if spoke is not None and _continues(spoke):
        spoke.content.extend(spans)
        return spoke
    if spoke is not None:
        draft = Draft("Q2", spans, list(spoke.source), list(spoke.cue))
    else:
        draft = _unsaid(reading, spans, previous)
    reading.drafts.append(draft)
    reading.last = draft if draft.source else reading.last
    return draft


def _continues(draft: Draft) -> bool:
    """Is the quotation's speech tag in the middle (two parts of one attribution)?"""
    tagged = draft.rule in {"R1", "R2"} or (draft.rule == "R8" and draft.start < draft.source[0].start)
    return tagged and not draft.carried


def _unsaid(reading: Reading, spans: list[Span], previous: Sentence | None) -> Draft:
    subject = subject_of(previous) if previous is not None else None
    if subject is not None and previous is not None:
        return Draft("Q3", spans, [span(previous, subject)], [])
    if reading.last is not None:
        return Draft("Q3", spans, list(reading.last.source), list(reading.last.cue), carried=True)
    return Draft("Q3", spans, [], [])


def _carry(reading: Reading, found: list[Sentence]) -> None:
    """Q4: a paragraph of quotation alone belongs to the last speaker; after a colon it is what was announced."""
    spans = [unit.span for sentence in found for unit in sentence if unit.kind == "quote"]
    joined = [Span(spans[0].start, spans[-1].end)]
    words = reading.text[joined[0].start : joined[0].end].strip("“”\"'‘’ ")
    if reading.text.count(words) > 1:
        return
    last = reading.last if reading.silent <= MEMORY else None
    source, cue = (list(last.source), list(last.cue)) if last else ([], [])
    reading.drafts.append(Draft("Q4", joined, source, cue, carried=bool(last)))
