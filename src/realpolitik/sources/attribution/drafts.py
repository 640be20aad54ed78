"""An attribution in the making: unit ranges already turned into code points, details still open."""

from __future__ import annotations

from dataclasses import dataclass, field

from realpolitik.sources.attribution.model import Span
from realpolitik.sources.attribution.phrases import Range
from realpolitik.sources.attribution.sentences import Sentence

Report = tuple[Span, Span | None]


@dataclass
class Draft:
    """What a rule found: spans, the rule's id, and reports it passed through (`outer`) or came from (`inner`)."""

    rule: str
    content: list[Span]
    source: list[Span]
    cue: list[Span]
    negative: bool = False
    optional: bool = False
    carried: bool = False
    label: bool = False
    hearsay: bool = False
    hedged_cue: bool = False
    outer: list[Report] = field(default_factory=list)
    inner: list[Report] = field(default_factory=list)

    @property
    def start(self) -> int:
        """Where its content begins."""
        return min(span.start for span in self.content)

    @property
    def end(self) -> int:
        """Where its content ends."""
        return max(span.end for span in self.content)

    def holds(self, span: Span) -> bool:
        """Does its content hold `span` whole?"""
        return any(own.start <= span.start and span.end <= own.end for own in self.content)


def span(s: Sentence, place: Range) -> Span:
    """The code points of the units `first:last`."""
    return Span(s[place[0]].start, s[place[1] - 1].end)
