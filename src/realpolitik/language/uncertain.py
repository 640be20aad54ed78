"""An uncertain number: what was written, and the value at every standard-normal score.

`read_quantity` (in `realpolitik.language.quantity`) makes one from text; `constant` and `interval` from
numbers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, overload

from realpolitik.errors import ExpressionError
from realpolitik.language.normal import SCORE_95, normal_quantile
from realpolitik.language.shapes import Link, Point, Shape, matched

if TYPE_CHECKING:
    from realpolitik.language.normal import FloatArray, Values

Scale = Literal["level", "signed", "positive"]
Per = Literal["", "year", "quarter", "month"]

RANGES: dict[Scale, tuple[float, float]] = {
    "level": (0.0, 1.0),
    "signed": (-1.0, 1.0),
    "positive": (0.0, math.inf),
}
RANGE_WORDS: dict[Scale, str] = {
    "level": "between 0 and 1 (0% and 100%)",
    "signed": "between -1 and 1, both excluded",
    "positive": "0 or more",
}


@dataclass(frozen=True)
class Quantity:
    """How large is it, and how sure? A number, an interval, a word or a named distribution, as one monotone function.

    `text` is as written. `scale` says where it lives before `offset + factor * x` is applied: "level" [0,
    1], "signed" (-1, 1), "positive" [0, inf). `family` and `word` name the word table and word it came from,
    or are empty. `per` is the time it is counted over ("year"), or empty.

    >>> size = interval(0.45, 0.75, "signed")
    >>> round(size.low, 6), round(size.high, 6), size.is_constant
    (0.45, 0.75, False)
    """

    text: str
    scale: Scale
    shape: Shape
    family: str = ""
    word: str = ""
    per: Per = ""
    offset: float = 0.0
    factor: float = 1.0

    @overload
    def at(self, score: float) -> float: ...
    @overload
    def at(self, score: FloatArray) -> FloatArray: ...
    def at(self, score: Values) -> Values:
        """The value at standard-normal `score`(s): increasing, or decreasing once negated (high stays large).

        >>> interval(1.0, 4.0, "positive").negated().at(0.0)
        -2.0
        """
        value = self.shape.at(score)
        return value if self.factor == 1.0 and self.offset == 0.0 else self.offset + self.factor * value

    @overload
    def quantile(self, u: float) -> float: ...
    @overload
    def quantile(self, u: FloatArray) -> FloatArray: ...
    def quantile(self, u: Values) -> Values:
        """The value with probability `u` (in (0, 1)) below it; increasing, also for negated quantities.

        >>> round(interval(0.2, 0.6, "level").quantile(0.95), 6)
        0.6
        """
        return self.at(normal_quantile(u if self.factor >= 0 else 1.0 - u))

    @property
    def central(self) -> float:
        """The median."""
        return self.at(0.0)

    @property
    def low(self) -> float:
        """The 5th percentile."""
        return min(self.at(-SCORE_95), self.at(SCORE_95))

    @property
    def high(self) -> float:
        """The 95th percentile."""
        return max(self.at(-SCORE_95), self.at(SCORE_95))

    @property
    def is_constant(self) -> bool:
        """True for a single known number."""
        return isinstance(self.shape, Point)

    def mapped(self, offset: float, factor: float) -> Quantity:
        """`offset + factor * x`: from a share of a range to its unit, from points to fractions, and so on.

        >>> constant(0.25).mapped(100.0, 200.0).central
        150.0
        """
        return replace(self, offset=offset + factor * self.offset, factor=factor * self.factor)

    def scaled(self, factor: float) -> Quantity:
        """`factor * x`.

        >>> constant(3.0, "positive").scaled(0.01).central
        0.03
        """
        return self.mapped(0.0, factor)

    def negated(self) -> Quantity:
        """`-x`; the score keeps its meaning, so a high score is still a large size.

        >>> constant(0.3, "signed").negated().central
        -0.3
        """
        return self.mapped(0.0, -1.0)

    def complement(self) -> Quantity:
        """`1 - x`.

        >>> constant(0.25).complement().central
        0.75
        """
        return self.mapped(1.0, -1.0)

    def __str__(self) -> str:
        return self.text


def checked(value: float, scale: Scale) -> float:
    """`value` if it lies on the scale.

    Raises:
        ExpressionError: it does not; the message says the range.

    >>> checked(0.3, "level")
    0.3
    """
    low, high = RANGES[scale]
    inside = low <= value <= high and math.isfinite(value)
    if scale == "signed":
        inside = low < value < high
    if not inside:
        hint = f"Write '{shown(value)}%'." if scale == "level" and 2 <= value <= 100 else ""
        raise ExpressionError(f"{shown(value)} is outside the range: expected a number {RANGE_WORDS[scale]}.", 1, hint)
    return float(value)


def shown(value: float) -> str:
    """A number as people write it.

    >>> shown(0.30000000000000004), shown(12.0)
    ('0.3', '12')
    """
    return f"{value:.6g}"


def constant(value: float, scale: Scale = "level", text: str | None = None) -> Quantity:
    """A number that is known.

    Raises:
        ExpressionError: the number is outside the scale.

    >>> constant(0.3).at(1.5)
    0.3
    """
    number = checked(value, scale)
    return Quantity(shown(value) if text is None else text, scale, Point(number))


def _link(scale: Scale, low: float, high: float) -> Link:
    """The line on which an interval is normal; at a closed end (0, or 1 for levels) one that reaches it."""
    if scale == "level":
        return "arcsine" if low <= 0.0 or high >= 1.0 else "logit"
    if scale == "positive":
        return "root" if low <= 0.0 else "log"
    return "artanh"


def interval(low: float, high: float, scale: Scale = "level", text: str | None = None) -> Quantity:
    """A number between `low` (5th percentile) and `high` (95th percentile): normal in logit, artanh or log, by scale.

    An end at 0 (or 1, for levels) is reached: the shape is then normal in the square root (its arcsine for
    levels), and the 5% of probability beyond the end stays at the end.

    Raises:
        ExpressionError: an end is outside the scale, or `low` is above `high`.

    >>> round(interval(5.0, 20.0, "positive").central, 6)
    10.0
    >>> round(interval(0.0, 0.5, "level").at(-3.0), 6)
    0.0
    """
    start, end = checked(low, scale), checked(high, scale)
    if start > end:
        raise ExpressionError(
            f"the interval runs backwards: {shown(low)} is above {shown(high)}.",
            1,
            f"Write '{shown(high)} to {shown(low)}'.",
        )
    written = f"{shown(low)} to {shown(high)}" if text is None else text
    if start == end:
        return Quantity(written, scale, Point(start))
    return Quantity(written, scale, matched(_link(scale, start, end), start, end))
