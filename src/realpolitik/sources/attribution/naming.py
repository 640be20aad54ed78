"""Names within a phrase: is it a person, a leader, a newspaper, a document; and what is left without titles."""

from __future__ import annotations

import re

from realpolitik.sources.attribution.actors import names
from realpolitik.sources.attribution.lexicon import isa

PARTICLES = r"(?:ag|ould|al|el|bin|bint|ibn|van|von|der|den|de|da|di|del|dos|du|la|le|ben|abu|ul)"
NAME_WORD = r"(?:[A-Z][\w’']*(?:-\w+)*\.?|al-[A-Z]\w+|el-[A-Z]\w+)"
NAME = re.compile(rf"{NAME_WORD}(?:\s+(?:{PARTICLES}\s+)*{NAME_WORD})*")
ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.I)
OWNED = re.compile(r"^[A-Z][\w.]*(?:\s[A-Z]\w*){0,2}['’]s?\s+(?=\w)")
PREPOSED = re.compile(r"\s(?:of|at|from|for|in|on|with|by|to|seen|released|published)\s")
KINDS = ("government_noun", "organisation_noun", "media_noun")
BEFORE_NAMES = ("title", "role", "preposition", "determiner", "time", "adverb", "subordinator", "conjunction")


def bare(words: str) -> str:
    """The phrase without article and without the state it belongs to.

    >>> bare("the minister"), bare("Aland's energy ministry")
    ('minister', 'energy ministry')
    """
    return OWNED.sub("", ARTICLE.sub("", words))


def leader(name: str) -> str | None:
    """The state whose leader this is, if the tables know."""
    actor = names().get(name.replace("’", "'"))
    return actor.iso3 if actor is not None and actor.kind == "leader" else None


def outlet(name: str) -> bool:
    """Is this a known newspaper, agency or station?"""
    actor = names().get(name)
    return actor is not None and actor.kind == "media"


def document(head: str) -> bool:
    """Is the head a report, a statement or the like (of somebody)?

    >>> document("a report by the agency"), document("the agency")
    (True, False)
    """
    stop = PREPOSED.search(head)
    words = (head[: stop.start()] if stop else head).split()
    return bool(words) and isa(words[-1].lower(), "voice_noun")


def without_titles(name: str) -> str:
    """The name without titles, offices and nationalities before it.

    >>> without_titles("General Ana Ruiz")
    'Ana Ruiz'
    """
    words = name.split()
    office = max((at for at, word in enumerate(words[:-1]) if isa(word.lower(), "role")), default=-1)
    words = words[office + 1 :]
    while len(words) > 1 and (isa(words[0].lower().rstrip("."), *BEFORE_NAMES) or _nationality(words)):
        words = words[1:]
    return " ".join(words)


def _nationality(words: list[str]) -> bool:
    actor = names().get(words[0])
    return actor is not None and (actor.kind == "demonym" or (len(words) > 2 and actor.kind != "leader"))


def person_name(name: str) -> bool:
    """Could these capitalised words be a person's name?

    >>> person_name("Ana Ruiz"), person_name("Coast Guard Agency"), person_name("NATO")
    (True, False, False)
    """
    words = [word.lower() for word in name.split()]
    if any(isa(word, *KINDS, "preposition", "determiner", "time", "conjunction") for word in words):
        return False
    if (name in names() and not leader(name)) or (len(words) == 1 and name.isupper()):
        return False
    return 1 <= len(words) <= 5 and not any(isa(word, "group", "role", "voice_noun") for word in words)
