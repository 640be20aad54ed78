"""Reading expressions: terms and conditions, events with their time, questions and checks.

Every error is an `ExpressionError` with the column, what stands there and what could; no text makes the reader hang or
crash. The grammar is `grammar.lark`; lark is imported and its tables are built at the first use only.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from realpolitik.errors import ExpressionError, did_you_mean
from realpolitik.language.expression import Call, Compare, Expression, Is, Moment, Name, Query, When, children, walk
from realpolitik.language.formatter import format_expression
from realpolitik.language.scan import scan
from realpolitik.language.vocabulary import (
    FOREIGN,
    FUNCTIONS,
    KEYWORDS,
    QUESTIONS,
    READINGS,
    TERM_FUNCTIONS,
    expected_words,
)

if TYPE_CHECKING:
    from lark import Lark

DEEPEST = 100
BARE = re.compile(r"\s*([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)?)\s*(?:=\s*([A-Za-z_]\w*)\s*)?", re.ASCII)
UNBARE = KEYWORDS | frozenset(QUESTIONS) | frozenset(FUNCTIONS)
WORD = re.compile(r"[^\W_][\w.-]*|\S")
QUOTES = 'Names of several words stand in "quotes".'


@lru_cache(maxsize=1)
def _lark() -> Lark:
    from lark import Lark  # noqa: PLC0415

    grammar = files("realpolitik.language").joinpath("grammar.lark").read_text(encoding="utf-8")
    starts = ["condition_only", "event_only", "query_only"]
    return Lark(grammar, parser="lalr", start=starts, propagate_positions=True, maybe_placeholders=False)


def _parse(text: str, start: str) -> Any:
    from lark.exceptions import UnexpectedInput, VisitError  # noqa: PLC0415

    from realpolitik.language.builder import build  # noqa: PLC0415

    scan(text)
    try:
        return build(_lark().parse(text, start=start), text)
    except UnexpectedInput:
        raise _refusal(text, start) from None
    except VisitError as error:
        if isinstance(error.orig_exc, ExpressionError):
            raise error.orig_exc from None
        raise


def _refusal(text: str, start: str) -> ExpressionError:
    """What stands where nothing of it may, and what could: the parse is repeated up to there."""
    place, expected = _where(text, start)
    if start != "query_only":
        expected -= {"IS", "BEFORE"}
    words = expected_words(expected)
    if place >= len(text.rstrip()):
        return ExpressionError(f"the expression ends too early: expected {words}.", len(text.rstrip()) + 1)
    found = WORD.match(text, place)
    shown = found.group() if found else text[place]
    shown = f"'{shown}'" if shown.isprintable() else f"the sign {shown!r}"
    return ExpressionError(f"{shown} cannot stand here: expected {words}.", place + 1, _hint(text, place, expected))


def _where(text: str, start: str) -> tuple[int, set[str]]:
    """Where parsing stops, and the terminals that could stand there."""
    from lark.exceptions import UnexpectedCharacters, UnexpectedToken  # noqa: PLC0415

    steps = _lark().parse_interactive(text, start=start)
    place = len(text)
    try:
        steps.exhaust_lexer()
    except UnexpectedCharacters as error:
        place = error.pos_in_stream or 0
    except UnexpectedToken as error:
        place = error.token.start_pos or 0
    return place, set(steps.accepts())  # type: ignore[no-untyped-call]


def _hint(text: str, place: int, expected: set[str]) -> str:
    """What was probably meant by what cannot stand here."""
    foreign = _foreign(text, place)
    if foreign:
        return f"Write '{foreign}'."
    if text[place] in "<>=!" and "NAME" not in expected:
        return "Comparisons do not chain: write 'a < b and b < c'."
    found = WORD.match(text, place)
    return _word_hint(found.group(), expected) if found and text[place].isalpha() else ""


def _foreign(text: str, place: int) -> str:
    """Our sign for one that other languages use there."""
    spans = ((place - 1, place + 1), (place, place + 2), (place, place + 1))
    return next((FOREIGN[text[i:j]] for i, j in spans if i >= 0 and text[i:j] in FOREIGN), "")


def _word_hint(word: str, expected: set[str]) -> str:
    """What a word in the wrong place may have been meant for."""
    near = did_you_mean(word, [keyword for keyword in KEYWORDS if keyword.upper() in expected])
    if near.startswith("Did"):
        return near
    if word.lower() in ("if", "when", "where", "with"):
        return "Conditions of a question stand right of a bar: '| given(...)'."
    if "SECRETLY" in expected:
        return f"Write 'do({word})'."
    if "IS" in expected and "COMPARATOR" in expected and not expected & {"BY", "AT"}:
        return f"Write 'is {word}'."
    return "" if word in KEYWORDS else QUOTES


def _checked_depth(found: Expression) -> Expression:
    """Refuse what later code could not walk by recursion."""
    level, depth = [found], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise ExpressionError(
                f"the expression is nested more than {DEEPEST} deep.", level[0].column, "Name parts of it."
            )
        level = [child for node in level for child in children(node)]
    return found


def _only_terms(found: Expression) -> Expression:
    """Refuse questions inside a term."""
    for node in walk(found):
        asks = isinstance(node, Query | Is | Moment) or (isinstance(node, Call) and node.name not in TERM_FUNCTIONS)
        if asks:
            shown = format_expression(node)
            raise ExpressionError(
                f"'{shown[:60]}' belongs in a question or check: expected a condition of factors and options.",
                node.column,
                f"In terms these functions are known: {', '.join(TERM_FUNCTIONS)}.",
            )
    return found


def parse_term(text: str) -> Expression:
    """What does a condition or term say? Factors, options at levels, comparisons, and, or, not, sums and the like.

    Raises:
        ExpressionError: it cannot be read; has the column.

    >>> format_expression(parse_term("not PACT.drill = public and arsenal<.8"))
    'not PACT.drill=public and arsenal < 0.8'
    """
    return _bare(text) or _only_terms(_checked_depth(_parse(text, "condition_only")))


def _bare(text: str) -> Name | Compare | None:
    """A name alone, or an option at a level: most terms of a file, read without the grammar (a test holds it to it)."""
    found = BARE.fullmatch(text) if len(text) < 200 else None
    words = () if found is None else tuple(word for word in found.group(1, 2) if word)
    if found is None or any(word.split(".")[0] in UNBARE for word in words):
        return None
    name = Name(words[0], column=found.start(1) + 1)
    if len(words) == 1:
        return name
    return Compare(name, "=", Name(words[1], column=found.start(2) + 1), column=name.column)


def parse_event(text: str) -> tuple[Expression, When | None]:
    """A condition with the time it is looked at, as in goals: `arsenal > 0.8 by 2028`.

    Raises:
        ExpressionError: it cannot be read; has the column.

    >>> parse_event("arsenal > 0.8 by 2028")[1]
    When(kind='by', moment='2028')
    """
    condition, when = _parse(text, "event_only")
    return _only_terms(_checked_depth(condition)), when


def parse_query(text: str) -> Expression:
    """What does a question or check ask? Questions, comparisons with numbers and each other, `is likely`, `is AAA`.

    Raises:
        ExpressionError: it cannot be read, or asks nothing; has the column.

    >>> parse_query("loser(| do(AAA.arm)) is CCC").word
    'CCC'
    """
    found: Expression = _checked_depth(_parse(text, "query_only"))
    if not any(isinstance(node, Query) or (isinstance(node, Call) and node.name in READINGS) for node in walk(found)):
        raise ExpressionError(
            "this asks nothing: expected P(...), E[...], gain(...), loser(...), rank(...), share(...) or first(...).",
            1,
            f"Write 'P({format_expression(found)[:60]} at 3 years)'.",
        )
    return found
