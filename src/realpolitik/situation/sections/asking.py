"""What is asked of a situation: questions, checks, scenarios, indicators."""

from __future__ import annotations

import re
from collections.abc import Iterator

from realpolitik.claims.written.nodes import ListNode, MapNode, Node, TextNode, describe
from realpolitik.errors import ExpressionError, Position
from realpolitik.language.expression import Expression, Hold, Query
from realpolitik.language.parser import parse_query
from realpolitik.situation.context import Context
from realpolitik.situation.keys import SECTION, Section
from realpolitik.situation.model import Check, Indicator, Question, Scenario
from realpolitik.situation.sections.entries import Entry, check_keys, read_entries

_CLAIM = re.compile(r"[A-Za-z][\w.-]*")
_HOLDS = "P(1 | do("


def read_items(ctx: Context, node: Node | None, section: Section) -> Iterator[Entry]:
    """The items of a list section, each with its keys checked."""
    if node is None:
        return
    if isinstance(node, MapNode):
        hint = f"Write '- {section.keys[0].name}: ...' items."
        ctx.found.error(f"{describe(node)} stands where a list is expected.", node.position, hint, "shape")
        return
    for item in ctx.items(node, f"a list of {section.name}"):
        mapping = ctx.mapping(item, f"an item with the keys {', '.join(key.name for key in section.keys)}")
        check_keys(ctx, mapping, section.keys, section.name)
        yield Entry("", TextNode("", mapping.position), mapping, ctx, [])


def rejoined(node: Node) -> Node:
    """An expression that YAML took for `key: value` because a colon stands in its brackets, as one text again.

    >>> rejoined(MapNode(((TextNode("gain(A | under(why"), TextNode("for use)) < 0")),))).value
    'gain(A | under(why: for use)) < 0'
    """
    if not isinstance(node, MapNode) or len(node.entries) != 1:
        return node
    key, value = node.entries[0]
    if isinstance(value, TextNode) and key.value.count("(") > key.value.count(")"):
        return TextNode(f"{key.value}: {value.value}", key.position, key.exact and value.exact)
    return node


def query(ctx: Context, node: Node) -> tuple[Expression, str] | None:
    """A question or check, with its text; its names are checked later."""
    text = ctx.text(rejoined(node), "an expression")
    if text is None:
        return None
    read = ctx.attempt(lambda: parse_query(text.value), text, "expression")
    if read is None:
        return None
    ctx.terms.append((read, text, "query"))
    return read, " ".join(text.value.split())


def read_questions(ctx: Context, node: Node | None) -> tuple[Question, ...]:
    """The section `questions`."""
    return tuple(_question(entry) for entry in read_items(ctx, node, SECTION["questions"]))


def _question(entry: Entry) -> Question:
    ctx = entry.ctx
    asked = entry.get("ask")
    listed = rejoined(asked) if asked is not None else None
    items = () if listed is None else listed.items if isinstance(listed, ListNode) else (listed,)
    read = [found for item in items if (found := query(ctx, item)) is not None]
    for name in ("text", "ask"):
        if entry.get(name) is None:
            ctx.found.error(f"the question has no '{name}'.", entry.node.position, "Add it.", "missing")
    asks, texts = tuple(item[0] for item in read), tuple(item[1] for item in read)
    return Question(entry.text("text"), asks, texts, _depth(entry), entry.node.position)


def _depth(entry: Entry) -> int | None:
    node = entry.get("depth")
    if node is None:
        return None
    if isinstance(node, TextNode) and node.value in {"0", "1"}:
        return int(node.value)
    entry.ctx.found.error(f"{describe(node)} is no depth.", node.position, "Write 0 or 1.", "depth")
    return None


def read_checks(ctx: Context, node: Node | None) -> tuple[Check, ...]:
    """The section `checks`: `CLAIM: expression`, or an expression alone."""
    if node is None:
        return ()
    read = (_check(ctx, item) for item in ctx.items(node, "a list of checks"))
    return tuple(item for item in read if item is not None)


def _check(ctx: Context, item: Node) -> Check | None:
    whole = rejoined(item)
    claim = ""
    if isinstance(whole, MapNode) and len(whole.entries) == 1:
        key, whole = whole.entries[0]
        if not _CLAIM.fullmatch(key.value):
            hint = "Write 'CLAIM: expression'; an expression with ': ' needs quotes."
            ctx.found.error(f"{describe(key)} is no claim id.", key.position, hint, "check")
            return None
        ctx.cited.append(key)
        claim = key.value
    found = query(ctx, whole)
    return None if found is None else Check(claim, found[0], found[1], item.position)


def read_scenarios(ctx: Context, node: Node | None) -> dict[str, Scenario]:
    """The section `scenarios`."""
    return read_entries(ctx, node, SECTION["scenarios"], _scenario)


def _scenario(entry: Entry) -> Scenario:
    ctx = entry.ctx
    if entry.get("do") is None and entry.get("do secretly") is None:
        hint = "Add 'do: OPTION=level'."
        ctx.found.error(f"'{entry.id}' does nothing.", entry.key.position, hint, "scenario")
    return Scenario(
        id=entry.id,
        name=entry.text("name", entry.id),
        do=read_holds(ctx, entry.get("do")),
        secretly=read_holds(ctx, entry.get("do secretly")),
        start=ctx.date(entry.get("from")),
        end=ctx.date(entry.get("until"), "end"),
        support=entry.support(),
    )


def read_holds(ctx: Context, node: Node | None) -> tuple[Hold, ...]:
    """What a scenario holds: `OPTION=level`, `FACTOR=0.5`, `shock NAME`, one or a list."""
    if node is None:
        return ()
    if isinstance(node, MapNode):
        hint = "Write 'do: AAA.arm=on', or a list of such."
        ctx.found.error(f"{describe(node)} stands where a hold is expected.", node.position, hint, "shape")
        return ()
    return tuple(hold for item in ctx.text_items(node, "a hold") for hold in _held(ctx, item))


def _held(ctx: Context, text: TextNode) -> tuple[Hold, ...]:
    try:
        read = parse_query(f"{_HOLDS}{text.value}))")
    except ExpressionError as error:
        ctx.found.expression(error, text.at(max(1, error.column - len(_HOLDS))), "expression")
        return ()
    if not isinstance(read, Query) or read.subject is None:
        return ()
    ctx.terms.append((read, _shifted(text), "query"))
    return read.setting.do


def _shifted(text: TextNode) -> TextNode:
    """The text placed so that columns counted with the wrapping `P(1 | do(` still point into it."""
    place = text.position
    if not text.exact or not place.column:
        return text
    return TextNode(text.value, Position(place.file, place.line, place.column - len(_HOLDS)), True)


def read_indicators(ctx: Context, node: Node | None) -> tuple[Indicator, ...]:
    """The section `indicators`."""
    return tuple(_indicator(entry) for entry in read_items(ctx, node, SECTION["indicators"]))


def _indicator(entry: Entry) -> Indicator:
    ctx = entry.ctx
    if entry.get("watch") is None:
        ctx.found.error("the indicator does not say what to watch.", entry.node.position, "Add 'watch:'.", "missing")
    return Indicator(
        watch=entry.text("watch"),
        when=ctx.term(entry.get("when"), "indicator"),
        purpose=entry.text("for"),
        p_if=ctx.quantity(entry.value("p_if"), "level", table="likelihood"),
        p_else=ctx.quantity(entry.value("p_else"), "level", table="likelihood"),
        support=entry.support(),
    )
