"""The one expression language as data: what conditions, terms, questions and checks are made of.

`realpolitik.language.parser` turns text into these nodes; every node knows the column (from 1) where it begins in its
text. Whether a name is a factor, an option or an actor is decided later, against a situation.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Comparator = Literal["=", "!=", "<", "<=", ">", ">="]
WhenKind = Literal["at", "by", "after", "until", "ever", "always"]


@dataclass(frozen=True, slots=True)
class Expression:
    """Any node; `column` is where it begins (from 1) and does not count in comparisons."""

    column: int = field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Number(Expression):
    """A number; percentages are divided by 100, points (`1 point`) by 100 as well and keep `unit`."""

    value: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Name(Expression):
    """A factor, an option (`AAA.arm`), an actor, a level, a scenario, a fact: resolved later."""

    text: str


@dataclass(frozen=True, slots=True)
class Not(Expression):
    """`not p`: 1 - p."""

    item: Expression


@dataclass(frozen=True, slots=True)
class And(Expression):
    """`p and q and ...`: the product."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Or(Expression):
    """`p or q or ...`: 1 - product of (1 - p)."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Compare(Expression):
    """`left op right`: an option at a level (`AAA.arm=full`), a factor against a number, or two values."""

    left: Expression
    op: Comparator
    right: Expression


@dataclass(frozen=True, slots=True)
class Arithmetic(Expression):
    """`left op right` with + - * / (questions, checks and flows)."""

    op: Literal["+", "-", "*", "/"]
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Call(Expression):
    """`name(arg, ..., key=value)`: sum, min, max, product, contest, fact, ratio."""

    name: str
    arguments: tuple[Expression, ...]
    keywords: tuple[tuple[str, Expression], ...] = ()


@dataclass(frozen=True, slots=True)
class When:
    """When an event is looked at: `at 3 years`, `by 2027-06`, `after 2 years`, `ever`, `always`; text kept, read by `language.time`."""

    kind: WhenKind
    moment: str = ""


@dataclass(frozen=True, slots=True)
class Hold(Expression):
    """One thing held: an option at a level, a factor at a value, a shock fired (`shock NAME`), an exchange formed, a scenario done.

    `value` None means: the option's highest level, the shock fired, the exchange formed.
    `start`/`end`: `from 2025` / `until 2026`, as text.
    """

    kind: Literal["hold", "shock", "exchange", "scenario"]
    target: str
    value: Expression | None = None
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands right of the bar: `do(...)`, `do secretly(...)`, `given(...)`, `under(...)`, `without(...)`."""

    do: tuple[Hold, ...] = ()
    secretly: tuple[Hold, ...] = ()
    given: Expression | None = None
    under: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query(Expression):
    """A question to an ensemble: `P(event when | setting)`, `E[value when | setting]`, `gain(AAA at 3 years | do(...))`, `loser(| ...)`,
    `rank(AAA | ...)`, `share(AAA | ...)` (share of draws in which AAA loses), `first(event | ...)` (median date).

    `options` holds the words that modify it, e.g. ("vs free",), ("by itself",), ("through reactions",), ("scaled", "sum").
    """

    function: str
    subject: Expression | None = None
    when: When | None = None
    setting: Setting = Setting()
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Is(Expression):
    """`query is likely`, `query is not CCC`, `query is at least likely`: a value against a word of likelihood, an actor or a level."""

    left: Expression
    word: str
    negated: bool = False
    bound: Literal["", "at least", "at most"] = ""
