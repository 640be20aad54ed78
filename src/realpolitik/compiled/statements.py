"""A question or statement, draw by draw: its value, whether it is so, and by how much a conclusion holds.

A statement compares (`gain(AAA | do(X)) < 0`), names (`loser(| do(X)) is AAA`), or grades (`P(...) is likely`), joined
by `and`, `or`, `not`. A bare question states what it answers now: who leads, the sign of a gain, the side of one half.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.answers import contrast_of, estimate, years_of
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.estimates import Estimate, Reals, Unit
from realpolitik.errors import ExpressionError, QuestionRefused
from realpolitik.language.expression import And, Arithmetic, Call, Compare, Expression, Is, Not, Number, Or, Query
from realpolitik.language.likelihood import LEXICONS, band_for
from realpolitik.language.sentences import level, share, signed
from realpolitik.language.words import hedge_band
from realpolitik.results.statistics import mean

Bools = NDArray[np.bool_]
_HINT = "Compare it: '... < 0', '... > 50%', '... is AAA' or '... is likely'."
_ALL = (Query, Arithmetic, Call, Number)


def write_answer(unit: Unit, value: float) -> str:
    """An answer of a unit for readers."""
    if unit == "points":
        return f"{signed(value)} points"
    if unit in ("probability", "share"):
        return share(max(0.0, value))
    if unit == "date":
        return f"{value:.1f} years" if value >= 0.25 else f"{365.25 * value:.0f} days"
    return level(value) if unit == "level" else f"{value:.2f}"


def asked_of(expression: Expression) -> Expression:
    """What is asked within a statement: its first question, as `gain(...)` in `gain(...) < 0`."""
    while isinstance(expression, Compare | Is | Not | And | Or):
        expression = (
            expression.items[0] if isinstance(expression, And | Or)
            else expression.item if isinstance(expression, Not)
            else expression.left
        )  # fmt: skip
    return expression


def answer_rows(ensemble: Ensemble, expression: Expression) -> Estimate:
    """The answer by row; of a comparison with another question the difference, of `is NAME` that name's share.

    Raises `ExpressionError` for several statements at once.
    """
    if isinstance(expression, And | Or | Not):
        raise ExpressionError("Several statements have no one answer.", expression.column, "Ask them one by one.")
    if isinstance(expression, Compare) and not isinstance(expression.right, Number):
        return _gap(ensemble, expression)
    found = estimate(ensemble, asked_of(expression))
    if isinstance(expression, Is) and found.table is not None:
        return replace(found, values=_named(found, expression), names=(), table=None)
    return found


def _gap(ensemble: Ensemble, check: Compare) -> Estimate:
    left, right = estimate(ensemble, check.left), estimate(ensemble, check.right)
    weights = np.minimum(left.weights, right.weights)
    return replace(left, values=left.values - right.values, weights=weights, names=(), table=None)


def _named(found: Estimate, check: Is) -> Reals:
    if found.table is None or check.word not in found.names:
        known = ", ".join(found.names[:12])
        raise ExpressionError(f"'{check.word}' is none of {known}.", check.column)
    return np.asarray(found.table[:, found.names.index(check.word)])


@dataclass(frozen=True, eq=False)
class Margin:
    """By how much a statement is true (negative: false): `value`, on means; `rows` the part of each row, `weights`
    theirs, so that `value` is their weighted mean; `unit` what it is measured in. `signal` (row,) rises with it and
    tells more of how near a row is (of who loses most: by how many points).
    """

    value: float
    rows: Reals
    weights: Reals
    unit: Unit
    signal: Reals
    leads: bool = False

    def turned(self) -> Margin:
        """The margin of the opposite."""
        return replace(self, value=-self.value, rows=-self.rows, signal=-self.signal)


def margin(ensemble: Ensemble, statement: Expression, leader: str = "") -> Margin:
    """By how much is a statement true? `leader`: of a bare question about who, the name that should lead.

    Raises `ExpressionError` for what states nothing.
    """
    match statement:
        case And(items=items):
            return min((margin(ensemble, item) for item in items), key=lambda item: item.value)
        case Or(items=items):
            return max((margin(ensemble, item) for item in items), key=lambda item: item.value)
        case Not(item=item):
            return margin(ensemble, item).turned()
        case Compare():
            return _compared(ensemble, statement)
        case Is():
            made = _said(ensemble, statement)
            return made.turned() if statement.negated else made
    if isinstance(statement, _ALL):
        return _bare(ensemble, statement, leader)
    raise ExpressionError("This states nothing.", statement.column, _HINT)


def _compared(ensemble: Ensemble, check: Compare) -> Margin:
    if check.op in ("=", "!="):
        raise ExpressionError(f"'{check.op}' has no margin.", check.column, "Compare with < or >.")
    gap = _gap(ensemble, check)
    sign = 1.0 if check.op in (">", ">=") else -1.0
    return _made(gap, sign * gap.values)


def _made(found: Estimate, rows: Reals, unit: Unit | None = None) -> Margin:
    return Margin(mean(rows, found.weights), rows, found.weights, unit or found.unit, rows)


def _said(ensemble: Ensemble, check: Is) -> Margin:
    found = estimate(ensemble, check.left)
    if found.table is not None:
        _named(found, check)
        return _leads(ensemble, check.left, found, check.word)
    low, high = _band(check)
    if check.bound == "at least" or high >= 0.99:
        return _made(found, found.values - low)
    if check.bound == "at most" or low <= 0.01:
        return _made(found, high - found.values)
    above = found.value - low < high - found.value
    return _made(found, found.values - low if above else high - found.values)


def _band(check: Is) -> tuple[float, float]:
    word = " ".join(check.word.lower().split())
    if any(word in band.words for band in LEXICONS["icd203"]):
        return band_for(word).low, band_for(word).high
    return hedge_band(word)[1]


def _leads(ensemble: Ensemble, query: Expression, found: Estimate, name: str) -> Margin:
    """By how much a name leads the next, in share of draws."""
    assert found.table is not None
    others = {other: part for other, part in found.shares.items() if other != name}
    next_best = max(others, key=others.__getitem__)
    own, rival = (found.table[:, found.names.index(item)] for item in (name, next_best))
    return replace(_made(found, own - rival, "share"), signal=_lead(ensemble, query, name), leads=True)


def _lead(ensemble: Ensemble, query: Expression, name: str) -> Reals:
    """By how many points a name loses more than anybody else, in each row; of nobody, how far the least gain is."""
    assert isinstance(query, Query)
    gains, actors = contrast_of(ensemble, query).gains(years_of(ensemble, query)), ensemble.model.tables.actors
    if name not in actors:
        return np.asarray(gains.min(axis=1))
    own = actors.index(name)
    return np.asarray(np.delete(gains, own, axis=1).min(axis=1) - gains[:, own])


def _bare(ensemble: Ensemble, question: Expression, leader: str) -> Margin:
    found = estimate(ensemble, question)
    if found.table is not None:
        return _leads(ensemble, question, found, leader or found.leading)
    if found.unit in ("probability", "share") and isinstance(question, Query):
        return _made(found, found.values - 0.5)
    if found.unit == "points" or isinstance(question, Arithmetic):
        return _made(found, found.values)
    raise ExpressionError("There is no line to cross.", question.column, _HINT)


def conclusion(ensemble: Ensemble, statement: Expression) -> dict[str, Any]:
    """What a statement concludes now: `holds`, and `leader` where a bare question is about who."""
    found = estimate(ensemble, statement) if isinstance(statement, Query) else None
    leader = found.leading if found is not None and found.table is not None else ""
    return {"holds": margin(ensemble, statement, leader).value > 0, "leader": leader}


def cases(ensemble: Ensemble, statement: Expression) -> tuple[Bools, Reals]:
    """In which rows is a statement true (row,), and the rows' weights (row,)?

    A probability's row is whether the event happens in it, whatever it is compared with; who loses most is who bears
    at least half of the row's loss. Raises `ExpressionError` for what a single row cannot say.
    """
    match statement:
        case And(items=items) | Or(items=items):
            parts = [cases(ensemble, item) for item in items]
            combine = np.all if isinstance(statement, And) else np.any
            weights = np.min([part[1] for part in parts], axis=0)
            return np.asarray(combine([part[0] for part in parts], axis=0)), weights
        case Not(item=item):
            found, weights = cases(ensemble, item)
            return ~found, weights
    return _case(ensemble, statement)


def _case(ensemble: Ensemble, statement: Expression) -> tuple[Bools, Reals]:
    if isinstance(statement, Is):
        found = answer_rows(ensemble, statement)
        true = found.values >= 0.5 if found.unit in ("share", "probability") else None
        return _known(true, statement) != statement.negated, found.weights
    if isinstance(statement, Compare):
        return _compared_rows(ensemble, statement)
    if isinstance(statement, Query) and statement.function in ("P", "share"):
        found = estimate(ensemble, statement)
        return found.values >= 0.5, found.weights
    raise ExpressionError("A draw by itself is no case of this.", statement.column, _HINT)


def _known(true: Bools | None, statement: Expression) -> Bools:
    if true is None:
        raise ExpressionError("A draw by itself is no case of this.", statement.column, _HINT)
    return true


def _compared_rows(ensemble: Ensemble, check: Compare) -> tuple[Bools, Reals]:
    gap = _gap(ensemble, check)
    up = check.op in (">", ">=")
    if isinstance(check.left, Query) and check.left.function in ("P", "share") and isinstance(check.right, Number):
        happened = estimate(ensemble, check.left).values >= 0.5
        return happened if up else ~happened, gap.weights
    tests = {">": gap.values > 0, ">=": gap.values >= 0, "<": gap.values < 0, "<=": gap.values <= 0,
             "=": gap.values == 0, "!=": gap.values != 0}  # fmt: skip
    return tests[check.op], gap.weights


def refuse_written(ensemble: Ensemble, found: Estimate, what: str) -> None:
    """Raises `QuestionRefused` where an answer does not differ between draws."""
    values = found.values[found.weights > 0]
    if values.max() - values.min() < 1e-12:
        answer = write_answer(found.unit, float(values[0]))
        raise QuestionRefused(f"The answer is the same in every draw ({answer}), so {what}.")
