"""What is each candidate worth to those who decide on it: values on look-ahead paths, at depth 0 or 1.

A `Question` asks for one option or exchange in some draws; all questions of a moment are answered together. Where
nothing has been decided yet in the period, the value of changing nothing is shared by all questions of a view.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from realpolitik.dynamics.batched.batch import Job, run
from realpolitik.dynamics.batched.layout import Floats, Rows
from realpolitik.dynamics.batched.moment import Flags, Levels, Moment


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


def cases_of(moment: Moment, questions: list[Question]) -> Iterator[tuple[Case, bool]]:
    """Every candidate of every question by view, and whether it is the shared one in which nothing changes."""
    view_of = moment.model.tables.actor_view
    for question in questions:
        views = view_of[list(question.actors)]
        for view in np.unique(views):
            seats = np.flatnonzero(views == view)
            hidden = any(moment.hidden(int(view), k) for k in question.options)
            yield Case(question, int(view), seats, None), question.fresh and not hidden
            for number, candidate in enumerate(question.candidates):
                if len(candidate.places):
                    yield Case(question, int(view), seats, number), False


def answer(moment: Moment, questions: list[Question]) -> None:
    """Fill in the values of all questions at depth 0: everybody else stays where they are."""
    jobs, shared = [], Shared(moment)
    for case, is_shared in cases_of(moment, questions):
        if is_shared:
            shared.want(case)
        else:
            jobs.append(_job(moment, case))
    run(moment.model, moment.origin, [*shared.jobs(), *jobs])
    shared.hand_out()


def _job(moment: Moment, case: Case) -> Job:
    """The paths of one case."""
    rows, levels, exact = case.question.rows[case.places], case.levels(), case.exact()

    def weights(part: slice) -> Floats:
        return moment.seen(case.view, rows[part], levels[:, part], exact[:, part])

    def sink(part: slice, values: Floats) -> None:
        case.take(np.arange(len(case.seats)), np.arange(part.start, part.stop), values)

    return Job(moment.columns(case.view, rows), case.actors, weights, sink)


class Shared:
    """The paths on which nothing changes, once for every draw and view."""

    def __init__(self, moment: Moment) -> None:
        self.moment = moment
        self.cases: dict[int, list[Case]] = {}
        size = (len(moment.model.tables.actor_view), moment.model.size)
        self.values = np.full(size, np.nan)

    def want(self, case: Case) -> None:
        """Ask for the case's actors and draws."""
        self.cases.setdefault(case.view, []).append(case)

    def jobs(self) -> Iterator[Job]:
        """One job a view."""
        for view, cases in self.cases.items():
            rows = np.unique(np.concatenate([case.question.rows for case in cases]))
            actors = tuple(sorted({actor for case in cases for actor in case.actors}))
            yield self._job(view, rows, actors)

    def _job(self, view: int, rows: Rows, actors: tuple[int, ...]) -> Job:
        moment = self.moment

        def weights(part: slice) -> Floats:
            return moment.weights[:, moment.columns(view, rows[part])]

        def sink(part: slice, values: Floats) -> None:
            self.values[np.asarray(actors)[:, None], rows[part]] = values

        return Job(moment.columns(view, rows), actors, weights, sink)

    def hand_out(self) -> None:
        """Give every case its values."""
        for cases in self.cases.values():
            for case in cases:
                values = self.values[np.asarray(case.actors)[:, None], case.question.rows]
                case.take(np.arange(len(case.seats)), case.places, values)
