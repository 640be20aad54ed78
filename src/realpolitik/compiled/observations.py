"""Dated observations: what was seen or reported, how far the report is believed, and how well each draw fits it.

A report is believed with weight w, the product of the weights of its known grades (`claims.credence.WEIGHTS`; F and 6
are unknown; no grade at all: taken at its word, w = 1; F6: w = 0, it says nothing). With chance w it is about the
truth, else anything may be reported as easily as anything else (Winkler's discounting of an unreliable witness):

    event:  L = w [it holds in the draw] + (1 - w) / 2
    level:  L = w Normal(level in the draw; reported, error) + (1 - w) / width of the factor's range

so the likelihood ratio of an event is (1 + w) / (1 - w), 19.5 for A1 and 1 for F6.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from realpolitik.claims.credence import WEIGHTS, weight
from realpolitik.claims.model import CREDIBILITY, RELIABILITY, Claim
from realpolitik.compiled.measures import at_moment, period, series
from realpolitik.compiled.model import Model
from realpolitik.compiled.phrases import term_words, when_words
from realpolitik.dynamics.tables import Paths
from realpolitik.errors import ExpressionError, Position, did_you_mean
from realpolitik.language.expression import Expression, Name, When
from realpolitik.language.parser import parse_event
from realpolitik.language.quantity import read_quantity
from realpolitik.language.sentences import level as level_words
from realpolitik.language.time import read_date

Reals = NDArray[np.float64]
_GRADE = re.compile(r",?\s*\bgrade\s+(\S+?)\s*$", re.IGNORECASE)
_CITED = re.compile(r"\s\(([\w.-]+(?:\s*,\s*[\w.-]+)*)\)\s*$")
_NORMAL_90 = 2 * 1.6448536269514722
FORM = "Write 'AAA.arm=full by 2024-06, grade B2' or 'tension at 2024-06: 0.4 to 0.6, grade B2'."


@dataclass(frozen=True)
class Observation:
    """One report: a condition that held (`level` None), or a factor's level (mean, sd in its own unit).

    `believed` is w in [0, 1]; `text` as written.
    """

    text: str
    term: Expression
    when: When
    level: tuple[float, float] | None = None
    believed: float = 1.0
    grade: str = ""
    claims: tuple[str, ...] = ()
    position: Position = field(default_factory=Position, compare=False)


def read_observation(
    model: Model, text: str, claims: Mapping[str, Claim] | None = None, position: Position | None = None
) -> Observation:
    """One observation as written: `CONDITION by|at|until DATE` or `FACTOR at DATE: LOW to HIGH`.

    A grade (`, grade B2`) or claims in parentheses may follow; of several claims the best graded counts.

    Raises `ExpressionError` for what cannot be read, has no date, or lies before the start or beyond the horizon.
    """
    bare, cited = _split(text, _CITED)
    bare, grade = _split(bare, _GRADE)
    body, _, value = bare.partition(": ")
    term, when = parse_event(body)
    if when is None or not when.moment:
        raise ExpressionError(f"'{body}' has no date.", len(body) + 1, FORM)
    _placed(model, term, when, body)
    names = tuple(name.strip() for name in cited.split(",")) if cited else ()
    level = _level(model, term, value) if value else None
    if level is None:
        _condition(model, term, body)
    believed, shown = _believed(grade, names, claims or {})
    return Observation(" ".join(text.split()), term, when, level, believed, shown, names, position or Position())


def _split(text: str, form: re.Pattern[str]) -> tuple[str, str]:
    found = form.search(text)
    return (text[: found.start()].rstrip(), found.group(1)) if found else (text.strip(), "")


def _placed(model: Model, term: Expression, when: When, body: str) -> None:
    """Refuse what the run cannot look at: an unknown name, a moment outside it, the start itself."""
    series(model, _still(model), term)
    if period(model, when, 0) < 1:
        message = f"'{body}' lies within the first period, which is the start itself."
        raise ExpressionError(message, 1, f"Observations count from {model.calendar.date_of(1)} on.")


def _still(model: Model) -> Paths:
    """One draw in which nothing happens: enough to find out whether a term can be read off a path."""
    tables, shape = model.tables, (1, model.tables.periods + 1)
    return Paths(
        factors=np.zeros((*shape, len(tables.factors))),
        levels=np.zeros((*shape, len(tables.options)), np.int8),
        utility=np.zeros((*shape, len(tables.actors))),
        fired=np.zeros((*shape, len(tables.shocks)), np.bool_),
        honoured=np.zeros((*shape, len(tables.promises)), np.int8),
        formed=np.zeros((*shape, len(tables.exchanges)), np.bool_),
        margin=np.zeros(shape),
    )


def _condition(model: Model, term: Expression, body: str) -> None:
    if isinstance(term, Name) and term.text in model.situation.factors:
        raise ExpressionError(f"'{body}' is a level, not an event: which level was seen?", 1, FORM)


def _level(model: Model, term: Expression, value: str) -> tuple[float, float]:
    """Mean and standard deviation of a reported level: an interval is its 5th to 95th percentile."""
    if not isinstance(term, Name) or term.text not in model.situation.factors:
        raise ExpressionError("Only a factor has a level to report.", 1, FORM)
    factor = model.situation.factors[term.text]
    quantity = read_quantity(value, "level", unit=factor.unit, bounds=(factor.low, factor.high))
    low, high = float(quantity.low), float(quantity.high)
    if quantity.is_constant or high <= low:
        raise ExpressionError(f"'{value}' says nothing of its error.", 1, f"Write an interval: {_around(low)}.")
    return (low + high) / 2.0, (high - low) / _NORMAL_90


def _around(value: float) -> str:
    return f"{max(0.0, value - 0.05):.2g} to {value + 0.05:.2g}"


def _believed(grade: str, names: tuple[str, ...], claims: Mapping[str, Claim]) -> tuple[float, str]:
    """How far a report is believed, and the grade that says so."""
    for name in names:
        if name not in claims:
            raise ExpressionError(f"'{name}' is no claim.", 0, did_you_mean(name, claims))
    if grade:
        return graded(grade), grade.upper()
    if not names:
        return 1.0, ""
    best = max((claims[name] for name in names), key=weight)
    return weight(best), best.grade


def graded(grade: str) -> float:
    """The weight of a grade in [0, 1): reliability A-F, credibility 1-6, F and 6 unknown. Raises `ExpressionError`.

    >>> round(graded("A1"), 4), round(graded("F3"), 2), graded("f6")
    (0.9025, 0.6, 0.0)
    """
    letter, digit = grade[:1].upper(), grade[1:]
    if letter not in RELIABILITY or digit not in map(str, CREDIBILITY) or len(grade) != 2:
        raise ExpressionError(f"'{grade}' is no grade.", 0, "Write A to F for the source, 1 to 6 for the item: B2.")
    known = [WEIGHTS[part] for part in (letter, digit) if part in WEIGHTS]
    return float(np.prod(known)) if known else 0.0


def last_period(model: Model, observations: tuple[Observation, ...]) -> int:
    """The last period any observation looks at."""
    return max(period(model, item.when, 0) for item in observations)


def seen(model: Model, paths: Paths, item: Observation) -> Reals:
    """What each draw shows of it (draw,): 1 or 0 for an event, the level in its own unit for a level."""
    return at_moment(model, series(model, paths, item.term), item.when, 0)


def log_fit(model: Model, paths: Paths, item: Observation) -> Reals:
    """How well each draw fits one report, log L (draw,), as in the module's head; minus infinity where it is ruled out.

    >>> float((1 + graded("A1")) / (1 - graded("A1"))) > 19
    True
    """
    found = seen(model, paths, item)
    with np.errstate(divide="ignore"):
        believed, open_ = np.log(item.believed), np.log(1.0 - item.believed)
        if item.level is None:
            return np.asarray(np.logaddexp(believed + np.log(found > 0.5), open_ - np.log(2.0)))
    mean, sd = item.level
    density = -0.5 * ((found - mean) / sd) ** 2 - np.log(sd * np.sqrt(2 * np.pi))
    factor = model.situation.factors[item.term.text] if isinstance(item.term, Name) else None
    width = factor.high - factor.low if factor else 1.0
    return np.asarray(np.logaddexp(believed + density, open_ - np.log(width)))


def likelihood(model: Model, paths: Paths, item: Observation) -> Reals:
    """How well each draw fits one report, L (draw,)."""
    return np.asarray(np.exp(log_fit(model, paths, item)))


def log_likelihood(model: Model, paths: Paths, observations: tuple[Observation, ...]) -> Reals:
    """The sum over observations of log L (draw,); minus infinity where a draw rules one out."""
    return np.asarray(sum(log_fit(model, paths, item) for item in observations))


def observation_words(model: Model, item: Observation) -> str:
    """An observation for readers."""
    words, when = term_words(model, item.term), when_words(item.when)
    if item.when.kind == "at" and item.when.moment.count("-") == 2:
        when = f"on {item.when.moment}"
    if item.level is None:
        return f"{words} {when}"
    mean, sd = item.level
    low, high = mean - sd * _NORMAL_90 / 2, mean + sd * _NORMAL_90 / 2
    return f"{words} {when}: {level_words(low)} to {level_words(high)}"


def observation_date(text: str) -> dt.date | None:
    """The date an observation is of, or None where it is a duration after the start.

    >>> observation_date("AAA.arm=on by 2024-06-30, grade B2 (c1)")
    datetime.date(2024, 6, 30)
    """
    body = _split(_split(text, _CITED)[0], _GRADE)[0].partition(": ")[0]
    _, when = parse_event(body)
    try:
        return read_date(when.moment, "end" if when.kind in ("by", "until") else "start") if when else None
    except ExpressionError:
        return None
