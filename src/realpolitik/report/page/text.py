"""Blocks as plain text, for the JSON twin and for search."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from realpolitik.report.page.blocks import Block, Bullets, Fold, Grid, Head, Para, Picture
from realpolitik.report.page.sections import sections


def twin(data: Mapping[str, Any]) -> dict[str, Any]:
    """The report's data with its sections as text and tables: what the page says, for programs."""
    told = [
        {"id": item.id, "title": item.title, "blocks": [plain for block in item.blocks for plain in plainly(block)]}
        for item in sections(data)
    ]
    return {"format": 1, **data, "sections": told}


def words(item: Para) -> str:
    """A paragraph's words.

    >>> from realpolitik.report.page.blocks import Span, para
    >>> words(para("It ", Span("holds", "strong")))
    'It holds'
    """
    return "".join(span.words for span in item.spans)


def plainly(block: Block) -> Iterator[Any]:
    """A block as plain data: text, list, or table."""
    match block:
        case Para():
            yield words(block)
        case Bullets(items=items):
            yield [words(item) for item in items]
        case Head(words=told):
            yield f"## {told}"
        case Grid(table=table, caption=caption):
            yield {"caption": caption, "columns": list(table.columns), "rows": [list(row) for row in table.rows]}
        case Picture(figure=figure):
            yield figure.as_json()
        case Fold(blocks=blocks):
            for inner in blocks:
                yield from plainly(inner)
