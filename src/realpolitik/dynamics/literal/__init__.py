"""The literal kernel: the formal core as plain Python, one draw at a time. It *is* the definition.

Read in this order: `inputs` (one draw's numbers), `terms` (what a term is worth), `state` (how factors move),
`moment` (what a decision starts from), `path` (look-ahead at depth 0), `replies` (depth 1), `choice` (reviews), `world`
(the periods). The formulas are explained in docs/explanation/formal-core.md; where they left room,
docs/decisions/0002-formal-core-made-exact.md says what was decided.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.dynamics.literal.inputs import model_of
from realpolitik.dynamics.literal.world import Record, World
from realpolitik.dynamics.tables import Draws, Paths, Plan, Tables

__all__ = ["simulate"]


def simulate(tables: Tables, draws: Draws, plan: Plan, *, seed: int, depth: int) -> Paths:
    """What happens in every draw of a block, at look-ahead depth 0 or 1?

    Raises:
        ValueError: for another depth.
    """
    if depth not in (0, 1):
        raise ValueError(f"depth is {depth}; the kernel looks ahead at depth 0 or 1")
    runs = [_run(tables, draws, plan, row, seed, depth) for row in range(len(draws.index))]
    actors, factors, options = len(tables.actors), len(tables.factors), len(tables.options)
    return Paths(
        factors=_column(runs, tables.periods, "factors", np.float64, factors),
        levels=_column(runs, tables.periods, "levels", np.int8, options),
        utility=_column(runs, tables.periods, "utility", np.float64, actors),
        fired=_column(runs, tables.periods, "fired", np.bool_, len(tables.shocks)),
        honoured=_column(runs, tables.periods, "honoured", np.int8, len(tables.promises)),
        formed=_column(runs, tables.periods, "formed", np.bool_, len(tables.exchanges)),
        margin=_column(runs, tables.periods, "margin", np.float64, 1)[..., 0],
    )


def _column(runs: list[list[Record]], periods: int, name: str, kind: type[Any], width: int) -> NDArray[Any]:
    """One field of every record: (draw, period, entry)."""
    values = [[np.atleast_1d(getattr(record, name)) for record in run] for run in runs]
    return np.array(values, dtype=kind).reshape(len(runs), periods + 1, width)


def _run(tables: Tables, draws: Draws, plan: Plan, row: int, seed: int, depth: int) -> list[Record]:
    replay = None if plan.replay is None else plan.replay[row].tolist()
    return World(model_of(tables, draws, row, seed), plan, depth, replay).run()
