"""A question as it was put: the expression, its text, and how it reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from realpolitik.compiled.model import Model
from realpolitik.compiled.phrases import query_words, term_words
from realpolitik.language.expression import Arithmetic, Compare, Expression, Is, Number, Query
from realpolitik.language.parser import parse_query

_JOINED = {"-": "less", "+": "and", "*": "times", "/": "over"}


@dataclass(frozen=True)
class Asked:
    """A question, and its text as written."""

    expression: Expression
    text: str


def asked(texts: Iterable[str]) -> tuple[Asked, ...]:
    """Questions from their texts. Raises `ExpressionError` for what cannot be read."""
    return tuple(Asked(parse_query(text), text) for text in texts)


def asked_words(model: Model, expression: Expression) -> str:
    """What is asked, in words, without its answer."""
    match expression:
        case Query():
            return query_words(model, expression)
        case Arithmetic(op=op, left=left, right=right):
            return f"{asked_words(model, left)}, {_JOINED[op]} {asked_words(model, right)}"
        case Compare(left=left) | Is(left=left):
            return asked_words(model, left)
        case Number(value=value):
            return f"{value:g}"
    return term_words(model, expression)
