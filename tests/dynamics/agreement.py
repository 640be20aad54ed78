"""Do two kernels say the same about one case, up to each draw's first narrow decision?"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest

from realpolitik.dynamics.tables import Paths

Kernel = Callable[..., Paths]
KERNELS = ("literal", "batched", "native")


def kernel_named(name: str) -> Kernel:
    """The kernel's `simulate`; skips the test where the kernel is not there (a machine without compiler)."""
    try:
        module = importlib.import_module(f"realpolitik.dynamics.{name}")
    except ImportError:
        pytest.skip(f"the {name} kernel is not there")
    if not hasattr(module, "simulate") or not getattr(module, "available", lambda: True)():
        pytest.skip(f"the {name} kernel was not built")
    return module.simulate


NARROW = 1e-4
"""A decision by less than this, in log-odds, may fall either way by rounding."""


@dataclass(frozen=True)
class Comparison:
    """How many draws were compared and how many met a narrow decision; what differed, in words."""

    draws: int
    narrow: int
    differences: list[str]


def before_narrow(paths: Paths) -> np.ndarray:
    """(draw, period): True up to, but without, the first period with a narrow decision."""
    return np.cumsum(paths.margin < NARROW, axis=1) == 0


def compare(ours: Paths, theirs: Paths, tolerance: float) -> Comparison:
    """Same choices and events exactly, same numbers within the tolerance, before any narrow decision."""
    wide = before_narrow(ours)
    differences = []
    for name in ("levels", "fired", "honoured", "formed", "factors", "utility", "margin"):
        one, other = getattr(ours, name), getattr(theirs, name)
        if one.shape != other.shape:
            differences.append(f"{name}: shape {other.shape} instead of {one.shape}")
            continue
        room = {"factors": tolerance, "utility": 10 * tolerance, "margin": 1e4 * tolerance}.get(name, 0.0)
        wrong = ~np.isclose(one.astype(float), other.astype(float), rtol=room, atol=room)
        wrong = wrong.reshape(*wide.shape, -1).any(axis=2) & wide
        if wrong.any():
            n, t = np.argwhere(wrong)[0]
            differences.append(f"{name} from draw {n}, t {t}: {other[n, t]} instead of {one[n, t]}")
    return Comparison(len(wide), int((~wide).any(axis=1).sum()), differences)
