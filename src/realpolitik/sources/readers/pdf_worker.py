"""The process that opens a PDF: bytes on standard input, one JSON object on standard output."""

from __future__ import annotations

import json
import re
import sys
from io import BytesIO

MEMORY = 1_500_000_000
HYPHEN = re.compile(r"(\w)-\n(\w)")


def main() -> None:
    """Read, answer, end: {"text": ...} or {"error": ...}."""
    limit_memory()
    pages, characters = int(sys.argv[1]), int(sys.argv[2])
    try:
        reply = {"text": words(sys.stdin.buffer.read(), pages, characters)}
    except Exception as problem:  # any fault of a foreign reader is a refusal, never a crash
        reply = {"error": f"{type(problem).__name__}: {problem}"[:300]}
    json.dump(reply, sys.stdout)


def limit_memory() -> None:
    """Hold this process to MEMORY bytes where the system can."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


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


if __name__ == "__main__":
    main()
