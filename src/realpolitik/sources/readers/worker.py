"""The process that opens a foreign format: bytes on standard input, one JSON object on standard output.

It may use so much memory and processor time and write no file; who started it ends it when the time is over.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from realpolitik.errors import InputRefused
from realpolitik.sources.reading import Limits, Reader

MEMORY = 1_500_000_000


def main() -> None:
    """Read, answer, end: {"text": ..., "metadata": ..., "notes": ...} or {"error": ..., "hint": ...}."""
    kind, name, given = sys.argv[1:4]
    limits = Limits(**json.loads(given))
    confine(limits.seconds)
    data = sys.stdin.buffer.read()
    try:
        reply = asdict(reader(kind)(data, name, limits))
    except InputRefused as problem:
        reply = {"error": problem.findings[0].message, "hint": problem.findings[0].hint}
    except MemoryError:
        reply = {"error": "It takes too much memory to read.", "hint": ""}
    except Exception as problem:  # any fault of a foreign reader is a refusal, never a crash
        reply = {"error": f"{type(problem).__name__}: {problem}"[:300], "hint": ""}
    json.dump(reply, sys.stdout)


def confine(seconds: float) -> None:
    """Hold this process to MEMORY bytes and some processor seconds, and let it write no file, where the system can."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return
    time = int(seconds) + 1
    for kind, most in (("AS", MEMORY), ("CPU", time), ("FSIZE", 0), ("CORE", 0)):
        resource.setrlimit(getattr(resource, f"RLIMIT_{kind}"), (most, most))


def reader(kind: str) -> Reader:
    """The reader of a kind: pdf, docx, or html:ENCODING."""
    if kind == "pdf":
        from realpolitik.sources.readers.pdf import read_pdf as found  # noqa: PLC0415
    elif kind == "docx":
        from realpolitik.sources.readers.docx import read_docx as found  # noqa: PLC0415
    else:
        from realpolitik.sources.readers.html import html_reader  # noqa: PLC0415

        return html_reader(kind.partition(":")[2])
    return found


if __name__ == "__main__":
    main()
