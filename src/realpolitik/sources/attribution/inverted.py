"""Rules R1 to R4 and R6: the verb of saying follows what was said, or interrupts it."""

from __future__ import annotations

from collections.abc import Sequence

from realpolitik.sources.attribution.after import source_after
from realpolitik.sources.attribution.contents import (
    adjuncts_end,
    content_start,
    ends_here,
    sentence_end,
)
from realpolitik.sources.attribution.cues import Cue
from realpolitik.sources.attribution.drafts import Draft
from realpolitik.sources.attribution.lexicon import isa, verbal
from realpolitik.sources.attribution.making import make
from realpolitik.sources.attribution.phrases import Range, is_comma, source_before
from realpolitik.sources.attribution.sentences import Sentence
from realpolitik.sources.attribution.units import DASHES, Unit


def inverted(s: Sentence, cue: Cue, later: Sequence[Cue], found: list[Draft]) -> Draft | None:
    """R2 `The talks failed, the envoy said`, R3 `The talks, he said, had failed`, R4 `..., said the envoy`."""
    if cue.participle or (cue.form == "base" and not set("bq") & set(cue.verb.frames)):
        return None
    source = source_before(s, cue.outer)
    if source is None:
        return verb_source(s, cue)
    if not s[source[0]].capital and s[source[0]].low.endswith(("ed", "ing")):
        return None
    parted = _parted(s, cue)
    if parted is not None or not source[0] or not set("qbQJ") & set(cue.verb.frames):
        return parted
    before = s[source[0] - 1]
    if before.low in {"which", "as", "that"}:
        if not set("tqbJ") & set(cue.verb.frames):
            return None
        return _relative(s, cue, source)
    if is_comma(before) or before.kind == "quote" or before.text in DASHES:
        return _said_before(s, cue, source, found)
    return None


def _said_before(s: Sentence, cue: Cue, source: Range, found: list[Draft]) -> Draft | None:
    """What was said stands left of the source (R2), or around the tag (R3)."""
    before = s[source[0] - 1]
    if not set("qbJ") & set(cue.verb.frames) and not any(unit.kind == "quote" for unit in s):
        return None
    stop = source[0] - (before.kind == "mark")
    left = (first_unit(s, stop, found), stop)
    rest = adjuncts_end(s, cue.last, cue.verb.frames)
    middle = _middle(s, rest, left)
    if middle is not None:
        return make(s, "R3", cue, source, *middle)
    if not _clausal(s, left):
        return None
    quoted = resumed(s, rest) if s[left[1] - 1].kind == "quote" else []
    if not quoted and rest + 1 < len(s) and is_comma(s[rest]) and s[rest + 1].low == "given":
        quoted = [(rest + 1, sentence_end(s))]
    tagged = before.kind == "quote" and _tagged(s, cue, rest)
    if quoted or tagged or content_start(s, cue) is None or ends_here(s, rest):
        return make(s, "R2", cue, source, left, *quoted)
    return None


def _tagged(s: Sentence, cue: Cue, rest: int) -> bool:
    """Does a tag after a quotation end here although the sentence goes on (`"...," he said, given ...`)?"""
    return rest >= len(s) or s[rest].kind == "mark" or s[cue.last].kind == "mark"


def _parted(s: Sentence, cue: Cue) -> Draft | None:
    """R4 `The talks, said the envoy, had failed`: verb and source interrupt the clause."""
    at = cue.first - 1
    if at <= 0 or not is_comma(s[at]) or "q" not in cue.verb.frames or any(is_comma(unit) for unit in s[:at]):
        return None
    source = source_after(s, cue.last)
    if source is None or source[1] + 1 >= len(s) or not is_comma(s[source[1]]):
        return None
    following = s[source[1] + 1]
    if not (isa(following.low, "modal", "auxiliary") or verbal(following.low)):
        return None
    return make(s, "R4", cue, source, (first_unit(s, at), at), (source[1] + 1, sentence_end(s)))


def _clausal(s: Sentence, place: Range) -> bool:
    inside = s[place[0] : place[1]]
    if not inside or (isa(inside[0].low, "subordinator") and not any(is_comma(unit) for unit in inside)):
        return bool(inside) and inside[0].low in {"if", "what", "how", "who"} and any(verbal(u.low) for u in inside)
    if isa(inside[0].low, "preposition") and not any(is_comma(unit) for unit in inside):
        return any(unit.kind == "quote" for unit in inside) or sum(isa(u.low, "auxiliary", "modal") for u in inside) > 0
    return any(unit.kind == "quote" or verbal(unit.low) for unit in inside)


def _middle(s: Sentence, at: int, left: Range) -> tuple[Range, ...] | None:
    """The clause that a speech tag interrupts: both parts, or the second where the first is a mere circumstance."""
    end = sentence_end(s)
    while at < end and s[at].kind == "word" and not verbal(s[at].low) and s[at].low != "that":
        at += 1
    if left[0] >= left[1] or at + 1 >= end or not is_comma(s[at]) or s[left[1] - 1].kind == "quote":
        return None
    rest = (at + 1, end)
    if _hangs(s, left):
        return left, rest
    if isa(s[left[0]].low, "preposition", "subordinator", "adverb"):
        return (rest,) if not _clausal(s, left) and _subject_and_verb(s, rest) else None
    return (left, rest) if _resumes(s, at + 1, left) else None


