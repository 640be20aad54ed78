"""The compiled part of the games package: pure equilibria. Where it was not built, NumPy does the same, slower."""

from __future__ import annotations

import ctypes
import math
from ctypes import c_int64, c_void_p
from functools import cache

import numpy as np
from numpy.typing import NDArray

from realpolitik.shared_library import Signatures, load

Choices = NDArray[np.int64]
FUNCTIONS = {np.dtype(np.float64): "rp_pure_f64", np.dtype(np.int32): "rp_pure_i32"}
SIGNATURES: Signatures = {
    **{name: (c_int64, [c_void_p, c_void_p, c_int64, c_void_p, c_void_p]) for name in FUNCTIONS.values()},
    "rp_choices": (None, [c_void_p, c_int64, c_void_p, c_int64, c_void_p]),
}


@cache
def library() -> ctypes.CDLL | None:
    """The compiled kernels; None where they were not built or cannot be loaded."""
    return load("realpolitik.games.native._games", SIGNATURES)


def pure_equilibria(payoffs: NDArray[np.generic]) -> Choices | None:
    """Every joint choice that nobody wants to leave alone, (equilibrium, actor), ascending; None without the kernel.

    payoffs: (actor, choice of actor 0, choice of actor 1, ...), real numbers; one table and one axis for every
    actor, at least one choice on each (not checked here).
    """
    kernel = library()
    if kernel is None:
        return None
    if payoffs.dtype not in FUNCTIONS or not payoffs.flags.c_contiguous:
        payoffs = np.ascontiguousarray(payoffs, dtype=np.float64)
    sizes = payoffs.shape[1:]
    actors, cells = len(sizes), math.prod(sizes)
    choices = (c_int64 * actors)(*sizes)
    best, found = np.empty(cells // sizes[0], dtype=payoffs.dtype), np.empty(cells, dtype=np.int64)
    solve = getattr(kernel, FUNCTIONS[payoffs.dtype])
    count = solve(_at(payoffs), choices, actors, _at(best), _at(found))
    out = np.empty((count, actors), dtype=np.int64)
    kernel.rp_choices(_at(found), count, choices, actors, _at(out))
    return out


def _at(array: NDArray[np.generic]) -> int:
    """Where an array's numbers begin."""
    return int(array.__array_interface__["data"][0])
