"""Reading a foreign format in a process of its own, so that no file can take the time or memory of this one."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from typing import Any

from realpolitik.sources.reading import Extracted, Limits, Reader, refuse

HINT = "Save it again, or give its text."


def confined(kind: str) -> Reader:
    """A reader that asks a worker process. `kind`: pdf, docx, or html:ENCODING.

    What it gives raises InputRefused for what the format's own reader refuses, and for files that take too long or too
    much memory.
    """

    def read(data: bytes, name: str, limits: Limits) -> Extracted:
        reply = _asked(kind, data, name, limits)
        if "error" in reply:
            raise refuse(name, str(reply["error"]), str(reply.get("hint") or HINT))
        return Extracted(str(reply["text"]), dict(reply["metadata"]), tuple(reply["notes"]))

    return read


def _asked(kind: str, data: bytes, name: str, limits: Limits) -> dict[str, Any]:
    module = "realpolitik.sources.readers.worker"
    shown = name.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")[:200]
    command = [sys.executable, "-B", "-m", module, kind, shown, json.dumps(asdict(limits))]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=limits.seconds, check=False)
    except subprocess.TimeoutExpired:
        raise refuse(
            name, f"Reading took over {limits.seconds:g} s.", "Split the document, or give its text."
        ) from None
    try:
        reply = json.loads(done.stdout)
    except ValueError:
        return {"error": "The reader ran out of memory or time, or was stopped."}
    return reply if isinstance(reply, dict) else {"error": "The reader gave no text."}
