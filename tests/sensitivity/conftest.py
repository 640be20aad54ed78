from __future__ import annotations

from pathlib import Path

import pytest

from realpolitik.project import Project, open_project

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def strait() -> Project:
    return open_project(HERE.parent / "cases" / "strait.yaml", draws=64, cache=False)


@pytest.fixture(scope="session")
def toll() -> Project:
    return open_project(HERE / "cases" / "toll.yaml", draws=64, cache=False)
