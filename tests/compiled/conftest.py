from __future__ import annotations

from pathlib import Path

import pytest

from realpolitik.compiled import Ensemble, Model, Settings, compile  # noqa: A004
from realpolitik.situation.reader import read_situation

CASES = Path(__file__).parent.parent / "cases"


@pytest.fixture(scope="session")
def strait() -> Model:
    return compile(read_situation(CASES / "strait.yaml"))


@pytest.fixture(scope="session")
def ensemble(strait: Model) -> Ensemble:
    return Ensemble(strait, Settings(draws=32))
