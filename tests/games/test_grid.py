"""The grid of configurations says what the arcs of the same conflict say."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings

from realpolitik.games.concepts import CONVENTIONS
from realpolitik.games.moves import LOW, Arcs, Grid
from realpolitik.games.verdicts import verdicts

from .strategies import seeds


def one_way(choices: int, rng: np.random.Generator) -> np.ndarray:
    """Reversible, or a random order of the configurations that one may only climb."""
    if rng.random() < 0.5:
        return np.ones((choices, choices), dtype=bool)
    order = rng.permutation(choices)
    return order[:, None] <= order[None, :]


def arcs_of(grid: Grid, cells: list[tuple[int, ...]], kept: list[int]) -> Arcs:
    place = {cells[c]: s for s, c in enumerate(kept)}
    moves = []
    for i, size in enumerate(grid.shape):
        row = []
        for c in kept:
            cell = cells[c]
            ends = [(*cell[:i], k, *cell[i + 1 :]) for k in range(size) if grid.allowed[i][cell[i], k] and k != cell[i]]
            row.append([place[end] for end in ends if end in place])
        moves.append(row)
    return Arcs.from_lists(moves, transitive=True)


@pytest.mark.parametrize("convention", CONVENTIONS)
@settings(max_examples=120, deadline=None)
@given(seed=seeds)
def test_grid_equals_arcs(convention, seed):
    rng = np.random.default_rng(seed)
    shape = [int(rng.integers(1, 5)) for _ in range(int(rng.integers(2, 5)))]
    n = int(np.prod(shape))
    feasible = rng.random(n) < rng.choice([0.6, 1.0])
    feasible[rng.integers(n)] = True
    grid = Grid(shape, [one_way(m, rng) for m in shape], None if feasible.all() else feasible)
    ranks = np.where(feasible, rng.integers(0, n, (len(shape), n)), LOW).astype(np.int32)
    kept = [int(c) for c in np.flatnonzero(feasible)]
    arcs = arcs_of(grid, list(product(*map(range, shape))), kept)
    expected = verdicts(arcs, np.ascontiguousarray(ranks[:, kept]), convention).flags
    assert (verdicts(grid, ranks, convention).flags[:, :, kept] == expected).all()
