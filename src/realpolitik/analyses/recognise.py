"""Does a statement report that something of the situation has happened? Moves, events and levels, and what reads them.

Rules, applied to one statement at a time:

1. It must report a fact: no denial, no negation, no word of possibility, plan, condition or advice (`OPEN`).
2. A move is recognised where one of its holders is named and at least `COVER` of the (weighted) words of its name; its
   level is the one whose word stands in the statement, of two levels the second. An event likewise by its name; a
   factor by its name and a share or percentage beside it.
3. What is hidden and has a public face (`seen_as`) is known to nobody by a newspaper: such a report raises the public
   evidence, as far as the report is confirmed (`STRENGTH`), and leaves the hidden thing itself as it was.
4. A repeat of a known origin changes nothing.

Every change is a proposal: a piece of a situation file to be laid over it, and the statement it is because of.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from realpolitik.claims.matching import Matched
from realpolitik.claims.statements import Statement
from realpolitik.claims.wording import Wording, same
from realpolitik.language.expression import names_in
from realpolitik.situation.model import Factor, Option, Shock, Situation

COVER = 0.6
OPEN = re.compile(
    r"\b(?:may|might|could|would|will|shall|should|must|ought|can|if|unless|whether|plan(?:s|ned|ning)?|intend\w*|"
    r"want\w*|hop(?:e|es|ed|ing)|expect\w*|consider\w*|threaten\w*|ready|prepar\w*|about to|set to|likely|possibl[ey]|"
    r"potential\w*|seek\w*|ask\w*|call\w* (?:for|on)|urg\w+|propos\w+|offer\w*|agree\w* to|promis\w+|vow\w*|pledg\w+|"
    r"negotiat\w+|discuss\w*)\b",
    re.I,
)
CONFIRMS = re.compile(r"confirm|prov(?:e|ed|en)|verif|establish|acknowledg|admit|conced|announc|declar", re.I)
PROOF = re.compile(r"\b(?:proof|proven?|proved|confirm\w*|verif\w+|established|beyond doubt|admitted)\b", re.I)
STRENGTH: Mapping[str, tuple[float, float]] = {
    "confirmed": (0.7, 0.95),
    "stated": (0.4, 0.65),
    "reported": (0.2, 0.4),
}
"""How far a report carries public evidence, of a scale from rumour (0) to proven (1): a convention, open to editing."""
OFFICIAL = frozenset({"government", "state", "organisation"})
SHARE = re.compile(r"(\d{1,3}(?:\.\d+)?)\s?(?:%|per ?cent|percent)")
NOTHING = frozenset({"none", "off", "out", "no", "not", "on", "in"})


@dataclass(frozen=True)
class Proposal:
    """One change: `kind` (public evidence, move, event, level) of `target` to `value`, from `day` on; in words.

    `because`: which statement; `strength`: confirmed, stated or reported; `reads`: what of the situation reacts to it;
    `disputed`: statements of the same article that deny it.
    """

    kind: str
    target: str
    value: str
    day: str
    words: str
    because: int
    strength: str
    reads: tuple[str, ...] = ()
    disputed: tuple[int, ...] = ()

    @property
    def layer(self) -> dict[str, Any]:
        """The change as a piece of a situation file."""
        return layer_of(self.kind, self.target, self.value, self.day)

    @property
    def observation(self) -> str:
        """The change as `assimilate` reads reports; "" for an event."""
        forms = {"move": "{0}={1} by {2}", "public evidence": "{0} at {2}: {1}", "level": "{0} at {2}: {1}"}
        return forms.get(self.kind, "").format(self.target, self.value, self.day)


def layer_of(kind: str, target: str, value: str, day: str, claim: str = "") -> dict[str, Any]:
    """A change as a piece of a situation file, with the claim it rests on where the file can cite one.

    >>> layer_of("level", "tension", "0.5 to 0.6", "2024-05-01")
    {'factors': {'tension': {'now': '0.5 to 0.6'}}}
    """
    cited = {"claims": [claim]} if claim else {}
    if kind == "public evidence":
        shock = {"name": f"a report on {target}", "on": day, "sets": {target: value}, **cited}
        return {"shocks": {f"reported_{target}": shock}}
    if kind == "event":
        return {"shocks": {target: {"on": day, "chance": value}}}
    return {"options" if kind == "move" else "factors": {target: {"now": value}}}


@dataclass(frozen=True)
class Recogniser:
    """A situation, ready to be recognised in statements; `date`: of the article, None where unknown."""

    situation: Situation
    wording: Wording
    date: dt.date | None = None
    ids: Mapping[int, str] = field(default_factory=dict)

    def proposals(self, found: Sequence[Matched]) -> tuple[Proposal, ...]:
        """The changes an article proposes, in order; of several reports of one thing the best confirmed counts."""
        best: dict[str, Proposal] = {}
        for number, item in enumerate(found):
            for made in self._of(number, item) if is_news(item) else ():
                held = best.get(made.target)
                if held is None or list(STRENGTH).index(made.strength) < list(STRENGTH).index(held.strength):
                    best[made.target] = made
        whole = [replace(made, disputed=self._disputed(found, made)) for made in best.values()]
        return tuple(sorted(whole, key=lambda made: made.because))

    def _disputed(self, found: Sequence[Matched], made: Proposal) -> tuple[int, ...]:
        """The statements that deny what a change rests on."""
        denied = [n for n, item in enumerate(found) if item.statement.denied != item.terms.negated]
        same_thing = {n for n in denied if any(other.target == made.target for other in self._of(n, found[n]))}
        return tuple(sorted(same_thing | {n for n, item in enumerate(found) if made.because in item.disputes}))

    def _of(self, number: int, item: Matched) -> Iterator[Proposal]:
        for option in self.situation.options.values():
            level = self._level(option, item)
            if level is not None and level != option.now:
                yield self._move(option, level, number, item.statement)
        for shock in self.situation.shocks.values():
            if self._covers(item, f"{shock.name} {shock.id.replace('_', ' ')}", ()):
                yield self._event(shock, number, item.statement)
        for factor in self.situation.factors.values():
            share = SHARE.search(item.statement.words)
            if share and factor.now is not None and self._covers(item, factor.name, factor.aliases, whole=True):
                yield self._reading(factor, float(share.group(1)) / 100.0, number, item.statement)

    def _level(self, option: Option, item: Matched) -> int | None:
        """The level a statement says an option stands at; None where it does not speak of it."""
        if not self._holders(option) & item.terms.parties:
            return None
        if not self._covers(item, option.name, option.aliases):
            return None
        said = [
            number for number, level in enumerate(option.levels)
            if level not in NOTHING and same(level.casefold()) in item.terms.words
        ]  # fmt: skip
        return max(said) if said else (1 if len(option.levels) == 2 and option.now == 0 else None)

    def _holders(self, option: Option) -> set[str]:
        body = option.institution
        return {*option.owners, *((body,) if body else ())}

    def _covers(self, item: Matched, name: str, aliases: Sequence[str], *, whole: bool = False) -> bool:
        """Are enough of the words of a name, or of one alias, in the statement? At least one of them, and no party."""
        for spelling in (name, *aliases):
            wanted = self.wording.terms(spelling).words
            total = sum(self.wording.weight(word) for word in sorted(wanted))
            there = sum(self.wording.weight(word) for word in sorted(wanted & item.terms.words))
            if (
                total
                and there / total >= (1.0 if whole else COVER)
                and len(wanted & item.terms.words) >= min(2, len(wanted))
            ):
                return True
        return False

    def _move(self, option: Option, level: int, number: int, said: Statement) -> Proposal:
        seen_as = option.visibility.seen_as
        how, name = strength(said), option.levels[level]
        if seen_as and seen_as in self.situation.factors:
            factor = self.situation.factors[seen_as]
            value = "{:g} to {:g}".format(*STRENGTH[how])
            words = f"{factor.name} goes to {value} ({how}: {option.name}, '{name}')"
            return Proposal(
                "public evidence", factor.id, value, self._day(), words, number, how, self._reads(factor.id)
            )
        words = f"{option.name} stands at '{name}' (was '{option.levels[option.now]}')"
        return Proposal("move", option.id, name, self._day(), words, number, how, self._reads(option.id))

    def _event(self, shock: Shock, number: int, said: Statement) -> Proposal:
        words = f"{shock.name}: it has happened"
        return Proposal("event", shock.id, "100%", self._day(), words, number, strength(said))

    def _reading(self, factor: Factor, share: float, number: int, said: Statement) -> Proposal:
        value = f"{max(0.0, share - 0.03):.2g} to {min(1.0, share + 0.03):.2g}"
        words = f"{factor.name} stands at {share:.0%}, taken as {value}"
        how = strength(said)
        return Proposal("level", factor.id, value, self._day(), words, number, how, self._reads(factor.id))

    def _day(self) -> str:
        """The day of the report, never before the start of the situation."""
        return max(self.date or self.situation.as_of, self.situation.as_of).isoformat()

    def _reads(self, name: str) -> tuple[str, ...]:
        """Commitments, reviews and conditions that read a factor or option."""
        said = [item.support.text or item.key for item in self.situation.promises if name in names_in(item.trigger)]
        for option in self.situation.options.values():
            if option.review_on is not None and name in names_in(option.review_on):
                said.append(f"{option.id} comes up for review")
            said += [f"{option.id} requires it" for term in option.requires.values() if name in names_in(term)]
        return tuple(said)


def is_news(item: Matched) -> bool:
    """Does the statement report a fact from an origin that is not known yet?

    >>> from realpolitik.claims.wording import Terms
    >>> said = Statement("Aland might arm", "Birk", "person", "", (), "", (), "said", False, (), "n", 1, "", "")
    >>> is_news(Matched(said, Terms(frozenset({"arm"}))))
    False
    """
    said = item.statement
    if item.how == "same" or said.denied or item.terms.negated:
        return False
    return not OPEN.search(said.words) and not any(OPEN.search(word) for word in said.hedged_by)


def strength(said: Statement) -> str:
    """How far a report goes: confirmed by an authority (or with its proof), stated by somebody named, or reported."""
    if said.is_anonymous or said.hedged_by or said.speaker_kind == "media":
        return "reported"
    official = said.speaker_kind in OFFICIAL
    if official and (CONFIRMS.search(said.said_with) or PROOF.search(said.words)):
        return "confirmed"
    return "stated"
