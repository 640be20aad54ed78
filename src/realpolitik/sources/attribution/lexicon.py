"""The words that rules know: verbs of saying with their frames, and closed classes of words."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

FORMS = ("base", "third", "past", "ing")


@dataclass(frozen=True)
class Verb:
    """A verb of saying with its frames, one letter each.

    t that-clause; b, c bare clause (readily, only if it has a strong verb); q quotation, Q nothing else; w wh-clause;
    i infinitive; u somebody urged to do it; g gerund; n noun phrase; d denial; a accusation; p `to` and noun phrase;
    l label in quotation marks; v object holding a quotation; o addressee first, O where needed; F `for` or `on`;
    K label without marks, where the object is a pronoun (`called it a mistake`); P particle `out`; J `put it`; M first
    word of an idiom; S quoting somebody else; x thought (optional).
    """

    base: str
    frames: str
    hedge: bool
    negative: bool


@dataclass(frozen=True)
class Form:
    """One written form of a verb of saying."""

    verb: Verb
    form: str


def data(name: str) -> str:
    """The text of a file of `realpolitik.sources.gazetteer`."""
    return files("realpolitik.sources.gazetteer").joinpath(name).read_text(encoding="utf-8")


def lines(name: str) -> list[str]:
    """The lines of a data file without comments and empty ones."""
    return [line for line in data(name).splitlines() if line.strip() and not line.startswith("#")]


def inflect(base: str) -> dict[str, str]:
    """Regular forms of an English verb.

    >>> inflect("deny")["past"], inflect("state")["ing"], inflect("vow")["third"]
    ('denied', 'stating', 'vows')
    """
    if base.endswith("y") and base[-2] not in "aeiou":
        return {"base": base, "third": base[:-1] + "ies", "past": base[:-1] + "ied", "ing": base + "ing"}
    if base.endswith("e"):
        return {"base": base, "third": base + "s", "past": base + "d", "ing": base[:-1] + "ing"}
    third = base + ("es" if base.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    return {"base": base, "third": third, "past": base + "ed", "ing": base + "ing"}


def doubled(base: str) -> dict[str, str]:
    """Forms with the last consonant doubled (`admit`, `dub`, `stop`).

    >>> doubled("stop")["ing"]
    'stopping'
    """
    return {"past": base + base[-1] + "ed", "ing": base + base[-1] + "ing"}


@cache
def cue_forms() -> dict[str, Form]:
    """Every written form of every verb of saying."""
    found: dict[str, Form] = {}
    for row in csv.DictReader(data("cues.csv").splitlines()):
        verb = Verb(row["base"], row["frames"], bool(row["hedge"]), bool(row["polarity"]))
        forms = inflect(verb.base)
        irregular = [word for word in row["irregular"].split("|") if word]
        if irregular:
            forms.pop("past")
        if (irregular and irregular[0].endswith(verb.base[-1] * 2 + "ed")) or verb.base == "begin":
            forms["ing"] = verb.base + verb.base[-1] + "ing"
        for form, word in forms.items():
            found[word] = Form(verb, form)
        for word in irregular:
            found[word] = Form(verb, "past")
    return found


@cache
def words() -> dict[str, frozenset[str]]:
    """Closed classes of words by name (determiner, preposition, role, ...)."""
    classes: dict[str, set[str]] = defaultdict(set)
    for line in lines("words.txt"):
        name, _, members = line.partition(":")
        classes[name.strip()].update(members.split())
    return {name: frozenset(members) for name, members in classes.items()}


def isa(word: str, *names: str) -> bool:
    """Does this word belong to one of the named classes?

    >>> isa("the", "determiner"), isa("ore", "determiner", "pronoun")
    (True, False)
    """
    known = words()
    return any(word in known[name] for name in names)


@cache
def finite_verbs() -> frozenset[str]:
    """Forms that mark a clause: auxiliaries, modals, third persons and pasts of common verbs."""
    found: set[str] = set()
    for line in lines("verbs.txt"):
        if line.startswith("irregular:"):
            found.update(line.split()[1:])
            continue
        for base in line.split():
            forms = inflect(base)
            found.update((forms["third"], forms["past"]))
            found.update({doubled(base)["past"]} if base[-1] in "bdgmnprt" else ())
    known = words()
    found.update(known["auxiliary"] | known["modal"] | known["negation"])
    found.update(word for word, form in cue_forms().items() if form.form in {"past", "third"})
    return frozenset(found - {"reports", "claims", "states", "plans", "attacks", "forces", "leaves", "trains", "lives",
                              "talks", "works", "needs", "sales", "costs", "results", "ships", "supplies", "orders",
                              "markets", "rules", "returns", "wants"} | {"wants", "needs"})  # fmt: skip


def verbal(word: str) -> bool:
    """Could this (lower-case) word be the verb of a clause?

    >>> verbal("has"), verbal("opened"), verbal("table")
    (True, True, False)
    """
    if word in finite_verbs() or word.endswith(("n't", "n’t")):
        return True
    return word.endswith("ed") and len(word) > 4 and not word.endswith(("eed", "hundred", "united", "sacred"))
