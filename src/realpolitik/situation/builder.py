"""The same situation written in Python: every call adds a line or an entry of the file, and `build` checks it alike."""

from __future__ import annotations

from collections.abc import Mapping
from io import StringIO
from typing import Any

from realpolitik.claims.written.findings import Collector
from realpolitik.claims.written.nodes import ListNode, MapNode, Node, TextNode, from_data, to_data
from realpolitik.errors import InputRefused, Position
from realpolitik.situation.canonical import format_text, text_yaml
from realpolitik.situation.keys import SECTIONS
from realpolitik.situation.model import Situation
from realpolitik.situation.reader import read_root


class Builder:
    """Builds a `Situation` step by step.

    Keys are those of the file; `from_`, `is_`, `while_` stand for Python's own words.

    >>> b = Builder("Two rivals", as_of="2024-01-01", judged_by="R. Example, 2024-01-05")
    >>> b.actor("AAA", name="Aland")
    >>> b.factor("tension", from_="calm", to="war", now=0.4)
    >>> b.option("AAA.arm", price="1 point")
    >>> b.influence("AAA.arm raises tension", "medium")
    >>> b.interest("AAA", "vital", "less tension")
    >>> b.build().interests[0].key
    'AAA: tension'
    """

    def __init__(self, title: str, **header: object) -> None:
        self._data: dict[str, Any] = {"situation": title, **_keys(header)}

    def actor(self, name: str, /, **keys: object) -> None:
        """Add an entry to `actors`."""
        self._entry("actors", name, keys)

    def institution(self, name: str, /, **keys: object) -> None:
        """Add an entry to `institutions`."""
        self._entry("institutions", name, keys)

    def factor(self, name: str, /, **keys: object) -> None:
        """Add an entry to `factors`."""
        self._entry("factors", name, keys)

    def option(self, name: str, /, **keys: object) -> None:
        """Add an entry to `options`."""
        self._entry("options", name, keys)

    def shock(self, name: str, /, **keys: object) -> None:
        """Add an entry to `shocks`."""
        self._entry("shocks", name, keys)

    def scenario(self, name: str, /, **keys: object) -> None:
        """Add an entry to `scenarios`; `do_secretly` stands for `do secretly`."""
        self._entry("scenarios", name, keys)

    def named(self, name: str, /, **keys: object) -> None:
        """Add an entry to `names`."""
        self._entry("names", name, keys)

    def exchange(self, name: str, /, gives: Mapping[str, object], **keys: object) -> None:
        """Add an exchange; `gives` maps each giver to a leg or a list of legs."""
        self._entry("exchanges", name, {**{f"{giver} gives": legs for giver, legs in gives.items()}, **keys})

    def influence(self, line: str, size: object = None, /, **keys: object) -> None:
        """Add a line: what stands left of the colon, and (but for a pull) the size with its clauses."""
        self._line("influences", line, size, keys)

    def dependency(self, line: str, share: object, /, **keys: object) -> None:
        """Add a line to `dependencies`."""
        self._line("dependencies", line, share, keys)

    def commitment(self, line: str, likelihood_or_price: object = None, /, **keys: object) -> None:
        """Add a promise, a norm or an exemption."""
        self._line("commitments", line, likelihood_or_price, keys)

    def interest(self, actor: str, rank: object, wish: str, /, **keys: object) -> None:
        """Add a line to the interests of an actor: a rank (or `goal`, `never`) and what is wanted."""
        lines = self._data.setdefault("interests", {}).setdefault(actor, [])
        lines.append({str(rank): wish, **_keys(keys)})

    def reading(self, group: str, name: str, /, **keys: object) -> None:
        """Add a reading to a group of rival hypotheses, with the sections it changes as Python data."""
        self._data.setdefault("hypotheses", {}).setdefault(group, {})[name] = _keys(keys)

    def question(self, text: str, *ask: str, depth: int | None = None) -> None:
        """Add a question with the expressions that answer it."""
        item = {"text": text, "ask": list(ask), **({} if depth is None else {"depth": depth})}
        self._data.setdefault("questions", []).append(item)

    def check(self, expression: str, claim: str = "") -> None:
        """Add a check, of a claim where one is named."""
        self._data.setdefault("checks", []).append({claim: expression} if claim else expression)

    def indicator(self, **keys: object) -> None:
        """Add an entry to `indicators`."""
        self._data.setdefault("indicators", []).append(_keys(keys))

    def build(self, claims: Mapping[str, object] | None = None) -> Situation:
        """The situation, checked as a file is.

        `claims` maps ids to claims as claims.yaml does; None: ids are not checked.

        Raises:
            InputRefused: with every finding; positions name the entry instead of a line.
        """
        found = Collector()
        root = placed(self._data)
        listed = None if claims is None else placed(claims, "claims")
        situation, _ = read_root(root, found, listed, "") if isinstance(root, MapNode) else (None, {})
        found.raise_if_errors()
        if situation is None:
            raise InputRefused(found.sorted())
        return situation

    def to_yaml(self) -> str:
        """The same as the text of a situation file, in canonical form.

        >>> print(Builder("Two rivals", as_of="2024-01-01").to_yaml(), end="")
        situation: Two rivals
        as_of: 2024-01-01
        """
        out = StringIO()
        order = {section.name: place for place, section in enumerate(SECTIONS)}
        data = {name: self._data[name] for name in sorted(self._data, key=lambda name: order.get(name, len(order)))}
        text_yaml().dump(to_data(from_data(data)), out)
        return format_text(out.getvalue())

    def _entry(self, section: str, name: str, keys: Mapping[str, object]) -> None:
        self._data.setdefault(section, {})[name] = _keys(keys)

    def _line(self, section: str, line: str, value: object, keys: Mapping[str, object]) -> None:
        item: object = line if value is None and not keys else {line: value, **_keys(keys)}
        self._data.setdefault(section, []).append(item)


def _keys(keys: Mapping[str, object]) -> dict[str, object]:
    """Python's names of keys as the file writes them."""
    spelled = {"do_secretly": "do secretly"}
    return {spelled.get(name, name.removesuffix("_")): value for name, value in keys.items() if value is not None}


def placed(data: object, path: str = "") -> Node:
    """Python data as nodes whose position names the way to them, for messages.

    >>> str(placed({"actors": {"AAA": {"name": "Aland"}}}).get("actors").get("AAA").position)
    'actors.AAA'
    """
    here = Position(path or "builder")
    if isinstance(data, Mapping):
        pairs = []
        for key, value in data.items():
            inner = f"{path}.{key}" if path else str(key)
            pairs.append((TextNode(str(key), Position(inner), exact=False), placed(value, inner)))
        return MapNode(tuple(pairs), here)
    if isinstance(data, list | tuple):
        return ListNode(tuple(placed(item, f"{path}[{place}]") for place, item in enumerate(data)), here)
    return from_data(data, here)
