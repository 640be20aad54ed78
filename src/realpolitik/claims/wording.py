"""What a statement is about, in terms that can be compared: stems with their same-words, parties, direction.

Plain on purpose (no model files, the same answer everywhere): stems, two short lists of words (`same_words.txt`,
`opposite_words.txt`), the states of the gazetteer and whatever names a situation gives. What is said in quite other
words is not found; see docs/how-to/read.md for how often.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from math import log, sqrt

from realpolitik.sources.attribution.actors import mentions
from realpolitik.sources.folding import fold

WORD = re.compile(r"[a-z0-9]+(?:['-][a-z0-9]+)*")
NEGATIONS = frozenset(("not", "no", "never", "neither", "nor", "cannot", "hardly", "none", "nobody", "nothing"))
ENDINGS = (
    ("isation", 4), ("ization", 4), ("ically", 4), ("ation", 4), ("ition", 4), ("arily", 4), ("ment", 4), ("ness", 4),
    ("ence", 4), ("ance", 4), ("ally", 5), ("ical", 4), ("ary", 5), ("ity", 5), ("ive", 5), ("ate", 5), ("ise", 5),
    ("ize", 5), ("ion", 5), ("ous", 5), ("is", 6), ("iz", 6), ("at", 6), ("al", 5), ("ic", 5), ("ly", 5), ("y", 4),
    ("e", 3),
)  # fmt: skip
"""Endings and how many letters must be left."""
KNOWN_AS = 0.5
"""What a party in common weighs beside a word in common: parties recur in most statements."""


@dataclass(frozen=True)
class Terms:
    """`words`: stems, or the first of a group of same-words; `parties`: ids; `negated`: an odd number of negations."""

    words: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    negated: bool = False

    @property
    def numbers(self) -> frozenset[str]:
        """The figures among the words."""
        return frozenset(word for word in self.words if word[0].isdigit())

    @property
    def all(self) -> frozenset[str]:
        """Words and parties (`@ID`) together."""
        return self.words | {f"@{name}" for name in self.parties}


@dataclass(frozen=True)
class Likeness:
    """How alike two statements are: `score` in [0, 1], what they share (most telling first), whether turned round."""

    score: float
    shared: tuple[str, ...]
    turned: bool


@dataclass(frozen=True)
class Wording:
    """Comparing statements against a background of `documents` others; `seen` counts in how many each term stands."""

    names: Mapping[str, str] = field(default_factory=dict)
    seen: Mapping[str, int] = field(default_factory=dict)
    documents: int = 0

    def terms(self, text: str) -> Terms:
        """The terms of a text.

        >>> made = Wording({"the patron": "CCC"}).terms("The Patron did not hand over rockets to France.")
        >>> sorted(made.words), sorted(made.parties), made.negated
        (['give', 'missile'], ['CCC', 'FRA'], True)
        """
        return terms(text, self.names)

    def weight(self, term: str) -> float:
        """How telling a term is: rare ones more, parties half as much."""
        rare = log((self.documents + 2) / (self.seen.get(term, 0) + 1)) + 0.3
        return rare * (KNOWN_AS if term.startswith("@") else 1.0)

    def likeness(self, one: Terms, other: Terms) -> Likeness:
        """How alike are two statements? The mean of cosine and containment over weighted terms; no word shared: 0.

        Halved where both name parties and none in common, or share but one word although both have three or more.

        >>> wording = Wording()
        >>> a, b = wording.terms("Aland raises duties."), wording.terms("Duties were lowered.")
        >>> wording.likeness(a, b).turned
        True
        """
        shared = one.all & other.all
        if not one.words & other.words:
            return Likeness(0.0, (), False)
        left, right, both = (sum(map(self.weight, sorted(part))) for part in (one.all, other.all, shared))
        cosine, inside = both / sqrt(left * right), both / min(left, right)
        size = min(len(one.words), len(other.words))
        score = 0.5 * cosine + 0.5 * inside * min(1.0, size / 4)
        apart = one.parties and other.parties and not one.parties & other.parties
        thin = len(one.words & other.words) < 2 and size > 2
        score *= 0.5 if apart or (thin and one.parties & other.parties) else 1.0
        turned = _turned(one.words, other.words) != (one.negated != other.negated)
        return Likeness(min(1.0, score), tuple(sorted(shared, key=lambda t: (-self.weight(t), t))), turned)


def wording_of(texts: Iterable[str], names: Mapping[str, str]) -> Wording:
    """A `Wording` whose background is `texts`; `names`: what a party may be called -> its id."""
    seen: dict[str, int] = {}
    count = 0
    for text in texts:
        count += 1
        for term in terms(text, names).all:
            seen[term] = seen.get(term, 0) + 1
    return Wording(names, seen, count)


def terms(text: str, names: Mapping[str, str]) -> Terms:
    """Words, parties and direction of a text."""
    plain, parties = _without_parties(" ".join(fold(text).text.split()), names)
    words = WORD.findall(plain.casefold().replace("n't", " not"))
    negations = sum(word in NEGATIONS for word in words)
    stems = (same(word) for word in _split(words) if word not in _stop_words() and word not in NEGATIONS)
    return Terms(
        frozenset(item for item in stems if len(item) > 1 and item not in _stopped()), parties, negations % 2 == 1
    )


def _split(words: Iterable[str]) -> Iterable[str]:
    """Compounds as written where they are known, else their parts."""
    for word in words:
        bare = word.removesuffix("'s").strip("'")
        if "-" in bare and _stem(bare) not in _groups():
            yield from bare.split("-")
        else:
            yield bare


def _without_parties(text: str, names: Mapping[str, str]) -> tuple[str, frozenset[str]]:
    """The text without names of parties, and their ids: a situation's own names first, then states."""
    found: set[str] = set()
    pattern = _pattern(tuple(sorted(names, key=len, reverse=True)))
    by_fold = {name.casefold(): ident for name, ident in names.items()}

    def gone(match: re.Match[str]) -> str:
        found.add(by_fold[match.group().casefold()])
        return " , "

    rest = pattern.sub(gone, text) if pattern else text
    for item in reversed(mentions(rest)):
        found.add(item.actor.iso3)
        rest = rest[: item.span.start] + " , " + rest[item.span.end :]
    return rest, frozenset(found)


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    telling = [re.escape(name) for name in names if len(name) > 1]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(telling)})(?!\w)", re.I) if telling else None


