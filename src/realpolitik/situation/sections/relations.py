"""Influences, interests and dependencies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from realpolitik.claims.written.nodes import ListNode, MapNode, Node, TextNode, describe
from realpolitik.language.expression import And, Expression
from realpolitik.language.quantity import Quantity
from realpolitik.situation.context import Context
from realpolitik.situation.line_forms import LONG_KEYS, common_keys, read_line
from realpolitik.situation.line_keys import line_key
from realpolitik.situation.lines import Line, LineError
from realpolitik.situation.model import Dependency, Goal, Influence, Interest, RedLine, Support

RANKS = ("vital", "major", "minor")


@dataclass
class Wants:
    """What the section `interests` says."""

    interests: list[Interest] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    red_lines: list[RedLine] = field(default_factory=list)


def read_lines(ctx: Context, section: str, node: Node | None) -> Iterator[Line]:
    """The lines of a section that can be taken apart; the others are reported."""
    if node is None:
        return
    if isinstance(node, MapNode):
        hint = f"Write '- ...' items; the long form has {', '.join(LONG_KEYS[section])}."
        ctx.found.error(f"{describe(node)} stands where a list of {section} is expected.", node.position, hint, "shape")
        return
    for item in ctx.items(node, f"a list of {section}"):
        try:
            yield read_line(section, item)
        except LineError as error:
            place = error.node.at(error.column) if isinstance(error.node, TextNode) else error.node.position
            ctx.found.expression(error, place, "line")


def line_support(ctx: Context, line: Line) -> Support:
    """Who stands behind a line."""
    cited = list(line.claims)
    support = ctx.support(line.node, cited, line.extra)
    return replace(support, text=line_text(line.node))


def line_text(node: Node) -> str:
    """A line as written, in one line, without the keys about its support.

    >>> line_text(MapNode(((TextNode("a raises b"), TextNode("strong")),)))
    'a raises b: strong'
    """
    if isinstance(node, TextNode):
        return " ".join(node.value.split())
    if isinstance(node, MapNode):
        return ", ".join(
            f"{key.value}: {line_text(value)}" for key, value in node if key.value not in common_keys("influences")
        )
    return ", ".join(line_text(item) for item in node.items)


def read_influences(ctx: Context, node: Node | None) -> tuple[Influence, ...]:
    """The section `influences`."""
    read = (_influence(ctx, line) for line in read_lines(ctx, "influences", node))
    return tuple(item for item in read if item is not None)


def _influence(ctx: Context, line: Line) -> Influence | None:
    effect = line.parts["effect"]
    known = ctx.known(effect, ctx.symbols.factors, "factor")
    cause = ctx.term(_required(ctx, line, "cause"), "cause")
    condition = ctx.term(line.part("if"), "condition")
    delay = ctx.duration(line.part("after"))
    size = _size(ctx, line)
    if not known or cause is None or size is None or ("if" in line.parts and condition is None):
        return None
    return Influence(
        key=line_key("influences", line),
        cause=cause,
        term=cause if condition is None else conjunction(cause, condition),
        effect=effect.value,
        kind="pull" if line.form == "pulls" else "swing",
        size=size,
        verb=line.form,  # type: ignore[arg-type]
        delay=delay,
        condition=condition,
        support=line_support(ctx, line),
    )


def conjunction(left: Expression, right: Expression) -> And:
    """The product of two terms, products within them opened.

    >>> from realpolitik.language.expression import Name
    >>> len(conjunction(And((Name("a"), Name("b"))), Name("c")).items)
    3
    """
    parts = (side.items if isinstance(side, And) else (side,) for side in (left, right))
    return And(tuple(item for side in parts for item in side))


def _required(ctx: Context, line: Line, name: str) -> TextNode | None:
    """A part the line must have; its absence (in the long form) is recorded."""
    part = line.part(name)
    if part is None:
        ctx.found.error(f"the key '{name}' is missing.", line.node.position, "Add it.", "missing")
    return part


def _size(ctx: Context, line: Line) -> Quantity | None:
    if line.form == "pulls":
        return ctx.level_of(line.parts["effect"].value, _required(ctx, line, "to"))
    node = _required(ctx, line, "size")
    if node is None:
        return None
    size = ctx.quantity(node, "signed", table="size")
    if size is not None and line.form != "moves" and size.low < 0:
        other = "lowers" if line.form == "raises" else "raises"
        hint = f"Write '{other}' with a positive size, or 'moves' where the sign is open."
        ctx.found.error(f"'{line.form}' with a negative size.", node.position, hint, "sign")
        return None
    return size.negated() if size is not None and line.form == "lowers" else size


def read_interests(ctx: Context, node: Node | None) -> Wants:
    """The section `interests`: who wants what, aims at what, and what must never be."""
    wants = Wants()
    if node is None:
        return wants
    for actor, lines in ctx.mapping(node, "a mapping from actors to lists of interests"):
        if not ctx.known(actor, ctx.symbols.actors, "actor"):
            continue
        for line in read_lines(ctx, "interests", lines if isinstance(lines, ListNode) else _listed(lines)):
            _want(ctx, actor.value, line, wants)
    return wants


def _listed(node: Node) -> Node:
    return ListNode((node,), node.position) if isinstance(node, MapNode) and node.entries else node


def _want(ctx: Context, actor: str, line: Line, wants: Wants) -> None:
    term = ctx.term(line.part("term"), "never" if line.form == "never" else "interest")
    by = line.part("by")
    when = ctx.date(by, "end") if by is not None else None
    support = line_support(ctx, line)
    key = line_key("interests", line, actor)
    rank = line.part("weight")
    if term is None:
        return
    if line.form == "never":
        wants.red_lines.append(RedLine(key, actor, term, support))
        return
    if line.form == "goal":
        wants.goals.append(Goal(actor, term, when, line.parts["term"].value, support))
    if line.form != "goal":
        _required(ctx, line, "weight")
    weight = _weight(ctx, rank)
    if weight is not None and rank is not None:
        sign = -1 if line.form == "less" else 1
        signed = weight.negated() if sign < 0 else weight
        word = rank.value if rank.value in RANKS else ""
        wants.interests.append(Interest(key, actor, term, signed, sign, word, line.form == "goal", when, support))


def _weight(ctx: Context, rank: TextNode | None) -> Quantity | None:
    return None if rank is None else ctx.quantity(rank, "level", table="weight")


def read_dependencies(ctx: Context, node: Node | None) -> tuple[Dependency, ...]:
    """The section `dependencies`."""
    read = (_dependency(ctx, line) for line in read_lines(ctx, "dependencies", node))
    return tuple(item for item in read if item is not None)


def _dependency(ctx: Context, line: Line) -> Dependency | None:
    if any(_required(ctx, line, name) is None for name in ("who", "on", "for", "share")):
        return None
    who, on = line.parts["who"], line.parts["on"]
    known = [ctx.known(item, ctx.symbols.actors, "actor") for item in (who, on)]
    share = ctx.quantity(line.parts["share"], "level")
    replaced = ctx.quantity(line.part("replaced"), "level")
    if not all(known) or share is None:
        return None
    good = " ".join(line.parts["for"].value.split())
    return Dependency(
        line_key("dependencies", line), who.value, on.value, good, share, replaced, line_support(ctx, line)
    )
