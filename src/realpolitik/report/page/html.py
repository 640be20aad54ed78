"""Blocks as HTML. Every word is escaped here and nowhere else; there is no way to put markup through."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from realpolitik.report.page.blocks import Block, Bullets, Fold, Grid, Head, Para, Picture, Section, Span

TAGS = {"strong": "strong", "soft": "small", "code": "code"}


def html(block: Block) -> str:
    """A block as HTML.

    >>> html(Para((Span("<b>", link="x"),)))
    '<p><a href="#x">&lt;b&gt;</a></p>'
    """
    match block:
        case Para():
            return _para(block, "p")
        case Bullets(items=items, ordered=ordered):
            tag = "ol" if ordered else "ul"
            return f"<{tag}>{''.join(_para(item, 'li') for item in items)}</{tag}>"
        case Grid():
            return _grid(block)
        case Picture(figure=figure, broad=broad):
            return f'<div class="{"broad" if broad else "narrow"}">{figure.html("h3")}</div>'
        case Head(words=words, id=name):
            return f"<h3{_id(name)}>{escape(words)}</h3>"
        case Fold(summary=summary, blocks=blocks):
            return f"<details><summary>{escape(summary)}</summary>{together(blocks)}</details>"


def together(blocks: Iterable[Block]) -> str:
    """Blocks one after another."""
    return "".join(html(block) for block in blocks)


def section(item: Section, number: str) -> str:
    """A section with its heading."""
    title = f"{number} {item.title}".strip()
    return f'<section id="{escape(item.id)}"><h2>{escape(title)}</h2>{together(item.blocks)}</section>'


def _id(name: str) -> str:
    return f' id="{escape(name)}"' if name else ""


def _para(item: Para, tag: str) -> str:
    kind = f' class="{item.kind}"' if item.kind else ""
    return f"<{tag}{_id(item.id)}{kind}>{''.join(map(_span, item.spans))}</{tag}>"


def _span(span: Span) -> str:
    words = escape(span.words)
    if span.kind:
        words = f"<{TAGS[span.kind]}>{words}</{TAGS[span.kind]}>"
    return f'<a href="#{escape(span.link)}">{words}</a>' if span.link else words


def _grid(item: Grid) -> str:
    source = item.table
    heads = "".join(
        f'<th scope="col"{_set(i in source.numbers)}>{escape(name)}</th>' for i, name in enumerate(source.columns)
    )
    rows = "".join(_row(item, number) for number in range(len(source.rows)))
    caption = f"<caption>{escape(item.caption)}</caption>" if item.caption else ""
    table = f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    return f'<div class="drawing" tabindex="0">{table}</div>'


def _row(item: Grid, number: int) -> str:
    cells = []
    for column, words in enumerate(item.table.rows[number]):
        link = item.links.get((number, column))
        told = f'<a href="#{escape(link)}">{escape(words)}</a>' if link else _cited(item, column, words)
        if column == 0:
            cells.append(f'<th scope="row">{told}</th>')
        else:
            cells.append(f"<td{_set(column in item.table.numbers)}>{told}</td>")
    return f"<tr{_id(item.ids[number] if item.ids else '')}>{''.join(cells)}</tr>"


def _cited(item: Grid, column: int, words: str) -> str:
    """The words of a cell, the claims it names as links."""
    if column != item.cited:
        return escape(words)
    parts = [
        f'<a href="#claim-{escape(part)}">{escape(part)}</a>' if part in item.known else escape(part)
        for part in words.split(", ")
    ]
    return ", ".join(parts)


def _set(number: bool) -> str:
    return ' class="n"' if number else ""
