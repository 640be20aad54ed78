"""Reading the annotated texts of this folder (see texts/README.md) into the shape of the scorer's gold files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

MARK = re.compile(r"\{([A-Z])([\d,]+)\|")
TEXTS = Path(__file__).parent / "texts"


def read(path: Path) -> dict[str, Any]:
    """One annotated text: `text` and `items` by number, with spans per letter."""
    marked, _, table = path.read_text(encoding="utf-8").partition("\n---\n")
    text, spans = unmark(marked)
    items = [item for line in table.splitlines() if (item := row(line, spans, text))]
    return {"file": path.name, "text": text, "attributions": items}


def unmark(marked: str) -> tuple[str, dict[str, list[tuple[int, int]]]]:
    """The text without marks, and the spans of every mark by `letter number`."""
    out: list[str] = []
    stack: list[tuple[list[str], int]] = []
    spans: dict[str, list[tuple[int, int]]] = {}
    at = size = 0
    while at < len(marked):
        match = MARK.match(marked, at)
        if match:
            stack.append(([match[1] + number for number in match[2].split(",")], size))
            at = match.end()
            continue
        if marked[at] == "}" and stack:
            keys, start = stack.pop()
            for key in keys:
                spans.setdefault(key, []).append((start, size))
        else:
            out.append(marked[at])
            size += 1
        at += 1
    return "".join(out), spans


def row(line: str, spans: dict[str, list[tuple[int, int]]], text: str) -> dict[str, Any] | None:
    """One line of the table, with its spans."""
    if not line.strip():
        return None
    line, _, origin = line.partition(" > ")
    number, kind, *rest = line.split()
    carried = rest[0] == "carried"
    core, polarity, country, *name = rest[carried:]

    def of(letter: str) -> list[dict[str, Any]]:
        return [{"start": s, "end": e, "exact": text[s:e]} for s, e in sorted(spans.get(letter + number, []))]

    return {
        "id": number, "type": kind, "core": core == "core", "polarity": polarity, "carried_source": carried,
        "country": None if country == "-" else country, "name": " ".join(name), "content": of("C"), "source": of("S"),
        "cue": of("Q"), "hedges": of("H"), "chain": [{"name": "-"}, {"name": origin}] if origin else [],
    }  # fmt: skip


def corpus() -> list[dict[str, Any]]:
    """All annotated texts."""
    return [read(path) for path in sorted(TEXTS.glob("*.txt"))]
