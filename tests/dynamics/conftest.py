"""Every hand-computed case is put to every kernel that is there."""

from __future__ import annotations

import importlib
from collections.abc import Callable

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


@pytest.fixture(params=KERNELS)
def kernel(request: pytest.FixtureRequest) -> Kernel:
    return kernel_named(request.param)
