"""Reading a text as if its typography were plain, without losing the way back to the original.

No-break spaces become spaces, typographic marks plain ones; soft hyphens, zero-width and direction controls
vanish; line ends become one newline. Every folded character remembers the original character it stands for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

SPACES = dict.fromkeys(
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
)
DIRECTION = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
INVISIBLE = dict.fromkeys((*"\u00ad\u200b\u200c\u200d\u2060\ufeff", *sorted(DIRECTION)), "")
LINES = {"\u2028": "\n", "\u2029": "\n", "\u0085": "\n"}
MARKS = {
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u02bc": "'", "\u2032": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u00ab": '"', "\u00bb": '"', "\u2033": '"',
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2015": "-", "\u2212": "-",
    "\u2026": "...", "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
}  # fmt: skip
READING = {**SPACES, **INVISIBLE, **LINES}
CANONICAL = {**READING, **MARKS}


UNSEEN = re.compile(f"[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x84\\x86-\\x9f{''.join(sorted(DIRECTION))}]")
"""Characters that a screen obeys rather than shows: controls (a terminal's commands begin with one) and directions."""


def visible(text: str) -> str:
    """A text as a screen may show it: what would steer the screen is written out, as JSON writes it.

    >>> print(visible("Al\\u202eand \\x1b[31m"))
    Al\\u202eand \\u001b[31m
    """
    return UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def without_controls(text: str) -> str:
    """A text without what steers a screen, for words that are written on in files of ours.

    >>> without_controls("Al\\u202eand \\x1b[31m")
    'Aland [31m'
    """
    return UNSEEN.sub("", text)


@dataclass(frozen=True)
class Folded:
    """A plain reading of `original` together with the map back to it.

    `text[i]` stands for the original character at `starts[i]`; positions are code points, ends exclusive.
    """

    original: str
    text: str
    starts: tuple[int, ...]

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """Where in the original does the folded span `start:end` stand? (An empty span keeps its place.)

        >>> folded = fold("a\\u00ad\\u00a0\\u201cb\\u201d")
        >>> folded.text, folded.to_original(1, 5)
        ('a "b"', (2, 6))
        """
        if start >= end:
            place = self.starts[start] if start < len(self.starts) else len(self.original)
            return place, place
        return self.starts[start], self.starts[end - 1] + 1

    def from_original(self, start: int, end: int) -> tuple[int, int]:
        """Which folded span stands for the original span `start:end`?"""
        from bisect import bisect_left  # noqa: PLC0415

        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hexadecimal) of the folded text as UTF-8."""
        return hash_text(self.text)


def fold(text: str, table: dict[str, str] | None = None) -> Folded:
    """Fold `text` by `table` (default: the canonical one; `READING` keeps quotation marks and dashes).

    >>> fold("co\\u00adoperation \\u2013 now").text
    'cooperation - now'
    """
    table = CANONICAL if table is None else table
    out: list[str] = []
    starts: list[int] = []
    for index, char in enumerate(text):
        plain = table.get(char, char)
        if char == "\r":
            plain = "" if text[index + 1 : index + 2] == "\n" else "\n"
        out.append(plain)
        starts.extend([index] * len(plain))
    return Folded(text, "".join(out), tuple(starts))


def hash_text(text: str) -> str:
    """SHA-256 (hexadecimal) of `text` as UTF-8; lone surrogates are kept as they are.

    >>> hash_text("")[:8]
    'e3b0c442'
    """
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
