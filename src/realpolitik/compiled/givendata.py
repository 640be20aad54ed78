"""First-order global sensitivity indices from draws already made: how much of an answer's spread goes with one input.

Definition: S_i = Var(E[Y | X_i]) / Var(Y), the first-order index. E[Y | X_i] is fitted on the ranks of X_i by
cosines cos(pi k u), k = 1..M, the basis of COSI (Plischke 2012, Environmental Modelling & Software 35, pp. 1-9; EASI:
Plischke 2010, Reliability Engineering & System Safety 95, pp. 354-360). M is chosen for each input by BIC; the bias of
a fit of M terms is taken off by the adjusted coefficient of determination.

Noise: the largest index that no relation at all would give. The answers are dealt anew to the draws many times; what
the largest of all inputs reaches in 95% of the deals is the floor, so at most one answer in twenty ranks anything
where there is nothing (maxT of Westfall & Young 1993, Resampling-Based Multiple Testing).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]
Whole = NDArray[np.intp]
ORDERS = (1, 2, 4, 6)
PER_TERM = 12
DEALS = 200
RESAMPLES = 200
FLOOR = 0.95


@dataclass(frozen=True, eq=False)
class GivenData:
    """`inputs` (draw, input), `answer` (draw,), `weights` (draw,); `rest`: variance within draws, not theirs to explain
    (in the unit of the answer squared).
    """

    inputs: Reals
    answer: Reals
    weights: Reals
    rest: float = 0.0
    seed: int = 1

    @cached_property
    def size(self) -> float:
        """How many equal draws the weights amount to (Kish)."""
        return float(self.weights.sum() ** 2 / (self.weights**2).sum())

    @cached_property
    def orders(self) -> tuple[int, ...]:
        """The numbers of cosines tried: no more than the draws carry."""
        return tuple(order for order in ORDERS if order == 1 or order * PER_TERM <= self.size)

    @cached_property
    def basis(self) -> Reals:
        """Orthonormal columns for each input (input, draw, term) under the weights."""
        return orthonormal(self.inputs, self.weights, self.orders[-1])

    @cached_property
    def centred(self) -> Reals:
        """The answer less its mean, times the root of the weights (draw,), of length 1."""
        return _unit(self.answer, self.weights)

    @property
    def own(self) -> float:
        """The share of all variance that lies between draws."""
        between = float(
            np.average((self.answer - np.average(self.answer, weights=self.weights)) ** 2, weights=self.weights)
        )
        return between / (between + self.rest) if between + self.rest > 0 else 0.0

    @cached_property
    def fits(self) -> tuple[Reals, Whole]:
        """The index of each input (input,) and the number of cosines it took (input,)."""
        found, chosen = adjusted(self._squares(self.centred[:, None])[:, :, 0], self.orders, self.size)
        return found * self.own, chosen

    @property
    def shares(self) -> Reals:
        """The first-order index of each input (input,); may be slightly below 0 where there is nothing."""
        return self.fits[0]

    @cached_property
    def floor(self) -> float:
        """The index below which an input cannot be told from noise."""
        dealer = np.random.Generator(np.random.Philox(key=[self.seed, 1]))
        deals = np.stack([dealer.permutation(self.centred) for _ in range(DEALS)], axis=1)
        squares = self._squares(deals)
        largest = [adjusted(squares[:, :, deal], self.orders, self.size)[0].max() for deal in range(DEALS)]
        return float(np.quantile(largest, FLOOR)) * self.own

    @cached_property
    def _flat(self) -> Reals:
        return np.ascontiguousarray(self.basis.transpose(0, 2, 1).reshape(-1, len(self.answer)))

    def _squares(self, answers: Reals) -> Reals:
        """Squared coefficients of answers (draw, deal) on every basis (input, term, deal)."""
        return np.asarray((self._flat @ answers) ** 2).reshape(self.inputs.shape[1], -1, answers.shape[1])

    def resampled(self, which: Whole) -> Reals:
        """Bootstrapped indices of some inputs (resample, input), shifted to have the estimates as their means."""
        dealer = np.random.Generator(np.random.Philox(key=[self.seed, 2]))
        count = len(self.answer)
        made = [
            self._again(which, np.bincount(dealer.integers(0, count, count), minlength=count)) for _ in range(RESAMPLES)
        ]
        found = np.array(made)
        return np.asarray(found - found.mean(axis=0) + self.shares[which])

    def _again(self, which: Whole, counts: Whole) -> Reals:
        weights = self.weights * counts
        orders = self.fits[1][which]
        basis = orthonormal(self.inputs[:, which], weights, int(orders.max()))
        squares = np.cumsum((basis.transpose(0, 2, 1) @ _unit(self.answer, weights)) ** 2, axis=1)
        explained = squares[np.arange(len(which)), orders - 1]
        return np.asarray(1.0 - (1.0 - explained) * (self.size - 1) / (self.size - orders - 1)) * self.own

    def curve(self, number: int) -> Reals:
        """E[Y | X_i] at each draw (draw,), fitted."""
        basis = self.basis[number][:, : self.fits[1][number]]
        root = np.sqrt(self.weights)
        mean = float(np.average(self.answer, weights=self.weights))
        fitted = basis @ (basis.T @ (root * (self.answer - mean)))
        return np.asarray(mean + np.divide(fitted, root, out=np.zeros_like(root), where=root > 0))

    def ends(self, number: int, part: float = 0.1) -> tuple[float, float]:
        """The fitted answer over the lowest and the highest `part` of an input's draws."""
        order, curve = np.argsort(self.inputs[:, number], kind="stable"), self.curve(number)
        some = max(1, round(part * len(order)))
        return float(curve[order[:some]].mean()), float(curve[order[-some:]].mean())


