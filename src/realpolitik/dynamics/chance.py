"""Which random numbers does a run use: chance keyed by names, never by what happened before.

Philox4x32-10 (J. K. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011, section 3.3)
with the seed as its 64-bit key and the counter (n, r, key32, t): draw, replica, hash of stream and name,
period. Word 0 of the block is used. The arrays here and the plain twins beside them (`*_of`) give the same
words and, to rounding, the same numbers.

    uniform  u = (word + 1/2) / 2^32
    normal   inverse of the normal distribution at u: M. J. Wichura, Algorithm AS 241 (PPND16),
             Applied Statistics 37 (1988), pages 477-484
    gumbel   -log(-log u)
    phase    floor(u r) of the counter (n div 64, 0, key, 0), for a review period r
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

PERSISTENT = 0xFFFFFFFF
"""The period in the counter of a number that a draw keeps for good (a persistent taste)."""

PHASE_GROUP = 64
"""Draws that share their phases of review: n div 64."""

_MASK = 0xFFFFFFFF
_MULTIPLIERS = (0xD2511F53, 0xCD9E8D57)
_WEYL = (0x9E3779B9, 0xBB67AE85)
_ROUNDS = 10

Words = NDArray[np.uint32]
Reals = NDArray[np.float64]


def philox_of(counter: tuple[int, int, int, int], seed: int) -> tuple[int, int, int, int]:
    """Which four words does Philox4x32-10 give for one counter and a 64-bit seed (key: low, high word)?

    >>> [f"{word:08x}" for word in philox_of((0, 0, 0, 0), 0)]
    ['6627e8d5', 'e169c58d', 'bc57ac4c', '9b00dbd8']
    """
    c0, c1, c2, c3 = (word & _MASK for word in counter)
    k0, k1 = seed & _MASK, (seed >> 32) & _MASK
    for _ in range(_ROUNDS):
        left, right = _MULTIPLIERS[0] * c0, _MULTIPLIERS[1] * c2
        c0, c1, c2, c3 = (right >> 32) ^ c1 ^ k0, right & _MASK, (left >> 32) ^ c3 ^ k1, left & _MASK
        k0, k1 = (k0 + _WEYL[0]) & _MASK, (k1 + _WEYL[1]) & _MASK
    return c0, c1, c2, c3


def words(n: ArrayLike, r: ArrayLike, key: ArrayLike, t: ArrayLike, seed: int) -> Words:
    """Which word does each counter (n, r, key, t) get? Integers that broadcast; uint32 of their shape."""
    wide = [np.asarray(part).astype(np.uint64) & np.uint64(_MASK) for part in (n, r, key, t)]
    c0, c1, c2, c3 = np.broadcast_arrays(*wide)
    shift, mask = np.uint64(32), np.uint64(_MASK)
    k0, k1 = seed & _MASK, (seed >> 32) & _MASK
    for _ in range(_ROUNDS):
        left, right = np.uint64(_MULTIPLIERS[0]) * c0, np.uint64(_MULTIPLIERS[1]) * c2
        c0, c1 = (right >> shift) ^ c1 ^ np.uint64(k0), right & mask
        c2, c3 = (left >> shift) ^ c3 ^ np.uint64(k1), left & mask
        k0, k1 = (k0 + _WEYL[0]) & _MASK, (k1 + _WEYL[1]) & _MASK
    return c0.astype(np.uint32)


def uniforms(n: ArrayLike, r: ArrayLike, key: ArrayLike, t: ArrayLike, seed: int) -> Reals:
    """Which uniform number, strictly between 0 and 1, does each counter get? Shapes as in `words`."""
    return np.asarray((words(n, r, key, t, seed) + 0.5) / 4294967296.0)


def normals(n: ArrayLike, r: ArrayLike, key: ArrayLike, t: ArrayLike, seed: int) -> Reals:
    """Which standard normal number does each counter get? Shapes as in `words`."""
    return quantiles(uniforms(n, r, key, t, seed))


def gumbels(n: ArrayLike, r: ArrayLike, key: ArrayLike, t: ArrayLike, seed: int) -> Reals:
    """Which standard Gumbel number does each counter get? Shapes as in `words`."""
    return np.asarray(-np.log(-np.log(uniforms(n, r, key, t, seed))))


def phases(n: ArrayLike, key: ArrayLike, period: ArrayLike, seed: int) -> NDArray[np.int64]:
    """At which phase, 0 to period - 1, is something reviewed? It is due when (t + phase) mod period = 0."""
    group = np.asarray(n).astype(np.int64) // PHASE_GROUP
    return np.asarray(np.floor(uniforms(group, 0, key, 0, seed) * np.asarray(period)), dtype=np.int64)


def uniform_of(n: int, r: int, key: int, t: int, seed: int) -> float:
    """Which uniform number does one counter get? The plain twin of `uniforms`."""
    return (philox_of((n, r, key, t), seed)[0] + 0.5) / 4294967296.0


def normal_of(n: int, r: int, key: int, t: int, seed: int) -> float:
    """Which standard normal number does one counter get? The plain twin of `normals`."""
    return quantile_of(uniform_of(n, r, key, t, seed))


def gumbel_of(n: int, r: int, key: int, t: int, seed: int) -> float:
    """Which standard Gumbel number does one counter get? The plain twin of `gumbels`."""
    return -math.log(-math.log(uniform_of(n, r, key, t, seed)))


def phase_of(n: int, key: int, period: int, seed: int) -> int:
    """At which phase is something reviewed? The plain twin of `phases`."""
    return math.floor(uniform_of(n // PHASE_GROUP, 0, key, 0, seed) * period)


# Numerators and denominators of PPND16, highest power first: centre, middle and far tail.
_CENTRE = (
    (
        2509.0809287301226727,
        33430.575583588128105,
        67265.770927008700853,
        45921.953931549871457,
        13731.693765509461125,
        1971.5909503065514427,
        133.14166789178437745,
        3.387132872796366608,
    ),
    (
        5226.495278852545925,
        28729.085735721942674,
        39307.89580009271061,
        21213.794301586595867,
        5394.1960214247511077,
        687.1870074920579083,
        42.313330701600911252,
        1.0,
    ),
)
_MIDDLE = (
    (
        7.7454501427834140764e-4,
        0.0227238449892691845833,
        0.24178072517745061177,
        1.27045825245236838258,
        3.64784832476320460504,
        5.7694972214606914055,
        4.6303378461565452959,
        1.42343711074968357734,
    ),
    (
        1.05075007164441684324e-9,
        5.475938084995344946e-4,
        0.0151986665636164571966,
        0.14810397642748007459,
        0.68976733498510000455,
        1.6763848301838038494,
        2.05319162663775882187,
        1.0,
    ),
)
_TAIL = (
    (
        2.01033439929228813265e-7,
        2.71155556874348757815e-5,
        0.0012426609473880784386,
        0.026532189526576123093,
        0.29656057182850489123,
        1.7848265399172913358,
        5.4637849111641143699,
        6.6579046435011037772,
    ),
    (
        2.04426310338993978564e-15,
        1.4215117583164458887e-7,
        1.8463183175100546818e-5,
        7.868691311456132591e-4,
        0.0148753612908506148525,
        0.13692988092273580531,
        0.59983220655588793769,
        1.0,
    ),
)


def quantile_of(u: float) -> float:
    """Which standard normal number has probability u, in (0, 1), below it (AS 241; error about 1e-16)?

    >>> round(quantile_of(0.975), 6)
    1.959964
    """
    q = u - 0.5
    if abs(q) <= 0.425:
        return q * _ratio(_CENTRE, 0.180625 - q * q)
    r = math.sqrt(-math.log(u if q < 0.0 else 1.0 - u))
    size = _ratio(_MIDDLE, r - 1.6) if r <= 5.0 else _ratio(_TAIL, r - 5.0)
    return -size if q < 0.0 else size


def _ratio(table: tuple[tuple[float, ...], tuple[float, ...]], x: float) -> float:
    """One rational function of AS 241 by Horner's rule."""
    above = below = 0.0
    for up, down in zip(*table, strict=True):
        above, below = above * x + up, below * x + down
    return above / below


def quantiles(u: Reals) -> Reals:
    """Which standard normal numbers have probabilities u below them? The array form of `quantile_of`."""
    q = np.asarray(u, dtype=np.float64) - 0.5
    r = np.sqrt(-np.log(np.where(q < 0.0, u, 1.0 - u)))
    centre = q * _ratios(_CENTRE, 0.180625 - q * q)
    size = np.where(r <= 5.0, _ratios(_MIDDLE, r - 1.6), _ratios(_TAIL, r - 5.0))
    return np.where(np.abs(q) <= 0.425, centre, np.where(q < 0.0, -size, size))


def _ratios(table: tuple[tuple[float, ...], tuple[float, ...]], x: Reals) -> Reals:
    """The array form of `_ratio`."""
    above, below = np.zeros_like(x), np.zeros_like(x)
    for up, down in zip(*table, strict=True):
        above, below = above * x + up, below * x + down
    return above / below
