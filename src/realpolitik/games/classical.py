"""Classical solutions on payoffs: pure and quantal-response equilibria, power indices, the core.

Payoffs have the axes (actor, choice of actor 0, choice of actor 1, ...).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import factorial

import numpy as np
from numpy.typing import NDArray

from realpolitik.errors import QuestionRefused
from realpolitik.games import native

Floats = NDArray[np.float64]


def pure_equilibria(payoffs: Floats) -> NDArray[np.int64]:
    """Which joint choices does nobody want to leave alone? Result (equilibrium, actor): choices, ascending.

    By the compiled kernel where it was built, else by NumPy. Raises `QuestionRefused` for another shape.

    >>> dilemma = np.array([[[3, 0], [5, 1]], [[3, 5], [0, 1]]], dtype=float)
    >>> pure_equilibria(dilemma).tolist()
    [[1, 1]]
    """
    if len(payoffs) != payoffs.ndim - 1 or not payoffs.size:
        raise QuestionRefused(f"Expected one table for every actor and one axis for each; found {payoffs.shape}.")
    found = native.pure_equilibria(payoffs)
    return equilibria_by_axes(payoffs) if found is None else found


def equilibria_by_axes(payoffs: Floats) -> NDArray[np.int64]:
    """The same by NumPy: the greatest of each actor's own payoffs, the cells left after each actor growing fewer.

    >>> equilibria_by_axes(np.zeros((2, 1, 2))).tolist()
    [[0, 0], [0, 1]]
    """
    choices = payoffs.shape[1:]
    found = (payoffs[0] == payoffs[0].max(axis=0)).ravel().nonzero()[0]
    step = math.prod(choices) // choices[0]
    for n, table in zip(choices[1:], payoffs.reshape(len(payoffs), -1)[1:], strict=True):
        step //= n
        first = found - found // step % n * step
        own_choices = np.arange(0, n * step, step)[:, None] + first
        found = found[table.take(found) >= table.take(own_choices).max(axis=0)]
    return np.stack(np.unravel_index(found, choices), axis=1)


def expected_payoffs(payoffs: Floats, strategies: Sequence[Floats]) -> list[Floats]:
    """Each actor's expected payoff of each of its choices when the others mix as in `strategies` (actor: choice)."""
    return [_against(payoffs[i], i, strategies) for i in range(payoffs.shape[0])]


def _against(table: Floats, i: int, strategies: Sequence[Floats]) -> Floats:
    """Actor i's expected payoffs by own choice."""
    others = [j for j in range(len(strategies)) if j != i]
    expected = np.moveaxis(table, i, 0)
    for j in reversed(others):
        expected = expected @ strategies[j]
    return np.asarray(expected, dtype=np.float64)


@dataclass(frozen=True)
class QuantalResponse:
    """`strategies[actor]` (choice): probabilities; `residual`: the largest |p - logit response| of any choice."""

    decisiveness: float
    strategies: tuple[Floats, ...]
    residual: float


def logit_equilibrium(payoffs: Floats, decisiveness: float, tolerance: float = 1e-10) -> QuantalResponse:
    """The logit equilibrium reached from indifference as decisiveness grows (McKelvey & Palfrey 1995, GEB 10:6).

    decisiveness: log-odds per unit of payoff, at least 0. The branch is followed from 0 in steps so small that no
    probability moves by more than 0.1 at once, each closed by Newton's method.

    Raises
    ------
    QuestionRefused
        The branch turns back before `decisiveness` is reached.

    >>> dilemma = np.array([[[3, 0], [5, 1]], [[3, 5], [0, 1]]], dtype=float)
    >>> logit_equilibrium(dilemma, 1.0).strategies[0].round(3).tolist()
    [0.227, 0.773]
    """
    spread = float(np.ptp(payoffs)) or 1.0
    own_first = [np.ascontiguousarray(np.moveaxis(table, i, 0)) for i, table in enumerate(payoffs)]
    point = np.concatenate([np.full(n, 1.0 / n) for n in payoffs.shape[1:]])
    reached, step = 0.0, 0.5 / spread
    while reached < decisiveness:
        goal = min(decisiveness, reached + step)
        trial = _newton(own_first, goal, point, tolerance if goal == decisiveness else 1e-4)
        if trial is not None and float(np.abs(trial - point).max()) <= 0.1:
            point, reached, step = trial, goal, 1.6 * step
            continue
        step /= 3
        if step * spread < 1e-7:
            raise QuestionRefused(f"The branch of logit equilibria turns back at decisiveness {reached:.4g}.")
    strategies = _split(payoffs.shape[1:], point)
    return QuantalResponse(decisiveness, strategies, _residual(payoffs, decisiveness, strategies))


