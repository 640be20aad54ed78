"""PDF: read by pypdf, page after page, lines joined into paragraphs."""

from __future__ import annotations

import importlib.util
import re
from io import BytesIO

from realpolitik.sources.reading import Extracted, Limits, refuse

HYPHEN = re.compile(r"(\w)-\n(\w)")


def read_pdf(data: bytes, name: str, limits: Limits) -> Extracted:
    """The text of a PDF.

    Raises InputRefused without the extra `documents`, and for PDFs that are broken or beyond the limits.
    """
    if importlib.util.find_spec("pypdf") is None:
        raise refuse(name, "Reading PDF needs pypdf, which is not installed.", "pip install 'realpolitik[documents]'")
    try:
        text = words(data, limits.pages, limits.characters)
    except MemoryError:
        raise
    except Exception as problem:  # pypdf raises whatever comes to it
        why = f"{type(problem).__name__}: {problem}"[:300]
        raise refuse(name, f"The PDF cannot be read: {why}.", "Save it again, or give its text.") from problem
    notes = () if text.strip() else ("The PDF holds no text (scanned pages?).",)
    return Extracted(text, {}, notes)


def words(data: bytes, pages: int, characters: int) -> str:
    """The text of at most `pages` pages and `characters` characters; more is a ValueError."""
    from pypdf import PdfReader  # noqa: PLC0415

    reader = PdfReader(BytesIO(data))
    if len(reader.pages) > pages:
        raise ValueError(f"{len(reader.pages)} pages, at most {pages} are read")
    out: list[str] = []
    size = 0
    for page in reader.pages:
        out.append(page.extract_text())
        size += len(out[-1])
        if size > characters:
            raise ValueError(f"more than {characters:,} characters")
    return join_lines("\n".join(out))


def join_lines(text: str) -> str:
    """Lines of one paragraph on one line: a line that ends no sentence goes on in the next.

    >>> join_lines("The min-\\nister said\\nno.\\nNext.")
    'The minister said no.\\n\\nNext.'
    """
    text = HYPHEN.sub(r"\1\2", text)
    text = re.sub(r"(?<![.!?:\"”’'\n])\n(?!\n)", " ", text)
    return re.sub(r"\n+", "\n\n", text).strip()
