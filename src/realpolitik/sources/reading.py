"""Opening a file that somebody gave us: which reader, within which limits, and a clear refusal otherwise."""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from realpolitik.errors import Finding, InputRefused, Position
from realpolitik.sources.document import Document, direction_notes

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """What a document may cost: bytes on disk, characters of text, pages, seconds in a foreign reader."""

    file_bytes: int = 50 * MEGABYTE
    text_bytes: int = 20 * MEGABYTE
    characters: int = 5 * MEGABYTE
    pages: int = 2_000
    seconds: float = 60.0


@dataclass(frozen=True)
class Extracted:
    """What a reader found: words, metadata (title, author, date where the file states them), notes."""

    text: str
    metadata: dict[str, str]
    notes: tuple[str, ...] = ()


Reader = Callable[[bytes, str, Limits], Extracted]


def refuse(name: str, message: str, hint: str) -> InputRefused:
    """An `InputRefused` about the file called `name`."""
    return InputRefused([Finding("error", message, Position(name), hint, "document")])


def read_document(path: Path | str, limits: Limits | None = None, encoding: str = "utf-8") -> Document:
    """What does this file say? Reads txt, Markdown, HTML, PDF and DOCX by name and content.

    Raises InputRefused when the file is missing, no regular file, too large, of unknown kind or not readable.
    """
    limits = limits or Limits()
    place = Path(path)
    return document_of(_bytes(place, limits), place.name, limits, encoding)


def document_of(data: bytes, name: str, limits: Limits | None = None, encoding: str = "utf-8") -> Document:
    """A document from bytes at hand, as if they had been read from a file called `name`.

    Raises InputRefused as `read_document` does.
    """
    limits = limits or Limits()
    media_type = kind_of(name, data)
    extracted = _reader(media_type, encoding)(data, name, limits)
    if len(extracted.text) > limits.characters:
        message = f"The text has {len(extracted.text):,} characters; at most {limits.characters:,} are read."
        raise refuse(name, message, "Split the document.")
    digest = sha256(data).hexdigest()
    notes = extracted.notes + direction_notes(extracted.text)
    return Document(name, extracted.text, digest, media_type, extracted.metadata, notes)


def kind_of(name: str, data: bytes) -> str:
    """Which media type is this? Content decides over the name where it is unmistakable.

    >>> kind_of("a.txt", b"%PDF-1.7"), kind_of("a.md", b"# A")
    ('application/pdf', 'text/markdown')
    """
    suffix = Path(name).suffix.lower()
    if data[:5] == b"%PDF-":
        return "application/pdf"
    if data[:4] == b"PK\x03\x04":
        return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    if suffix in {".html", ".htm", ".xhtml"} or data[:512].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        return "text/html"
    return "text/markdown" if suffix in {".md", ".markdown"} else "text/plain"


def _bytes(place: Path, limits: Limits) -> bytes:
    try:
        status = place.stat()
    except (OSError, ValueError) as problem:
        why = getattr(problem, "strerror", None) or problem
        raise refuse(str(place), f"The file cannot be opened: {why}.", "Check the path.") from problem
    if not stat.S_ISREG(status.st_mode):
        raise refuse(str(place), "This is no regular file.", "Give a text, Markdown, HTML, PDF or DOCX file.")
    if status.st_size > limits.file_bytes:
        message = f"The file has {status.st_size:,} bytes; at most {limits.file_bytes:,} are read."
        raise refuse(place.name, message, "Split the document or give its text alone.")
    try:
        with place.open("rb") as handle:
            return handle.read(limits.file_bytes + 1)
    except OSError as problem:
        raise refuse(place.name, f"The file cannot be read: {problem}.", "Check its permissions.") from problem


def _reader(media_type: str, encoding: str) -> Reader:
    """Plain text here; everything else in a process of its own with limits on time and memory."""
    if media_type.startswith("text/") and media_type != "text/html":
        from realpolitik.sources.readers.plain import plain_reader  # noqa: PLC0415

        return plain_reader(encoding)
    from realpolitik.sources.readers.confined import confined  # noqa: PLC0415

    return confined({"text/html": f"html:{encoding}", "application/pdf": "pdf"}.get(media_type, "docx"))
