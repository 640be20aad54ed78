"""From numbers to places: linear scales with round ticks, and dates."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

DAYS = 365.2425


@dataclass(frozen=True)
class Scale:
    """A straight line from values `low`..`high` to pixels `start`..`end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The place of a value, kept within the ends."""
        span = (self.high - self.low) or 1.0
        share = min(1.0, max(0.0, (value - self.low) / span))
        return self.start + share * (self.end - self.start)

    def ticks(self, about: int = 5) -> list[float]:
        """Round values within the range, about so many.

        >>> Scale(-36, 24, 0, 100).ticks(4)
        [-20.0, 0.0, 20.0]
        """
        step = round_step((self.high - self.low) / max(1, about))
        first = math.ceil(self.low / step - 1e-9)
        last = math.floor(self.high / step + 1e-9)
        return [number * step + 0.0 for number in range(first, last + 1)]


def round_step(rough: float) -> float:
    """The nearest of 1, 2, 5 times a power of ten, above.

    >>> round_step(13.0), round_step(0.3)
    (20.0, 0.5)
    """
    if not rough > 0.0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    return power * next(step for step in (1.0, 2.0, 5.0, 10.0) if rough / power <= step + 1e-9)


def around(values: Iterable[float], *, zero: bool = True, margin: float = 0.04) -> tuple[float, float]:
    """A range that holds all values (and zero), with a margin.

    >>> around([1.0, 3.0], margin=0.0)
    (0.0, 3.0)
    """
    found = [value for value in values if math.isfinite(value)] + ([0.0] if zero else [])
    low, high = (min(found), max(found)) if found else (0.0, 1.0)
    if low == high:
        high = low + 1.0
    room = margin * (high - low)
    return low - room, high + room


def year_of(date: str) -> float:
    """An ISO date (or year, or year and month) as a number of years.

    >>> round(year_of("2024-07-01"), 2), year_of("2024")
    (2024.5, 2024.0)
    """
    full = date if len(date) == 10 else f"{date}-01-01"[:10] if len(date) == 4 else f"{date}-01"
    day = dt.date.fromisoformat(full)
    return day.year + (day - dt.date(day.year, 1, 1)).days / DAYS


def year_ticks(low: float, high: float, most: int) -> list[int]:
    """Whole years between, no more than `most`.

    >>> year_ticks(2023.4, 2034.0, 6)
    [2024, 2026, 2028, 2030, 2032, 2034]
    """
    years = range(math.ceil(low - 1e-9), math.floor(high + 1e-9) + 1)
    step = next((every for every in (1, 2, 5, 10, 20, 50) if len(years) / every <= most), 100)
    return [year for year in years if (year - years[0]) % step == 0]


def date_ticks(low: float, high: float, most: int) -> list[tuple[float, str]]:
    """Places and labels of no more than about `most` dates between: whole years, or days where there are no two years.

    >>> date_ticks(2023.4, 2034.0, 3)
    [(2024, '2024'), (2029, '2029'), (2034, '2034')]
    >>> [label for _, label in date_ticks(year_of("1962-10-16"), year_of("1962-12-15"), 5)]
    ['16 Oct', '30 Oct', '13 Nov', '27 Nov', '11 Dec']
    """
    years = year_ticks(low, high, most)
    if len(years) > 1 or high - low > 2.0:
        return [(year, str(year)) for year in years]
    first = dt.date(int(low), 1, 1) + dt.timedelta(days=math.ceil((low - int(low)) * DAYS - 1e-6))
    days = math.floor((high - low) * DAYS + 1e-6)
    step = next((every for every in (1, 2, 7, 14, 30, 60) if days / every <= max(most, 2)), 122)
    found = (first + dt.timedelta(days=number) for number in range(0, days + 1, step))
    return [(year_of(day.isoformat()), f"{day.day} {day:%b}") for day in found]


def spread(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """The places moved apart by at least `gap`, in the same order, as near to where they were as one pass down and one
    up allow, within `low`..`high`.

    >>> spread([10.0, 11.0, 50.0], 5.0, 0.0, 100.0)
    [10.0, 15.0, 50.0]
    """
    order = sorted(range(len(places)), key=lambda i: (places[i], i))
    moved = list(places)
    above = low - gap
    for i in order:
        moved[i] = above = max(moved[i], above + gap)
    below = high + gap
    for i in reversed(order):
        moved[i] = below = min(moved[i], below - gap)
    return moved
