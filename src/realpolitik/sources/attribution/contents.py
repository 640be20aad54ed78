"""Where what was said begins after a verb of saying, and where it ends."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from realpolitik.sources.attribution.after import phrase_end
from realpolitik.sources.attribution.cues import Cue
from realpolitik.sources.attribution.lexicon import cue_forms, isa, verbal
from realpolitik.sources.attribution.phrases import is_comma, source_before
from realpolitik.sources.attribution.sentences import Sentence
from realpolitik.sources.attribution.times import time_size, venue_size
from realpolitik.sources.attribution.units import DASHES, ENDS, Unit

QUESTION = frozenset({"if", "whether", "how", "why", "what", "when", "where", "who"})
REACH = 16


def sentence_end(s: Sentence) -> int:
    """The index after the last word or quotation (final marks left out)."""
    end = len(s)
    while end and s[end - 1].kind == "mark" and s[end - 1].text not in {"%", ")", "]", "$"}:
        end -= 1
    return end


def adjuncts_end(s: Sentence, at: int, verb_frames: str) -> int:
    """The first unit after addressee, venue, time and adverbs that follow a verb of saying."""
    place = at
    if "o" in verb_frames:
        place = _addressee(s, place)
    elif "O" in verb_frames:
        place = _optional_addressee(s, place)
    while place < len(s):
        size = _adjunct(s, place)
        if not size:
            return place
        place += size
    return place


def _optional_addressee(s: Sentence, at: int) -> int:
    """`warned Moscow that`: somebody is told only when what was said follows unmistakably."""
    end = _addressee(s, at)
    following = s[end] if end < len(s) else None
    told = following is not None and (following.low == "that" or following.kind == "quote" or is_comma(following))
    return end if told else at


def _addressee(s: Sentence, at: int) -> int:
    if at >= len(s) or s[at].kind != "word" or s[at].low in QUESTION | {"that", "of", "about", "against", "in", "on"}:
        return at
    if isa(s[at].low, "subject_pronoun") and s[at].low not in {"it", "you"}:
        return at
    return phrase_end(s, at)


def _adjunct(s: Sentence, at: int) -> int:
    unit = s[at]
    if is_comma(unit):
        return _comma_adjunct(s, at)
    if unit.kind != "word":
        return 0
    size = time_size(s, at) or venue_size(s, at)
    if size:
        return size
    if unit.low in {"to", "with"}:
        return phrase_end(s, at + 1) - at
    if unit.low.endswith("ly") and at + 1 < len(s) and (s[at + 1].low == "that" or is_comma(s[at + 1])):
        return 1
    if isa(unit.low, "adverb") and unit.low not in {"now", "never", "even", "always", "first", "yet", "still", "just"}:
        return 1
    if isa(unit.low, "preposition") or (unit.low.endswith("ed") and isa(s[at - 1].low, "venue")):
        return _until_content(s, at)
    return 0


def _comma_adjunct(s: Sentence, at: int) -> int:
    """`, in remarks to a newspaper, that`: skip to the closing comma."""
    if at + 1 >= len(s) or s[at + 1].kind == "quote":
        return int(at + 1 < len(s))
    following = s[at + 1].low
    if not (isa(following, "preposition", "adverb") or following.endswith("ing")):
        return 0
    close = next((i for i in range(at + 1, min(len(s), at + REACH)) if is_comma(s[i])), None)
    return close + 1 - at if close is not None else 0


def _until_content(s: Sentence, at: int) -> int:
    for place in range(at + 1, min(len(s), at + REACH)):
        unit = s[place]
        if unit.low == "that" or (unit.kind == "quote" and unit.sentence_like):
            return place - at
        if is_comma(unit) or isa(unit.low, "auxiliary", "modal"):
            return 0
    return 0


def content_start(s: Sentence, cue: Cue) -> int | None:
    """Where the content after `cue` begins, or None when this verb reports nothing here."""
    frames, end = cue.verb.frames, sentence_end(s)
    direct = cue.last
    if direct < end and s[direct].low == "that":
        pointing = end - direct <= 3 and all(u.kind == "word" and not verbal(u.low) for u in s[direct + 1 : end])
        return direct if "t" in frames and not pointing else None
    attached = cue.participle and cue.first > 0 and s[cue.first - 1].kind == "word"
    for rule in (_quoted,) if attached else (_infinitive, _quoted, _clause, _nominal):
        found = rule(s, cue, end)
        if found is not None:
            return found
    return None


def _infinitive(s: Sentence, cue: Cue, end: int) -> int | None:
    at, frames = cue.last, cue.verb.frames
    at += time_size(s, at) if at < end else 0
    if at >= end:
        return None
    if set("ip") & set(frames) and s[at].low == "to":
        return None if at + 2 == end and s[at + 1].low == "comment" else at
    if "F" in frames and s[at].low in {"for", "on", "upon"} and at + 1 < end:
        return at + 1 if s[at + 1].low != "comment" else None
    if "g" in frames and s[at].low.endswith("ing"):
        return at
    return _urged(s, cue, end) if "u" in frames else None


def _urged(s: Sentence, cue: Cue, end: int) -> int | None:
    """`urged both sides to talk`, `warned (Moscow) against an attack`."""
    at = cue.last
    after = at if isa(s[at].low, "preposition") else phrase_end(s, at)
    if after < end and (s[after].low == "to" or (s[after].low == "not" and after > at)):
        return at
    warned = (
        cue.verb.base in {"warn", "caution", "advise"} and after < end and s[after].low in {"against", "of", "about"}
    )
    return after if warned else None


def _quoted(s: Sentence, cue: Cue, end: int) -> int | None:
    if not set("qQ") & set(cue.verb.frames):
        return None
    at = adjuncts_end(s, cue.last, cue.verb.frames)
    while at < end and s[at].text in {",", ":", ";"}:
        at += 1
    if at < end and s[at].low == "that" and at + 1 < end and "t" in cue.verb.frames:
        return at
    if at < end and s[at].kind == "quote" and (s[at].sentence_like or "q" in cue.verb.frames):
        return at
    return None


def _clause(s: Sentence, cue: Cue, end: int) -> int | None:
    frames = cue.verb.frames
    at = adjuncts_end(s, cue.last, frames)
    if at < end and is_comma(s[at]) and cue.last < at and "o" not in frames:
        at = cue.last
    if at >= end:
        return None
    low = s[at].low
    if low == "that":
        return at if "t" in frames else None
    if low in QUESTION:
        return at if set("wt") & set(frames) and end - at > 2 else None
    if s[at].text == ":" and "t" in frames:
        return at + 1 if end - at > 3 else None
    if not set("bc") & set(frames) or (s[at].kind == "mark" and s[at].text not in "[($"):
        return None
    if (verbal(low) and not s[at].capital) or low in {"for", "of", "from", "to", "about", "against", "into"}:
        return None
    return at if _has_clause(s, at, end, "b" in frames) else None


def _finite(unit: Unit) -> bool:
    if unit.kind == "quote":
        return any(verbal(word.lower()) for word in unit.inner.split()[:6])
    return verbal(unit.low)


def _has_clause(s: Sentence, at: int, end: int, readily: bool) -> bool:
    stop = next((i for i in range(at, end) if s[i].low in {"who", "which", "that", "because", "where"}), end)
    inside = s[at : stop if not readily else end]
    finite = [i for i, unit in enumerate(inside) if i > 0 and _finite(unit)]
    if readily:
        return bool(finite) and len(inside) >= 3
    strong = [i for i in finite if isa(inside[i].low, "auxiliary", "modal") or not inside[i].low.endswith("ed")]
    if strong or (finite and (inside[0].capital or isa(inside[0].low, "subject_pronoun"))):
        return True
    return any(i + 1 < len(inside) and _takes_object(inside[i + 1]) for i in finite)


def _takes_object(unit: Unit) -> bool:
    """Can this unit follow a finite verb, rather than a participle used as an adjective (`bloodied bodies`)?"""
    if unit.capital or unit.text[0].isdigit() or unit.low.endswith(("ly", "ing")):
        return True
    return isa(unit.low, "determiner", "possessive", "pronoun", "object_pronoun", "adverb") or unit.low == "to"


def clause_holds(s: Sentence, cue: Cue, start: int, end: int) -> bool:
    """Does a bare clause still have its verb once its end is known? (Other contents always hold.)"""
    first = s[start]
    if first.kind == "quote" or first.low in QUESTION | {"that", "to"} or set("nduaFvlQ") & set(cue.verb.frames):
        return True
    gerund = "g" in cue.verb.frames and first.low.endswith("ing")
    return gerund or _has_clause(s, start, end, "b" in cue.verb.frames)


def _nominal(s: Sentence, cue: Cue, end: int) -> int | None:
    frames, at = cue.verb.frames, cue.last
    if at >= end or s[at].kind == "mark" or cue.participle:
        return None
    if at + 1 == end and isa(s[at].low, "pronoun", "object_pronoun", "determiner"):
        return None
    found = (
        ("n" in frames and _noun_phrase(s, cue))
        or ("d" in frames and not isa(s[at].low, "preposition"))
        or ("a" in frames and any(unit.low == "of" for unit in s[at : at + 9]))
        or ("v" in frames and _voiced(s, at, end))
        or ("K" in frames and _called(s, at, end))
    )
    return at if found else None


def _noun_phrase(s: Sentence, cue: Cue) -> bool:
    unit = s[cue.last]
    if unit.capital and cue.verb.base in {"propose", "recommend", "demand"}:
        return not time_size(s, cue.last)
    return unit.kind == "quote" or isa(unit.low, "determiner", "possessive", "adjective")


def _called(s: Sentence, at: int, end: int) -> bool:
    """`called it a provocation`, `called them "thieves"`."""
    if at + 1 >= end or not (isa(s[at].low, "object_pronoun") or s[at].low in {"this", "that"}):
        return False
    return s[at + 1].low in {"a", "an", "the"} or s[at + 1].kind == "quote"


def _voiced(s: Sentence, at: int, end: int) -> bool:
    return any(unit.low == "that" for unit in s[at : at + 5]) or any(unit.kind == "quote" for unit in s[at:end])


def content_end(s: Sentence, start: int, cue: Cue, later: Sequence[Cue]) -> int:
    """Where the content that begins at `start` ends: at the sentence's end or where the writer takes over."""
    end = sentence_end(s)
    if s[start].kind == "quote" and s[start].sentence_like and _quote_alone(s, start, end):
        return start + 1
    cuts = [place for place in range(start + 2, end) if _cut(s, place, start)]
    cuts += [place for other in later if (place := _other_speaker(s, other, start)) is not None]
    end = min([end, *cuts])
    while end > start and (s[end - 1].text in {",", ";", ":"} or s[end - 1].text in DASHES):
        end -= 1
    return without_bracket(s, start, end)


