"""What does a scenario change, against its own status quo? Options and factors, near and far.

Method: the run with it held minus the run with its status quo held, paired draw by draw (common random numbers); the
interval is of the paired difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from realpolitik.compiled.about import about
from realpolitik.compiled.contrasts import Contrast
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.holds import Intervention
from realpolitik.compiled.wording import intervention_name, option_name
from realpolitik.language.time import duration_words
from realpolitik.results.result import Result
from realpolitik.results.statistics import mean, quantiles, sampling_error

Row = Mapping[str, Any]


def compare(ensemble: Ensemble, held: Intervention, *, vs_free: bool = False) -> Result:
    """What differs when it is done?

    Rows: one for each option level and factor at each answer time, with the value with and without, and the difference.
    """
    contrast = Contrast(ensemble, held, vs_free)
    calendar = ensemble.model.calendar
    ends = {
        item.years: held.start + round(item.years * calendar.per_year)
        for item in ensemble.model.situation.answers
        if held.start + round(item.years * calendar.per_year) <= calendar.periods
    }
    rows = tuple(row for years, period in ends.items() for row in _rows(contrast, years, period))
    question = f"What does it change: {intervention_name(ensemble.model, held)}?"
    return Result("compare", question, rows, _sentences(rows), {}, about(ensemble))


def _rows(contrast: Contrast, years: float, period: int) -> Iterator[Row]:
    model = contrast.ensemble.model
    tables = model.tables
    with_it, without = contrast.held, contrast.status_quo
    for number, option in enumerate(tables.options):
        for level in range(1, len(tables.levels[number])):
            pair = [(paths.levels[:, period, number] >= level).astype(np.float64) for paths in (with_it, without)]
            name = option_name(model, option, level)
            yield _row(contrast, ("option", f"{option}={tables.levels[number][level]}", name, years), pair)
    for number, (key, factor) in enumerate(model.situation.factors.items()):
        span = factor.high - factor.low
        pair = [factor.low + span * paths.factors[:, period, number] for paths in (with_it, without)]
        yield _row(contrast, ("factor", key, factor.name, years), pair)


def _row(contrast: Contrast, label: tuple[str, str, str, float], pair: list[Any]) -> Row:
    weights = contrast.ensemble.draws.weight
    change = pair[0] - pair[1]
    low, high = quantiles(change, weights, (0.05, 0.95))
    what, key, name, years = label
    return {
        "what": what,
        "id": key,
        "name": name,
        "years": years,
        "with": mean(pair[0], weights),
        "without": mean(pair[1], weights),
        "difference": mean(change, weights),
        "low": low,
        "high": high,
        "sampling_error": sampling_error(change, weights),
    }


def _sentences(rows: tuple[Row, ...]) -> tuple[str, ...]:
    """The largest differences first, each once, at the time it is largest."""
    told, seen = [], set()
    for row in sorted(rows, key=lambda item: -abs(item["difference"])):
        error = 2.0 * row["sampling_error"]
        if row["id"] in seen or abs(row["difference"]) <= max(error, 0.01):
            continue
        seen.add(row["id"])
        told.append(_sentence(row))
    return tuple(told) or ("Nothing differs by more than sampling error.",)


def _sentence(row: Row) -> str:
    after = f"{row['name']} after {duration_words(12 * row['years'])}"
    if row["what"] == "option":
        points = f"{100 * row['difference']:+.0f} percentage points"
        return f"{after}: {points} ({row['without']:.0%} to {row['with']:.0%})."
    change = f"{row['difference']:+.2f} ({row['without']:.2f} to {row['with']:.2f})"
    return f"{after}: {change}."
