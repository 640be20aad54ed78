"""Which draws are cases of something, in the space of the inputs most related to it; and the same by chance alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.boxes import Bools, Cloud, chosen, parting, peeled, settled
from realpolitik.compiled.drawn import Column, Drawn, Reals
from realpolitik.compiled.givendata import GivenData

INPUTS = 8
DEALS = 20


@dataclass(frozen=True, eq=False)
class Field:
    """The draws with weight: all columns, `cases` (row,) and `weights` (row,)."""

    drawn: Drawn
    cases: Bools
    weights: Reals

    @cached_property
    def _kept(self) -> Bools:
        return self.weights > 0

    @cached_property
    def _numbers(self) -> Reals:
        return np.stack([column.values for column in self.drawn.columns], axis=1)

    def related(self, order: NDArray[np.intp]) -> list[int]:
        """The columns most related to the cases when draw n has the inputs of draw `order[n]` (draw,)."""
        folded, weights = self.drawn.folded(self.cases.astype(np.float64), self.weights)
        kept = weights > 0
        data = GivenData(self._numbers[order][kept], folded[kept], weights[kept] / weights.sum())
        return [int(number) for number in np.argsort(-data.shares, kind="stable")[:INPUTS]]

    def cloud(self, order: NDArray[np.intp], which: list[int], rows: NDArray[np.intp] | None = None) -> Cloud:
        """The cases in the space of some columns and of all readings, inputs dealt to draws by `order`.

        `rows` (row,): from which row each takes its readings.
        """
        inputs = self._numbers[order][:, which][self.drawn.draw]
        readings = [column.values if rows is None else column.values[rows] for column in self.drawn.readings]
        table = np.column_stack([inputs, *readings])[self._kept]
        named = (*(False for _ in which), *(True for _ in readings))
        return Cloud(table, self.cases[self._kept], self.weights[self._kept], named, self.drawn.draw[self._kept])

    @cached_property
    def as_drawn(self) -> NDArray[np.intp]:
        """The order in which every draw has its own inputs."""
        return np.arange(int(self.drawn.draw.max()) + 1)

    @cached_property
    def which(self) -> list[int]:
        """The columns looked at."""
        return self.related(self.as_drawn)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the cloud."""
        return (*(self.drawn.columns[i] for i in self.which), *self.drawn.readings)

    def by_chance(self, seed: int) -> Iterator[float]:
        """How well the same search parts cases from others with inputs, and readings within a draw, dealt at random."""
        dealer = np.random.Generator(np.random.Philox(key=[seed, 4]))
        for _ in range(DEALS):
            order = np.asarray(dealer.permutation(self.as_drawn), dtype=np.intp)
            cloud = self.cloud(order, self.related(order), self._dealt(dealer))
            trail = peeled(cloud)
            yield parting(settled(cloud, trail[chosen(cloud, trail)]), cloud.density)

    def _dealt(self, dealer: np.random.Generator) -> NDArray[np.intp]:
        """Rows shuffled within each draw (row,)."""
        there = np.argsort(self.drawn.draw, kind="stable")
        shuffled = np.lexsort((dealer.random(len(there)), self.drawn.draw))
        rows = np.empty(len(there), dtype=np.intp)
        rows[there] = shuffled
        return rows
