"""The same situation without some of its entries: what does an effect rest on?

An entry is named by its key (`AAA.arm -> arsenal`, `AAA: arsenal`), by its text left of its size
(`AAA.arm raises arsenal`), by a claim id it names, or by the id of a shock or exchange. What is removed is removed in
every reading of every hypothesis too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from realpolitik.claims.written.nodes import TextNode
from realpolitik.errors import QuestionRefused, did_you_mean
from realpolitik.situation.line_keys import drop_key
from realpolitik.situation.model import Reading, Situation

_LISTS = ("influences", "interests", "red_lines", "dependencies", "promises", "norms")
_MAPS = ("exchanges", "shocks")


def without(situation: Situation, names: Iterable[str]) -> Situation:
    """The situation without the named entries. Raises `QuestionRefused` for a name that names nothing."""
    known = set(entry_names(situation))
    wanted = {name if name in known else drop_key(TextNode(name)) for name in names}
    for name in sorted(wanted - known):
        raise QuestionRefused(f"'{name}' names no entry of the situation. {did_you_mean(name, known)}".strip())
    lists: dict[str, Any] = {name: _kept(getattr(situation, name), wanted) for name in _LISTS}
    maps: dict[str, Any] = {
        name: {k: v for k, v in getattr(situation, name).items() if k not in wanted} for name in _MAPS
    }
    hypotheses = tuple(
        replace(group, readings=tuple(_reading(reading, wanted) for reading in group.readings))
        for group in situation.hypotheses
    )
    return replace(situation, **lists, **maps, hypotheses=hypotheses)


def entry_names(situation: Situation) -> Iterable[str]:
    """Every name an entry can be removed by."""
    for owner in (situation, *(reading for group in situation.hypotheses for reading in group.readings)):
        for part in _LISTS:
            for item in getattr(owner, part):
                yield item.key
                yield from item.support.mentioned
    for part in _MAPS:
        yield from getattr(situation, part)


def _kept(entries: Iterable[Any], wanted: set[str]) -> tuple[Any, ...]:
    return tuple(item for item in entries if item.key not in wanted and not wanted & set(item.support.mentioned))


def _reading(reading: Reading, wanted: set[str]) -> Reading:
    kept: dict[str, Any] = {name: _kept(getattr(reading, name), wanted) for name in _LISTS}
    return replace(reading, **kept)
