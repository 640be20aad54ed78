"""What holds for every test: one thread in BLAS, no cache of the user's touched, no deadline on a shared machine."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):  # read when numpy is first imported
    os.environ.setdefault(_name, "1")

settings.register_profile("suite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", deadline=None, max_examples=500, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Tests keep finished runs in a folder of their own: no test is answered by an older version's run."""
    os.environ["REALPOLITIK_CACHE"] = str(tmp_path_factory.mktemp("cache"))
