"""What would it be worth to know an input before choosing: perfect and partial perfect information.

With B(d) the benefit of choice d, today's choice is d* = argmax E[B(d)]. Perfect information (EVPI) is worth
E[max_d B(d)] - max_d E[B(d)]; knowing X alone (EVPPI) E_X[max_d E[B(d) | X]] - max_d E[B(d)]. E[B(d) - B(d*) | X] is
fitted by regression on the draws at hand (Strong, Oakley & Brennan 2014, Medical Decision Making 34(3), pp. 311-326).
A maximum of fits is never below zero, so the fits of an input that says nothing still seem to be worth something:
the differences are dealt anew to the draws, and what the best of all inputs then seems worth in 95% of the deals is
the floor of noise.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.givendata import GivenData, orthonormal

Reals = NDArray[np.float64]
ORDER = 4
DEALS = 60
FLOOR = 0.95


@dataclass(frozen=True, eq=False)
class Choice:
    """`benefits` (draw, choice) of a choice, `weights` (draw,), `inputs` (draw, input)."""

    benefits: Reals
    weights: Reals
    inputs: Reals
    seed: int = 1

    @property
    def shares(self) -> Reals:
        """Weights that sum to 1 (draw,)."""
        return np.asarray(self.weights / self.weights.sum())

    @property
    def means(self) -> Reals:
        """The mean benefit of each choice (choice,)."""
        return np.asarray(self.shares @ self.benefits)

    @property
    def best(self) -> int:
        """Today's choice: the highest mean benefit, the first of equals."""
        return int(self.means.argmax())

    @property
    def perfect(self) -> float:
        """EVPI: knowing everything in which draws differ, chance included.

        >>> b = np.array([[0.0, -1.0], [0.0, 1.0]])
        >>> Choice(b, np.ones(2), b[:, :1]).perfect
        0.5
        """
        return float(self.shares @ self.benefits.max(axis=1) - self.means.max())

    @property
    def gaps(self) -> Reals:
        """How much better than today's choice each choice is (draw, choice)."""
        return np.asarray(self.benefits - self.benefits[:, [self.best]])

    @cached_property
    def basis(self) -> Reals:
        """Cosines on the ranks of each input (input, draw, term)."""
        return orthonormal(self.inputs, self.shares, ORDER)

    def fits(self, gaps: Reals) -> Reals:
        """E[gap | X] for each input (input, draw, choice): its coefficients shrunk by what noise alone would give."""
        root = np.sqrt(self.shares)
        mean = self.shares @ gaps
        centred = root[:, None] * (gaps - mean)
        coefficients = np.einsum("int,nd->itd", self.basis, centred)
        noise = (centred**2).sum(axis=0) / GivenData(self.inputs[:, :1], gaps[:, 0], self.shares).size
        kept = np.maximum(0.0, 1.0 - noise / np.maximum(coefficients**2, 1e-300))
        fitted = np.einsum("int,itd->ind", self.basis, coefficients * kept)
        return np.asarray(mean + fitted / np.where(root > 0, root, np.inf)[None, :, None])

    @cached_property
    def fitted(self) -> Reals:
        """E[gap | X] on the draws as they are (input, draw, choice)."""
        return self.fits(self.gaps)

    @cached_property
    def worth(self) -> Reals:
        """EVPPI of each input (input,)."""
        return np.asarray(self.fitted.max(axis=2) @ self.shares)

    @cached_property
    def floor(self) -> float:
        """What the best of inputs that say nothing seems worth, in 95% of deals at most."""
        dealer = np.random.Generator(np.random.Philox(key=[self.seed, 5]))
        gaps = self.gaps
        deals = (gaps[dealer.permutation(len(gaps))] for _ in range(DEALS))
        return float(np.quantile([(self.fits(deal).max(axis=2) @ self.shares).max() for deal in deals], FLOOR))

    def chosen(self, number: int) -> NDArray[np.intp]:
        """What would be chosen in each draw if the input were known (draw,)."""
        return np.asarray(self.fitted[number].argmax(axis=1))


def worth_of_groups(benefits: Reals, weights: Reals, group: NDArray[np.intp]) -> tuple[float, dict[int, int]]:
    """What knowing the group of each row (row,) is worth, and what is best in each group.

    >>> worth_of_groups(np.array([[0.0, -1.0], [0.0, 3.0]]), np.array([0.5, 0.5]), np.array([0, 1]))
    (0.5, {0: 0, 1: 1})
    """
    share = weights / weights.sum()
    totals = {int(label): share[group == label] @ benefits[group == label] for label in np.unique(group)}
    best = {label: int(total.argmax()) for label, total in totals.items()}
    known = sum(float(total.max()) for total in totals.values())
    return known - float((share @ benefits).max()), best
