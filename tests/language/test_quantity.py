"""Quantities: what is accepted, the shapes, and what is refused with which remedy."""

from contextlib import suppress
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from realpolitik.errors import ExpressionError
from realpolitik.language.normal import SCORE_95
from realpolitik.language.quantity import Quantity, Scale, constant, interval, read_quantity
from realpolitik.language.words import HEDGES, SIZES, STEADINESS, WEIGHTS

SCORES = np.linspace(-5, 5, 201)
LEVEL = "a number between 0 and 1"


def read(text: str | float, scale: Scale = "level", **keywords: object) -> Quantity:
    return read_quantity(text, scale, **keywords)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "scale", "keywords", "low", "high"),
    [
        (0.3, "level", {}, 0.3, 0.3),
        (1, "level", {}, 1, 1),
        ("60%", "level", {}, 0.6, 0.6),
        (".5", "level", {}, 0.5, 0.5),
        ("3e-1", "level", {}, 0.3, 0.3),
        ("0.3 to 0.5", "level", {}, 0.3, 0.5),
        ("20% to 60%", "level", {}, 0.2, 0.6),
        ("20 to 60%", "level", {}, 0.2, 0.6),
        ("0 to 0.5", "level", {}, 0, 0.5),
        ("0.5 to 1", "level", {}, 0.5, 1),
        ("0 to 1", "level", {}, 0, 1),
        ("0.4 to 0.4", "level", {}, 0.4, 0.4),
        ("-0.2 to +0.1", "signed", {}, -0.2, 0.1),
        ("1 point", "positive", {"unit": "points"}, 0.01, 0.01),
        ("1 to 3 points", "positive", {"unit": "points"}, 0.01, 0.03),
        ("0 to 3 points", "positive", {"unit": "points"}, 0, 0.03),
        ("0.01 to 0.03", "positive", {"unit": "points"}, 0.01, 0.03),
        ("150 points", "positive", {"unit": "points"}, 1.5, 1.5),
        ("5% to 15% per year", "level", {"unit": "per year"}, 0.05, 0.15),
        ("5 to 15% per year", "level", {"unit": "per year"}, 0.05, 0.15),
        ("5 percent per year", "level", {"unit": "per year"}, 0.05, 0.05),
        ("10% per quarter", "level", {"unit": "per year"}, 1 - 0.9**4, 1 - 0.9**4),
        ("1% per day", "level", {"unit": "per year"}, 1 - 0.99**365.25, 1 - 0.99**365.25),
        ("2 per week", "positive", {"unit": "per year"}, 2 * 365.25 / 7, 2 * 365.25 / 7),
        ("2 to 4 per year", "positive", {"unit": "shells per year"}, 2, 4),
        ("2 to 4 shells per month", "positive", {"unit": "shells per year"}, 24, 48),
        ("20 to 60 km", "level", {"unit": "km", "bounds": (0, 100)}, 20, 60),
        ("-5 to 5", "level", {"bounds": (-10, 10)}, -5, 5),
        ("strong", "signed", {"table": "size"}, 0.45, 0.75),
        ("Very  Weak", "signed", {"table": "size"}, 0.02, 0.1),
        ("vital", "positive", {"table": "weight"}, 0.8, 1.0),
        ("likely", "level", {"table": "likelihood"}, 0.55, 0.8),
        ("probably", "level", {"table": "hedge"}, 0.6, 0.85),
        ("uniform(0.2, 0.6)", "level", {}, 0.22, 0.58),
        ("lognormal(1, 4)", "positive", {}, 1, 4),
        ("uniform(2, 4) per year", "positive", {"unit": "per year"}, 2.1, 3.9),
    ],
)
def test_accepted(text: str, scale: Scale, keywords: dict[str, object], low: float, high: float) -> None:
    found = read(text, scale, **keywords)
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-12), pytest.approx(high, abs=1e-12))
    assert found.text == (" ".join(text.split()) if isinstance(text, str) else str(text))


