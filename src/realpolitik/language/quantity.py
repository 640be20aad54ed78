"""Reading uncertain numbers: `0.3`, `60%`, `1 point`, `5% to 15% per year`, `strong`, `normal(0.4, 0.1)`.

A percentage and a point are hundredths. `a to b` gives the 5th and 95th percentiles (`interval`). Named
distributions are kept inside the scale: `normal(mean, sd)`, `lognormal(low, high)` (5th and 95th
percentile), `beta(a, b)`, `uniform(low, high)`, `triangular(low, mode, high)`, and `mixture(80% of A, 20% of
B)`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from realpolitik.errors import ExpressionError, did_you_mean
from realpolitik.language.distributions import ARGUMENTS, distribution, mixture
from realpolitik.language.measure import Measure, split_number, split_time
from realpolitik.language.uncertain import Quantity, Scale, constant, interval, shown
from realpolitik.language.words import Overrides, hedge_band, word_band

__all__ = ["Quantity", "Scale", "constant", "interval", "read_quantity"]

LONGEST = 500
DEEPEST = 5
TO = re.compile(r"\s+to\s+")
NAMED = re.compile(r"([A-Za-z]+)\s*\((.*)\)\s*([^()]*)", re.DOTALL)
DASHED = re.compile(r"([+-]?[\d.]+\s*%?)\s*(?:-|–|—|\.\.+|and)\s*([\d.]+\s*%?)(.*)", re.DOTALL)
ABOUT = re.compile(r"(?:about|around|roughly|circa|ca\.|~|≈)\s*(.+)", re.DOTALL)


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
        table: the table whose words are legal ("size", "weight", "steadiness", "hedge", "likelihood"); None:
            no words.
        unit: the unit expected; one that ends in `per year` asks for a time and converts months, quarters
            and decades.
        bounds: the range of a thing with a unit of its own; the shape then lives on its share of the range.
        overrides: the file's own words, table -> word -> (low, high).

    Raises:
        ExpressionError: not readable, outside the range, backwards, or the wrong unit; says what is expected.

    >>> round(read_quantity("1 to 3 points", "positive").high, 6)
    0.03
    >>> read_quantity("medium", "signed", table="size").word
    'moderate'
    >>> round(read_quantity("20 to 60", "level", bounds=(0, 100)).low, 6)
    20.0
    """
    measure = Measure(scale, unit, bounds)
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        raise ExpressionError(f"'{given}' is no number: expected {measure.expected}.", 1)
    text = shown(given) if not isinstance(given, str) else " ".join(given.split())
    if not text or len(text) > LONGEST:
        raise ExpressionError(f"{'nothing is' if not text else 'too much is'} written: expected {measure.expected}.", 1)
    found = (
        _constant(float(given), text, measure) if not isinstance(given, str) else _read(text, measure, table, overrides)
    )
    found = replace(found, per=measure.per)
    return found if bounds is None else found.mapped(bounds[0], bounds[1] - bounds[0])


def _constant(number: float, text: str, measure: Measure) -> Quantity:
    return constant(measure.place(number), measure.scale, text)


def _read(text: str, measure: Measure, table: str | None, overrides: Overrides | None, depth: int = 0) -> Quantity:
    """Text as a quantity on the bare scale (0..1 over the bounds)."""
    named = NAMED.fullmatch(text)
    if named and named[1].lower() in (*ARGUMENTS, "mixture"):
        return _named(named, text, measure, table, overrides, depth)
    ends = TO.split(text)
    if len(ends) == 2 and split_number(ends[0]) and split_number(ends[1]):
        return _between(ends[0], ends[1], text, measure)
    if split_number(text) and len(ends) == 1 and not DASHED.fullmatch(text):
        return constant(_placed(text, measure), measure.scale, text)
    return _word(text, measure, table, overrides)


def _placed(text: str, measure: Measure) -> float:
    """One number with its unit, on the bare scale."""
    found = split_number(text)
    if found is None:
        raise ExpressionError(f"'{text}' is no number: expected {measure.expected}.", 1)
    unit, years = split_time(found[1], measure)
    if measure.per and "per" not in found[1]:
        raise ExpressionError(
            f"'{text}' does not say over what time: expected {measure.expected}.",
            1,
            f"Write '{text} per year'.",
        )
    return measure.place(found[0] * measure.check_kind(unit), years)


