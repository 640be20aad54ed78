"""How does the compiled kernel run a block of draws: packing, workspaces, and the call itself."""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import byref, c_int64, c_void_p
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.errors import RealpolitikError

from ..tables import Draws, Paths, Plan, Tables
from .binding import (
    DrawsOfC,
    Fault,
    PathsOfC,
    PlanOfC,
    address,
    draw_fields,
    fault_text,
    kernel,
    table_fields,
    variants,
)

LOOKAHEADS = {"exact": (0, 0), "coarse": (1, 0), "screened": (0, 1), "quick": (1, 1)}
"""By name: whether paths go by ever longer steps, and whether answers that can hardly matter are left out."""


class KernelInputError(RealpolitikError):
    """Tables, draws or a plan that cannot be run; the message says which array, which element and why."""


class Model:
    """Tables as the kernel holds them: copied, checked and indexed; freed with this object.

    Raises:
        KernelInputError: an array has the wrong length, or an entry points outside what there is.
    """

    def __init__(self, tables: Tables, params: int) -> None:
        self.periods, self.params = tables.periods, params
        arrays = [np.ascontiguousarray(getattr(tables, name), dtype=kind) for name, kind in table_fields()]
        pointers = (c_void_p * len(arrays))(*(address(array) for array in arrays))
        lengths = (c_int64 * len(arrays))(*(array.size for array in arrays))
        scalars = (c_int64 * 3)(tables.periods, len(tables.view_hidden_factor), params)
        fault = Fault()
        self.handle = kernel().rp_open(pointers, lengths, scalars, byref(fault))
        if not self.handle:
            raise KernelInputError(fault_text(fault, tuple(name for name, _ in table_fields())))
        weakref.finalize(self, kernel().rp_close, self.handle)
        self.widths = tuple(kernel().rp_draw_length(self.handle, i) for i in range(len(draw_fields())))
        self.sizes: dict[tuple[int, int], int] = {}

    def workspace(self, variant: int, depth: int) -> int:
        """How many bytes does one thread need?"""
        key = (variant, depth)
        if key not in self.sizes:
            self.sizes[key] = int(kernel().rp_workspace(self.handle, variant, depth))
        return self.sizes[key]


_models: weakref.WeakKeyDictionary[Tables, Model] = weakref.WeakKeyDictionary()
_lock = threading.Lock()
_rooms: list[NDArray[np.uint8]] = []
ROOMS_KEPT = os.cpu_count() or 1


def model_of(tables: Tables, params: int) -> Model:
    """The checked model of some tables, made once while they live."""
    with _lock:
        model = _models.get(tables)
        if model is None or model.params != params:
            model = _models[tables] = Model(tables, params)
        return model


@contextmanager
def room(size: int) -> Iterator[NDArray[np.uint8]]:
    """A workspace of at least `size` bytes, zero where it was never used; kept for whoever needs one next.

    Threads come and go with every run; memory touched anew each time would cost more than some runs.
    """
    with _lock:
        held = _rooms.pop() if _rooms else None
    if held is None or held.size < size:
        held = np.zeros(size, dtype=np.uint8)
    try:
        yield held
    finally:
        with _lock:
            if len(_rooms) < ROOMS_KEPT:
                _rooms.append(held)


def variant_number(precision: str, variant: str | None) -> int:
    """Which variant is meant: the one named, else the best one here in this precision.

    Raises:
        KernelInputError: it is not built, or this processor cannot run it.
    """
    known = variants()
    names = [name for name in known if name.startswith(f"{precision}_") and variant in (None, name, name[4:])]
    if not names:
        raise KernelInputError(f"no variant {precision}_{variant or '*'} runs here; those that do: {', '.join(known)}")
    return known[names[0]]


def packed_draws(model: Model, draws: Draws) -> tuple[DrawsOfC, list[NDArray[Any]]]:
    """Draws as the kernel reads them, and the arrays that must live as long."""
    rows = len(draws.index)
    keys = [np.ascontiguousarray(column, dtype=np.int32) for column in (draws.index, draws.replica)]
    arrays = [np.ascontiguousarray(getattr(draws, name), dtype=np.float64) for name in draw_fields()]
    for name, array, width in zip(draw_fields(), arrays, model.widths, strict=True):
        if array.shape != (rows, width):
            raise KernelInputError(f"{name} has shape {array.shape}; expected ({rows}, {width})")
    pointers = (c_void_p * len(arrays))(*(address(array) for array in arrays))
    return DrawsOfC(rows, address(keys[0]), address(keys[1]), pointers), keys + arrays


