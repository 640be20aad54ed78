"""How a verdict reads: what its number measures, which thresholds in the check are ours, by how much they decide."""

from __future__ import annotations

from collections.abc import Iterator

from realpolitik.compiled.asked import asked_words
from realpolitik.compiled.checking.truth import parts_of
from realpolitik.compiled.model import Model
from realpolitik.compiled.wording import actor_name
from realpolitik.language.expression import Arithmetic, Call, Compare, Expression, Is, Moment, Name, Number, Query, walk
from realpolitik.language.formatter import format_expression

_LED = {
    "P": "chance of ",
    "E": "average level of ",
    "gain": "gain of ",
    "share": "share of draws in which most is lost by ",
}
_OPPOSITE = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


def number_asked(model: Model, part: Expression | None) -> str:
    """What the number of a verdict measures, in words; "" where it reads what is written.

    >>> from realpolitik.language.parser import parse_query
    >>> number_asked(None, parse_query("weight(AAA, x) > 0"))
    'weight(AAA, x)'
    """
    match part:
        case Compare(left=left, right=right) if not isinstance(right, Number | Moment):
            return f"{_side(model, left)}, less {_side(model, right)}"
        case Compare(left=left):
            return _side(model, left)
        case Is(left=Query(function="loser") as query, word=word):
            return f"share of draws in which {actor_name(model, word)} {asked_words(model, query)}"
        case Is(left=left):
            return _side(model, left)
    return ""


def _side(model: Model, side: Expression) -> str:
    if any(isinstance(node, Call) for node in walk(side)) or isinstance(side, Name | Number):
        return format_expression(side)
    if isinstance(side, Arithmetic):
        joined = {"-": "less", "+": "and", "*": "times", "/": "over"}[side.op]
        return f"{_side(model, side.left)}, {joined} {_side(model, side.right)}"
    lead = _LED.get(side.function, "") if isinstance(side, Query) else ""
    return f"{lead}{asked_words(model, side)}"


def thresholds(check: Expression) -> tuple[str, ...]:
    """The numbers other than nought a check compares with: where a text gives a word, our reading of it.

    >>> from realpolitik.language.parser import parse_query
    >>> thresholds(parse_query("E[x at 1 year] > 0.3 and weight(AAA, x) < 0"))
    ('above 0.3',)
    """
    return tuple(dict.fromkeys(_written(op, number) for op, number in _compared(check)))


def _compared(check: Expression) -> Iterator[tuple[str, Number]]:
    """Every comparison with a number other than nought, outside questions: operator as seen from the other side."""
    for part in parts_of(check):
        if isinstance(part, Compare):
            if isinstance(part.right, Number) and part.right.value:
                yield part.op, part.right
            elif isinstance(part.left, Number) and part.left.value:
                yield _OPPOSITE[part.op], part.left


def _written(op: str, number: Number) -> str:
    words = {">": "above", ">=": "at least", "<": "below", "<=": "at most", "=": "equal to", "!=": "other than"}[op]
    value = f"{100 * number.value:g} points" if number.unit == "points" else f"{number.value:g}"
    return f"{words} {value}"


def falls_short(part: Expression | None, value: float, unit: str) -> bool:
    """True where a number goes the way a comparison says, but not as far as its threshold.

    Which way a number goes is known only where no change has a number: 0 of points and of differences, 1 of ratios.
    A chance, a share or a level by itself goes no way.

    >>> from realpolitik.language.parser import parse_query
    >>> falls_short(parse_query("gain(AAA at 3 years | do(AAA.x=on)) < -45 points"), -34.0, "points")
    True
    >>> falls_short(parse_query("E[x at 1 year] / E[y at 1 year] > 1.5"), 0.6, "level")
    False
    """
    if not isinstance(part, Compare) or not isinstance(part.right, Number) or part.op in ("=", "!="):
        return False
    still = _unchanged(part.left, unit)
    edge = 100 * part.right.value if unit == "points" else part.right.value
    if still is None:
        return False
    return still < value < edge if part.op in (">", ">=") else edge < value < still


def _unchanged(side: Expression, unit: str) -> float | None:
    """The value of a side of a comparison that says: nothing changed; None where none does."""
    if isinstance(side, Arithmetic):
        return {"-": 0.0, "/": 1.0}.get(side.op, 0.0 if unit == "points" else None)
    return 0.0 if unit == "points" else None
