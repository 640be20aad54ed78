"""Exchanges: deals whose legs rise together."""

from __future__ import annotations

from realpolitik.claims.written.nodes import MapNode, Node, TextNode, shorten
from realpolitik.situation.context import Context
from realpolitik.situation.keys import SECTION
from realpolitik.situation.model import Exchange, Leg
from realpolitik.situation.sections.entries import Entry, read_entries
from realpolitik.situation.sections.options import REVIEW, level_index

_GIVES = " gives"


def read_exchanges(ctx: Context, node: Node | None) -> dict[str, Exchange]:
    """The section `exchanges`."""
    return read_entries(ctx, node, SECTION["exchanges"], read_exchange)


def read_exchange(entry: Entry) -> Exchange | None:
    """One exchange: at least two givers, each leg an option of its giver above its first level."""
    legs: list[Leg] = []
    for key, value in entry.node:
        if key.value.endswith(_GIVES):
            legs += _legs(entry.ctx, key.part(0, len(key.value) - len(_GIVES)), value)
        elif SECTION["exchanges"].key(key.value) is None:
            hint = "Write 'AAA gives: [AAA.ore=ship]'."
            entry.ctx.found.error(f"'{shorten(key.value)}' is no key of an exchange.", key.position, hint, "key")
    if len({leg.giver for leg in legs}) < 2:
        hint = "An exchange has at least two sides that give."
        entry.ctx.found.error(f"'{shorten(entry.id)}' is no exchange.", entry.key.position, hint, "exchange")
        return None
    review = entry.ctx.duration(entry.get("revisited")) or REVIEW
    return Exchange(entry.id, entry.text("name", entry.id), tuple(legs), review, entry.support())


def _legs(ctx: Context, giver: TextNode, node: Node) -> list[Leg]:
    known = (*ctx.symbols.actors, *ctx.symbols.institutions)
    if not ctx.known(giver, known, "actor or institution"):
        return []
    items: tuple[Node, ...] = (node,) if isinstance(node, MapNode) else ctx.items(node, "a list of legs")
    read = (_leg(ctx, giver, text) for item in items if (text := ctx.text(item, "a leg such as AAA.ore=ship")))
    return [leg for leg in read if leg is not None]


def _leg(ctx: Context, giver: TextNode, text: TextNode) -> Leg | None:
    option, bar, _ = text.value.partition("=")
    name = text.part(0, len(option))
    if not ctx.known(name, ctx.symbols.options, "option"):
        return None
    levels = ctx.symbols.levels[name.value]
    index = (
        level_index(ctx, text.part(len(option) + 1, len(text.value)), name.value, levels) if bar else len(levels) - 1
    )
    if index == 0:
        hint = f"Name a level above it: {', '.join(levels[1:])}."
        ctx.found.error(
            f"'{levels[0]}' is the first level of '{name.value}': nothing is given.", text.position, hint, "leg"
        )
    return Leg(giver.value, name.value, index) if index > 0 else None
