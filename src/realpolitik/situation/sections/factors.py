"""Factors: anchored levels, stocks with flows, derived formulas."""

from __future__ import annotations

from typing import Any, Literal, cast

from realpolitik.claims.written.nodes import ListNode, MapNode, Node, TextNode, describe, shorten
from realpolitik.language.measure import split_number
from realpolitik.language.quantity import Quantity
from realpolitik.language.time import Duration
from realpolitik.situation.context import Context
from realpolitik.situation.keys import SECTION
from realpolitik.situation.model import Factor, Flow, Support
from realpolitik.situation.parties import UNSIGNED
from realpolitik.situation.sections.entries import Entry, read_entries

Keeps = Literal["", "rises", "falls", "both"]
YEAR = Duration(12.0, "1 year")

LARGEST_END = 1e15


def read_factors(ctx: Context, node: Node | None) -> dict[str, Factor]:
    """The section `factors`."""
    return read_entries(ctx, node, SECTION["factors"], read_factor)


def read_factor(entry: Entry) -> Factor:
    """One factor, of the kind its keys make it."""
    ctx = entry.ctx
    low, high = read_range(entry)
    kind = _kind(entry)
    now = _start(entry, kind, (low, high))
    trend = ctx.quantity(entry.value("trend"), "signed", unit="per year")
    return Factor(
        id=entry.id,
        name=entry.text("name", entry.id),
        low_end=entry.text("from"),
        high_end=entry.text("to"),
        kind=kind,
        now=now,
        low=low,
        high=high,
        trend=trend,
        trend_per=YEAR if trend is not None else None,
        noise=ctx.quantity(entry.value("noise"), "level", table="size"),
        flows=(*_flows(entry, "inflows"), *_flows(entry, "outflows")),
        formula=ctx.term(entry.get("is"), "formula"),
        **_plain(entry),
    )


def _plain(entry: Entry) -> dict[str, Any]:
    """The fields that need nothing but their own key."""
    keeps = entry.ctx.choice(entry.get("keeps"), ("rises", "falls", "both"), "")
    return {
        "unit": entry.text("unit"),
        "half_life": entry.ctx.duration(entry.value("half_life")),
        "keeps": cast(Keeps, keeps),
        "visibility": entry.visibility(),
        "theatre": entry.text("theatre"),
        "tags": entry.texts("tags"),
        "aliases": entry.texts("aliases"),
        "support": entry.support(),
        "start_support": _judged_start(entry),
    }


def _judged_start(entry: Entry) -> Support:
    """Who judged where it stands now: a dated state often has an author of its own."""
    node = entry.value("now")
    return UNSIGNED if node is None else entry.ctx.support(TextNode("", node.position))


def _kind(entry: Entry) -> Literal["level", "stock", "derived"]:
    kind = entry.ctx.choice(entry.get("kind"), ("level", "stock"), "level")
    if entry.get("is") is not None:
        return "derived"
    if kind == "level" and (entry.get("inflows") is not None or entry.get("outflows") is not None):
        hint = "Add 'kind: stock', or write the flow as an influence."
        entry.ctx.found.error(f"'{entry.id}' has flows but is no stock.", entry.key.position, hint, "stock")
    return cast(Literal["level", "stock"], kind)


def _start(entry: Entry, kind: str, bounds: tuple[float, float]) -> Quantity | None:
    ctx, node = entry.ctx, entry.value("now")
    if kind == "derived":
        if node is not None:
            hint = "Delete 'now': a derived factor has the value of its formula."
            ctx.found.error(f"'{entry.id}' has both 'is' and 'now'.", node.position, hint, "derived")
        return None
    if node is None:
        hint = "Add 'now: 0.4' or an interval such as 'now: 0.3 to 0.5'."
        ctx.found.error(f"'{entry.id}' does not say where it stands now.", entry.key.position, hint, "now")
        return None
    if bounds == (0.0, 1.0):
        return ctx.quantity(node, "level")
    return ctx.quantity(node, "level", bounds=bounds, unit=entry.text("unit"))


def read_range(entry: Entry) -> tuple[float, float]:
    """Low and high end of a factor in its own unit; 0 and 1 by default."""
    node = entry.get("range")
    if node is None:
        return 0.0, 1.0
    if isinstance(node, ListNode):
        ends = [item.value for item in node.items if isinstance(item, TextNode)]
    else:
        ends = node.value.split(" to ") if isinstance(node, TextNode) else []
    read = [split_number(end) for end in ends]
    numbers = [pair[0] for pair in read if pair is not None]
    if len(numbers) == 2 and numbers[0] < numbers[1] and max(map(abs, numbers)) <= LARGEST_END:
        return numbers[0], numbers[1]
    hint = "Write 'range: 0 to 500', the low end first; both within 1e15 of zero (choose a larger unit)."
    given = f"[{shorten(', '.join(ends), 40)}]" if isinstance(node, ListNode) else describe(node)
    entry.ctx.found.error(f"{given} is no range.", node.position, hint, "range")
    return 0.0, 1.0


def _flows(entry: Entry, name: str) -> tuple[Flow, ...]:
    node = entry.get(name)
    if node is None:
        return ()
    items: tuple[Node, ...] = (node,) if isinstance(node, MapNode) else entry.ctx.items(node, "a list of flows")
    flows = [flow for item in items for flow in _flow(entry, item, name == "outflows")]
    return tuple(flows)


def _flow(entry: Entry, item: Node, outflow: bool) -> list[Flow]:
    ctx = entry.ctx
    if not isinstance(item, MapNode):
        hint = "Write 'TERM: 2 to 4 per year'."
        ctx.found.error(f"{describe(item)} is no flow.", item.position, hint, "flow")
        return []
    return [flow for key, value in item for flow in _one_flow(entry, key, value, outflow)]


def _one_flow(entry: Entry, key: TextNode, value: Node, outflow: bool) -> list[Flow]:
    ctx = entry.ctx
    cited: list[TextNode] = []
    unit = f"{entry.text('unit')} per year".strip()
    rate = ctx.quantity(ctx.claimed(value, cited), "positive", unit=unit)
    term = ctx.term(key, "flow")
    support = ctx.support(key, cited)
    return [] if rate is None or term is None else [Flow(term, rate, outflow, support)]
