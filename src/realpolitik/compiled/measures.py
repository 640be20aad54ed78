"""What a path says of an expression: levels, events and moments, exactly.

Comparisons are exact here (0 or 1); factors are read in their own unit, and in [0, 1] inside `and`, `or`, `not`.
"""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.model import Model
from realpolitik.dynamics.tables import Paths
from realpolitik.errors import ExpressionError, QuestionRefused, did_you_mean
from realpolitik.language.expression import (
    And,
    Arithmetic,
    Call,
    Compare,
    Expression,
    Name,
    Not,
    Number,
    Or,
    Query,
    When,
)
from realpolitik.language.time import read_date, read_duration
from realpolitik.situation.model import Goal

Series = NDArray[np.float64]

_COMPARE: Mapping[str, Callable[[Series, Series], NDArray[np.bool_]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}
_COMBINE: Mapping[str, Callable[[Series], Series]] = {
    "min": lambda parts: np.asarray(parts.min(axis=0)),
    "max": lambda parts: np.asarray(parts.max(axis=0)),
    "sum": lambda parts: np.asarray(parts.sum(axis=0)),
    "product": lambda parts: np.asarray(parts.prod(axis=0)),
}
_ARITHMETIC: Mapping[str, Callable[[Series, Series], Series]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


def series(model: Model, paths: Paths, term: Expression, *, unit: bool = False) -> Series:
    """The value of a term along every path (draw, time); `unit` reads factors in [0, 1]."""
    match term:
        case Number(value=value):
            return np.full(paths.factors.shape[:2], value)
        case Name():
            return _name(model, paths, term, unit)
        case Not(item=item):
            return 1.0 - series(model, paths, item, unit=True)
        case And(items=items):
            return np.asarray(np.prod([series(model, paths, item, unit=True) for item in items], axis=0))
        case Or(items=items):
            return 1.0 - np.asarray(np.prod([1.0 - series(model, paths, item, unit=True) for item in items], axis=0))
        case Compare():
            return _compare(model, paths, term)
        case Arithmetic(op=op, left=left, right=right):
            return _combined(op, series(model, paths, left), series(model, paths, right))
    return _call(model, paths, term)


def _name(model: Model, paths: Paths, term: Name, unit: bool) -> Series:
    tables = model.tables
    if term.text in model.situation.factors:
        factor = model.situation.factors[term.text]
        level = paths.factors[:, :, tables.factors.index(term.text)].astype(np.float64)
        return level if unit else factor.low + (factor.high - factor.low) * level
    if term.text in tables.shocks:
        fired: Series = np.maximum.accumulate(paths.fired[:, :, tables.shocks.index(term.text)], axis=1)
        return fired.astype(np.float64)
    if term.text in model.situation.options:
        number = tables.options.index(term.text)
        return paths.levels[:, :, number] / max(1.0, len(tables.levels[number]) - 1.0)
    hint = did_you_mean(term.text, [*tables.factors, *tables.options])
    raise ExpressionError(f"'{term.text}' is no factor or option.", term.column, hint)


def _compare(model: Model, paths: Paths, term: Compare) -> Series:
    left, right = term.left, term.right
    if isinstance(left, Name) and left.text in model.situation.options and isinstance(right, Name):
        wanted = float(model.terms.level(left.text, right.text, right.column))
        number = model.tables.options.index(left.text)
        levels = paths.levels[:, :, number].astype(np.float64)
        return _COMPARE[term.op](levels, np.full(levels.shape, wanted)).astype(np.float64)
    return _COMPARE[term.op](series(model, paths, left), series(model, paths, right)).astype(np.float64)


def _call(model: Model, paths: Paths, term: Expression) -> Series:
    if isinstance(term, Call) and term.name == "goal":
        return _goal(model, paths, term)
    if isinstance(term, Call):
        parts = [series(model, paths, item) for item in term.arguments]
        if term.name == "before":
            return _before(parts[0] > 0.5, parts[1] > 0.5)
        if term.name == "ratio":
            return parts[0] / parts[1]
        combine = _COMBINE.get(term.name)
        if combine is not None and parts:
            return combine(np.array(parts))
    raise ExpressionError("This cannot be read off a path.", term.column, "Use factors, options and comparisons.")


def _before(event: NDArray[np.bool_], other: NDArray[np.bool_]) -> Series:
    """1 from the first moment of an event on, where it comes strictly earlier than the other ever does."""
    happened = np.maximum.accumulate(event, axis=1)
    never = event.shape[1]
    first, later = (np.where(item.any(axis=1), item.argmax(axis=1), never) for item in (event, other))
    return np.asarray(happened & (first < later)[:, None], dtype=np.float64)


def goals_of(model: Model, term: Call) -> list[Goal]:
    """The goals a `goal AAA` or `goal AAA "text"` names."""
    actor, *text = [item.text for item in term.arguments if isinstance(item, Name)]
    found = [item for item in model.situation.goals if item.actor == actor and text in ([], [item.text])]
    if not found:
        raise ExpressionError(f"{actor} has no such goal.", term.column, "Goals stand under the actor's interests.")
    return found


def _goal(model: Model, paths: Paths, term: Call) -> Series:
    """1 where any of the goals is reached."""
    reached = [series(model, paths, item.term) > 0.5 for item in goals_of(model, term)]
    return np.asarray(np.any(reached, axis=0), dtype=np.float64)


def event_time(model: Model, query: Query) -> When | None:
    """When an event is looked at: as asked; else a goal by its own date, an order of events over the whole run."""
    subject = query.subject
    if query.when is not None or not isinstance(subject, Call):
        return query.when
    if subject.name == "before":
        return When("ever")
    dates = [item.by for item in goals_of(model, subject) if item.by] if subject.name == "goal" else []
    return When("by", max(dates).isoformat()) if dates else None


def period(model: Model, when: When | None, start: int) -> int:
    """The period a moment names: a duration counts from `start`, a date is itself, none is the middle answer."""
    last = model.calendar.periods
    if when is None or not when.moment:
        answers = model.situation.answers
        middle = answers[len(answers) // 2] if answers else model.situation.horizon
        return last if when and when.kind in ("ever", "always") else min(last, start + model.calendar.whole(middle))
    try:
        after = model.calendar.whole(read_duration(when.moment), 0)
    except ExpressionError:
        date = read_date(when.moment, "end" if when.kind in ("by", "until") else "start")
        if date < model.calendar.as_of:
            raise ExpressionError(f"'{when.moment}' lies before the start ({model.calendar.as_of}).") from None
        return _inside(model, _dated(model, date, when.kind), when.moment)
    return _inside(model, start + after, when.moment)


def _dated(model: Model, date: dt.date, kind: str) -> int:
    """A date as a period: never one that begins later; after a date, never one that begins earlier."""
    reached = model.calendar.reached(date)
    return reached + (kind == "after" and model.calendar.date_of(reached) < date)


def deadline(model: Model, goal: Goal) -> int:
    """The last period that counts for a goal: its own date, else the end of the run."""
    last = model.calendar.periods
    return min(model.calendar.reached(goal.by), last) if goal.by else last


def goal_reached(model: Model, paths: Paths, goal: Goal) -> Series:
    """By draw: the highest a goal's condition comes to in time, 1 where it is a comparison that comes true."""
    return np.asarray(series(model, paths, goal.term)[:, : deadline(model, goal) + 1].max(axis=1))


def _combined(op: str, left: Series, right: Series) -> Series:
    if op == "/" and (right == 0).any():
        raise QuestionRefused("The divisor is zero on some path.")
    return _ARITHMETIC[op](left, right)


def _inside(model: Model, moment: int, text: str) -> int:
    if moment > model.calendar.periods:
        raise ExpressionError(f"'{text}' lies beyond the horizon ({model.calendar.date_of(model.calendar.periods)}).")
    return moment


def at_moment(model: Model, values: Series, when: When | None, start: int) -> Series:
    """One value a draw: at the moment, or from `start` to it the largest (`by`, `ever`) or smallest (`always`)."""
    moment = period(model, when, start)
    if moment < start:
        raise ExpressionError(f"That moment lies before what is held begins ({model.calendar.date_of(start)}).")
    span = values[:, start : moment + 1]
    kind = when.kind if when else "at"
    if kind in ("by", "ever"):
        return np.asarray(span.max(axis=1))
    if kind in ("always", "until"):
        return np.asarray(span.min(axis=1))
    return np.asarray(values[:, moment])
