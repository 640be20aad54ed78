"""What can be decided in a period: options and exchanges, each with its question and how the answer is read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import numpy as np

from realpolitik.dynamics.batched.choice import Decision, decide_alone, decide_jointly, scores
from realpolitik.dynamics.batched.layout import Rows
from realpolitik.dynamics.batched.lookahead import Candidate, Question
from realpolitik.dynamics.batched.moment import Flags, Levels, Moment


class Item(Protocol):
    """Something that may be decided."""

    options: tuple[int, ...]

    def asks(self, moment: Moment, rows: Rows, levels: Levels, fresh: bool) -> Iterator[Question]:
        """Questions to be answered before it is decided in some draws, with options at `levels` (K, row)."""

    def concludes(self, moment: Moment, question: Question) -> tuple[Levels, Decision]:
        """New levels (option, row) of the question's options, and the decision with its margin."""


class Option:
    """An option under review."""

    def __init__(self, moment: Moment, option: int) -> None:
        tables = moment.model.tables
        parties = moment.model.parties(option)
        self.options: tuple[int, ...] = (option,)
        self.actors = tuple(dict.fromkeys(int(a) for a in tables.party_actor[parties.start : parties.stop]))
        self.joint = len(parties) > 1

    def asks(self, moment: Moment, rows: Rows, levels: Levels, fresh: bool) -> Iterator[Question]:
        """One question about every open level."""
        (k,) = self.options
        fine = moment.open_levels(k, rows, levels)
        candidates = tuple(
            Candidate((level,), np.flatnonzero(fine[level] & (levels[k] != level))) for level in range(len(fine))
        )
        yield Question(self.options, self.actors, rows, levels, fresh, candidates)

    def concludes(self, moment: Moment, question: Question) -> tuple[Levels, Decision]:
        """By the one party's choice, or by the joint rule."""
        (k,) = self.options
        tables, now, found = moment.model.tables, question.levels[k], scores(moment, k, question)
        if not self.joint:
            decision = decide_alone(found, now)
        else:
            pledged = self._pledged(moment, question, found.shape[1])
            enter, leave = int(tables.option_enter[k]), int(tables.option_leave[k])
            decision = decide_jointly(found, now, enter, leave, pledged)
        return decision.levels[None], decision

    def _pledged(self, moment: Moment, question: Question, count: int) -> Flags | None:
        """Levels (party, level, row) to which promises bind parties; of several the last named binds."""
        (k,) = self.options
        tables, parties = moment.model.tables, moment.model.parties(k)
        actors = tables.party_actor[parties.start : parties.stop]
        wanted = np.full((len(parties), len(question.rows)), -1)
        for c in np.flatnonzero(tables.promise_option == k):
            promisers = tables.promise_actor[tables.promise_actor_start[c] : tables.promise_actor_start[c + 1]]
            bound = np.isin(actors, promisers)[:, None] & moment.consent[c, question.rows]
            wanted[bound] = tables.promise_level[c]
        if (wanted < 0).all():
            return None
        return np.asarray(wanted[:, None] == np.arange(count)[:, None])


class Exchange:
    """An exchange that does not stand."""

    def __init__(self, moment: Moment, exchange: int) -> None:
        tables = moment.model.tables
        legs = slice(int(tables.leg_start[exchange]), int(tables.leg_start[exchange + 1]))
        names: dict[int, int] = {}
        for option, level in zip(tables.leg_option[legs], tables.leg_level[legs], strict=True):
            names[int(option)] = max(int(level), names.get(int(option), 0))
        self.options: tuple[int, ...] = tuple(names)
        self.names = np.asarray(list(names.values()))
        parties = [j for k in names for j in moment.model.parties(k)]
        self.actors = tuple(sorted({int(tables.party_actor[j]) for j in parties}))

    def asks(self, moment: Moment, rows: Rows, levels: Levels, fresh: bool) -> Iterator[Question]:
        """One question for each set of legs below their names."""
        below = levels[list(self.options)] < self.names[:, None]
        code = (1 << np.arange(len(self.names))) @ below
        for pattern in np.unique(code[code > 0]):
            chosen = np.flatnonzero(code == pattern)
            legs = np.flatnonzero(below[:, chosen[0]])
            options = tuple(self.options[leg] for leg in legs)
            fine = np.ones(len(chosen), dtype=bool)
            for option, name in zip(options, self.names[legs], strict=True):
                fine &= moment.open_levels(option, rows[chosen], levels[:, chosen])[name]
            candidate = Candidate(tuple(int(name) for name in self.names[legs]), np.flatnonzero(fine))
            yield Question(options, self.actors, rows[chosen], levels[:, chosen], fresh, (candidate,))

    def concludes(self, moment: Moment, question: Question) -> tuple[Levels, Decision]:
        """It forms where every giver strictly gains."""
        model, rows = moment.model, question.rows
        switch = np.zeros((len(self.actors), len(rows)))
        for option in question.options:
            for j in model.parties(option):
                switch[self.actors.index(int(model.tables.party_actor[j]))] += model.switch[j, rows]
        gain = model.steadiness[list(self.actors)][:, rows] * (question.moved[0] - question.still - switch)
        asked = ~np.isnan(gain[0])
        forms = asked & (gain > 0.0).all(axis=0)
        refused = np.where(gain <= 0.0, -gain, -np.inf).max(axis=0)
        margin = np.where(asked, np.where(forms, gain.min(axis=0), refused), np.inf)
        now, names = question.levels[list(question.options)], question.candidates[0].levels
        return np.where(forms, np.asarray(names)[:, None], now), Decision(forms.astype(np.int64), margin)
