"""Durations and dates as people write them: `6 months`, `every 2 years`, `a quarter`, `2027-Q2`, `July 2024`.

A year has 12 months and 365.25 days; a date that names only a year, quarter or month is its first day, or
its last where an end is meant (`by 2027` = until 2027-12-31).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from realpolitik.errors import ExpressionError, did_you_mean

Edge = Literal["start", "end"]

DAYS_PER_MONTH = 365.25 / 12
LONGEST = 100
MOST_DAYS = 92  # beyond, days are not counted in words
MONTHS: dict[str, float] = {
    "day": 1 / DAYS_PER_MONTH,
    "week": 7 / DAYS_PER_MONTH,
    "month": 1.0,
    "quarter": 3.0,
    "year": 12.0,
    "decade": 120.0,
}
COUNTS: dict[str, float] = {
    **{
        "a": 1,
        "an": 1,
        "one": 1,
        "two": 2,
        "three": 3,
        "four": 4,
        "five": 5,
        "six": 6,
        "seven": 7,
        "eight": 8,
    },
    **{"nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "half a": 0.5},
}
MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
DURATION = re.compile(r"(?:every\s+|after\s+|for\s+)?(?:(\d+\.?\d*|\.\d+|half an?|[a-z]+)\s+)?([a-z]+?)s?")
PLAIN_NUMBER = re.compile(r"\d+\.?\d*|\.\d+")
DATE = re.compile(r"(\d{4})(?:-(?:q([1-4])|(\d{1,2})(?:-(\d{1,2}))?))?")
NAMED_DATE = re.compile(r"(?:(\d{1,2})\s+)?([a-z]{3,9})\.?\s+(\d{4})")


@dataclass(frozen=True)
class Duration:
    """A length of time in months; `text` as written.

    >>> Duration(18.0).years
    1.5
    """

    months: float
    text: str = ""

    @property
    def years(self) -> float:
        """The same in years."""
        return self.months / 12

    def __str__(self) -> str:
        return self.text or duration_words(self.months)


def duration_words(months: float) -> str:
    """A duration for readers.

    >>> duration_words(24), duration_words(1), duration_words(4.5), duration_words(0)
    ('2 years', '1 month', '4.5 months', 'immediately')
    >>> duration_words(14 / DAYS_PER_MONTH), duration_words(60 / DAYS_PER_MONTH)
    ('2 weeks', '60 days')
    """
    if months == 0:
        return "immediately"
    number, unit = _in_units(months)
    return f"{number:.6g} {unit}{'' if number == 1 else 's'}"


def short_duration(years: float) -> str:
    """A duration for the head of a narrow column.

    >>> [short_duration(years) for years in (3.0, 0.5, 14 / 365.25, 13 / 365.25)]
    ['3 y', '6 mo', '2 wk', '13 d']
    """
    number, unit = (years, "year") if years >= 1 else _in_units(round(12 * years, 9))
    return f"{number:g} { {'year': 'y', 'month': 'mo', 'week': 'wk', 'day': 'd'}[unit] }"


def short_times(years: Sequence[float]) -> str:
    """Several durations on one line, in one unit where they have one.

    >>> short_times([1, 3, 10]), short_times([13 / 365.25, 60 / 365.25])
    ('1-3-10 years', '13-60 days')
    """
    if all(value >= 0.25 for value in years):
        return "-".join(f"{value:g}" for value in years) + " years"
    found = [_in_units(round(12 * value, 9)) for value in years]
    if len({unit for _, unit in found}) > 1:
        return ", ".join(duration_words(round(12 * value, 9)) for value in years)
    return "-".join(f"{number:.6g}" for number, _ in found) + f" {found[0][1]}s"


def _in_units(months: float) -> tuple[float, str]:
    """Whole years, else months to a tenth, else whole weeks or days where they are meant: the number and its unit.

    Days are recognised from a year of 365 days or 52 weeks as well.
    """
    if months % 12 == 0:
        return months / 12, "year"
    days = months * DAYS_PER_MONTH
    near = abs(days - round(days)) <= 4e-3 * days and days < MOST_DAYS
    if abs(months - round(months, 1)) < 1e-9 or not near:
        return months, "month"
    whole = round(days)
    return (whole / 7, "week") if whole % 7 == 0 and whole < 56 else (float(whole), "day")


def read_duration(given: object) -> Duration:
    """How long is it?

    Raises:
        ExpressionError: no duration; says what one looks like.

    >>> read_duration("every 6 months").months, read_duration("a quarter").months, read_duration("immediately").months
    (6.0, 3.0, 0.0)
    """
    text = " ".join(str(given).split())
    plain = text.lower()
    if isinstance(given, Duration):
        return given
    if plain in ("immediately", "at once", "immediate", "0"):
        return Duration(0.0, text)
    found = DURATION.fullmatch(plain) if len(plain) <= LONGEST else None
    if found is None:
        raise _no_duration(text[:LONGEST], plain)
    return Duration(_count(found[1], text) * _unit(found[2], text), text)


def _count(word: str | None, text: str) -> float:
    if word is None:
        return 1.0
    plain = "half a" if word.startswith("half") else word
    number = COUNTS.get(plain)
    if number is None:
        if not PLAIN_NUMBER.fullmatch(plain):
            raise _no_duration(text, plain)
        number = float(plain)
    if number > 12_000:
        raise ExpressionError(f"'{text}' is longer than anything looked at here.", 1)
    return number


def _unit(word: str, text: str) -> float:
    if word not in MONTHS:
        hint = did_you_mean(word, MONTHS)
        message = f"'{text}' is no duration: '{word}' is no unit of time."
        raise ExpressionError(message, 1, hint if "Did" in hint else "Write '6 months', '2 years', 'a quarter'.")
    return MONTHS[word]


def _no_duration(text: str, plain: str) -> ExpressionError:
    if re.fullmatch(r"[\d.]+", plain):
        return ExpressionError(f"'{text}' has no unit of time.", 1, f"Write '{text} months' or '{text} years'.")
    return ExpressionError(
        f"'{text}' is no duration: expected a number and days, weeks, months, quarters or years.",
        1,
        "Write '6 months', '2 years', 'a quarter' or 'immediately'.",
    )


def read_date(given: object, edge: Edge = "start") -> dt.date:
    """Which day is meant? A year, quarter or month is its first day, or its last for `edge="end"` ("by 2027").

    Raises:
        ExpressionError: no date; says what one looks like.

    >>> read_date("2027-Q2"), read_date("2027", edge="end")
    (datetime.date(2027, 4, 1), datetime.date(2027, 12, 31))
    """
    if isinstance(given, dt.datetime):
        return given.date()
    if isinstance(given, dt.date):
        return given
    text = " ".join(str(given).split())
    plain = text.lower() if len(text) <= LONGEST else ""
    year, month, day, span = _date_parts(plain, text[:LONGEST])
    try:
        first = dt.date(year, month, day or 1)
    except ValueError:
        raise ExpressionError(f"'{text}' is no day of the calendar.", 1, "Write '2024-07-11'.") from None
    return first if edge == "start" or day else add_months(first, span) - dt.timedelta(days=1)


def _date_parts(plain: str, text: str) -> tuple[int, int, int, int]:
    """Year, month, day (0 if none) and the number of months the period covers."""
    found = DATE.fullmatch(plain)
    if found:
        year, quarter, month, day = (int(part or 0) for part in found.groups())
        if quarter:
            return year, 3 * quarter - 2, 0, 3
        written_month = found[3] is not None
        return (
            year,
            month if written_month else 1,
            day if found[4] is None else day or 99,
            1 if written_month else 12,
        )
    named = NAMED_DATE.fullmatch(plain)
    for number, name in enumerate(MONTH_NAMES, 1):
        if named and name.startswith(named[2]):
            return int(named[3]), number, int(named[1] or 0), 1
    raise ExpressionError(f"'{text}' is no date.", 1, "Write '2024', '2024-06', '2024-Q2' or '2024-06-15'.")


def add_months(start: dt.date, months: float) -> dt.date:
    """The day so many months later; a day the month lacks is its last, parts of a month are days.

    >>> add_months(dt.date(2024, 1, 31), 1), add_months(dt.date(2024, 1, 1), 0.5)
    (datetime.date(2024, 2, 29), datetime.date(2024, 1, 16))
    """
    whole = int(months // 1)
    count = start.year * 12 + start.month - 1 + whole
    if not 12 <= count < 9999 * 12:
        raise ExpressionError(f"{start} and {months:g} months lie outside the calendar.", 1)
    year, month = divmod(count, 12)
    next_month = dt.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (next_month - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(start.day, last)) + dt.timedelta(days=round((months - whole) * DAYS_PER_MONTH))


def months_between(start: dt.date, end: dt.date) -> float:
    """How many months from one day to another? Negative if `end` comes first.

    >>> months_between(dt.date(2024, 1, 1), dt.date(2025, 7, 1))
    18.0
    """
    whole = (end.year - start.year) * 12 + end.month - start.month
    return whole + (end.day - start.day) / DAYS_PER_MONTH


def read_moment(text: str, origin: dt.date, edge: Edge = "start") -> dt.date:
    """Which day is `3 years` (after `origin`) or `2027-06`?

    Raises:
        ExpressionError: neither a date nor a duration.

    >>> read_moment("3 years", dt.date(2024, 7, 11)), read_moment("2027-06", dt.date(2024, 7, 11))
    (datetime.date(2027, 7, 11), datetime.date(2027, 6, 1))
    """
    plain = " ".join(text.lower().split())
    if DATE.fullmatch(plain) or NAMED_DATE.fullmatch(plain):
        return read_date(text, edge)
    return add_months(origin, read_duration(text).months)