def _quote_alone(s: Sentence, start: int, end: int) -> bool:
    following = s[start + 1] if start + 1 < end else None
    return (
        following is None or following.kind == "mark" or s[start].inner[-1] in ",.?!" or following.low in {"in", "on"}
    )


def _cut(s: Sentence, place: int, start: int) -> bool:
    unit, before = s[place], s[place - 1]
    if _new_sentence(s, place, start):
        return True
    if not is_comma(before) and not (before.kind == "quote" and before.inner.endswith(",")):
        return False
    low = unit.low
    if low in {"according", "referring", "citing", "quoting", "alluding", "speaking"}:
        return True
    form = cue_forms().get(low)
    if form and form.form == "ing":
        return True
    if low in {"a", "an"} and _glossed(s, place):
        return True
    if low == "but":
        return not _goes_on(s, place + 1)
    if low in {"while", "whereas", "although", "though"}:
        return True
    return (low == "as" and place + 1 < len(s) and isa(s[place + 1].low, "determiner", "possessive")) or bool(
        venue_size(s, place) and low in {"in", "at"}
    )


def _new_sentence(s: Sentence, place: int, start: int) -> bool:
    """Does a quotation after a colon, or the writer's own clause after a semicolon, begin here?"""
    unit, before = s[place], s[place - 1]
    if before.text == ":":
        return unit.kind == "quote" and unit.sentence_like
    if before.text != ";" or s[start].low not in {"that", "to"} or unit.low == "that":
        return False
    opens = unit.capital or isa(unit.low, "determiner")
    return opens and any(verbal(later.low) for later in s[place + 1 :])


