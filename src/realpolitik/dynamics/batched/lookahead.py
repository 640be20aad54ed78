"""What is each candidate worth to those who decide on it: values on look-ahead paths, at depth 0 or 1.

A `Question` asks for one option or exchange in some draws; all questions of a moment are answered together. Where
nothing has been decided yet in the period, the value of changing nothing is shared by all questions of a view.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from realpolitik.dynamics.batched.base import Base
from realpolitik.dynamics.batched.batch import Job, run
from realpolitik.dynamics.batched.coneroll import ConeRoll
from realpolitik.dynamics.batched.layout import Floats, Rows
from realpolitik.dynamics.batched.moment import Flags, Levels, Moment
from realpolitik.dynamics.batched.path import Stake

CHUNK = 512
"""Columns of paths on which nothing moves, or of moves, taken at once."""


@dataclass(frozen=True, eq=False)
class Candidate:
    """Levels to which a question's options might go, and in which of its draws this is asked."""

    levels: tuple[int, ...]
    places: Rows  # positions within the question's rows


@dataclass(eq=False)
class Question:
    """Options that move together, who is asked, in which draws, from which state, and the answers."""

    options: tuple[int, ...]
    actors: tuple[int, ...]
    rows: Rows
    levels: Levels  # (K, rows) in force
    fresh: bool  # nothing has been decided yet
    candidates: tuple[Candidate, ...]
    still: Floats = field(init=False)  # (actors, rows): value of changing nothing
    moved: Floats = field(init=False)  # (candidates, actors, rows), nan where not asked

    def __post_init__(self) -> None:
        self.still = np.full((len(self.actors), len(self.rows)), np.nan)
        self.moved = np.full((len(self.candidates), *self.still.shape), np.nan)


@dataclass(frozen=True, eq=False)
class Case:
    """One candidate of a question (None: nothing changes) for its actors of one view."""

    question: Question
    view: int
    seats: Rows  # positions within the question's actors
    candidate: int | None

    @property
    def places(self) -> Rows:
        """Positions within the question's rows."""
        if self.candidate is None:
            return np.arange(len(self.question.rows))
        return self.question.candidates[self.candidate].places

    @property
    def actors(self) -> tuple[int, ...]:
        """The actors of this view."""
        return tuple(self.question.actors[seat] for seat in self.seats)

    def levels(self) -> Levels:
        """Levels (option, place) with the move in force."""
        levels = self.question.levels[:, self.places]
        if self.candidate is not None:
            wanted = np.asarray(self.question.candidates[self.candidate].levels)
            levels[list(self.question.options)] = wanted[:, None]
        return levels

    def exact(self) -> Flags:
        """Options (option, place) that who moves knows exactly: those of the move."""
        exact = np.zeros((len(self.question.levels), len(self.places)), dtype=bool)
        exact[list(self.question.options)] = True
        return exact

    def take(self, seats: Rows, places: Rows, values: Floats) -> None:
        """Receive values (seat, place)."""
        question = self.question
        target = question.still if self.candidate is None else question.moved[self.candidate]
        target[np.ix_(self.seats[seats], self.places[places])] = values


def _by_view(moment: Moment, questions: list[Question]) -> Iterator[tuple[Question, int, Rows]]:
    """Every question with each view of its actors, and the seats of those who share it."""
    view_of = moment.model.tables.actor_view
    for question in questions:
        views = view_of[list(question.actors)]
        for view in np.unique(views):
            yield question, int(view), np.flatnonzero(views == view)


def _is_fresh(moment: Moment, question: Question, view: int) -> bool:
    """Is changing nothing the same for this question as for all others of the view?"""
    return question.fresh and not any(moment.hidden(view, k) for k in question.options)


def _numbers(question: Question) -> list[int | None]:
    """Changing nothing (None), and every candidate that is asked in some draw."""
    return [None, *(number for number, item in enumerate(question.candidates) if len(item.places))]


def cases_of(moment: Moment, questions: list[Question]) -> Iterator[tuple[Case, bool]]:
    """Every candidate of every question by view, and whether it is the shared one in which nothing changes."""
    for question, view, seats in _by_view(moment, questions):
        for number in _numbers(question):
            yield Case(question, view, seats, number), number is None and _is_fresh(moment, question, view)


