"""What did the earlier state alone give for what the later one reports?

Method: the untouched run from the earlier state, read at the date of the later one. For every option whose level the
later state reports otherwise: the probability that it stood there by then. For every factor: whether the later start
lies inside the 5th to 95th percentile of the run. Whoever wrote the earlier state after the later date knew the
outcome: it is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from realpolitik.compiled.about import about
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.wording import option_name
from realpolitik.errors import QuestionRefused
from realpolitik.language.likelihood import describe
from realpolitik.results.result import Result
from realpolitik.results.statistics import mean, quantiles
from realpolitik.situation.model import Situation

Row = Mapping[str, Any]


def hindcast(earlier: Ensemble, later: Situation) -> Result:
    """Rows: one for each option that moved between the states, and one for each factor.

    Raises `QuestionRefused` where the later state is not later, or lies beyond the earlier one's horizon.
    """
    calendar = earlier.model.calendar
    period = calendar.period_of(later.as_of)
    if later.as_of <= earlier.model.situation.as_of or period > calendar.periods:
        raise QuestionRefused("A hindcast needs a later state within the horizon of the earlier one.")
    options, factors = tuple(_options(earlier, later, period)), tuple(_factors(earlier, later, period))
    title = f"What did the state of {earlier.model.situation.as_of} alone give for what is reported on {later.as_of}?"
    return Result(
        "hindcast", title, (*options, *factors), _sentences(earlier, later, options, factors), {}, about(earlier)
    )


def _options(earlier: Ensemble, later: Situation, period: int) -> Iterator[Row]:
    model, weights = earlier.model, earlier.draws.weight
    levels = earlier.run().levels[:, period]
    for number, (name, option) in enumerate(model.situation.options.items()):
        reported = later.options.get(name)
        if reported is None or reported.levels != option.levels or reported.now == option.now:
            continue
        risen = reported.now > option.now
        there = levels[:, number] >= reported.now if risen else levels[:, number] <= reported.now
        yield {
            "what": "option",
            "id": name,
            "name": option_name(model, name, reported.now),
            "then": option.levels[option.now],
            "reported": option.levels[reported.now],
            "probability": mean(there.astype(np.float64), weights),
        }


def _factors(earlier: Ensemble, later: Situation, period: int) -> Iterator[Row]:
    model, weights = earlier.model, earlier.draws.weight
    paths = earlier.run().factors[:, period]
    for number, (name, factor) in enumerate(model.situation.factors.items()):
        reported = later.factors.get(name)
        if reported is None or reported.now is None or factor.now is None:
            continue
        own = factor.low + (factor.high - factor.low) * paths[:, number]
        low, median, high = quantiles(own, weights, (0.05, 0.5, 0.95))
        central = float(reported.now.central)
        yield {
            "what": "factor",
            "id": name,
            "name": factor.name,
            "then": float(factor.now.central),
            "reported": central,
            "low": low,
            "median": median,
            "high": high,
            "inside": bool(low <= central <= high),
        }


def _sentences(
    earlier: Ensemble, later: Situation, options: tuple[Row, ...], factors: tuple[Row, ...]
) -> tuple[str, ...]:
    told = [
        f"{row['name']} by {later.as_of}: {describe(row['probability'])} from the earlier state." for row in options
    ]
    inside = sum(row["inside"] for row in factors)
    told.append(f"{inside} of {len(factors)} later levels lie inside the 5th to 95th percentile of the run.")
    written = earlier.model.situation.judged_by.date
    if written and written > later.as_of.isoformat():
        told.append(f"The earlier state was written on {written}, after the events: its author knew the outcome.")
    return tuple(told)
