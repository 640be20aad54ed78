"""Dates and periods: what a date has seen, against the dates at which periods begin."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from realpolitik.compiled.calendar import Calendar

STARTS = st.dates(dt.date(1900, 1, 1), dt.date(2060, 1, 1)).filter(lambda day: day.day <= 28)


@given(STARTS, st.sampled_from((1, 2, 3, 4, 6, 12)), st.integers(0, 9000))
def test_what_a_date_has_seen_is_the_last_period_begun(start: dt.date, months: int, later: int) -> None:
    calendar = Calendar(start, months, 400)
    date = start + dt.timedelta(days=later)
    period = calendar.reached(date)
    assert calendar.date_of(period) <= date < calendar.date_of(period + 1)


@given(STARTS, st.sampled_from((1, 3, 12)), st.integers(0, 200))
def test_every_period_has_reached_its_own_beginning(start: dt.date, months: int, period: int) -> None:
    calendar = Calendar(start, months, 400)
    assert calendar.reached(calendar.date_of(period)) == period
    assert calendar.reached(calendar.date_of(period) - dt.timedelta(days=1)) == max(0, period - 1)
