"""Rules around a verb of saying: before what was said, after it, in its middle, as a label, as a quotation of a quotation."""

from __future__ import annotations

from collections.abc import Sequence

from realpolitik.sources.attribution.contents import (
    adjuncts_end,
    clause_holds,
    content_end,
    content_start,
    ends_here,
    sentence_end,
    without_bracket,
)
from realpolitik.sources.attribution.cues import Cue, find_cues
from realpolitik.sources.attribution.drafts import Draft, Report, span
from realpolitik.sources.attribution.lexicon import isa, verbal
from realpolitik.sources.attribution.phrases import (
    Range,
    is_comma,
    left_edge,
    phrase_end,
    source_after,
    source_before,
    subject,
    trimmed,
)
from realpolitik.sources.attribution.sentences import Sentence
from realpolitik.sources.attribution.units import DASHES

EVIDENCE = frozenset({"suggest", "show", "indicate", "imply", "reveal", "underscore", "highlight", "find", "underline",
                      "confirm", "maintain", "rule", "project", "point", "mean", "read", "repeat", "post"})  # fmt: skip
SPEAKING = (
    "role",
    "group",
    "voice_noun",
    "person_pronoun",
    "media_noun",
    "government_noun",
    "organisation_noun",
    "title",
)


def reported(s: Sentence) -> list[Draft]:
    """All attributions of a sentence that hang on a verb of saying, outermost only."""
    cues = find_cues(s)
    found: list[Draft] = []
    for number, cue in enumerate(cues):
        if any(draft.holds(s[cue.at].span) for draft in found if not draft.optional):
            continue
        draft = _attribute(s, cue, cues[number + 1 :], found)
        if draft is not None:
            found.append(draft)
    return found


def _attribute(s: Sentence, cue: Cue, later: Sequence[Cue], found: list[Draft]) -> Draft | None:
    if cue.doubtful:
        return None
    if "S" in cue.verb.frames:
        return _quoting(s, cue)
    if cue.passive:
        return None
    for rule in (_after_quote, _label, _inverted, _forward):
        draft = rule(s, cue, later, found)
        if draft is not None:
            return draft
    return None


def _make(s: Sentence, rule: str, cue: Cue, source: Range, *content: Range) -> Draft | None:
    content = tuple(place for place in content if place[0] < place[1])
    if not content:
        return None
    verb = cue.verb
    spans = [span(s, place) for place in content]
    draft = Draft(rule, spans, [span(s, source)], [span(s, (cue.first, cue.last))], verb.negative, "x" in verb.frames)
    draft.hedged_cue = verb.hedge
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


def _after_quote(s: Sentence, cue: Cue, later: Sequence[Cue], found: list[Draft]) -> Draft | None:
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
    source = source_after(s, adjunct_free(s, cue))
    if source is None:
        return None
    return _make(s, "R1", cue, source, (_first(s, at, found), at), *_resumed(s, source[1]))


def adjunct_free(s: Sentence, cue: Cue) -> int:
    """The unit after the verb (`said` X): venue and time may not stand between."""
    return cue.last


def _first(s: Sentence, end: int, found: Sequence[Draft] = ()) -> int:
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


def _resumed(s: Sentence, at: int) -> list[Range]:
    """Quotations that go on after the speech tag (`"...," he said, "..."`)."""
    end = sentence_end(s)
    for place in range(at, end):
        if s[place].kind == "quote":
            lead = s[at:place]
            if all(unit.kind == "mark" for unit in lead) and s[place].kind == "quote":
                return [(place, end if not s[place].sentence_like and not s[place].ended else place + 1)]
            return []
    return []


def _label(s: Sentence, cue: Cue, later: Sequence[Cue], found: list[Draft]) -> Draft | None:
    """R5 `dubbed the dam "a bomb"`, `what it called a "wall"`: a name given in quotation marks."""
    if "l" not in cue.verb.frames or (cue.participle and not found):
        return None
    quote = next((i for i in range(cue.last, len(s)) if s[i].kind == "quote"), None)
    if quote is None or any(is_comma(unit) for unit in s[cue.last : quote]):
        return None
    source = _source(s, cue, found)
    if source is None:
        return None
    edge = left_edge(s, cue.outer)
    asked = edge > 0 and s[edge - 1].low == "what"
    if quote == cue.last and not asked and not (edge > 0 and s[edge - 1].low in {"which", "that"}):
        return None
    start = cue.last + (cue.verb.base == "refer")
    draft = _make(s, "R5", cue, source, (start, quote + 1))
    if draft is not None:
        draft.label = asked
    return draft


