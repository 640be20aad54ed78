"""The tables of words, entry by entry, against the conventions they are taken from."""

import pytest

from realpolitik.errors import ExpressionError
from realpolitik.language.words import HEDGES, SIZES, STEADINESS, WEIGHTS, hedge_band, word_band, word_table


def test_sizes_weights_and_steadiness_are_those_of_the_design() -> None:
    assert dict(SIZES) == {
        "slight": (0.02, 0.10),
        "weak": (0.08, 0.22),
        "moderate": (0.22, 0.48),
        "strong": (0.45, 0.75),
        "decisive": (0.75, 0.95),
    }
    assert dict(WEIGHTS) == {"minor": (0.1, 0.3), "major": (0.4, 0.7), "vital": (0.8, 1.0)}
    assert dict(STEADINESS) == {"low": (10, 20), "medium": (20, 60), "high": (60, 150)}


@pytest.mark.parametrize(
    ("hedge", "band"),
    [
        ("will", (0.9, 0.99)),
        ("simply cannot", (0.9, 0.99)),
        ("most likely", (0.75, 0.9)),
        ("likely", (0.6, 0.85)),
        ("probably", (0.6, 0.85)),
        ("would", (0.8, 0.99)),
        *((word, (0.2, 0.6)) for word in ("may", "might", "could", "potentially", "possibly")),
    ],
)
def test_hedges(hedge: str, band: tuple[float, float]) -> None:
    assert HEDGES[hedge] == band


def test_of_several_hedges_the_weakest_counts() -> None:
    assert hedge_band("probably; may") == ("may", (0.2, 0.6))


def test_hedges_are_not_the_lexicon_of_our_own_sentences() -> None:
    assert word_table("hedge")["likely"] != word_table("likelihood")["likely"]


def test_overrides_add_and_replace_but_never_leak() -> None:
    changed = word_table("hedge", {"hedge": {"arguably": (0.3, 0.5), "may": (0.1, 0.2)}})
    assert changed["arguably"] == (0.3, 0.5)
    assert word_table("hedge")["may"] == (0.2, 0.6)
    assert word_table("size", {"size": {"medium": (0.3, 0.4)}})["moderate"] == (0.3, 0.4)


def test_refusals() -> None:
    with pytest.raises(ExpressionError, match="no table of words"):
        word_table("sizes")
    with pytest.raises(ExpressionError, match="runs backwards"):
        word_table("size", {"size": {"strong": (0.9, 0.1)}})
    with pytest.raises(ExpressionError, match="Did you mean 'vital'"):
        word_band("vitla", "weight")
