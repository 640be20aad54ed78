"""Layers: what one file changes in another. Mappings merge key by key, lines by their identity, `drop` removes."""

from __future__ import annotations

from collections.abc import Callable

from realpolitik.claims.written.findings import Collector
from realpolitik.claims.written.nodes import ListNode, MapNode, Node, TextNode, shorten
from realpolitik.errors import did_you_mean
from realpolitik.situation.keys import LAYERED, SECTION
from realpolitik.situation.line_keys import drop_key, item_key

Keyed = Callable[[Node], str]


def merge(base: MapNode, over: MapNode, found: Collector) -> MapNode:
    """`base` with what `over` changes; positions of unchanged entries stay those of the lower file."""
    merged = drop(base, over.get("drop"), found)
    for key, value in over:
        if key.value == "drop":
            continue
        below = merged.get(key.value)
        merged = merged.with_entry(key, value if below is None else _merge_section(key.value, below, value))
    return merged


def _merge_section(name: str, below: Node, over: Node) -> Node:
    section = SECTION.get(name)
    form = section.form if section else "value"
    if form == "lines by actor":
        return merge_keys(below, over, lambda actor: lambda item: item_key("interests", item, actor))
    if form in {"lines", "items"}:
        return merge_items(below, over, lambda item: item_key(name, item))
    if form == "value" and name not in {"words", "hedges"}:
        return over
    return merge_keys(below, over)


def merge_keys(below: Node, over: Node, keyed: Callable[[str], Keyed] | None = None) -> Node:
    """Two mappings key by key, at every depth; lists and texts are replaced, lists of lines merged by identity."""
    if not (isinstance(below, MapNode) and isinstance(over, MapNode)):
        return over
    merged = below
    for key, value in over:
        old = merged.get(key.value)
        merged = merged.with_entry(key, value if old is None else _merge_value(key.value, old, value, keyed))
    return merged


def _merge_value(name: str, old: Node, new: Node, keyed: Callable[[str], Keyed] | None) -> Node:
    if isinstance(old, ListNode) and isinstance(new, ListNode) and keyed is not None:
        return merge_items(old, new, keyed(name))
    if isinstance(old, ListNode) and isinstance(new, ListNode) and name in {"inflows", "outflows"}:
        return merge_items(old, new, lambda item: item_key("flows", item))
    if name in LAYERED:  # a section within a reading of a hypothesis
        return _merge_section(name, old, new)
    return merge_keys(old, new)


def merge_items(below: Node, over: Node, key: Keyed) -> Node:
    """Two lists: an item of the same identity is replaced in its place, others are added at the end."""
    if not (isinstance(below, ListNode) and isinstance(over, ListNode)):
        return over
    new: dict[str, list[Node]] = {}
    for item in over.items:
        new.setdefault(key(item), []).append(item)
    out: list[Node] = []
    done: set[str] = set()
    for item in below.items:
        name = key(item)
        if name not in new:
            out.append(item)
        elif name not in done:
            out.extend(new[name])
            done.add(name)
    out.extend(item for name, items in new.items() if name not in done for item in items)
    return ListNode(tuple(out), over.position, below.flow)


def drop(base: MapNode, listed: Node | None, found: Collector) -> MapNode:
    """`base` without what `drop:` lists; an item that names nothing is an error."""
    if listed is None:
        return base
    items = listed.items if isinstance(listed, ListNode) else (listed,)
    wanted = {drop_key(item): item for item in items}
    seen: set[str] = set()
    kept = _without(base, set(wanted), seen)
    for name, item in wanted.items():
        if name not in seen and not (isinstance(item, TextNode) and not item.value):
            hint = did_you_mean(name, identities(base)) or "Name an id, or a line by its text left of the colon."
            found.error(f"'{shorten(name)}' is nothing that could be dropped.", item.position, hint, "drop")
    return kept


def identities(base: MapNode) -> list[str]:
    """Everything `drop` may name, in file order."""
    seen: set[str] = set()
    _without(base, set(), seen)
    return sorted(seen)


def _without(base: MapNode, wanted: set[str], seen: set[str]) -> MapNode:
    """The file without the wanted identities; `seen` gathers every identity met."""
    for key, value in base:
        section = SECTION.get(key.value)
        if section is None or section.form == "value":
            continue
        base = base.with_entry(key, _thinned(key.value, section.form, value, wanted, seen))
    return base


def _thinned(name: str, form: str, value: Node, wanted: set[str], seen: set[str]) -> Node:
    if isinstance(value, ListNode):
        return _thin_items(value, lambda item: item_key(name, item), wanted, seen)
    if not isinstance(value, MapNode):
        return value
    if form == "lines by actor":
        pairs = []
        for actor, lines in value:
            thinned = _thinned_lines(actor.value, lines, wanted, seen)
            pairs.append((actor, thinned))
        return MapNode(tuple(pairs), value.position, value.flow)
    seen.update(value.names())
    return MapNode(tuple(pair for pair in value if pair[0].value not in wanted), value.position, value.flow)


def _thinned_lines(actor: str, lines: Node, wanted: set[str], seen: set[str]) -> Node:
    if not isinstance(lines, ListNode):
        return lines
    return _thin_items(lines, lambda item: item_key("interests", item, actor), wanted, seen)


def _thin_items(lines: ListNode, key: Keyed, wanted: set[str], seen: set[str]) -> ListNode:
    kept = []
    for item in lines.items:
        name = key(item)
        seen.add(name)
        if name not in wanted:
            kept.append(item)
    return ListNode(tuple(kept), lines.position, lines.flow)