def _newton(own_first: Sequence[Floats], decisiveness: float, start: Floats, tolerance: float) -> Floats | None:
    """Solve p = logit response to p from `start` (all strategies in a row); None if it does not converge.

    own_first[actor]: its payoffs with its own choice as the first axis, the others' after it in order.
    """
    sizes = [len(table) for table in own_first]
    point = start
    for _ in range(12):
        answer, slope = _response_and_slope(own_first, decisiveness, _split(sizes, point))
        gap = point - answer
        if float(np.abs(gap).max()) <= tolerance / 4:
            return answer
        point = point - np.linalg.solve(np.eye(len(point)) - slope, gap)
        if not np.isfinite(point).all() or point.min() < -0.5 or point.max() > 1.5:
            return None
    return None


def _response_and_slope(
    own_first: Sequence[Floats], decisiveness: float, strategies: Sequence[Floats]
) -> tuple[Floats, Floats]:
    """The logit response (all choices) and its derivative by the strategies (all choices, all choices)."""
    starts = np.concatenate([[0], np.cumsum([len(row) for row in strategies])])
    answer, slope = np.zeros(starts[-1]), np.zeros((starts[-1], starts[-1]))
    for i, table in enumerate(own_first):
        rows = slice(starts[i], starts[i + 1])
        others = [j for j in range(len(strategies)) if j != i]
        pairs = dict(_pairs(table.reshape(len(table), -1), others, strategies)) if others else {}
        values = next((pair @ strategies[j] for j, pair in pairs.items()), table)
        p = answer[rows] = _logit(decisiveness * values)
        spread = decisiveness * (np.diag(p) - np.outer(p, p))
        for j, pair in pairs.items():
            slope[rows, starts[j] : starts[j + 1]] = spread @ pair
    return answer, slope


