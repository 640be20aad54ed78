"""Words that stand for numbers: sizes, weights, steadiness, an author's hedges; each word a 5th-to-95th interval.

A situation file overrides any of them: every function takes `overrides`, a mapping table -> word -> (low,
high). Sources of the defaults: sizes, weights and steadiness are this project's convention; hedges are read
with the bands listed here, never with the likelihood lexicon our own sentences use
(`realpolitik.language.likelihood`), which is the table "likelihood" for an analyst's own words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

from realpolitik.errors import ExpressionError, did_you_mean
from realpolitik.language.likelihood import ICD_203

Band: TypeAlias = tuple[float, float]
Overrides: TypeAlias = Mapping[str, Mapping[str, Band]]

SIZES: Mapping[str, Band] = MappingProxyType(
    {
        "slight": (0.02, 0.10),
        "weak": (0.08, 0.22),
        "moderate": (0.22, 0.48),
        "strong": (0.45, 0.75),
        "decisive": (0.75, 0.95),
    }
)
WEIGHTS: Mapping[str, Band] = MappingProxyType({"minor": (0.1, 0.3), "major": (0.4, 0.7), "vital": (0.8, 1.0)})
STEADINESS: Mapping[str, Band] = MappingProxyType({"low": (10, 20), "medium": (20, 60), "high": (60, 150)})

_CERTAIN, _MOST, _PROBABLE, _SEEMING = (0.9, 0.99), (0.75, 0.9), (0.6, 0.85), (0.5, 0.85)
_CONDITIONAL, _POSSIBLE, _REPORTED, _DOUBTED = (0.8, 0.99), (0.2, 0.6), (0.5, 0.85), (0.15, 0.4)
HEDGES: Mapping[str, Band] = MappingProxyType(
    {
        **dict.fromkeys(("will", "certainly", "cannot", "simply cannot", "undoubtedly"), _CERTAIN),
        **dict.fromkeys(("most likely", "very likely", "very probably"), _MOST),
        **dict.fromkeys(("likely", "probably", "probable", "presumably"), _PROBABLE),
        **dict.fromkeys(("seems", "seemed", "seemingly", "appears", "appearing", "apparently"), _SEEMING),
        "would": _CONDITIONAL,
        **dict.fromkeys(("may", "might", "could", "possibly", "possible", "possibility"), _POSSIBLE),
        **dict.fromkeys(("potentially", "potential", "perhaps", "real chance"), _POSSIBLE),
        **dict.fromkeys(("reportedly", "claimed", "allegedly"), _REPORTED),
        **dict.fromkeys(("unlikely", "improbable", "doubtful"), _DOUBTED),
    }
)
LIKELIHOODS: Mapping[str, Band] = MappingProxyType({word: (b.low, b.high) for b in ICD_203 for word in b.words})

TABLES: Mapping[str, Mapping[str, Band]] = MappingProxyType(
    {
        "size": SIZES,
        "weight": WEIGHTS,
        "steadiness": STEADINESS,
        "hedge": HEDGES,
        "likelihood": LIKELIHOODS,
    }
)
SYNONYMS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"size": MappingProxyType({"very weak": "slight", "medium": "moderate"})}
)


def tidy(word: str) -> str:
    """A word as it stands in the tables: lower case, single spaces.

    >>> tidy("  Very   Weak ")
    'very weak'
    """
    return " ".join(word.lower().split())


def word_table(table: str, overrides: Overrides | None = None) -> dict[str, Band]:
    """Every word of a table with its band, the file's own words over the defaults.

    Raises:
        ExpressionError: there is no such table, or an override is no rising pair.

    >>> word_table("weight", {"weight": {"vital": (0.9, 1.0)}})["vital"]
    (0.9, 1.0)
    """
    if table not in TABLES:
        raise ExpressionError(f"'{table}' is no table of words.", 0, did_you_mean(table, TABLES))
    merged = dict(TABLES[table])
    for word, band in (overrides or {}).get(table, {}).items():
        if not band[0] <= band[1]:
            raise ExpressionError(
                f"'{word}' runs backwards: {band[0]:g} is above {band[1]:g}.", 0, "Put the low end first."
            )
        merged[canonical(word, table)] = (float(band[0]), float(band[1]))
    return merged


def canonical(word: str, table: str) -> str:
    """The word a synonym stands for.

    >>> canonical("Medium", "size"), canonical("medium", "steadiness")
    ('moderate', 'medium')
    """
    plain = tidy(word)
    return SYNONYMS.get(table, {}).get(plain, plain)


def word_band(word: str, table: str, overrides: Overrides | None = None) -> tuple[str, Band]:
    """Which word of the table is this, and what is its band?

    Raises:
        ExpressionError: the table has no such word; the message lists the words.

    >>> word_band("very weak", "size")
    ('slight', (0.02, 0.1))
    """
    known, name = word_table(table, overrides), canonical(word, table)
    if name not in known:
        listed = ", ".join(known) if len(known) <= 12 else "see the reference of words"
        hint = did_you_mean(name, [*known, *SYNONYMS.get(table, {})])
        message = f"'{word.strip()}' is no word of {table}: the words are {listed}; a number or 'a to b' is legal too."
        raise ExpressionError(message, 1, hint if hint.startswith("Did") else "")
    return name, known[name]


def hedge_band(hedge: str, overrides: Overrides | None = None) -> tuple[str, Band]:
    """How much credence does an author's hedge leave? Of several ("may; potential") the weakest counts.

    Raises:
        ExpressionError: no such hedge.

    >>> hedge_band("most likely; could")
    ('could', (0.2, 0.6))
    """
    parts = [part for part in re.split(r"[;,/]", hedge) if part.strip()] or [hedge]
    return min((word_band(part, "hedge", overrides) for part in parts), key=lambda found: sum(found[1]))
