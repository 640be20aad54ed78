"""What does each view see: the truth, or what it believes of what is hidden from it?"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from realpolitik.dynamics.batched.layout import Floats
from realpolitik.dynamics.batched.model import Model, clip_start
from realpolitik.dynamics.tables import Kind


class Sight:
    """Beliefs of the views; columns are view * N + draw."""

    def __init__(self, model: Model) -> None:
        self.model = model
        tables = model.tables
        factor_as, option_as = tables.factor_seen_as, tables.option_seen_as
        shown = {int(i) for i in (*factor_as, *option_as) if i >= 0}
        derived = any(tables.factor_kind[i] == Kind.DERIVED for i in shown)
        self.looks = 2 if model.views > 1 and derived else 1
        self.start: Floats | None = None

    def remember(self, registers: Floats) -> None:
        """Take the true levels of the factual start, from which what is shown is counted."""
        self.start = registers[: len(self.model.world.layout.factor), : self.model.size].copy()

    def hidden_register(self, register: int) -> NDArray[np.bool_]:
        """From which views is a factor (by register) hidden (view)?"""
        factor = int(np.flatnonzero(self.model.world.layout.factor == register)[0])
        return np.asarray(self.model.tables.view_hidden_factor[:, factor].astype(bool))

    def see(self, registers: Floats, weights: Floats, factors: dict[int, float], options: dict[int, float]) -> None:
        """Put beliefs in place of hidden levels in registers, and of hidden options in weights (slot, column).

        What is publicly held is seen at its hold.
        """
        tables, size = self.model.tables, self.model.size
        for view in range(1, self.model.views):
            columns = slice(view * size, (view + 1) * size)
            for i in np.flatnonzero(tables.view_hidden_factor[view]):
                if tables.factor_kind[i] != Kind.DERIVED:
                    self._factor(int(i), registers, columns, factors)
            for k in np.flatnonzero(tables.view_hidden_option[view]):
                self._option(int(k), registers, weights[:, columns], options)

    def _factor(self, i: int, registers: Floats, columns: slice, held: dict[int, float]) -> None:
        tables, layout = self.model.tables, self.model.world.layout
        row = int(layout.factor[i])
        central = float(clip_start(layout, layout.factor[[i]], tables.factor_central[[i]])[0])
        shown = self._shown(central, int(tables.factor_seen_as[i]), registers)
        registers[row, columns] = held.get(i, shown)

    def _option(self, k: int, registers: Floats, weights: Floats, held: dict[int, float]) -> None:
        tables, model = self.model.tables, self.model
        slots = model.slots(k)
        top = slots.stop - slots.start - 1
        if k in held:
            weights[slots] = model.slot_level[slots, None] == int(held[k])
            return
        share = self._shown(float(tables.option_now[k]) / max(1, top), int(tables.option_seen_as[k]), registers)
        place = share * top
        weights[slots] = np.maximum(0.0, 1.0 - np.abs(model.slot_level[slots, None] - place))

    def _shown(self, central: float, seen_as: int, registers: Floats) -> Floats:
        """clip(c + x_F - x_F(0), c, 1) by draw."""
        size = self.model.size
        if seen_as < 0 or self.start is None:
            return np.full(size, central)
        row = int(self.model.world.layout.factor[seen_as])
        return np.asarray(np.clip(central + registers[row, :size] - self.start[row], central, 1.0))
