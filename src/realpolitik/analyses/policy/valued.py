"""What plans are worth, draw by draw: expected value, what is good enough, regret, and who of several gains most."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.contrasts import POINT
from realpolitik.compiled.plans import Course, Planners

Reals = NDArray[np.float64]
TIE = 0.05
"""Points: of plans no further apart, that of fewer steps counts as the better."""


@dataclass(frozen=True, eq=False)
class Valued:
    """Plans on the same rows. `worth` (course, row, actor): mean utility in full swings; the first plan is `as now`.

    `weight` and `combination` (row,): its weight, and its combination of hypotheses.
    """

    planners: Planners
    courses: tuple[Course, ...]
    worth: Reals
    weight: Reals
    combination: NDArray[np.int32]

    @cached_property
    def gains(self) -> Reals:
        """Gains of everybody in points over leaving everything as it is (course, row, actor)."""
        return np.asarray((self.worth - self.worth[0]) / POINT)

    @cached_property
    def each(self) -> Reals:
        """Gains of the planners (course, row, member)."""
        actors = self.planners.model.tables.actors
        return self.gains[:, :, [actors.index(name) for name in self.planners.actors]]

    @cached_property
    def together(self) -> Reals:
        """Mean gain of the planners (course, row): each counts alike, in points of its own top interest."""
        return np.asarray(self.each.mean(axis=2))

    @cached_property
    def score(self) -> Reals:
        """Expected gain of the planners together (course,)."""
        return self.average(self.together)

    @cached_property
    def by_member(self) -> Reals:
        """Expected gain of each planner (course, member)."""
        return np.stack([self.average(self.each[:, :, m]) for m in range(self.each.shape[2])], axis=1)

    @cached_property
    def plans(self) -> tuple[int, ...]:
        """The places of what could be adopted: to decide as usual is no plan."""
        return tuple(n for n, course in enumerate(self.courses) if not course.free)

    @property
    def best(self) -> Course:
        """The plan of largest expected gain; of those within a twentieth of a point the one of fewest steps.

        To decide as usual is no plan.
        """
        top = max(float(self.score[n]) for n in self.plans)
        close = [n for n in self.plans if self.score[n] >= top - TIE]
        return self.courses[min(close, key=lambda n: (len(self.courses[n].steps), -float(self.score[n])))]

    def average(self, values: Reals) -> Reals:
        """Weighted means over rows (course,) of (course, row)."""
        return np.asarray((values * self.weight).sum(axis=1) / self.weight.sum())

    def good_enough(self, at_least: float) -> Reals:
        """Share of draws in which no planner gets less than `at_least` points (course,)."""
        return self.average(np.all(self.each >= at_least - 1e-9, axis=2).astype(np.float64))

    @cached_property
    def by_combination(self) -> Reals:
        """Expected gain together under each combination of hypotheses (course, combination)."""
        labels = np.unique(self.combination)
        return np.stack([self._under(label) for label in labels], axis=1)

    def _under(self, label: int) -> Reals:
        rows = self.combination == label
        weight = self.weight[rows]
        return np.asarray((self.together[:, rows] * weight).sum(axis=1) / weight.sum())

    @cached_property
    def regret(self) -> Reals:
        """By draw: what the best of these plans would have brought more (course, row)."""
        return np.asarray(self.together[list(self.plans)].max(axis=0) - self.together)

    @cached_property
    def largest_regret(self) -> Reals:
        """Over the combinations of hypotheses: the most that another plan would have brought more (course,)."""
        top = self.by_combination[list(self.plans)].max(axis=0)
        return np.asarray((top - self.by_combination).max(axis=1))

    @cached_property
    def efficient(self) -> NDArray[np.bool_]:
        """Plans that no other betters for one planner without worsening it for another (course,)."""
        found = np.zeros(len(self.courses), dtype=bool)
        found[list(self.plans)] = pareto(self.by_member[list(self.plans)])
        return found


def pareto(values: Reals) -> NDArray[np.bool_]:
    """Which rows (option, criterion) no other row dominates: at least as good in all, better in one.

    >>> pareto(np.array([[1.0, 4.0], [2.0, 2.0], [1.0, 3.0]])).tolist()
    [True, True, False]
    """
    at_least = np.all(values[None] >= values[:, None], axis=2)
    better = np.any(values[None] > values[:, None], axis=2)
    return np.asarray(~np.any(at_least & better, axis=1))


def regrets(values: Reals) -> Reals:
    """Regret (option, world) of values (option, world): the best in each world less the own.

    Savage, "The theory of statistical decision", JASA 46 (1951), pp. 55-67; the choice of least largest regret follows.

    >>> regrets(np.array([[4.0, 4.0, 0.0], [5.0, 3.0, 2.0]])).tolist()
    [[1.0, 0.0, 2.0], [0.0, 1.0, 0.0]]
    """
    return np.asarray(values.max(axis=0) - values)


def two_sided(values: Reals) -> Reals:
    """Cost of believing one world while another is true (believed, true), from values (option, world).

    Whoever believes a world takes the option best in it; the cost is what the option best in the true world had brought
    more there. Zero on the diagonal.

    >>> two_sided(np.array([[10.0, -20.0], [-5.0, 0.0]])).tolist()
    [[0.0, 20.0], [15.0, 0.0]]
    """
    chosen = values.argmax(axis=0)
    return np.asarray(regrets(values)[chosen])