def _glossed(s: Sentence, place: int) -> bool:
    """`, a charge that the army called absurd`: the writer's name for what was said."""
    return any(
        isa(unit.low, "gloss_noun") and after.low in {"that", "which"} for unit, after in pairwise(s[place : place + 5])
    )


def _goes_on(s: Sentence, at: int) -> bool:
    if at >= len(s):
        return False
    return s[at].kind == "quote" or isa(s[at].low, "subject_pronoun", "subordinator", "adverb", "negation", "modal")


def _other_speaker(s: Sentence, other: Cue, start: int) -> int | None:
    """Where another verb of saying takes over: `and insists`, `, and the army said`, `, adding`."""
    if other.outer <= start + 1 or other.doubtful or other.passive:
        return None
    before = s[other.outer - 1]
    if before.low in {"and", "but"} and not other.participle and _reports(s, other):
        if _parallel(s, other, start):
            return other.outer - 1
        return None
    if other.participle:
        return None
    found = source_before(s, other.outer, start)
    if found is None or not _reports(s, other):
        return None
    first = found[0]
    while first > start and s[first - 1].low in {"and", "but", "while", "as"}:
        first -= 1
    return first if first > start + 2 and s[first - 1].text in {",", ";"} else None


def _reports(s: Sentence, cue: Cue) -> bool:
    return content_start(s, cue) is not None


