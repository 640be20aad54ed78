"""Reading one number with its unit, and placing it on a scale."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from realpolitik.errors import ExpressionError, did_you_mean
from realpolitik.language.uncertain import RANGE_WORDS, RANGES, Per, Scale, checked, shown

NUMBER = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?![\d,]*\d)\s*(.*)", re.DOTALL)
PER = re.compile(r"(.*?)\s*\bper\s+(\w+)\s*", re.DOTALL)
YEARS: dict[str, float] = {"year": 1.0, "quarter": 0.25, "month": 1 / 12, "decade": 10.0}


@dataclass(frozen=True)
class Measure:
    """What a number means here: its scale, the unit expected, and the range that stands for 0..1 (None: the scale's own).

    `unit` may end in `per year`: then a time is asked for, and numbers per month, quarter or decade are
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
        found = PER.fullmatch(self.unit)
        return (found[1] if found else self.unit).strip()

    @property
    def expected(self) -> str:
        """What is expected, in words."""
        if self.bounds:
            span = f"{shown(self.bounds[0])} to {shown(self.bounds[1])}"
            return f"a number from {span} {self.unit}".strip()
        return f"a number {RANGE_WORDS[self.scale]} {self.unit}".strip()

    def place(self, number: float, years: float = 1.0) -> float:
        """Where the number lies on the scale (0..1 over the bounds); `years` = the time it was counted over."""
        if self.bounds is None:
            return checked(_per_year(checked(number, self.scale), self.scale, years), self.scale)
        low, high = self.bounds
        if not low <= number <= high:
            raise ExpressionError(f"{shown(number)} is outside the range: expected {self.expected}.", 1)
        return (number - low) / (high - low)

    def width(self, number: float) -> float:
        """A difference, as a share of the bounds."""
        return number if self.bounds is None else number / (self.bounds[1] - self.bounds[0])

    def check_kind(self, written: str) -> float:
        """The factor a written unit stands for (`%` and points are hundredths).

        Raises:
            ExpressionError: it is not the unit expected here.
        """
        plain = " ".join(written.split())
        if plain in ("", self.kind) or plain == self.kind + "s" or plain + "s" == self.kind:
            return 0.01 if plain and self.bounds is None and _is_hundredth(plain) else 1.0
        if _is_hundredth(plain) and self.bounds in (None, (0.0, 1.0)):
            return 0.01
        hint = did_you_mean(plain, [self.kind, "points", "per year"])
        raise ExpressionError(f"'{plain}' is no unit here: expected {self.expected}.", 1, hint if "Did" in hint else "")


def _is_hundredth(unit: str) -> bool:
    return unit in ("%", "percent", "point", "points")


def _per_year(number: float, scale: Scale, years: float) -> float:
    """A chance, swing or rate over `years` as one over a year."""
    if years == 1.0 or number in RANGES[scale]:
        return number
    if scale == "level":
        return 1.0 - float((1.0 - number) ** (1.0 / years))
    return math.tanh(math.atanh(number) / years) if scale == "signed" else number / years


def split_number(text: str) -> tuple[float, str] | None:
    """The number a text begins with and what follows it, or None if it begins with no number.

    >>> split_number("15% per year")
    (15.0, '% per year')
    """
    found = NUMBER.fullmatch(text)
    return (float(found[1]), found[2].strip()) if found else None


def split_time(unit: str, measure: Measure) -> tuple[str, float]:
    """A written unit without its time, and that time in years.

    Raises:
        ExpressionError: a time where none is counted, none where one is, or an unknown one.

    >>> split_time("% per month", Measure("level", "per year"))
    ('%', 0.08333333333333333)
    """
    found = PER.fullmatch(unit)
    if found is None:
        return unit, 1.0
    if not measure.per:
        raise ExpressionError(f"'per {found[2]}' has no place here: expected {measure.expected}.", 1)
    if found[2] not in YEARS:
        raise ExpressionError(f"'per {found[2]}' is unknown: per year, quarter, month or decade.", 1)
    return found[1].strip(), YEARS[found[2]]
