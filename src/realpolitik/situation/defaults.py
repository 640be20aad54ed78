"""Every default of the file format and every word that stands for a number, in one table (`rpol explain-defaults`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from realpolitik.language.words import TABLES
from realpolitik.situation.keys import ACTOR, SECTIONS, SUPPORT

_SHARED = (*(key.name for key in SUPPORT), "name")
_TABLES = {
    "size": "|swing| of the effect about mid-scale",
    "weight": "share of a full swing of the top interest",
    "steadiness": "log-odds per full swing",
    "likelihood": "probability",
    "hedge": "credence left by an author's hedge",
}


@dataclass(frozen=True)
class Default:
    """One default: where it holds, its value, and what it means."""

    where: str
    value: str
    meaning: str


def defaults() -> tuple[Default, ...]:
    """All defaults: of keys in the order of the format, then words with their 5th and 95th percentiles.

    >>> [item.value for item in defaults() if item.where == "actors.foresight"]
    ['2 years']
    """
    return (*_of_keys(), *_of_any(), *_of_words())


def _of_keys() -> Iterator[Default]:
    for section in SECTIONS:
        if section.default:
            yield Default(section.name, section.default, section.says)
        for key in section.keys:
            if key.default and key.name not in _SHARED:
                yield Default(f"{section.name}.{key.name}", key.default, key.says)


def _of_any() -> Iterator[Default]:
    """Keys that every entry has are told once."""
    for key in (*SUPPORT, *(key for key in ACTOR if key.name == "name")):
        if key.default:
            yield Default(f"any entry: {key.name}", key.default, key.says)


def _of_words() -> Iterator[Default]:
    for table, words in TABLES.items():
        for word, (low, high) in words.items():
            yield Default(f"{table} '{word}'", f"{low:g} to {high:g}", _TABLES[table])
