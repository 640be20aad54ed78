"""What did the earlier state alone give for what the later one reports?

Method: the untouched run from the earlier state, read at the date of the later one. For every option: the probability
that it stood at the level the later state reports (at least there, where it moved up; at most, where down), and that
it had left its earlier level. For every factor: whether the later start lies inside the 5th to 95th percentile of the
run. Beside it stands persistence, the guess that nothing changes: the mean distance of the run's medians from the
levels reported, in full swings, against that of the earlier levels; and the Brier score of "it moves", 0 said of all.
A forecast that persistence beats has no skill (Murphy 1973, J. Appl. Meteorol. 12(4), 595-600, of reference forecasts).
Whoever wrote the earlier state after the later date knew the outcome: it is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from realpolitik.compiled.about import about
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.scores import brier
from realpolitik.compiled.wording import option_name
from realpolitik.errors import QuestionRefused
from realpolitik.language.likelihood import describe
from realpolitik.language.sentences import counted, listed, share
from realpolitik.results.result import Labelled, Result
from realpolitik.results.statistics import mean, quantiles
from realpolitik.situation.model import Situation

Row = Mapping[str, Any]
GUESSES = ("the run", "nothing changes")


def hindcast(earlier: Ensemble, later: Situation) -> Result:
    """Rows: one for each option (`moved`: whether it did), and one for each factor, with its starting level (`then`),
    what the run gave and what is reported. Array: `misses` (what, guess), of the run and of persistence.

    Raises `QuestionRefused` where the later state is not later, or lies beyond the earlier one's horizon.
    """
    calendar = earlier.model.calendar
    period = calendar.period_of(later.as_of)
    if later.as_of <= earlier.model.situation.as_of or period > calendar.periods:
        raise QuestionRefused("A hindcast needs a later state within the horizon of the earlier one.")
    options = tuple(sorted(_options(earlier, later, period), key=lambda row: (not row["moved"], -row["leaves"])))
    factors = tuple(_factors(earlier, later, period))
    title = f"What did the state of {earlier.model.situation.as_of} alone give for what is reported on {later.as_of}?"
    sentences = _sentences(earlier, later, options, factors)
    return Result("hindcast", title, (*options, *factors), sentences, _arrays(options, factors), about(earlier))


def _arrays(options: tuple[Row, ...], factors: tuple[Row, ...]) -> dict[str, Labelled]:
    table = np.array([level_misses(factors), move_scores(options)])
    return {"misses": Labelled(("what", "guess"), {"what": ("level", "move"), "guess": GUESSES}, table)}


def level_misses(factors: Sequence[Row]) -> tuple[float, float]:
    """How far the run's medians, and the earlier levels, lie from the levels reported: means, in full swings."""
    count = len(factors) or float("nan")
    return sum(row["missed"] for row in factors) / count, sum(row["missed_by_staying"] for row in factors) / count


def move_scores(options: Sequence[Row]) -> tuple[float, float]:
    """Brier scores of whether each option moves: the run's probability that it does, and persistence's nought.

    >>> move_scores([{"leaves": 0.5, "moved": True}, {"leaves": 0.5, "moved": False}])
    (0.25, 0.5)
    """
    if not options:
        return float("nan"), float("nan")
    moved = [float(row["moved"]) for row in options]
    return brier([row["leaves"] for row in options], moved), brier([0.0] * len(moved), moved)


def _options(earlier: Ensemble, later: Situation, period: int) -> Iterator[Row]:
    model, weights = earlier.model, earlier.draws.weight
    levels = earlier.run().levels[:, period]
    for number, (name, option) in enumerate(model.situation.options.items()):
        reported = later.options.get(name)
        if reported is None or reported.levels != option.levels:
            continue
        at, left = levels[:, number], levels[:, number] != option.now
        there = (
            ~left
            if reported.now == option.now
            else at >= reported.now
            if reported.now > option.now
            else at <= reported.now
        )
        yield {
            "what": "option",
            "id": name,
            "name": option_name(model, name, reported.now),
            "then": option.levels[option.now],
            "reported": option.levels[reported.now],
            "moved": reported.now != option.now,
            "probability": mean(there.astype(np.float64), weights),
            "leaves": mean(left.astype(np.float64), weights),
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
            "missed": abs(median - central) / (factor.high - factor.low),
            "missed_by_staying": abs(float(factor.now.central) - central) / (factor.high - factor.low),
        }


def _sentences(
    earlier: Ensemble, later: Situation, options: tuple[Row, ...], factors: tuple[Row, ...]
) -> tuple[str, ...]:
    moved = [row for row in options if row["moved"]]
    told = [f"{row['name']} by {later.as_of}: {describe(row['probability'])} from the earlier state." for row in moved]
    told += _alarms(earlier.model.situation, [row for row in options if not row["moved"]])
    inside = sum(row["inside"] for row in factors)
    told.append(f"{inside} of {len(factors)} later levels lie inside the 5th to 95th percentile of the run.")
    told += _against_persistence(options, factors)
    written = earlier.model.situation.judged_by.date
    if written and written > later.as_of.isoformat():
        told.append(f"The earlier state was written on {written}, after the events: its author knew the outcome.")
    return tuple(told)


def _alarms(situation: Situation, stood: Sequence[Row]) -> Iterator[str]:
    """The options that stayed although the run gave their moving more than even chances."""
    false = [row for row in stood if row["leaves"] > 0.5]
    if false:
        named = listed(f"{situation.options[row['id']].name} ({share(row['leaves'])})" for row in false)
        expected = sum(row["leaves"] for row in stood)
        yield (
            f"Of {counted(len(stood), 'option')} that did not move the run expected {expected:.1f} to move; "
            f"{counted(len(false), 'false alarm')}, given more than even chances: {named}."
        )


def _against_persistence(options: Sequence[Row], factors: Sequence[Row]) -> Iterator[str]:
    """The line nobody likes to print: how the guess that nothing changes would have done."""
    pairs = [
        ("levels are missed by {0} of a full swing on average, by that guess {1}", level_misses(factors)),
        ("whether an option moves has a Brier score of {0}, that guess {1}", move_scores(options)),
    ]
    for words, (run, stay) in pairs:
        if np.isfinite(run):
            better = "worse than" if run > stay else "better than" if run < stay else "no better than"
            yield (
                f"Against the guess that nothing changes: {words.format(f'{run:.3f}', f'{stay:.3f}')}: the model did "
                f"{better} it."
            )
