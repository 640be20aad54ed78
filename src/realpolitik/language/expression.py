"""The one expression language as data: what conditions, terms, questions and checks are made of.

`realpolitik.language.parser` turns text into these nodes; every node knows the column (from 1) where it
begins in its text. Whether a name is a factor, an option or an actor is decided later, against a situation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Literal

Comparator = Literal["=", "!=", "<", "<=", ">", ">="]
Bound = Literal["", "at least", "at most"]
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
class Moment(Expression):
    """A date in a comparison, as written: `first(...) < 2027-06`; `language.time.read_date` reads it."""

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
    """`name(arg, ..., key=value)`: sum, min, max, product, contest, ratio; of what is written: fact, dated, start,
    weight, top, depends, status, penalty, member, named (see `vocabulary.READINGS`).

    Within a question also `goal AAA` (a goal of AAA is reached) and `a before b` (order in time), as calls so named.
    """

    name: str
    arguments: tuple[Expression, ...]
    keywords: tuple[tuple[str, Expression], ...] = ()


@dataclass(frozen=True, slots=True)
class When:
    """When an event is looked at: `at 3 years`, `by 2027-06`, `after 2 years`, `ever`, `always`.

    `moment` is kept as written; `language.time.read_moment` reads it.
    """

    kind: WhenKind
    moment: str = ""


@dataclass(frozen=True, slots=True)
class Hold(Expression):
    """One thing held: an option at a level, a factor at a value, a shock, an exchange formed, a scenario done.

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
    """What stands right of the bar: `do(...)`, `do secretly(...)`, `given(...)`, `under(...)`, `without(...)`.

    `under` holds readings as written ("group: reading" or the reading alone), `without` the keys of entries left out.
    """

    do: tuple[Hold, ...] = ()
    secretly: tuple[Hold, ...] = ()
    given: Expression | None = None
    under: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query(Expression):
    """A question to an ensemble.

    `P(event when | setting)`, `E[value when | setting]`, `gain(AAA at 3 years | do(...))`, `loser(| ...)`,
    `rank(AAA | ...)`, `share(AAA | ...)` (of draws in which AAA loses most), `first(event | ...)` (median date).
    `options` holds the phrases that modify it, each once, in this order: "by itself", "through reactions",
    "scaled top" (or sum, range), "vs free".
    """

    function: str
    subject: Expression | None = None
    when: When | None = None
    setting: Setting = Setting()
    options: tuple[str, ...] = ()

    @property
    def scaling(self) -> str:
        """How losses are compared: "top", "sum", "range", or "" where nothing is said."""
        return next((text.removeprefix("scaled ") for text in self.options if text.startswith("scaled ")), "")


@dataclass(frozen=True, slots=True)
class Is(Expression):
    """`query is likely`, `query is not CCC`, `query is at least likely`.

    A value against a word of likelihood, an actor or a level.
    """

    left: Expression
    word: str
    negated: bool = False
    bound: Bound = ""


def children(node: Expression) -> tuple[Expression, ...]:
    """The nodes directly below one, in written order (what is held included).

    >>> [child.text for child in children(And((Name("a"), Name("b"))))]
    ['a', 'b']
    """
    below: list[Expression] = []
    for item in fields(node):
        below.extend(_expressions(getattr(node, item.name)))
    return tuple(below)


def _expressions(value: object) -> Iterator[Expression]:
    if isinstance(value, Expression):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _expressions(part)
    elif isinstance(value, Setting):
        yield from (*value.do, *value.secretly, *((value.given,) if value.given else ()))


def walk(node: Expression) -> Iterator[Expression]:
    """The node and every node below it, in written order.

    >>> [type(part).__name__ for part in walk(Not(Name("a")))]
    ['Not', 'Name']
    """
    waiting = [node]
    while waiting:
        found = waiting.pop()
        yield found
        waiting.extend(reversed(children(found)))


def queries_in(node: Expression) -> Iterator[Query]:
    """The questions an expression is made of, in written order.

    >>> [query.function for query in queries_in(Arithmetic("-", Query("P", Name("a")), Query("P", Name("b"))))]
    ['P', 'P']
    """
    return (part for part in walk(node) if isinstance(part, Query))


def names_in(node: Expression) -> tuple[str, ...]:
    """Every name used, each once, in order of appearance: factors, options, actors, levels, things held.

    Not the readings under `under(...)`, the keys under `without(...)`, words after `is`, or names of functions.

    >>> names_in(Compare(Name("AAA.arm"), "=", Name("full")))
    ('AAA.arm', 'full')
    """
    found = [
        part.target if isinstance(part, Hold) else part.text for part in walk(node) if isinstance(part, Hold | Name)
    ]
    return tuple(dict.fromkeys(found))
