"""Figures and dates inside checks: each `fact(...)` and `dated(...)` put in as a number, once for every way to read it.

A comparison of figures has one answer for each metric, year and source that gives all of them; nothing is mixed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from itertools import product
from typing import Any

from realpolitik.claims.facts.model import Fact, FactsTable
from realpolitik.claims.model import Claim
from realpolitik.compiled.checking.truth import parts_of
from realpolitik.errors import ExpressionError, QuestionRefused, did_you_mean
from realpolitik.language.expression import Call, Expression, Name, Number, walk
from realpolitik.language.time import read_date

YEARS = 5
_DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}")


@dataclass(frozen=True)
class Figures:
    """One way to read the figures of a check: what was read (metric, year, source; "" without figures), numbers in.

    `compared`: of a check of several parts, the one in which the figures stand.
    """

    label: str
    expression: Expression
    compared: Expression


def with_figures(
    expression: Expression, facts: FactsTable, claims: Mapping[str, Claim], last_year: int
) -> tuple[Figures, ...]:
    """The check with numbers in place of facts and dates, once for each metric, year and source that has them all.

    Where a fact names no year, those of the `YEARS` years up to `last_year` count.

    Raises `QuestionRefused` where no metric and year has every figure, `ExpressionError` for an unknown name or date.
    """
    asked = [node for node in walk(expression) if isinstance(node, Call) and node.name == "fact"]
    dated = {node: _date(node, claims) for node in walk(expression) if isinstance(node, Call) and node.name == "dated"}
    if not asked:
        whole = substituted(expression, dated)
        return (Figures("", whole, whole),)
    known = {call: _figures(call, facts, last_year) for call in dict.fromkeys(asked)}
    first = next(part for part in parts_of(expression) if any(node in known for node in walk(part)))
    made = tuple(_read(chosen, dated, expression, first) for chosen in _choices(known))
    if not made:
        raise QuestionRefused("No metric and year has a figure for everybody this compares.")
    return made


def _read(chosen: Mapping[Call, Fact], dated: Mapping[Call, float], whole: Expression, first: Expression) -> Figures:
    numbers = {**dated, **{call: item.value for call, item in chosen.items()}}
    return Figures(_label(chosen), substituted(whole, numbers), substituted(first, numbers))


def substituted(node: Any, numbers: Mapping[Call, float]) -> Any:
    """The expression with some calls replaced by numbers."""
    if isinstance(node, tuple):
        return tuple(substituted(item, numbers) for item in node)
    if not isinstance(node, Expression):
        return node
    if isinstance(node, Call) and node in numbers:
        return Number(numbers[node], column=node.column)
    changed = {item.name: substituted(getattr(node, item.name), numbers) for item in fields(node)}
    return replace(node, **changed)


def _date(call: Call, claims: Mapping[str, Claim]) -> float:
    """When what a claim speaks of happened, in years."""
    name = call.arguments[0].text if isinstance(call.arguments[0], Name) else ""
    if name not in claims:
        raise ExpressionError(f"'{name}' is no claim.", call.column, did_you_mean(name, claims))
    found = _DATE.search(claims[name].event_date)
    if found is None:
        raise ExpressionError(f"Claim {name} speaks of no dated event.", call.column, "Give it an 'event_date:'.")
    return read_date(found.group()).toordinal() / 365.25


def _figures(call: Call, facts: FactsTable, last_year: int) -> list[Fact]:
    """Every figure one `fact(name, actor, year, metric, source=..)` may mean."""
    texts = [_written(item) for item in call.arguments]
    named = {key: value.text for key, value in call.keywords if isinstance(value, Name)}
    if len(texts) < 2:
        raise ExpressionError("fact(...) names what and whose.", call.column, "Write 'fact(gdp, AAA)'.")
    year = int(texts[2]) if len(texts) > 2 and texts[2].isdecimal() else None
    metric = texts[3] if len(texts) > 3 else named.get("metric")
    found = facts.fact(texts[0], texts[1], year, metric, named.get("source"))
    return found if year else _recent(found, last_year)


def _written(item: Expression) -> str:
    return item.text if isinstance(item, Name) else f"{item.value:.0f}" if isinstance(item, Number) else ""


def _recent(found: list[Fact], last_year: int) -> list[Fact]:
    """The figures of the years up to `last_year`; without any, the last ones before."""
    known = [item for item in found if item.year <= last_year]
    recent = [item for item in known if item.year >= last_year - YEARS]
    newest = max((item.year for item in known), default=0)
    return recent or [item for item in known if item.year == newest]


def _choices(known: Mapping[Call, list[Fact]]) -> Iterator[dict[Call, Fact]]:
    """One figure for each call, of one metric and year; of one source where any source has them all."""
    cells = [dict.fromkeys((item.metric, item.year) for item in found) for found in known.values()]
    for cell in cells[0] if cells else ():
        if all(cell in other for other in cells):
            options = [[item for item in found if (item.metric, item.year) == cell] for found in known.values()]
            yield from (dict(zip(known, chosen, strict=True)) for chosen in _of_one_source(options))


def _of_one_source(options: list[list[Fact]]) -> list[tuple[Fact, ...]]:
    every = list(product(*options))
    same = [chosen for chosen in every if len({item.source for item in chosen}) == 1]
    return same or every


def _label(chosen: Mapping[Call, Fact]) -> str:
    items = list(chosen.values())
    sources = " / ".join(dict.fromkeys(item.source for item in items))
    notes = "; ".join(dict.fromkeys(item.note for item in items if item.missing))
    return f"{items[0].metric} {items[0].year} ({'; '.join(part for part in (sources, notes) if part)})"
