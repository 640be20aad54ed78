"""Rival hypotheses against the evidence: what each item says of each, the most telling item first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from realpolitik.language.sentences import two_digits
from realpolitik.report.figures.canvas import Canvas
from realpolitik.report.figures.figure import Figure, Table
from realpolitik.report.figures.text import lines

WORDS = {
    "CC": "very consistent",
    "C": "consistent",
    "N": "neutral",
    "I": "inconsistent",
    "II": "very inconsistent",
    "NA": "does not apply",
}
KINDS = {"CC": "gain", "C": "band1", "N": "panel", "I": "accent", "II": "loss", "NA": "ground"}
NOTE = f"{', '.join(f'{mark} {word}' for mark, word in WORDS.items())}. The most diagnostic item first."
LINE, COLUMN = 14.0, 92.0


def matrix(
    found: Sequence[Mapping[str, Any]], hypotheses: Sequence[str], *, title: str = "", wide: float = 720.0
) -> Figure:
    """Rows with `evidence`, `marks` (one of CC C N I II NA for each hypothesis) and `diagnosticity`, any number."""
    ordered = sorted(found, key=lambda row: -float(row["diagnosticity"]))
    cell = min(COLUMN, 0.6 * wide / max(1, len(hypotheses)))
    left = wide - cell * len(hypotheses)
    heads = [lines(name, cell - 8.0, 12.0, most=4) for name in hypotheses]
    told = [lines(str(row["evidence"]), left - 14.0, most=3) for row in ordered]
    sizes = [max(30.0, LINE * len(item) + 12.0) for item in told]
    top = LINE * max((len(head) for head in heads), default=1) + 12.0
    canvas = Canvas(wide, top + sum(sizes) + 4.0)
    for column, head in enumerate(heads):
        for spot, line in enumerate(head):
            place = (left + cell * (column + 0.5), top - 8.0 - LINE * (len(head) - 1 - spot))
            canvas.text(place, line, "strong", "middle", 12.0)
    y = top
    for row, item, tall in zip(ordered, told, sizes, strict=True):
        _row(canvas, (row, item), (left, cell), (y, tall))
        y += tall
    body = tuple(
        (
            str(row["evidence"]),
            *(WORDS[mark] for mark in row["marks"]),
            two_digits(float(row["diagnosticity"])),
        )
        for row in ordered
    )
    table = Table(("evidence", *hypotheses, "diagnosticity"), body, frozenset({len(hypotheses) + 1}))
    return Figure("matrix", title or _finding(ordered), canvas, table, NOTE)


def _finding(ordered: Sequence[Mapping[str, Any]]) -> str:
    return (
        f"Tells most between the hypotheses: {ordered[0]['evidence']}" if ordered else "There is no evidence to compare"
    )


def _row(
    canvas: Canvas,
    told: tuple[Mapping[str, Any], list[str]],
    columns: tuple[float, float],
    place: tuple[float, float],
) -> None:
    (row, words), (left, cell), (y, tall) = told, columns, place
    first = y + tall / 2 + 4.5 - LINE / 2 * (len(words) - 1)
    for spot, line in enumerate(words):
        canvas.text((0.0, first + LINE * spot), line)
    for column, mark in enumerate(row["marks"]):
        x = left + cell * column
        with canvas.named(f"{row['evidence']}: {WORDS[mark]}"):
            canvas.rect((x + 2.0, y + 2.0), cell - 4.0, tall - 4.0, KINDS[mark])
        canvas.text((x + cell / 2, y + tall / 2 + 4.5), mark, "strong halo", "middle")
