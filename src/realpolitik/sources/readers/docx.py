"""DOCX: a ZIP of XML, read with the standard library and never unpacked to disk."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.parsers import expat

from realpolitik.sources.reading import Extracted, Limits, refuse

BODY = "word/document.xml"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
RATIO = 200


def read_docx(data: bytes, name: str, limits: Limits) -> Extracted:
    """The paragraphs of a Word document in order (body and tables; no headers, notes or comments).

    Raises InputRefused for broken archives, archives that swell beyond the limits, and XML with a DTD.
    """
    return Extracted(_paragraphs(_body(data, name, limits), name), {})


def _body(data: bytes, name: str, limits: Limits) -> bytes:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            info = archive.getinfo(BODY)
            if info.file_size > limits.text_bytes or info.file_size > RATIO * max(info.compress_size, 1):
                message = f"Its text would unpack from {info.compress_size:,} to {info.file_size:,} bytes."
                raise refuse(name, message, "Save the document again, or give its text.")
            with archive.open(info) as handle:
                xml = handle.read(limits.text_bytes + 1)
    except KeyError as problem:
        raise refuse(name, "This archive is no Word document.", f"Expected {BODY} within it.") from problem
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError) as problem:
        raise refuse(name, f"The archive cannot be read: {problem}.", "Save the document again.") from problem
    except Exception as problem:
        if type(problem).__name__ != "error":  # zlib.error and lzma errors have no common base
            raise
        raise refuse(name, f"The archive is damaged: {problem}.", "Save the document again.") from problem
    if len(xml) > limits.text_bytes:
        raise refuse(name, "Its text unpacks beyond the limit.", "Split the document.")
    return xml


def _paragraphs(xml: bytes, name: str) -> str:
    if b"<!DOCTYPE" in xml[:4096] or b"<!ENTITY" in xml:
        raise refuse(name, "Its XML declares entities, which Word never writes.", "Save the document again.")
    words = _Words()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = words.start, words.end
    parser.CharacterDataHandler = words.data
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as problem:
        raise refuse(name, f"Its XML is broken: {problem}.", "Save the document again.") from problem
    return "".join(words.out).strip()


class _Words:
    """Collects the runs of text; a paragraph ends in an empty line."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self._inside = 0

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        if tag == WORD + "t":
            self._inside += 1
        elif tag in {WORD + "tab", WORD + "br"}:
            self.out.append("\t" if tag.endswith("tab") else "\n")

    def end(self, tag: str) -> None:
        if tag == WORD + "t":
            self._inside -= 1
        elif tag == WORD + "p":
            self.out.append("\n\n")

    def data(self, piece: str) -> None:
        if self._inside:
            self.out.append(piece)
