"""How good were probabilities? Proper scores, their parts, calibration and its intervals.

Forecasts are probabilities p in [0, 1] of events, outcomes 0 or 1 (forecast,).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from realpolitik.language.likelihood import ICD_203, band_index
from realpolitik.language.normal import normal_quantile

Reals = NDArray[np.float64]


def brier(said: Sequence[float], happened: Sequence[float]) -> float:
    """The mean squared error of probabilities, 0 (perfect) to 1; always saying one half gives 0.25.

    Brier 1950 (Mon. Weather Rev. 78(1), 1-3) sums over both outcomes of an event and so gives twice this.

    >>> round(brier([0.1, 0.9, 0.8, 0.3], [0, 1, 1, 0]), 4)
    0.0375
    """
    return float(np.mean((np.asarray(said, float) - np.asarray(happened, float)) ** 2))


def log_score(said: Sequence[float], happened: Sequence[float]) -> float:
    """The mean of -ln of the probability given to what happened (Good 1952, J. R. Stat. Soc. B 14(1), 107-114).

    0 is perfect, ln 2 = 0.69 always saying one half; infinite where what happened was called impossible.

    >>> round(log_score([0.5, 0.5], [0, 1]), 4), log_score([0.0], [1])
    (0.6931, inf)
    """
    given = [p if outcome else 1.0 - p for p, outcome in zip(said, happened, strict=True)]
    return math.inf if min(given) <= 0 else float(np.mean(-np.log(given)))


@dataclass(frozen=True)
class Parts:
    """Brier score = reliability - resolution + uncertainty, exactly, where each forecast value is its own group.

    Murphy 1973 (J. Appl. Meteorol. 12(4), 595-600, equation 9). `reliability`: how far shares differ from what was said
    (0 best); `resolution`: how far they differ from the base rate (more is better); `uncertainty`: base rate x rest.
    """

    reliability: float
    resolution: float
    uncertainty: float


def parts(said: Sequence[float], happened: Sequence[float]) -> Parts:
    """The parts of the Brier score.

    >>> found = parts([0.2, 0.2, 0.8, 0.8], [0, 0, 1, 0])
    >>> round(found.reliability - found.resolution + found.uncertainty, 6)
    0.19
    >>> round(brier([0.2, 0.2, 0.8, 0.8], [0, 0, 1, 0]), 6)
    0.19
    """
    values, outcomes = np.asarray(said, float), np.asarray(happened, float)
    base = float(outcomes.mean())
    levels, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    shares = np.bincount(place, outcomes) / counts
    weight = counts / counts.sum()
    return Parts(
        float((weight * (levels - shares) ** 2).sum()), float((weight * (shares - base) ** 2).sum()), base * (1 - base)
    )


def wilson(count: float, total: float, level: float = 0.95) -> tuple[float, float]:
    """The score interval of a share (Wilson 1927, J. Am. Stat. Assoc. 22(158), 209-212); (0, 1) where nothing is known.

    >>> [round(value, 4) for value in wilson(81, 263)]
    [0.2553, 0.3662]
    """
    if total <= 0:
        return 0.0, 1.0
    z = float(normal_quantile(0.5 + level / 2.0))
    share, square = count / total, z * z / total
    middle = (share + square / 2.0) / (1.0 + square)
    half = z / (1.0 + square) * math.sqrt(share * (1.0 - share) / total + square / (4.0 * total))
    return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True)
class Group:
    """Forecasts of one range: what was said on average, what happened, with its interval, and how many."""

    words: str
    said: float
    happened: float
    low: float
    high: float
    count: int


def calibration(said: Sequence[float], happened: Sequence[float]) -> tuple[Group, ...]:
    """Forecasts grouped by the ranges of ICD 203, those with none left out.

    >>> [(item.words, item.count, item.happened) for item in calibration([0.6, 0.7, 0.1], [1, 0, 0])]
    [('very unlikely', 1, 0.0), ('likely', 2, 0.5)]
    """
    bands = np.array([band_index(p) for p in said])
    values, outcomes = np.asarray(said, float), np.asarray(happened, float)
    found = []
    for number in np.unique(bands):
        chosen = bands == number
        count = int(chosen.sum())
        low, high = wilson(float(outcomes[chosen].sum()), count)
        mean = (float(values[chosen].mean()), float(outcomes[chosen].mean()))
        found.append(Group(ICD_203[number].words[0], *mean, low, high, count))
    return tuple(found)
