"""Questions and functions from their parts, with everything that can be wrong about them said."""

from __future__ import annotations

from typing import Any

from realpolitik.errors import ExpressionError
from realpolitik.language import expression as ast
from realpolitik.language.vocabulary import FUNCTIONS, NAMED_ARGUMENTS

MODIFIERS = ("by itself", "through reactions", "scaled", "vs free")


class Phrase(str):
    """A phrase that modifies a question."""

    __slots__ = ()


class Words(str):
    """Several words read as one name."""

    __slots__ = ()


def question(name: str, subjects: list[ast.Expression], rest: list[Any], column: int) -> ast.Query:
    """A question with at most one subject, one time, and each modifier once."""
    times = [item for item in rest if isinstance(item, ast.When)]
    setting, phrases = next((item for item in rest if isinstance(item, tuple)), (ast.Setting(), []))
    phrases = [*(item for item in rest if isinstance(item, Phrase)), *phrases]
    if len(subjects) > 1:
        raise ExpressionError(f"{name} asks about one thing, not {len(subjects)}.", subjects[1].column)
    if not subjects and name != "loser":
        raise ExpressionError(f"{name} does not say of what.", column, _example(name))
    if len(times) > 1:
        raise ExpressionError(f"{name} names two times.", column, "Ask one question for each.")
    subject, when = (subjects[0] if subjects else None), (times[0] if times else None)
    return ast.Query(name, subject, when, setting, _ordered(phrases, column), column=column)


def _example(name: str) -> str:
    shown = {"P": "P(tension > 0.6 at 3 years)", "E": "E[tension at 3 years]", "first": "first(AAA.arm=on | do(...))"}
    return f"Write {shown.get(name, f'{name}(AAA | do(...))')}."


def _ordered(phrases: list[Phrase], column: int) -> tuple[str, ...]:
    """Modifiers in canonical order, each kind once."""
    found: list[str] = []
    for kind in MODIFIERS:
        of_kind = {str(phrase) for phrase in phrases if phrase.startswith(kind)}
        if len(of_kind) > 1:
            raise ExpressionError(f"both {' and '.join(sorted(of_kind))} are asked for.", column, "Keep one.")
        found.extend(of_kind)
    if {"by itself", "through reactions"} <= set(found):
        raise ExpressionError("'by itself' and 'through reactions' exclude each other.", column, "Keep one.")
    return tuple(found)


def function(name: str, items: list[ast.Expression], column: int) -> ast.Call:
    """A function with its arguments; `m=2` is a named one."""
    known = NAMED_ARGUMENTS.get(name, ())
    plain, named = [], []
    for item in items:
        is_named = isinstance(item, ast.Compare) and item.op == "=" and isinstance(item.left, ast.Name)
        if is_named and item.left.text in known:  # type: ignore[attr-defined]
            named.append((item.left.text, item.right))  # type: ignore[attr-defined]
        else:
            plain.append(item)
    fewest, most = FUNCTIONS[name]
    if not fewest <= len(plain) <= most:
        count = str(fewest) if fewest == most else f"{fewest} to {most}" if most < 99 else f"at least {fewest}"
        raise ExpressionError(f"{name} takes {count} arguments, not {len(plain)}.", column)
    return ast.Call(name, tuple(plain), tuple(named), column=column)
