"""Reading one number with its unit, and placing it on a scale."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from realpolitik.errors import ExpressionError, did_you_mean
from realpolitik.language.uncertain import RANGE_WORDS, RANGES, Per, Scale, checked, shown

NUMBER = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?![\d.,]*\d)\s*(.*)", re.DOTALL)
PER = re.compile(r"(.*?)\s*\bper\s+(\w+)\s*", re.DOTALL)
YEARS: dict[str, float] = {
    **{"year": 1.0, "quarter": 0.25, "month": 1 / 12, "decade": 10.0},
    **{"week": 7 / 365.25, "day": 1 / 365.25},
}
SURE = 1e-12  # smallest chance left over a year that a number near 1 still keeps apart from none
HUNDREDTHS = ("%", "percent", "point", "points")


@dataclass(frozen=True)
class Measure:
    """What a number means here: its scale, the unit expected, the range that stands for 0..1 (None: the scale's own).

    `unit` may end in `per year`: then a time is asked for, and numbers per day, week, month, quarter or decade are
    converted.
    """

    scale: Scale
    unit: str = ""
    bounds: tuple[float, float] | None = None

    @property
    def per(self) -> Per:
        """ "year" where the number counts per year."""
        return "year" if PER.fullmatch(self.unit) else ""

    @property
    def kind(self) -> str:
        """The unit without its time."""
        return split_time(self.unit)[0]

    @property
    def expected(self) -> str:
        """What is expected, in words."""
        if self.bounds:
            span = f"{shown(self.bounds[0])} to {shown(self.bounds[1])}"
            return f"a number from {span} {self.unit}".strip()
        return f"a number {RANGE_WORDS[self.scale]} {self.unit}".strip()

    def read(self, text: str) -> float:
        """One number with its unit, placed on the bare scale.

        Raises:
            ExpressionError: no number, a wrong unit or time, or outside the range.

        >>> Measure("positive", "points").read("3 points"), Measure("level", bounds=(0, 50)).read("20")
        (0.03, 0.4)
        """
        found = split_number(text)
        if found is None:
            raise ExpressionError(f"'{text}' is no number: expected {self.expected}.", 1)
        unit, years = split_time(found[1])
        if bool(years) != bool(self.per):
            raise self._wrong_time(text, unit, years)
        number = found[0] * self.factor(unit)
        if not unit and self.kind.startswith("point") and abs(number) >= 1:
            raise ExpressionError(f"'{text}' has no unit: 1 would be a hundred points.", 1, f"Write '{text} points'.")
        return self.place(number, years or 1.0)

    def _wrong_time(self, text: str, unit: str, years: float) -> ExpressionError:
        if years:
            return ExpressionError(f"'{text}' has a time where none is counted: expected {self.expected}.", 1)
        return ExpressionError(f"'{text}' does not say over what time.", 1, f"Write '{text} per year'.")

    def place(self, number: float, years: float = 1.0) -> float:
        """Where a number lies on the scale (0..1 over the bounds); `years` = the time it was counted over."""
        if self.bounds is None:
            return checked(_per_year(checked(number, self.scale), self.scale, years), self.scale)
        low, high = self.bounds
        if not low <= number <= high:
            raise ExpressionError(f"{shown(number)} is outside the range: expected {self.expected}.", 1)
        return (number - low) / (high - low)

    def width(self, number: float) -> float:
        """A difference, as a share of the bounds."""
        return number if self.bounds is None else number / (self.bounds[1] - self.bounds[0])

    def factor(self, written: str) -> float:
        """The factor a written unit stands for (`%` and points are hundredths).

        Raises:
            ExpressionError: it is not the unit expected here.
        """
        plain = " ".join(written.split())
        if plain in HUNDREDTHS and self.bounds in (None, (0.0, 1.0)):
            return 0.01
        if plain == "" or plain.rstrip("s") == self.kind.rstrip("s"):
            return 1.0
        hint = did_you_mean(plain, [*filter(None, [self.kind]), "points", "percent", "per year"])
        message = f"'{plain}' is no unit here: expected {self.expected}."
        raise ExpressionError(message, 1, hint if hint.startswith("Did") else "")


def _per_year(number: float, scale: Scale, years: float) -> float:
    """A chance, swing or rate over `years` as one over a year."""
    if years == 1.0 or number in RANGES[scale]:
        return number
    if scale == "level":
        stays = float((1.0 - number) ** (1.0 / years))
        if stays < SURE:
            raise ExpressionError(
                f"a chance of {number:g} so often is as good as certain within a year, as chances count here.",
                1,
                f"Write less than {1 - SURE**years:.2g} for this time.",
            )
        return 1.0 - stays
    return math.tanh(math.atanh(number) / years) if scale == "signed" else number / years


def split_number(text: str) -> tuple[float, str] | None:
    """The number a text begins with and what follows it, or None if it begins with no number.

    >>> split_number("15% per year")
    (15.0, '% per year')
    """
    found = NUMBER.fullmatch(text)
    return (float(found[1]), found[2].strip()) if found else None


def split_time(unit: str) -> tuple[str, float]:
    """A unit without its time, and that time in years (0 where none is written).

    Raises:
        ExpressionError: an unknown time.

    >>> split_time("shells per quarter"), split_time("points")
    (('shells', 0.25), ('points', 0.0))
    """
    found = PER.fullmatch(unit)
    if found is None:
        return unit.strip(), 0.0
    if found[2] not in YEARS:
        hint = did_you_mean(found[2], YEARS)
        raise ExpressionError(f"'per {found[2]}' is unknown: per year, quarter, month, week, day or decade.", 1, hint)
    return found[1].strip(), YEARS[found[2]]
