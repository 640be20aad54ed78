"""A model's answer held against the document: all it quotes stands in it literally, or is refused.

The answer is checked against its schema first (`asking.SCHEMA`): an answer of another shape, about another document or
too long is refused as a whole. Then claim by claim: typography aside, `quote` must stand in the document, `speaker` and
`cue` near it (three paragraphs before to one after) and outside it, hedges in the quote's or the cue's paragraph.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from realpolitik.sources.anchors import find_quote
from realpolitik.sources.attribution.model import Attribution, Hedge, Span, Speaker
from realpolitik.sources.document import Document
from realpolitik.sources.language_model.asking import CLAIM, KINDS, SPEAKERS, mark

LONGEST_ANSWER, MOST_CLAIMS, LONGEST_QUOTE, SHORTEST_QUOTE = 400_000, 300, 1_500, 8
BEFORE, AFTER = 3, 1
RULE = "LM"


@dataclass(frozen=True)
class Refusal:
    """A claim (its `number`, from 1; 0: the answer as a whole) that was not taken, and why; `closest`: the passage
    most like the words given, where there is one.
    """

    number: int
    why: str
    given: str = ""
    closest: str = ""

    def __str__(self) -> str:
        head = f"claim {self.number}: {self.why}" if self.number else f"the whole answer: {self.why}"
        given = f"  Given: '{self.given[:120]}'." if self.given else ""
        return head + given + (f"  Closest: '{self.closest[:160]}'." if self.closest else "")


class _Refused(Exception):
    def __init__(self, why: str, given: str = "") -> None:
        super().__init__(why)
        self.why, self.given = why, given


def verified(document: Document, answer: str) -> tuple[tuple[Attribution, ...], tuple[Refusal, ...]]:
    """The attributions of an answer that stand in the document, in reading order, and what was refused.

    >>> from realpolitik.sources.document import document_from_text
    >>> note = document_from_text("The talks may fail, the envoy said.")
    >>> claim = dict(quote="The talks may fail", speaker="the envoy", speaker_kind="person", cue="said",
    ...              kind="indirect", denied=False, hedges=["may"])
    >>> taken, refused = verified(note, json.dumps({"document": mark(note), "claims": [claim]}))
    >>> taken[0].content, refused
    ((Span(start=0, end=18),), ())
    >>> claim["quote"] = "The talks will fail"
    >>> print(verified(note, json.dumps({"document": mark(note), "claims": [claim]}))[1][0].closest)
    The talks may fail, the envoy said.
    """
    try:
        claims = _claims(document, answer)
    except _Refused as problem:
        return (), (Refusal(0, problem.why, problem.given),)
    taken: dict[Span, Attribution] = {}
    refused: list[Refusal] = []
    for number, claim in enumerate(claims, 1):
        try:
            made = _attribution(document, claim)
            if made.content[0] in taken:
                raise _Refused("the same words are claimed twice", str(claim["quote"]))
            taken[made.content[0]] = made
        except _Refused as problem:
            refused.append(Refusal(number, problem.why, problem.given, closest(document, problem.given)))
    return tuple(taken[span] for span in sorted(taken)), tuple(refused)


def _claims(document: Document, answer: str) -> Sequence[Any]:
    if len(answer) > LONGEST_ANSWER:
        raise _Refused(f"it has {len(answer):,} characters; at most {LONGEST_ANSWER:,} are read.")
    try:
        data = json.loads(answer, object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise _Refused("it is no JSON.", answer) from None
    if not isinstance(data, dict) or set(data) != {"document", "claims"} or not isinstance(data["claims"], list):
        raise _Refused("expected an object with 'document' and a list of 'claims', and nothing else.", answer)
    if data["document"] != mark(document):
        raise _Refused("it is about another document.", str(data["document"]))
    if len(data["claims"]) > MOST_CLAIMS:
        raise _Refused(f"it has {len(data['claims']):,} claims; at most {MOST_CLAIMS} are read.")
    return data["claims"]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError("a key stands twice")
    return dict(pairs)


def _no_constant(text: str) -> float:
    raise ValueError(text)


def _attribution(document: Document, claim: Any) -> Attribution:
    _check_shape(claim)
    quote = str(claim["quote"])
    if not SHORTEST_QUOTE <= len(quote) <= LONGEST_QUOTE:
        raise _Refused(f"a quote has {SHORTEST_QUOTE} to {LONGEST_QUOTE:,} characters.", quote)
    places = [Span(*place) for place in find_quote(document, quote)]
    if not places:
        raise _Refused("the quote stands nowhere in the document.", quote)
    for last, content in enumerate(places, 1):
        try:
            return _around(document, claim, content)
        except _Refused:
            if last == len(places):
                raise
    raise AssertionError


def _check_shape(claim: Any) -> None:
    if not isinstance(claim, dict) or set(claim) != set(CLAIM["required"]):
        raise _Refused("expected exactly the keys " + ", ".join(CLAIM["required"]) + ".", str(claim))
    texts = [claim[key] for key in ("quote", "speaker", "cue")]
    if not all(isinstance(text, str) and text.strip() for text in texts) or not isinstance(claim["denied"], bool):
        raise _Refused("quote, speaker and cue are texts, denied is true or false.", str(claim))
    if claim["kind"] not in KINDS or claim["speaker_kind"] not in SPEAKERS:
        raise _Refused("no such kind of speech or speaker.", f"{claim['kind']}, {claim['speaker_kind']}")
    hedges = claim["hedges"]
    if not isinstance(hedges, list) or not all(isinstance(item, str) and item.strip() for item in hedges):
        raise _Refused("hedges is a list of texts.", str(hedges))


def _around(document: Document, claim: Mapping[str, Any], content: Span) -> Attribution:
    source = _near(document, content, claim["speaker"], "speaker")
    cue = _near(document, content, claim["cue"], "cue")
    hedges = tuple(_hedge(document, content, cue, words) for words in claim["hedges"])
    name = document.text[source.start : source.end]
    return Attribution(
        kind=claim["kind"], content=(content,), source=(source,), cue=(cue,), rule=RULE,
        polarity="negative" if claim["denied"] else "positive", hedges=hedges,
        speaker=Speaker(" ".join(name.split()), claim["speaker_kind"], mention=source),
    )  # fmt: skip


def _near(document: Document, content: Span, words: str, what: str) -> Span:
    """Where words stand nearest to a quote, whole and outside it."""
    first, last = (document.paragraph_at(place).number for place in (content.start, content.end - 1))
    found = [
        span
        for span in _whole(document, words)
        if (span.end <= content.start or span.start >= content.end)
        and first - BEFORE <= document.paragraph_at(span.start).number <= last + AFTER
    ]
    if not found:
        raise _Refused(f"the {what} does not stand near the quote.", words)
    return min(found, key=lambda span: max(content.start - span.end, span.start - content.end))


def _whole(document: Document, words: str) -> Iterator[Span]:
    """Every place of the words that neither begins nor ends within a word."""
    text = document.text
    for start, end in find_quote(document, words):
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        if not (before.isalnum() and text[start].isalnum()) and not (after.isalnum() and text[end - 1].isalnum()):
            yield Span(start, end)


def _hedge(document: Document, content: Span, cue: Span, words: str) -> Hedge:
    within = [span for span in _whole(document, words) if content.start <= span.start and span.end <= content.end]
    if within:
        return Hedge(within[0], "content", "model")
    number = document.paragraph_at(cue.start).number
    around = [span for span in _whole(document, words) if document.paragraph_at(span.start).number == number]
    if not around:
        raise _Refused("a hedge stands neither in the quote nor beside its cue.", words)
    return Hedge(min(around, key=lambda span: abs(span.start - cue.start)), "cue", "model")


def closest(document: Document, words: str) -> str:
    """The paragraph most like some words, or "" where none is."""
    if not words:
        return ""
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(words[:300].casefold())
    best, found = 0.3, ""
    for item in document.paragraphs[:400]:
        text = document.text[item.start : item.end][:600]
        matcher.set_seq1(text.casefold())
        block = sum(size for _, _, size in matcher.get_matching_blocks() if size > 3) / max(1, len(words[:300]))
        if block > best:
            best, found = block, text
    return found
