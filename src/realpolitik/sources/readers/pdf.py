"""PDF: read by pypdf in a process of its own, with limits on time, memory and output."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys

from realpolitik.sources.reading import Extracted, Limits, refuse


def read_pdf(data: bytes, name: str, limits: Limits) -> Extracted:
    """The text of a PDF, page after page, lines joined into paragraphs.

    Raises InputRefused without the extra `documents`, and for PDFs that are broken or beyond the limits.
    """
    if importlib.util.find_spec("pypdf") is None:
        raise refuse(name, "Reading PDF needs pypdf, which is not installed.", "pip install 'realpolitik[documents]'")
    reply = _ask_worker(data, name, limits)
    if "error" in reply:
        raise refuse(name, f"The PDF cannot be read: {reply['error']}.", "Save it again, or give its text.")
    text = reply.get("text", "")
    notes = () if text.strip() else ("The PDF holds no text (scanned pages?).",)
    return Extracted(text, {}, notes)


def _ask_worker(data: bytes, name: str, limits: Limits) -> dict[str, str]:
    command = [
        sys.executable,
        "-m",
        "realpolitik.sources.readers.pdf_worker",
        str(limits.pages),
        str(limits.characters),
    ]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=limits.seconds, check=False)
    except subprocess.TimeoutExpired as problem:
        raise refuse(name, f"Reading took over {limits.seconds:g} s.", "Split the document.") from problem
    try:
        reply = json.loads(done.stdout)
    except ValueError:
        return {"error": "the reader ran out of memory or was stopped"}
    return reply if isinstance(reply, dict) else {"error": "the reader gave no text"}
