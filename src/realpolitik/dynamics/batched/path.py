"""What does an actor expect of a future, period by period, if options follow given weights?

A path starts from what a view sees and follows the dynamics without noise; shocks enter by their probability. Many
paths are rolled at once: a column is a draw seen by a view, with one assignment of weights to slots.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from realpolitik.dynamics.batched.flow import Memory, Moved, Rates, advance
from realpolitik.dynamics.batched.layout import Floats, Rows
from realpolitik.dynamics.batched.model import Model
from realpolitik.dynamics.batched.shocks import Expected
from realpolitik.dynamics.batched.terms import evaluate, fill_leaves

CHUNK = 1024
"""Columns rolled at once: their registers stay in the cache."""


@dataclass(frozen=True, eq=False)
class Origin:
    """The state from which paths start: columns are view * N + draw."""

    period: int
    seen: Floats  # (levels and stocks, V N)
    memory: Memory
    shifts: Floats  # (periods from here on, levels, V N), empty without shifts
    spent: NDArray[np.bool_]  # (H, N) shocks of which nothing more is expected
    held: Rows  # factors held in public, by register
    held_value: Floats  # (held, 1)


class Course(Protocol):
    """Weights of slots that change along a path."""

    def __call__(self, step: int, registers: Floats) -> Floats:
        """Weights (slot, column) of a step, given the terms of the step before."""


@dataclass(frozen=True)
class Stake:
    """Whose values are asked of consecutive columns."""

    start: int
    stop: int
    actors: tuple[int, ...]


def values(
    model: Model, origin: Origin, columns: Rows, weights: Floats, stakes: Sequence[Stake], course: Course | None = None
) -> list[Floats]:
    """V_a over each actor's own horizon on the paths of `columns` (one array (actor, column) a stake)."""
    return Roll(model, origin, columns, weights, course).values(stakes)


class Roll:
    """A batch of paths while it is being rolled."""

    def __init__(self, model: Model, origin: Origin, columns: Rows, weights: Floats, course: Course | None) -> None:
        self.model, self.origin, self.course = model, origin, course
        self.draw = columns % model.size
        layout = model.path.layout
        self.registers = model.scratch.array("registers", layout.size, len(columns))
        self.registers[: layout.stocks.stop] = origin.seen.take(columns, axis=1)
        fill_leaves(layout, self.registers, model.params.take(self.draw, axis=1))
        model.put_weights(layout, self.registers, weights)
        self.rates: Rates = model.rates.columns(self.draw)
        self.memory: Memory = origin.memory.columns(columns)
        self.shifts = origin.shifts.take(columns, axis=2) if len(origin.shifts) else None
        self.expected = Expected.of(model, origin.period, origin.spent, columns)
        evaluate(layout, self.registers, model.scratch, exact=False)

    def values(self, stakes: Sequence[Stake]) -> list[Floats]:
        """V_a of every stake."""
        tables = self.model.tables
        horizons = [max(int(tables.actor_foresight[a]) for a in stake.actors) for stake in stakes]
        totals = [np.zeros((len(stake.actors), stake.stop - stake.start)) for stake in stakes]
        weights = [
            [np.take(self.model.path.utilities[a].weights, self.draw[s.start : s.stop], axis=1) for a in s.actors]
            for s in stakes
        ]
        for step in range(1, max(horizons, default=0) + 1):
            self.step(step)
            for stake, total, own in zip(stakes, totals, weights, strict=True):
                self._collect(step, stake, total, own)
        return totals

    def step(self, step: int) -> None:
        """Bring the registers to period t + step."""
        model, layout, structure = self.model, self.model.path.layout, self.model.path.structure
        push = None if self.shifts is None else self.shifts[step - 1]
        growth: dict[int, Floats] = {}
        if self.expected is not None:
            push = self.expected.push(step - 1, push)
            growth = self.expected.growth(step, self.registers)
        weights = None if self.course is None else self.course(step, self.registers)
        moved = advance(structure, self.rates, self.memory, self.registers, model.scratch, push)
        self.registers[: len(moved.after)] = moved.after
        if growth and self.expected is not None:
            self.expected.set_levels(growth, self.registers)
        if len(self.origin.held):
            self.registers[self.origin.held] = self.origin.held_value
        if weights is not None:
            model.put_weights(layout, self.registers, weights)
        evaluate(layout, self.registers, model.scratch, exact=False)
        drives: dict[int, Floats] = {}
        if growth and self.expected is not None:
            drives = self.expected.set_anchors(growth, self)
        self.keep(step, moved, growth, drives)

    def keep(self, step: int, moved: Moved, growth: dict[int, Floats], drives: dict[int, Floats]) -> None:
        """Take note of how a step came about; a plain roll does not."""

    def _collect(self, step: int, stake: Stake, total: Floats, weights: list[Floats]) -> None:
        """Add the step's discounted utilities of a stake."""
        tables = self.model.tables
        for place, actor in enumerate(stake.actors):
            last, b = int(tables.actor_foresight[actor]), float(tables.actor_discount[actor])
            if step <= last:
                share = b ** (last - 1) if step == last else (1.0 - b) * b ** (step - 1)
                total[place] += share * self._utility(stake, actor, weights[place])

    def _utility(self, stake: Stake, actor: int, weights: Floats) -> Floats:
        """U_a of a stake's columns in the present step."""
        rows = self.model.path.utilities[actor].registers
        items = self.registers[rows, stake.start : stake.stop]
        items *= weights
        return added(items)


def added(items: Floats) -> Floats:
    """The sum of rows, always in their order."""
    total = np.zeros(items.shape[1])
    for row in items:
        total += row
    return total
