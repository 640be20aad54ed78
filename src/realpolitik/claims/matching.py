"""How does a new statement stand to the claims a project has: same, supports, contradicts, or new?

Rule. Likeness is measured over the claim's paraphrase and, where the document is at hand, its own words; the better
counts. The two speak of one thing at `CLOSE` and above; from `NEAR` on only where the claim stands out (`stands_out`):

    same         the statement comes from the claim's own origin: it is counted once and moves nothing
    contradicts  one denies what the other says, or turns it round (raise, lower; give, refuse); not where the claim
                 speaks of what may be: a condition that is not met refutes nothing
    supports     another origin says it too

Else it is new. Origins are compared by the chain of attribution, innermost first: one name, or the surname of
a full name; a passage taken over word for word (eight words) has one origin whatever the names; nameless voices
("officials") are one origin only where they come through one outlet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from realpolitik.claims.model import Claim
from realpolitik.claims.statements import Statement
from realpolitik.claims.wording import Likeness, Terms, Wording, spelled, wording_of
from realpolitik.sources.folding import fold

How = Literal["same", "supports", "contradicts", "new"]
CLOSE = 0.5
"""Likeness from which two statements speak of one thing."""
NEAR = 0.38
AHEAD, FAR_AHEAD = 1.3, 1.5
"""How many times as alike as the next claim one must be, with two words in common and with one."""
LISTED = 3
VERBATIM = 8
OPEN = re.compile(
    r"\b(?:may|might|could|would|should|must|if|once|unless|until|without|try|tries|wants?|wishes|likely|can|when)\b",
    re.I,
)
NAMELESS = re.compile(
    r"\b(?:unnamed|unidentified|anonymous|experts?|officials?|analysts?|observers?|sources?|reports?|media|diplomats?|"
    r"critics?|commentators?|people|narration)\b",
    re.I,
)


@dataclass(frozen=True)
class Match:
    """How a statement stands to one claim: relation, likeness in [0, 1], the terms they share, and why."""

    claim: str
    how: How
    score: float
    because: str


@dataclass(frozen=True)
class Matched:
    """A statement with every claim it matches, closest first; `how` is that of the first, "new" where there is none.

    `repeats`: why it says again what the article said before; `disputes`: numbers of earlier statements it contradicts.
    """

    statement: Statement
    terms: Terms
    matches: tuple[Match, ...] = ()
    repeats: str = ""
    disputes: tuple[int, ...] = ()

    @property
    def how(self) -> How:
        """The relation that decides: a repeat before everything else."""
        if self.repeats:
            return "same"
        return self.matches[0].how if self.matches else "new"


@dataclass(frozen=True)
class Matcher:
    """A project's claims, ready to be compared: `quotes` are their own words where the documents are at hand."""

    claims: Mapping[str, Claim]
    wording: Wording
    known: Mapping[str, tuple[Terms, ...]]
    quotes: Mapping[str, str]

    def match(self, statement: Statement, earlier: Sequence[Matched] = ()) -> Matched:
        """What the statement is to the claims; `earlier` are those of the same article, which it may repeat."""
        terms = self.wording.terms(statement.words)
        ranked = sorted(
            ((self._likeness(terms, name), name) for name in self.claims), key=lambda pair: (-pair[0].score, pair[1])
        )
        found = [pair for pair in ranked if pair[0].score >= CLOSE] or self._standing_out(terms, ranked, statement)
        close = [
            self._match(statement, terms, name, like) for like, name in found
            if not (like.turned != statement.denied and _is_open(self.claims[name]))
        ]  # fmt: skip
        matches = tuple(sorted(close[:LISTED], key=lambda item: item.how != "same"))
        against = tuple(number for number, other in enumerate(earlier) if self._disputes(statement, terms, other))
        return Matched(statement, terms, matches, self._repeated(statement, terms, earlier), against)

    def _standing_out(
        self, terms: Terms, ranked: Sequence[tuple[Likeness, str]], statement: Statement
    ) -> list[tuple[Likeness, str]]:
        """The first claim, where it is near, far ahead of the next, and not turned round: for that more is asked."""
        if not ranked or ranked[0][0].turned != statement.denied:
            return []
        like, name = ranked[0]
        second = ranked[1][0].score if len(ranked) > 1 else 0.0
        return [(like, name)] if any(stands_out(like, second, terms, other) for other in self.known[name]) else []

    def _disputes(self, statement: Statement, terms: Terms, other: Matched) -> bool:
        like = self.wording.likeness(terms, other.terms)
        return like.score >= CLOSE and like.turned != (statement.denied != other.statement.denied)

    def _likeness(self, terms: Terms, name: str) -> Likeness:
        return max((self.wording.likeness(terms, other) for other in self.known[name]), key=lambda like: like.score)

    def _match(self, statement: Statement, terms: Terms, name: str, like: Likeness) -> Match:
        claim = self.claims[name]
        shared = ", ".join(spelled(like.shared[:6], statement.words))
        turned = like.turned != statement.denied
        if _is_open(claim):
            shared += "; the claim speaks of what may be"
        origin = same_origin(statement, claim, self.quotes.get(name, ""))
        if origin and not turned:
            return Match(name, "same", like.score, f"{origin}; shared: {shared}")
        if turned:
            why = "denied" if statement.denied else "turned round"
            return Match(name, "contradicts", like.score, f"{why}; shared: {shared}")
        return Match(name, "supports", like.score, f"another origin; shared: {shared}")

    def _repeated(self, statement: Statement, terms: Terms, earlier: Sequence[Matched]) -> str:
        """Said before in this article by the same speaker, in much the same words."""
        for other in earlier:
            said = other.statement
            like = self.wording.likeness(terms, other.terms)
            if (
                said.speaker == statement.speaker
                and like.score >= 0.75
                and like.turned == (said.denied != statement.denied)
            ):
                return f"said before in paragraph {said.paragraph} by {said.speaker or 'nobody named'}"
        return ""


