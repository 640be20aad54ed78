"""A document as read: its words, where its paragraphs stand, and the hashes that say it has not changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256

from realpolitik.errors import Finding, InputRefused, Position
from realpolitik.sources.folding import DIRECTION, Folded, fold


@dataclass(frozen=True)
class Paragraph:
    """One non-empty line: its `number` (from 1), its file `line` (from 1) and its code points `start:end`."""

    number: int
    line: int
    start: int
    end: int


@dataclass(frozen=True)
class Document:
    """What was read: `text` is the decoded original, `canonical` its plain reading with the map back.

    `sha256` is the hash of the bytes on disk; `canonical.digest` that of the canonical text.
    """

    name: str
    text: str
    sha256: str
    media_type: str = "text/plain"
    metadata: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @cached_property
    def canonical(self) -> Folded:
        """The text with plain typography, and the map back to the original."""
        return fold(self.text)

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Non-empty lines, numbered from 1 in reading order.

        >>> [(p.number, p.line) for p in document_from_text("One.\\n\\nTwo.").paragraphs]
        [(1, 1), (2, 3)]
        """
        return split_paragraphs(self.text)

    def paragraph_at(self, offset: int) -> Paragraph:
        """The paragraph that holds code point `offset`, or the last one before it.

        Raises InputRefused if the document has no words.
        """
        before = [item for item in self.paragraphs if item.start <= offset]
        if before:
            return before[-1]
        if self.paragraphs:
            return self.paragraphs[0]
        finding = Finding("error", "The document has no words.", Position(self.name), "Give a text with content.")
        raise InputRefused([finding])


def split_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Which lines of `text` carry words, and where? Any line end counts (\\n, \\r\\n, \\r)."""
    found: list[Paragraph] = []
    offset = 0
    for line, raw in enumerate(text.replace("\r\n", " \n").replace("\r", "\n").split("\n"), 1):
        if raw.strip():
            start = offset + len(raw) - len(raw.lstrip())
            found.append(Paragraph(len(found) + 1, line, start, offset + len(raw.rstrip())))
        offset += len(raw) + 1
    return tuple(found)


def document_from_text(text: str, name: str = "text") -> Document:
    """Make a document of words at hand, as if they had been read from a UTF-8 file.

    >>> document_from_text("Aland denied it.").sha256[:8]
    '11e5901f'
    """
    notes = direction_notes(text)
    return Document(name, text, sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), notes=notes)


def direction_notes(text: str) -> tuple[str, ...]:
    """Does the text hide its order from the eye? One note for each kind of direction control found.

    >>> direction_notes("abc\\u202edef")
    ('U+202E turns the direction of reading at code point 3; it is ignored.',)
    """
    return tuple(
        f"U+{ord(char):04X} turns the direction of reading at code point {text.index(char)}; it is ignored."
        for char in sorted(DIRECTION)
        if char in text
    )
