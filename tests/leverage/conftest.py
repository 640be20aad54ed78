from __future__ import annotations

from pathlib import Path

import pytest

from realpolitik.project import Project, open_project

HERE = Path(__file__).parent
STRAIT = HERE.parent / "cases" / "strait.yaml"


@pytest.fixture(scope="session")
def supplier() -> Project:
    """Every number fixed: gains can be worked out by hand."""
    return open_project(HERE / "cases" / "supplier.yaml", draws=256, cache=False)


@pytest.fixture(scope="session")
def strait() -> Project:
    return open_project(STRAIT, draws=32, cache=False)


@pytest.fixture(scope="session")
def small_case() -> Project:
    """The reference situation at a quarter of its usual size."""
    return open_project("northeast-asia", draws=64, cache=False)
