"""Every default of the file format and every word that stands for a number, in one table (`rpol explain-defaults`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from realpolitik.language.words import TABLES
from realpolitik.situation.keys import ACTOR, CREDENCE, SECTIONS, SUPPORT

_SHARED = (*(key.name for key in SUPPORT), "name")
_TABLES = {
    "size": "|swing| of the effect about mid-scale",
    "weight": "share of a full swing of the top interest",
    "steadiness": "log-odds per full swing",
    "likelihood": "probability",
    "hedge": "credence left by an author's hedge",
}
# What the engine holds fixed. The numbers live beside the code that uses them; a test holds the two together.
ENGINE: tuple[tuple[str, float, str], ...] = (
    ("smooth width", 0.05, "a comparison in an influence or interest is smooth over this width"),
    ("clip", 0.005, "levels are kept this far from 0 and 1 where log-odds are taken"),
    ("family correlation", 0.3, "correlation between the sizes of words of one table"),
    ("switch", 0.02, "cost of changing an option once, where the file says nothing (2 points)"),
    ("point", 0.01, "share of a full swing of the top interest that one point is"),
    ("loss", 0.5, "points below which a loss is none, and within which a loss is shared"),
    ("longest foresight", 24, "periods an actor looks ahead at most"),
    ("combinations", 16, "combinations of readings that are run at most"),
    ("red line", 1, "cost of a crossed red line in full swings of the top interest"),
)


@dataclass(frozen=True)
class Default:
    """One default: where it holds, its value, and what it means."""

    where: str
    value: str
    meaning: str


def defaults() -> tuple[Default, ...]:
    """All defaults: of keys in the order of the format, then the engine's, then words with their 5th and 95th
    percentiles.

    >>> [item.value for item in defaults() if item.where == "actors.foresight"]
    ['2 years']
    """
    engine = (Default(f"engine: {where}", f"{value:g}", meaning) for where, value, meaning in ENGINE)
    return (*_of_keys(), *_of_any(), *engine, *_of_words())


def _of_keys() -> Iterator[Default]:
    for section in SECTIONS:
        if section.default:
            yield Default(section.name, section.default, section.says)
        for key in section.keys:
            if key.default and key.name not in _SHARED:
                yield Default(f"{section.name}.{key.name}", key.default, key.says)


def _of_any() -> Iterator[Default]:
    """Keys that every entry has are told once."""
    yield Default("influences: credence", CREDENCE.default, CREDENCE.says)
    for key in (*SUPPORT, *(key for key in ACTOR if key.name == "name")):
        if key.default:
            yield Default(f"any entry: {key.name}", key.default, key.says)


def _of_words() -> Iterator[Default]:
    for table, words in TABLES.items():
        for word, (low, high) in words.items():
            yield Default(f"{table} '{word}'", f"{low:g} to {high:g}", _TABLES[table])
