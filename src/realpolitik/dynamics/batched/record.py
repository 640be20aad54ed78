"""What is kept of a run: its paths, and the noise that moves it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from realpolitik.dynamics.batched.layout import Floats
from realpolitik.dynamics.batched.model import Model
from realpolitik.dynamics.batched.moment import Flags, Levels
from realpolitik.dynamics.tables import Paths


class Record:
    """Paths while they are written, period by period."""

    def __init__(self, model: Model) -> None:
        tables = model.tables
        lead = (model.size, tables.periods + 1)
        self.factors: Floats = np.zeros((*lead, len(tables.factor_kind)))
        self.levels: NDArray[np.int8] = np.zeros((*lead, len(tables.option_now)), dtype=np.int8)
        self.utility: Floats = np.zeros((*lead, len(tables.actor_view)))
        self.fired: Flags = np.zeros((*lead, len(tables.shock_on)), dtype=bool)
        self.honoured: NDArray[np.int8] = np.zeros((*lead, len(tables.promise_option)), dtype=np.int8)
        self.formed: Flags = np.zeros((*lead, len(tables.exchange_review)), dtype=bool)
        self.margin: Floats = np.zeros(lead)

    def put(
        self,
        t: int,
        factors: Floats,
        levels: Levels,
        utility: list[Floats],
        events: tuple[Flags, NDArray[np.int8], Flags],
        margin: Floats,
    ) -> None:
        """Keep one period (draws last); `events` are shocks fired, promises honoured, exchanges formed."""
        self.factors[:, t] = factors.T
        self.levels[:, t] = levels.T
        for actor, column in enumerate(utility):
            self.utility[:, t, actor] = column
        self.fired[:, t], self.honoured[:, t], self.formed[:, t] = (event.T for event in events)
        self.margin[:, t] = margin

    def paths(self) -> Paths:
        """The finished record."""
        return Paths(self.factors, self.levels, self.utility, self.fired, self.honoured, self.formed, self.margin)