def packed_plan(
    plan: Plan, shape: tuple[int, int, int], seed: int, depth: int, lookahead: str
) -> tuple[PlanOfC, list[NDArray[Any]]]:
    """A plan as the kernel reads it, and the arrays that must live as long."""
    columns = ("held", "index", "start", "end", "secret")
    held: list[NDArray[Any]] = [
        np.array([int(getattr(hold, name)) for hold in plan.holds], dtype=np.int32) for name in columns
    ]
    value = np.array([hold.value for hold in plan.holds], dtype=np.float64)
    replay = None if plan.replay is None else np.ascontiguousarray(plan.replay, dtype=np.int8)
    if replay is not None and replay.shape != shape:
        raise KernelInputError(f"replay has shape {replay.shape}; expected {shape}")
    low, high = seed & 0xFFFFFFFF, (seed >> 32) & 0xFFFFFFFF
    pointers = [address(column) for column in (*held, value)]
    flags = (plan.review, plan.chance, plan.tastes, depth)
    packed = PlanOfC(
        len(plan.holds),
        *pointers,
        None if replay is None else address(replay),
        *flags,
        low,
        high,
        *LOOKAHEADS[lookahead],
    )
    return packed, [*held, value] + ([] if replay is None else [replay])


def empty_paths(tables: Tables, rows: int, only: frozenset[str] | None) -> dict[str, NDArray[Any]]:
    """Arrays for the paths, or for those of their fields named in `only`."""
    points = tables.periods + 1
    shapes: dict[str, tuple[tuple[int, ...], type[np.generic]]] = {
        "factors": ((len(tables.factor_kind),), np.float64),
        "levels": ((len(tables.option_now),), np.int8),
        "utility": ((len(tables.actor_foresight),), np.float64),
        "fired": ((len(tables.shock_on),), np.bool_),
        "honoured": ((len(tables.promise_option),), np.int8),
        "formed": ((len(tables.exchange_review),), np.bool_),
        "margin": ((), np.float64),
    }
    wanted = {name: shapes[name] for name in shapes if only is None or name in only}
    return {name: np.zeros((rows, points, *tail), dtype=kind) for name, (tail, kind) in wanted.items()}


def run(
    tables: Tables,
    draws: Draws,
    plan: Plan,
    *,
    seed: int,
    depth: int,
    variant: int,
    lookahead: str = "exact",
    only: frozenset[str] | None = None,
) -> dict[str, NDArray[Any]]:
    """The fields of the paths of a block of draws (all, or those in `only`), by name."""
    model = model_of(tables, draws.param.shape[1])
    rows = len(draws.index)
    of_draws, live = packed_draws(model, draws)
    of_plan, live_too = packed_plan(plan, (rows, tables.periods + 1, len(tables.option_now)), seed, depth, lookahead)
    out = empty_paths(tables, rows, only)
    names = [name for name, _ in PathsOfC._fields_]
    of_paths = PathsOfC(*(address(out[name]) if name in out else None for name in names))
    size, fault = model.workspace(variant, depth), Fault()
    with room(size) as memory:
        fine = kernel().rp_run(
            model.handle, of_draws, of_plan, of_paths, variant, 0, rows, address(memory), size, byref(fault)
        )
    del live, live_too
    if not fine:
        raise KernelInputError(fault_text(fault, draw_fields()))
    return out


def simulate(
    tables: Tables,
    draws: Draws,
    plan: Plan,
    *,
    seed: int,
    depth: int,
    precision: str = "f64",
    variant: str | None = None,
    lookahead: str = "exact",
) -> Paths:
    """What happens in every draw of a block, at look-ahead depth 0 or 1? The compiled twin of `literal.simulate`.

    `precision` is "f64" or "f32"; `variant` an instruction set ("base", "avx2", "avx512"; all give the same
    bits), by default the best this processor runs; `lookahead` one of LOOKAHEADS ("exact" is the definition).

    Raises:
        KernelInputError: malformed tables, draws or plan; a variant that is not here.
        ValueError: for another depth.
    """
    if depth not in (0, 1):
        raise ValueError(f"depth is {depth}; the kernel looks ahead at depth 0 or 1")
    number = variant_number(precision, variant)
    found = run(tables, draws, plan, seed=seed, depth=depth, variant=number, lookahead=lookahead)
    return Paths(**{item.name: found[item.name] for item in fields(Paths)})
