"""Shocks: what chance may bring."""

from __future__ import annotations

from realpolitik.claims.written.nodes import MapNode, Node
from realpolitik.language.quantity import Quantity, constant
from realpolitik.situation.context import Context
from realpolitik.situation.keys import SECTION
from realpolitik.situation.model import Effect, Shock
from realpolitik.situation.sections.entries import Entry, read_entries


def read_shocks(ctx: Context, node: Node | None) -> dict[str, Shock]:
    """The section `shocks`."""
    return read_entries(ctx, node, SECTION["shocks"], read_shock)


def read_shock(entry: Entry) -> Shock | None:
    """One shock: when it may come and what it does."""
    ctx = entry.ctx
    on = entry.value("on")
    chance = _chance(entry, dated=on is not None)
    effects = (*_sets(entry), *_shifts(entry))
    if not effects and entry.get("sets") is None and entry.get("shifts") is None:
        hint = "Add 'shifts: {x: 0.2}' or 'sets: {x: 0.5}'."
        ctx.found.error(f"'{entry.id}' does nothing.", entry.key.position, hint, "shock")
    repeats = ctx.yes(entry.get("repeats"), False)
    once = ctx.yes(entry.get("once"), not repeats)
    if repeats and once:
        node = entry.get("repeats") or entry.node
        ctx.found.error(f"'{entry.id}' both repeats and comes once.", node.position, "Keep one of the two.", "shock")
    if chance is None:
        return None
    return Shock(
        id=entry.id,
        name=entry.text("name", entry.id),
        chance=chance,
        effects=effects,
        on=ctx.date(on),
        condition=ctx.term(entry.get("while"), "while"),
        once=once,
        lasting=ctx.duration(entry.value("lasting")),
        support=entry.support(),
    )


def _chance(entry: Entry, dated: bool) -> Quantity | None:
    node = entry.value("chance")
    if node is None and dated:
        return constant(1.0, "level", "certain")
    if node is None:
        hint = "Add 'chance: 5% to 15% per year', or 'on:' a date."
        entry.ctx.found.error(f"'{entry.id}' has no chance.", entry.key.position, hint, "shock")
        return None
    return entry.ctx.quantity(node, "level", table="likelihood", unit="" if dated else "per year")


def _table(entry: Entry, name: str) -> MapNode:
    node = entry.get(name)
    return MapNode() if node is None else entry.ctx.mapping(node, "a mapping from factors to numbers")


def _sets(entry: Entry) -> list[Effect]:
    out = []
    for key, value in _table(entry, "sets"):
        if not entry.ctx.known(key, entry.ctx.symbols.factors, "factor"):
            continue
        amount = entry.ctx.level_of(key.value, entry.ctx.claimed(value, entry.cited))
        out += [] if amount is None else [Effect(key.value, "sets", amount)]
    return out


def _shifts(entry: Entry) -> list[Effect]:
    out = []
    for key, value in _table(entry, "shifts"):
        if entry.ctx.known(key, entry.ctx.symbols.factors, "factor"):
            amount = entry.ctx.quantity(entry.ctx.claimed(value, entry.cited), "signed", table="size")
            out += [] if amount is None else [Effect(key.value, "shifts", amount)]
    return out
