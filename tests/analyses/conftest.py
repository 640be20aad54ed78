from __future__ import annotations

from pathlib import Path

import pytest

from realpolitik.project import Project, open_project

CASES = Path(__file__).parent.parent / "cases"


@pytest.fixture(scope="session")
def strait() -> Project:
    return open_project(CASES / "strait.yaml", draws=32, cache=False)
