"""Dates and periods: what a date has seen, against the dates at which periods begin."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from realpolitik.compiled.calendar import Calendar
from realpolitik.language.time import MONTHS, Duration

STARTS = st.dates(dt.date(1900, 1, 1), dt.date(2060, 1, 1)).filter(lambda day: day.day <= 28)
LENGTHS = st.sampled_from((MONTHS["day"], MONTHS["week"], 1, 2, 3, 4, 6, 12))


@given(STARTS, LENGTHS, st.integers(0, 9000))
def test_what_a_date_has_seen_is_the_last_period_begun(start: dt.date, months: float, later: int) -> None:
    calendar = Calendar(start, months, 400)
    date = start + dt.timedelta(days=later)
    period = calendar.reached(date)
    assert calendar.date_of(period) <= date < calendar.date_of(period + 1)


@given(STARTS, LENGTHS, st.integers(0, 200))
def test_every_period_has_reached_its_own_beginning(start: dt.date, months: float, period: int) -> None:
    calendar = Calendar(start, months, 400)
    assert calendar.reached(calendar.date_of(period)) == period
    assert calendar.reached(calendar.date_of(period) - dt.timedelta(days=1)) == max(0, period - 1)


@given(STARTS, st.sampled_from(("day", "week")), st.integers(0, 300))
def test_days_and_weeks_are_counted_exactly(start: dt.date, unit: str, number: int) -> None:
    calendar = Calendar(start, MONTHS[unit], 400)
    days = number * (7 if unit == "week" else 1)
    assert calendar.date_of(number) == start + dt.timedelta(days=days)
    assert calendar.period_of(start + dt.timedelta(days=days)) == number
    assert calendar.whole(Duration(number * MONTHS[unit]), 0) == number
