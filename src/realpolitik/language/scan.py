"""A first look at the text of an expression: size, quotes and brackets, each with its place in the message."""

from __future__ import annotations

from realpolitik.errors import ExpressionError

LONGEST = 10_000
DEEPEST = 60
PAIRS = {")": "(", "]": "["}


def scan(text: str) -> None:
    """Refuse what is empty, too long, or whose quotes or brackets do not close.

    Raises:
        ExpressionError: with the column of the first culprit.

    >>> scan("P(x > 0.5)")
    """
    if not text.strip():
        raise ExpressionError("nothing is written here.", 1, "Write a condition such as 'tension > 0.6'.")
    if len(text) > LONGEST:
        raise ExpressionError(f"the expression has {len(text)} characters; at most {LONGEST} are read.", LONGEST)
    _brackets(text)


def _brackets(text: str) -> None:
    opened: list[tuple[str, int]] = []
    quote = ("", 0)
    for column, sign in enumerate(text, 1):
        if quote[0]:
            quote = ("", 0) if sign == quote[0] else quote
        elif sign in "\"'":
            quote = (sign, column)
        elif sign in "([":
            opened.append((sign, column))
            _depth(len(opened), column)
        elif sign in PAIRS:
            _close(opened, sign, column)
    if quote[0]:
        raise ExpressionError("this quotation mark is never closed.", quote[1], 'Put names of several words in "...".')
    if opened:
        raise ExpressionError(f"'{opened[-1][0]}' is never closed.", opened[-1][1], "Add the missing bracket.")


def _depth(depth: int, column: int) -> None:
    if depth > DEEPEST:
        raise ExpressionError(
            f"brackets are nested more than {DEEPEST} deep.", column, "Name parts of it as derived factors."
        )


def _close(opened: list[tuple[str, int]], sign: str, column: int) -> None:
    if not opened or opened.pop()[0] != PAIRS[sign]:
        raise ExpressionError(f"'{sign}' closes nothing here.", column, "Remove it, or add the bracket it closes.")
