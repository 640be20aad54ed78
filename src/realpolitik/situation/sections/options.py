"""Options: levels, prices, requirements, and who takes them."""

from __future__ import annotations

from typing import Any

from realpolitik.claims.written.nodes import MapNode, Node, TextNode, describe, is_empty, shorten
from realpolitik.language.expression import Expression
from realpolitik.language.quantity import Quantity, constant
from realpolitik.language.time import Duration
from realpolitik.situation.context import Context
from realpolitik.situation.keys import SECTION
from realpolitik.situation.lines import clauses
from realpolitik.situation.model import Institution, Option, Price
from realpolitik.situation.sections.entries import Entry, read_entries
from realpolitik.situation.sections.parties import read_rules

REVIEW = Duration(6.0, "every 6 months")
SWITCH = constant(0.02, "positive", "2 points")


def read_options(ctx: Context, node: Node | None, institutions: dict[str, Institution]) -> dict[str, Option]:
    """The section `options`."""
    return read_entries(ctx, node, SECTION["options"], lambda entry: read_option(entry, institutions))


def read_option(entry: Entry, institutions: dict[str, Institution]) -> Option | None:
    """One option; None where nobody is found to take it."""
    owners, institution = _owners(entry, institutions)
    if not owners:
        return None
    levels = entry.ctx.symbols.levels.get(entry.id, ("off", "on"))
    _check_levels(entry, levels)
    review, review_on = _review(entry)
    rule = institutions.get(institution)
    enter, leave = read_rules(entry, rule.enter, rule.leave) if rule else read_rules(entry)
    return Option(
        id=entry.id,
        name=entry.text("name", entry.id),
        owners=owners,
        levels=levels,
        now=_now(entry, levels),
        review=review,
        prices=_prices(entry, owners, levels),
        switch=_switch(entry, owners),
        institution=institution,
        enter=enter,
        leave=leave,
        review_on=review_on,
        requires=_requires(entry, levels),
        **_plain(entry),
    )


def _plain(entry: Entry) -> dict[str, Any]:
    ctx = entry.ctx
    fickle = ctx.quantity(entry.value("fickle"), "level")
    return {
        "irreversible": ctx.yes(entry.get("irreversible"), False),
        "fickle": 0.0 if fickle is None else fickle.central,
        "withholds": _withholds(entry),
        "visibility": entry.visibility(),
        "theatre": entry.text("theatre"),
        "tags": entry.texts("tags"),
        "aliases": entry.texts("aliases"),
        "support": entry.support(),
    }


def _owners(entry: Entry, institutions: dict[str, Institution]) -> tuple[tuple[str, ...], str]:
    """Who takes it (`by`, else the part before the dot), and the institution whose rules hold."""
    ctx = entry.ctx
    if entry.get("by") is not None:
        node = entry.get("by")
        alone = node.value if isinstance(node, TextNode) else ""
        return ctx.parties(node), alone if alone in institutions else ""
    prefix, dot, _ = entry.id.partition(".")
    owners = ctx.symbols.parties(prefix) if dot else ()
    if not owners:
        known = (*ctx.symbols.actors, *ctx.symbols.institutions)
        hint = ctx.nearest(prefix, known) or "Begin the id with an actor, such as AAA.arm, or add 'by:'."
        message = f"nobody takes '{shorten(entry.id)}': '{shorten(prefix)}' is no actor or institution."
        ctx.found.error(message, entry.key.position, hint, "owner")
    return owners, prefix if prefix in institutions else ""


def _check_levels(entry: Entry, levels: tuple[str, ...]) -> None:
    node = entry.get("levels")
    twice = [name for name in levels if levels.count(name) > 1]
    if node is not None and (len(levels) < 2 or twice):
        said = f"the level '{twice[0]}' stands twice" if twice else "fewer than two levels"
        entry.ctx.found.error(
            f"{said} in '{entry.id}'.", node.position, "Write 'levels: [none, some, full]'.", "levels"
        )


def _now(entry: Entry, levels: tuple[str, ...]) -> int:
    node = entry.value("now")
    if node is None:
        return 0
    given = entry.ctx.text(node, "a level")
    return 0 if given is None else max(0, level_index(entry.ctx, given, entry.id, levels))


def level_index(ctx: Context, given: TextNode, option: str, levels: tuple[str, ...]) -> int:
    """The index of a level; -1 with an error where the option has no such level."""
    if given.value in levels:
        return levels.index(given.value)
    hint = ctx.nearest(given.value, levels)
    message = f"'{option}' has no level '{shorten(given.value)}'; its levels are {', '.join(levels)}."
    ctx.found.error(message, given.position, hint if hint.startswith("Did") else "", "level")
    return -1


