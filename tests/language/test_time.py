"""Durations and dates as written."""

import datetime as dt
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.errors import ExpressionError
from realpolitik.language.time import (
    Duration,
    add_months,
    duration_words,
    months_between,
    read_date,
    read_duration,
    read_moment,
)

JULY = dt.date(2024, 7, 11)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        *(("6 months", 6), ("every 6 months", 6), ("2 years", 24), ("a quarter", 3), ("every year", 12), ("year", 12)),
        *(("immediately", 0), ("1.5 years", 18), ("half a year", 6), ("two quarters", 6), ("Every  3 Months", 3)),
        *(("0 months", 0), ("4 weeks", 4 * 7 * 12 / 365.25), ("30 days", 30 * 12 / 365.25), ("after 1 year", 12)),
    ],
)
def test_durations(text: str, months: float) -> None:
    found = read_duration(text)
    assert found.months == pytest.approx(months)
    assert found.years == pytest.approx(months / 12)
    assert found.text == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("6", "no unit of time", "6 months"),
        (6, "no unit of time", "6 months"),
        ("6 mnoths", "no unit of time", "Did you mean 'month'?"),
        ("soon", "no unit of time", "Write"),
        ("-3 months", "is no duration", "Write"),
        ("some years", "is no duration", "Write"),
        ("nan years", "is no duration", "Write"),
        ("inf months", "is no duration", "Write"),
        ("", "is no duration", "Write"),
        ("99999 years", "longer than", ""),
        ("3 years " * 50, "is no duration", ""),
        (None, "no unit of time", ""),
    ],
)
def test_refused_durations(text: object, message: str, hint: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        read_duration(text)
    assert message in caught.value.message
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", (2024, 1, 1), (2024, 12, 31)),
        (2024, (2024, 1, 1), (2024, 12, 31)),
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2027-Q2", (2027, 4, 1), (2027, 6, 30)),
        ("2027-q4", (2027, 10, 1), (2027, 12, 31)),
        ("2024-07-11", (2024, 7, 11), (2024, 7, 11)),
        ("July 2024", (2024, 7, 1), (2024, 7, 31)),
        ("11 July 2024", (2024, 7, 11), (2024, 7, 11)),
        ("Sept. 2023", (2023, 9, 1), (2023, 9, 30)),
        (dt.date(2024, 1, 2), (2024, 1, 2), (2024, 1, 2)),
        (dt.datetime(2024, 1, 2, 3), (2024, 1, 2), (2024, 1, 2)),
    ],
)
def test_dates(text: object, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    assert read_date(text) == dt.date(*first)
    assert read_date(text, edge="end") == dt.date(*last)


@pytest.mark.parametrize(
    "text",
    [
        "2024-13",
        "2024-02-30",
        "2024-00",
        "2024-06-00",
        "0000",
        "32 July 2024",
        "2024-Q5",
        "24",
        "",
        "next year",
        "Smarch 2024",
    ],
)
def test_refused_dates(text: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        read_date(text)
    assert "Write" in caught.value.hint


def test_moments() -> None:
    assert read_moment("3 years", JULY) == dt.date(2027, 7, 11)
    assert read_moment("2027", JULY, "end") == dt.date(2027, 12, 31)
    with pytest.raises(ExpressionError, match="outside the calendar"):
        read_moment("999 decades", JULY)


def test_months() -> None:
    assert add_months(dt.date(2024, 1, 31), 1) == dt.date(2024, 2, 29)
    assert add_months(dt.date(2024, 12, 15), -12) == dt.date(2023, 12, 15)
    assert months_between(JULY, dt.date(2023, 7, 11)) == -12


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 28)), st.integers(-600, 600))
def test_adding_months_is_what_lies_between(start: dt.date, months: int) -> None:
    first = start.replace(day=1)
    assert months_between(first, add_months(first, months)) == months


@given(st.integers(0, 600))
def test_durations_in_words_read_back(months: int) -> None:
    assert read_duration(duration_words(months)).months == months
    assert str(Duration(months)) == duration_words(months)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    for reader in (read_duration, read_date):
        with suppress(ExpressionError):
            reader(text)
