"""The lexicons, range by range and boundary by boundary."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.errors import ExpressionError
from realpolitik.language.likelihood import (
    ICD_203,
    PHIA,
    Lexicon,
    agrees,
    band_for,
    band_index,
    band_of,
    describe,
    percent,
)

probabilities = st.floats(0, 1)


def test_icd_203_has_both_rows_and_exact_ranges() -> None:
    assert [(band.words[0], band.words[1], band.low, band.high) for band in ICD_203] == [
        ("almost no chance", "remote", 0.01, 0.05),
        ("very unlikely", "highly improbable", 0.05, 0.20),
        ("unlikely", "improbable", 0.20, 0.45),
        ("roughly even chance", "roughly even odds", 0.45, 0.55),
        ("likely", "probable", 0.55, 0.80),
        ("very likely", "highly probable", 0.80, 0.95),
        ("almost certain", "almost certainly", 0.95, 0.99),
    ]
    assert band_for("nearly certain") == ICD_203[-1]


def test_phia_has_its_gaps() -> None:
    assert [(band.words[0], band.low, band.high) for band in PHIA] == [
        ("remote chance", 0.0, 0.05),
        ("highly unlikely", 0.10, 0.20),
        ("unlikely", 0.25, 0.35),
        ("realistic possibility", 0.40, 0.50),
        ("likely", 0.55, 0.75),
        ("highly likely", 0.80, 0.90),
        ("almost certain", 0.95, 1.0),
    ]


@pytest.mark.parametrize(
    ("p", "index"),
    [
        *((0.0, 0), (0.01, 0), (0.0499, 0), (0.05, 1), (0.1999, 1), (0.2, 2), (0.4499, 2), (0.45, 3), (0.5499, 3)),
        *((0.55, 4), (0.57, 4), (0.7999, 4), (0.8, 5), (0.9499, 5), (0.95, 6), (0.99, 6), (1.0, 6)),
    ],
)
def test_icd_203_is_lower_inclusive(p: float, index: int) -> None:
    assert band_index(p) == index


@pytest.mark.parametrize(
    ("p", "index"),
    [
        *((0.0, 0), (0.05, 0), (0.075, 0), (0.0751, 1), (0.1, 1), (0.225, 1), (0.226, 2), (0.375, 2), (0.376, 3)),
        *((0.499, 3), (0.5, 3), (0.525, 3), (0.526, 4), (0.775, 4), (0.776, 5), (0.925, 5), (0.93, 6), (1.0, 6)),
    ],
)
def test_phia_takes_the_nearest_range(p: float, index: int) -> None:
    assert band_index(p, "phia") == index


def test_sentences() -> None:
    assert describe(0.62) == "likely (62%; ICD 203 55-80%)"
    assert describe(0.62, 0.48, 0.74) == "likely (62%, 48% to 74%; ICD 203 55-80%)"
    assert describe(0.375, lexicon="phia") == "unlikely (37.5%; PHIA 25-35%)"
    assert describe(0.0) == "almost no chance (at most 1%; ICD 203 1-5%)"
    assert describe(1.0) == "almost certain (at least 99%; ICD 203 95-99%)"
    assert describe(0.5499) == "roughly even chance (54.99%; ICD 203 45-55%)"


@given(st.integers(10_000_000, 990_000_000), st.sampled_from(["icd203", "phia"]))
def test_the_printed_number_never_contradicts_the_word(billionths: int, lexicon: Lexicon) -> None:
    p = billionths / 1e9
    number = float(percent(p, lexicon).rstrip("%")) / 100
    assert abs(number - p) <= 0.005
    assert band_of(round(number, 9), lexicon) == band_of(p, lexicon)


@given(probabilities, probabilities, st.sampled_from(["icd203", "phia"]))
def test_ranges_rise_with_probability(p: float, q: float, lexicon: Lexicon) -> None:
    low, high = sorted((p, q))
    assert band_index(low, lexicon) <= band_index(high, lexicon)


def test_agreement_with_a_word() -> None:
    assert agrees(0.55, "likely")
    assert not agrees(0.8, "likely")
    assert agrees(0.99, "likely", "at least")
    assert agrees(0.1, "likely", "at most")
    assert not agrees(0.1, "likely", "at least")


@pytest.mark.parametrize("p", [-0.1, 1.1, math.nan])
def test_no_probability(p: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        band_index(p)


def test_unknown_words_and_lexicons() -> None:
    with pytest.raises(ExpressionError, match="Did you mean 'likely'"):
        band_for("likly")
    with pytest.raises(ExpressionError, match="no lexicon"):
        band_index(0.5, "kent")  # type: ignore[arg-type]
