"""What an ensemble answers to one expression: a value for each draw, or a verdict on them.

`estimate` evaluates any query of the expression language. Draws stay paired, so that a difference of two queries has
the interval of the difference.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.contrasts import Contrast, Part, Scaling, loser_shares
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.holds import intervention
from realpolitik.compiled.measures import at_moment, period, series
from realpolitik.dynamics.tables import Paths
from realpolitik.errors import ExpressionError, QuestionRefused, did_you_mean
from realpolitik.language.expression import Arithmetic, Expression, Name, Number, Query, Setting, When
from realpolitik.results.statistics import mean, quantiles, sampling_error

Reals = NDArray[np.float64]
Unit = Literal["probability", "points", "level", "share", "rank", "date", "number"]
NOBODY = "nobody"


@dataclass(frozen=True, eq=False)
class Estimate:
    """One value a draw, with weights and hypotheses; what is said of it says which spread is meant.

    `values` (draw,) and `weights` (draw,); `combination` (draw,) which combination of hypotheses each row is under. Of
    a question about who, `table` (draw, name) holds the share of each of `names`, `values` those of the leading one.
    """

    values: Reals
    weights: Reals
    combination: NDArray[np.int32]
    unit: Unit
    names: tuple[str, ...] = ()
    table: Reals | None = None

    @property
    def value(self) -> float:
        """The weighted mean."""
        return mean(self.values, self.weights)

    @property
    def error(self) -> float:
        """The sampling error of the mean (one standard error)."""
        return sampling_error(self.values, self.weights)

    @property
    def spread(self) -> tuple[float, float]:
        """5th and 95th percentile over draws: judgement and chance together."""
        low, high = quantiles(self.values, self.weights, (0.05, 0.95))
        return low, high

    @property
    def by_hypothesis(self) -> dict[int, float]:
        """The mean under each combination of hypotheses that has weight."""
        found = {}
        for number in np.unique(self.combination):
            chosen = (self.combination == number) & (self.weights > 0)
            if chosen.any():
                found[int(number)] = mean(self.values[chosen], self.weights[chosen])
        return found

    @property
    def shares(self) -> dict[str, float]:
        """Of a question about who: the share of each name."""
        if self.table is None:
            return {}
        return dict(zip(self.names, (mean(column, self.weights) for column in self.table.T), strict=True))

    @property
    def leading(self) -> str:
        """Of a question about who: the name with the largest share."""
        return max(self.shares, key=self.shares.__getitem__, default="")

    def reweighted(self, weights: Reals) -> Estimate:
        """The same draws under other weights."""
        made = replace(self, weights=weights / weights.sum())
        if self.table is None:
            return made
        return replace(made, values=self.table[:, self.names.index(made.leading)])


def estimate(ensemble: Ensemble, expression: Expression) -> Estimate:
    """The answer to a query or an arithmetic of queries.

    Raises `ExpressionError` for what cannot be read, `QuestionRefused` for what cannot be computed honestly.
    """
    match expression:
        case Query():
            return _query(ensemble, expression)
        case Number(value=value):
            draws = ensemble.draws
            return Estimate(np.full(len(draws.weight), value), draws.weight, draws.combination, "number")
        case Arithmetic():
            return _arithmetic(ensemble, expression)
    raise ExpressionError("This is no question.", expression.column, "Ask P(...), E[...], gain(...), loser(...).")


def _arithmetic(ensemble: Ensemble, expression: Arithmetic) -> Estimate:
    left, right = estimate(ensemble, expression.left), estimate(ensemble, expression.right)
    operations = {"+": np.add, "-": np.subtract, "*": np.multiply}
    unit = left.unit if right.unit in ("number", left.unit) else right.unit
    if expression.op == "/":
        if right.value == 0:
            raise QuestionRefused("The divisor is zero.")
        return replace(left, values=left.values / right.value, unit="number", names=(), table=None)
    values = operations[expression.op](left.values, right.values)
    return replace(
        left, values=values, weights=np.minimum(left.weights, right.weights), unit=unit, names=(), table=None
    )


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
    for reading in query.setting.under:
        weights = weights * under(ensemble, reading, query.column)[found.combination]
    if query.setting.given is not None:
        start = intervention(ensemble.model, query.setting).start
        event = series(ensemble.model, _paths(ensemble, query.setting), query.setting.given)
        moment = When("by", query.when.moment if query.when else "")
        weights = weights * at_moment(ensemble.model, event, moment, start)
    if weights.sum() <= 0:
        raise QuestionRefused("Nothing in the ensemble fits the condition, so there is no answer to average.")
    return found.reweighted(weights)


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


def _made(ensemble: Ensemble, values: Reals, unit: Unit) -> Estimate:
    draws = ensemble.draws
    return Estimate(values, draws.weight, draws.combination, unit)


def _subject(query: Query) -> Expression:
    if query.subject is None:
        raise ExpressionError(f"{query.function} needs something to look at.", query.column)
    return query.subject


def _probability(ensemble: Ensemble, query: Query) -> Estimate:
    start = intervention(ensemble.model, query.setting).start
    event = series(ensemble.model, _paths(ensemble, query.setting), _subject(query))
    return _made(ensemble, at_moment(ensemble.model, event, query.when, start), "probability")


def _expectation(ensemble: Ensemble, query: Query) -> Estimate:
    start = intervention(ensemble.model, query.setting).start
    level = series(ensemble.model, _paths(ensemble, query.setting), _subject(query))
    return _made(ensemble, at_moment(ensemble.model, level, query.when, start), "level")


def _first(ensemble: Ensemble, query: Query) -> Estimate:
    """Years from the start until the event first holds; beyond the horizon where it never does."""
    start = intervention(ensemble.model, query.setting).start
    event = series(ensemble.model, _paths(ensemble, query.setting), _subject(query))[:, start:] > 0.5
    never = event.shape[1]
    first = np.where(event.any(axis=1), event.argmax(axis=1), never)
    return _made(ensemble, first / ensemble.model.calendar.per_year, "date")


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
    return _made(ensemble, _table(ensemble, query)[:, _actor(ensemble, query)], "points")


def _share(ensemble: Ensemble, query: Query) -> Estimate:
    shares = loser_shares(_table(ensemble, query))
    return _made(ensemble, shares[:, _actor(ensemble, query)], "share")


def _loser(ensemble: Ensemble, query: Query) -> Estimate:
    """Who loses most: shares by name (nobody last); the value is the share of the leading name."""
    shares = loser_shares(_table(ensemble, query))
    names = (*ensemble.model.tables.actors, NOBODY)
    return replace(_made(ensemble, shares[:, 0], "share"), names=names, table=shares)


def _rank(ensemble: Ensemble, query: Query) -> Estimate:
    """The place of an actor when all are ordered by gain, in each draw; 1 = loses most."""
    gains = _table(ensemble, query)
    own = gains[:, [_actor(ensemble, query)]]
    return _made(ensemble, 1.0 + (gains < own).sum(axis=1), "rank")
