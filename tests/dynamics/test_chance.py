"""Chance: Philox against published vectors, the normal quantile against SciPy, twins against each other."""

from __future__ import annotations

import math

import numpy as np
import pytest
from model_builder import key_of
from scipy.special import ndtri

from realpolitik.dynamics import chance

# Random123 1.14, kat_vectors, philox4x32 10: counter, key (low word, high word), output.
KNOWN = [
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
]


def numbers(text: str) -> list[int]:
    return [int(word, 16) for word in text.split()]


@pytest.mark.parametrize(("counter", "key", "expected"), KNOWN)
def test_philox_gives_the_published_words(counter: str, key: str, expected: str) -> None:
    low, high = numbers(key)
    seed = low | high << 32
    c0, c1, c2, c3 = numbers(counter)
    assert list(chance.philox_of((c0, c1, c2, c3), seed)) == numbers(expected)
    assert chance.words(c0, c1, c2, c3, seed) == numbers(expected)[0]


def test_arrays_and_plain_twins_agree() -> None:
    n = np.arange(500)[:, None]
    t = np.array([0, 1, 7, chance.PERSISTENT])
    seed, r, key = 0x0123456789ABCDEF, 3, key_of("noise", "tension")
    for fast, plain in (
        (chance.uniforms, chance.uniform_of),
        (chance.normals, chance.normal_of),
        (chance.gumbels, chance.gumbel_of),
    ):
        expected = [[plain(int(i), r, key, int(s), seed) for s in t] for i in n[:, 0]]
        np.testing.assert_allclose(fast(n, r, key, t, seed), expected, rtol=1e-13, atol=1e-15)


def test_the_normal_quantile_is_exact() -> None:
    u = (np.concatenate([np.arange(2000), 2**31 + np.arange(-500, 500), 2.0**32 - 1 - np.arange(2000)]) + 0.5) / 2.0**32
    u = np.concatenate([u, np.linspace(0.001, 0.999, 999), [1e-20, 1e-300]])
    np.testing.assert_allclose(chance.quantiles(u), ndtri(u), rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose([chance.quantile_of(float(v)) for v in u], ndtri(u), rtol=1e-12, atol=1e-14)


def test_the_numbers_have_their_distributions() -> None:
    n = np.arange(200_000)
    uniform = chance.uniforms(n, 0, 11, 5, 1)
    normal = chance.normals(n, 0, 11, 6, 1)
    gumbel = chance.gumbels(n, 0, 11, 7, 1)
    error = 5 / math.sqrt(n.size)
    assert 0.0 < uniform.min() < uniform.max() < 1.0
    assert abs(uniform.mean() - 0.5) < error
    assert abs(uniform.var() - 1 / 12) < error
    assert abs(normal.mean()) < error
    assert abs(normal.var() - 1) < 2 * error
    assert abs(gumbel.mean() - 0.5772156649) < 2 * error
    assert abs(gumbel.var() - math.pi**2 / 6) < 6 * error
    assert abs(np.corrcoef(uniform, normal)[0, 1]) < error


def test_phases_are_shared_by_groups_of_64_draws_and_cover_the_period() -> None:
    n = np.arange(64 * 300)
    got = chance.phases(n, 77, 3, 9)
    assert [int(v) for v in got[:130]] == [chance.phase_of(int(i), 77, 3, 9) for i in n[:130]]
    assert (got.reshape(-1, 64) == got[::64, None]).all()
    assert set(got.tolist()) == {0, 1, 2}
    assert (chance.phases(n, 77, 1, 9) == 0).all()


def test_another_seed_replica_or_name_gives_other_numbers() -> None:
    base = chance.uniforms(np.arange(50), 0, 1, 0, 5)
    for other in (
        chance.uniforms(np.arange(50), 1, 1, 0, 5),
        chance.uniforms(np.arange(50), 0, 2, 0, 5),
        chance.uniforms(np.arange(50), 0, 1, 1, 5),
        chance.uniforms(np.arange(50), 0, 1, 0, 5 + 2**32),
    ):
        assert not (base == other).any()
