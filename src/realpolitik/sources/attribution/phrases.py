"""Where noun phrases that end before a verb begin: the subject, with its appositions and relative clauses."""

from __future__ import annotations

from realpolitik.sources.attribution.lexicon import cue_forms, isa, verbal
from realpolitik.sources.attribution.sentences import Sentence
from realpolitik.sources.attribution.times import time_size
from realpolitik.sources.attribution.units import DASHES, ENDS, Unit

Range = tuple[int, int]
CLOSED = ("preposition", "determiner", "possessive", "conjunction", "subordinator")


def is_comma(unit: Unit) -> bool:
    """Is it a comma?"""
    return unit.text == ","


def noun_like(unit: Unit) -> bool:
    """Could a noun phrase end with this unit?"""
    return unit.kind == "quote" or (unit.kind == "word" and not isa(unit.low, *CLOSED, "adverb"))


def source_before(s: Sentence, at: int, floor: int = 0) -> Range | None:
    """The noun phrase that is the subject of a verb group beginning at `at`; None when there is none."""
    if at <= floor:
        return None
    before = s[at - 1]
    if is_comma(before):
        return _across_commas(s, at - 1, floor)
    if before.text in DASHES or before.text == ")":
        return _across_pair(s, at - 1, floor)
    return trimmed(s, left_edge(s, at, floor), at)


def left_edge(s: Sentence, end: int, floor: int = 0) -> int:
    """Where the noun phrase that ends at `end` begins, going left until a boundary."""
    at = end
    while at > floor:
        move = _step_left(s, at, end, floor)
        if move == 0:
            break
        at = max(floor, at - abs(move))
        if move < 0:
            break
    return _relative_head(s, at, floor)


def _relative_head(s: Sentence, at: int, floor: int) -> int:
    """`Engineers who saw | the wall`: when the phrase is the object of a relative clause, go back to its head."""
    if at < 2 + floor or not verbal(s[at - 1].low):
        return at
    for place in range(at - 1, max(floor, at - 12), -1):
        if s[place].kind != "word":
            return at
        if s[place].low in {"who", "which", "that"} and verbal(s[place + 1].low) and s[place - 1].kind == "word":
            known = isa(s[place - 1].low, "preposition") or s[place - 1].low in cue_forms()
            return at if known else left_edge(s, place, floor)
    return at


def _step_left(s: Sentence, at: int, end: int, floor: int) -> int:
    """How many units more belong to the phrase on the left of `at` (negative: these, and then it is whole)."""
    unit = s[at - 1]
    if unit.kind == "quote":
        return 0 if unit.sentence_like or unit.inner.endswith(",") else 1
    if unit.kind == "mark":
        return _step_over_mark(s, at, end, floor)
    if isa(unit.low, "subordinator", "relative"):
        return _step_over_relative(s, at, end, floor)
    if isa(unit.low, "conjunction"):
        return 1 if unit.low in {"and", "or"} and _joins_nouns(s, at - 1, floor) else 0
    if isa(unit.low, "auxiliary", "modal", "negation"):
        relative = at - 3 >= floor and isa(s[at - 2].low, "relative") and s[at - 3].kind == "word"
        return 2 if relative else 0
    return _step_over_word(s, at, end, floor)


def _step_over_relative(s: Sentence, at: int, end: int, floor: int) -> int:
    """`The man who | led`: a relative clause belongs to its head; other subordinators end the phrase."""
    low = s[at - 1].low
    headed = at - 2 >= floor and s[at - 2].kind == "word"
    if low in {"who", "which", "that"} and at < end and headed and verbal(s[at].low):
        return 0 if isa(s[at - 2].low, "preposition") or s[at - 2].low in cue_forms() else 1
    if low in {"who", "which"} and at == end:
        return -1
    return int(low == "as" and at - 2 >= floor and s[at - 2].low == "such")