def _inverted(s: Sentence, cue: Cue, later: Sequence[Cue], found: list[Draft]) -> Draft | None:
    """R2 `The talks failed, the envoy said`, R3 `The talks, he said, had failed`, R4 `..., said the envoy`."""
    if cue.participle or (cue.form == "base" and not set("bq") & set(cue.verb.frames)):
        return None
    source = source_before(s, cue.outer)
    if source is None:
        return _verb_source(s, cue)
    parted = _parted(s, cue)
    if parted is not None:
        return parted
    first = source[0]
    before = s[first - 1] if first else None
    rest = adjuncts_end(s, cue.last, cue.verb.frames)
    if before is not None and before.low in {"which", "as", "that"} and set("tqbJ") & set(cue.verb.frames):
        return _relative(s, cue, source)
    if before is None or not (is_comma(before) or before.kind == "quote" or before.text in DASHES):
        return None
    left = (_first(s, first - is_comma(before), found), first - is_comma(before) - (before.text in DASHES))
    if not set("tqbQJ") & set(cue.verb.frames):
        return None
    middle = _middle(s, rest, left)
    if middle is not None:
        return _make(s, "R3", cue, source, left, middle)
    if not _clausal(s, left):
        return None
    quoted = _resumed(s, rest) if s[left[1] - 1].kind == "quote" else []
    if quoted or ends_here(s, rest) or (before.kind == "quote" and _tagged(s, cue, rest)):
        return _make(s, "R2", cue, source, left, *quoted)
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
    return _make(s, "R4", cue, source, (_first(s, at), at), (source[1] + 1, sentence_end(s)))


def _clausal(s: Sentence, place: Range) -> bool:
    inside = s[place[0] : place[1]]
    if not inside or (isa(inside[0].low, "subordinator") and not any(is_comma(unit) for unit in inside)):
        return bool(inside) and inside[0].low in {"if", "what", "how", "who"} and any(verbal(u.low) for u in inside)
    if isa(inside[0].low, "preposition") and not any(is_comma(unit) for unit in inside):
        return any(unit.kind == "quote" for unit in inside) or sum(isa(u.low, "auxiliary", "modal") for u in inside) > 0
    return any(unit.kind == "quote" or verbal(unit.low) for unit in inside)


def _middle(s: Sentence, at: int, left: Range) -> Range | None:
    """The rest of a clause that a speech tag interrupts."""
    end = sentence_end(s)
    if left[0] >= left[1] or at + 1 >= end or not is_comma(s[at]) or s[left[1] - 1].kind == "quote":
        return None
    if isa(s[left[0]].low, "preposition", "subordinator", "adverb"):
        return None
    following = s[at + 1]
    if isa(following.low, "modal", "auxiliary") or (verbal(following.low) and not following.low.endswith("ing")):
        return at + 1, end
    return None


def _relative(s: Sentence, cue: Cue, source: Range) -> Draft | None:
    """R6 `a move which analysts say could fail`, `As the envoy told a paper, the talks failed`."""
    end = sentence_end(s)
    at, boundary = cue.last, s[source[0] - 1].low
    if boundary == "as":
        if source[0] > 1:
            return _make(s, "R6", cue, source, (0, source[0] - 1 - is_comma(s[source[0] - 2])))
        comma = next((i for i in range(at, end) if is_comma(s[i])), None)
        return _make(s, "R6", cue, source, (comma + 1, end)) if comma is not None else None
    if boundary == "that" and source[0] > 1 and s[source[0] - 2].kind == "mark":
        return None
    if at < end and is_comma(s[at]) and at + 1 < end:
        return _make(s, "R6", cue, source, (at + 1, end))
    if at < end and (isa(s[at].low, "modal", "auxiliary")):
        stop = next((i for i in range(at, end) if is_comma(s[i])), end)
        return _make(s, "R6", cue, source, (at, stop))
    return None


def _verb_source(s: Sentence, cue: Cue) -> Draft | None:
    """R4 `The talks failed, said the envoy.`"""
    if cue.first == 0 or not is_comma(s[cue.first - 1]) or "q" not in cue.verb.frames or cue.participle:
        return None
    left = (_first(s, cue.first - 1), cue.first - 1)
    source = source_after(s, cue.last)
    if source is None or not _clausal(s, left):
        return None
    return _make(s, "R4", cue, source, left)


def _forward(s: Sentence, cue: Cue, later: Sequence[Cue], found: list[Draft]) -> Draft | None:
    """R7 `The envoy said that the talks had failed`; R4 when verb and source follow what was said."""
    start = content_start(s, cue)
    if start is None:
        return _verb_source(s, cue)
    source = _source(s, cue, found)
    if source is None or not _speaks(s, source, cue):
        return None
    end = content_end(s, start, cue, later)
    if _hypothetical(s, source):
        return None
    end = _subordinate_end(s, source, start, end)
    if not clause_holds(s, cue, start, end):
        return None
    if "v" in cue.verb.frames and any("l" in other.verb.frames for other in later):
        return None
    resumed = _resumed(s, end) if s[start].kind == "quote" and end == start + 1 else []
    if "v" in cue.verb.frames or (not cue.verb.frames.strip("lv")):
        end = max(i for i in range(start, len(s)) if s[i].kind == "quote") + 1
    return _make(s, "R7", cue, source, (start, end), *resumed)


