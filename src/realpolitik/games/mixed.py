"""Mixed equilibria, by Gambit: the optional extra `games`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from realpolitik.errors import QuestionRefused

Floats = NDArray[np.float64]


def mixed_equilibria(payoffs: Floats) -> list[tuple[Floats, ...]]:
    """Every equilibrium Gambit finds, pure ones included: for each actor the probabilities of its choices.

    payoffs: (actor, choice of actor 0, choice of actor 1, ...). Two actors: all extreme equilibria
    (`enummixed_solve`); more: by supports (`enumpoly_solve`).

    Raises
    ------
    QuestionRefused
        pygambit is not installed.
    """
    try:
        import pygambit  # noqa: PLC0415
    except ImportError:
        raise QuestionRefused("Mixed equilibria need Gambit: pip install 'realpolitik[games]'.") from None
    game = pygambit.Game.from_arrays(*payoffs)
    solve = pygambit.nash.enumpoly_solve
    found = pygambit.nash.enummixed_solve(game, rational=False) if len(payoffs) == 2 else solve(game)
    return [
        tuple(np.array([float(profile[strategy]) for strategy in player.strategies]) for player in game.players)
        for profile in found.equilibria
    ]
