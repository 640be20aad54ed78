"""The state in which the decisions of one period are taken, as each view sees it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from realpolitik.dynamics.batched.layout import Floats, Rows
from realpolitik.dynamics.batched.model import Model
from realpolitik.dynamics.batched.path import Origin
from realpolitik.dynamics.batched.terms import evaluate, fill_leaves

Levels = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Moment:
    """Period t after commitments; what does not change while it is decided."""

    model: Model
    origin: Origin
    levels: Levels  # (K, N) true levels
    weights: Floats  # (S, V N) as seen
    held: Flags  # (K,) options held by the plan
    held_public: Flags  # (K,)
    kept: Flags  # (K, N) an option of one party under a promise
    consent: Flags  # (C, N) promises of joint options that bind now
    triggered: Flags  # (C, N) the promise's trigger holds now

    @property
    def period(self) -> int:
        """t."""
        return self.origin.period

    def hidden(self, view: int, option: int) -> bool:
        """Is an option hidden from a view?"""
        return bool(self.model.tables.view_hidden_option[view, option])

    def columns(self, view: int, rows: Rows) -> Rows:
        """The columns of some draws in a view."""
        return view * self.model.size + rows

    def seen(self, view: int, rows: Rows, levels: Levels, exact: Flags | None = None) -> Floats:
        """Weights (slot, row) in a view if options stand at `levels` (option, row).

        Hidden options are as the view sees them, but where `exact` (option, row) says that they are known.
        """
        slot_option = self.model.slot_option
        weights = (levels[slot_option] == self.model.slot_level[:, None]).astype(np.float64)
        slots = np.flatnonzero(self.model.tables.view_hidden_option[view][slot_option])
        if len(slots):
            as_seen = self.weights[np.ix_(slots, self.columns(view, rows))]
            known = np.zeros(as_seen.shape, dtype=bool) if exact is None else exact[slot_option[slots]]
            weights[slots] = np.where(known, weights[slots], as_seen)
        return np.asarray(weights)

    def put(self, weights: Floats, option: int, level: int | Levels) -> None:
        """Set an option to a level (or one level a column) in weights (slot, column)."""
        slots = self.model.slots(option)
        weights[slots] = self.model.slot_level[slots, None] == level

    def trigger_values(self, columns: Rows, weights: Floats, nodes: Rows) -> Floats:
        """Exact values (node, column) of triggers if options had these weights."""
        model = self.model
        layout = model.world.layout
        registers = model.scratch.array("exact", layout.size, len(columns))
        registers[: layout.stocks.stop] = np.take(self.origin.seen, columns, axis=1)
        fill_leaves(layout, registers, np.take(model.params, columns % model.size, axis=1))
        model.put_weights(layout, registers, weights)
        evaluate(layout, registers, model.scratch, exact=True)
        return np.take(registers, layout.node[nodes], axis=0)

    def open_levels(self, option: int, rows: Rows, levels: Levels) -> Flags:
        """Levels (level, row) to which an option can go as its (first) owner sees it, the current one included."""
        model, tables = self.model, self.model.tables
        slots, now = model.slots(option), levels[option]
        level = model.slot_level[slots, None]
        fine = (level >= now) if tables.option_irreversible[option] else np.ones((len(level), len(rows)), dtype=bool)
        needs = tables.slot_requires[slots]
        if (needs >= 0).any():
            view = int(tables.actor_view[tables.party_actor[tables.party_start[option]]])
            nodes = needs[needs >= 0].astype(np.intp)
            columns = self.columns(view, rows)
            fine[needs >= 0] &= self.trigger_values(columns, self.seen(view, rows, levels), nodes) >= 0.5
        return np.asarray(fine | (level == now))
