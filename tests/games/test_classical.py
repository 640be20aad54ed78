"""Classical solutions on games whose answers are known exactly."""

from __future__ import annotations

import numpy as np
import pytest

from realpolitik.errors import QuestionRefused
from realpolitik.games import native
from realpolitik.games.classical import (
    banzhaf,
    core,
    equilibria_by_axes,
    expected_payoffs,
    logit_equilibrium,
    logit_response,
    pure_equilibria,
    shapley,
)
from realpolitik.games.frequencies import equilibrium_frequencies, option_grid, ordinal
from realpolitik.games.verdicts import nash


def test_matching_pennies_has_no_pure_equilibrium_and_even_odds_at_any_decisiveness():
    pennies = np.array([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]], dtype=float)
    assert len(pure_equilibria(pennies)) == 0
    for decisiveness in (0.0, 0.5, 3.0, 20.0):
        found = logit_equilibrium(pennies, decisiveness)
        assert all(np.allclose(row, 0.5) for row in found.strategies)


@pytest.mark.parametrize("players", [2, 3, 4])
def test_logit_equilibria_are_fixed_points(players):
    rng = np.random.default_rng(players)
    payoffs = rng.normal(size=(players, *([3] * players)))
    found = logit_equilibrium(payoffs, 2.0, tolerance=1e-11)
    answer = logit_response(payoffs, 2.0, found.strategies)
    assert max(np.abs(a - b).max() for a, b in zip(answer, found.strategies, strict=True)) < 1e-9
    assert all(row.sum() == pytest.approx(1) for row in found.strategies)


def test_expected_payoffs_by_hand():
    payoffs = np.arange(8, dtype=float).reshape(2, 2, 2)
    found = expected_payoffs(payoffs, [np.array([0.25, 0.75]), np.array([0.5, 0.5])])
    assert found[0].tolist() == [0.5, 2.5]
    assert found[1].tolist() == [5.5, 6.5]


def test_pure_equilibria_are_nash_states():
    rng = np.random.default_rng(5)
    for _ in range(20):
        payoffs = rng.integers(0, 4, (3, 2, 3, 2)).astype(float)
        flat = payoffs.reshape(3, -1)
        stable = nash(option_grid((2, 3, 2)), ordinal(flat)).all(axis=0)
        found = {tuple(map(int, row)) for row in pure_equilibria(payoffs)}
        assert found == {tuple(map(int, np.unravel_index(s, (2, 3, 2)))) for s in np.flatnonzero(stable)}


@pytest.mark.skipif(native.library() is None, reason="built without a C compiler")
@pytest.mark.parametrize("choices", [(1,), (5,), (1, 1), (2, 3, 4), (4,) * 6, (3, 1, 7)])
def test_compiled_and_numpy_find_the_same_equilibria_in_the_same_order(choices):
    rng = np.random.default_rng(len(choices))
    for levels in (1, 2, 5, 10_000):
        payoffs = rng.integers(0, levels, (len(choices), *choices))
        for table in (payoffs, payoffs.astype(np.int32), payoffs / 7, payoffs.astype(np.float32)):
            assert native.pure_equilibria(table).tolist() == equilibria_by_axes(table).tolist()
    turned = np.moveaxis(rng.random((*choices, len(choices))), -1, 0)
    assert pure_equilibria(turned).tolist() == equilibria_by_axes(turned).tolist()


def test_payoffs_of_a_wrong_shape_are_refused_before_they_are_read():
    for shape in ((3, 2, 2), (2, 2, 0)):
        with pytest.raises(QuestionRefused, match="one axis for each"):
            pure_equilibria(np.zeros(shape))


def test_without_the_compiled_kernel_numpy_answers(monkeypatch):
    monkeypatch.setattr(native, "library", lambda: None)
    assert pure_equilibria(np.array([[[3.0, 0], [5, 1]], [[3, 5], [0, 1]]])).tolist() == [[1, 1]]


def test_security_council_power_indices():
    worth = np.array([float(c.bit_count() >= 3 and c & 1) for c in range(2**5)])
    assert shapley(worth) == pytest.approx([0.6, 0.1, 0.1, 0.1, 0.1])
    assert banzhaf(worth) == pytest.approx([11 / 16, 3 / 16, 3 / 16, 3 / 16, 3 / 16])


def test_shapley_divides_what_all_achieve():
    worth = np.random.default_rng(2).normal(size=16)
    worth[0] = 0
    assert shapley(worth).sum() == pytest.approx(worth[-1])


def test_core_of_the_glove_game_gives_all_to_the_scarce_side():
    worth = np.array([float(bool(c & 1) and bool(c & 6)) for c in range(8)])
    found = core(worth)
    assert not found.empty
    assert found.division == pytest.approx([1, 0, 0], abs=1e-7)


def test_worths_of_wrong_length_are_refused():
    with pytest.raises(QuestionRefused, match="2\\^n"):
        shapley(np.zeros(6))


def test_frequencies_count_draws_and_respect_weights():
    rng = np.random.default_rng(1)
    payoffs = rng.normal(size=(40, 2, 4))
    grid = option_grid((2, 2))
    weights = rng.random(40)
    found = equilibrium_frequencies(payoffs, grid, weights, resolution=0.0, concepts=("R",))
    flags = np.array([nash(grid, ordinal(draw)) for draw in payoffs])
    assert found.stable[0] == pytest.approx(np.average(flags, axis=0, weights=weights))
    assert found.shares[0] == pytest.approx(np.average(flags.all(axis=1), axis=0, weights=weights))
    assert (found.low <= found.shares).all()
    assert (found.shares <= found.high).all()