def _pairs(table: Floats, others: Sequence[int], strategies: Sequence[Floats]) -> Iterator[tuple[int, Floats]]:
    """For each of the others: expected payoff by (own choice, its choice), the rest mixing.

    table: (own choice, joint choice of `others` in order). Halves the others until one is left.
    """
    if len(others) == 1:
        yield others[0], table
        return
    front, back = others[: len(others) // 2], others[len(others) // 2 :]
    split = table.reshape(len(table), _size(front, strategies), -1)
    yield from _pairs(split @ _joint(back, strategies), front, strategies)
    yield from _pairs(_joint(front, strategies) @ split, back, strategies)


def _size(actors: Sequence[int], strategies: Sequence[Floats]) -> int:
    return int(np.prod([len(strategies[j]) for j in actors]))


def _joint(actors: Sequence[int], strategies: Sequence[Floats]) -> Floats:
    """Probabilities of the actors' joint choices, the last actor's changing fastest."""
    out = strategies[actors[0]]
    for j in actors[1:]:
        out = (out[:, None] * strategies[j]).reshape(-1)
    return out


def _split(sizes: Sequence[int], point: Floats) -> tuple[Floats, ...]:
    ends = np.cumsum(sizes)
    return tuple(point[end - size : end] for size, end in zip(sizes, ends, strict=True))


def _residual(payoffs: Floats, decisiveness: float, strategies: tuple[Floats, ...]) -> float:
    answer = logit_response(payoffs, decisiveness, strategies)
    return max(float(np.abs(a - b).max()) for a, b in zip(answer, strategies, strict=True))


def logit_response(payoffs: Floats, decisiveness: float, strategies: Sequence[Floats]) -> tuple[Floats, ...]:
    """Each actor's logit response to the others' mixed choices."""
    return tuple(_logit(decisiveness * values) for values in expected_payoffs(payoffs, strategies))


def _logit(scores: Floats) -> Floats:
    odds = np.exp(scores - scores.max())
    return np.asarray(odds / odds.sum())


def shapley(worth: Floats) -> Floats:
    """Each actor's Shapley value (Shapley 1953). worth: (2^n,), indexed by coalition, bit i = actor i; worth[0] = 0.

    >>> shapley(np.array([0, 0, 0, 1, 0, 1, 0, 1], dtype=float)).round(3).tolist()
    [0.667, 0.167, 0.167]
    """
    n = _actors(worth)
    sizes = np.array([factorial(k) * factorial(n - k - 1) / factorial(n) for k in range(n)])
    return _weighted_gains(worth, n, sizes)


def banzhaf(worth: Floats) -> Floats:
    """Each actor's Banzhaf value: its mean marginal contribution over all coalitions of the others (Banzhaf 1965).

    >>> banzhaf(np.array([0, 0, 0, 1, 0, 1, 0, 1], dtype=float)).tolist()
    [0.75, 0.25, 0.25]
    """
    n = _actors(worth)
    return _weighted_gains(worth, n, np.full(n, 0.5 ** (n - 1)))


def _weighted_gains(worth: Floats, n: int, by_size: Floats) -> Floats:
    coalitions = np.arange(2**n)
    sizes = np.array([int(c).bit_count() for c in coalitions])
    values = []
    for i in range(n):
        without = coalitions[coalitions >> i & 1 == 0]
        values.append(float(((worth[without | 1 << i] - worth[without]) * by_size[sizes[without]]).sum()))
    return np.array(values)


def _actors(worth: Floats) -> int:
    n = len(worth).bit_length() - 1
    if worth.ndim != 1 or len(worth) != 2**n or n < 1 or n > 24:
        raise QuestionRefused(f"A game of n actors needs 2^n worths, n up to 24; found {worth.shape}.")
    if worth[0] != 0:
        raise QuestionRefused("The empty coalition is worth nothing: worth[0] must be 0.")
    return n


@dataclass(frozen=True)
class Core:
    """`excess`: the least e such that some division leaves no coalition more than e short (empty core: e > 0).

    `division` (actor): one division that attains it.
    """

    excess: float
    division: Floats

    @property
    def empty(self) -> bool:
        """Can some coalition do better whatever the division?"""
        return self.excess > 1e-9


def core(worth: Floats) -> Core:
    """Is there a division of what all achieve that no coalition can better (Gillies 1959)? Least-core program.

    worth: (2^n,), bit i = actor i.

    >>> core(np.array([0, 0, 0, 1, 0, 1, 1, 1], dtype=float)).empty
    True
    """
    from scipy.optimize import linprog  # noqa: PLC0415

    n = _actors(worth)
    if n == 1:
        return Core(0.0, worth[1:].copy())
    proper = np.arange(1, 2**n - 1)
    member = (proper[:, None] >> np.arange(n) & 1).astype(float)
    bounds = [(None, None)] * (n + 1)
    rows = np.hstack([-member, -np.ones((len(proper), 1))])
    whole = np.hstack([np.ones((1, n)), np.zeros((1, 1))])
    goal = np.append(np.zeros(n), 1.0)
    found = linprog(goal, rows, -worth[proper], whole, worth[-1:], bounds, method="highs")
    if not found.success:
        raise QuestionRefused(f"The core could not be computed: {found.message}")
    return Core(float(found.x[-1]) + 0.0, np.asarray(found.x[:-1]) + 0.0)
