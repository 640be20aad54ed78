"""The NumPy kernel: a block of draws at once, rows of registers by columns of draws.

It means what the literal kernel means (`realpolitik.dynamics.literal`) and is held against it. Read in this order:
`layout` (where values stand), `terms`, `flow` (how factors move), `path` (look-ahead), `lookahead` and `replies` (what
moves are worth), `choice`, `review` (who decides when), `world` (the periods).
"""

from __future__ import annotations

import numpy as np

from realpolitik.dynamics.batched.model import model_of
from realpolitik.dynamics.batched.world import World
from realpolitik.dynamics.tables import Draws, Paths, Plan, Tables

__all__ = ["simulate"]


def simulate(tables: Tables, draws: Draws, plan: Plan, *, seed: int, depth: int) -> Paths:
    """What happens in every draw of a block, at look-ahead depth 0 or 1?

    Raises ValueError for another depth.
    """
    if depth not in (0, 1):
        raise ValueError(f"depth is {depth}; the kernel looks ahead at depth 0 or 1.")
    with np.errstate(over="ignore"):
        return World(model_of(tables, draws, plan, seed, depth)).run()
