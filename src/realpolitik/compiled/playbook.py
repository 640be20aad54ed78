"""Plans run on the engine: what each is worth to everybody, on shared draws and shared chance.

A conditional step is a promise in the eyes of the engine: it reads what its owner sees, it is set the moment its
condition comes true, and at depth 1 everybody else foresees it - that is what makes a threat. The options that some
plan moves conditionally are never reviewed; all others a plan covers are held. One compiled model serves all plans of a
search; plans differ by what is held and by which promises count (their likelihood is 1, that of the others 0).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.compiler import compile  # noqa: A004  (the field's word)
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.model import Model
from realpolitik.compiled.plans import Course, Planners, Step
from realpolitik.compiled.unilateral import averaged
from realpolitik.dynamics.chance import PHASE_GROUP, phase_of
from realpolitik.dynamics.engine import Floating, simulate
from realpolitik.dynamics.tables import Draws, Held, Hold, Paths, Plan, Tables
from realpolitik.dynamics.terms import evaluate
from realpolitik.errors import QuestionRefused
from realpolitik.language.expression import Not
from realpolitik.language.time import Duration
from realpolitik.language.uncertain import constant
from realpolitik.situation.model import Institution, Promise, Situation

Reals = NDArray[np.float64]
Bools = NDArray[np.bool_]
LONGEST = 90_000
"""Periods: longer than any run, shorter than what kernels refuse."""
MARK = "plan: "


@dataclass(frozen=True, eq=False)
class Sample:
    """Some rows of draws of the base model, and how exactly plans are run on them."""

    draws: Draws
    floating: Floating = "float64"
    depth: int = 0


@dataclass(frozen=True, eq=False)
class Playbook:
    """The model in which the plans of one search are run. `years` None: discounted over the whole run.

    `world`: holdings that are supposed beside every plan.
    """

    ensemble: Ensemble
    planners: Planners
    courses: tuple[Course, ...]
    years: float | None = None
    world: tuple[Hold, ...] = ()

    @cached_property
    def conditional(self) -> tuple[Step, ...]:
        """Every conditional step of every plan, each once."""
        return tuple(dict.fromkeys(step for course in self.courses for step in course.steps if step.trigger))

    @cached_property
    def model(self) -> Model:
        """The situation with a promise for each conditional step, its options reviewed no more."""
        base = self.ensemble.model
        if not self.conditional:
            return base
        made = compile(_with_promises(base.situation, self.planners, self._promised()))
        review, on = made.tables.option_review.copy(), made.tables.option_on.copy()
        for option in {step.option for step in self.conditional}:
            review[option], on[option] = self._never(made.tables, option), -1
        return replace(made, tables=replace(made.tables, option_review=review, option_on=on))

    def _never(self, tables: Tables, option: int) -> int:
        """A time between reviews so long, and so out of phase, that no draw ever reviews the option."""
        groups = range(0, self.ensemble.settings.draws, PHASE_GROUP)
        key, seed = int(tables.key_phase[option]), self.ensemble.settings.seed
        for review in range(LONGEST, 0, -1):
            phases = [phase_of(first, key, review, seed) for first in groups]
            if all(0 < phase < review - tables.periods for phase in phases):
                return review
        raise QuestionRefused("Runs of this length leave no option without a review.")

    def _promised(self) -> list[tuple[Step, int, bool]]:
        """(step, level, on) of each promise needed: `while` takes the level back when the condition ceases."""
        found = [(step, step.level, True) for step in self.conditional]
        bases = {(step, self._base(course, step)) for course in self.courses for step in course.steps if step.trigger}
        return found + sorted(((step, level, False) for step, level in bases if step.mode == "while"), key=repr)

    def _base(self, course: Course, step: Step) -> int:
        """The level of the option before its condition comes true."""
        before = [item.level for item in course.steps if item.option == step.option and not item.trigger]
        return before[0] if before else self.planners.now(step.option)

    def draws(self, course: Course, draws: Draws) -> Draws:
        """The rows with the promises of one plan, and no other on the options it moves conditionally."""
        if not self.conditional:
            return draws
        names = self.model.tables.promises
        ours = np.array([name.startswith(MARK) for name in names], dtype=bool)
        likelihood = np.zeros((len(draws.index), len(names)))
        likelihood[:, ~ours] = draws.likelihood
        moved = {step.option for step in course.steps if step.trigger}
        likelihood[:, [option in moved for option in self.model.tables.promise_option]] = 0.0
        wanted = {_key(self.planners, *item) for item in self._of(course)}
        likelihood[:, [name in wanted for name in names]] = 1.0
        return Draws(**{**{name: getattr(draws, name) for name in vars(draws)}, "likelihood": likelihood})

    def _of(self, course: Course) -> Iterator[tuple[Step, int, bool]]:
        for step in course.steps:
            if step.trigger:
                yield step, step.level, True
            if step.mode == "while":
                yield step, self._base(course, step), False

    def holds(self, course: Course, true_already: Iterable[str] = ()) -> tuple[Hold, ...]:
        """What a plan holds, where some conditions are true from the start."""
        if course.free:
            return self.world
        waiting = {step.option for step in course.steps if step.trigger}
        named = {step.option for step in course.steps}
        quiet = dict.fromkeys((*self.planners.kept, *(step.option for step in self.conditional)))
        still = [Hold(Held.OPTION, k, float(self.planners.now(k))) for k in quiet if k not in named]
        moved = [hold for option in sorted(named) for hold in self._held(course, option, option in waiting)]
        first = [
            Hold(Held.OPTION, step.option, float(step.level), 0, -1 if step.mode == "if" else 1)
            for step in course.steps
            if step.trigger in set(true_already) and step.trigger
        ]
        return (*self.world, *still, *moved, *first)

    def _held(self, course: Course, option: int, waits: bool) -> Iterator[Hold]:
        """The steps of one option without a condition; one that also waits for a condition is set, then let be."""
        steps = sorted((s for s in course.steps if s.option == option and not s.trigger), key=lambda s: s.start)
        if waits:
            yield from (Hold(Held.OPTION, option, float(s.level), s.start, s.start + 1) for s in steps)
            return
        yield Hold(Held.OPTION, option, float(self.planners.now(option)))
        yield from (Hold(Held.OPTION, option, float(s.level), s.start, s.end) for s in steps)

    def started(self, trigger: str, draws: Draws) -> Bools:
        """Where a condition is true from the start (row,)."""
        model = self.ensemble.model
        still = simulate(
            model.tables, draws, Plan(holds=self.world, review=False, chance=False), seed=1, depth=0, threads=1
        )
        return self.true(trigger, draws, still.factors[:, :1], still.levels[:, :1])[:, 0]

    def true(self, trigger: str, draws: Draws, factors: Reals, levels: NDArray[np.int8]) -> Bools:
        """Where a condition is true along paths (row, time)."""
        node = self.node(trigger)
        found = evaluate(
            self.model.tables, self.draws(Course(), draws), factors, levels.astype(np.int32), nodes=[node], exact=True
        )
        return np.asarray(found[0] >= 0.5)

    def node(self, trigger: str) -> int:
        """The node of a condition in the plans' model."""
        for place, name in enumerate(self.model.tables.promises):
            if name.startswith(MARK) and name.endswith(f" if {trigger}"):
                return int(self.model.tables.promise_node[place])
        raise KeyError(trigger)

    def paths(self, course: Course, sample: Sample) -> Paths:
        """The paths of a plan (rows as in the sample)."""
        pattern = np.zeros((len(sample.draws.index), 0), dtype=bool)
        if course.triggers:
            pattern = np.stack([self.started(trigger, sample.draws) for trigger in course.triggers], axis=1)
        parts: list[tuple[NDArray[np.intp], Paths]] = []
        for case in np.unique(pattern, axis=0) if course.triggers else [pattern[0]]:
            rows = np.flatnonzero((pattern == case).all(axis=1))
            already = [trigger for trigger, yes in zip(course.triggers, case, strict=True) if yes]
            parts.append((rows, self._run(course, sample, rows, self.holds(course, already))))
        return parts[0][1] if len(parts) == 1 else _in_order(parts)

    def _run(self, course: Course, sample: Sample, rows: NDArray[np.intp], holds: tuple[Hold, ...]) -> Paths:
        settings = self.ensemble.settings
        model = self.ensemble.model if course.free else self.model
        draws = sample.draws if len(rows) == len(sample.draws.index) else sample.draws.rows(rows)
        floating: Floating = sample.floating if settings.kernel in ("auto", "native") else "float64"
        return simulate(
            model.tables, draws if course.free else self.draws(course, draws), Plan(holds=holds),
            seed=settings.seed, depth=sample.depth, kernel=settings.kernel, floating=floating, threads=1,
        )  # fmt: skip

    def worth(self, course: Course, sample: Sample) -> Reals:
        """Mean utility of everybody under a plan, in full swings of each one's top interest (row, actor)."""
        return averaged(self.ensemble, self.paths(course, sample).utility, 0, self.years)

    def worths(self, courses: Sequence[Course], sample: Sample, threads: int) -> Iterator[Reals]:
        """The same of many plans, in their order, several at once."""
        _ = self.model
        pool = ThreadPoolExecutor(max_workers=max(1, threads))
        try:
            yield from pool.map(lambda course: self.worth(course, sample), courses)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _in_order(parts: Sequence[tuple[NDArray[np.intp], Paths]]) -> Paths:
    """Groups of rows put back into their order."""
    back = np.argsort(np.concatenate([rows for rows, _ in parts]), kind="stable")
    names = vars(parts[0][1])
    return Paths(**{name: np.concatenate([getattr(paths, name) for _, paths in parts])[back] for name in names})


