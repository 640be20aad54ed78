"""From units to a draft: what every rule around a verb of saying does at its end."""

from __future__ import annotations

from realpolitik.sources.attribution.after import source_after
from realpolitik.sources.attribution.cues import Cue
from realpolitik.sources.attribution.drafts import Draft, Report, span
from realpolitik.sources.attribution.phrases import Range
from realpolitik.sources.attribution.sentences import Sentence


def make(s: Sentence, rule: str, cue: Cue, source: Range, *content: Range) -> Draft | None:
    """A draft from units: hedge, polarity and citations follow from the verb; None when nothing was said."""
    content = tuple(place for place in content if place[0] < place[1])
    if not content:
        return None
    verb = cue.verb
    spans = [span(s, place) for place in content]
    draft = Draft(rule, spans, [span(s, source)], [span(s, (cue.first, cue.last))], verb.negative, "x" in verb.frames)
    draft.hedged_cue = verb.hedge
    draft.optional = draft.optional and s[content[0][0]].kind != "quote"
    draft.inner.extend(cited(s, cue.last))
    return draft


def cited(s: Sentence, at: int) -> list[Report]:
    """Whom the source cites after `at` (`, quoting the chief of staff`), with the words that say so."""
    for place in range(at, len(s) - 1):
        if s[place].low in {"quoting", "citing"}:
            who = source_after(s, place + 1)
            return [(span(s, who), s[place].span)] if who else []
        if s[place].kind == "quote" and place > at:
            return []
    return []
