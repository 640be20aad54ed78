"""What an article says here, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import wrap
from typing import Any

Data = Mapping[str, Any]


def reading_text(data: Data, width: int) -> str:
    """The statements with their matches, the proposed changes, and what would move.

    >>> print(reading_text({"question": "What does it say?", "rows": [], "sentences": ["0 statements."]}, 60))
    What does it say?
    <BLANKLINE>
    0 statements.
    """
    kept = data.get("kept") or {"claims": (), "changes": ()}
    rows = [row for row in data["rows"] if row["row"] == "claim"]
    lines = [str(data["question"]), ""]
    for number, row in enumerate(rows):
        lines += _claim(row, kept["claims"][number] if kept["claims"] else "", width)
    changes = [row for row in data["rows"] if row["row"] == "change"]
    for number, row in enumerate(changes):
        lines += _change(row, kept["changes"][number] if kept["changes"] else "", width)
    for sentence in data["sentences"]:
        lines += wrap(sentence, width, subsequent_indent="  ")
    return "\n".join(lines)


def _claim(row: Data, name: str, width: int) -> Iterator[str]:
    who = row["speaker"] or "nobody named"
    details = [row["country"], f"paragraph {row['paragraph']}", *(["denial"] if row["denied"] else [])]
    details += [f"hedged: {row['hedge']}"] if row["hedge"] else []
    yield f"{name or '-':<6} {who} ({', '.join(filter(None, details))})"
    yield from wrap(row["words"], width, initial_indent="       ", subsequent_indent="       ")
    if row["repeats"]:
        yield f"       repeats: {row['repeats']}"
    for match in row["matches"]:
        said = f"{match['how']} {match['claim']} ({match['score']:.2f}): {match['because']}"
        yield from wrap(said, width, initial_indent="       ", subsequent_indent="         ")
    for number in row["disputes"]:
        yield f"       against statement {number + 1} of this article"
    if not row["matches"] and not row["repeats"]:
        yield "       new"
    yield ""


def _change(row: Data, name: str, width: int) -> Iterator[str]:
    yield from wrap(f"{name or '-':<6} change: {row['words']}", width, subsequent_indent="       ")
    for item in row["reads"]:
        yield from wrap(f"read by: {item}", width, initial_indent="       ", subsequent_indent="         ")
    if row["observation"]:
        yield from wrap(
            f"as a report: {row['observation']}", width, initial_indent="       ", subsequent_indent="         "
        )
    yield ""
