from __future__ import annotations

from pathlib import Path

import pytest

from realpolitik.project import Project, open_project

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def readings() -> Project:
    """Two readings that differ in one chance, and a level that stays what it is."""
    return open_project(HERE / "cases" / "readings.yaml", draws=1024, cache=False)


@pytest.fixture(scope="session")
def strait() -> Project:
    return open_project(HERE.parent / "cases" / "strait.yaml", draws=64, cache=False)
