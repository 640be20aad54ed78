"""Fewer rows for quick looks: each draw under one combination of hypotheses."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from realpolitik.dynamics.tables import Draws


def thinned(draws: Draws) -> Draws:
    """One row for each draw, under one combination of hypotheses chosen in proportion to its weight; equal weights.

    The choice goes through the draws in bit-reversed order, so that any number of them is spread over the combinations.
    """
    labels = np.unique(draws.combination)
    shares = np.array([draws.weight[draws.combination == label].sum() for label in labels])
    count = int((draws.combination == labels[0]).sum())
    spots = (_reversed(count) + 0.5) / count
    chosen = np.searchsorted(np.cumsum(shares / shares.sum()), spots, side="right").clip(0, len(labels) - 1)
    kept = draws.rows(np.asarray(chosen * count + np.arange(count), dtype=np.intp))
    return Draws(**{**{name: getattr(kept, name) for name in vars(kept)}, "weight": np.full(count, 1.0 / count)})


def _reversed(count: int) -> NDArray[np.float64]:
    """0 .. count - 1 in bit-reversed order (count a power of two).

    >>> _reversed(4).tolist()
    [0.0, 2.0, 1.0, 3.0]
    """
    bits = max(1, count.bit_length() - 1)
    return np.array([int(f"{number:0{bits}b}"[::-1], 2) for number in range(count)], dtype=np.float64)
