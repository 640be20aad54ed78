"""What an ensemble answers to one expression: a value for each draw, or a verdict on them.

`estimate` evaluates any query of the expression language. Draws stay paired, so that a difference of two queries has
the interval of the difference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.contrasts import Contrast, Part, Scaling, loser_shares
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.estimates import Estimate, Reals, Unit, among, constant, made, quotient
from realpolitik.compiled.holds import intervention
from realpolitik.compiled.measures import at_moment, event_time, period, series
from realpolitik.compiled.readings import reading
from realpolitik.dynamics.tables import Paths
from realpolitik.errors import ExpressionError, QuestionRefused, did_you_mean
from realpolitik.language.expression import Arithmetic, Call, Expression, Moment, Name, Number, Query, Setting, When
from realpolitik.language.time import read_date
from realpolitik.language.vocabulary import READINGS
from realpolitik.results.statistics import mean

__all__ = ["NOBODY", "Estimate", "Unit", "contrast_of", "estimate", "under", "years_of"]

NOBODY = "nobody"
_DAYS = 365.25


def estimate(ensemble: Ensemble, expression: Expression) -> Estimate:
    """The answer to a query or an arithmetic of queries.

    Raises `ExpressionError` for what cannot be read, `QuestionRefused` for what cannot be computed honestly.
    """
    match expression:
        case Query():
            return _query(ensemble, expression)
        case Number(value=value, unit=unit):
            return constant(ensemble, 100 * value if unit == "points" else value, _UNITS.get(unit, "number"))
        case Moment(text=text):
            days = (read_date(text) - ensemble.model.situation.as_of).days
            return constant(ensemble, days / _DAYS, "date")
        case Arithmetic():
            return _arithmetic(ensemble, expression)
        case Call():
            return _call(ensemble, expression)
    raise ExpressionError("This is no question.", expression.column, "Ask P(...), E[...], gain(...), loser(...).")


_UNITS: Mapping[str, Unit] = MappingProxyType({"points": "points"})
_COMBINE: Mapping[str, Callable[[Reals], Reals]] = MappingProxyType(
    {
        "sum": lambda parts: np.asarray(parts.sum(axis=0)),
        "product": lambda parts: np.asarray(parts.prod(axis=0)),
    }
)


def _arithmetic(ensemble: Ensemble, expression: Arithmetic) -> Estimate:
    left, right = estimate(ensemble, expression.left), estimate(ensemble, expression.right)
    if expression.op == "/":
        return _quotient(left, right)
    operations = {"+": np.add, "-": np.subtract, "*": np.multiply}
    unit = left.unit if right.unit in ("number", left.unit) else right.unit
    values = operations[expression.op](left.values, right.values)
    return replace(
        left, values=values, weights=np.minimum(left.weights, right.weights), unit=unit, names=(), table=None
    )


def _quotient(left: Estimate, right: Estimate) -> Estimate:
    if right.value == 0:
        raise QuestionRefused("The divisor is zero.")
    return quotient(left, right)


def _call(ensemble: Ensemble, call: Call) -> Estimate:
    """A function of answers (the largest of several means is a choice between means), or what is written."""
    if call.name in READINGS:
        return reading(ensemble, call)
    parts = [estimate(ensemble, item) for item in call.arguments]
    if call.name == "ratio":
        return _quotient(parts[0], parts[1])
    if call.name in ("min", "max"):
        return (min if call.name == "min" else max)(parts, key=lambda item: item.value)
    if call.name in _COMBINE:
        values = _COMBINE[call.name](np.array([item.values for item in parts]))
        return replace(parts[0], values=values, names=(), table=None)
    raise ExpressionError(f"'{call.name}' is no question.", call.column, "Ask P(...), E[...], gain(...), loser(...).")


def _query(ensemble: Ensemble, query: Query) -> Estimate:
    known = {
        "P": _probability, "E": _expectation, "gain": _gain, "share": _share, "loser": _loser, "rank": _rank,
        "first": _first,
    }  # fmt: skip
    if query.function not in known:
        raise ExpressionError(
            f"'{query.function}' is not answered here.", query.column, did_you_mean(query.function, known)
        )
    asked = ensemble.ablated(query.setting.without) if query.setting.without else ensemble
    return _conditioned(asked, query, known[query.function](asked, query))


def _conditioned(ensemble: Ensemble, query: Query, found: Estimate) -> Estimate:
    """Weights after `given(...)` (true by the moment asked about) and `under(...)` (readings)."""
    weights = found.weights.copy()
    for text in query.setting.under:
        weights = weights * under(ensemble, text, query.column)[found.combination]
    if query.setting.given is not None:
        start = intervention(ensemble.model, query.setting).start
        event = series(ensemble.model, _paths(ensemble, query.setting), query.setting.given)
        weights = weights * at_moment(ensemble.model, event, _so_far(query.when), start)
    if weights.sum() <= 0:
        raise QuestionRefused("Nothing in the ensemble fits the condition, so there is no answer to average.")
    return found.reweighted(weights)


def _so_far(when: When | None) -> When:
    """At some time up to the moment asked about."""
    return When("ever") if when and when.kind in ("ever", "always") else When("by", when.moment if when else "")


def under(ensemble: Ensemble, reading: str, column: int = 0) -> NDArray[np.bool_]:
    """The combinations (combination,) in which a reading, written `group: reading` or `reading`, is true."""
    combos = ensemble.model.combos
    names = {f"{group}: {name}" for combo in combos for group, name in combo.names}
    wanted = {name for name in names if name == reading or name.split(": ", 1)[1] == reading}
    if not wanted:
        raise ExpressionError(f"'{reading}' is no reading.", column, did_you_mean(reading, names))
    return np.array([any(f"{group}: {name}" in wanted for group, name in combo.names) for combo in combos])


def _paths(ensemble: Ensemble, setting: Setting) -> Paths:
    return ensemble.run(intervention(ensemble.model, setting).holds)


def _subject(query: Query) -> Expression:
    if query.subject is None:
        raise ExpressionError(f"{query.function} needs something to look at.", query.column)
    return query.subject


def _probability(ensemble: Ensemble, query: Query) -> Estimate:
    start = intervention(ensemble.model, query.setting).start
    event = series(ensemble.model, _paths(ensemble, query.setting), _subject(query))
    return made(ensemble, at_moment(ensemble.model, event, event_time(ensemble.model, query), start), "probability")


def _expectation(ensemble: Ensemble, query: Query) -> Estimate:
    start = intervention(ensemble.model, query.setting).start
    level = series(ensemble.model, _paths(ensemble, query.setting), _subject(query))
    return made(ensemble, at_moment(ensemble.model, level, query.when, start), "level")


def _first(ensemble: Ensemble, query: Query) -> Estimate:
    """Years from the start until the event first holds; beyond the horizon where it never does."""
    start = intervention(ensemble.model, query.setting).start
    event = series(ensemble.model, _paths(ensemble, query.setting), _subject(query))[:, start:] > 0.5
    never = event.shape[1]
    first = np.where(event.any(axis=1), event.argmax(axis=1), never)
    return made(ensemble, first / ensemble.model.calendar.per_year, "date")


def contrast_of(ensemble: Ensemble, query: Query) -> Contrast:
    """The contrast a gain, loser, rank or share asks about."""
    held = intervention(ensemble.model, query.setting)
    if held.is_empty:
        raise ExpressionError(f"{query.function} compares with something held.", query.column, "Add | do(...).")
    return Contrast(ensemble, held, vs_free="vs free" in query.options)


def years_of(ensemble: Ensemble, query: Query) -> float | None:
    """The answer time a query names, in years from the start of what is held; None where it names none."""
    if query.when is None:
        return None
    start = intervention(ensemble.model, query.setting).start
    return (period(ensemble.model, query.when, start) - start) / ensemble.model.calendar.per_year


def _modifiers(query: Query) -> tuple[Part, Scaling]:
    part: Part = "total"
    for known in ("by itself", "through reactions"):
        part = known if known in query.options else part
    scaling: Scaling = "top"
    for name in ("sum", "range"):
        scaling = name if f"scaled {name}" in query.options else scaling
    return part, scaling


def _table(ensemble: Ensemble, query: Query) -> Reals:
    part, scaling = _modifiers(query)
    return contrast_of(ensemble, query).gains(years_of(ensemble, query), part, scaling)


def _actor(ensemble: Ensemble, query: Query) -> int:
    actors = ensemble.model.tables.actors
    subject = query.subject
    if isinstance(subject, Name) and subject.text in actors:
        return actors.index(subject.text)
    given = subject.text if isinstance(subject, Name) else "this"
    raise ExpressionError(f"'{given}' is no actor.", query.column, did_you_mean(given, actors))


def _gain(ensemble: Ensemble, query: Query) -> Estimate:
    return made(ensemble, _table(ensemble, query)[:, _actor(ensemble, query)], "points")


def _share(ensemble: Ensemble, query: Query) -> Estimate:
    shares = loser_shares(_table(ensemble, query))
    return made(ensemble, shares[:, _actor(ensemble, query)], "share")


def _loser(ensemble: Ensemble, query: Query) -> Estimate:
    """Who loses most: shares by name (nobody last); the value is the share of the leading name."""
    shares = loser_shares(_table(ensemble, query))
    names = (*ensemble.model.tables.actors, NOBODY)
    return among(ensemble, names, shares)


def _rank(ensemble: Ensemble, query: Query) -> Estimate:
    """The place of an actor when all are ordered by gain, in each draw; 1 = loses most."""
    gains = _table(ensemble, query)
    own = gains[:, [_actor(ensemble, query)]]
    return made(ensemble, 1.0 + (gains < own).sum(axis=1), "rank")


def sign_open(found: Estimate) -> bool:
    """True where the draws do not agree on gain or loss: neither in four of five."""
    losing = mean((found.values < 0).astype(np.float64), found.weights)
    gaining = mean((found.values > 0).astype(np.float64), found.weights)
    return 0.2 < losing < 0.8 and gaining > 0.2
