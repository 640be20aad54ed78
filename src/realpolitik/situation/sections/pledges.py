"""Commitments: promises, norms and exemptions."""

from __future__ import annotations

from collections.abc import Iterator

from realpolitik.claims.written.nodes import Node, TextNode
from realpolitik.situation.context import Context
from realpolitik.situation.line_keys import line_key
from realpolitik.situation.lines import Line
from realpolitik.situation.model import Norm, Promise
from realpolitik.situation.sections.options import level_index
from realpolitik.situation.sections.relations import line_support, read_lines


def read_commitments(ctx: Context, node: Node | None) -> tuple[tuple[Promise, ...], tuple[Norm, ...]]:
    """The section `commitments`: promises, and norms with their exemptions."""
    promises: list[Promise] = []
    norms: list[Norm] = []
    for line in read_lines(ctx, "commitments", node):
        needed = {"does": ("who", "if", "likelihood"), "forbids": ("norm", "price"), "exempts": ("norm",)}[line.form]
        missing = [name for name in needed if name not in line.parts]
        if missing:
            ctx.found.error(f"the key '{missing[0]}' is missing.", line.node.position, "Add it.", "missing")
        elif line.form == "does":
            promises.extend(_promise(ctx, line))
        else:
            norms.extend(_norms(ctx, line))
    return tuple(promises), tuple(norms)


def read_option_at(ctx: Context, text: TextNode) -> tuple[str, int | None] | None:
    """`OPTION` or `OPTION=level` as option and level index (None: not said)."""
    option, bar, _ = text.value.partition("=")
    name = text.part(0, len(option))
    if not ctx.known(name, ctx.symbols.options, "option"):
        return None
    if not bar:
        return name.value, None
    level = level_index(ctx, text.part(len(option) + 1, len(text.value)), name.value, ctx.symbols.levels[name.value])
    return None if level < 0 else (name.value, level)


def _promise(ctx: Context, line: Line) -> Iterator[Promise]:
    who = line.parts["who"]
    known = ctx.known(who, (*ctx.symbols.actors, *ctx.symbols.institutions), "actor or institution")
    target = read_option_at(ctx, line.parts["option"])
    trigger = ctx.term(line.parts["if"], "trigger")
    likelihood = ctx.quantity(line.parts["likelihood"], "level", table="likelihood")
    lasting = ctx.duration(line.part("for"))
    if not known or target is None or trigger is None or likelihood is None:
        return
    option, level = target
    top = len(ctx.symbols.levels[option]) - 1
    yield Promise(
        line_key("commitments", line),
        who.value,
        option,
        top if level is None else level,
        trigger,
        likelihood,
        lasting,
        line_support(ctx, line),
    )


def _norms(ctx: Context, line: Line) -> Iterator[Norm]:
    target = read_option_at(ctx, line.parts["option"])
    price = ctx.points(line.part("price"))
    if target is None or (line.form == "forbids" and price is None):
        return
    norm = " ".join(line.parts["norm"].value.split())
    key, support = line_key("commitments", line), line_support(ctx, line)
    to = line.part("to")
    kind = "forbids" if line.form == "forbids" else "exempts"
    for actor in _bound(ctx, to) if to is not None else ("",):
        yield Norm(key, norm, kind, target[0], target[1], actor, price, support)  # type: ignore[arg-type]


def _bound(ctx: Context, to: TextNode) -> tuple[str, ...]:
    """The actors a norm binds: one, several with commas, or the members of an institution."""
    found: list[str] = []
    start = 0
    for piece in to.value.split(","):
        item = to.part(start, start + len(piece))
        start += len(piece) + 1
        if ctx.known(item, (*ctx.symbols.actors, *ctx.symbols.institutions), "actor or institution"):
            found.extend(ctx.symbols.parties(item.value))
    return tuple(dict.fromkeys(found))