@pytest.mark.parametrize(
    ("text", "scale", "keywords", "message", "hint"),
    [
        ("1.2", "level", {}, f"1.2 is outside the range: expected {LEVEL}", ""),
        ("5", "level", {}, "outside the range", "Write '5%'."),
        ("-1 to 0.5", "signed", {}, "between -1 and 1, both excluded", ""),
        ("-1 points", "positive", {}, "0 or more", ""),
        ("0.6 to 0.2", "level", {}, "runs backwards", "Write '0.2 to 0.6'."),
        ("60 to 20%", "level", {}, "runs backwards", "Write '20 to 60%'."),
        ("20-60%", "level", {}, "cannot be read", "Write '20 to 60%'."),
        ("0.2–0.6", "level", {}, "cannot be read", "Write '0.2 to 0.6'."),
        ("about 0.3", "level", {}, "cannot be read", "say how far off"),
        ("1,000", "positive", {}, "cannot be read", "Write '1000'"),
        ("0,35", "level", {}, "cannot be read", "Write '0.35'"),
        ("", "level", {}, "nothing is written", ""),
        ("x" * 1000, "level", {}, "too much is written", ""),
        ("nan", "level", {}, "cannot be read", ""),
        ("1e999", "positive", {}, "outside the range", ""),
        (float("nan"), "level", {}, "cannot be read", ""),
        (float("inf"), "positive", {}, "cannot be read", ""),
        (True, "level", {}, "is no number", ""),
        (None, "level", {}, "is no number", ""),
        ([0.3], "level", {}, "is no number", ""),
        ("strnog", "signed", {"table": "size"}, "the words are slight, weak, moderate, strong, decisive", "'strong'"),
        ("strong", "signed", {}, "cannot be read", ""),
        (2, "positive", {"unit": "points"}, "1 would be a hundred points", "Write '2 points'."),
        ("5 km", "level", {}, "'km' is no unit here", ""),
        ("3 pionts", "positive", {"unit": "points"}, "is no unit here", "'points'"),
        ("0.3 per year", "level", {}, "a time where none is counted", ""),
        ("5%", "level", {"unit": "per year"}, "does not say over what time", "Write '5% per year'."),
        ("20% per day", "level", {"unit": "per year"}, "as good as certain within a year", "Write less than 0.073"),
        ("5% per fortnight", "level", {"unit": "per year"}, "per year, quarter, month, week, day or decade", ""),
        ("120", "level", {"bounds": (0, 100)}, "expected a number from 0 to 100", ""),
        ("norml(1, 2)", "level", {}, "cannot be read", "Did you mean 'normal'?"),
        ("normal(0.5)", "level", {}, "normal takes 2 numbers (mean, sd), not 1", ""),
        ("normal(0.5, 0)", "level", {}, "sd of normal(mean, sd) is above 0", ""),
        ("normal(30, 0.1)", "level", {}, "hardly any", ""),
        ("normal(x, 0.1)", "level", {}, "'x' is no number", ""),
        ("beta(2, 0)", "level", {}, "above 0", ""),
        ("beta(2, 2)", "signed", {}, "between 0 and 1", ""),
        ("beta(20%, 2)", "level", {}, "takes no unit", ""),
        ("uniform(0.5, 0.2)", "level", {}, "runs backwards", ""),
        ("uniform(-1, 0.2)", "level", {}, "outside the range", ""),
        ("triangular(0.1, 0.5, 0.3)", "level", {}, "rising order", ""),
        ("lognormal(0, 3)", "positive", {}, "above 0", ""),
        ("mixture(0.3)", "level", {}, "no part of a mixture", ""),
        ("mixture(100% of 0.3)", "level", {}, "at least two parts", ""),
        ("mixture(50% of 0.3, 20% of 0.4)", "level", {}, "sum to 100%, here to 70%", ""),
        ("mixture(150% of 0.3, -50% of 0.4)", "level", {}, "above 0", ""),
    ],
)
def test_refused(text: str, scale: Scale, keywords: dict[str, object], message: str, hint: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        read(text, scale, **keywords)
    assert message in caught.value.message
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("text", "frozen"),
    [
        ("normal(0.4, 0.1)", stats.truncnorm(-4, 6, 0.4, 0.1)),
        ("normal(0.9, 0.5)", stats.truncnorm(-1.8, 0.2, 0.9, 0.5)),
        ("beta(2, 5)", stats.beta(2, 5)),
        ("uniform(0.2, 0.6)", stats.uniform(0.2, 0.4)),
        ("triangular(0.1, 0.3, 0.9)", stats.triang(0.25, 0.1, 0.8)),
        ("triangular(0.1, 0.1, 0.9)", stats.triang(0.0, 0.1, 0.8)),
        ("triangular(0.1, 0.9, 0.9)", stats.triang(1.0, 0.1, 0.8)),
    ],
)
def test_named_distributions_are_those_of_scipy(text: str, frozen: object) -> None:
    found, u = read(text), np.linspace(0.001, 0.999, 41)
    np.testing.assert_allclose(found.quantile(u), frozen.ppf(u), rtol=1e-7, atol=1e-9)  # type: ignore[attr-defined]


def test_a_mixture_has_the_mixed_distribution_function() -> None:
    found = read("mixture(80% of uniform(0.1, 0.3), 20% of 0.6 to 0.9)")
    values = found.quantile(np.linspace(0.001, 0.999, 99))
    second = (np.log(values / (1 - values)) - np.log(0.6 / 0.4 * 0.9 / 0.1) / 2) / (np.log(9 / 1.5) / (2 * SCORE_95))
    exact = 0.8 * stats.uniform(0.1, 0.2).cdf(values) + 0.2 * stats.norm.cdf(second)
    np.testing.assert_allclose(exact, np.linspace(0.001, 0.999, 99), atol=1e-9)


