"""Which plans are worth running on every draw? All of few; of many, the best by successive halving.

Few (at most `EXACT`): every plan is run on the thinned draws. Many: (1) every plan is valued on 64 draws by itself
(everybody else repeating the decisions of the run in which nothing changes, which costs no look-ahead) plus what each
of its steps, taken alone, adds through the reactions of others; (2) the best are run with everybody deciding, on 64
draws, then fewer on all. All plans share draws and chance, so differences are paired. Successive halving: Karnin, Koren
and Somekh, "Almost optimal exploration in multi-armed bandits", ICML 2013, section 4.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from realpolitik.analyses.policy.menu import Brief, Menu, menu_of, trimmed
from realpolitik.compiled.contrasts import POINT
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.plans import Course, Planners, Step
from realpolitik.compiled.playbook import Playbook, Sample
from realpolitik.compiled.thinned import thinned
from realpolitik.compiled.unilateral import averaged
from realpolitik.dynamics.engine import simulate
from realpolitik.dynamics.tables import Paths, Plan
from realpolitik.results.progress import Told, silent

Reals = NDArray[np.float64]
EXACT = 256
FINALISTS = 10
SCREEN_ROWS = 64
SCREENED = 384
HALVED = 64
"""Plans that go on from the first scores, and from runs on `SCREEN_ROWS` draws."""


@dataclass(frozen=True, eq=False)
class Search:
    """The finalists, and how they were found."""

    finalists: tuple[Course, ...]
    considered: int
    how: str
    menu: Menu


@dataclass(eq=False)
class Searcher:
    """One search: planners, brief and progress. `exact`: plans up to which all are run."""

    book: Callable[[Sequence[Course]], Playbook]
    planners: Planners
    brief: Brief
    told: Told = silent
    exact: int = EXACT

    def found(self) -> Search:
        """The finalists of all plans the brief allows."""
        menu = menu_of(self.planners, self.brief)
        book = self.book(menu.singles)
        left_out = 0
        if menu.count > self.brief.most:
            gains = self.gains(book, menu.singles, self.sample(book, SCREEN_ROWS), "single steps")
            worth = {course.steps: float(gain[0]) for course, gain in zip(menu.singles, gains, strict=True)}
            menu = trimmed(menu, worth, self.brief.most)
            left_out = len(menu.left_out)
        courses, how = list(menu.courses()), f"all {menu.count} were run"
        if menu.count > self.exact:
            how = f"{menu.count:,} were narrowed down by successive halving"
            courses = self._narrowed(book, menu, courses)
        how += f"; {left_out} choices that alone bring least were left out" if left_out else ""
        scores = self.gains(book, courses, self.sample(book), "all draws")
        return Search(tuple(self.best(courses, scores, FINALISTS)), menu.count, how, menu)

    def _narrowed(self, book: Playbook, menu: Menu, courses: list[Course]) -> list[Course]:
        """The plans that go on to all draws."""
        sample = self.sample(book, SCREEN_ROWS)
        courses = self.best(courses, Screen(self, book, sample).scores(courses, menu), SCREENED)
        return self.best(courses, self.gains(book, courses, sample, f"{SCREEN_ROWS} draws"), HALVED)

    def sample(self, book: Playbook, rows: int = 0) -> Sample:
        """The thinned draws, or the first `rows` of them, in single precision."""
        draws = thinned(book.ensemble.draws)
        return Sample(draws.rows(slice(0, rows)) if 0 < rows < len(draws.index) else draws, "float32")

    def gains(self, book: Playbook, courses: Sequence[Course], sample: Sample, what: str) -> Reals:
        """Mean gains in points over leaving everything as it is (course, 1 + member): of all together, then each."""
        still = book.worth(Course(), sample)
        found: list[Reals] = []
        for course, worth in zip(courses, book.worths(courses, sample, self.cores(book.ensemble)), strict=True):
            self.told(f"plans on {what}: {self.planners.words(course)}", len(found), len(courses))
            found.append(self.summary(worth - still))
        return np.array(found)

    def summary(self, change: Reals) -> Reals:
        """Means over rows, in points: of the members together, then of each (1 + member,)."""
        members = [self.planners.model.tables.actors.index(name) for name in self.planners.actors]
        each = change[:, members].mean(axis=0) / POINT
        return np.concatenate([[each.mean()], each])

    @staticmethod
    def cores(ensemble: Ensemble) -> int:
        """How many plans are run at once."""
        return ensemble.settings.threads or os.cpu_count() or 1

    def best(self, courses: Sequence[Course], scores: Reals, keep: int) -> list[Course]:
        """Three quarters by the score of all together, the rest by each member's own, in turn."""
        orders = [list(np.argsort(-column, kind="stable")) for column in scores.T]
        chosen = dict.fromkeys(int(number) for number in orders[0][: max(1, keep * 3 // 4)])
        for place in range(len(courses)):
            for order in orders[1:]:
                if len(chosen) < min(keep, len(courses)):
                    chosen.setdefault(int(order[place]))
        return [courses[number] for number in sorted(chosen, key=lambda number: -scores[number, 0])]


@dataclass(frozen=True, eq=False)
class Screen:
    """First scores: by itself, plus the reactions to each step taken alone."""

    searcher: Searcher
    book: Playbook
    sample: Sample
    known: dict[str, NDArray[np.bool_]] = field(default_factory=dict)

    def scores(self, courses: Sequence[Course], menu: Menu) -> Reals:
        """First scores (course, 1 + member)."""
        still = self.book.paths(Course(), self.sample)
        alone = self._alone(still, [Course(), *menu.singles, *courses])
        reacting = self.searcher.gains(self.book, menu.singles, self.sample, "single steps")
        base, singles, own = alone[0], alone[1 : 1 + len(menu.singles)], alone[1 + len(menu.singles) :]
        reactions = {
            course.steps: answer - (single - base)
            for course, single, answer in zip(menu.singles, singles, reacting, strict=True)
        }
        return np.array([
            value - base + sum(reactions.get((step,), np.zeros(len(base))) for step in course.steps)
            for course, value in zip(courses, own, strict=True)
        ])  # fmt: skip

    def _alone(self, still: Paths, courses: Sequence[Course]) -> Reals:
        found: list[Reals] = []
        with ThreadPoolExecutor(max_workers=self.searcher.cores(self.book.ensemble)) as pool:
            for number, worth in enumerate(pool.map(lambda course: self._replayed(still, course), courses)):
                if number % 64 == 0:
                    self.searcher.told("plans by themselves", number, len(courses))
                found.append(self.searcher.summary(worth))
        return np.array(found)

    def _replayed(self, still: Paths, course: Course) -> Reals:
        """Worth (row, actor) with the steps taken and every other decision as in the run where nothing changes."""
        ensemble, levels = self.book.ensemble, still.levels.copy()
        for step in course.steps:
            for rows, since in self._when(step, still):
                levels[rows, since : step.end if step.end >= 0 else None, step.option] = step.level
        plan = Plan(holds=self.book.world, replay=levels)
        paths = simulate(
            ensemble.model.tables, self.sample.draws, plan,
            seed=ensemble.settings.seed, depth=0, kernel=ensemble.settings.kernel, threads=1,
            floating=self.sample.floating if ensemble.settings.kernel in ("auto", "native") else "float64",
        )  # fmt: skip
        return averaged(ensemble, paths.utility, 0, self.book.years)

    def _when(self, step: Step, still: Paths) -> Iterator[tuple[NDArray[np.intp] | slice, int]]:
        if not step.trigger:
            yield slice(None), step.start
            return
        true = self._true(step.trigger, still)
        for row in np.flatnonzero(true.any(axis=1)):
            yield np.array([row]), int(true[row].argmax())

    def _true(self, trigger: str, still: Paths) -> NDArray[np.bool_]:
        if trigger not in self.known:
            self.known[trigger] = self.book.true(trigger, self.sample.draws, still.factors, still.levels)
        return self.known[trigger]
