"""A claim: what somebody said, in our words, and how far its hedge carries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from realpolitik.errors import Position
from realpolitik.language.quantity import Quantity


@dataclass(frozen=True)
class Claim:
    """One statement by one speaker. `credence` is how probable its hedge makes it (1 without a hedge), in [0, 1].

    `more` keeps every key this version does not use (chain, anchors, date, kind, reliability, credibility, links).
    """

    id: str
    paraphrase: str
    credence: Quantity
    speaker: str = ""
    hedge: str = ""
    more: Mapping[str, object] = field(default_factory=dict)
    position: Position = field(default_factory=Position, compare=False)


def strongest(credences: Iterable[Quantity]) -> Quantity | None:
    """Of several claims for one link the one with the highest central credence counts; None where there is none.

    Several speakers often repeat one origin, so credences are not multiplied or added up.

    >>> from realpolitik.language.quantity import constant
    >>> strongest([constant(0.4), constant(0.7)]).central
    0.7
    """
    return max(credences, key=lambda item: item.central, default=None)
