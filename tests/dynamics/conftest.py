"""Every hand-computed case is put to every kernel that is there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the models and helpers beside the tests

from agreement import KERNELS, Kernel, kernel_named


@pytest.fixture(params=KERNELS)
def kernel(request: pytest.FixtureRequest) -> Kernel:
    return kernel_named(request.param)
