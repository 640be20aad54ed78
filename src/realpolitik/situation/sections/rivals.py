"""Hypotheses: groups of rival readings, each with the entries it adds or replaces."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from realpolitik.claims.written.nodes import ListNode, MapNode, Node, TextNode, shorten
from realpolitik.errors import did_you_mean
from realpolitik.situation.context import Context
from realpolitik.situation.keys import LAYERED, READING_HEAD, SUPPORT
from realpolitik.situation.layers import drop, merge_keys
from realpolitik.situation.line_keys import drop_key
from realpolitik.situation.model import Hypothesis, Institution, Reading
from realpolitik.situation.sections.factors import read_factors
from realpolitik.situation.sections.options import read_options
from realpolitik.situation.sections.parties import read_actors
from realpolitik.situation.sections.pledges import read_commitments
from realpolitik.situation.sections.relations import read_dependencies, read_influences, read_interests
from realpolitik.situation.sections.shocks import read_shocks

T = TypeVar("T")
_GROUP_KEYS = tuple(key.name for key in SUPPORT)


def read_hypotheses(ctx: Context, root: MapNode, institutions: dict[str, Institution]) -> tuple[Hypothesis, ...]:
    """The section `hypotheses`; `root` is the whole file, whose entries the readings change."""
    node = root.get("hypotheses")
    if node is None:
        return ()
    out = []
    for key, group in ctx.mapping(node, "a mapping of groups of readings"):
        readings = [
            _reading(ctx, name, value, root, institutions)
            for name, value in ctx.mapping(group, "a mapping of readings")
            if not (name.value in _GROUP_KEYS and not isinstance(value, MapNode))
        ]
        support = ctx.support(group)
        out.append(Hypothesis(key.value, tuple(readings), support))
    return tuple(out)


def _reading(ctx: Context, key: TextNode, value: Node, root: MapNode, institutions: dict[str, Institution]) -> Reading:
    node = ctx.mapping(value, f"the reading '{shorten(key.value)}'")
    sections = _sections(ctx, node)
    says = node.get("says")
    text = None if says is None else ctx.text(says)
    chance, cited = node.get("chance"), list[TextNode]()
    chance = ctx.claimed(chance, cited)
    rest = chance is None or (isinstance(chance, TextNode) and chance.value == "rest")
    return Reading(
        id=key.value,
        says="" if text is None else " ".join(text.value.split()),
        chance=None if rest else ctx.quantity(chance, "level", table="likelihood"),
        drops=_drops(ctx, node, sections, root),
        support=ctx.support(node, cited),
        **_changes(ctx, sections, root, institutions),
    )


def _sections(ctx: Context, node: MapNode) -> MapNode:
    """The sections a reading changes, given directly or under `instead`."""
    heads = [key.name for key in READING_HEAD]
    sections = MapNode((), node.position)
    instead = node.get("instead")
    inner = ctx.mapping(instead, "sections") if instead is not None else MapNode()
    for key, value in (*(pair for pair in node if pair[0].value not in heads), *inner):
        if key.value in LAYERED or key.value == "drop":
            sections = sections.with_entry(key, value)
        else:
            hint = did_you_mean(key.value, (*heads, *LAYERED)) or f"A reading changes {', '.join(LAYERED)}."
            ctx.found.error(f"'{shorten(key.value)}' is no key of a reading.", key.position, hint, "key")
    return sections


def _drops(ctx: Context, node: MapNode, sections: MapNode, root: MapNode) -> tuple[str, ...]:
    listed = node.get("drop") or sections.get("drop")
    if listed is None:
        return ()
    drop(root, listed, ctx.found)
    items = listed.items if isinstance(listed, ListNode) else (listed,)
    return tuple(drop_key(item) for item in items)


def _changes(ctx: Context, sections: MapNode, root: MapNode, institutions: dict[str, Institution]) -> dict[str, Any]:
    factors = _over(ctx, "factors", sections, root, read_factors)
    for name, factor in factors.items():
        ctx.ranges.setdefault(name, (factor.low, factor.high))
    wants = read_interests(ctx, sections.get("interests"))
    promises, norms = read_commitments(ctx, sections.get("commitments"))
    return {
        "actors": _over(ctx, "actors", sections, root, read_actors),
        "factors": factors,
        "options": _over(ctx, "options", sections, root, lambda c, n: read_options(c, n, institutions)),
        "influences": read_influences(ctx, sections.get("influences")),
        "interests": tuple(wants.interests),
        "goals": tuple(wants.goals),
        "red_lines": tuple(wants.red_lines),
        "dependencies": read_dependencies(ctx, sections.get("dependencies")),
        "promises": promises,
        "norms": norms,
        "shocks": _over(ctx, "shocks", sections, root, read_shocks),
    }


def _over(
    ctx: Context, name: str, sections: MapNode, root: MapNode, read: Callable[[Context, Node | None], dict[str, T]]
) -> Mapping[str, T]:
    """The entries a reading touches, each laid over the file's own entry of that name."""
    over = sections.get(name)
    if not isinstance(over, MapNode):
        return read(ctx, over)
    base = root.get(name)
    below = base if isinstance(base, MapNode) else MapNode()
    touched = MapNode(tuple(pair for pair in below if pair[0].value in over), over.position)
    merged = merge_keys(touched, over)
    return read(ctx, merged)
