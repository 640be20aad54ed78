from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.compiled.sequences import reverse_bits, uniforms


@given(st.integers(0, 2**64 - 1), st.text(max_size=30), st.integers(0, 10))
def test_the_first_power_of_two_draws_fill_equal_parts_once(seed: int, name: str, bits: int) -> None:
    values = uniforms(seed, name, np.arange(2**bits))
    assert sorted(np.floor(values * 2**bits).astype(int)) == list(range(2**bits))


@given(st.integers(0, 2**32), st.integers(0, 2**20))
def test_a_draw_keeps_its_value_however_many_are_taken(seed: int, number: int) -> None:
    alone = uniforms(seed, "x", np.array([number]))
    among = uniforms(seed, "x", np.arange(number, number + 8))
    assert alone[0] == among[0]


def test_two_inputs_are_not_correlated() -> None:
    index = np.arange(4096)
    many = np.array([uniforms(3, f"input {i}", index) for i in range(40)])
    correlations = np.corrcoef(many)[np.triu_indices(40, 1)]
    assert np.abs(correlations).max() < 0.08
    assert np.sqrt((correlations**2).mean()) == pytest.approx(1 / 64, rel=0.35)


@given(st.integers(0, 2**32 - 1))
def test_reversing_bits_is_its_own_inverse_and_literal(word: int) -> None:
    turned = reverse_bits(np.array([word], np.uint32))
    assert int(turned[0]) == int(f"{word:032b}"[::-1], 2)
    assert int(reverse_bits(turned)[0]) == word
