"""How do shocks enter a look-ahead path: by the probability that each has fired by then?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from realpolitik.dynamics.batched.flow import drive
from realpolitik.dynamics.batched.layout import Floats, Rows
from realpolitik.dynamics.batched.terms import logit
from realpolitik.dynamics.tables import CLIP, Held, Hold, Kind, Plan, Tables

if TYPE_CHECKING:
    from realpolitik.dynamics.batched.model import Model
    from realpolitik.dynamics.batched.path import Roll


@dataclass(frozen=True, eq=False)
class Effects:
    """Effects of shocks in file order, only those that do something, with the register of what they reach."""

    number: Rows  # position in the tables
    shock: Rows
    register: Rows
    sets: NDArray[np.bool_]


def effects_of(tables: Tables, factor: Rows) -> Effects:
    """Sets of levels and stocks, and shifts of levels."""
    kind = tables.factor_kind[tables.effect_factor]
    sets = tables.effect_sets.astype(bool)
    number = np.flatnonzero((kind == Kind.LEVEL) | (sets & (kind == Kind.STOCK)))
    return Effects(
        number, tables.effect_shock[number].astype(np.intp), factor[tables.effect_factor[number]], sets[number]
    )


def held_now(plan: Plan, held: Held, t: int, *, public: bool = False) -> dict[int, float]:
    """Which options or factors are held in period t (in public), and at what? The last hold wins."""
    return {
        hold.index: hold.value
        for hold in plan.holds
        if hold.held is held and active(hold, t) and not (public and hold.secret)
    }


def active(hold: Hold, t: int) -> bool:
    """Does a hold last in period t?"""
    return hold.start <= t and (hold.end < 0 or t < hold.end)


def shock_hold(plan: Plan, shock: int, t: int, *, public: bool = False) -> bool | None:
    """Is a shock made to fire in period t (True), kept from firing (False), or left to chance (None)?"""
    found = [
        hold for hold in plan.holds if hold.held is Held.SHOCK and hold.index == shock and not (public and hold.secret)
    ]
    if any(hold.value >= 0.5 and hold.start == t for hold in found):
        return True
    return False if any(hold.value < 0.5 and active(hold, t) for hold in found) else None


class Expected:
    """Probabilities of shocks along a batch of paths, and what they do to it."""

    def __init__(self, model: Model, period: int, spent: NDArray[np.bool_], columns: Rows) -> None:
        self.model, self.period, self.columns = model, period, columns
        self.draw = columns % model.size
        self.open = ~np.take(spent, self.draw, axis=1)
        self.hazard = np.take(model.hazard, self.draw, axis=1)
        self.size = np.take(model.effect_size, self.draw, axis=1)
        self.fired = np.zeros(self.open.shape)
        self.shifts: dict[int, list[tuple[int, Floats]]] = {}

    @classmethod
    def of(cls, model: Model, period: int, spent: NDArray[np.bool_], columns: Rows) -> Expected | None:
        """None where nothing can be expected of any shock."""
        if not len(model.effects.number) or not (model.hazard.any() or model.fires_ahead):
            return None
        return cls(model, period, spent, columns)

    def growth(self, step: int, registers: Floats) -> dict[int, Floats]:
        """By how much each shock's probability grows in a step, given the terms of the step before."""
        tables, t = self.model.tables, self.period + step
        grown = {}
        for shock in range(len(tables.shock_on)):
            node = int(tables.shock_node[shock])
            chance = self.chance(shock, t, registers[self.model.path.layout.node[node]] if node >= 0 else None)
            if chance is not None:
                grown[shock] = (1.0 - self.fired[shock]) * chance
                self.fired[shock] += grown[shock]
        self._shift(step, grown)
        return grown

    def chance(self, shock: int, t: int, condition: Floats | None) -> Floats | None:
        """The chance that a shock fires in period t given its smooth `while`, None if it cannot."""
        tables = self.model.tables
        made = shock_hold(self.model.plan, shock, t, public=True)
        if made:
            return np.asarray(self.open[shock], dtype=np.float64)
        if made is not None or tables.shock_on[shock] not in (-1, t):
            return None
        chance: Floats = self.hazard[shock] * self.open[shock]
        return chance if condition is None else chance * condition

    def _shift(self, step: int, grown: dict[int, Floats]) -> None:
        """Note the expected shifts that begin in a step."""
        effects = self.model.effects
        for place in np.flatnonzero(~effects.sets):
            shock = int(effects.shock[place])
            if shock in grown:
                lasting = int(self.model.tables.shock_lasting[shock])
                end = step + lasting if lasting >= 0 else 1 << 30
                size = grown[shock] * self.size[effects.number[place]]
                self.shifts.setdefault(int(effects.register[place]), []).append((end, size))

    def push(self, step: int, push: Floats | None) -> Floats | None:
        """Add the expected shifts running in a step to those that run for certain (levels, column)."""
        if not self.shifts:
            return push
        total = np.zeros((self.model.path.layout.levels.stop, len(self.columns))) if push is None else push.copy()
        for register, items in self.shifts.items():
            for end, size in items:
                if step < end:
                    total[register] += size
        return total

    def set_levels(self, grown: dict[int, Floats], registers: Floats) -> None:
        """Draw the levels that shocks set towards where they set them."""
        for _, register, share, value in self._sets(grown):
            registers[register] += share * (value - registers[register])

    def set_anchors(self, grown: dict[int, Floats], roll: Roll) -> dict[int, Floats]:
        """Re-anchor the levels that shocks set, with the terms of the step; log-odds before, by place of the effect."""
        structure, drives = self.model.path.structure, {}
        for place, register, share, value in self._sets(grown):
            if register < structure.levels.stop:
                before = drive(structure, roll.rates, roll.memory, roll.registers, register)
                roll.memory.anchor[register] += share * (logit(value, CLIP) - before)
                drives[place] = before
        return drives

    def _sets(self, grown: dict[int, Floats]) -> list[tuple[int, int, Floats, Floats]]:
        """Place, register, growth of the probability and value of every set of a step, in file order."""
        effects = self.model.effects
        return [
            (
                int(place),
                int(effects.register[place]),
                grown[int(effects.shock[place])],
                self.size[effects.number[place]],
            )
            for place in np.flatnonzero(effects.sets)
            if int(effects.shock[place]) in grown
        ]
