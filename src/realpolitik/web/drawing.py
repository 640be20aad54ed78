"""Pictures for pages: the drawing without its style sheet (the page has it), and its table, as plain data."""

from __future__ import annotations

from typing import Any

from realpolitik.report.figures.fan import fan
from realpolitik.report.figures.figure import Figure


def drawn(figure: Figure) -> dict[str, Any]:
    """A figure as data."""
    return {
        "name": figure.name, "title": figure.title, "note": figure.note, "svg": figure.bare,
        "columns": list(figure.table.columns), "rows": [list(row) for row in figure.table.rows],
    }  # fmt: skip


def fans(factors: list[dict[str, Any]], dates: list[str]) -> list[dict[str, Any]]:
    """A fan chart for each factor of an answer."""
    return [drawn(fan({**item, "dates": dates}, wide=460.0)) for item in factors]
