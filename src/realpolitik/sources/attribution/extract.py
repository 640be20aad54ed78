"""The whole way: a text in, attributions out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from realpolitik.sources.attribution.dates import dates, document_date
from realpolitik.sources.attribution.drafts import Draft, Report
from realpolitik.sources.attribution.hedging import hedges
from realpolitik.sources.attribution.model import Attribution, Kind, Span, Speaker, Step
from realpolitik.sources.attribution.pipeline import drafts
from realpolitik.sources.attribution.speakers import Cast, cast
from realpolitik.sources.folding import READING, Folded, fold

ISSUED = re.compile(
    r"(?:\w+\s+){0,4}(?:report|statement|study|memo|letter|survey|poll|post|article|note|message|communique|paper|"
    r"analysis|document|briefing)s?\s+(?:from|by|of)\s+(?=(?:the\s+)?(?:[\w-]+\s+){0,4}?[A-Z])",
    re.I,
)
MARKS = '“”"„«»‘'


def extract(text: str, thoughts: bool = False) -> tuple[Attribution, ...]:
    """Who says what in `text`? Attributions in reading order, their spans code points of `text`.

    With `thoughts`, also what somebody believes, hopes or fears (marked `optional`).

    >>> found = extract("The talks failed, the envoy said.")
    >>> [span for item in found for span in item.content], found[0].rule
    ([Span(start=0, end=16)], 'R2')
    """
    folded = fold(text, READING)
    people = cast(folded.text)
    said = document_date(folded.text)
    finished = []
    for draft in drafts(folded.text):
        item = _finish(folded.text, draft, people)
        when = tuple(pair for span in draft.content for pair in dates(folded.text, span, said))
        finished.append(_original(folded, replace(item, dates=when)))
    return tuple(item for item in finished if thoughts or not item.optional)


def completed(text: str, found: tuple[Attribution, ...]) -> tuple[Attribution, ...]:
    """Attributions found otherwise, in reading order, with speakers, states named and dates as `extract` finds them.

    Spans stay as they are; a speaker keeps the kind given where the rules see nobody in particular.
    """
    folded = fold(text, READING)
    people, said = cast(folded.text), document_date(folded.text)

    def there(span: Span) -> Span:
        return Span(*folded.from_original(*span))

    def back(span: Span) -> Span:
        return Span(*folded.to_original(*span))

    out = []
    for item in found:
        places = [there(span) for span in item.content]
        actors = tuple((back(m.span), m.actor.iso3) for span in places for m in people.countries.within(span))
        when = tuple((back(span), value) for place in places for span, value in dates(folded.text, place, said))
        out.append(replace(item, speaker=_known_as(item, there, people), actors=actors, dates=when))
    return tuple(out)


def _known_as(item: Attribution, there: Callable[[Span], Span], people: Cast) -> Speaker | None:
    if not item.source:
        return item.speaker
    known = people.resolve(there(item.source[0]))
    given = item.speaker.kind if item.speaker and known.kind == "anonymous" else known.kind
    return replace(known, kind=given, mention=item.source[0])


def _finish(text: str, draft: Draft, people: Cast) -> Attribution:
    speaker, chain = _chain(text, draft, people)
    return Attribution(
        kind=kind_of(text, draft),
        content=tuple(draft.content),
        source=tuple(draft.source),
        cue=tuple(draft.cue),
        rule=draft.rule,
        polarity="negative" if draft.negative else "positive",
        carried=draft.carried,
        optional=draft.optional,
        speaker=speaker,
        chain=chain,
        hedges=hedges(text, draft),
        actors=tuple((m.span, m.actor.iso3) for span in draft.content for m in people.countries.within(span)),
    )


def _chain(text: str, draft: Draft, people: Cast) -> tuple[Speaker | None, tuple[Step, ...]]:
    outer = [_step(report, people) for report in draft.outer]
    if not draft.source:
        return None, ()
    own = Step(people.resolve(draft.source[0]), draft.source[0], draft.cue[0] if draft.cue else None)
    inner = [_step(report, people) for report in [*spoken_for(text, draft), *draft.inner]]
    chain = (*outer, own, *inner)
    return own.speaker, chain if len(chain) > 1 else ()


def _step(report: Report, people: Cast) -> Step:
    return Step(people.resolve(report[0]), report[0], report[1])


def spoken_for(text: str, draft: Draft) -> list[Report]:
    """Who issued the document that speaks (`a report from the agency`)? One report, or none."""
    source = draft.source[0]
    match = ISSUED.match(text, source.start, source.end)
    if not match:
        return []
    name = re.split(r",\s", text[match.end() : source.end])[0].rstrip(" ,")
    return [(Span(match.end(), match.end() + len(name)), None)]


def _original(folded: Folded, item: Attribution) -> Attribution:
    """The same attribution with every span in the original text."""

    def back(span: Span) -> Span:
        return Span(*folded.to_original(*span))

    def known(speaker: Speaker | None) -> Speaker | None:
        return replace(speaker, mention=back(speaker.mention)) if speaker and speaker.mention else speaker

    steps = tuple(
        Step(known(step.speaker) or step.speaker, back(step.mention), back(step.cue) if step.cue else None)
        for step in item.chain
    )
    return replace(
        item,
        content=tuple(map(back, item.content)),
        source=tuple(map(back, item.source)),
        cue=tuple(map(back, item.cue)),
        hedges=tuple(replace(hedge, span=back(hedge.span)) for hedge in item.hedges),
        actors=tuple((back(span), code) for span, code in item.actors),
        dates=tuple((back(span), value) for span, value in item.dates),
        speaker=known(item.speaker),
        chain=steps,
    )


def kind_of(text: str, draft: Draft) -> Kind:
    """Direct when the content opens with a quotation mark (after `that`), mixed when it holds one, else indirect."""
    if draft.hearsay:
        return "hearsay"
    if draft.label:
        return "term"
    words = "".join(text[span.start : span.end] for span in draft.content).removeprefix("that").lstrip()
    if words[:1] in MARKS or (words[:1] == "'" and draft.rule.startswith(("Q", "R1", "R2"))):
        return "direct"
    return "mixed" if any(mark in words for mark in MARKS[:6]) else "indirect"
