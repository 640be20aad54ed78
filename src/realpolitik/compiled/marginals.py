"""What a factor is worth to whom at the margin: the direction in which each actor would push the world.

`stated`: the derivative of U_a by each factor at the start, interests and red lines only, everything else as it is.
`followed`: what a full swing of a factor is worth, all that follows from it included: U_a with it held at its upper
end less U_a at its lower end, every decision as in the untouched run. Two actors' rows are compared by their cosine
(1: they push the same way, -1: against each other), and by Signorino and Ritter's S (Tau-b or Not Tau-b,
International Studies Quarterly 43, 1999, pp. 115-144).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.unilateral import Replays
from realpolitik.dynamics.tables import Held, Hold, Kind
from realpolitik.dynamics.terms import evaluate
from realpolitik.results.progress import Told, each, silent

Reals = NDArray[np.float64]
STEP = 0.02


def stated(ensemble: Ensemble) -> Reals:
    """The derivative of U by every factor at the start (draw, actor, factor), in full swings per full swing.

    Central difference over +-0.02; what a derived factor depends on moves it along, so it has no column of its own
    (0).
    """
    if "stated marginals" not in ensemble.known_scales:
        ensemble.known_scales["stated marginals"] = _stated(ensemble)
    return ensemble.known_scales["stated marginals"]


def _stated(ensemble: Ensemble) -> Reals:
    tables, draws = ensemble.model.tables, ensemble.draws
    free = _free_factors(ensemble)
    state, span = _nudged(ensemble, free)
    levels = np.broadcast_to(tables.option_now, (*state.shape[:2], len(tables.option_now))).astype(np.int32)
    _settle(ensemble, state, levels)
    nodes = np.concatenate([tables.interest_node, tables.red_node])
    worth = np.moveaxis(evaluate(tables, draws, state, levels, nodes=nodes, exact=False), 0, -1)
    slopes: Reals = (worth[:, : len(free)] - worth[:, len(free) :]) / span[:, :, None]
    weights = draws.weight_of_interest / tables.top_weight[tables.interest_actor]
    parts = slopes * np.concatenate([weights, -draws.red_active], axis=1)[:, None, :]
    out = np.zeros((len(draws.weight), len(tables.actors), len(tables.factors)))
    for column, actor in enumerate(np.concatenate([tables.interest_actor, tables.red_actor])):
        out[:, actor, free] += parts[:, :, column]
    return out


def _free_factors(ensemble: Ensemble) -> list[int]:
    kinds = ensemble.model.tables.factor_kind
    return [number for number, kind in enumerate(kinds) if kind != Kind.DERIVED]


def _nudged(ensemble: Ensemble, free: list[int]) -> tuple[Reals, Reals]:
    """The start once for each factor nudged up, then nudged down (draw, 2 x factor, factor); and the span of each."""
    start = ensemble.draws.start
    state = np.repeat(start[:, None, :], 2 * len(free), axis=1)
    for place, factor in enumerate(free):
        state[:, place, factor] = np.minimum(start[:, factor] + STEP, 1.0)
        state[:, place + len(free), factor] = np.maximum(start[:, factor] - STEP, 0.0)
    index = np.arange(len(free))
    span = state[:, index, free] - state[:, index + len(free), free]
    return state, span


def _settle(ensemble: Ensemble, state: Reals, levels: NDArray[np.int32]) -> None:
    """Derived factors from the factors they read, as often as they can stand on one another."""
    tables = ensemble.model.tables
    derived = [number for number, kind in enumerate(tables.factor_kind) if kind == Kind.DERIVED]
    for _ in derived:
        nodes = [int(tables.factor_node[number]) for number in derived]
        values = evaluate(tables, ensemble.draws, state, levels, nodes=nodes, exact=False)
        state[:, :, derived] = np.moveaxis(values, 0, -1)


def followed(ensemble: Ensemble, years: float, told: Told = silent) -> Reals:
    """What a full swing of every factor is worth after `years`, with what follows (draw, actor, factor), full swings.

    Every decision is that of the untouched run. A derived factor cannot be held and has 0.
    """
    replays, tables = Replays(ensemble, years), ensemble.model.tables
    out = np.zeros((len(ensemble.draws.weight), len(tables.actors), len(tables.factors)))
    for factor in each(_free_factors(ensemble), told, lambda number: f"what follows from {tables.factors[number]}"):
        high, low = (replays.worth((Hold(Held.FACTOR, factor, value),)) for value in (1.0, 0.0))
        out[:, :, factor] = high - low
    return out


def cosine(one: Reals, two: Reals) -> Reals:
    """The cosine of two rows of marginal values (draw, factor), (draw,); not a number where either is all zero.

    >>> cosine(np.array([[1.0, 0.0]]), np.array([[1.0, 1.0]])).round(3).tolist()
    [0.707]
    """
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(two, axis=1)
    products = (one * two).sum(axis=1)
    return np.asarray(np.divide(products, lengths, out=np.full(len(one), np.nan), where=lengths > 0))


def s_score(one: Reals, two: Reals, weights: Reals, widest: float) -> Reals:
    """Signorino and Ritter's S of two portfolios (draw, dimension), (draw,): 1 - 2 sum_k w_k |x_k - y_k| / widest.

    `weights` (dimension,) sum to 1; `widest` is the largest distance possible in one dimension (absolute distances).
    The authors' own example: alliance portfolios 3 3 2 2 and 2 2 3 3, shares .5 .3 .1 .1, widest 3.

    >>> pair = np.array([[3.0, 3, 2, 2]]), np.array([[2.0, 2, 3, 3]])
    >>> s_score(*pair, np.array([0.5, 0.3, 0.1, 0.1]), 3.0).round(3).tolist()
    [0.333]
    """
    return np.asarray(1.0 - 2.0 * (np.abs(one - two) * weights).sum(axis=1) / widest)
