"""The plain keys at the top of a file: title, dates, times, author, and the file's own words."""

from __future__ import annotations

import datetime as dt
from typing import Any

from realpolitik.claims.written.nodes import MapNode, Node, TextNode, is_empty
from realpolitik.language.time import Duration
from realpolitik.situation.context import Context
from realpolitik.situation.keys import SECTION
from realpolitik.situation.model import Support

HORIZON = Duration(120.0, "10 years")
ANSWERS = (Duration(12.0, "1 year"), Duration(36.0, "3 years"), Duration(120.0, "10 years"))
TABLES = ("size", "weight", "steadiness", "likelihood")


def value(root: MapNode, name: str) -> Node | None:
    """A top-level value; an empty one counts as missing."""
    node = root.get(name)
    return None if is_empty(node) else node


def read_header(ctx: Context, root: MapNode) -> dict[str, Any]:
    """Title, date, horizon, period, answers and note."""
    horizon = ctx.duration(value(root, "horizon")) or HORIZON
    period = ctx.choice(value(root, "period"), SECTION["period"].choices, "quarter")
    return {
        "title": _text(ctx, value(root, "situation")),
        "as_of": _as_of(ctx, root),
        "horizon": horizon,
        "period": period,
        "answers": _answers(ctx, value(root, "answers"), horizon),
        "note": _text(ctx, value(root, "note")),
    }


def _text(ctx: Context, node: Node | None) -> str:
    text = None if node is None else ctx.text(node)
    return "" if text is None else " ".join(text.value.split())


def _as_of(ctx: Context, root: MapNode) -> dt.date:
    node = value(root, "as_of")
    if node is None:
        hint = "Add 'as_of: 2024-01-01': everything starts from what held on that day."
        ctx.found.error("the file does not say as of when it stands.", root.position, hint, "as_of")
        return dt.date(2000, 1, 1)
    return ctx.date(node) or dt.date(2000, 1, 1)


def _answers(ctx: Context, node: Node | None, horizon: Duration) -> tuple[Duration, ...]:
    """Times after which results are reported; those beyond the horizon are dropped, in rising order."""
    times: tuple[Duration, ...] = ANSWERS
    if node is not None:
        read = (ctx.duration(item) for item in ctx.text_items(node, "a length of time"))
        times = tuple(item for item in read if item is not None)
    kept = {item.months: item for item in times if 0 < item.months <= horizon.months}
    return tuple(kept[months] for months in sorted(kept)) or (horizon,)


def read_author(ctx: Context, root: MapNode) -> Support:
    """Who stands behind every entry without a claim."""
    node = value(root, "judged_by")
    return Support() if node is None else ctx.author(node)


def read_words(ctx: Context, root: MapNode) -> dict[str, dict[str, tuple[float, float]]]:
    """The file's own words: table -> word -> (5th percentile, 95th percentile)."""
    tables: dict[str, dict[str, tuple[float, float]]] = {}
    words = value(root, "words")
    for key, node in ctx.mapping(words, "a mapping of tables") if words is not None else ():
        if ctx.known(key, TABLES, "table of words"):
            tables[key.value] = _bands(ctx, node, key.value)
    hedges = value(root, "hedges")
    if hedges is not None:
        tables["hedge"] = _bands(ctx, hedges, "hedge")
    return tables


def _bands(ctx: Context, node: Node, table: str) -> dict[str, tuple[float, float]]:
    scale = {"size": "signed", "steadiness": "positive"}.get(table, "level")
    out: dict[str, tuple[float, float]] = {}
    for key, band in ctx.mapping(node, "a mapping from words to intervals"):
        read = ctx.quantity(band, scale) if isinstance(band, TextNode) else ctx.quantity(band, "level")  # type: ignore[arg-type]
        if read is not None:
            out[key.value] = (read.low, read.high)
    return out
