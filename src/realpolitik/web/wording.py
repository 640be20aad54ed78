"""Sentences and entries with the names readers know in place of the ids of the file."""

from __future__ import annotations

import re

from realpolitik.report.page.words import Words
from realpolitik.situation.model import Situation

CITED = re.compile(r" \((?:after )?[\w-]*\d[\w-]*(?:, (?:after )?[\w-]*\d[\w-]*)*\)$")


def words_for(situation: Situation) -> Words:
    """The names of a situation."""
    groups = (
        situation.scenarios, situation.shocks, situation.actors, situation.institutions, situation.factors,
        situation.options,
    )  # fmt: skip
    return Words({key: item.name for group in groups for key, item in group.items()})


def told(words: Words, sentence: str) -> str:
    """A sentence of a result: entries in quotes by their names, no hints to a command line."""
    return "".join(span.words for span in words.spans(sentence))


def entry(words: Words, text: str) -> str:
    """An entry of the file without its claims, which stand beside it.

    >>> entry(Words({"AAA.arm": "arming", "tension": "tension at sea"}), "AAA.arm raises tension: weak (c1, after c2)")
    'arming raises tension at sea: weak'
    """
    return words.entry(CITED.sub("", text))
