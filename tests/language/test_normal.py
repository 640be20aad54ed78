"""The normal distribution against the standard library (AS 241 as well) and against erfc."""

import math
from statistics import NormalDist

import numpy as np
import pytest

from realpolitik.language.normal import SCORE_95, normal_cdf, normal_quantile

PROBABILITIES = [1e-300, 1e-20, 1e-9, 0.001, 0.05, 0.07, 0.075, 0.3, 0.5, 0.7, 0.925, 0.93, 0.95, 0.999, 1 - 1e-9]
SCORES = [-37.0, -20.0, -8.0, -7.0711, -7.07, -3.0, -1.0, -1e-9, 0.0, 0.3, 1.6448536269514722, 5.0, 7.1, 8.0, 40.0]


@pytest.mark.parametrize("u", PROBABILITIES)
def test_quantile_agrees_with_the_standard_library(u: float) -> None:
    assert normal_quantile(u) == pytest.approx(NormalDist().inv_cdf(u), rel=1e-14)


@pytest.mark.parametrize("x", SCORES)
def test_cdf_agrees_with_erfc(x: float) -> None:
    exact = 0.5 * math.erfc(-x / math.sqrt(2))
    assert normal_cdf(x) == pytest.approx(exact, rel=1e-6, abs=2e-15)


def test_published_values_of_wichura_1988() -> None:
    """Applied Statistics 37, p. 478: the test values given for PPND16."""
    assert normal_quantile(0.25) == pytest.approx(-0.6744897501960817, abs=1e-15)
    assert normal_quantile(0.001) == pytest.approx(-3.090232306167814, abs=1e-14)
    assert normal_quantile(1e-20) == pytest.approx(-9.262340089798408, abs=1e-13)


def test_arrays_equal_scalars() -> None:
    u, x = np.array(PROBABILITIES), np.array(SCORES)
    np.testing.assert_allclose(normal_quantile(u), [normal_quantile(p) for p in PROBABILITIES], rtol=1e-15)
    np.testing.assert_allclose(normal_cdf(x), [normal_cdf(s) for s in SCORES], rtol=1e-14)
    assert list(normal_quantile(np.array([0.0, 1.0]))) == [-math.inf, math.inf]


def test_ends_and_refusal() -> None:
    assert normal_quantile(0.0) == -math.inf
    assert normal_quantile(1.0) == math.inf
    with pytest.raises(ValueError, match="between 0 and 1"):
        normal_quantile(1.5)


def test_round_trip() -> None:
    scores = np.linspace(-6, 6, 1001)
    np.testing.assert_allclose(normal_quantile(normal_cdf(scores[scores < 0])), scores[scores < 0], atol=1e-9)
    assert normal_cdf(SCORE_95) == pytest.approx(0.95, abs=1e-15)
