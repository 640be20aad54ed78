"""Scale of the stability kernels, beside a dense-matrix engine and pygambit, in one run.

    python benchmarks/games/run.py [states|million|feasible|dense|pure|logit|draws ...]

Checks first that the implementations agree, then prints the best of several warm timings. pygambit is optional.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable

import numpy as np
from dense import stability as dense_stability

from realpolitik.games.classical import equilibria_by_axes, logit_equilibrium, pure_equilibria
from realpolitik.games.frequencies import equilibrium_frequencies, option_grid
from realpolitik.games.moves import LOW, Arcs, Grid, dense_ranks
from realpolitik.games.verdicts import nash, verdicts

FOUR = ("R", "GMR", "SMR", "SEQ")


def best_of(repeats: int, task: Callable[[], object]) -> float:
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    return min(times)


def in_turn(*tasks: tuple[int, Callable[[], object]], rounds: int = 15) -> list[float]:
    """Median processor seconds of one call of each task, timed in turn so that a busy moment meets all of them.

    tasks: how many calls to time together, and the call.
    """
    times: list[list[float]] = [[] for _ in tasks]
    for _ in range(rounds):
        for row, (inner, task) in zip(times, tasks, strict=True):
            start = time.process_time()
            for _ in range(inner):
                task()
            row.append((time.process_time() - start) / inner)
    return [statistics.median(row) for row in times]


def random_ranks(actors: int, states: int, seed: int, levels: int | None = None) -> np.ndarray:
    rng = np.random.default_rng(seed)
    if levels:
        return rng.integers(0, levels, (actors, states)).astype(np.int32)
    return np.stack([rng.permutation(states) for _ in range(actors)]).astype(np.int32)


def arcs_of(grid: Grid) -> Arcs:
    cells = np.arange(grid.n_states).reshape(grid.shape)
    moves = []
    for i in range(grid.n_actors):
        along = np.moveaxis(cells, i, -1).reshape(-1, grid.shape[i])
        row: list[list[int]] = [[] for _ in range(grid.n_states)]
        for group in along.tolist():
            for s in group:
                row[s] = [t for t in group if t != s]
        moves.append(row)
    return Arcs.from_lists(moves, transitive=True)


def states() -> None:
    for choices in ((8,) * 4, (4,) * 6):
        grid = option_grid(choices)
        ranks = random_ranks(len(choices), grid.n_states, 1)
        arcs = arcs_of(grid)
        assert (verdicts(grid, ranks).flags == verdicts(arcs, ranks).flags).all()
        on_grid = best_of(5, lambda g=grid, r=ranks: verdicts(g, r, concepts=FOUR))
        on_arcs = best_of(5, lambda a=arcs, r=ranks: verdicts(a, r, concepts=FOUR))
        print(f"4,096 states, {len(choices)} actors, R GMR SMR SEQ: grid {on_grid:.4f} s, arcs {on_arcs:.4f} s")


def million() -> None:
    grid = option_grid((8,) * 6 + (4,))
    ranks = random_ranks(7, grid.n_states, 2)
    alone = best_of(5, lambda: nash(grid, ranks))
    full = best_of(2, lambda: verdicts(grid, ranks, concepts=FOUR))
    print(f"2^20 states, 7 actors: Nash {alone:.4f} s; R GMR SMR SEQ {full:.2f} s")


def feasible() -> None:
    """2^21 cells of 7 actors with 3 options: infeasible patterns, ties, one-way options."""
    options = np.array(np.unravel_index(np.arange(2**21), (2,) * 21), dtype=np.int8)
    bad = np.zeros(2**21, dtype=bool)
    for pattern in ((0, 4), (7, 13, 19), (2, 9, 16), (1, 11, 20)):
        bad |= options[list(pattern)].all(axis=0)
    rng = np.random.default_rng(3)
    ranks = np.where(bad, LOW, rng.integers(0, 5000, (7, 2**21))).astype(np.int32)
    free = np.ones((8, 8), dtype=bool)
    bits = np.arange(8)
    upward = (bits[:, None] & 4) <= (bits[None, :] & 4)
    grid = Grid((8,) * 7, [upward, free, free, upward, free, free, free], ~bad)
    start = time.perf_counter()
    verdicts(grid, ranks, concepts=FOUR)
    took = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{int((~bad).sum()):,} feasible states, 7 actors, ties, one-way options: {took:.1f} s, peak {peak:.2f} GB")


def dense() -> None:
    """At 4,096 states the matrix engine judges one actor only, ours all four."""
    for choices, actors in (((4,) * 4, 4), ((8,) * 4, 1)):
        grid = option_grid(choices)
        ranks = random_ranks(4, grid.n_states, 4)
        moves = [matrix(grid, i) for i in range(4)]
        start = time.perf_counter()
        found = dense_stability(moves, ranks, range(actors))
        matrices = time.perf_counter() - start
        ours = best_of(5, lambda g=grid, r=ranks: verdicts(g, r, concepts=FOUR))
        flags = verdicts(grid, ranks)
        assert all((found[concept] == flags.of(concept)[:actors]).all() for concept in FOUR)
        ratio = f"{matrices / ours:,.0f}x"
        print(
            f"{grid.n_states} states: BLAS, {actors} of 4 actors {matrices:.2f} s; ours, 4 of 4 {ours:.4f} s; {ratio}"
        )


def matrix(grid: Grid, actor: int) -> np.ndarray:
    cells = np.arange(grid.n_states).reshape(grid.shape)
    along = np.moveaxis(cells, actor, -1).reshape(-1, grid.shape[actor])
    out = np.zeros((grid.n_states, grid.n_states), dtype=np.float32)
    for group in along:
        out[np.ix_(group, group)] = 1
    np.fill_diagonal(out, 0)
    return out


def pure() -> None:
    import pygambit  # noqa: PLC0415

    for choices in ((8,) * 4, (4,) * 6, (8,) * 5, (4,) * 8, (16,) * 4):
        grid = option_grid(choices)
        ranks = random_ranks(len(choices), grid.n_states, 5)
        game = pygambit.Game.from_arrays(*(row.reshape(choices) for row in ranks))
        found = len(pygambit.nash.enumpure_solve(game).equilibria)
        table = ranks.reshape(len(choices), *choices)
        assert found == int(nash(grid, ranks).all(axis=0).sum()) == len(pure_equilibria(table))
        assert pure_equilibria(table).tolist() == equilibria_by_axes(table).tolist()
        theirs, ours, plain = in_turn(
            (5, lambda g=game: pygambit.nash.enumpure_solve(g)),
            (200 if grid.n_states < 5000 else 20, lambda t=table: pure_equilibria(t)),
            (200 if grid.n_states < 5000 else 20, lambda t=table: equilibria_by_axes(t)),
        )
        sizes = f"{len(choices)} players, {grid.n_states:,} profiles"
        print(
            f"pure equilibria, {sizes}: pygambit {theirs:.4f} s, ours {ours:.6f} s, {theirs / ours:,.0f}x; "
            f"NumPy {plain:.6f} s, {theirs / plain:,.0f}x"
        )


def logit() -> None:
    import pygambit  # noqa: PLC0415

    rng = np.random.default_rng(6)
    payoffs = rng.random((10,) + (2,) * 10).round(6)
    game = pygambit.Game.from_arrays(*payoffs)
    start = time.perf_counter()
    theirs = pygambit.qre.logit_solve_lambda(game, lam=3.0)[0]
    slow = time.perf_counter() - start
    fast = best_of(5, lambda: logit_equilibrium(payoffs, 3.0, 1e-9))
    ours = logit_equilibrium(payoffs, 3.0, 1e-9)
    mine = [float(row[0]) for row in ours.strategies]
    them = [float(theirs.profile[next(iter(player.strategies))]) for player in game.players]
    gap = max(abs(a - b) for a, b in zip(mine, them, strict=True))
    assert gap < 1e-4, gap
    print(f"logit, 10 players: pygambit {slow:.3f} s, ours {fast:.4f} s, {slow / fast:.0f}x, largest gap {gap:.1e}")


def draws() -> None:
    grid = option_grid((8,) * 4)
    payoffs = np.random.default_rng(7).normal(size=(200, 4, grid.n_states))
    took = best_of(1, lambda: equilibrium_frequencies(payoffs, grid, concepts=FOUR))
    print(f"200 draws of 4,096 states, 4 actors, R GMR SMR SEQ with ranking: {took:.1f} s")
    assert dense_ranks(payoffs[0]).shape == (4, grid.n_states)


TASKS = {f.__name__: f for f in (states, million, feasible, dense, pure, logit, draws)}

if __name__ == "__main__":
    for name in sys.argv[1:] or TASKS:
        try:
            TASKS[name]()
        except ImportError as error:
            print(f"{name}: left out, {error}")
