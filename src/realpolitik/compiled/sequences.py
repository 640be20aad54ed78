"""One well-spread sequence of numbers per uncertain input, fixed by seed and name.

Definition: the base-2 radical inverse of the draw's index, the index shuffled and the result scrambled by hashes of
(seed, input name) in the manner of Owen's nested scrambling (Owen 1995, in Niederreiter & Shiue, pp. 299-317; the
hash form: Burley 2020, JCGT 9(4), section 4). Draw n has the same value however many draws are taken, and any first
2^k draws put one value into each of the 2^k equal parts of (0, 1).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint32]

_FACTORS = (0x6C50B47C, 0xB82F1E52, 0xC7AFE638, 0x8D22F6E6)


def name_seeds(seed: int, name: str) -> tuple[int, int]:
    """Two independent 32-bit seeds for one input: one shuffles its index, one scrambles its values.

    >>> name_seeds(1, "size: a") == name_seeds(1, "size: a"), name_seeds(1, "size: a") == name_seeds(2, "size: a")
    (True, False)
    """
    digest = hashlib.blake2b(f"{seed}|{name}".encode(), digest_size=8).digest()
    return int.from_bytes(digest[:4], "little"), int.from_bytes(digest[4:], "little")


def reverse_bits(words: Words) -> Words:
    """The 32 bits of each word in reverse order.

    >>> int(reverse_bits(np.array([1], np.uint32))[0])
    2147483648
    """
    out = words.byteswap()
    for shift, mask in ((1, 0x55555555), (2, 0x33333333), (4, 0x0F0F0F0F)):
        kept = np.uint32(mask)
        out = ((out >> np.uint32(shift)) & kept) | ((out & kept) << np.uint32(shift))
    return out


def _hash_low_to_high(words: Words, seeds: Words) -> Words:
    """A hash in which each bit depends on lower bits only: nested scrambling, read backwards.

    Sums, products by odd numbers and `x ^= x * even` carry upwards only; rounds with fresh keys make every bit depend
    on all below it. `seeds` stand against words as NumPy lines them up.
    """
    out = words
    for turn, factor in enumerate(_FACTORS):
        key = seeds * np.uint32(0x9E3779B1) + np.uint32((turn * 0x85EBCA6B) & 0xFFFFFFFF)
        key = (key ^ (key >> np.uint32(15))) * np.uint32(0x2C1B3C6D)
        out = (out + (key ^ (key >> np.uint32(12)))) * (key | np.uint32(1))
        out = out ^ (out * np.uint32(factor))
    return out


def uniforms(seed: int, name: str, index: NDArray[np.int64]) -> NDArray[np.float64]:
    """The values in (0, 1) of input `name` for draws `index` (draw,).

    >>> u = uniforms(7, "size: a", np.arange(8))
    >>> sorted(int(value * 8) for value in u)
    [0, 1, 2, 3, 4, 5, 6, 7]
    """
    found: NDArray[np.float64] = uniforms_of(seed, (name,), index)[0]
    return found


def uniforms_of(seed: int, names: Sequence[str], index: NDArray[np.int64]) -> NDArray[np.float64]:
    """The values in (0, 1) of several inputs at once (name, draw); each as if asked for alone.

    The index, its bits reversed, is hashed and reversed (shuffled), and that hashed and reversed again (scrambled).

    >>> bool((uniforms_of(7, ["a", "b"], np.arange(8))[1] == uniforms(7, "b", np.arange(8))).all())
    True
    """
    seeds = np.array([name_seeds(seed, name) for name in names], dtype=np.uint32).reshape(len(names), 2, 1)
    with np.errstate(over="ignore"):
        shuffled = reverse_bits(_hash_low_to_high(reverse_bits(index.astype(np.uint32)), seeds[:, 0]))
        values = reverse_bits(_hash_low_to_high(shuffled, seeds[:, 1]))
    return (values.astype(np.float64) + 0.5) * 2.0**-32
