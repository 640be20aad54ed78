"""What may be true, or may be done by others: the plan best in each world, and what believing the wrong one costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from realpolitik.analyses.policy.valued import Valued, two_sided
from realpolitik.compiled.holds import intervention
from realpolitik.compiled.plans import Course, Planners
from realpolitik.compiled.wording import intervention_name
from realpolitik.dynamics.tables import Held, Hold
from realpolitik.errors import ExpressionError, QuestionRefused
from realpolitik.language.expression import Query
from realpolitik.language.parser import parse_query

Reals = NDArray[np.float64]


@dataclass(frozen=True)
class World:
    """`holds`: what others are supposed to do; or `combinations`: the combinations of hypotheses in which it is so."""

    name: str
    holds: tuple[Hold, ...] = ()
    combinations: tuple[int, ...] = ()


def worlds_of(planners: Planners, texts: Sequence[str], readings: Callable[[str], NDArray[np.bool_]]) -> list[World]:
    """The worlds named; none named: every combination of hypotheses, where there are several.

    Raises `QuestionRefused` for a single world (nothing to be wrong about) or one that moves the planners' own options.
    """
    model = planners.model
    if not texts:
        return [World(combo.label, (), (n,)) for n, combo in enumerate(model.combos)] if len(model.combos) > 1 else []
    found = [_world(planners, text, readings) for text in texts]
    if len(found) < 2:
        raise QuestionRefused("One world leaves nothing to be wrong about; name two or more, each with --world.")
    return found


def _world(planners: Planners, text: str, readings: Callable[[str], NDArray[np.bool_]]) -> World:
    model, text = planners.model, text.strip()
    names = {f"{group}: {name}" for combo in model.combos for group, name in combo.names}
    if text in names or text in {name.split(": ", 1)[1] for name in names}:
        return World(text, (), tuple(int(n) for n in np.flatnonzero(readings(text))))
    held = intervention(model, _query(text).setting)
    mine = {model.tables.options[h.index] for h in held.holds if h.held is Held.OPTION and h.index in planners.own}
    if mine:
        raise QuestionRefused(f"'{text}' supposes {', '.join(sorted(mine))}, which the planners decide themselves.")
    scenario = model.situation.scenarios.get(text.removeprefix("scenario ").strip())
    return World(scenario.name if scenario else intervention_name(model, held), held.holds)


def _query(text: str) -> Query:
    secret = text.removeprefix("secretly ").strip()
    try:
        found = parse_query(f"loser(| do secretly({secret}))" if secret != text else f"loser(| do({text}))")
    except ExpressionError as problem:
        hint = "Name a reading, a scenario, or what others do: 'BBB.cut=on'."
        raise QuestionRefused(f"'{text}' is no world: {problem} {hint}") from None
    assert isinstance(found, Query)
    return found


@dataclass(frozen=True, eq=False)
class TwoSided:
    """`values` (plan, world): expected gain together; `cost` (believed, true): of acting on the wrong belief."""

    worlds: tuple[World, ...]
    courses: tuple[Course, ...]
    values: Reals

    @property
    def cost(self) -> Reals:
        """Points lost (believed, true)."""
        return two_sided(self.values)

    @property
    def chosen(self) -> tuple[Course, ...]:
        """The plan best in each world."""
        return tuple(self.courses[n] for n in self.values.argmax(axis=0))


def in_readings(valued: Valued, worlds: Sequence[World]) -> TwoSided:
    """Worlds that are readings: read off the same rows."""
    columns = []
    for world in worlds:
        rows = np.isin(valued.combination, world.combinations)
        weight = valued.weight[rows]
        columns.append((valued.together[:, rows] * weight).sum(axis=1) / weight.sum())
    return TwoSided(tuple(worlds), valued.courses, np.stack(columns, axis=1))
