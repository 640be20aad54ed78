"""Shapes of an uncertain number: each turns a standard-normal score into a value, monotonically.

Every shape has `at(score)` (float or array), increasing, and its inverse `below(value)`: the probability of
a smaller value.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

from realpolitik.language.normal import SCORE_95, normal_cdf, normal_quantile

if TYPE_CHECKING:
    from realpolitik.language.normal import FloatArray, Values

Link = Literal["identity", "logit", "arcsine", "artanh", "log", "root"]


class Shape(Protocol):
    """What every shape can do."""

    def at(self, score: Values) -> Values:
        """The value at a standard-normal score."""

    def below(self, value: Values) -> Values:
        """The probability of a smaller value."""


def _apply(name: str, x: Any) -> Values:
    """A function of `math` for floats, its namesake of NumPy for arrays."""
    if isinstance(x, int | float):
        scalar: float = getattr(math, name)(x)
        return scalar
    import numpy as np  # noqa: PLC0415

    renamed = {"asin": "arcsin", "atanh": "arctanh"}
    array: FloatArray = getattr(np, renamed.get(name, name))(x)
    return array


def _clip(x: Any, low: float, high: float) -> Values:
    if isinstance(x, int | float):
        return float(min(max(x, low), high))
    import numpy as np  # noqa: PLC0415

    array: FloatArray = np.clip(x, low, high)
    return array


def _where(condition: Any, yes: Any, no: Any) -> Values:
    if isinstance(condition, bool):
        return float(yes if condition else no)
    import numpy as np  # noqa: PLC0415

    array: FloatArray = np.where(condition, yes, no)
    return array


def linked(link: Link, value: Values) -> Values:
    """The value on the line where it is normal: logit, arcsine of the root, artanh, log, root or itself.

    >>> round(linked("logit", 0.75), 4), round(linked("artanh", 0.5), 4)
    (1.0986, 0.5493)
    """
    if link == "logit":
        return _apply("log", value / (1.0 - value))
    if link == "arcsine":
        return _apply("asin", _apply("sqrt", value))
    names = {"artanh": "atanh", "log": "log", "root": "sqrt"}
    return _apply(names[link], value) if link in names else value


def unlinked(link: Link, line: Values) -> Values:
    """The inverse of `linked`; beyond the ends of the scale it stays at the end.

    >>> round(unlinked("logit", 1.0986), 4), unlinked("root", -1.0)
    (0.75, 0.0)
    """
    if link == "logit":
        return 1.0 / (1.0 + _apply("exp", -_clip(line, -700.0, 700.0)))
    if link == "arcsine":
        return _apply("sin", _clip(line, 0.0, math.pi / 2)) ** 2
    if link == "root":
        return _clip(line, 0.0, math.inf) ** 2
    if link == "log":
        return _apply("exp", _clip(line, -700.0, 700.0))
    return _apply("tanh", line) if link == "artanh" else line


@dataclass(frozen=True, slots=True)
class Point:
    """One number, known."""

    value: float

    def at(self, score: Values) -> Values:
        """The number itself, in the shape of `score`."""
        return self.value + 0.0 * score

    def below(self, value: Values) -> Values:
        """0 below the number, 1 from it on."""
        return _where(value >= self.value, 1.0 + 0.0 * value, 0.0 * value)


@dataclass(frozen=True, slots=True)
class LinkedNormal:
    """Normal (mean, sd) after the link; what `a to b` means, matched at the 5th and 95th percentiles."""

    link: Link
    mean: float
    sd: float

    def at(self, score: Values) -> Values:
        """The value at a standard-normal score."""
        return unlinked(self.link, self.mean + self.sd * score)

    def below(self, value: Values) -> Values:
        """The probability of a smaller value."""
        return normal_cdf((linked(self.link, value) - self.mean) / self.sd)


@dataclass(frozen=True, slots=True)
class Uniform:
    """Every value between low and high alike."""

    low: float
    high: float

    def at(self, score: Values) -> Values:
        """The value at a standard-normal score."""
        return self.low + (self.high - self.low) * normal_cdf(score)

    def below(self, value: Values) -> Values:
        """The probability of a smaller value."""
        return _clip((value - self.low) / (self.high - self.low), 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Triangular:
    """Density rising from low to mode and falling to high."""

    low: float
    mode: float
    high: float

    def at(self, score: Values) -> Values:
        """The value at a standard-normal score."""
        u, width = normal_cdf(score), self.high - self.low
        rising = self.low + _apply("sqrt", u * width * (self.mode - self.low))
        falling = self.high - _apply("sqrt", (1.0 - u) * width * (self.high - self.mode))
        return _where(u * width < self.mode - self.low, rising, falling)

    def below(self, value: Values) -> Values:
        """The probability of a smaller value."""
        x, width = _clip(value, self.low, self.high), self.high - self.low
        rising = (x - self.low) ** 2 / (width * (self.mode - self.low) or 1.0)
        falling = 1.0 - (self.high - x) ** 2 / (width * (self.high - self.mode) or 1.0)
        return _where(x < self.mode, rising, falling)


@dataclass(frozen=True, slots=True)
class Beta:
    """The beta distribution on 0..1; SciPy gives its quantile."""

    a: float
    b: float

    def at(self, score: Values) -> Values:
        """The value at a standard-normal score."""
        from scipy.special import betaincinv  # noqa: PLC0415

        found = betaincinv(self.a, self.b, normal_cdf(score))
        return float(found) if isinstance(score, int | float) else found

    def below(self, value: Values) -> Values:
        """The probability of a smaller value."""
        from scipy.special import betainc  # noqa: PLC0415

        found = betainc(self.a, self.b, _clip(value, 0.0, 1.0))
        return float(found) if isinstance(value, int | float) else found


@dataclass(frozen=True, slots=True)
class Truncated:
    """A shape kept between the probabilities `low` and `high` of its base: never outside its scale."""

    base: Shape
    low: float
    high: float

    def at(self, score: Values) -> Values:
        """The value at a standard-normal score."""
        u = self.low + (self.high - self.low) * normal_cdf(score)
        return self.base.at(normal_quantile(_clip(u, 1e-300, 1.0 - 1e-16)))

    def below(self, value: Values) -> Values:
        """The probability of a smaller value."""
        return _clip((self.base.below(value) - self.low) / (self.high - self.low), 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Mixture:
    """One of several shapes, with these weights (they sum to 1); its quantile is found by halving."""

    weights: tuple[float, ...]
    parts: tuple[Shape, ...]

    def at(self, score: Values) -> Values:
        """The value at a standard-normal score, to double precision."""
        wanted = normal_cdf(score)
        ends = [part.at(edge) for part in self.parts for edge in (-8.5, 8.5)]
        low, high = min(ends) + 0.0 * score, max(ends) + 0.0 * score
        for _ in range(64):
            middle = 0.5 * (low + high)
            short = self.below(middle) < wanted
            low, high = _where(short, middle, low), _where(short, high, middle)
        return 0.5 * (low + high)

    def below(self, value: Values) -> Values:
        """The probability of a smaller value."""
        total: Values = 0.0
        for weight, part in zip(self.weights, self.parts, strict=True):
            total = total + weight * part.below(value)
        return total


def matched(link: Link, low: float, high: float) -> LinkedNormal:
    """The normal after `link` whose 5th and 95th percentiles are `low` and `high`.

    >>> shape = matched("log", 1.0, 4.0)
    >>> round(shape.at(0.0), 6), round(shape.at(SCORE_95), 6)
    (2.0, 4.0)
    """
    start, end = float(linked(link, low)), float(linked(link, high))
    return LinkedNormal(link, 0.5 * (start + end), (end - start) / (2 * SCORE_95))