def answer(moment: Moment, questions: list[Question]) -> None:
    """Fill in the values of all questions at depth 0: everybody else stays where they are."""
    fresh: list[tuple[Question, int, Rows]] = []
    others: list[Case] = []
    for question, view, seats in _by_view(moment, questions):
        if _is_fresh(moment, question, view):
            fresh.append((question, view, seats))
        else:
            others.extend(Case(question, view, seats, number) for number in _numbers(question))
    for view in sorted({view for _, view, _ in fresh}):
        Shared(moment, view, [(question, seats) for question, at, seats in fresh if at == view]).answer()
    run(moment.model, moment.origin, [_job(moment, case) for case in others])


def _job(moment: Moment, case: Case) -> Job:
    """The paths of one case."""
    rows, levels, exact = case.question.rows[case.places], case.levels(), case.exact()

    def weights(part: slice) -> Floats:
        return moment.seen(case.view, rows[part], levels[:, part], exact[:, part])

    def sink(part: slice, values: Floats) -> None:
        case.take(np.arange(len(case.seats)), np.arange(part.start, part.stop), values)

    return Job(moment.columns(case.view, rows), case.actors, weights, sink)


class Shared:
    """Questions of a view in draws where nothing has been decided yet: moves compared with changing nothing."""

    def __init__(self, moment: Moment, view: int, asked: list[tuple[Question, Rows]]) -> None:
        self.moment, self.view, self.asked = moment, view, asked
        self.rows: Rows = np.unique(np.concatenate([question.rows for question, _ in asked]))
        actors = {question.actors[seat] for question, seats in asked for seat in seats}
        self.actors = tuple(sorted(actors))

    def answer(self) -> None:
        """Value changing nothing once, then every move by what it changes."""
        model, moment = self.moment.model, self.moment
        steps = max(int(model.tables.actor_foresight[a]) for a in self.actors)
        for start in range(0, len(self.rows), CHUNK):
            rows = self.rows[start : start + CHUNK]
            columns = moment.columns(self.view, rows)
            base = Base(model, moment.origin, columns, moment.weights[:, columns], steps)
            (still,) = base.values([Stake(0, len(rows), self.actors)])
            for question, seats in self.asked:
                self._ask(question, seats, rows, still, base)

    def _ask(self, question: Question, seats: Rows, rows: Rows, still: Floats, base: Base) -> None:
        """The values of one question in the draws of a base."""
        actors = tuple(question.actors[seat] for seat in seats)
        place = np.searchsorted(rows, question.rows)
        inside = (place < len(rows)) & (rows[np.minimum(place, len(rows) - 1)] == question.rows)
        at_rest = still[np.searchsorted(self.actors, actors)][:, place[inside]]
        question.still[seats[:, None], np.flatnonzero(inside)] = at_rest
        candidates = [(number, item.places[inside[item.places]]) for number, item in enumerate(question.candidates)]
        places = np.concatenate([places for _, places in candidates])
        if not len(places):
            return
        levels = np.concatenate(
            [np.repeat([question.candidates[number].levels], len(some), axis=0).T for number, some in candidates],
            axis=1,
        )
        change = changes(self.moment, base, question.options, actors, place[places], levels)
        number = np.concatenate([np.full(len(some), number) for number, some in candidates])
        question.moved[number, seats[:, None], places] = question.still[seats[:, None], places] + change


def changes(
    moment: Moment, base: Base, options: tuple[int, ...], actors: tuple[int, ...], place: Rows, levels: Levels
) -> Floats:
    """By how much V_a changes (actor, column) if options go to `levels` (option, column) on columns of a base."""
    model = moment.model
    order = np.argsort(options)
    rising = tuple(options[i] for i in order)
    plan = model.cone(rising, actors, tuple(sorted(moment.origin.held.tolist())))
    if plan is None:
        return np.zeros((len(actors), len(place)))
    parts = []
    for start in range(0, len(place), CHUNK):
        some = slice(start, start + CHUNK)
        moved = model.moved_values(rising, levels[order][:, some])
        parts.append(ConeRoll(model, base, plan, place[some], moved).values())
    return np.concatenate(parts, axis=1)
