"""From a paragraph to units: words, marks, and whole quotations folded into one unit each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from realpolitik.sources.attribution.lexicon import isa, verbal
from realpolitik.sources.attribution.model import Span

TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}(?:-[A-Za-z]+)?(?:['’]s)?"  # U.S., U.N.-led
    r"|\d[\d,.]*\d(?:[A-Za-z%]+)?|\d+(?:[-–][A-Za-z]+)+|\d+[A-Za-z%]*"
    r"|[^\W\d_](?:[\w&]|[-'’.@/](?=\w))*"
    r"|\.\.\.+|--|\S"
)
DASHES = frozenset("–—") | {"--"}
DOUBLE = {"“": "open", "”": "close", "„": "open", '"': "either", "«": "open", "»": "close", "″": "either"}
SINGLE = {"‘": "open", "’": "close", "'": "either"}
ENDS = frozenset(".?!…")


@dataclass(frozen=True)
class Unit:
    """A word, a mark, or a quotation (`kind` word, mark, quote) with its place in the text."""

    text: str
    start: int
    end: int
    kind: str

    @property
    def low(self) -> str:
        """The lower-case word with plain apostrophes."""
        return self.text.lower().replace("’", "'") if self.kind != "quote" else "“”"

    @property
    def span(self) -> Span:
        """Its place."""
        return Span(self.start, self.end)

    @property
    def capital(self) -> bool:
        """Does it start with a capital letter (a quotation does not count)?"""
        return self.kind == "word" and self.text[0].isupper()

    @property
    def inner(self) -> str:
        """What stands between the marks of a quotation."""
        return self.text.strip("“”\"„«»‘’' \u00a0")

    @property
    def sentence_like(self) -> bool:
        """Is this a quotation that stands for itself, rather than a fragment, a title or a label?"""
        if self.kind != "quote":
            return False
        words = re.findall(r"[\w'’-]+", self.inner)
        if not words:
            return False
        opens = self.inner[0].isupper() or self.inner[0] in "[(.…" or self.inner[0].isdigit() or self.inner[:1] == "#"
        ended = self.inner[-1] in ",.?!…-—"
        return (opens and ended and (len(words) <= 3 or not titled(words))) or (
            opens and len(words) >= 5 and not titled(words)
        )

    @property
    def ended(self) -> bool:
        """Does the quotation hold its own sentence end?"""
        return self.kind == "quote" and bool(self.inner) and self.inner[-1] in ENDS


def titled(words: list[str]) -> bool:
    """Are these the words of a title (every longer word with a capital)?

    >>> titled(["Cowboys", "and", "Indians"]), titled(["The", "talks", "failed"])
    (True, False)
    """
    longer = [word for word in words if len(word) > 3 or word[0].isupper()]
    lowered = [word for word in longer if not word[0].isupper() and not word[0].isdigit()]
    return bool(longer) and not lowered and not any(verbal(word.lower()) for word in words[1:])


def units(text: str, start: int, end: int, single: bool = False, inside: bool = False) -> list[Unit]:
    """The units of `text[start:end]`.

    With `single`, single marks quote (texts without double marks); `inside`: a quotation is open at the start.
    """
    tokens = list(_tokens(text, start, end))
    quotes = pair_quotes(tokens, text, Span(start, end), single, inside)
    return list(_fold(text, tokens, quotes))


def _tokens(text: str, start: int, end: int) -> Iterator[Unit]:
    position = start
    while match := TOKEN.search(text, position, end):
        first, last = match.span()
        word = match.group()
        if word[0].isalpha() and text[last : last + 1] == "." and last < end and _abbreviated(word, text, last, end):
            last += 1
        if word[0].isalpha() and word[-1] == "s" and text[last : last + 1] in {"'", "’"} and last < end:
            last += text[last + 1 : last + 2].isspace() and text[last + 2 : last + 3].islower()
        kind = "word" if word[0].isalnum() else "mark"
        yield Unit(text[first:last], first, last, kind)
        position = last


def _abbreviated(word: str, text: str, last: int, end: int) -> bool:
    if last + 1 >= end:
        return False
    return isa(word.lower(), "abbreviation") or (len(word) == 1 and word.isupper() and text[last + 1] in " \u00a0")


def pair_quotes(tokens: list[Unit], text: str, whole: Span, single: bool, inside: bool) -> list[Span]:
    """Which stretches stand in quotation marks? Unclosed marks run to the end, unopened ones from the start."""
    marks = SINGLE if single else DOUBLE
    found: list[Span] = []
    opened = whole.start if inside else None
    for token in tokens:
        role = marks.get(token.text)
        if role is None or (single and _apostrophe(text, token)):
            continue
        if role == "either":
            role = "open" if opened is None else "close"
        if role == "open" and opened is None:
            opened = token.start
        elif role == "close":
            first = opened if opened is not None else _unopened(found, whole.start)
            found.append(Span(first, token.end))
            opened = None
    if opened is not None:
        found.append(Span(opened, whole.end))
    return found


def _unopened(found: list[Span], start: int) -> int:
    return found[-1].end if found else start


def _apostrophe(text: str, token: Unit) -> bool:
    before, after = text[token.start - 1 : token.start], text[token.end : token.end + 1]
    return before.isalnum() and after.isalnum()


def _fold(text: str, tokens: list[Unit], quotes: list[Span]) -> Iterator[Unit]:
    pending = list(quotes)
    for token in tokens:
        while pending and token.start >= pending[0].end:
            pending.pop(0)
        if pending and token.start >= pending[0].start:
            if token.end >= pending[0].end:
                yield Unit(text[pending[0].start : pending[0].end], *pending[0], "quote")
            continue
        yield token