def _hangs(s: Sentence, left: Range) -> bool:
    """Does the part before the tag break off at its verb (`It was, he said, ...`, `It would take, she said, ...`)?"""
    if left[1] - left[0] < 2:
        return False
    last, before = s[left[1] - 1], s[left[1] - 2]
    if isa(last.low, "auxiliary", "modal", "negation"):
        return True
    return isa(before.low, "modal", "negation") and last.kind == "word" and not last.capital


def _resumes(s: Sentence, at: int, left: Range) -> bool:
    """Does the interrupted clause go on here: with its verb, or with `and` and a second clause?"""
    following = s[at]
    if isa(following.low, "modal", "auxiliary") or (verbal(following.low) and not following.low.endswith("ing")):
        return True
    joined = following.low == "and" and at + 1 < len(s) and not verbal(s[at + 1].low)
    return joined and _clausal(s, left) and _subject_and_verb(s, (at + 1, sentence_end(s)))


def _subject_and_verb(s: Sentence, place: Range) -> bool:
    opens = _opens_phrase(s[place[0]]) or s[place[0]].low == "both"
    return opens and any(verbal(unit.low) for unit in s[place[0] + 1 : place[1]])


def _relative(s: Sentence, cue: Cue, source: Range) -> Draft | None:
    """R6 `a move which analysts say could fail`, `As the envoy told a paper, the talks failed`."""
    end = sentence_end(s)
    at, boundary = cue.last, s[source[0] - 1].low
    if boundary == "as" and content_start(s, cue) is not None and source[0] > 1:
        return None
    if boundary == "as":
        if source[0] > 1:
            return make(s, "R6", cue, source, (0, source[0] - 1 - is_comma(s[source[0] - 2])))
        comma = next((i for i in range(at, end) if is_comma(s[i])), None)
        return make(s, "R6", cue, source, (comma + 1, end)) if comma is not None else None
    if boundary == "that" and source[0] > 1 and s[source[0] - 2].kind == "mark":
        return None
    if at < end and is_comma(s[at]) and at + 1 < end:
        return make(s, "R6", cue, source, (at + 1, end))
    if at < end and (isa(s[at].low, "modal", "auxiliary")):
        stop = next((i for i in range(at, end) if is_comma(s[i])), end)
        return make(s, "R6", cue, source, (at, stop))
    return None


def verb_source(s: Sentence, cue: Cue) -> Draft | None:
    """R4 `The talks failed, said the envoy.`"""
    if cue.first == 0 or not is_comma(s[cue.first - 1]) or "q" not in cue.verb.frames or cue.participle:
        return None
    left = (first_unit(s, cue.first - 1), cue.first - 1)
    source = source_after(s, cue.last)
    if source is None or not _clausal(s, left) or not _opens_phrase(s[source[0]]):
        return None
    return make(s, "R4", cue, source, left)


def _opens_phrase(unit: Unit) -> bool:
    """Can a noun phrase that speaks begin with this unit?"""
    return unit.capital or isa(unit.low, "determiner", "possessive", "pronoun", "group", "role", "title", "voice_noun")


def first_unit(s: Sentence, end: int, found: Sequence[Draft] = ()) -> int:
    """Where the content before a speech tag begins: after what others said, at a colon, or at the sentence's start."""
    taken = max((max(span.end for span in [*draft.content, *draft.cue]) for draft in found), default=0)
    first = next((i for i in range(end) if s[i].start >= taken), 0)
    quote = s[end - 1].kind == "quote" and end >= 2 and s[end - 2].text == ":"
    if quote:
        return end - 1
    while first < end - 1 and s[first].kind == "mark" and s[first].text not in "[($":
        first += 1
    while first < end - 1 and isa(s[first].low, "conjunction"):
        first += 1
    return _after_circumstance(s, first, end)


def _after_circumstance(s: Sentence, first: int, end: int) -> int:
    """Skip `As the rumours spread,`: the writer's circumstance before the clause that was said."""
    if s[first].low not in {"as", "amid", "meanwhile"}:
        return first
    comma = next((i for i in range(first, end) if is_comma(s[i])), None)
    return comma + 1 if comma is not None and comma + 1 < end else first


def resumed(s: Sentence, at: int) -> list[Range]:
    """Quotations that go on after the speech tag (`"...," he said, "..."`)."""
    end = sentence_end(s)
    for place in range(at, end):
        if s[place].kind == "quote":
            lead = s[at:place]
            if all(unit.kind == "mark" for unit in lead) and s[place].kind == "quote":
                return [(place, end if not s[place].sentence_like and not s[place].ended else place + 1)]
            return []
    return []


def after_quote(s: Sentence, cue: Cue, later: Sequence[Cue], found: list[Draft]) -> Draft | None:
    """R1 `"...," said the minister`: verb, then source, after a quotation."""
    at = cue.first
    if at > 0 and is_comma(s[at - 1]):
        at -= 1
    if (
        at == 0
        or s[at - 1].kind != "quote"
        or cue.participle
        or cue.last >= len(s)
        or not set("qQ") & set(cue.verb.frames)
    ):
        return None
    if not (s[at - 1].inner[-1:] in {",", "?", "!", "…", "-", "—"} or at != cue.first or s[at - 1].sentence_like):
        return None
    source = source_after(s, cue.last)
    if source is None:
        return None
    return make(s, "R1", cue, source, (first_unit(s, at, found), at), *resumed(s, source[1]))