def _step_over_word(s: Sentence, at: int, end: int, floor: int) -> int:
    form = cue_forms().get(s[at - 1].low)
    if at < end and form is not None and form.form == "past" and "t" in form.verb.frames:
        return int(_reduced(s, at))
    if isa(s[at - 1].low, "subject_pronoun"):
        return -1
    return -1 if _begins(s, at - 1, floor) else 1


def _reduced(s: Sentence, at: int) -> bool:
    return at < len(s) and isa(s[at].low, "preposition")


def _begins(s: Sentence, at: int, floor: int) -> bool:
    """Does a determiner after a noun begin a new phrase here (`On Friday | the minister`)?"""
    if not isa(s[at].low, "determiner", "possessive") or at <= floor:
        return False
    before = s[at - 1]
    return before.kind == "word" and noun_like(before) and not isa(before.low, "auxiliary", "determiner")


def _step_over_mark(s: Sentence, at: int, end: int, floor: int) -> int:
    unit = s[at - 1]
    if unit.text == ")":
        opening = next((i for i in range(at - 2, floor - 1, -1) if s[i].text == "("), None)
        return at - opening if opening is not None else 0
    if is_comma(unit):
        return 1 if _list_comma(s, at - 1, end, floor) else 0
    return 0 if unit.text in ENDS | DASHES | set(";:([]") else 1


def _list_comma(s: Sentence, comma: int, end: int, floor: int) -> bool:
    """Is this the comma of a list of names (`the U.S., Japan and Korea`)?"""
    after = s[comma + 1 : end]
    joined = any(unit.low in {"and", "or", "&"} for unit in after)
    if not joined or comma <= floor or not after or not _name_opens(after):
        return False
    before = [unit for unit in _segment(s, comma, floor)]
    if not before or any(verbal(unit.low) for unit in before) or len(before) > 8:
        return False
    if before[0].low.endswith("ing") or before[0].low == "according":
        return False
    return not isa(before[0].low, "preposition", "adverb", "subordinator", "time") and before[-1].kind == "word"


def _name_opens(units: Sentence | list[Unit]) -> bool:
    first = units[0]
    if first.low in {"and", "or"} and len(units) > 1:
        first = units[1]
    return first.capital or isa(first.low, "determiner", "role", "group")


def _segment(s: Sentence, end: int, floor: int) -> Sentence:
    start = end
    while start > floor and not is_comma(s[start - 1]) and s[start - 1].kind != "quote":
        start -= 1
    return s[start:end]


def _joins_nouns(s: Sentence, at: int, floor: int) -> bool:
    """Does `and` join two noun phrases (no verb before it), rather than two clauses?"""
    left = s[floor:at]
    if not left or left[-1].kind == "mark":
        return bool(left) and is_comma(left[-1]) and _list_comma(s, at - 1, at + 2, floor)
    cut = max((i for i, unit in enumerate(left) if is_comma(unit) or unit.kind == "quote"), default=-1)
    clause = left[cut + 1 :]
    return not any(verbal(unit.low) and not isa(unit.low, "relative") for unit in clause)


def _across_commas(s: Sentence, comma: int, floor: int) -> Range | None:
    """The subject before `, ... ,` when a comma stands right before the verb."""
    segment = _segment(s, comma, floor)
    start = comma - len(segment)
    if start <= floor or not is_comma(s[start - 1]) or not segment:
        return trimmed(s, left_edge(s, comma, floor), comma)
    head = start - 1
    if aside(segment):
        earlier = _segment(s, head, floor)
        place = head - len(earlier)
        told = earlier and place > floor and is_comma(s[place - 1]) and apposition(earlier) and not aside(earlier)
        if told and _name_before(s, place - 1, floor):
            return _across_commas(s, head, floor)
        return source_before(s, head, floor)
    while True:
        earlier = _segment(s, head, floor)
        place = head - len(earlier)
        if not (earlier and place > floor and is_comma(s[place - 1]) and apposition(earlier)):
            break
        if (earlier[0].capital and earlier[-1].capital) or not _name_before(s, place - 1, floor):
            break
        head = place - 1
    found = trimmed(s, left_edge(s, head, floor), head)
    return (found[0], comma) if found else None


