"""Every entry of a situation as one list: what it is, whose, which claims or whose judgement stand behind it.

What walks from a claim to the model, or from a name to where it acts, reads this list and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from realpolitik.errors import Position
from realpolitik.situation.model import Reading, Situation, Support

TOKEN = re.compile(r"[A-Za-z_]\w*(?:\.\w+)?")
NO_MODEL = ("name", "check", "claim")
"""Kinds that say something about a claim without resting on it."""


@dataclass(frozen=True)
class Element:
    """One entry: `kind` (actor, option, influence, ...), its id or "", its words, what it is called.

    `grounds`: claims its author's judgement comes after, without their saying it.

    `reading`: the hypothesis and reading it belongs to, "" for the base. `owners`: the actors who hold or want it.
    """

    kind: str
    id: str
    words: str
    claims: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    author: str = ""
    date: str = ""
    reading: str = ""
    owners: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    position: Position = field(default_factory=Position, compare=False)

    @property
    def is_model(self) -> bool:
        """True for what the engine reads: not a name, nor a check."""
        return self.kind not in NO_MODEL

    @property
    def label(self) -> str:
        """Kind and words, for readers; where claims only prompted it, that it is a judgement."""
        judged = f"; a judgement of {self.author or 'nobody named'}" if self.grounds and not self.claims else ""
        return f"{self.kind} {self.words}{judged}" + (f"  [{self.reading}]" if self.reading else "")

    @cached_property
    def mentions(self) -> frozenset[str]:
        """The ids its words contain; of `AAA.arm` also `AAA`."""
        found = set(TOKEN.findall(f"{self.id} {self.words}"))
        return frozenset(found | {token.partition(".")[0] for token in found} | set(self.owners))


def elements(situation: Situation) -> tuple[Element, ...]:
    """Every entry, in the order of the file's sections; those of readings after the base, checks and names last.

    >>> from realpolitik.situation.builder import Builder
    >>> made = Builder("Two rivals", as_of="2024-01-01", judged_by="R. Example, 2024-01-05")
    >>> made.actor("AAA", name="Aland")
    >>> made.factor("tension", from_="calm", to="war", now=0.4)
    >>> made.interest("AAA", "vital", "less tension")
    >>> [(item.kind, item.words, item.author) for item in elements(made.build())][2]
    ('interest', 'of AAA: vital: less tension', 'R. Example')
    """
    readings = ((f"{group.id}: {reading.id}", reading) for group in situation.hypotheses for reading in group.readings)
    return (
        *_parties(situation),
        *_things(situation, ""),
        *(item for label, reading in readings for item in _of_reading(reading, label)),
        *_asked(situation),
    )


def _parties(situation: Situation) -> Iterator[Element]:
    for actor in situation.actors.values():
        others = (actor.leader,) if actor.leader else ()
        yield _element("actor", actor.id, actor.name, actor.support, aliases=(actor.name, *others, *actor.aliases))
    for body in situation.institutions.values():
        aliases = (body.name, *body.aliases)
        yield _element("institution", body.id, body.name, body.support, owners=body.members, aliases=aliases)


def _things(part: Any, label: str) -> Iterator[Element]:
    """What situations and readings both have."""
    for factor in part.factors.values():
        aliases = (factor.name, *factor.aliases)
        yield _element("factor", factor.id, factor.name, factor.support, label, aliases=aliases)
    for option in part.options.values():
        aliases = (option.name, *option.aliases)
        yield _element("option", option.id, option.name, option.support, label, owners=option.owners, aliases=aliases)
    for shock in part.shocks.values():
        yield _element("shock", shock.id, shock.name, shock.support, label, aliases=(shock.name,))
    yield from _lines("influence", part.influences, label)
    yield from _lines("interest", part.interests, label, owner="actor")
    yield from _lines("goal", part.goals, label, owner="actor")
    yield from _lines("red line", part.red_lines, label, owner="actor")
    yield from _lines("dependency", part.dependencies, label)
    yield from _lines("commitment", part.promises, label)
    yield from _lines("norm", part.norms, label)


def _of_reading(reading: Reading, label: str) -> Iterator[Element]:
    yield _element("reading", "", reading.says or reading.id, reading.support, label)
    yield from _things(reading, label)


def _asked(situation: Situation) -> Iterator[Element]:
    for deal in situation.exchanges.values():
        givers = tuple(dict.fromkeys(leg.giver for leg in deal.legs))
        yield _element("exchange", deal.id, deal.name, deal.support, owners=givers, aliases=(deal.name,))
    for case in situation.scenarios.values():
        yield _element("scenario", case.id, case.name, case.support, aliases=(case.name,))
    for group in situation.hypotheses:
        yield _element("hypothesis", group.id, group.id, group.support, aliases=(group.id,))
    for sign in situation.indicators:
        yield _element("indicator", "", f"{sign.watch} (for {sign.purpose})", sign.support)
    for check in situation.checks:
        claims = (check.claim,) if check.claim else ()
        yield Element("check", "", check.text, claims, position=check.position)
    for name in situation.names.values():
        aliases = (*name.aliases,)
        yield _element("name", name.id, name.what, name.support, aliases=aliases, claims=name.claims)


def _lines(kind: str, entries: Iterable[Any], label: str, owner: str = "") -> Iterator[Element]:
    for entry in entries:
        owners = (getattr(entry, owner),) if owner else ()
        words = entry.support.text or getattr(entry, "key", "") or getattr(entry, "text", "")
        said = f"of {owners[0]}: {words}" if owners else words
        yield _element(kind, "", said, entry.support, label, owners=owners)


def _element(kind: str, name: str, words: str, support: Support, label: str = "", **more: tuple[str, ...]) -> Element:
    claims = more.pop("claims", support.claims)
    author, date = ("", "") if claims else (support.author, support.date)
    return Element(kind, name, words, claims, support.grounds, author, date, label, position=support.position, **more)


def by_claim(items: Iterable[Element]) -> Mapping[str, tuple[Element, ...]]:
    """Claim id -> the entries that cite it, or name it as their ground."""
    out: dict[str, list[Element]] = {}
    for item in items:
        for claim in (*item.claims, *item.grounds):
            out.setdefault(claim, []).append(item)
    return {claim: tuple(found) for claim, found in out.items()}
