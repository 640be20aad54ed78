"""Adding a document to a sources.yaml as text: everything else, comments too, stays as it is."""

from __future__ import annotations

from collections.abc import Mapping

from realpolitik.claims.claim_text import scalar
from realpolitik.claims.documents import read_sources
from realpolitik.claims.written.findings import Collector
from realpolitik.claims.written.yaml_text import read_text
from realpolitik.errors import QuestionRefused


def with_source(text: str, name: str, keys: Mapping[str, str | int]) -> str:
    """The file with one document more, at its end; unchanged where the document is there already.

    >>> print(with_source("", "report", {"title": "On: R&D", "date": "2024-05-01"}), end="")
    sources:
      report:
        title: "On: R&D"
        date: 2024-05-01

    Raises `QuestionRefused` where it cannot be added without touching something else.
    """
    text = text if text.strip() else "sources:\n"
    before = _names(text)
    if name in before:
        return text
    lines = [f"  {name}:", *(f"    {key}: {_written(key, value)}" for key, value in keys.items() if value)]
    rows = text.rstrip("\n").split("\n")
    start = next((number for number, row in enumerate(rows) if row.rstrip() == "sources:"), None)
    if start is None:
        raise QuestionRefused("sources.yaml has no line 'sources:' of its own; add the document by hand.")
    later = (number for number in range(start + 1, len(rows)) if rows[number][:1] not in ("", " ", "#"))
    end = next(later, len(rows))
    made = "\n".join([*rows[:end], *lines, *rows[end:]]) + "\n"
    if _names(made) != [*before, name]:
        raise QuestionRefused("The document cannot be added without changing others; add it by hand.")
    return made


def _written(key: str, value: str | int) -> str:
    return str(value) if key in ("date", "sha256", "characters", "paragraphs") else scalar(value)


def _names(text: str) -> list[str]:
    found = Collector()
    names = list(read_sources(read_text(text, found, "sources.yaml"), found))
    found.raise_if_errors()
    return names
