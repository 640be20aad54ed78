"""The words of the expression language: functions, keywords, and what each kind of sign is called in messages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

QUESTIONS: tuple[str, ...] = ("P", "E", "gain", "loser", "rank", "share", "first")
FUNCTIONS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "sum": (1, 99),
        "min": (1, 99),
        "max": (1, 99),
        "product": (1, 99),
        "contest": (2, 2),
        "ratio": (2, 2),
        "goal": (1, 2),
        "before": (2, 2),
        "fact": (1, 4),
        "dated": (1, 1),
        "start": (1, 1),
        "weight": (2, 2),
        "top": (1, 1),
        "depends": (2, 3),
        "status": (1, 2),
        "penalty": (2, 2),
        "member": (2, 2),
        "named": (1, 1),
        "alignment": (2, 99),
    }
)  # name -> fewest and most arguments
READINGS: tuple[str, ...] = (
    "fact",
    "dated",
    "start",
    "weight",
    "top",
    "depends",
    "status",
    "penalty",
    "member",
    "named",
    "alignment",
)  # questions about what is written, answered without a run
STATUSES: tuple[str, ...] = ("forbidden", "exempt", "clean")
TERM_FUNCTIONS: tuple[str, ...] = ("sum", "min", "max", "product", "contest", "ratio")
NAMED_ARGUMENTS: Mapping[str, tuple[str, ...]] = MappingProxyType({"contest": ("m",), "fact": ("source", "metric")})

KEYWORDS: frozenset[str] = frozenset(
    {
        *("and", "or", "not", "is", "at", "by", "after", "until", "within", "ever", "always", "from", "before"),
        *("do", "secretly", "given", "under", "without", "shock", "exchange", "scenario", "goal"),
        *("itself", "through", "reactions", "vs", "free", "scaled", "top", "sum", "range", "least", "most"),
        *("point", "points"),
    }
)

# What the parser may expect, in the order it is told: (terminals, words).
EXPECTED: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({"NAME", "NUMBER"}), "a name or a number"),
    (frozenset({"NAME"}), "a name"),
    (frozenset({"NUMBER"}), "a number"),
    (frozenset({"RAW"}), "text"),
    (frozenset({"COMPARATOR", "EQUALS"}), "a comparison (= != < <= > >=)"),
    (frozenset({"ADD", "MULTIPLY"}), "+ - * /"),
    (frozenset({"AND", "OR"}), "'and' or 'or'"),
    (frozenset({"IS"}), "'is'"),
    (
        frozenset({"AT", "BY", "WITHIN", "AFTER", "UNTIL", "EVER", "ALWAYS"}),
        "a time (at, by, after, until, ever, always)",
    ),
    (frozenset({"DO", "GIVEN", "UNDER", "WITHOUT"}), "do(...), given(...), under(...) or without(...)"),
    (frozenset({"FROM"}), "'from' a date"),
    (frozenset({"REACTIONS"}), "'reactions'"),
    (frozenset({"FREE"}), "'free'"),
    (frozenset({"SCALING"}), "top, sum or range"),
    (frozenset({"LEAST"}), "'least' or 'most'"),
    (frozenset({"EQUALS"}), "'='"),
    (frozenset({"LPAR"}), "'('"),
    (frozenset({"VBAR"}), "'|'"),
    (frozenset({"COMMA"}), "a comma"),
    (frozenset({"RPAR"}), "')'"),
    (frozenset({"RSQB"}), "']'"),
    (frozenset({"$END"}), "the end"),
)
# Signs other languages use -> ours.
FOREIGN: Mapping[str, str] = MappingProxyType(
    {
        "==": "=",
        "&&": "and",
        "&": "and",
        "||": "or",
        "<>": "!=",
        "=>": ">=",
        "=<": "<=",
        "≥": ">=",
        "≤": "<=",
        "≠": "!=",
        "!": "not",
        "“": '"',
        "”": '"',
        "‘": '"',
        "’": '"',
        "−": "-",
        "–": "-",
        "×": "*",
        "÷": "/",
        "∧": "and",
        "∨": "or",
        "¬": "not",
    }
)


def expected_words(terminals: set[str]) -> str:
    """What could stand here, in plain words.

    >>> expected_words({"NAME", "NUMBER", "LPAR"})
    "a name or a number, '('"
    """
    said: list[str] = []
    left = terminals - {"LPAR"} if "COMPARATOR" in terminals else set(terminals)
    for group, words in EXPECTED:
        if group <= left or (len(group) > 4 and len(group & left) > 2):
            said.append(words)
            left -= group
    return ", ".join(said[:8])