def ranked(values: Reals, weights: Reals) -> Reals:
    """The weighted share of draws below each value, counting half of those equal to it (draw,), in (0, 1).

    >>> ranked(np.array([3.0, 1.0, 1.0, 2.0]), np.ones(4)).tolist()
    [0.875, 0.25, 0.25, 0.625]
    """
    _, place = np.unique(values, return_inverse=True)
    mass = np.bincount(place, weights)
    below = (np.cumsum(mass) - mass / 2) / mass.sum()
    return np.asarray(below[place])


def orthonormal(inputs: Reals, weights: Reals, terms: int) -> Reals:
    """Cosines on the ranks of each input, orthonormal to each other and to the constant (input, draw, term).

    An input with few values (a link that is there or not) has fewer cosines; the others are 0.
    """
    ranks = np.stack([ranked(column, weights) for column in inputs.T])
    cosines = np.cos(np.pi * ranks[:, :, None] * np.arange(terms + 1))
    root = np.sqrt(weights / weights.sum())[None, :, None]
    made, upper = np.linalg.qr(cosines * root)
    known = np.abs(np.diagonal(upper, axis1=1, axis2=2)) > 1e-9
    return np.asarray((made * known[:, None, :])[:, :, 1:])


def _unit(answer: Reals, weights: Reals) -> Reals:
    share = weights / weights.sum()
    values = np.sqrt(share) * (answer - float((share * answer).sum()))
    length = float(np.sqrt((values**2).sum()))
    return (
        np.asarray(values / length) if length > 1e-12 * (1.0 + float(np.abs(answer).max())) else np.zeros_like(values)
    )


def adjusted(squares: Reals, orders: tuple[int, ...], size: float) -> tuple[Reals, Whole]:
    """From squared coefficients (input, term): the adjusted index at the order of least BIC, and that order (input,).

    >>> found, order = adjusted(np.array([[0.5, 0.0], [0.0, 0.5]]), (1, 2), 100.0)
    >>> found.round(3).tolist(), order.tolist()
    ([0.495, 0.49], [1, 2])
    """
    explained = np.cumsum(squares, axis=1)[:, [order - 1 for order in orders]].clip(0.0, 1.0 - 1e-12)
    many = np.array(orders)
    best = (size * np.log1p(-explained) + np.log(size) * many).argmin(axis=1)
    chosen = explained[np.arange(len(best)), best]
    order = many[best]
    return np.asarray(1.0 - (1.0 - chosen) * (size - 1) / np.maximum(1.0, size - order - 1)), order
