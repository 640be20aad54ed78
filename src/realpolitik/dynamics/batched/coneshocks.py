"""How expected shocks enter the paths of a move, where the move changes their chance or what they set."""

from __future__ import annotations

import numpy as np

from realpolitik.dynamics.batched.base import Base
from realpolitik.dynamics.batched.cone import Step
from realpolitik.dynamics.batched.coneplan import Plan
from realpolitik.dynamics.batched.layout import Floats, Rows
from realpolitik.dynamics.batched.model import Model
from realpolitik.dynamics.batched.shocks import Expected
from realpolitik.dynamics.batched.terms import logit
from realpolitik.dynamics.tables import CLIP

Growth = dict[int, tuple[Floats, Floats]]
"""By how much the probability of a shock grows in a step, on the path of the move and on the base."""


class ConeShocks:
    """Shocks on the paths of a move."""

    def __init__(self, model: Model, base: Base, plan: Plan, place: Rows | None) -> None:
        self.model, self.base, self.plan, self.place = model, base, plan, place
        columns = base.columns if place is None else base.columns[place]
        ever = plan.ever
        idle = base.expected is None or not (len(ever.shocks) or len(ever.sets))
        self.expected = None if idle else Expected(model, base.origin.period, base.origin.spent, columns)
        self.places = [int(p) for p in ever.sets]
        self.differs = {int(shock) for shock in ever.shocks}
        self.setting: Growth = {}
        self.settled: Growth = {}
        self.anchors: dict[int, Floats] = {}
        self.shifts: list[tuple[int, int, int, Floats]] = []

    def growth(self, step: int, laid: Step, own: Floats) -> None:
        """Let probabilities grow to a step, given the terms of the step before."""
        self.settled, self.setting = self.setting, {}
        if self.expected is None:
            return
        shocks = {int(self.model.effects.shock[place]) for place in self.places} | self.differs
        for shock in sorted(shocks):
            base = self.base.growth[step - 1].get(shock)
            if base is not None:
                base = base if self.place is None else base[self.place]
                self.setting[shock] = (self._own(shock, step, laid, own, base), base)
        self._shift(step)

    def _own(self, shock: int, step: int, laid: Step, own: Floats, base: Floats) -> Floats:
        """The growth on the path of the move."""
        expected = self.expected
        if expected is None or shock not in self.differs:
            return base
        chance = expected.chance(shock, self.base.origin.period + step, own[laid.triggers[shock]])
        grown = (1.0 - expected.fired[shock]) * (0.0 if chance is None else chance)
        expected.fired[shock] += grown
        return np.asarray(grown)

    def _shift(self, step: int) -> None:
        """Note by how much expected shifts that begin in a step differ."""
        effects = self.model.effects
        for place in np.flatnonzero(~effects.sets):
            shock = int(effects.shock[place])
            if shock in self.differs and shock in self.setting and self.expected is not None:
                own, base = self.setting[shock]
                lasting = int(self.model.tables.shock_lasting[shock])
                end = step + lasting if lasting >= 0 else 1 << 30
                size = (own - base) * self.expected.size[effects.number[place]]
                self.shifts.append((int(effects.register[place]), step, end, size))

    def set_levels(self, registers: Rows, after: Floats) -> None:
        """Draw the levels and stocks that shocks set towards where they set them."""
        for place in self.places:
            shock, register = (int(item[place]) for item in (self.model.effects.shock, self.model.effects.register))
            row = np.flatnonzero(registers == register)
            if shock in self.setting and len(row):
                after[row[0]] += self.setting[shock][0] * (self._value(place) - after[row[0]])

    def _value(self, place: int) -> Floats:
        """Where an effect sets its factor."""
        if self.expected is None:
            raise ValueError("no shock is expected on these paths")
        return np.asarray(self.expected.size[self.model.effects.number[place]])

    def push(self, step: int, levels: Rows, swing: Floats) -> None:
        """Add to the differences of log-odds of `levels`: of anchors set anew in this step or before, and of shifts."""
        if self.expected is None:
            return
        self._settle(step, levels, swing)
        for row, register in enumerate(levels.tolist()):
            if register in self.anchors:
                swing[row] += self.anchors[register]
            for shifted, start, end, size in self.shifts:
                if shifted == register and start <= step < end:
                    swing[row] += size

    def _settle(self, step: int, levels: Rows, swing: Floats) -> None:
        """D A after the sets of a step: A := A + q (L(v) - sum e (y - phi(0)) - A), here and on the base."""
        for place in self.places:
            shock, register = (int(item[place]) for item in (self.model.effects.shock, self.model.effects.register))
            row = np.flatnonzero(levels == register)
            if shock not in self.settled or not len(row):
                continue
            own, base = self.settled[shock]
            there = self.base.drives[step - 1][place]
            gap = logit(self._value(place), CLIP) - (there if self.place is None else there[self.place])
            anchor = self.anchors.get(register, np.zeros(swing.shape[1]))
            self.anchors[register] = anchor + own * (gap - anchor - swing[row[0]]) - base * gap
