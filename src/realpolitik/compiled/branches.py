"""Conditional branches: pairs of scenarios that differ in one option once a condition has come about.

A branch is read off the situation's own scenarios: two that hold the same shocks and factors (the condition) and the
same options, one of them at two levels (the help). Its outcomes are the factors that the help moves. The side model
of an outcome is the part of the situation that says what its level depends on: its influences, or its formula if it
is derived.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from realpolitik.compiled.factors import names_of
from realpolitik.compiled.holds import intervention
from realpolitik.compiled.model import Model
from realpolitik.dynamics.tables import Held, Hold
from realpolitik.language.expression import Hold as Written
from realpolitik.language.expression import Setting
from realpolitik.situation.model import Influence


@dataclass(frozen=True)
class Branch:
    """A condition, and an option (`help`) at a level without and with it; `names`: the two scenarios'."""

    condition: tuple[Hold, ...]
    others: tuple[Hold, ...]
    without: Hold
    helped: Hold
    names: tuple[str, str]

    def holds(self, helped: bool, start: int) -> tuple[Hold, ...]:
        """What is held from a period on."""
        held = (*self.condition, *self.others, self.helped if helped else self.without)
        return tuple(replace(hold, start=start) for hold in held)


def branches(model: Model) -> tuple[Branch, ...]:
    """Every branch the scenarios describe, in file order."""
    known = [(item.name, _holds(model, name)) for name, item in model.situation.scenarios.items()]
    found = []
    for number, (first, one) in enumerate(known):
        for second, two in known[number + 1 :]:
            branch = _branch(one, two, (first, second))
            found += [branch] if branch else []
    return tuple(found)


def _holds(model: Model, scenario: str) -> tuple[Hold, ...]:
    return intervention(model, Setting(do=(Written("scenario", scenario),))).holds


def _branch(one: tuple[Hold, ...], two: tuple[Hold, ...], names: tuple[str, str]) -> Branch | None:
    shared = [hold for hold in one if hold in two]
    differing = [[hold for hold in side if hold not in shared] for side in (one, two)]
    condition = tuple(hold for hold in shared if hold.held is not Held.OPTION)
    if not condition or [len(side) for side in differing] != [1, 1]:
        return None
    low, high = sorted((side[0] for side in differing), key=lambda hold: hold.value)
    if low.index != high.index or low.held is not Held.OPTION or high.held is not Held.OPTION:
        return None
    ordered = names if differing[0][0] is low else (names[1], names[0])
    return Branch(condition, tuple(h for h in shared if h.held is Held.OPTION), low, high, ordered)


def every_influence(model: Model) -> tuple[Influence, ...]:
    """The influences of the situation and of all readings, each written line once."""
    readings = (reading for group in model.situation.hypotheses for reading in group.readings)
    return (*model.situation.influences, *(item for reading in readings for item in reading.influences))


def outcomes(model: Model, option: int) -> tuple[str, ...]:
    """The factors an option moves directly, in the order they are written, and those derived from them."""
    name = model.tables.options[option]
    moved = dict.fromkeys(item.effect for item in every_influence(model) if name in names_of(item.term))
    derived = [
        factor.id
        for factor in model.situation.factors.values()
        if factor.formula is not None and names_of(factor.formula) & {name, *moved}
    ]
    return tuple(dict.fromkeys((*moved, *derived)))


def lasting(model: Model, condition: tuple[Hold, ...]) -> int:
    """Periods the condition lasts: the shortest shift of its shocks, at most a year and a quarter of the run."""
    year = max(1, min(model.calendar.per_year, model.calendar.periods // 4))
    lengths = [int(model.tables.shock_lasting[hold.index]) for hold in condition if hold.held is Held.SHOCK]
    return min([year, *(length for length in lengths if length > 0)])


def side_model(model: Model, factor: str) -> tuple[Influence, ...]:
    """The influences that say what a factor's level depends on."""
    return tuple(item for item in every_influence(model) if item.effect == factor)


def upstream(model: Model, factor: str, steps: int = 2) -> tuple[str, ...]:
    """The options that move a factor through at most `steps` influences, in file order."""
    names: set[str] = set()
    frontier = {factor}
    for _ in range(steps):
        frontier = {name for effect in frontier for name in _causes(model, effect)} - names
        names |= frontier
    return tuple(option for option in model.tables.options if option in names)


def _causes(model: Model, factor: str) -> Iterator[str]:
    written = model.situation.factors.get(factor)
    if written is not None and written.formula is not None:
        yield from names_of(written.formula)
    for item in side_model(model, factor):
        yield from names_of(item.term)
