"""Who takes part and who stands behind what: the parts of a situation that need no other part.

Import them from `realpolitik.situation.model`, which holds the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from realpolitik.errors import Position
from realpolitik.language.quantity import Quantity
from realpolitik.language.time import Duration


@dataclass(frozen=True)
class Support:
    """Who stands behind an entry: claim ids, or (none) an author and date of judgement; and where it is written.

    `grounds`: claims a judgement comes `after` without resting on them: they do not say what the entry says.
    `credence`: the entry's own, in place of that of its strongest claim; None = the rule.
    """

    claims: tuple[str, ...] = ()
    author: str = ""
    date: str = ""
    position: Position = field(default_factory=Position)
    text: str = ""
    credence: Quantity | None = None
    grounds: tuple[str, ...] = ()

    @property
    def mentioned(self) -> tuple[str, ...]:
        """Every claim named, cited or as a ground."""
        return (*self.claims, *self.grounds)

    @property
    def is_judgement(self) -> bool:
        """True where no claim is cited."""
        return not self.claims


UNSIGNED = Support()
"""No claim and no author."""


@dataclass(frozen=True)
class Actor:
    """Who decides.

    `foresight` is how far it looks, `patience` the half-life of its discount, `steadiness` log-odds per full swing.
    """

    id: str
    name: str
    foresight: Duration
    patience: Duration
    steadiness: Quantity
    aliases: tuple[str, ...] = ()
    leader: str = ""
    tags: tuple[str, ...] = ()
    theatre: str = ""
    support: Support = UNSIGNED


@dataclass(frozen=True)
class Institution:
    """Who acts together and by what rule."""

    id: str
    name: str
    members: tuple[str, ...]
    enter: Literal["all agree", "most agree", "members, in order"] = "all agree"
    leave: Literal["any", "all agree"] = "any"
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    support: Support = UNSIGNED


@dataclass(frozen=True)
class Visibility:
    """Who does not see the true value (`hidden_from`, actor ids) and the factor that shows it (`seen_as`, or "")."""

    hidden_from: tuple[str, ...] = ()
    seen_as: str = ""


EVERYBODY = Visibility()
"""Everybody sees it."""


@dataclass(frozen=True)
class Named:
    """Something named that is no party: a plant, a forum, a proposal."""

    id: str
    what: str
    aliases: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    support: Support = UNSIGNED
