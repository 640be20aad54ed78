"""Dates and durations as periods of a run."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from realpolitik.language.time import DAYS_PER_MONTH, Duration


@dataclass(frozen=True)
class Calendar:
    """Where period t lies: t = 0 at `as_of`, `months` to a period (less than one: days), `periods` of them.

    >>> calendar = Calendar(dt.date(2024, 1, 1), 3, 40)
    >>> calendar.period_of(dt.date(2025, 1, 1)), str(calendar.date_of(4)), calendar.per_year
    (4, '2025-01-01', 4)
    >>> from realpolitik.language.time import MONTHS
    >>> weeks = Calendar(dt.date(2024, 1, 1), MONTHS["week"], 8)
    >>> str(weeks.date_of(2)), weeks.period_of(dt.date(2024, 1, 14)), weeks.per_year
    ('2024-01-15', 2, 52)
    """

    as_of: dt.date
    months: float
    periods: int

    @property
    def per_year(self) -> int:
        """Periods in a year, to the nearest: 4, 12, 52 or 365."""
        return round(12 / self.months)

    @property
    def days(self) -> int:
        """Days in a period shorter than a month; 0 where periods are whole months."""
        return 0 if self.months >= 1 else round(self.months * DAYS_PER_MONTH)

    def count(self, duration: Duration) -> float:
        """A duration in periods."""
        return duration.months / self.months

    def whole(self, duration: Duration, least: int = 1) -> int:
        """A duration in whole periods, at least `least`."""
        return max(least, round(self.count(duration)))

    def period_of(self, date: dt.date) -> int:
        """The period a dated change begins with: the nearest start of a period, never before 0."""
        if self.days:
            return max(0, round((date - self.as_of).days / self.days))
        months = (date.year - self.as_of.year) * 12 + date.month - self.as_of.month + (date.day - self.as_of.day) / 30.4
        return max(0, round(months / self.months))

    def reached(self, date: dt.date) -> int:
        """The last period that begins on or before a date, never before 0: what has been seen by that date.

        >>> Calendar(dt.date(2024, 1, 15), 3, 40).reached(dt.date(2024, 7, 14))
        1
        """
        if self.days:
            return max(0, (date - self.as_of).days // self.days)
        months = (date.year - self.as_of.year) * 12 + date.month - self.as_of.month
        return max(0, (months - (date.day < min(self.as_of.day, 28))) // int(self.months))

    def date_of(self, period: int) -> dt.date:
        """The date at which a period begins."""
        if self.days:
            return self.as_of + dt.timedelta(days=period * self.days)
        months = self.as_of.year * 12 + self.as_of.month - 1 + period * int(self.months)
        year, month = divmod(months, 12)
        return dt.date(year, month + 1, min(self.as_of.day, 28))

    def date_words(self, period: int) -> str:
        """That date for readers: year and month, with the day where periods are days or weeks.

        >>> Calendar(dt.date(2024, 1, 15), 3, 40).date_words(1), Calendar(dt.date(2024, 1, 15), 0.23, 40).date_words(1)
        ('2024-04', '2024-01-22')
        """
        return f"{self.date_of(period):%Y-%m-%d}" if self.days else f"{self.date_of(period):%Y-%m}"