def _name_before(s: Sentence, comma: int, floor: int) -> bool:
    segment = _segment(s, comma, floor)
    return bool(segment) and segment[-1].capital and not isa(segment[0].low, "preposition", "subordinator", "adverb")


def _across_pair(s: Sentence, close: int, floor: int) -> Range | None:
    opening = {")": "("}.get(s[close].text)
    for at in range(close - 1, floor, -1):
        if s[at].text == opening or (opening is None and s[at].text in DASHES):
            found = trimmed(s, left_edge(s, at, floor), at)
            return (found[0], close + (opening is not None)) if found else None
    return None


def aside(segment: Sentence) -> bool:
    """Is this stretch between commas an adverb, a venue or a circumstance, and no part of the source?"""
    first = segment[0].low
    if all(isa(unit.low, "adverb") or unit.low.endswith("ly") for unit in segment):
        return True
    if first in {"of", "from"} and not any(isa(unit.low, "venue") for unit in segment):
        return False
    if isa(first, "preposition", "time", "subordinator") and not isa(first, "relative"):
        return True
    return first.endswith("ing") and first not in {"acting"}


def apposition(segment: Sentence) -> bool:
    """Could this stretch between commas say who the one before it is?"""
    first = segment[0].low
    return (
        isa(first, "determiner", "possessive", "role", "relative", "title", "adverb")
        or first[0].isdigit()
        or first in {"of", "from", "formerly", "now", "then"}
        or any(isa(unit.low, "role") for unit in segment[:6])
    )


def trimmed(s: Sentence, first: int, last: int) -> Range | None:
    """The phrase without conjunctions, adverbs, marks and times before it; None when nothing is left."""
    while first < last and _leading(s, first, last):
        first += _leading(s, first, last)
    while first < last and (s[last - 1].kind == "mark" or isa(s[last - 1].low, "adverb")):
        if s[last - 1].text == ")":
            break
        last -= 1
    last = _without_time(s, first, last)
    inside = s[first:last]
    if not inside or all(isa(unit.low, *CLOSED, "adverb", "time", "auxiliary") for unit in inside):
        return (first, last) if inside and isa(inside[-1].low, "relative", "pronoun", "determiner") else None
    return first, last


def _without_time(s: Sentence, first: int, last: int) -> int:
    found = next((at for at in range(first + 1, last) if time_size(s, at) == last - at), last)
    return last if isa(s[found - 1].low, "preposition") else found


def _leading(s: Sentence, first: int, last: int) -> int:
    unit = s[first]
    low = unit.low
    if (unit.kind == "mark" and unit.text not in "[$#@") or isa(low, "conjunction", "adverb"):
        return 1
    if low.endswith("ly") and not unit.capital:
        return 1
    if low in {"who", "which"} or first + 1 >= last:
        return 0
    size = time_size(s, first)
    if size:
        return size if first + size < last else 0
    if isa(low, "subordinator") and low not in {"what", "who", "that"}:
        return 1
    if isa(low, "preposition") and low != "of":
        return _leading_preposition(s, first, last)
    return 0


def _leading_preposition(s: Sentence, first: int, last: int) -> int:
    """Skip `In Geneva` before `Russian diplomats`: the preposition and its capitalised or dated object."""
    at = first + 1
    if s[first].low == "with" or (at < last and isa(s[at].low, "determiner", "possessive")):
        return 1
    while at < last and (isa(s[at].low, "time", "time_unit") or s[at].text[0].isdigit()):
        at += 1
    at += at == first + 1
    return min(at, last) - first


def subject(s: Sentence, verb: int) -> Range | None:
    """The subject of the sentence whose first finite verb stands at `verb`."""
    if not any(is_comma(unit) for unit in s[:verb]) or is_comma(s[verb - 1]):
        return source_before(s, verb)
    return trimmed(s, left_edge(s, verb), verb)
