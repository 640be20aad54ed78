"""What will each party probably do, and when; where will the factors go; which goals are reached?

Method: the untouched run (or one under `do(...)`), summarised over draws at the situation's answer times. A probability
is the weighted share of draws; ranges over hypotheses are the extremes of the shares under each combination.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from realpolitik.compiled.about import about
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.holds import Intervention
from realpolitik.compiled.measures import goal_reached
from realpolitik.compiled.wording import actor_name, option_name
from realpolitik.dynamics.tables import Paths
from realpolitik.language.likelihood import describe
from realpolitik.language.time import duration_words
from realpolitik.results.result import Labelled, Result
from realpolitik.results.statistics import mean, quantiles

Row = Mapping[str, Any]


def futures(ensemble: Ensemble, held: Intervention | None = None) -> Result:
    """What happens by itself (or with something held)?

    Rows: one for each option and level in use, each factor, each goal, at each answer time. Arrays: `use` (option,
    date) probabilities, `level` (factor, date, quantile).
    """
    paths = ensemble.run(held.holds if held else ())
    rows = (*_option_rows(ensemble, paths), *_factor_rows(ensemble, paths), *_goal_rows(ensemble, paths))
    question = "What will each party probably do?"
    return Result("futures", question, rows, _sentences(ensemble, rows), _arrays(ensemble, paths), about(ensemble))


def answer_periods(ensemble: Ensemble) -> dict[float, int]:
    """Answer times in years, and their periods (those within the horizon)."""
    calendar = ensemble.model.calendar
    times = {item.years: round(item.years * calendar.per_year) for item in ensemble.model.situation.answers}
    return {years: period for years, period in times.items() if period <= calendar.periods}


def _option_rows(ensemble: Ensemble, paths: Paths) -> Iterator[Row]:
    tables, weights = ensemble.model.tables, ensemble.draws.weight
    for number, option in enumerate(tables.options):
        levels = paths.levels[:, :, number]
        for level in range(len(tables.levels[number])):
            if level == 0:
                continue
            at_least = (levels >= level).astype(np.float64)
            for years, period in answer_periods(ensemble).items():
                yield {
                    "what": "option",
                    "id": option,
                    "level": tables.levels[number][level],
                    "name": option_name(ensemble.model, option, level),
                    "years": years,
                    "probability": mean(at_least[:, period], weights),
                    "now": float(tables.option_now[number] >= level),
                    "first": _first(ensemble, at_least),
                    **_hypothesis_range(ensemble, at_least[:, period]),
                }


def _first(ensemble: Ensemble, at_least: np.ndarray[Any, np.dtype[np.float64]]) -> str:
    """The median date of first use, or "" if fewer than half the draws ever use it."""
    event = at_least > 0.5
    first = np.where(event.any(axis=1), event.argmax(axis=1), 10_000).astype(np.float64)
    (median,) = quantiles(first, ensemble.draws.weight, (0.5,))
    return "" if median >= 10_000 else ensemble.model.calendar.date_of(int(median)).isoformat()


def _hypothesis_range(ensemble: Ensemble, values: np.ndarray[Any, np.dtype[np.float64]]) -> dict[str, float]:
    draws = ensemble.draws
    means = [
        mean(values[draws.combination == number], draws.weight[draws.combination == number])
        for number in np.unique(draws.combination)
    ]
    return {"least_hypothesis": min(means), "most_hypothesis": max(means)}


def _factor_rows(ensemble: Ensemble, paths: Paths) -> Iterator[Row]:
    weights = ensemble.draws.weight
    for number, (name, factor) in enumerate(ensemble.model.situation.factors.items()):
        own = factor.low + (factor.high - factor.low) * paths.factors[:, :, number]
        for years, period in {0.0: 0, **answer_periods(ensemble)}.items():
            low, median, high = quantiles(own[:, period], weights, (0.05, 0.5, 0.95))
            yield {
                "what": "factor",
                "id": name,
                "name": factor.name,
                "years": years,
                "low": low,
                "median": median,
                "high": high,
                "unit": factor.unit,
            }


def _goal_rows(ensemble: Ensemble, paths: Paths) -> Iterator[Row]:
    model, weights = ensemble.model, ensemble.draws.weight
    for goal in model.situation.goals:
        reached = goal_reached(model, paths, goal)
        yield {
            "what": "goal",
            "id": goal.actor,
            "name": goal.text,
            "by": (goal.by or model.calendar.date_of(model.calendar.periods)).isoformat(),
            "probability": mean(reached, weights),
            **_hypothesis_range(ensemble, reached),
        }


def _arrays(ensemble: Ensemble, paths: Paths) -> dict[str, Labelled]:
    tables, weights = ensemble.model.tables, ensemble.draws.weight
    dates = tuple(ensemble.model.calendar.date_of(t).isoformat() for t in range(tables.periods + 1))
    labels, use = [], []
    for number, levels in enumerate(tables.levels):
        for level in range(1, len(levels)):
            labels.append(f"{tables.options[number]}={levels[level]}")
            use.append(np.average(paths.levels[:, :, number] >= level, axis=0, weights=weights))
    marks = (0.05, 0.25, 0.5, 0.75, 0.95)
    spread = np.array(
        [
            [quantiles(paths.factors[:, t, i], weights, marks) for t in range(tables.periods + 1)]
            for i in range(len(tables.factors))
        ]
    ).reshape(len(tables.factors), tables.periods + 1, len(marks))
    return {
        "use": Labelled(("option", "date"), {"option": tuple(labels), "date": dates}, np.array(use), "probability"),
        "level": Labelled(
            ("factor", "date", "quantile"), {"factor": tables.factors, "date": dates, "quantile": marks}, spread, "0-1"
        ),
    }


def _sentences(ensemble: Ensemble, rows: tuple[Row, ...]) -> tuple[str, ...]:
    """The option moves whose probability differs most from what holds today, then the goals."""
    middle = list(answer_periods(ensemble))
    years = middle[len(middle) // 2] if middle else 0.0
    moves = [row for row in rows if row["what"] == "option" and row["years"] == years]
    moves.sort(key=lambda row: -abs(row["probability"] - row["now"]))
    after = f"after {duration_words(12 * years)}"
    told = [
        f"{row['name']} {after}: {describe(row['probability'])}{' (in use now)' if row['now'] else ''}."
        for row in moves
    ]
    goals = [
        f"{actor_name(ensemble.model, row['id'])}: {row['name']} by {row['by'][:4]}: {describe(row['probability'])}."
        for row in rows
        if row["what"] == "goal"
    ]
    return (*told, *goals)