@pytest.mark.parametrize(
    ("low", "high", "scale", "link"),
    [
        (0.2, 0.6, "level", lambda x: np.log(x / (1 - x))),
        (-0.2, 0.1, "signed", np.arctanh),
        (0.45, 0.75, "signed", np.arctanh),
        (2.0, 9.0, "positive", np.log),
        (0.0, 9.0, "positive", np.sqrt),
        (0.0, 0.6, "level", lambda x: np.arcsin(np.sqrt(x))),
    ],
)
def test_intervals_are_normal_where_documented(low: float, high: float, scale: Scale, link: object) -> None:
    """Design, section 4: logit, artanh, log; the square root (its arcsine) at a closed end."""
    scores = np.array([-1.2, -0.5, 0.0, 0.5, 1.0])
    line = link(interval(low, high, scale).at(scores))  # type: ignore[operator]
    np.testing.assert_allclose(np.diff(line) / np.diff(scores), (line[-1] - line[0]) / 2.2, rtol=1e-9)


ends = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted)


@given(ends, st.sampled_from(["level", "signed", "positive"]), st.booleans())
@settings(max_examples=150, deadline=None)
def test_every_interval_is_matched_monotone_and_bounded(pair: list[float], scale: Scale, flip: bool) -> None:
    low, high = pair
    if scale == "signed":
        low, high = 1.9 * low - 0.95, 1.9 * high - 0.95
    found = interval(low, high, scale)
    found = found.negated() if flip else found
    values = found.at(SCORES)
    steps = np.diff(values) * (-1 if flip else 1)
    assert np.all(steps >= -1e-12)
    assert found.low == pytest.approx(-high if flip else low, abs=1e-7)
    assert found.high == pytest.approx(-low if flip else high, abs=1e-7)
    assert found.quantile(0.95) == pytest.approx(found.high, abs=1e-9)
    size = -values if flip else values
    assert np.all(size >= {"level": 0, "signed": -1, "positive": 0}[scale])
    assert scale == "positive" or np.all(size <= 1)


@pytest.mark.parametrize(
    "text",
    ["0.3", "0.2 to 0.6", "0 to 0.4", "normal(0.5, 0.3)", "uniform(0.2, 0.4)", "triangular(0, 0.2, 1)", "beta(2, 3)"],
)
def test_arrays_equal_scalars(text: str) -> None:
    found = read(text)
    array = found.at(SCORES)
    assert array.shape == SCORES.shape
    np.testing.assert_allclose(array, [found.at(float(score)) for score in SCORES], rtol=1e-12)
    assert isinstance(found.at(0.3), float)


def test_maps() -> None:
    size = interval(0.2, 0.6, "signed")
    assert (size.negated().low, size.negated().high) == (pytest.approx(-0.6), pytest.approx(-0.2))
    assert size.negated().at(1.0) == -size.at(1.0)
    assert size.complement().central == pytest.approx(1 - size.central)
    assert size.scaled(2).mapped(1, 10).central == pytest.approx(1 + 20 * size.central)
    assert constant(0.3).is_constant
    assert not size.is_constant
    assert NormalDist().inv_cdf(0.95) == pytest.approx(SCORE_95, abs=1e-14)


@pytest.mark.parametrize(
    ("table", "words", "scale"),
    [
        ("size", SIZES, "signed"),
        ("weight", WEIGHTS, "positive"),
        ("steadiness", STEADINESS, "positive"),
        ("hedge", HEDGES, "level"),
    ],
)
def test_every_word_matches_its_band(table: str, words: dict[str, tuple[float, float]], scale: Scale) -> None:
    for word, (low, high) in words.items():
        found = read(word, scale, table=table)
        assert (found.family, found.word) == (table, word)
        assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))


def test_the_file_overrides_words() -> None:
    found = read("strong", "signed", table="size", overrides={"size": {"strong": (0.5, 0.6)}})
    assert (found.low, found.high) == (pytest.approx(0.5), pytest.approx(0.6))


@given(st.text(max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    for scale in ("level", "signed", "positive"):
        with suppress(ExpressionError):
            read(text, scale, table="size")


@given(
    st.lists(
        st.sampled_from(
            ["0.3", " ", "to", "%", "per", "year", "(", ")", "normal", "mixture", ",", "of", "-", "1e5", "."]
        ),
        max_size=14,
    )
)
@settings(max_examples=300, deadline=None)
def test_any_pieces_are_read_or_refused(parts: list[str]) -> None:
    for text in ("".join(parts), " ".join(parts)):
        for unit in ("", "per year"):
            with suppress(ExpressionError):
                read(text, "positive", unit=unit)
