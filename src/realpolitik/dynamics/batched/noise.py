"""The disturbances of levels: eta(t+1) = rho eta + sqrt(1 - rho^2) sigma xi."""

from __future__ import annotations

import numpy as np

from realpolitik.dynamics import chance
from realpolitik.dynamics.batched.layout import Floats, Layout
from realpolitik.dynamics.tables import Draws, Tables


class Noise:
    """Which levels are disturbed in some draw, and how much."""

    def __init__(self, tables: Tables, draws: Draws, layout: Layout, seed: int) -> None:
        factor = np.argsort(layout.factor)[layout.levels]
        self.rows = np.flatnonzero((draws.sigma[:, factor] != 0.0).any(axis=0))
        chosen = factor[self.rows]
        self.draws, self.seed, self.keys = draws, seed, tables.key_factor[chosen][:, None]
        self.rho: Floats = draws.rho.T[chosen]
        self.size: Floats = np.sqrt(1.0 - self.rho**2) * draws.sigma.T[chosen]

    def next(self, eta: Floats, t: int) -> Floats:
        """Disturbances (level, draw) of period t from those of the period before."""
        after = np.zeros(eta.shape)
        if len(self.rows):
            xi = chance.normals(self.draws.index, self.draws.replica, self.keys, t, self.seed)
            moved = self.rho * eta[self.rows] + self.size * xi
            after[self.rows] = np.where(self.size == 0.0, 0.0, moved)
        return after
