"""What every named entry shares: its keys are known, its support, names and hiding are read alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from realpolitik.claims.written.nodes import MapNode, Node, TextNode, is_empty, shorten
from realpolitik.errors import did_you_mean
from realpolitik.situation.context import Context
from realpolitik.situation.keys import Key, Section
from realpolitik.situation.model import Support, Visibility

T = TypeVar("T")


@dataclass(frozen=True)
class Entry:
    """One named entry while it is read: its id, its node, and the claims its values cite."""

    id: str
    key: TextNode
    node: MapNode
    ctx: Context
    cited: list[TextNode]

    def get(self, name: str) -> Node | None:
        """A value; an empty one counts as missing."""
        node = self.node.get(name)
        return None if is_empty(node) else node

    def value(self, name: str) -> Node | None:
        """A value without its trailing claims, which count for the entry."""
        return self.ctx.claimed(self.get(name), self.cited)

    def text(self, name: str, default: str = "") -> str:
        """A text in one line."""
        node = self.get(name)
        read = None if node is None else self.ctx.text(node)
        return default if read is None else " ".join(read.value.split())

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts."""
        node = self.get(name)
        return () if node is None else tuple(item.value for item in self.ctx.text_items(node, "a text"))

    def support(self) -> Support:
        """Who stands behind the entry."""
        return self.ctx.support(self.node, self.cited)

    def visibility(self) -> Visibility:
        """Who does not see it, and what shows it to them."""
        ctx = self.ctx
        hidden = ctx.parties(self.get("hidden_from"))
        if self.get("known_to") is not None:
            knowing = ctx.parties(self.get("known_to"))
            hidden = tuple(name for name in ctx.symbols.actors if name not in knowing or name in hidden)
        seen = self.get("seen_as")
        text = None if seen is None else ctx.text(seen, "a factor")
        if text is not None and ctx.known(text, ctx.symbols.factors, "factor"):
            return Visibility(hidden, text.value)
        return Visibility(hidden)


def check_keys(ctx: Context, node: MapNode, keys: tuple[Key, ...], what: str) -> None:
    """Report every key that the format does not know."""
    known = [key.name for key in keys]
    for key, _ in node:
        if key.value not in known:
            near = did_you_mean(key.value, known)
            hint = near or f"Known: {', '.join(known)}."
            ctx.found.error(f"'{shorten(key.value)}' is no key of {what}.", key.position, hint, "key")


def read_entries(ctx: Context, node: Node | None, section: Section, read: Callable[[Entry], T | None]) -> dict[str, T]:
    """Every entry of a section by id, in file order; entries that cannot be read are reported and left out."""
    if node is None:
        return {}
    out: dict[str, T] = {}
    for key, value in ctx.mapping(node, f"a mapping of {section.name}"):
        mapping = ctx.mapping(value, f"the keys of '{shorten(key.value)}'")
        if section.name != "exchanges":
            check_keys(ctx, mapping, section.keys, f"{section.name} ('{shorten(key.value)}')")
        found = read(Entry(key.value, key, mapping, ctx, []))
        if found is not None:
            out[key.value] = found
    return out


def named(entry: Entry) -> Mapping[str, str]:
    """The fields of the model that are plain texts under the same name."""
    return {"id": entry.id, "name": entry.text("name", entry.id)}
