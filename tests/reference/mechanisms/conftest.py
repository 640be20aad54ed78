"""One opened case for every mechanism: 128 draws, half of the screen's, tell a mechanism from its absence."""

from __future__ import annotations

import pytest

from realpolitik.project import Project, open_project

DRAWS = 128


@pytest.fixture(scope="session")
def case() -> Project:
    """The reference situation as bundled; its runs are shared by all the modules here."""
    return open_project("northeast-asia", draws=DRAWS, cache=False)
