"""A claim: what somebody said, in our words, through whom it reached us, and how far its hedge carries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from realpolitik.claims.places import Place
from realpolitik.errors import Position
from realpolitik.language.quantity import Quantity

Relation = Literal["supports", "contradicts", "repeats", "elaborates"]
RELATIONS: tuple[Relation, ...] = ("supports", "contradicts", "repeats", "elaborates")
RELIABILITY = "ABCDEF"
"""Of a source, A (completely reliable) to E; F: cannot be judged."""
CREDIBILITY = (1, 2, 3, 4, 5, 6)
"""Of an item, 1 (confirmed) to 5 (improbable); 6: cannot be judged."""


@dataclass(frozen=True)
class Link:
    """How a claim stands to another: it supports, contradicts or elaborates it, or repeats the same origin."""

    relation: Relation
    to: str


@dataclass(frozen=True)
class Change:
    """One step in a claim's history: proposed, accepted, edited or withdrawn, by whom and when (a date as written)."""

    act: str
    by: str
    on: str
    note: str = ""


@dataclass(frozen=True)
class Claim:
    """One statement by one speaker. `credence` is how probable its hedge makes it (1 without a hedge), in [0, 1].

    `chain`: through whom it reached us, outermost outlet first, origin last. `scope`: what the hedge governs where that
    is not plain. `date` and `event_date`: when it was said, and of when it speaks, as written ("": see the source).
    `reliability` (A-F) grades the source, `credibility` (1-6) the item; F and 6 mean unknown and are no likelihoods.
    `wish_of`: the actors of whom it says that they want something, or that something serves or harms them.
    `not_modelled`: why no element of the situation rests on it. `untestable`: why no check can be written for it, where
    that is another reason. `more` keeps every other key.
    """

    id: str
    paraphrase: str
    credence: Quantity
    speaker: str = ""
    hedge: str = ""
    spoken_as: str = ""
    chain: tuple[str, ...] = ()
    scope: str = ""
    kind: str = ""
    tier: str = ""
    wish_of: tuple[str, ...] = ()
    date: str = ""
    event_date: str = ""
    reliability: str = "F"
    credibility: int = 6
    links: tuple[Link, ...] = ()
    places: tuple[Place, ...] = ()
    history: tuple[Change, ...] = ()
    note: str = ""
    not_modelled: str = ""
    untestable: str = ""
    more: Mapping[str, object] = field(default_factory=dict)
    position: Position = field(default_factory=Position, compare=False)

    @property
    def grade(self) -> str:
        """Both grades together, as analysts write them.

        >>> from realpolitik.language.quantity import constant
        >>> Claim("c1", "It rains.", constant(1.0), reliability="B", credibility=3).grade
        'B3'
        """
        return f"{self.reliability}{self.credibility}"

    def linked(self, relation: Relation) -> tuple[str, ...]:
        """The ids this claim has `relation` to."""
        return tuple(link.to for link in self.links if link.relation == relation)

    def place_in(self, document: str) -> Place | None:
        """Where it stands in a document, or None."""
        return next((place for place in self.places if place.document == document), None)


def strongest(credences: Iterable[Quantity]) -> Quantity | None:
    """Of several claims for one link the one with the highest central credence counts; None where there is none.

    Several speakers often repeat one origin, so credences are not multiplied or added up.

    >>> from realpolitik.language.quantity import constant
    >>> strongest([constant(0.4), constant(0.7)]).central
    0.7
    """
    return max(credences, key=lambda item: item.central, default=None)
