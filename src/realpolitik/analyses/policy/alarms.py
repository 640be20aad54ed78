"""What a condition costs where it is wrong: acting for nothing, or too late, or not at all.

The plan that waits for the condition is compared, draw by draw, with the plan that never acts (false alarms) and with
one that would act the moment the truth comes about, seen or not (misses and delays). No actor sees that truth; it is
read from the paths afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.contrasts import POINT
from realpolitik.compiled.measures import series
from realpolitik.compiled.plans import Course, Planners
from realpolitik.compiled.playbook import Playbook, Sample
from realpolitik.compiled.unilateral import averaged
from realpolitik.dynamics.tables import Paths
from realpolitik.language.expression import Compare, Expression, Name, Number, Or, names_in
from realpolitik.language.parser import parse_term

Reals = NDArray[np.float64]
FEWEST = 8
"""Draws below which a cost is not told."""


@dataclass(frozen=True, eq=False)
class Alarm:
    """One condition under one plan. Costs and gains in points of the planners together, (row,) for the rows meant."""

    trigger: str
    course: Course
    truth: Expression
    false: NDArray[np.bool_]
    missed: NDArray[np.bool_]
    hit: NDArray[np.bool_]
    delay: Reals
    cost_of_false: Reals
    cost_of_missed: Reals
    cost_of_delay: Reals
    weight: Reals

    def share(self, rows: NDArray[np.bool_]) -> float:
        """The weighted share of some rows."""
        return float(self.weight[rows].sum() / self.weight.sum())

    def mean(self, values: Reals, rows: NDArray[np.bool_]) -> float | None:
        """The mean over some rows; None where they are too few to tell."""
        if rows.sum() < FEWEST:
            return None
        return float((values[rows] * self.weight[rows]).sum() / self.weight[rows].sum())

    def row(self, planners: Planners) -> dict[str, Any]:
        """The alarm as a row of a table."""
        return {
            "condition": self.trigger,
            "plan": planners.words(self.course),
            "false_alarms": self.share(self.false),
            "cost_of_false_alarm": self.mean(self.cost_of_false, self.false),
            "misses": self.share(self.missed),
            "cost_of_miss": self.mean(self.cost_of_missed, self.missed),
            "hits": self.share(self.hit),
            "delay_years": self.mean(self.delay, self.hit),
            "cost_of_delay": self.mean(self.cost_of_delay, self.hit),
        }


def truth_behind(planners: Planners, trigger: str) -> Expression | None:
    """What a condition is meant to show: the hidden options (used) whose public face it reads; else hidden factors."""
    situation = planners.model.situation
    read = set(names_in(planners.conditions[trigger]))
    options = [Name(item.id) for item in situation.options.values() if item.visibility.seen_as in read]
    if options:
        return options[0] if len(options) == 1 else Or(tuple(options))
    factors = [
        Compare(Name(item.id), ">", Number((item.low + item.high) / 2))
        for item in situation.factors.values()
        if item.visibility.seen_as in read
    ]
    return factors[0] if factors else None


def alarms(book: Playbook, course: Course, sample: Sample, truth: str = "") -> Iterator[Alarm]:
    """The errors of every condition of a plan that is meant to show something; `truth` says what, for all of them."""
    for trigger in course.triggers:
        behind = parse_term(truth) if truth else truth_behind(book.planners, trigger)
        if behind is not None:
            yield _alarm(book, course, trigger, behind, sample)


def _alarm(book: Playbook, course: Course, trigger: str, truth: Expression, sample: Sample) -> Alarm:
    waiting = book.paths(course, sample)
    model, year = book.ensemble.model, book.ensemble.model.calendar.per_year
    late = min(year, model.calendar.periods // 4)
    fired = _first(book.true(trigger, sample.draws, waiting.factors, waiting.levels))
    came = _first(series(model, waiting, truth) > 0.5)
    never, points = waiting.factors.shape[1], waiting.factors.shape[1] - 1
    hit = (fired < never) & (came <= fired)
    false, missed = (fired < never) & ~hit, (fired == never) & (came <= points - late)
    worth = _together(book, waiting)
    without = replace(course, steps=tuple(step for step in course.steps if step.trigger != trigger), name="")
    quiet = _together(book, book.paths(without, sample)) if false.any() else worth
    seer = _clairvoyant(book, course, trigger, sample, np.where(hit | missed, came, never), worth)
    return Alarm(
        trigger, course, truth, false, missed, hit, (fired - came) / year,
        (quiet - worth) / POINT, (seer - worth) / POINT, (seer - worth) / POINT, sample.draws.weight,
    )  # fmt: skip


def _clairvoyant(
    book: Playbook, course: Course, trigger: str, sample: Sample, since: NDArray[np.intp], otherwise: Reals
) -> Reals:
    """Worth (row,) if the conditional steps are taken in period `since` (row,); beyond the end: as `otherwise`."""
    found = otherwise.copy()
    last = book.ensemble.model.calendar.periods
    for start in np.unique(since[since <= last]):
        rows = np.flatnonzero(since == start)
        steps = tuple(
            replace(step, start=int(start), trigger="", mode="") if step.trigger == trigger else step
            for step in course.steps
        )
        part = Sample(sample.draws.rows(rows), sample.floating, sample.depth)
        found[rows] = _together(book, book.paths(Course(steps), part))
    return found


def _together(book: Playbook, paths: Paths) -> Reals:
    """Mean worth of the planners, in full swings (row,)."""
    actors = book.ensemble.model.tables.actors
    members = [actors.index(name) for name in book.planners.actors]
    worth = averaged(book.ensemble, paths.utility, 0, book.years)
    return np.asarray(worth[:, members].mean(axis=1))


def _first(true: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The first period in which something is true; one beyond the last where it never is (row,)."""
    return np.asarray(np.where(true.any(axis=1), true.argmax(axis=1), true.shape[1]), dtype=np.intp)
