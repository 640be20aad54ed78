"""Plain text and Markdown: decode strictly, change nothing."""

from __future__ import annotations

import codecs

from realpolitik.sources.reading import Extracted, Limits, Reader, refuse

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def plain_reader(encoding: str = "utf-8") -> Reader:
    """A reader of text in `encoding`; a byte order mark decides over it."""

    def read(data: bytes, name: str, limits: Limits) -> Extracted:
        if len(data) > limits.text_bytes:
            message = f"The text has {len(data):,} bytes; at most {limits.text_bytes:,} are read."
            raise refuse(name, message, "Split the document.")
        return Extracted(decode(data, name, encoding), {})

    return read


def decode(data: bytes, name: str, encoding: str = "utf-8") -> str:
    """The words of `data`, strictly: no byte is guessed, dropped or replaced.

    Raises InputRefused with the place of the first byte that does not belong; also for NUL bytes.
    """
    encoding = next((known for mark, known in BOMS if data.startswith(mark)), encoding)
    try:
        text = data.decode(encoding)
    except LookupError as problem:
        raise refuse(name, f"'{encoding}' is no known encoding.", "Use utf-8, cp1252 or latin-1.") from problem
    except UnicodeDecodeError as problem:
        message = f"Byte {problem.start} (0x{data[problem.start]:02x}) is not {encoding}."
        raise refuse(name, message, "Save the file as UTF-8, or say which encoding it has.") from problem
    if "\x00" in text:
        raise refuse(name, "The file holds NUL bytes: it is no text.", "Give text, Markdown, HTML, PDF or DOCX.")
    return text