def _review(entry: Entry) -> tuple[Duration, Expression | None]:
    node = entry.value("revisited")
    if not isinstance(node, TextNode):
        return (REVIEW if node is None else entry.ctx.duration(node) or REVIEW), None
    head, bar, _ = node.value.partition(" or on ")
    term = entry.ctx.term(node.part(len(head) + len(bar), len(node.value)), "trigger") if bar else None
    review = entry.ctx.duration(node.part(0, len(head))) or REVIEW
    if review.months <= 0:
        hint = "Write 'every 6 months'; 'or on TERM' brings a decision forward."
        entry.ctx.found.error(f"'{entry.id}' cannot be decided on at every instant.", node.position, hint, "review")
        review = REVIEW
    return review, term


def _prices(entry: Entry, owners: tuple[str, ...], levels: tuple[str, ...]) -> tuple[Price, ...]:
    """Prices of every owner and level: one amount, by level, by owner, or by level and owner."""
    node = entry.value("price")
    if node is None:
        return ()
    every = range(1, len(levels))
    if not isinstance(node, MapNode):
        return _amount(entry, node, owners, every)
    found: list[Price] = []
    for key, value in node:
        if key.value in levels:
            found += _level_price(entry, value, owners, levels.index(key.value))
        elif key.value in owners:
            found += _amount(entry, value, (key.value,), every)
        else:
            hint = entry.ctx.nearest(key.value, (*levels, *owners))
            message = f"'{shorten(key.value)}' is neither a level nor an owner of '{entry.id}'."
            entry.ctx.found.error(message, key.position, hint, "price")
    return tuple(found)


def _level_price(entry: Entry, node: Node, owners: tuple[str, ...], level: int) -> tuple[Price, ...]:
    if not isinstance(node, MapNode):
        return _amount(entry, node, owners, range(level, level + 1))
    found: list[Price] = []
    for key, value in node:
        if entry.ctx.known(key, owners, f"owner of '{entry.id}'"):
            found += _amount(entry, value, (key.value,), range(level, level + 1))
    return tuple(found)


def _amount(entry: Entry, node: Node, owners: tuple[str, ...], levels: range) -> tuple[Price, ...]:
    cited: list[TextNode] = []
    amount = entry.ctx.points(entry.ctx.claimed(node, cited))
    if amount is None:
        return ()
    own = entry.node if cited or "claims" not in entry.node else entry.node.without("claims")
    support = entry.ctx.support(node, cited, MapNode(tuple(p for p in own if p[0].value == "judged_by")))
    return tuple(Price(owner, level, amount, support) for level in levels for owner in owners)


def _switch(entry: Entry, owners: tuple[str, ...]) -> dict[str, Quantity]:
    node = entry.value("switch")
    out = dict.fromkeys(owners, SWITCH)
    if isinstance(node, MapNode):
        for key, value in node:
            amount = entry.ctx.points(entry.ctx.claimed(value, entry.cited))
            if entry.ctx.known(key, owners, f"owner of '{entry.id}'") and amount is not None:
                out[key.value] = amount
        return out
    amount = None if node is None else entry.ctx.points(node)
    return out if amount is None else dict.fromkeys(owners, amount)


def _requires(entry: Entry, levels: tuple[str, ...]) -> dict[int, Expression]:
    node = entry.value("requires")
    if node is None:
        return {}
    if not isinstance(node, MapNode):
        term = entry.ctx.term(node, "requires")
        return {} if term is None else dict.fromkeys(range(1, len(levels)), term)
    out: dict[int, Expression] = {}
    for key, value in node:
        level = level_index(entry.ctx, key, entry.id, levels)
        term = None if is_empty(value) else entry.ctx.term(value, "requires")
        if level >= 0 and term is not None:
            out[level] = term
    return out


def _withholds(entry: Entry) -> tuple[str, str] | None:
    node = entry.value("withholds")
    text = None if node is None else entry.ctx.text(node, "'GOOD from ACTOR'")
    if text is None:
        return None
    parts = clauses(text, ("from",)) if text.value.count(" from ") == 1 else {}
    if "from" not in parts or not parts[""].value:
        message = f"{describe(text)} does not say what is withheld from whom."
        entry.ctx.found.error(message, text.position, "Write 'withholds: energy from BBB'.", "withholds")
        return None
    known = entry.ctx.known(parts["from"], entry.ctx.symbols.actors, "actor")
    return (parts[""].value, parts["from"].value) if known else None
