"""How do others answer a move: the look-ahead at depth 1.

A *unit* is a draw with a move in force, as the view of who moves sees it. For all units of a pack the values that
replies would have for their parties are found first (paths of depth 0), then the weights to which the options of others
go, then the values of the movers on the paths on which these weights are taken.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from realpolitik.dynamics.batched.batch import Job, Piece, run
from realpolitik.dynamics.batched.course import Answers, Course
from realpolitik.dynamics.batched.layout import Floats, Rows
from realpolitik.dynamics.batched.lookahead import Case, Question, cases_of
from realpolitik.dynamics.batched.moment import Flags, Levels, Moment
from realpolitik.dynamics.batched.worth import Worth

PACK = 384
"""Units answered together: enough to fill batches, few enough for the memory."""


@dataclass(frozen=True, eq=False)
class Ask:
    """Whose value is asked of which units, and what is in the move."""

    case: Case
    seat: int
    units: Rows
    places: Rows  # of the case, one a unit

    @property
    def actor(self) -> int:
        """The mover."""
        return self.case.actors[self.seat]

    def within(self, start: int, stop: int) -> Ask:
        """What is asked of the units from `start` to before `stop`, counted from `start`."""
        inside = (self.units >= start) & (self.units < stop)
        return replace(self, units=self.units[inside] - start, places=self.places[inside])


@dataclass(frozen=True, eq=False)
class Units:
    """Draws with moves in force, seen by one view."""

    view: int
    rows: Rows
    before: Levels  # (K, units) levels without the move
    levels: Levels  # (K, units) levels with the move in force
    exact: Flags  # (K, units) options of the move

    def part(self, start: int, stop: int) -> Units:
        """Some of the units."""
        some = slice(start, stop)
        return Units(self.view, self.rows[some], self.before[:, some], self.levels[:, some], self.exact[:, some])


def answer_with_replies(moment: Moment, questions: list[Question]) -> None:
    """Fill in the values of all questions at depth 1."""
    cases = list(cases_of(moment, questions))
    for view in sorted({case.view for case, _ in cases}):
        own = [(case, shared) for case, shared in cases if case.view == view]
        units, asks = _units(moment, view, own)
        for start in range(0, len(units.rows), PACK):
            stop = min(start + PACK, len(units.rows))
            Pack(moment, units.part(start, stop), [ask.within(start, stop) for ask in asks]).answer()


def _units(moment: Moment, view: int, cases: list[tuple[Case, bool]]) -> tuple[Units, list[Ask]]:
    """All units of a view: the shared ones in which nothing changes, then those of each case."""
    still = [case.question.rows for case, shared in cases if shared]
    rows = [np.unique(np.concatenate(still)) if still else np.zeros(0, dtype=np.intp)]
    before, levels = [moment.levels[:, rows[0]]], [moment.levels[:, rows[0]]]
    exact, count = [np.zeros(levels[0].shape, dtype=bool)], len(rows[0])
    asks: list[Ask] = []
    for case, shared in cases:
        if shared:
            units = np.searchsorted(rows[0], case.question.rows)
        else:
            units = np.arange(count, count + len(case.places))
            count += len(units)
            rows.append(case.question.rows[case.places])
            before.append(case.question.levels[:, case.places])
            levels.append(case.levels())
            exact.append(case.exact())
        asks.extend(Ask(case, seat, units, np.arange(len(units))) for seat in range(len(case.seats)))
    columns = (np.concatenate(part, axis=1) for part in (before, levels, exact))
    return Units(view, np.concatenate(rows), *columns), asks


class Pack:
    """Units answered together."""

    def __init__(self, moment: Moment, units: Units, asks: list[Ask]) -> None:
        self.moment, self.units = moment, units
        self.asks = [ask for ask in asks if len(ask.units)]
        self.broken = _broken(moment, units)
        self.replying = [self._replying(ask) for ask in self.asks]

    def _replying(self, ask: Ask) -> Flags:
        """Options (option, unit of the ask) that may answer the mover."""
        moment, tables = self.moment, self.moment.model.tables
        rows, broken = self.units.rows[ask.units], self.broken[:, ask.units]
        near = tables.option_review[:, None] <= tables.actor_foresight[ask.actor]
        return np.asarray(
            self._foreseen(ask) & ~moment.kept[:, rows] & moment.model.others[:, ask.actor, None] & (near | broken)
        )

    def _foreseen(self, ask: Ask) -> Flags:
        """Options (option, 1) that may move on the mover's path."""
        moment = self.moment
        fine: Flags = ~moment.held_public & ~moment.model.tables.view_hidden_option[self.units.view].astype(bool)
        fine[list(ask.case.question.options)] = False
        return np.asarray(fine[:, None])

    def answer(self) -> None:
        """Find the replies, then the values of the movers."""
        if not self.asks:
            return
        needed = np.zeros(self.units.levels.shape, dtype=bool)
        for ask, replying in zip(self.asks, self.replying, strict=True):
            needed[:, ask.units] |= replying
        goal = Worth(self.moment, self.units.rows, self.units.levels, needed).goal()
        start = self.moment.seen(self.units.view, self.units.rows, self.units.levels, self.units.exact)
        jobs = [self._job(ask, start, goal, mask) for ask, mask in zip(self.asks, self.replying, strict=True)]
        run(self.moment.model, self.moment.origin, [job for job, _ in jobs], _courses(self.moment, dict(jobs)))

    def _job(self, ask: Ask, start: Floats, goal: Floats, replying: Flags) -> tuple[Job, Answers]:
        """The paths on which an ask's value is found."""
        moment, model = self.moment, self.moment.model
        rows, begin = self.units.rows[ask.units], start[:, ask.units]
        slot = model.slot_option
        periods = np.where(self.broken[:, ask.units], 1.0, model.tables.option_review[:, None])
        answers = Answers(
            begin,
            np.where(replying[slot], goal[:, ask.units], begin),
            periods[slot],
            self._promises(ask),
            model.likelihood[:, rows],
        )

        def sink(part: slice, values: Floats) -> None:
            ask.case.take(np.asarray([ask.seat]), ask.places[part], values)

        columns = moment.columns(self.units.view, rows)
        return Job(columns, (ask.actor,), lambda part: begin[:, part], sink), answers

    def _promises(self, ask: Ask) -> Flags:
        """Promises (promise, unit of the ask) that count on the mover's path."""
        moment, tables = self.moment, self.moment.model.tables
        option, level = tables.promise_option, tables.promise_level[:, None]
        before = self.units.before[:, ask.units]
        barred = tables.option_irreversible[option].astype(bool)[:, None] & (level < before[option])
        others = ~moment.model.sole_promise[:, ask.actor, None]
        calm = ~moment.triggered[:, self.units.rows[ask.units]]
        return np.asarray(calm & others & ~barred & self._foreseen(ask)[option])


def _courses(moment: Moment, answers: dict[Job, Answers]) -> Callable[[list[Piece]], Course]:
    """Makes the course of a batch from the answers of its pieces."""

    def course(batch: list[Piece]) -> Course:
        return Course(moment.model, Answers.joined([answers[piece.job].part(piece.part) for piece in batch]))

    return course


def _broken(moment: Moment, units: Units) -> Flags:
    """Options (option, unit) that are legs of a standing exchange which the move breaks."""
    tables = moment.model.tables
    broken = np.zeros(units.levels.shape, dtype=bool)
    for first, last in zip(tables.leg_start[:-1], tables.leg_start[1:], strict=True):
        legs, names = tables.leg_option[first:last], tables.leg_level[first:last, None]
        stood, stands = ((levels[legs] >= names).all(axis=0) for levels in (units.before, units.levels))
        broken[legs] |= stood & ~stands
    return broken
