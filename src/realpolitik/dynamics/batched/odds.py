"""How likely is each level of an option to be taken, given what each level would be worth to its parties?"""

from __future__ import annotations

import numpy as np

from realpolitik.dynamics.batched.layout import Floats
from realpolitik.dynamics.batched.moment import Flags, Levels
from realpolitik.dynamics.tables import Leave


def choice_weights(odds: Floats, fine: Flags) -> Floats:
    """softmax over the open levels; odds and open (level, column) -> weights (level, column)."""
    scores = np.where(fine, odds, -np.inf)
    grown = np.exp(scores - scores.max(axis=0))
    return np.asarray(grown / _total(grown))


def consent_weights(odds: Floats, fine: Flags, current: Levels, leave: int) -> Floats:
    """Weights (level, column) of a joint option; odds (party, level, column) are lambda_c D_c.

    r(l') = product over parties of s(odds), q = r / max(1, sum r) for open levels that are neither 0 nor current;
    level 0 takes its share of the rest by the rule of leaving, the current level what remains.
    """
    level = np.arange(odds.shape[1])[:, None]
    wish = 1.0 / (1.0 + np.exp(-np.where(fine, odds, 0.0)))
    weights = np.where(fine & (level != 0) & (level != current), _product(wish), 0.0)
    weights /= np.maximum(1.0, _total(weights))
    rest = 1.0 - _total(weights)
    leaving = _product(wish[:, 0]) if leave == Leave.ALL else 1.0 - _product(1.0 - wish[:, 0])
    gone = np.where((current != 0) & fine[0], rest * leaving, 0.0)
    weights[0] += gone
    weights[current, np.arange(len(current))] += rest - gone
    return np.asarray(weights)


def _product(parts: Floats) -> Floats:
    """The product over the first axis, in its order."""
    total = np.ones(parts.shape[1:])
    for part in parts:
        total = total * part
    return total


def _total(parts: Floats) -> Floats:
    """The sum over the first axis, in its order."""
    total = np.zeros(parts.shape[1:])
    for part in parts:
        total = total + part
    return total
