"""Paths on which nothing moves, kept step by step: what the paths of moves are compared with."""

from __future__ import annotations

from collections.abc import Sequence

from realpolitik.dynamics.batched.flow import Moved
from realpolitik.dynamics.batched.layout import Floats, Rows
from realpolitik.dynamics.batched.model import Model
from realpolitik.dynamics.batched.path import Origin, Roll, Stake


class Base(Roll):
    """A batch of paths that keeps its steps (in buffers that the next base overwrites)."""

    def __init__(self, model: Model, origin: Origin, columns: Rows, weights: Floats, steps: int) -> None:
        self.columns, self.steps = columns, steps
        super().__init__(model, origin, columns, weights, None)
        structure, n = model.path.structure, len(columns)
        stocks = structure.stocks.stop - structure.stocks.start

        def kept(name: str, rows: int, count: int) -> Floats:
            return model.scratch.array(f"base {name}", count * rows, n).reshape(count, rows, n)

        self.all_registers = kept("registers", model.path.layout.size, steps + 1)
        self.drive = kept("drive", structure.levels.stop, steps)
        self.strength = kept("strength", len(structure.pull_register), steps)
        self.pull_late = kept("pull_late", len(structure.pull_late), steps)
        self.flow = kept("flow", stocks, steps)
        self.growth: list[dict[int, Floats]] = []
        self.drives: list[dict[int, Floats]] = []
        self.all_registers[0] = self.registers

    def step(self, step: int) -> None:
        """Bring the registers to period t + step, and keep them."""
        self.pull_late[step - 1] = self.memory.pull_late
        super().step(step)
        self.all_registers[step] = self.registers

    def keep(self, step: int, moved: Moved, growth: dict[int, Floats], drives: dict[int, Floats]) -> None:
        """Keep how a step came about."""
        self.drive[step - 1] = moved.drive
        self.strength[step - 1] = moved.strength
        self.flow[step - 1] = moved.flow
        self.growth.append(growth)
        self.drives.append(drives)

    def values(self, stakes: Sequence[Stake]) -> list[Floats]:
        """V_a of every stake; afterwards all steps are kept."""
        found = super().values(stakes)
        horizon = max((int(self.model.tables.actor_foresight[a]) for s in stakes for a in s.actors), default=0)
        for step in range(horizon + 1, self.steps + 1):
            self.step(step)
        return found


def taken(source: Floats, rows: Rows, columns: Rows | None) -> Floats:
    """Some rows and columns of an array (all columns if None)."""
    some = source.take(rows, axis=0)
    return some if columns is None else some.take(columns, axis=1)
