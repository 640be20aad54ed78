"""What would each reply be worth to its parties, and where do the weights of the options go?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from realpolitik.dynamics.batched.base import Base
from realpolitik.dynamics.batched.layout import Floats, Rows
from realpolitik.dynamics.batched.lookahead import changes
from realpolitik.dynamics.batched.moment import Flags, Levels, Moment
from realpolitik.dynamics.batched.odds import choice_weights, consent_weights


class Worth:
    """Values of replies, by paths of depth 0 from units: draws (`rows`) with options at `levels` (K, unit).

    `needed` (K, unit) says which options may reply. A reply is valued by what it changes for its parties; arrays of
    values have axes (party position, level, unit) and are 0 where nothing is asked.
    """

    def __init__(self, moment: Moment, rows: Rows, levels: Levels, needed: Flags) -> None:
        self.moment, self.rows, self.levels, self.needed = moment, rows, levels, needed
        self.options = [int(m) for m in np.flatnonzero(needed.any(axis=1))]
        self.fine = {m: moment.open_levels(m, rows, levels) for m in self.options}
        self.worth = {m: np.zeros((len(moment.model.parties(m)), len(self.fine[m]), len(rows))) for m in self.options}

    def goal(self) -> Floats:
        """Weights (slot, unit) to which each option that replies goes; 0 for the others."""
        seats = [(m, *seat) for m in self.options for seat in self._seats(m)]
        for view in sorted({view for _, view, _, _ in seats}):
            self._value(view, [(m, places, actors) for m, at, places, actors in seats if at == view])
        goal = np.zeros((len(self.moment.model.slot_option), len(self.rows)))
        for m in self.options:
            goal[self.moment.model.slots(m)] = self._weights(m)
        return goal

    def _weights(self, m: int) -> Floats:
        """To which weights (level, unit) does one option go?"""
        model, tables = self.moment.model, self.moment.model.tables
        now, parties = self.levels[m], model.parties(m)
        actors = tables.party_actor[parties.start : parties.stop]
        moving = np.arange(len(self.fine[m]))[:, None] != now
        switch = model.switch[parties.start : parties.stop, None][:, :, self.rows] * moving
        steady = model.steadiness[actors][:, None, self.rows]
        at_rest = np.take_along_axis(self.worth[m], now[None, None, :], axis=1)
        odds = steady * (self.worth[m] - at_rest - switch)
        if len(parties) == 1:
            return choice_weights(odds[0], self.fine[m])
        return consent_weights(odds, self.fine[m], now, int(tables.option_leave[m]))

    def _seats(self, m: int) -> Iterator[tuple[int, Rows, tuple[int, ...]]]:
        """Views of an option's parties, with the parties' positions and actors."""
        tables, parties = self.moment.model.tables, self.moment.model.parties(m)
        actors = tables.party_actor[parties.start : parties.stop]
        views = tables.actor_view[actors]
        for view in np.unique(views):
            seats = np.flatnonzero(views == view)
            yield int(view), seats, tuple(int(a) for a in actors[seats])

    def _value(self, view: int, seats: list[tuple[int, Rows, tuple[int, ...]]]) -> None:
        """Value the replies of options in the eyes of their parties of one view."""
        moment, model = self.moment, self.moment.model
        steps = max(int(model.tables.actor_foresight[a]) for _, _, actors in seats for a in actors)
        weights = moment.seen(view, self.rows, self.levels)
        base = Base(model, moment.origin, moment.columns(view, self.rows), weights, steps)
        base.values([])
        for m, places, actors in seats:
            level, unit = np.nonzero(self._asked(m, view))
            if len(unit):
                change = changes(moment, base, (m,), actors, unit, level[None])
                self.worth[m][places[:, None], level, unit] = change

    def _asked(self, m: int, view: int) -> Flags:
        """Levels (level, unit) to value: the open ones, the current one only if the view does not see it."""
        asked = self.needed[m] & self.fine[m]
        if not self.moment.hidden(view, m):
            asked &= np.arange(len(asked))[:, None] != self.levels[m]
        return np.asarray(asked)
