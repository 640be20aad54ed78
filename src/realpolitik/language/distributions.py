"""Named distributions as shapes kept inside a scale."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from realpolitik.errors import ExpressionError
from realpolitik.language.normal import SCORE_95
from realpolitik.language.shapes import (
    Beta,
    LinkedNormal,
    Mixture,
    Point,
    Shape,
    Triangular,
    Truncated,
    Uniform,
)
from realpolitik.language.uncertain import RANGE_WORDS, RANGES, Scale, checked, shown

Role = Literal["place", "width", "plain"]

# What each argument is: a place on the scale, a width on it, or a plain number.
ARGUMENTS: Mapping[str, tuple[tuple[str, Role], ...]] = MappingProxyType(
    {
        "normal": (("mean", "place"), ("sd", "width")),
        "lognormal": (("5th percentile", "place"), ("95th percentile", "place")),
        "beta": (("a", "plain"), ("b", "plain")),
        "uniform": (("low", "place"), ("high", "place")),
        "triangular": (("low", "place"), ("mode", "place"), ("high", "place")),
    }
)


def _need(condition: bool, message: str) -> None:
    if not condition:
        raise ExpressionError(message, 1)


def _kept(base: Shape, scale: Scale) -> Shape:
    """The shape cut to the scale and renormalised; refused where less than 1% of it lies there."""
    low, high = RANGES[scale]
    start = float(base.below(low)) if math.isfinite(low) else 0.0
    end = float(base.below(high)) if math.isfinite(high) else 1.0
    _need(
        end - start >= 0.01,
        f"hardly any of this distribution lies in the range: expected numbers {RANGE_WORDS[scale]}.",
    )
    return Truncated(base, start, end) if start > 0.0 or end < 1.0 else base


def _normal(mean: float, sd: float, scale: Scale) -> Shape:
    _need(sd > 0, f"the sd of normal(mean, sd) is above 0, not {shown(sd)}.")
    return _kept(LinkedNormal("identity", mean, sd), scale)


def _lognormal(low: float, high: float, scale: Scale) -> Shape:
    _need(
        0 < low < high,
        "lognormal(low, high) takes its 5th and 95th percentile, both above 0, the lower first.",
    )
    middle, spread = (math.log(low) + math.log(high)) / 2, math.log(high / low) / (2 * SCORE_95)
    base = LinkedNormal("log", middle, spread)
    if scale == "positive":
        return base
    return Truncated(base, 0.0, float(base.below(1.0))) if base.below(1.0) < 1.0 else base


def _beta(a: float, b: float, scale: Scale) -> Shape:
    _need(scale == "level", "beta(a, b) lives between 0 and 1; here use 'a to b', uniform or triangular.")
    _need(0 < a <= 1e6 and 0 < b <= 1e6, "the numbers of beta(a, b) are above 0 and at most a million.")
    return Beta(a, b)


def _uniform(low: float, high: float, scale: Scale) -> Shape:
    _need(low <= high, f"uniform(low, high) runs backwards: {shown(low)} is above {shown(high)}.")
    start, end = checked(low, scale), checked(high, scale)
    return Point(start) if start == end else Uniform(start, end)


def _triangular(low: float, mode: float, high: float, scale: Scale) -> Shape:
    _need(low <= mode <= high, "triangular(low, mode, high) takes its three numbers in rising order.")
    start, end = checked(low, scale), checked(high, scale)
    return Point(start) if start == end else Triangular(start, mode, end)


_MAKERS: Mapping[str, Callable[..., Shape]] = MappingProxyType(
    {
        "normal": _normal,
        "lognormal": _lognormal,
        "beta": _beta,
        "uniform": _uniform,
        "triangular": _triangular,
    }
)


def distribution(name: str, numbers: Sequence[float], scale: Scale) -> Shape:
    """The named distribution with these numbers, kept inside `scale`.

    Raises:
        ExpressionError: a number is missing, too many, or makes no such distribution.

    >>> distribution("uniform", [0.2, 0.6], "level").at(0.0)
    0.4
    """
    wanted = ARGUMENTS[name]
    if len(numbers) != len(wanted):
        listed = ", ".join(label for label, _ in wanted)
        raise ExpressionError(f"{name} takes {len(wanted)} numbers ({listed}), not {len(numbers)}.", 1)
    return _MAKERS[name](*numbers, scale)


def mixture(weights: Sequence[float], parts: Sequence[Shape]) -> Shape:
    """One of several shapes with these weights.

    Raises:
        ExpressionError: fewer than two parts, a weight not above 0, or weights that do not sum to 1.

    >>> parts = [Uniform(0.0, 0.2), Uniform(0.8, 1.0)]
    >>> round(mixture([0.75, 0.25], parts).below(0.5), 6)
    0.75
    """
    _need(len(parts) >= 2, "a mixture has at least two parts: mixture(80% of 0.1 to 0.3, 20% of 0.6 to 0.9).")
    _need(all(weight > 0 for weight in weights), "every weight of a mixture is above 0.")
    total = sum(weights)
    _need(abs(total - 1) < 1e-6, f"the weights of a mixture sum to 100%, here to {shown(100 * total)}%.")
    return Mixture(tuple(weight / total for weight in weights), tuple(parts))
