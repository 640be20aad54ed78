"""How does Python reach the compiled kernel? By ctypes over the extension module's file; calls release the lock."""

from __future__ import annotations

import ctypes
from ctypes import POINTER, c_char_p, c_int, c_int32, c_int64, c_uint32, c_void_p
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.shared_library import load

TYPES: dict[str, type[np.generic]] = {"U8": np.uint8, "I32": np.int32, "U32": np.uint32, "F64": np.float64}


class Fault(ctypes.Structure):
    """Why the kernel refused something, and where (C: rp_fault)."""

    _fields_ = (("reason", c_int32), ("field", c_int32), ("element", c_int64))


class PlanOfC(ctypes.Structure):
    """A plan as the kernel reads it (C: rp_plan)."""

    _fields_ = (
        ("holds", c_int64),
        ("held", c_void_p),
        ("index", c_void_p),
        ("start", c_void_p),
        ("end", c_void_p),
        ("secret", c_void_p),
        ("value", c_void_p),
        ("replay", c_void_p),
        ("review", c_int32),
        ("chance", c_int32),
        ("tastes", c_int32),
        ("depth", c_int32),
        ("seed_low", c_uint32),
        ("seed_high", c_uint32),
        ("coarse", c_int32),
        ("screened", c_int32),
    )


class DrawsOfC(ctypes.Structure):
    """Draws as the kernel reads them (C: rp_draws)."""

    _fields_ = (("rows", c_int64), ("index", c_void_p), ("replica", c_void_p), ("arrays", POINTER(c_void_p)))


class PathsOfC(ctypes.Structure):
    """Where the kernel writes paths; null where they are not wanted (C: rp_paths)."""

    _fields_ = (
        ("factors", c_void_p),
        ("utility", c_void_p),
        ("margin", c_void_p),
        ("levels", c_void_p),
        ("honoured", c_void_p),
        ("fired", c_void_p),
        ("formed", c_void_p),
    )


SIGNATURES: dict[str, tuple[Any, list[Any]]] = {
    "rp_variants": (c_int, []),
    "rp_variant_name": (c_char_p, [c_int]),
    "rp_variant_lanes": (c_int, [c_int]),
    "rp_field_count": (c_int, []),
    "rp_field_name": (c_char_p, [c_int]),
    "rp_field_type": (c_char_p, [c_int]),
    "rp_draw_count": (c_int, []),
    "rp_draw_name": (c_char_p, [c_int]),
    "rp_draw_length": (c_int64, [c_void_p, c_int]),
    "rp_reason": (c_char_p, [c_int]),
    "rp_open": (c_void_p, [POINTER(c_void_p), POINTER(c_int64), POINTER(c_int64), POINTER(Fault)]),
    "rp_close": (None, [c_void_p]),
    "rp_workspace": (c_int64, [c_void_p, c_int, c_int]),
    "rp_run": (
        c_int,
        [
            c_void_p,
            POINTER(DrawsOfC),
            POINTER(PlanOfC),
            POINTER(PathsOfC),
            c_int,
            c_int64,
            c_int64,
            c_void_p,
            c_int64,
            POINTER(Fault),
        ],
    ),
}


@cache
def library() -> ctypes.CDLL | None:
    """Which library holds the compiled kernel? None where it was not built or cannot be loaded."""
    return load("realpolitik.dynamics.native._kernel", SIGNATURES)


def kernel() -> ctypes.CDLL:
    """The compiled kernel's library.

    Raises:
        RuntimeError: it is not there; ask `available` first.
    """
    loaded = library()
    if loaded is None:
        raise RuntimeError(
            "the compiled kernel is not built here: use the NumPy kernel, or reinstall with a C compiler"
        )
    return loaded


@cache
def variants() -> dict[str, int]:
    """Which variants run on this processor, best first in each precision: name to number."""
    loaded = library()
    if loaded is None:
        return {}
    named = ((loaded.rp_variant_name(i).decode(), i) for i in range(loaded.rp_variants()))
    return {name: number for name, number in named if name}


@cache
def table_fields() -> tuple[tuple[str, type[np.generic]], ...]:
    """Which arrays of `Tables` does the kernel read, in which order, of which type?"""
    loaded = kernel()
    return tuple(
        (loaded.rp_field_name(i).decode(), TYPES[loaded.rp_field_type(i).decode()])
        for i in range(loaded.rp_field_count())
    )


@cache
def draw_fields() -> tuple[str, ...]:
    """Which arrays of `Draws` does the kernel read, in which order?"""
    loaded = kernel()
    return tuple(loaded.rp_draw_name(i).decode() for i in range(loaded.rp_draw_count()))


def address(array: NDArray[Any]) -> int:
    """Where an array's first element stands."""
    return int(array.ctypes.data)


def fault_text(fault: Fault, names: tuple[str, ...]) -> str:
    """What does a refusal say: the array, the element, the reason."""
    reason = kernel().rp_reason(fault.reason).decode()
    where = names[fault.field] if 0 <= fault.field < len(names) else ""
    element = f"[{fault.element}]" if where and fault.element >= 0 else ""
    return f"{where}{element}: {reason}" if where else f"{reason} ({fault.element})"