def spelled(terms: Iterable[str], text: str) -> list[str]:
    """Terms as a text spells them, in the order given; parties by their ids.

    >>> spelled(["give", "@AAA"], "Shells were supplied.")
    ['supplied', 'AAA']
    """
    words = list(_split(WORD.findall(fold(text).text.casefold())))
    first = {same(word): word for word in reversed(words) if word}
    return [term.removeprefix("@") if term.startswith("@") else first.get(term, term) for term in terms]


def same(word: str) -> str:
    """The first of the group of same-words a word is in, else its stem.

    >>> same("supplied"), same("munitions"), same("harbours")
    ('give', 'shell', 'harbour')
    """
    stem = _stem(word)
    return _groups().get(stem, stem)


@cache
def _stem(word: str) -> str:
    word = _irregular().get(word, word)
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    for tail in ("ing", "ied", "ed"):
        if word.endswith(tail) and len(word) > len(tail) + 2:
            word = _single(word[: -len(tail)] + ("y" if tail == "ied" else ""))
            break
    return _root(word)


def _root(word: str) -> str:
    """The word without the endings that make other parts of speech of it.

    >>> [_root(word) for word in ("deterrence", "strategically", "strategy", "institutionalise", "nation")]
    ['deter', 'strateg', 'strateg', 'institut', 'nation']
    """
    for _ in range(4):
        tail = next((tail for tail, least in ENDINGS if word.endswith(tail) and len(word) - len(tail) >= least), "")
        if not tail:
            break
        word = _single(word.removesuffix(tail))
    return word[:-1] + "c" if word.endswith("k") else word


def _single(word: str) -> str:
    """Without a doubled last consonant (`deterr`)."""
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls" else word


@cache
def _groups() -> dict[str, str]:
    return {_stem(word): group[0] for group in _lists("same_words.txt") for word in reversed(group)}


@cache
def _opposites() -> frozenset[tuple[str, str]]:
    pairs = [(same(pair[0]), same(pair[1])) for pair in _lists("opposite_words.txt")]
    return frozenset(pairs) | {(other, one) for one, other in pairs}


@cache
def _stopped() -> frozenset[str]:
    return frozenset(_stem(word) for word in _stop_words())


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(word for row in _lists("stop_words.txt") for word in row)


@cache
def _irregular() -> dict[str, str]:
    return {row[0]: row[1] for row in _lists("irregular_forms.txt")}


def _lists(name: str) -> list[list[str]]:
    text = files("realpolitik.claims").joinpath(name).read_text(encoding="utf-8")
    return [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _turned(one: frozenset[str], other: frozenset[str]) -> bool:
    """True where an odd number of words of one has its opposite in the other (and is not itself there)."""
    met = sum((a, b) in _opposites() for a in one - other for b in other - one)
    return met % 2 == 1
