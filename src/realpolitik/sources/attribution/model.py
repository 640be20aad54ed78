"""What extraction returns; every span is a literal piece of the text (code points, end exclusive)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

Kind = Literal["direct", "mixed", "indirect", "term", "hearsay"]
Polarity = Literal["positive", "negative"]
CONTEXT = 32


class Span(NamedTuple):
    """Code points `start:end` of a text."""

    start: int
    end: int

    def selector(self, text: str) -> dict[str, Any]:
        """The span as W3C selectors in one: start, end, exact, prefix and suffix (32 characters)."""
        before, after = text[max(0, self.start - CONTEXT) : self.start], text[self.end : self.end + CONTEXT]
        exact = text[self.start : self.end]
        return {"start": self.start, "end": self.end, "exact": exact, "prefix": before, "suffix": after}


@dataclass(frozen=True)
class Hedge:
    """Words that lower or grade commitment, within the content or the cue (`scope`), and of which `kind`."""

    span: Span
    scope: Literal["content", "cue"]
    kind: str


@dataclass(frozen=True)
class Speaker:
    """Who speaks: `name` at first full mention, `kind` (person, government, media, organisation, document, group,
    anonymous, state), `country` (ISO 3166-1 alpha-3, None where the text does not tell), role and affiliation."""

    name: str
    kind: str
    country: str | None = None
    role: str | None = None
    affiliation: str | None = None
    mention: Span | None = None


@dataclass(frozen=True)
class Step:
    """One link of a chain of reports: who passed it on, where this is said, and by which words."""

    speaker: Speaker
    mention: Span
    cue: Span | None = None


@dataclass(frozen=True)
class Attribution:
    """One thing said: content spans, source and cue spans, and what is known about them.

    `rule` is the id of the rule that found it; `chain` runs from the outermost reporter to the origin and is empty
    when the source is the only step. `carried`: source and cue stand in an earlier paragraph.
    """

    kind: Kind
    content: tuple[Span, ...]
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    rule: str
    polarity: Polarity = "positive"
    carried: bool = False
    optional: bool = False
    speaker: Speaker | None = None
    chain: tuple[Step, ...] = ()
    hedges: tuple[Hedge, ...] = ()
    actors: tuple[tuple[Span, str], ...] = ()
    dates: tuple[tuple[Span, str], ...] = ()
    via: tuple[Span, ...] = field(default=(), repr=False)

    @property
    def start(self) -> int:
        """Where the content begins."""
        return min(span.start for span in self.content)