def _with_promises(situation: Situation, planners: Planners, wanted: Sequence[tuple[Step, int, bool]]) -> Situation:
    """The situation with the promises of plans; those of several owners are made by all of them at once."""
    options = list(situation.options.values())
    period = Duration(planners.model.calendar.months)
    clubs: dict[str, Institution] = {}
    made: list[Promise] = []
    for step, level, on in wanted:
        option = options[step.option]
        promiser = option.owners[0] if len(option.owners) == 1 else f"{MARK}{', '.join(option.owners)}"
        if len(option.owners) > 1:
            clubs[promiser] = Institution(promiser, promiser, option.owners)
        term = planners.conditions[step.trigger]
        made.append(
            Promise(
                _key(planners, step, level, on), promiser, option.id, level, term if on else Not(term),
                constant(1.0, "level"), situation.horizon if step.mode == "if" else period,
            )
        )  # fmt: skip
    return replace(situation, promises=(*situation.promises, *made), institutions={**situation.institutions, **clubs})


def _key(planners: Planners, step: Step, level: int, on: bool) -> str:
    """What a promise of a plan is known by."""
    tables = planners.model.tables
    what = f"{MARK}{tables.options[step.option]}={tables.levels[step.option][level]} {step.mode}"
    return f"{what} if {step.trigger}" if on else f"{what} unless {step.trigger}"
