"""From units to sentences; a quotation is never cut, and belongs to the sentence that introduces or follows it."""

from __future__ import annotations

from collections.abc import Sequence

from realpolitik.sources.attribution.lexicon import cue_forms, isa
from realpolitik.sources.attribution.units import ENDS, Unit

Sentence = tuple[Unit, ...]
REACH = 9
LONGEST = 300


def sentences(units: Sequence[Unit]) -> list[Sentence]:
    """Cut a paragraph's units into sentences; what never ends is cut after LONGEST units."""
    found: list[Sentence] = []
    first = 0
    for at in range(len(units)):
        if at + 1 == len(units) or _ends(units, at):
            found.append(tuple(units[first : at + 1]))
            first = at + 1
    pieces = [sentence[at : at + LONGEST] for sentence in found for at in range(0, len(sentence), LONGEST)]
    parts = [part for piece in pieces for part in _at_semicolons(piece)]
    return [sentence for sentence in parts if any(unit.kind != "mark" for unit in sentence)]


def _at_semicolons(s: Sentence) -> list[Sentence]:
    """Cut at a semicolon when somebody else speaks after it."""
    for at, unit in enumerate(s):
        if unit.text == ";" and any(_speaks(other) for other in s[at + 1 :]):
            return [s[: at + 1], *_at_semicolons(s[at + 1 :])]
    return [s]


def _speaks(unit: Unit) -> bool:
    form = cue_forms().get(unit.low)
    spoken = form is not None and form.form in {"past", "third"} and bool(set("tqlni") & set(form.verb.frames))
    return unit.kind == "word" and (spoken or unit.low == "according")


def _ends(units: Sequence[Unit], at: int) -> bool:
    here, after = units[at], units[at + 1]
    if here.kind == "quote":
        return here.ended and _starts(after) and not speech_tag(units[at + 1 :])
    if here.kind == "mark" and (here.text in ENDS or here.text.startswith("...")):
        return after.kind == "quote" or not after.text[0].islower() or here.text in "?!"
    return here.text.endswith(".") and isa(after.low, "determiner", "subject_pronoun") and after.capital


def _starts(unit: Unit) -> bool:
    return unit.kind == "quote" or unit.capital or unit.text[0].isdigit()


def speech_tag(units: Sequence[Unit]) -> bool:
    """Do these units begin with a tag such as `the minister said.` or `Smith told reporters`?

    >>> from realpolitik.sources.attribution.units import units
    >>> text = "The old minister said."
    >>> speech_tag(units(text, 0, len(text)))
    True
    """
    forms = cue_forms()
    for at, unit in enumerate(units[:REACH]):
        if unit.kind == "quote" or unit.text in ENDS:
            return False
        form = forms.get(unit.low)
        if form and form.form in {"past", "third"} and set("tqQ") & set(form.verb.frames):
            rest = units[at + 1 : at + 2]
            return not rest or rest[0].kind == "mark" or isa(rest[0].low, "time_preposition", "time", "addressee")
    return False
