"""What should an actor or a coalition do, robustly, and under which trigger?

Method: plans are run on shared draws and chance; gains are mean utilities over those of leaving every own option as it
is, in points, discounted over the run (or over one year). Several planners count alike. `good_enough`: the share of
draws in which no planner falls below `at_least` points. `largest_regret`: the most that the best of the plans shown
would have brought more, over the combinations of hypotheses (Savage 1951). A plan is efficient if none shown betters it
for one planner at no cost to another (Pareto).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from realpolitik.analyses.policy.alarms import Alarm, alarms
from realpolitik.analyses.policy.menu import Brief
from realpolitik.analyses.policy.search import Search, Searcher
from realpolitik.analyses.policy.telling import arrays, grounds, rows, sentences
from realpolitik.analyses.policy.valued import Valued
from realpolitik.analyses.policy.worlds import TwoSided, World, in_readings, worlds_of
from realpolitik.compiled.about import about
from realpolitik.compiled.answers import under
from realpolitik.compiled.contrasts import POINT
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.plans import Course, Planners, planners
from realpolitik.compiled.playbook import Playbook, Sample
from realpolitik.compiled.thinned import thinned
from realpolitik.errors import QuestionRefused
from realpolitik.language.sentences import listed
from realpolitik.language.time import duration_words
from realpolitik.results.progress import Told, silent
from realpolitik.results.result import Result

DEEP_ROWS = 128
"""At depth 1 finalists are run on so many thinned draws: one takes hundreds of times as long."""
Reals = NDArray[np.float64]
AS_NOW, FREE = Course(), Course((), free=True)


@dataclass(frozen=True, eq=False)
class Answer:
    """Everything found, before it is told."""

    planners: Planners
    brief: Brief
    valued: Valued
    search: Search | None
    two_sided: TwoSided | None
    alarms: tuple[Alarm, ...]
    parts: tuple[tuple[Course, float], ...]


def policy(ensemble: Ensemble, brief: Brief, told: Told = silent, *, exact: int | None = None) -> Result:
    """Which plan is best on average, safest and most often good enough; what do wrong beliefs and alarms cost?

    Rows: the plans shown, best first; then beliefs against worlds; then conditions. Arrays: `gain` (plan, actor),
    `by hypothesis` (plan, combination), `cost of belief` (believed, true). `exact`: up to how many plans all are run.
    Raises `QuestionRefused` or `ExpressionError` for what cannot be planned or supposed.
    """
    asked = Asking(ensemble, planners(ensemble.model, brief.actors), brief, told, exact)
    answer = asked.answered()
    who = listed([ensemble.model.situation.actors[name].name for name in answer.planners.actors])
    when = "discounted over the whole run" if brief.years is None else f"after {duration_words(12 * brief.years)}"
    said = about(
        ensemble,
        compared_with="every option of the planners as it is now",
        unit="points",
        counted=when,
        considered=answer.search.considered if answer.search else len(answer.valued.courses),
        search=answer.search.how if answer.search else "the plans given",
        rows=len(answer.valued.weight),
    )
    question = f"What should {who} do?"
    return Result("policy", question, rows(answer), sentences(answer), arrays(answer), said, grounds(answer))


@dataclass(eq=False)
class Asking:
    """One question being answered."""

    ensemble: Ensemble
    planners: Planners
    brief: Brief
    told: Told
    exact: int | None = None

    def answered(self) -> Answer:
        """Search, value, and what wrong beliefs and alarms cost."""
        if self.brief.most < 1:
            raise QuestionRefused("At least one plan has to be considered: --most 1 or more.")
        worlds = worlds_of(self.planners, self.brief.worlds, lambda text: under(self.ensemble, text))
        given = tuple(self.planners.read(text) for text in self.brief.plans)
        supposed = [world for world in worlds if world.holds]
        search = None if given else self.searched()
        pool = [*given, *(search.finalists if search else ())]
        for world in supposed if search else ():
            pool += self.searched(world).finalists
        courses = tuple(dict.fromkeys((AS_NOW, *pool, FREE)))
        valued = self.valued(courses)
        return Answer(
            self.planners, self.brief, valued, search, self.two_sided(courses, worlds, valued),
            tuple(self.alarms(valued)), tuple(self.parts(valued)),
        )  # fmt: skip

    def book(self, courses: Sequence[Course], world: World | None = None) -> Playbook:
        """The model in which some plans are run."""
        return Playbook(self.ensemble, self.planners, tuple(courses), self.brief.years, world.holds if world else ())

    def searched(self, world: World | None = None) -> Search:
        """The finalists of a search, in a world of others' doing if one is given."""
        searcher = Searcher(lambda courses: self.book(courses, world), self.planners, self.brief, self.told)
        if self.exact is not None:
            searcher.exact = self.exact
        return searcher.found()

    def sample(self) -> Sample:
        """The rows on which the plans shown are valued."""
        settings = self.ensemble.settings
        if settings.depth == 0:
            return Sample(self.ensemble.draws)
        draws = thinned(self.ensemble.draws)
        return Sample(draws.rows(slice(0, DEEP_ROWS)) if len(draws.index) > DEEP_ROWS else draws, depth=settings.depth)

    def valued(self, courses: tuple[Course, ...], world: World | None = None) -> Valued:
        """Plans on the final rows."""
        book, sample = self.book(courses, world), self.sample()
        found: list[Reals] = []
        for worth in book.worths(courses, sample, Searcher.cores(self.ensemble)):
            self.told(f"plans shown: {self.planners.words(courses[len(found)])}", len(found), len(courses))
            found.append(worth)
        draws = sample.draws
        return Valued(self.planners, courses, np.array(found), draws.weight, draws.combination)

    def two_sided(self, courses: tuple[Course, ...], worlds: list[World], valued: Valued) -> TwoSided | None:
        """Beliefs against worlds; those left to decide as usual are no plan and not among the choices."""
        if len(worlds) < 2:
            return None
        plans = tuple(course for course in courses if not course.free)
        if not any(world.holds for world in worlds):
            read = in_readings(valued, worlds)
            return replace(read, courses=plans, values=read.values[list(valued.plans)])
        columns = [self._in_world(plans, world) for world in worlds]
        return TwoSided(tuple(worlds), plans, np.stack(columns, axis=1))

    def _in_world(self, plans: tuple[Course, ...], world: World) -> Reals:
        valued = self.valued(plans, world)
        if world.holds:
            return valued.score
        return in_readings(valued, [world]).values[:, 0]

    def alarms(self, valued: Valued) -> list[Alarm]:
        """The errors of each condition, under the best plan that waits for it."""
        found: list[Alarm] = []
        seen: set[str] = set()
        for number in np.argsort(-valued.score, kind="stable"):
            course = valued.courses[int(number)]
            fresh = [trigger for trigger in course.triggers if trigger not in seen]
            if fresh and len(seen) < 3:
                made = list(alarms(self.book((course,)), course, self.sample(), self.brief.truth))
                found += [alarm for alarm in made if alarm.trigger in fresh]
                seen |= set(fresh)
        return found

    def parts(self, valued: Valued) -> list[tuple[Course, float]]:
        """What each step of the best plan adds to it: the plan less the plan without it, in points together."""
        best = valued.best
        if len(best.steps) < 2:
            return [(best, float(valued.score[valued.courses.index(best)]))] if best.steps else []
        draws = thinned(self.ensemble.draws)
        sample, book = Sample(draws), self.book((best,))
        members = [self.planners.model.tables.actors.index(name) for name in self.planners.actors]
        whole = book.worth(best, sample)[:, members].mean()
        found = []
        for step in best.steps:
            rest = Course(tuple(other for other in best.steps if other != step))
            worth = book.worth(rest, sample)[:, members].mean()
            found.append((Course((step,)), float((whole - worth) / POINT)))
        return found
