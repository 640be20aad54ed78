"""Under uncertainty: in what share of the draws is each joint state an equilibrium?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from realpolitik.games.concepts import CONCEPTS, Convention
from realpolitik.games.moves import LOW, Grid, Ints, MoveStructure, dense_ranks
from realpolitik.games.verdicts import verdicts

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class EquilibriumFrequencies:
    """`shares` (concept, state): weighted share of draws in which the state is an equilibrium; `low`, `high`:
    interval.

    `stable` (concept, actor, state): share of draws in which it is stable for the actor. The interval is sampling
    error only (Wilson score, 90%), with the effective number of draws where they are weighted.
    """

    concepts: tuple[str, ...]
    draws: int
    shares: Floats
    low: Floats
    high: Floats
    stable: Floats


def ordinal(payoffs: Floats, resolution: float = 0.0) -> Ints:
    """Ranks of the payoffs along the last axis; with `resolution`, payoffs in the same step of that width tie.

    >>> ordinal(np.array([0.011, 0.012, 0.02]), 0.005).tolist()
    [0, 0, 1]
    """
    return dense_ranks(np.floor(payoffs / resolution) if resolution > 0 else payoffs)


def option_grid(choices: Sequence[int]) -> Grid:
    """Every actor free to move among its `choices`; states in C order, the last actor's choice fastest."""
    return Grid(choices, [np.ones((n, n), dtype=bool) for n in choices])


def equilibrium_frequencies(
    payoffs: Floats,
    structure: MoveStructure | Callable[[Ints], MoveStructure],
    weights: Floats | None = None,
    resolution: float = 0.005,
    convention: Convention = "legal-sequences",
    concepts: Sequence[str] = CONCEPTS,
) -> EquilibriumFrequencies:
    """How often is each state stable, for each actor and for all, when payoffs are drawn?

    payoffs: (draw, actor, state); an order is derived per draw (`ordinal`). weights: (draw,), default equal. structure:
    the moves, or a function from a draw's ranks (actor, state) to them. Payoffs of infeasible cells do not matter: they
    rank below everything, and are no equilibrium.

    >>> coordination = np.array([[[1.0, 0.0, 0.0, 1.0]] * 2] * 4)
    >>> equilibrium_frequencies(coordination, option_grid((2, 2)), concepts=("R",)).shares.tolist()
    [[1.0, 0.0, 0.0, 1.0]]
    """
    n = len(payoffs)
    weight = np.full(n, 1.0 / n) if weights is None else np.asarray(weights, dtype=float) / np.sum(weights)
    where = [CONCEPTS.index(concept) for concept in concepts]
    stable = np.zeros((len(where), payoffs.shape[1], payoffs.shape[2]))
    shares = np.zeros((len(where), payoffs.shape[2]))
    for draw, share in zip(payoffs, weight, strict=True):
        ranks = ordinal(draw, resolution)
        moves = structure(ranks) if callable(structure) else structure
        there = moves.hide(np.zeros(moves.n_states, dtype=np.int32)) == 0
        flags = verdicts(moves, np.where(there, ranks, LOW), convention, concepts).flags[where] & there
        stable += share * flags
        shares += share * flags.all(axis=1)
    low, high = wilson(shares, 1.0 / float((weight**2).sum()))
    return EquilibriumFrequencies(tuple(concepts), n, shares, low, high, stable)


def wilson(shares: Floats, draws: float, z: float = 1.6448536269514722) -> tuple[Floats, Floats]:
    """The score interval of shares observed in so many draws (Wilson 1927, JASA 22:209); z: 90% by default.

    >>> low, high = wilson(np.array([0.0, 0.5]), 100)
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.0, 0.419], [0.026, 0.581])
    """
    middle = (shares + z * z / (2 * draws)) / (1 + z * z / draws)
    half = z / (1 + z * z / draws) * np.sqrt(shares * (1 - shares) / draws + z * z / (4 * draws**2))
    return np.clip(middle - half, 0.0, 1.0), np.clip(middle + half, 0.0, 1.0)
