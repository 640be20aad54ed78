from __future__ import annotations

from pathlib import Path

import pytest

from realpolitik.project import Project, open_project

HERE = Path(__file__).parent
STRAIT = HERE.parent / "cases" / "strait.yaml"
WAGER = HERE / "cases" / "wager.yaml"


@pytest.fixture(scope="session")
def wager() -> Project:
    """Everything in whole points, to be worked out by hand."""
    return open_project(WAGER, draws=16, cache=False)


@pytest.fixture(scope="session")
def strait() -> Project:
    return open_project(STRAIT, draws=32, cache=False)
