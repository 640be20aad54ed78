"""Commitments in the world: triggers crossed, lotteries, what is kept; and triggers that bring reviews forward."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from realpolitik.dynamics import chance
from realpolitik.dynamics.batched.layout import Floats
from realpolitik.dynamics.batched.model import Model
from realpolitik.dynamics.batched.moment import Flags, Levels


class Promises:
    """Which triggers held in the last period, and until when promises are kept."""

    def __init__(self, model: Model) -> None:
        tables = model.tables
        self.model = model
        self.until: Levels = np.full((len(tables.promise_option), model.size), -1)
        self.held: Flags = np.zeros(self.until.shape, dtype=bool)
        self.on: Flags = np.zeros((len(tables.option_now), model.size), dtype=bool)
        self.alone: NDArray[np.bool_] = np.diff(tables.party_start)[tables.promise_option] == 1

    def remember(self, registers: Floats) -> None:
        """Note which triggers hold now, in the eyes of whom they bind."""
        tables = self.model.tables
        for c, node in enumerate(tables.promise_node):
            self.held[c] = self._holds(registers, int(node), int(tables.promise_actor[tables.promise_actor_start[c]]))
        for k in np.flatnonzero(tables.option_on >= 0):
            actor = int(tables.party_actor[tables.party_start[k]])
            self.on[k] = self._holds(registers, int(tables.option_on[k]), actor)

    def _holds(self, registers: Floats, node: int, actor: int) -> Flags:
        model = self.model
        start = int(model.tables.actor_view[actor]) * model.size
        return np.asarray(registers[model.world.layout.node[node], start : start + model.size] >= 0.5)

    def crossings(self, registers: Floats) -> tuple[Flags, Flags]:
        """Which triggers of promises, and of reviews, hold now and did not before?"""
        held, on = self.held.copy(), self.on.copy()
        self.remember(registers)
        return self.held & ~held, self.on & ~on

    def commit(self, t: int, crossed: Flags, levels: Levels, held: dict[int, float]) -> NDArray[np.int8]:
        """Draw the lotteries of promises that fall due (1 honoured, -1 not), and keep those of one party."""
        model, tables, draws = self.model, self.model.tables, self.model.draws
        honoured = np.zeros(crossed.shape, dtype=np.int8)
        for c in np.flatnonzero(crossed.any(axis=1)):
            u = chance.uniforms(draws.index, draws.replica, tables.key_promise[c], t, model.seed)
            kept = crossed[c] & (u < model.likelihood[c])
            honoured[c] = np.where(kept, 1, np.where(crossed[c], -1, 0))
            self.until[c] = np.where(kept, t + int(tables.promise_periods[c]), self.until[c])
            option, level = int(tables.promise_option[c]), int(tables.promise_level[c])
            if self.alone[c] and option not in held:
                barred = tables.option_irreversible[option] & (level < levels[option])
                levels[option] = np.where(kept & (barred == 0), level, levels[option])
        return honoured

    def running(self, t: int) -> tuple[Flags, Flags]:
        """Options of one party kept where they are (option, draw); joint promises that bind (promise, draw)."""
        running = self.until > t
        kept = np.zeros(self.on.shape, dtype=bool)
        for c in np.flatnonzero(self.alone):
            kept[self.model.tables.promise_option[c]] |= running[c]
        return kept, running & ~self.alone[:, None]

    def calls(self, honoured: NDArray[np.int8]) -> Flags:
        """Joint options (option, draw) whose promise has just been honoured."""
        called = np.zeros(self.on.shape, dtype=bool)
        for c in np.flatnonzero(~self.alone):
            called[self.model.tables.promise_option[c]] |= honoured[c] > 0
        return called
