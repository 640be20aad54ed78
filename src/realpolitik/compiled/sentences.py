"""One sentence for one expression, with its number, its interval and what it is compared with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from realpolitik.compiled.answers import Estimate, contrast_of, estimate, sign_open, years_of
from realpolitik.compiled.contrasts import SCALINGS, loser_shares
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.phrases import query_words, setting_name, term_words, when_words
from realpolitik.compiled.wording import actor_name
from realpolitik.language.expression import Arithmetic, Compare, Expression, Is, Query
from realpolitik.language.likelihood import describe
from realpolitik.language.sentences import capital, level, share, signed
from realpolitik.results.assessment import Line
from realpolitik.results.statistics import mean

LARGE = {"points": 3.0, "rank": 0.5, "date": 0.5}


@dataclass(frozen=True)
class Asked:
    """One expression put to one ensemble; `wrong` is the same ensemble with shuffled weights, or None."""

    ensemble: Ensemble
    expression: Expression
    text: str
    wrong: Ensemble | None = None


def answer(asked: Asked) -> Line:
    """The sentence that answers an expression.

    Raises `ExpressionError` and `QuestionRefused` as `estimate` does.
    """
    expression = asked.expression
    if isinstance(expression, Query):
        return _SENTENCES[expression.function](asked, expression)
    if isinstance(expression, Arithmetic):
        return _difference(asked, expression)
    if isinstance(expression, Compare | Is):
        return answer(Asked(asked.ensemble, expression.left, asked.text, asked.wrong))
    return _written(asked, expression)


def _written(asked: Asked, expression: Expression) -> Line:
    """What is written, as drawn: a name with its share of draws, or a number with its interval."""
    found = estimate(asked.ensemble, expression)
    if found.names:
        shared = "" if found.value > 0.9995 else f" in {share(found.value)} of draws"
        return Line(
            f"{asked.text}: {found.leading}{shared}.", asked.text, {**_numbers(found), "leading": found.leading}
        )
    low, high = found.spread
    unit = " points" if found.unit == "points" else ""
    within = "" if high - low < 5e-4 else f" ({level(low)} to {level(high)} in 90% of draws)"
    return Line(f"{asked.text}: {level(found.value)}{unit}{within}.", asked.text, _numbers(found))


def _numbers(found: Estimate) -> dict[str, Any]:
    low, high = found.spread
    return {
        "value": found.value,
        "low": low,
        "high": high,
        "sampling_error": found.error,
        "unit": found.unit,
        "by_hypothesis": list(found.by_hypothesis.values()),
    }


def _hypotheses(found: Estimate, write: Callable[[float], str]) -> str:
    """The range over rival hypotheses, where it says something."""
    values = list(found.by_hypothesis.values())
    if len(values) < 2 or max(values) - min(values) < LARGE.get(found.unit, 0.03):
        return ""
    return f"; {write(min(values))} to {write(max(values))} over the hypotheses"


def _probability(asked: Asked, query: Query) -> Line:
    found = estimate(asked.ensemble, query)
    words = capital(query_words(asked.ensemble.model, query))
    return Line(f"{words}: {describe(found.value)}{_hypotheses(found, share)}.", asked.text, _numbers(found))


def _expectation(asked: Asked, query: Query) -> Line:
    found = estimate(asked.ensemble, query)
    low, high = found.spread
    words = capital(query_words(asked.ensemble.model, query))
    text = f"{words}: {level(found.value)} ({level(low)} to {level(high)} in 90% of draws{_hypotheses(found, level)})."
    return Line(text, asked.text, _numbers(found))


def _first(asked: Asked, query: Query) -> Line:
    found = estimate(asked.ensemble, query)
    words = capital(query_words(asked.ensemble.model, query))
    return Line(f"{words}: {found.value:.1f} years (90% of draws {found.spread}).", asked.text, _numbers(found))


def _gain(asked: Asked, query: Query) -> Line:
    ensemble, model = asked.ensemble, asked.ensemble.model
    contrast, years = contrast_of(ensemble, query), years_of(ensemble, query)
    found = estimate(ensemble, query)
    actor = query.subject.text if query.subject is not None and hasattr(query.subject, "text") else ""
    number = model.tables.actors.index(actor)
    parts = {
        part: mean(contrast.gains(years, part)[:, number], found.weights) for part in ("by itself", "through reactions")
    }
    low, high = found.spread
    when = f", {when_words(query.when)}" if query.when else ""
    part_words = f", {', '.join(query.options)}" if query.options else ""
    text = (
        f"{actor_name(model, actor)}, if {setting_name(model, query.setting)}{_under(query)}{when}{part_words}: "
        f"{signed(found.value)} points ({signed(low)} to {signed(high)} in 90% of draws{_hypotheses(found, signed)})"
    )
    text += _open_sign(found)
    if not query.options:
        text += f"; by itself {signed(parts['by itself'])}, through reactions {signed(parts['through reactions'])}"
    numbers = {part.replace(" ", "_"): value for part, value in parts.items()}
    return Line(f"{text}.", asked.text, {**_numbers(found), **numbers})


def _open_sign(found: Estimate) -> str:
    """Said where the draws do not agree on gain or loss: neither in four of five."""
    losing = mean((found.values < 0).astype(np.float64), found.weights)
    return f"; its sign is open (a loss in {share(losing)} of draws)" if sign_open(found) else ""


def _under(query: Query) -> str:
    return "".join(f", under '{reading}'" for reading in query.setting.under)


def _loser(asked: Asked, query: Query) -> Line:
    ensemble, model = asked.ensemble, asked.ensemble.model
    found = estimate(ensemble, query)
    name = found.leading
    contrast, years = contrast_of(ensemble, query), years_of(ensemble, query)
    same = sum(_leading(ensemble, contrast.gains(years, "total", scaling), found) == name for scaling in SCALINGS)
    lift = _lift(asked, query, name)
    contested = "" if same == len(SCALINGS) else ", hence contested"
    text = (
        f"If {setting_name(model, query.setting)}, {actor_name(model, name)} loses most: {describe(found.value)}"
        f"{_hypotheses(found, share)}; so under {same} of {len(SCALINGS)} ways of comparing losses{contested}{lift[0]}."
    )
    data = {**_numbers(found), "leading": name, "shares": found.shares, "scalings": same, **lift[1]}
    return Line(text, asked.text, data)


def _leading(ensemble: Ensemble, gains: Any, found: Estimate) -> str:
    shares = [mean(column, found.weights) for column in loser_shares(gains).T]
    return found.names[shares.index(max(shares))]


def _lift(asked: Asked, query: Query, name: str) -> tuple[str, Mapping[str, float]]:
    """What shuffled weights give for the same name."""
    if asked.wrong is None:
        return "", {}
    wrong = estimate(asked.wrong, query).shares[name]
    return f"; with weights shuffled it would be {share(wrong)}", {"shuffled": wrong}


def _share(asked: Asked, query: Query) -> Line:
    found = estimate(asked.ensemble, query)
    model = asked.ensemble.model
    actor = actor_name(model, getattr(query.subject, "text", ""))
    text = f"If {setting_name(model, query.setting)}, {actor} loses most of all: {describe(found.value)}"
    return Line(f"{text}{_hypotheses(found, share)}.", asked.text, _numbers(found))


def _rank(asked: Asked, query: Query) -> Line:
    found = estimate(asked.ensemble, query)
    model = asked.ensemble.model
    actor = actor_name(model, getattr(query.subject, "text", ""))
    count = len(model.tables.actors)
    text = (
        f"If {setting_name(model, query.setting)}, {actor} stands at place {found.value:.1f} of {count} (1 loses most)."
    )
    return Line(text, asked.text, _numbers(found))


def _difference(asked: Asked, expression: Arithmetic) -> Line:
    """A difference of two queries: paired, so the interval is that of the difference."""
    found = estimate(asked.ensemble, expression)
    words = capital(_compared(asked, expression))
    if found.unit == "probability":
        error = 100 * found.error
        text = f"{words}: {100 * found.value:+.0f} percentage points (sampling error {error:.0f})"
        return Line(f"{text}{_hypotheses(found, _percentage_points)}.", asked.text, _numbers(found))
    low, high = found.spread
    write = signed if found.unit == "points" else _signed_level
    unit = " points" if found.unit == "points" else ""
    text = f"{words}: {write(found.value)}{unit} ({write(low)} to {write(high)} in 90% of draws)."
    return Line(text, asked.text, _numbers(found))


def _percentage_points(value: float) -> str:
    return f"{100 * value:+.0f}"


def _signed_level(value: float) -> str:
    return f"{value:+.2f}"


def _compared(asked: Asked, expression: Arithmetic) -> str:
    model = asked.ensemble.model
    left, right = expression.left, expression.right
    if not (isinstance(left, Query) and isinstance(right, Query)):
        return term_words(model, expression)
    joined = {"-": "against", "+": "and", "*": "times", "/": "over"}[expression.op]
    if right.setting == type(right.setting)() and left.subject == right.subject:
        return f"{query_words(model, left)}, {joined} no such step"
    return f"{query_words(model, left)}, {joined} {query_words(model, right)}"


_SENTENCES: Mapping[str, Callable[[Asked, Query], Line]] = {
    "P": _probability,
    "E": _expectation,
    "first": _first,
    "gain": _gain,
    "loser": _loser,
    "share": _share,
    "rank": _rank,
}