def stands_out(like: Likeness, second: float, one: Terms, other: Terms) -> bool:
    """Is a claim near enough, and so much nearer than the next (`second`), that it is meant all the same?

    The statement must name every party the claim names, and figures of both must meet. With two words in common it must
    be 1.3 times as near as the next; with one word 1.5 times, and both name the same two parties or more.
    """
    if one.numbers and other.numbers and not one.numbers & other.numbers:
        return False
    words = sum(not term.startswith("@") for term in like.shared)
    if like.score < NEAR or not other.parties <= one.parties:
        return False
    if words >= 2:
        return like.score >= AHEAD * second
    return words == 1 and len(one.parties) >= 2 and one.parties == other.parties and like.score >= FAR_AHEAD * second


def matcher(claims: Mapping[str, Claim], names: Mapping[str, str], quotes: Mapping[str, str] | None = None) -> Matcher:
    """A matcher for `claims`; `names`: what a party may be called -> its id; `quotes`: claim -> its own words."""
    quotes = dict(quotes or {})
    wording = wording_of([claim.paraphrase for claim in claims.values()], names)
    known = {
        name: tuple(wording.terms(text) for text in (claim.paraphrase, quotes.get(name, "")) if text) or (Terms(),)
        for name, claim in claims.items()
    }
    return Matcher(claims, wording, known, quotes)


def match_all(made: Matcher, said: Iterable[Statement]) -> tuple[Matched, ...]:
    """Every statement of an article, in order; one without a word to compare is left out."""
    out: list[Matched] = []
    for statement in said:
        found = made.match(statement, out)
        if found.terms.words and len(found.terms.all) > 1:
            out.append(found)
    return tuple(out)


def same_origin(statement: Statement, claim: Claim, quote: str = "") -> str:
    """Why the statement comes from the claim's origin, "" where it does not.

    >>> from realpolitik.language.quantity import constant
    >>> said = Statement("", "Birk", "person", "", ("Wire", "Gazette", "Birk"), "", (), "", False, (), "n", 1, "", "")
    >>> same_origin(said, Claim("c1", "", constant(1.0), "Admiral Birk", chain=("Gazette", "Admiral Birk")))
    'one origin: Admiral Birk'
    """
    if quote and (taken := verbatim(statement.words, quote)):
        return f"taken over word for word: '{taken}'"
    origin = claim.chain[-1] if claim.chain else claim.speaker
    voices = (statement.chain[-1] if statement.chain else "", statement.speaker)
    if not statement.is_anonymous and not NAMELESS.search(origin):
        return f"one origin: {origin}" if any(one_name(origin, voice) for voice in voices) else ""
    through = claim.chain[:-1] if NAMELESS.search(origin) else claim.chain
    around = fold(statement.around).text.casefold()
    named = (outlet for outlet in through if any(one_name(outlet, other) for other in statement.chain))
    shared = next(named, "") or next((item for item in through if fold(item).text.casefold() in around), "")
    return f"one origin: through {shared}" if shared else ""


def one_name(one: str, other: str) -> bool:
    """Do two names mean one voice? The same, or a full name and its surname.

    >>> one_name("Kyrylo Orm", "Orm"), one_name("Dr. Ann Orm", "Karl Orm"), one_name("the Gazette", "Gazette")
    (True, False, True)
    """
    left, right = _bare(one), _bare(other)
    if not left or not right:
        return False
    short, long = sorted((left, right), key=len)
    return left == right or (len(short) == 1 and short[0] == long[-1] and len(short[0]) > 2)


TITLES = frozenset(
    ("the", "a", "an", "dr", "prof", "mr", "mrs", "ms", "sir", "general", "gen", "admiral", "president", "minister",
     "senator", "ambassador")
)  # fmt: skip


def _bare(name: str) -> list[str]:
    words = re.findall(r"[\w-]+", fold(name).text.casefold().removesuffix("'s"))
    kept = [word for word in words if word not in TITLES]
    return kept or words


def verbatim(one: str, other: str) -> str:
    """The first run of eight words that stands in both, "" where there is none."""
    left, right = (re.findall(r"\w+", fold(text).text.casefold()) for text in (one, other))
    there = {tuple(right[i : i + VERBATIM]) for i in range(len(right) - VERBATIM + 1)}
    runs = (tuple(left[i : i + VERBATIM]) for i in range(len(left) - VERBATIM + 1))
    return next((" ".join(run) for run in runs if run in there), "")


def _is_open(claim: Claim) -> bool:
    """True where the claim speaks of what may be, under a condition."""
    return bool(OPEN.search(claim.paraphrase))