def _parallel(s: Sentence, other: Cue, start: int) -> bool:
    return other.form in {"past", "third", "base"} and start < other.outer


def without_bracket(s: Sentence, start: int, end: int) -> int:
    """The content without a bracket at its end: the writer's own remark."""
    if end - 1 > start and s[end - 1].text == ")":
        opening = next((i for i in range(end - 1, start, -1) if s[i].text == "("), None)
        if opening is not None and opening > start + 1:
            return opening
    return end


def ends_here(s: Sentence, at: int) -> bool:
    """Is there nothing but venue, time and marks between `at` and the end of the sentence?"""
    end = sentence_end(s)
    place = at
    while place < end:
        if s[place].text in ENDS:
            return True
        size = _tail(s, place, end)
        if not size:
            return False
        place += size
    return True


def _tail(s: Sentence, at: int, end: int) -> int:
    unit = s[at]
    if is_comma(unit) and at + 1 < end and s[at + 1].kind != "quote":
        return end - at if _closing(s, at + 1) else 0
    size = time_size(s, at) or venue_size(s, at)
    if size:
        return size
    if unit.kind == "word" and isa(unit.low, "preposition", "adverb", "subordinator") and unit.low != "that":
        return end - at if not any(u.low == "that" or u.kind == "quote" for u in s[at:end]) else 0
    return 0


def _closing(s: Sentence, at: int) -> bool:
    low = s[at].low
    return low.endswith("ing") or isa(low, "preposition", "subordinator", "relative") or low in {"given", "but", "and"}
