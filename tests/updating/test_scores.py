"""Scores against published numbers and their identities."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.compiled.scores import brier, calibration, log_score, parts, wilson

NEWCOMBE = [  # Newcombe 1998, Stat. Med. 17(8), 857-872, table I, method 3 (score interval without correction)
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]
pairs = st.lists(st.tuples(st.floats(0.01, 0.99).map(lambda x: round(x, 1) or 0.1), st.integers(0, 1)), min_size=1)


@pytest.mark.parametrize(("count", "total", "low", "high"), NEWCOMBE)
def test_wilson_gives_the_published_intervals(count: int, total: int, low: float, high: float) -> None:
    assert wilson(count, total) == pytest.approx((low, high), abs=5e-5)


def test_the_brier_score_of_the_usual_example() -> None:
    """The example of scikit-learn's brier_score_loss, whose page prints 0.037."""
    assert brier([0.1, 0.9, 0.8, 0.3], [0, 1, 1, 0]) == pytest.approx(0.0375)


def test_saying_one_half_always_scores_a_quarter_and_ln_two() -> None:
    assert brier([0.5] * 3, [0, 1, 1]) == 0.25
    assert log_score([0.5] * 3, [0, 1, 1]) == pytest.approx(math.log(2))


@given(pairs)
def test_the_parts_add_up_to_the_score(found: list[tuple[float, int]]) -> None:
    said, happened = zip(*found, strict=True)
    split = parts(said, happened)
    assert split.reliability - split.resolution + split.uncertainty == pytest.approx(brier(said, happened))


@given(pairs)
def test_groups_hold_every_forecast_and_their_interval_holds_the_share(found: list[tuple[float, int]]) -> None:
    said, happened = zip(*found, strict=True)
    groups = calibration(said, happened)
    assert sum(group.count for group in groups) == len(said)
    assert all(group.low <= group.happened + 1e-12 and group.happened <= group.high + 1e-12 for group in groups)


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_honesty_pays(truth: float, said: float) -> None:
    """Both scores are proper: saying what one believes is best in expectation (Gneiting & Raftery 2007, section 2)."""
    for score in (brier, log_score):
        honest, other = (
            sum(chance * score([p], [outcome]) for chance, outcome in ((truth, 1), (1 - truth, 0)) if chance > 0)
            for p in (truth, said)
        )
        assert honest <= other + 1e-12
