"""The registry of checks: each has an id, a severity and the sentence it stands for, and reads the whole situation.

A check is a function `(facts, say)`; it calls `say(message, position, hint)` for everything it finds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from realpolitik.claims.model import Claim
from realpolitik.claims.written.nodes import MapNode, TextNode
from realpolitik.errors import Position, Severity
from realpolitik.language.expression import Expression
from realpolitik.situation.context import Context
from realpolitik.situation.model import Factor, Option, Reading, Situation
from realpolitik.situation.symbols import Symbols

Say = Callable[[str, Position, str], None]


@dataclass(frozen=True)
class Facts:
    """What a check looks at: the situation, the names, the written nodes, and the claims (None: no claims file)."""

    situation: Situation
    ctx: Context
    root: MapNode
    claims: Mapping[str, Claim] | None

    @property
    def symbols(self) -> Symbols:
        """The names defined."""
        return self.ctx.symbols

    @property
    def terms(self) -> tuple[tuple[Expression, TextNode, str], ...]:
        """Every expression of the file with its text and the place it stands in ("cause", "query", ...)."""
        return tuple(self.ctx.terms)

    def readings(self) -> Iterator[tuple[str, Reading]]:
        """Every reading with its group."""
        for group in self.situation.hypotheses:
            for reading in group.readings:
                yield group.id, reading

    def things(self) -> Iterator[Factor | Option]:
        """Every factor and option: what can be hidden."""
        yield from self.situation.factors.values()
        yield from self.situation.options.values()

    def parts(self) -> Iterator[Situation | Reading]:
        """The situation and every reading: both have influences, interests, and so on."""
        yield self.situation
        yield from (reading for _, reading in self.readings())


@dataclass(frozen=True)
class Check:
    """One check of the registry."""

    id: str
    severity: Severity
    sentence: str
    run: Callable[[Facts, Say], None]


CHECKS: dict[str, Check] = {}


def check(
    name: str, severity: Severity, sentence: str
) -> Callable[[Callable[[Facts, Say], None]], Callable[[Facts, Say], None]]:
    """Register a check under an id.

    Raises:
        ValueError: the id is taken.
    """

    def register(run: Callable[[Facts, Say], None]) -> Callable[[Facts, Say], None]:
        if name in CHECKS:
            raise ValueError(f"the check '{name}' is registered twice")
        CHECKS[name] = Check(name, severity, sentence, run)
        return run

    return register


def run_checks(facts: Facts) -> None:
    """Run every check, errors before notes; findings go to the collector of the facts."""
    found = facts.ctx.found
    for item in sorted(CHECKS.values(), key=lambda item: item.severity):

        def say(message: str, position: Position, hint: str = "", item: Check = item) -> None:
            (found.error if item.severity == "error" else found.note)(message, position, hint, item.id)

        item.run(facts, say)