def _between(first: str, last: str, text: str, measure: Measure) -> Quantity:
    """`a to b`; a unit written once, at the end, counts for both."""
    start, end = split_number(first), split_number(last)
    assert start is not None and end is not None  # noqa: S101
    unit, time = _unit_and_time(end[1])
    own, own_time = _unit_and_time(start[1])
    begin = f"{shown(start[0])} {own or unit} {own_time or time}"
    try:
        return interval(_placed(begin.strip(), measure), _placed(last, measure), measure.scale, text)
    except ExpressionError as error:
        if "backwards" not in error.message:
            raise
        swapped = f"Write '{shown(end[0])} to {shown(start[0])}{'' if unit == '%' else ' '}{end[1]}'.".replace(
            " '.", "'."
        )
        raise ExpressionError(f"'{text}' runs backwards: its first end is above its second.", 1, swapped) from None


def _unit_and_time(written: str) -> tuple[str, str]:
    """`% per year` -> ("%", "per year")."""
    unit, bar, time = written.partition("per ")
    return unit.strip(), f"{bar}{time}".strip()


def _named(
    found: re.Match[str],
    text: str,
    measure: Measure,
    table: str | None,
    overrides: Overrides | None,
    depth: int,
) -> Quantity:
    """`normal(...)` and its like, or a mixture of anything."""
    name, tail = found[1].lower(), found[3].strip()
    if depth > DEEPEST:
        raise ExpressionError("mixtures stand too deep within each other.", 1)
    unit, years = split_time(tail, measure)
    if years != 1.0:
        raise ExpressionError("a named distribution counts per year.", 1, "Convert its numbers to 'per year'.")
    parts = split_arguments(found[2])
    if name == "mixture":
        plain = replace(measure, unit=measure.kind)
        return Quantity(text, measure.scale, _mixed(parts, plain, table, overrides, depth))
    roles = [role for _, role in ARGUMENTS[name]]
    numbers = [
        _argument(part, role, unit, measure) for part, role in zip(parts, roles + ["plain"] * len(parts), strict=False)
    ]
    return Quantity(text, measure.scale, distribution(name, numbers, measure.scale))


def _argument(text: str, role: str, unit: str, measure: Measure) -> float:
    """One number of a named distribution on the bare scale."""
    found = split_number(text)
    if found is None:
        raise ExpressionError(f"'{text.strip()}' is no number.", 1)
    number = found[0] * (measure.check_kind(found[1] or unit) if role != "plain" else 1.0)
    if role == "plain" and found[1]:
        raise ExpressionError(f"'{text.strip()}' takes no unit here.", 1)
    if role == "place" and measure.bounds is not None:
        return (number - measure.bounds[0]) / (measure.bounds[1] - measure.bounds[0])
    return measure.width(number) if role == "width" else number


def _mixed(parts: list[str], measure: Measure, table: str | None, overrides: Overrides | None, depth: int):  # type: ignore[no-untyped-def]
    weights, shapes = [], []
    for part in parts:
        share, found, rest = part.partition(" of ")
        weight = split_number(share)
        if not found or weight is None or weight[1] not in ("", "%"):
            raise ExpressionError(f"'{part.strip()}' is no part of a mixture: write '80% of 0.1 to 0.3'.", 1)
        weights.append(weight[0] / (100 if weight[1] else 1))
        shapes.append(_read(rest.strip(), measure, table, overrides, depth + 1).shape)
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


def _word(text: str, measure: Measure, table: str | None, overrides: Overrides | None) -> Quantity:
    """A word of the table, or the reason why the text is nothing we know."""
    remedy = _remedy(text)
    if table is None or remedy:
        raise ExpressionError(f"'{text}' cannot be read: expected {measure.expected}, or 'a to b'.", 1, remedy)
    word, (low, high) = hedge_band(text, overrides) if table == "hedge" else word_band(text, table, overrides)
    return replace(interval(low, high, measure.scale, text), family=table, word=word)


def _remedy(text: str) -> str:
    """What was probably meant."""
    dashed, about = DASHED.fullmatch(text), ABOUT.fullmatch(text)
    if dashed:
        return f"Write '{dashed[1].strip()} to {dashed[2].strip()}{dashed[3]}'."
    if about:
        return f"Write '{about[1]}', or say how far off it may be: 'a to b'."
    if "," in text and text.replace(",", "").replace(".", "").strip("+-% ").isdigit():
        return f"Write '{text.replace(',', '')}' (no separators), or a point for the decimals."
    named = NAMED.fullmatch(text)
    hint = did_you_mean(named[1].lower(), [*ARGUMENTS, "mixture"]) if named else ""
    return hint
