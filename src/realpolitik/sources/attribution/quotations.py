"""Quotations that no verb of saying claimed: led in by other words, going on after a tag, or standing alone."""

from __future__ import annotations

import re

from realpolitik.sources.attribution.contents import sentence_end
from realpolitik.sources.attribution.drafts import Draft, span
from realpolitik.sources.attribution.lexicon import isa, verbal
from realpolitik.sources.attribution.phrases import left_edge, subject, trimmed
from realpolitik.sources.attribution.sentences import Sentence
from realpolitik.sources.attribution.units import DASHES, Unit
from realpolitik.sources.document import Paragraph


def only_quotes(s: Sentence) -> bool:
    """Does the sentence consist of quotations alone?"""
    end = sentence_end(s)
    return any(unit.kind == "quote" for unit in s) and all(unit.kind in {"quote", "mark"} for unit in s[:end])


def signed(s: Sentence) -> bool:
    """Is this a pull quote: a quotation followed by a dash or by nothing but a name?"""
    if not s or s[0].kind != "quote" or len(s) < 2:
        return False
    rest = [unit for unit in s[1:] if unit.kind == "word"]
    return (
        (s[1].text in DASHES | {"-"} or s[1].capital) and not any(verbal(unit.low) for unit in rest) and len(rest) <= 12
    )


def open_at_end(text: str, paragraph: Paragraph, open_before: bool, single: bool) -> bool:
    """Does a quotation stay open at the end of this paragraph?"""
    if single:
        return False
    words = text[paragraph.start : paragraph.end]
    plain, opened, closed = words.count('"'), words.count("“"), words.count("”")
    return (plain + open_before) % 2 == 1 if plain else opened + open_before > closed


def loose(s: Sentence, found: list[Draft]) -> list[Unit]:
    """Quotations that stand for themselves and belong to no attribution yet."""
    return [
        unit for unit in s if unit.sentence_like and _words(unit) >= 3 and not any(d.holds(unit.span) for d in found)
    ]


def _words(unit: Unit) -> int:
    return len(re.findall(r"\w+", unit.inner))


def led_in(s: Sentence, quote: Unit) -> Draft | None:
    """Q1 `The banner read: "..."`, `He was blunt: "..."`: colon or comma before a quotation that stands for itself."""
    at = s.index(quote)
    if at < 2 or (s[at - 1].text not in {":", ","} and not verbal(s[at - 1].low)):
        return None
    finite = [i for i in range(1, at) if verbal(s[i].low) and s[i].kind == "word"]
    if not finite:
        return None
    first = finite[0]
    source = subject(s, first)
    if source is None:
        return None
    return Draft("Q1", [quote.span], [span(s, source)], [s[first].span])


def subject_of(s: Sentence) -> tuple[int, int] | None:
    """The sentence's subject, as far as closed classes tell it."""
    first = next((i for i in range(1, len(s)) if s[i].kind == "word" and verbal(s[i].low)), None)
    if first is None or isa(s[0].low, "subordinator"):
        return None
    return trimmed(s, left_edge(s, first), first)
