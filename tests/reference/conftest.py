from __future__ import annotations

import pytest

from realpolitik.project import Project, open_project

DRAWS = 256
FORESIGHT = 64


@pytest.fixture(scope="session")
def case() -> Project:
    """The reference situation as bundled, at the size of the default screen."""
    return open_project("northeast-asia", draws=DRAWS, cache=False)


@pytest.fixture(scope="session")
def foresight() -> Project:
    """The same, everyone foreseeing the others' replies."""
    return open_project("northeast-asia", draws=FORESIGHT, depth=1, cache=False)
