"""Raw answers, kept as they came, so that what was taken can be checked and run again without a model."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from realpolitik.errors import Finding, InputRefused, Position
from realpolitik.sources.atomic import write_atomically
from realpolitik.sources.document import Document

FOLDER = Path(".rpol") / "answers"
LARGEST = 4_000_000


def keep(document: Document, model: str, endpoint: str, answer: str, when: str, folder: Path = FOLDER) -> Path:
    """Keep an answer with what was asked of whom and when; the file."""
    digest = sha256(f"{document.sha256} {model} {when} {answer}".encode("utf-8", "replace")).hexdigest()
    record = {"document": document.sha256, "model": model, "endpoint": endpoint, "when": when, "answer": answer}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{digest[:16]}.json"
    write_atomically(path, json.dumps(record, ensure_ascii=True, indent=1).encode("ascii"))
    return path


def kept_answer(path: Path, document: Document) -> str:
    """The answer of a record about this document. Raises `InputRefused` for another file or another document."""
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError(f"more than {LARGEST:,} bytes")
        record = json.loads(path.read_text(encoding="utf-8"))
        digest, answer = record["document"], record["answer"]
    except (OSError, ValueError, LookupError, TypeError, RecursionError) as problem:
        raise _refused(path, f"This is no kept answer: {problem}.") from None
    if digest != document.sha256 or not isinstance(answer, str):
        raise _refused(path, f"This answer is about another document than '{document.name}'.")
    return answer


def _refused(path: Path, message: str) -> InputRefused:
    hint = "Give a file that 'rpol sources extract --model' has kept."
    return InputRefused([Finding("error", message, Position(str(path)), hint)])
