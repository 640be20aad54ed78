"""Shares of draws: infeasible cells count for nothing, and moves may depend on the draw."""

from __future__ import annotations

import numpy as np

from realpolitik.games.consent import ConsentMoves, Proposals
from realpolitik.games.frequencies import equilibrium_frequencies
from realpolitik.games.moves import Arcs, Grid


def grid_with_hole(rng: np.random.Generator) -> tuple[Grid, np.ndarray]:
    feasible = rng.random(12) < 0.7
    feasible[0] = True
    return Grid((3, 4), [np.ones((3, 3), dtype=bool), np.ones((4, 4), dtype=bool)], feasible), feasible


def arcs_of(feasible: np.ndarray) -> tuple[Arcs, np.ndarray]:
    """The same conflict with the infeasible cells left out altogether."""
    kept = np.flatnonzero(feasible)
    place = {int(c): n for n, c in enumerate(kept)}
    moves = [[[place[t] for t in line(axis, int(c)) if t in place and t != c] for c in kept] for axis in (0, 1)]
    return Arcs.from_lists(moves, transitive=True), kept


def line(axis: int, cell: int) -> list[int]:
    row, column = divmod(cell, 4)
    return [r * 4 + column for r in range(3)] if axis == 0 else [row * 4 + c for c in range(4)]


def test_infeasible_cells_attract_nobody_and_are_no_equilibria():
    rng = np.random.default_rng(5)
    for _ in range(40):
        grid, feasible = grid_with_hole(rng)
        payoffs = rng.integers(0, 5, (6, 2, 12)).astype(float)
        payoffs[:, :, ~feasible] = 99.0
        arcs, kept = arcs_of(feasible)
        whole = equilibrium_frequencies(payoffs, grid, resolution=0)
        small = equilibrium_frequencies(payoffs[:, :, kept], arcs, resolution=0)
        np.testing.assert_allclose(whole.shares[:, kept], small.shares)
        np.testing.assert_allclose(whole.stable[:, :, kept], small.stable)
        assert (whole.shares[:, ~feasible] == 0).all()


def test_agreements_come_about_where_the_other_prefers_them():
    swap = np.array([[0, 1], [1, 0]])
    moves = ConsentMoves(2, (swap[:0], swap[:0]), ((Proposals(swap, (1,), 1),), ()))
    wanted_by_both = np.array([[[0.0, 1.0], [0.0, 1.0]]])
    wanted_by_one = np.array([[[0.0, 1.0], [1.0, 0.0]]])
    assert equilibrium_frequencies(wanted_by_both, moves.arcs, concepts=("R",)).shares.tolist() == [[0.0, 1.0]]
    assert equilibrium_frequencies(wanted_by_one, moves.arcs, concepts=("R",)).shares.tolist() == [[1.0, 1.0]]


def test_a_majority_may_be_enough():
    swap = np.array([[0, 1]])
    ranks = np.array([[0, 1], [0, 1], [1, 0]])
    assert Proposals(swap, (1, 2), 1).accepted(ranks).tolist() == [True]
    assert Proposals(swap, (1, 2), 2).accepted(ranks).tolist() == [False]
