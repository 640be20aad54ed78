"""Actors, institutions, and named things that are no party."""

from __future__ import annotations

from typing import Literal, cast

from realpolitik.claims.written.nodes import Node
from realpolitik.language.quantity import read_quantity
from realpolitik.language.time import Duration
from realpolitik.situation.context import Context
from realpolitik.situation.keys import SECTION
from realpolitik.situation.model import Actor, Institution, Named
from realpolitik.situation.sections.entries import Entry, read_entries

ENTER = ("all agree", "most agree", "members, in order")
LEAVE = ("any", "all agree")
Enter = Literal["all agree", "most agree", "members, in order"]
Leave = Literal["any", "all agree"]
FORESIGHT = Duration(24.0, "2 years")


def read_actors(ctx: Context, node: Node | None) -> dict[str, Actor]:
    """The section `actors`."""
    return read_entries(ctx, node, SECTION["actors"], read_actor)


def read_actor(entry: Entry) -> Actor:
    """One actor, with the defaults of the format."""
    ctx = entry.ctx
    foresight = ctx.duration(entry.value("foresight")) or FORESIGHT
    steadiness = ctx.quantity(entry.value("steadiness"), "positive", table="steadiness")
    return Actor(
        id=entry.id,
        name=entry.text("name", entry.id),
        foresight=foresight,
        patience=ctx.duration(entry.value("patience")) or foresight,
        steadiness=steadiness or read_quantity("medium", "positive", table="steadiness", overrides=ctx.overrides),
        aliases=entry.texts("aliases"),
        leader=entry.text("leader"),
        tags=entry.texts("tags"),
        theatre=entry.text("theatre"),
        support=entry.support(),
    )


def read_institutions(ctx: Context, node: Node | None) -> dict[str, Institution]:
    """The section `institutions`."""
    return read_entries(ctx, node, SECTION["institutions"], read_institution)


def read_institution(entry: Entry) -> Institution:
    """One institution; at least one member."""
    ctx = entry.ctx
    listed = entry.get("members")
    members = () if listed is None else ctx.text_items(listed, "an actor")
    if not members:
        hint = "Add 'members: [..]', or list it under 'names' if nobody acts together in it."
        ctx.found.error(f"'{entry.id}' has no members.", entry.key.position, hint, "members")
    known = tuple(item.value for item in members if ctx.known(item, ctx.symbols.actors, "actor"))
    enter, leave = read_rules(entry)
    return Institution(
        id=entry.id,
        name=entry.text("name", entry.id),
        members=tuple(dict.fromkeys(known)),
        enter=enter,
        leave=leave,
        aliases=entry.texts("aliases"),
        tags=entry.texts("tags"),
        support=entry.support(),
    )


def read_rules(entry: Entry, enter: Enter = "all agree", leave: Leave = "any") -> tuple[Enter, Leave]:
    """Whose consent raises a joint option and whose wish ends it."""
    entering = entry.ctx.choice(entry.get("enter"), ENTER, enter)
    leaving = entry.ctx.choice(entry.get("leave"), LEAVE, leave)
    return cast(Enter, entering), cast(Leave, leaving)


def read_names(ctx: Context, node: Node | None) -> dict[str, Named]:
    """The section `names`."""
    return read_entries(ctx, node, SECTION["names"], read_named)


def read_named(entry: Entry) -> Named:
    """One named thing."""
    support = entry.support()
    return Named(entry.id, entry.text("what"), entry.texts("aliases"), support.claims, support)
