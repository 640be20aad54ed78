"""The ensemble of a changed situation: same draws, same chance, with inputs moved, options forced, readings picked.

Only the columns of a moved input are filled anew; the rest of the draws is the base's. Every analysis takes the result
as it takes any ensemble, so a number while dragging means what the same number means in a report.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.inputs import Fill, Values
from realpolitik.compiled.model import Model, keep_combinations
from realpolitik.compiled.sampling import Sampler
from realpolitik.compiled.thinned import thinned
from realpolitik.dynamics.engine import Floating, RunCancelledError, simulate
from realpolitik.dynamics.tables import Draws, Hold, Paths, Plan
from realpolitik.language.quantity import Quantity


@dataclass(frozen=True)
class State:
    """`holds`: what is forced; `moved`: (input, value in its own unit); `readings`: (group, reading) that are true."""

    holds: tuple[Hold, ...] = ()
    moved: tuple[tuple[str, float], ...] = ()
    readings: tuple[tuple[str, str], ...] = ()

    @property
    def is_base(self) -> bool:
        """True where nothing is changed."""
        return not (self.holds or self.moved or self.readings)


BASE = State()
"""The situation as it is written."""

Wanted = tuple[tuple[Hold, ...], tuple[Hold, ...] | None]
"""A run: what is held, and what the replayed run held (None: nothing is replayed)."""

GRID = np.linspace(-1.7, 1.7, 681)


@dataclass(eq=False)
class WhatIf(Ensemble):
    """An ensemble at a `state`. `thin`: each draw under one combination of hypotheses, in proportion to its chance.

    `floating`: "float32" is twice as fast and parts from "float64" where a decision is close.
    """

    state: State = BASE
    base: Draws | None = None
    thin: bool = False
    floating: Floating = "float64"
    cancel: threading.Event = field(default_factory=threading.Event)

    @property
    def draws(self) -> Draws:
        """The draws of every run: the base's, with what is moved moved and only the readings picked."""
        if "draws" not in self.known:
            settings = self.settings
            made = self.base or self.model.draws(0, settings.draws, seed=settings.seed)
            made = moved(self.model, made, settings.seed, dict(self.state.moved))
            chosen = combinations(self.model, self.state.readings)
            if len(chosen) < len(self.model.combos):
                made = keep_combinations(made, chosen)
            self.known["draws"] = thinned(made) if self.thin else made
        return self.known["draws"]

    def run(
        self, holds: tuple[Hold, ...] = (), *, replay: tuple[Hold, ...] | None = None, review: bool = True
    ) -> Paths:
        """The paths with `holds` held on top of what the state forces; other holds of the same thing give way."""
        key = repr((holds, replay, review))
        if key not in self.runs:
            self.runs[key] = self._simulated(holds, replay, review)
        return self.runs[key]

    def _simulated(self, holds: tuple[Hold, ...], replay: tuple[Hold, ...] | None, review: bool) -> Paths:
        if self.cancel.is_set():
            raise RunCancelledError("The run was stopped before it ended.")
        levels = None if replay is None else self.run(replay).levels
        plan = Plan(holds=self.forced(holds), replay=levels, review=review)
        settings = self.settings
        return simulate(
            self.model.tables, self.draws, plan, seed=settings.seed, depth=settings.depth, kernel=settings.kernel,
            floating=self.floating, threads=settings.threads, cancel=self.cancel.is_set,
        )  # fmt: skip

    def forced(self, holds: tuple[Hold, ...]) -> tuple[Hold, ...]:
        """`holds` and, of what the state forces, whatever they leave alone."""
        taken = {(hold.held, hold.index) for hold in holds}
        return (*(hold for hold in self.state.holds if (hold.held, hold.index) not in taken), *holds)

    def prepare(self, wanted: Iterable[Wanted], workers: int = 2) -> None:
        """Make several runs at once; those that replay another come after it."""
        runs = list(dict.fromkeys(wanted))
        first = list(dict.fromkeys([*((holds, None) for holds, replay in runs if replay is None),
                                    *((replay, None) for _, replay in runs if replay is not None)]))  # fmt: skip
        _ = self.draws
        with ThreadPoolExecutor(workers) as pool:
            for batch in (first, [item for item in runs if item[1] is not None]):
                list(pool.map(lambda item: self.run(item[0], replay=item[1]), batch))


def combinations(model: Model, readings: Iterable[tuple[str, str]]) -> list[int]:
    """The combinations of hypotheses in which all of `readings` are true."""
    wanted = set(readings)
    return [number for number, combo in enumerate(model.combos) if wanted <= set(combo.names)]


def moved(model: Model, draws: Draws, seed: int, values: Mapping[str, float]) -> Draws:
    """The draws with some inputs at a value of one's own, in every draw; only their columns are filled anew."""
    if not values:
        return draws
    index = draws.index[draws.combination == draws.combination[0]].astype(np.int64)
    scores = {name: np.full(len(index), score_of(model.inputs[name].quantity, value)) for name, value in values.items()}
    sampler = Sampler(seed, index, model.situation.credences, scores)
    arrays: dict[str, Values] = {}
    for name, columns in model.columns.fills.items():
        touched = [number for number, fills in enumerate(columns) if any(_reads(fill, values) for fill in fills)]
        if touched:
            arrays[name] = getattr(draws, name).copy()
        for number in touched:
            _fill(arrays[name], number, columns[number], sampler, draws)
    return Draws(**{**{name: getattr(draws, name) for name in vars(draws)}, **arrays})


def _reads(fill: Fill, names: Mapping[str, float]) -> bool:
    return fill.input is not None and fill.input.name in names


def _fill(array: Values, number: int, fills: list[Fill], sampler: Sampler, draws: Draws) -> None:
    """One column anew: rows are ordered by combination, then draw."""
    for fill in fills:
        if fill.input is None or fill.input.name not in sampler.moved:
            continue
        values = fill.transform(sampler.value(fill.input))
        there = (
            sampler.exists_by(fill.input.name, fill.credence) if fill.credence is not None
            else sampler.exists(fill.claims)
        )  # fmt: skip
        for combo in np.flatnonzero(fill.mask):
            array[draws.combination == combo, number] = values * there


def score_of(quantity: Quantity, value: float) -> float:
    """The standard-normal score at which a quantity has a value (within its 5th to 95th percentile).

    >>> from realpolitik.language.quantity import interval
    >>> size = interval(0.2, 0.6, "level")
    >>> bool(abs(size.at(score_of(size, 0.3)) - 0.3) < 1e-3)
    True
    """
    known = np.asarray(quantity.at(GRID), dtype=np.float64)
    order = np.argsort(known, kind="stable")
    return float(np.interp(value, known[order], GRID[order]))
