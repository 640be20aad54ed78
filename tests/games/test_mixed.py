"""Mixed equilibria through Gambit, and what is said where it is not installed."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from realpolitik.errors import QuestionRefused
from realpolitik.games.mixed import mixed_equilibria

PENNIES = np.array([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]], dtype=float)


def test_matching_pennies_is_played_by_halves():
    pytest.importorskip("pygambit")
    (only,) = mixed_equilibria(PENNIES)
    assert np.allclose(np.stack(only), 0.5)


def test_without_gambit_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "pygambit", None)
    with pytest.raises(QuestionRefused, match=r"realpolitik\[games\]"):
        mixed_equilibria(PENNIES)
