"""Everything a `claims.yaml` says: claims, speakers, tensions, what is left aside and why.

recorded_by: who wrote the paraphrases and grades, when
grades:      the table of weights behind a joint credence (see `claims.credence`)
speakers:    NAME: {role, affiliation, type, reliability, because}
tensions:    ID: {about, sides or claims, separated_by, both_can_hold}
paragraphs:  DOCUMENT: {3: why the paragraph holds no claim}
names:       NAME: {what, why_absent}: proper names of the documents with no part in the situation
claims:      ID: {...}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from realpolitik.claims.model import Change, Claim
from realpolitik.errors import Position


@dataclass(frozen=True)
class Speaker:
    """Who says something; `reliability` A-F with the reason for it."""

    name: str
    role: str = ""
    affiliation: str = ""
    type: str = ""
    reliability: str = "F"
    because: str = ""
    position: Position = field(default_factory=Position, compare=False)


@dataclass(frozen=True)
class Tension:
    """Claims that pull against each other, and the assumption that separates them.

    `sides`: the claims side by side, in the order in which `about` names them. `both_can_hold`: at their word
    both sides can be true; otherwise some claims of different sides contradict each other.
    """

    id: str
    about: str
    claims: tuple[str, ...]
    separated_by: str
    sides: tuple[tuple[str, ...], ...] = ()
    both_can_hold: bool = False


@dataclass(frozen=True)
class AbsentName:
    """A proper name of the documents that has no part in the situation, and why."""

    name: str
    what: str
    why_absent: str
    aliases: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


@dataclass(frozen=True)
class Register:
    """One project's claims file. `silent` maps document -> paragraph -> why it holds no claim."""

    claims: Mapping[str, Claim] = field(default_factory=dict)
    speakers: Mapping[str, Speaker] = field(default_factory=dict)
    tensions: Mapping[str, Tension] = field(default_factory=dict)
    silent: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    absent: Mapping[str, AbsentName] = field(default_factory=dict)
    grades: Mapping[str, float] = field(default_factory=dict)
    recorded: Change | None = None

    def speaker_of(self, claim: Claim) -> Speaker:
        """The speaker of a claim; one nobody described is of unknown reliability."""
        return self.speakers.get(claim.speaker, Speaker(claim.speaker))

    def history(self, claim: Claim) -> tuple[Change, ...]:
        """What happened to a claim; before its own entries stands who recorded the file."""
        return ((self.recorded,) if self.recorded else ()) + claim.history

    def in_paragraph(self, document: str, paragraph: int) -> tuple[Claim, ...]:
        """The claims of a paragraph, in the order of the text."""
        found = [(place.start, claim) for claim in self.claims.values() if (place := claim.place_in(document))]
        inside = [item for item in found if _paragraph(item[1], document) == paragraph]
        return tuple(claim for _, claim in sorted(inside, key=lambda item: item[0]))

    def tensions_of(self, claim: str) -> tuple[Tension, ...]:
        """The tensions a claim stands in."""
        return tuple(item for item in self.tensions.values() if claim in item.claims)


def _paragraph(claim: Claim, document: str) -> int:
    place = claim.place_in(document)
    return place.paragraph if place else 0
