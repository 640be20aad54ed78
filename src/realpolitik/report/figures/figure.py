"""A finished picture: its finding as title, the drawing, and the table that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from realpolitik.report.figures.canvas import Canvas, number
from realpolitik.report.figures.text import lines


@dataclass(frozen=True)
class Table:
    """Columns and rows as they are read; `numbers` are the columns set to the right."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()

    def html(self, caption: str = "") -> str:
        """The table as HTML, everything escaped.

        >>> Table(("who",), (("<b>",),)).html().partition("<tbody>")[2]
        '<tr><th scope="row">&lt;b&gt;</th></tr></tbody></table>'
        """
        head = "".join(f'<th scope="col"{self._set(i)}>{escape(name)}</th>' for i, name in enumerate(self.columns))
        body = "".join(f"<tr>{self._row(row)}</tr>" for row in self.rows)
        told = f"<caption>{escape(caption)}</caption>" if caption else ""
        return f"<table>{told}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def _row(self, row: Sequence[str]) -> str:
        first, *rest = row
        cells = "".join(f"<td{self._set(i)}>{escape(cell)}</td>" for i, cell in enumerate(rest, 1))
        return f'<th scope="row">{escape(first)}</th>{cells}'

    def _set(self, column: int) -> str:
        return ' class="n"' if column in self.numbers else ""


@dataclass(frozen=True)
class Figure:
    """A picture of kind `name`. `title` says the finding, `note` how to read it; `table` has every number in it."""

    name: str
    title: str
    canvas: Canvas
    table: Table
    note: str = ""

    @property
    def svg(self) -> str:
        """The picture with its own style sheet."""
        return self.canvas.svg(self.title, self.note)

    @property
    def bare(self) -> str:
        """The picture for a page that has the style sheet."""
        return self.canvas.svg(self.title, self.note, alone=False)

    def as_json(self) -> dict[str, Any]:
        """The numbers of the picture as plain data."""
        rows = [dict(zip(self.table.columns, row, strict=True)) for row in self.table.rows]
        return {"figure": self.name, "title": self.title, "note": self.note, "rows": rows}

    def html(self, heading: str = "h4") -> str:
        """Title, picture, note and table, for a page that has the style sheet."""
        return (
            f'<figure class="picture"><figcaption><{heading}>{escape(self.title)}</{heading}></figcaption>'
            f'<div class="drawing" tabindex="0" role="group" aria-label="{escape(self.title)}">{self.bare}</div>'
            f"{f'<p class=note>{escape(self.note)}</p>' if self.note else ''}"
            f"<details><summary>The same as a table</summary><div class=drawing>{self.table.html()}</div></details>"
            "</figure>"
        )

    def slide(self, notice: str, marking: str = "") -> str:
        """The picture as one SVG that stands on its own: title above; note, notice and marking below."""
        wide = self.canvas.wide
        below = [*lines(self.note, wide - 40.0, 12.0), *lines(notice, wide - 40.0, 12.0)]
        sheet = Canvas(wide)
        y = 24.0
        for line in [marking] * bool(marking) + lines(self.title, (wide - 40.0) * 0.92, 18.0):
            sheet.text((20.0, y), line, "strong", size=18.0)
            y += 24.0
        drawing = "".join(self.canvas.parts)
        share = (wide - 40.0) / wide
        sheet.parts.append(f'<g transform="translate(20 {number(y)}) scale({share:.4f})">{drawing}</g>')
        y += self.canvas.tall * share + 16.0
        for line in [*below, *([marking] if marking else [])]:
            sheet.text((20.0, y), line, "soft", size=12.0)
            y += 16.0
        sheet.tall = y
        return sheet.svg(self.title, self.note)

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_html_(self) -> str:
        told = f"<p>{escape(self.note)}</p>" if self.note else ""
        table = f"<details><summary>Table</summary>{self.table.html()}</details>"
        return f"<h4>{escape(self.title)}</h4>{self.svg}{told}{table}"
