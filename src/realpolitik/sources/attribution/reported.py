"""Rules around a verb of saying: it stands before, after or within what was said, or gives a label."""

from __future__ import annotations

from collections.abc import Sequence

from realpolitik.sources.attribution.after import phrase_end, source_after
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
from realpolitik.sources.attribution.drafts import Draft, span
from realpolitik.sources.attribution.inverted import after_quote, inverted, resumed, verb_source
from realpolitik.sources.attribution.lexicon import isa, verbal
from realpolitik.sources.attribution.making import make
from realpolitik.sources.attribution.phrases import Range, is_comma, left_edge, source_before, subject, trimmed
from realpolitik.sources.attribution.sentences import Sentence

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
        if draft is not None and not _overlaps(draft, found):
            found.append(draft)
    return found


def _overlaps(draft: Draft, found: list[Draft]) -> bool:
    """Does the source of `draft` hold the verb of an attribution before it?"""
    verbs = [cue for other in found if not other.optional for cue in other.cue]
    return any(own.start <= verb.start and verb.end <= own.end for own in draft.source for verb in verbs)


def _attribute(s: Sentence, cue: Cue, later: Sequence[Cue], found: list[Draft]) -> Draft | None:
    if cue.doubtful:
        return None
    if "S" in cue.verb.frames:
        return _quoting(s, cue)
    if cue.passive:
        return None
    for rule in (after_quote, _label, inverted, _forward):
        draft = rule(s, cue, later, found)
        if draft is not None:
            return draft
    return None


def _label(s: Sentence, cue: Cue, later: Sequence[Cue], found: list[Draft]) -> Draft | None:
    """R5 `dubbed the dam "a bomb"`, `what it called a "wall"`: a name given in quotation marks."""
    if "l" not in cue.verb.frames or (cue.participle and not is_comma(s[cue.first - 1])):
        return None
    quote = next((i for i in range(cue.last, len(s)) if s[i].kind == "quote"), None)
    if quote is None or any(is_comma(unit) for unit in s[cue.last : quote]):
        return None
    source = _source(s, cue, found)
    if source is None:
        return None
    edge = left_edge(s, cue.outer)
    asked = edge > 0 and s[edge - 1].low == "what"
    if (
        quote == cue.last
        and cue.verb.base != "describe"
        and not asked
        and not (edge > 0 and s[edge - 1].low in {"which", "that"})
    ):
        return None
    start = cue.last + (cue.verb.base == "refer")
    draft = make(s, "R5", cue, source, (start, quote + 1))
    if draft is not None:
        draft.label = asked
    return draft


def _forward(s: Sentence, cue: Cue, later: Sequence[Cue], found: list[Draft]) -> Draft | None:
    """R7 `The envoy said that the talks had failed`; R4 when verb and source follow what was said."""
    start = content_start(s, cue)
    if start is None:
        return verb_source(s, cue)
    source = _source(s, cue, found)
    if source is None or not _speaks(s, source, cue):
        return None
    if s[source[0]].low in {"who", "which"} and s[start].low in {"to", "not"}:
        return None
    if s[start].low != "that" and set("uin") & set(cue.verb.frames) and _tagged(s, later):
        return None
    end = content_end(s, start, cue, later)
    if _hypothetical(s, source) or _rumoured(s, cue, start):
        return None
    end = _subordinate_end(s, source, start, end)
    if not clause_holds(s, cue, start, end):
        return None
    if "v" in cue.verb.frames and any("l" in other.verb.frames for other in later):
        return None
    more = resumed(s, end) if s[start].kind == "quote" and end == start + 1 else []
    if "v" in cue.verb.frames and any(s[i].kind == "quote" for i in range(start, len(s))):
        end = max(i for i in range(start, len(s)) if s[i].kind == "quote") + 1
    return make(s, "R7", cue, source, (start, end), *more)


def _tagged(s: Sentence, later: Sequence[Cue]) -> bool:
    """Does the sentence end in a tag that reports all of it (`Aland has asked for help, a diplomat said`)?"""
    for cue in later:
        source = source_before(s, cue.outer) if "q" in cue.verb.frames and not cue.participle else None
        if source is None or not source[0] or not is_comma(s[source[0] - 1]) or content_start(s, cue) is not None:
            continue
        if ends_here(s, adjuncts_end(s, cue.last, cue.verb.frames)):
            return True
    return False


def _rumoured(s: Sentence, cue: Cue, start: int) -> bool:
    """`has reportedly proposed a pact`: hearsay about a deed, not a report of words."""
    said = s[start].kind == "quote" or s[start].low in {"that", "whether", "how"} or set("bc") & set(cue.verb.frames)
    return not said and any(isa(unit.low, "hearsay") for unit in s[cue.outer : cue.at])


def _hypothetical(s: Sentence, source: Range) -> bool:
    return source[0] > 0 and s[source[0] - 1].low in {"if", "unless", "whether"}


def _subordinate_end(s: Sentence, source: Range, start: int, end: int) -> int:
    """`Since the envoy has said that he will come, the talks ...`: the comma closing the clause ends the content."""
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
    if inside[0].low.endswith(("ed", "ing")) and not inside[0].capital and cue.form != "ing":
        return False
    if inside[0].low in {"neither", "no", "nobody", "none", "nothing"} or (inside[:2] and inside[0].low == "few"):
        return False
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
    place = (start, content_end(s, start, cue, ())) if start < sentence_end(s) else (0, source[0])
    while place[1] > place[0] and is_comma(s[place[1] - 1]):
        place = (place[0], place[1] - 1)
    draft = make(s, "R8", cue, source, place)
    if draft is None:
        return None
    draft.inner = []
    other = source_after(s, cue.last + (s[cue.last].low == "by")) if cue.last < at else None
    if other is not None and other[0] < at:
        report = (span(s, (other[0], min(other[1], at))), draft.cue[0])
        (draft.outer if cue.passive else draft.inner).append(report)
    return draft