def _hypothetical(s: Sentence, source: Range) -> bool:
    return source[0] > 0 and s[source[0] - 1].low in {"if", "unless", "whether"}


def _subordinate_end(s: Sentence, source: Range, start: int, end: int) -> int:
    """`Since the envoy has said that he will come, the talks ...`: the comma that closes the clause ends the content."""
    opener = source[0] - 1
    if opener < 0 or not isa(s[opener].low, "subordinator") or s[opener].low in {"that", "who", "which", "as"}:
        return end
    if opener > 0 and s[opener - 1].low not in {"and", "but"}:
        return end
    depth = 0
    for place in range(start, end):
        depth += {"(": 1, ")": -1}.get(s[place].text, 0)
        if is_comma(s[place]) and depth == 0 and any(verbal(unit.low) for unit in s[place:end]):
            return without_bracket(s, start, place)
    return end


def _source(s: Sentence, cue: Cue, found: list[Draft]) -> Range | None:
    """The subject: before the verb, or shared with the verb of saying before it."""
    first = cue.outer
    if cue.participle:
        return _participle_source(s, first, found)
    if first > 0 and s[first - 1].low in {"and", "but", "or"}:
        return _shared(s, found) or _main_subject(s, first)
    source = source_before(s, first)
    if source is not None and any(draft.holds(s[source[0]].span) for draft in found):
        return None if not any(is_comma(s[i]) or s[i].kind == "quote" for i in range(source[0])) else source
    return source


def _participle_source(s: Sentence, first: int, found: list[Draft]) -> Range | None:
    if first > 0 and noun_before(s, first):
        edge = left_edge(s, first)
        return trimmed(s, edge, first)
    return _shared(s, found) or _main_subject(s, first)


def noun_before(s: Sentence, at: int) -> bool:
    """Does a noun stand right before `at` (`one poster writing`, `a message stating`)?"""
    before = s[at - 1]
    return before.kind == "word" and not isa(before.low, "adverb", "preposition", "conjunction", "subordinator")


def _shared(s: Sentence, found: list[Draft]) -> Range | None:
    if not found or not found[-1].source:
        return None
    own = found[-1].source[0]
    inside = [i for i, unit in enumerate(s) if own.start <= unit.start and unit.end <= own.end]
    return (inside[0], inside[-1] + 1) if inside else None


def _main_subject(s: Sentence, before: int) -> Range | None:
    """The sentence's own subject: from its start to its first finite verb."""
    first = next((i for i in range(before) if verbal(s[i].low) and i > 0 and s[i].kind == "word"), None)
    if first is None:
        return None
    return subject(s, first)


def _speaks(s: Sentence, source: Range, cue: Cue) -> bool:
    """Can this subject speak? Propositions (`which suggests that`) and things that merely show do not."""
    inside = s[source[0] : source[1]]
    low = {unit.low for unit in inside}
    if low <= {"it", "this", "that", "which", "these", "those", "there"}:
        return cue.verb.base not in EVIDENCE and low == {"it"}
    if cue.verb.base not in EVIDENCE:
        return True
    named = [at for at, unit in enumerate(inside) if unit.capital and (at or source[0] or len(inside) == 1)]
    return bool(named) or any(isa(unit.low, *SPEAKING) for unit in inside)


def _quoting(s: Sentence, cue: Cue) -> Draft | None:
    """R8 `the paper quoted the chief as saying ...`, `the chief was quoted as saying ...`."""
    at = next(
        (i for i in range(cue.last, len(s) - 1) if s[i].low == "as" and s[i + 1].low in {"saying", "telling"}), None
    )
    source = source_before(s, cue.outer)
    if at is None or source is None or cue.participle:
        return None
    start = at + 2
    if s[at + 1].low == "telling":
        start = phrase_end(s, start)
    while start < len(s) and s[start].kind == "mark":
        start += 1
    end = content_end(s, start, cue, ()) if start < len(s) else start
    draft = _make(s, "R8", cue, source, (start, end))
    if draft is None:
        return None
    draft.inner = []
    other = source_after(s, cue.last + (s[cue.last].low == "by")) if cue.last < at else None
    if other is not None and other[0] < at:
        report = (span(s, (other[0], min(other[1], at))), draft.cue[0])
        (draft.outer if cue.passive else draft.inner).append(report)
    return draft
