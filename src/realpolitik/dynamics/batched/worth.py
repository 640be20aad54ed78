"""What would each reply be worth to its parties, and where do the weights of the options go?"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from realpolitik.dynamics.batched.batch import Job, run
from realpolitik.dynamics.batched.layout import Floats, Rows
from realpolitik.dynamics.batched.moment import Flags, Levels, Moment
from realpolitik.dynamics.batched.odds import choice_weights, consent_weights


class Worth:
    """Values of replies, by paths of depth 0 from units: draws (`rows`) with options at `levels` (K, unit).

    `needed` (K, unit) says which options may reply. An array of values has axes (party position, level, unit).
    """

    def __init__(self, moment: Moment, rows: Rows, levels: Levels, needed: Flags) -> None:
        self.moment, self.rows, self.levels, self.needed = moment, rows, levels, needed
        model = moment.model
        self.options = [int(m) for m in np.flatnonzero(needed.any(axis=1))]
        self.stay = np.zeros((len(model.tables.actor_view), len(rows)))
        self.fine = {m: moment.open_levels(m, rows, levels) for m in self.options}
        self.worth = {m: np.zeros((len(model.parties(m)), len(self.fine[m]), len(rows))) for m in self.options}

    def goal(self) -> Floats:
        """Weights (slot, unit) to which each option that replies goes; 0 for the others."""
        run(self.moment.model, self.moment.origin, [*self._stay_jobs(), *self._jobs()])
        goal = np.zeros((len(self.moment.model.slot_option), len(self.rows)))
        for m in self.options:
            goal[self.moment.model.slots(m)] = self._weights(m)
        return goal

    def _weights(self, m: int) -> Floats:
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

    def _stay_jobs(self) -> Iterator[Job]:
        """Values of no reply at all, once for all options that a view sees."""
        wanted: dict[int, set[int]] = {}
        for m in self.options:
            for view, _, actors in self._seats(m):
                if not self.moment.hidden(view, m):
                    wanted.setdefault(view, set()).update(actors)
        for view, found in wanted.items():
            units = np.flatnonzero(self.needed.any(axis=0))
            yield self._job(view, units, tuple(sorted(found)), None, self._rest)

    def _rest(self, actors: tuple[int, ...], units: Rows, values: Floats) -> None:
        """Receive values of no reply, for every option whose current level the view sees."""
        tables = self.moment.model.tables
        self.stay[np.asarray(actors)[:, None], units] = values
        for m in self.options:
            for view, seats, own in self._seats(m):
                if view == tables.actor_view[actors[0]] and not self.moment.hidden(view, m):
                    self.worth[m][seats[:, None], self.levels[m, units], units] = self.stay[
                        np.asarray(own)[:, None], units
                    ]

    def _jobs(self) -> Iterator[Job]:
        """Values of every reply: each open level other than the current one (which hidden options need too)."""
        for m in self.options:
            for view, seats, actors in self._seats(m):
                for level in range(len(self.fine[m])):
                    asked = self.needed[m] & self.fine[m][level]
                    if not self.moment.hidden(view, m):
                        asked &= self.levels[m] != level
                    units = np.flatnonzero(asked)
                    if len(units):
                        yield self._reply(m, level, view, seats, actors, units)

    def _reply(self, m: int, level: int, view: int, seats: Rows, actors: tuple[int, ...], units: Rows) -> Job:
        def keep(_: tuple[int, ...], some: Rows, values: Floats) -> None:
            self.worth[m][seats[:, None], level, some] = values

        return self._job(view, units, actors, (m, level), keep)

    def _job(
        self,
        view: int,
        units: Rows,
        actors: tuple[int, ...],
        reply: tuple[int, int] | None,
        keep: Callable[[tuple[int, ...], Rows, Floats], None],
    ) -> Job:
        """Paths of units as a view sees them, with a reply made."""
        moment, rows = self.moment, self.rows[units]

        def weights(part: slice) -> Floats:
            found = moment.seen(view, rows[part], self.levels[:, units[part]])
            if reply is not None:
                moment.put(found, *reply)
            return found

        return Job(moment.columns(view, rows), actors, weights, lambda part, values: keep(actors, units[part], values))
