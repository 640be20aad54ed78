"""From attributions found in a document to statements that could become claims: words, speaker, chain, hedge, place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from realpolitik.errors import ExpressionError
from realpolitik.language.words import hedge_band
from realpolitik.sources.anchors import anchor
from realpolitik.sources.attribution.model import Attribution, Span, Speaker
from realpolitik.sources.document import Document
from realpolitik.sources.folding import without_controls

PLAIN_HEDGE = {"modal": "may", "adverb": "possibly", "reportative": "reportedly", "verb": "may"}
LEAD = re.compile(r"(?:that|to)\s+", re.I)
MARKS = " \t\n\"'“”‘’«»,;:"
LOOSE = re.compile(r"[\"“”]")
NAMELESS = frozenset({"anonymous", "group"})


@dataclass(frozen=True)
class Statement:
    """One thing said in a document. `words`: literal pieces joined; `chain`: outermost outlet first, origin last.

    `speaker_kind`: person, government, media, organisation, document, group, anonymous, state, or "" (nobody named).
    `hedge`: words of the table of hedges ("" without a hedge); `hedged_by`: the document's own. `said_with`: the verb.
    `place` and `anchor`: the first piece, as claims.yaml writes them. `around`: the paragraph.
    `denied`: the speaker says it is not so.
    """

    words: str
    speaker: str
    speaker_kind: str
    country: str
    chain: tuple[str, ...]
    hedge: str
    hedged_by: tuple[str, ...]
    said_with: str
    denied: bool
    dates: tuple[str, ...]
    document: str
    paragraph: int
    place: str
    anchor: str
    around: str = ""

    @property
    def is_anonymous(self) -> bool:
        """True where nobody in particular is said to have said it."""
        return self.speaker_kind in NAMELESS or not self.speaker


def statements(document: Document, found: Sequence[Attribution], name: str, outlet: str = "") -> tuple[Statement, ...]:
    """The statements of a document called `name` in sources.yaml; `outlet`: who published it.

    >>> from realpolitik.sources.attribution.extract import extract
    >>> from realpolitik.sources.document import document_from_text
    >>> note = document_from_text("The talks may fail, the envoy of France said.")
    >>> said = statements(note, extract(note.text), "note", "Gazette")[0]
    >>> said.words, said.hedge, said.chain
    ('The talks may fail', 'may', ('Gazette', 'envoy of France'))
    """
    return tuple(_statements(document, found, name, outlet))


def _statements(document: Document, found: Sequence[Attribution], name: str, outlet: str) -> Iterator[Statement]:
    for item in found:
        words = tidy(" ".join(document.text[span.start : span.end] for span in item.content))
        if not words:
            continue
        speaker, place = item.speaker, item.content[0]
        paragraph = document.paragraph_at(place.start)
        hedges = tuple(document.text[hedge.span.start : hedge.span.end] for hedge in item.hedges)
        yield Statement(
            words=words,
            speaker=_named(speaker) if speaker else "",
            speaker_kind=speaker.kind if speaker else "",
            country=(speaker.country or "") if speaker else "",
            chain=_chain(item, outlet),
            hedge=_hedge(hedges, tuple(hedge.kind for hedge in item.hedges)),
            hedged_by=hedges,
            said_with=" ".join(document.text[span.start : span.end] for span in item.cue).casefold(),
            denied=item.polarity == "negative",
            dates=tuple(dict.fromkeys(value for _, value in item.dates)),
            document=name,
            paragraph=paragraph.number,
            around=document.text[paragraph.start : paragraph.end],
            **_placed(document, place, name, paragraph.number),
        )


def tidy(text: str) -> str:
    """Words without outer quotation marks, leading `that` and line ends.

    >>> tidy('that “it rains,”')
    'it rains'
    """
    text = " ".join(without_controls(text).split()).strip(MARKS)
    text = LEAD.sub("", text, count=1).strip(MARKS) if LEAD.match(text) else text
    return text if text.count('"') % 2 == 0 and text.count("“") == text.count("”") else LOOSE.sub("", text)


def _chain(item: Attribution, outlet: str) -> tuple[str, ...]:
    steps = [_named(step.speaker) for step in item.chain] or ([_named(item.speaker)] if item.speaker else [])
    return tuple(dict.fromkeys(filter(None, (outlet, *steps))))


def _named(speaker: Speaker) -> str:
    """The speaker's name; an office that every state has, with its state."""
    name = without_controls(speaker.name)
    generic = speaker.country and name == name.casefold()
    return f"{name} ({speaker.country})" if generic else name


def _hedge(words: Sequence[str], kinds: Sequence[str]) -> str:
    """The hedges in words the table knows; of an unknown one, the nearest of its kind."""
    known = []
    for word, kind in zip(words, kinds, strict=True):
        plain = " ".join(word.casefold().split())
        known.append(plain if _is_known(plain) else PLAIN_HEDGE.get(kind, "may"))
    return "; ".join(dict.fromkeys(known))


def _is_known(word: str) -> bool:
    try:
        hedge_band(word)
    except ExpressionError:
        return False
    return True


def _placed(document: Document, span: Span, name: str, paragraph: int) -> dict[str, str]:
    made = anchor(document, span.start, span.end, keep_words=False)
    place = f"{name} paragraph {paragraph}, {made.start}-{made.end}, {made.length}"
    return {"place": place, "anchor": f"{made.exact_sha256} {made.context_sha256}"}
