"""Reading uncertain numbers: `0.3`, `60%`, `1 point`, `5% to 15% per year`, `strong`, `normal(0.4, 0.1)`.

A percentage and a point are hundredths. `a to b` gives the 5th and 95th percentiles (`interval`). Named distributions
are kept inside the scale: `normal(mean, sd)`, `lognormal(low, high)` (5th and 95th percentile), `beta(a, b)`,
`uniform(low, high)`, `triangular(low, mode, high)`, and `mixture(80% of A, 20% of B)`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from realpolitik.errors import ExpressionError, did_you_mean
from realpolitik.language.distributions import ARGUMENTS, distribution, mixture
from realpolitik.language.measure import Measure, split_number, split_time
from realpolitik.language.shapes import Shape
from realpolitik.language.uncertain import Quantity, Scale, constant, interval
from realpolitik.language.words import Overrides, hedge_band, word_band

__all__ = ["Quantity", "Scale", "constant", "interval", "read_quantity"]

LONGEST = 500
DEEPEST = 5
TO = re.compile(r"\s+to\s+")
NAMED = re.compile(r"([A-Za-z]+)\s*\((.*)\)\s*([^()]*)", re.DOTALL)
DASHED = re.compile(r"([+-]?[\d.]+\s*%?)\s*(?:-|–|—|\.\.+|and)\s*([\d.]+\s*%?)(.*)", re.DOTALL)
DECIMAL_COMMA = re.compile(r"[+-]?(?:0|\d+),(?:\d{1,2}|\d{4,})\s*%?|0,\d+\s*%?")
ABOUT = re.compile(r"(?:about|around|roughly|circa|ca\.|~|≈)\s*(.+)", re.DOTALL)


@dataclass(frozen=True)
class _Reading:
    """What is expected where a quantity stands, and how deep in mixtures we are."""

    measure: Measure
    table: str | None
    overrides: Overrides | None
    depth: int = 0


def read_quantity(
    given: str | float,
    scale: Scale,
    *,
    table: str | None = None,
    unit: str = "",
    bounds: tuple[float, float] | None = None,
    overrides: Overrides | None = None,
) -> Quantity:
    """What number, interval, word or distribution was written?

    Args:
        given: a number, or text (`60%`, `0.1 to 0.3`, `1 to 3 points`, `strong`, `normal(0.4, 0.1)`).
        scale: "level" [0, 1], "signed" (-1, 1) or "positive" [0, inf).
        table: whose words are legal ("size", "weight", "steadiness", "hedge", "likelihood"); None: no words.
        unit: the unit expected; one that ends in `per year` asks for a time and converts days to decades.
        bounds: the range of a thing with a unit of its own; the shape then lives on its share of the range.
        overrides: the file's own words, table -> word -> (low, high).

    Raises:
        ExpressionError: not readable, outside the range, backwards, or the wrong unit; says what is expected.

    >>> round(read_quantity("1 to 3 points", "positive", unit="points").high, 6)
    0.03
    >>> read_quantity("medium", "signed", table="size").word
    'moderate'
    >>> round(read_quantity("20 to 60", "level", bounds=(0, 100)).low, 6)
    20.0
    """
    measure = Measure(scale, unit, bounds)
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        raise ExpressionError(f"'{given}' is no number: expected {measure.expected}.", 1)
    text = " ".join(given.split()) if isinstance(given, str) else f"{given!r}"
    if not text or len(text) > LONGEST:
        how = "too much is" if text else "nothing is"
        raise ExpressionError(f"{how} written: expected {measure.expected}.", 1)
    found = replace(_read(text, _Reading(measure, table, overrides)), per=measure.per)
    return found if bounds is None else found.mapped(bounds[0], bounds[1] - bounds[0])


def _read(text: str, reading: _Reading) -> Quantity:
    """Text as a quantity on the bare scale (0..1 over the bounds)."""
    named = NAMED.fullmatch(text)
    if named and named[1].lower() in (*ARGUMENTS, "mixture"):
        return _named(named[1].lower(), named[2], named[3], text, reading)
    ends = TO.split(text)
    if len(ends) == 2 and split_number(ends[0]) and split_number(ends[1]):
        return _between(ends[0], ends[1], text, reading.measure)
    if split_number(text) and len(ends) == 1 and not DASHED.fullmatch(text):
        return constant(reading.measure.read(text), reading.measure.scale, text)
    return _word(text, reading)


def _between(first: str, last: str, text: str, measure: Measure) -> Quantity:
    """`a to b`; a unit or time written once, at the end, counts for both."""
    unit, time = _unit_and_time(last)
    own, own_time = _unit_and_time(first)
    bare = re.split(r"[^\d.eE+-]", first)[0]
    kind = own or unit
    start = measure.read(f"{bare}{'' if kind == '%' else ' '}{kind} {own_time or time}".strip())
    end = measure.read(last)
    if start > end:
        number = re.split(r"[^\d.eE+-]", last)[0]
        swapped = f"{number} to {last.replace(number, bare, 1)}"
        raise ExpressionError(f"'{text}' runs backwards: its first end is above its second.", 1, f"Write '{swapped}'.")
    return interval(start, end, measure.scale, text)


def _unit_and_time(text: str) -> tuple[str, str]:
    """`15% per year` -> ("%", "per year")."""
    found = split_number(text)
    unit, bar, time = (found[1] if found else "").partition("per ")
    return unit.strip(), f"{bar}{time}".strip()


def _named(name: str, inside: str, tail: str, text: str, reading: _Reading) -> Quantity:
    """`normal(...)` and its like, or a mixture of anything."""
    measure, (unit, years) = reading.measure, split_time(tail)
    if reading.depth > DEEPEST:
        raise ExpressionError("mixtures stand too deep within each other.", 1)
    if (years or 1.0) != 1.0 or bool(years) != bool(measure.per):
        raise ExpressionError(f"'{text}': expected {measure.expected}.", 1, "Distributions count per year, or no time.")
    parts = split_arguments(inside)
    if name == "mixture":
        plain = replace(reading, measure=replace(measure, unit=measure.kind), depth=reading.depth + 1)
        return Quantity(text, measure.scale, _mixed(parts, plain))
    roles = [role for _, role in ARGUMENTS[name]] + ["plain"] * len(parts)
    numbers = [_argument(part, role, unit, measure) for part, role in zip(parts, roles, strict=False)]
    return Quantity(text, measure.scale, distribution(name, numbers, measure.scale))


def _argument(text: str, role: str, unit: str, measure: Measure) -> float:
    """One number of a named distribution on the bare scale."""
    found = split_number(text)
    if found is None:
        raise ExpressionError(f"'{text}' is no number.", 1)
    if role == "plain":
        if found[1] or unit:
            raise ExpressionError(f"'{text}' takes no unit here.", 1)
        return found[0]
    number = found[0] * measure.factor(found[1] or unit)
    if role == "place" and measure.bounds is not None:
        return (number - measure.bounds[0]) / (measure.bounds[1] - measure.bounds[0])
    return measure.width(number) if role == "width" else number


def _mixed(parts: list[str], reading: _Reading) -> Shape:
    """`80% of A, 20% of B` as one shape."""
    weights: list[float] = []
    shapes: list[Shape] = []
    for part in parts:
        share, found, rest = part.partition(" of ")
        weight = split_number(share)
        if not found or weight is None or weight[1] not in ("", "%"):
            raise ExpressionError(f"'{part}' is no part of a mixture: write '80% of 0.1 to 0.3'.", 1)
        weights.append(weight[0] / (100 if weight[1] else 1))
        shapes.append(_read(rest.strip(), reading).shape)
    return mixture(weights, shapes)


def split_arguments(text: str) -> list[str]:
    """Split at the commas outside brackets.

    >>> split_arguments("0.1, normal(0.2, 0.1)")
    ['0.1', 'normal(0.2, 0.1)']
    """
    parts, depth = [""], 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]


def _word(text: str, reading: _Reading) -> Quantity:
    """A word of the table, or the reason why the text is nothing we know."""
    remedy, table = _remedy(text), reading.table
    if table is None or remedy:
        expected = f"expected {reading.measure.expected}, or 'a to b'"
        raise ExpressionError(f"'{text}' cannot be read: {expected}.", 1, remedy)
    find = hedge_band if table == "hedge" else lambda word, known: word_band(word, table, known)
    word, (low, high) = find(text, reading.overrides)
    return replace(interval(low, high, reading.measure.scale, text), family=table, word=word)


def _remedy(text: str) -> str:
    """What was probably meant."""
    dashed, about, named = DASHED.fullmatch(text), ABOUT.fullmatch(text), NAMED.fullmatch(text)
    if dashed:
        return f"Write '{dashed[1].strip()} to {dashed[2].strip()}{dashed[3]}'."
    if about:
        return f"Write '{about[1]}', or say how far off it may be: 'a to b'."
    if DECIMAL_COMMA.fullmatch(text):
        return f"Write '{text.replace(',', '.')}' (a point for the decimals)."
    if "," in text and text.replace(",", "").replace(".", "").strip("+-% ").isdigit():
        return f"Write '{text.replace(',', '')}' (no separators)."
    if text.lower() == "fill in":
        return "A draft left it for you to fill in: write a number or 'a to b' (where a word is legal, also a word)."
    hint = did_you_mean(named[1].lower(), [*ARGUMENTS, "mixture"]) if named else ""
    return hint if hint.startswith("Did") else ""
