"""If something is done, who gains, who loses, and who loses most - by itself, and through the others' reactions?

Method: utilities of the run with it held minus those of the run with its status quo held, same draws and same chance,
averaged over the year that ends 1, 3 and 10 years after (or the situation's own answer times). `By itself` replays
everyone else's decisions of the status-quo run; the rest of the gain is `through reactions`. Losers are compared under
three scalings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from realpolitik.compiled.about import about
from realpolitik.compiled.contrasts import LOSS, SCALINGS, Contrast, Part, loser_shares
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.holds import Intervention
from realpolitik.compiled.wording import actor_name, hold_name, intervention_name
from realpolitik.language.likelihood import describe
from realpolitik.language.sentences import signed
from realpolitik.language.time import duration_words
from realpolitik.results.result import Labelled, Result
from realpolitik.results.statistics import mean, quantiles, sampling_error

Row = Mapping[str, Any]
PARTS: tuple[Part, ...] = ("total", "by itself", "through reactions")
NOBODY = "nobody"


def gains(ensemble: Ensemble, held: Intervention, *, vs_free: bool = False, years: tuple[float, ...] = ()) -> Result:
    """Who gains and who loses?

    Rows: one for each actor and answer time. Arrays: `gain` (time, part, actor), `losing most` (time, scaling, actor or
    nobody). Raises `QuestionRefused` for an answer time beyond the horizon.
    """
    contrast = Contrast(ensemble, held, vs_free)
    times = years or answer_times(ensemble, held)
    rows = tuple(row for time in times for row in _rows(contrast, time))
    losers = {time: {scaling: _losers(contrast, time, scaling) for scaling in SCALINGS} for time in times}
    question = f"If {intervention_name(ensemble.model, held)}, who gains and who loses?"
    return Result(
        "gains",
        question,
        rows,
        _sentences(contrast, rows, losers, times),
        _arrays(contrast, rows, losers, times),
        about(ensemble, compared_with="the untouched run" if vs_free else "its status quo held", unit="points"),
    )


def answer_times(ensemble: Ensemble, held: Intervention) -> tuple[float, ...]:
    """The answer times that lie within the horizon, counted from the start of what is held."""
    calendar = ensemble.model.calendar
    room = (calendar.periods - held.start) / calendar.per_year
    return tuple(item.years for item in ensemble.model.situation.answers if item.years <= room)


def _rows(contrast: Contrast, years: float) -> Iterator[Row]:
    weights = contrast.ensemble.draws.weight
    parts = {part: contrast.gains(years, part) for part in PARTS}
    most = loser_shares(parts["total"])
    for number, actor in enumerate(contrast.ensemble.model.tables.actors):
        whole = parts["total"][:, number]
        low, median, high = quantiles(whole, weights, (0.05, 0.5, 0.95))
        yield {
            "actor": actor,
            "name": actor_name(contrast.ensemble.model, actor),
            "years": years,
            "gain": mean(whole, weights),
            "low": low,
            "median": median,
            "high": high,
            "sampling_error": sampling_error(whole, weights),
            "by_itself": mean(parts["by itself"][:, number], weights),
            "through_reactions": mean(parts["through reactions"][:, number], weights),
            "share_losing": mean((whole < -LOSS).astype(np.float64), weights),
            "share_losing_most": mean(most[:, number], weights),
            "rank": 1.0 + mean((parts["total"] < whole[:, None]).sum(axis=1).astype(np.float64), weights),
        }


def _losers(contrast: Contrast, years: float, scaling: Any) -> dict[str, float]:
    """The share of draws in which each actor, or nobody, loses most."""
    shares = loser_shares(contrast.gains(years, "total", scaling))
    names = (*contrast.ensemble.model.tables.actors, NOBODY)
    weights = contrast.ensemble.draws.weight
    return {name: mean(column, weights) for name, column in zip(names, shares.T, strict=True)}


def _arrays(contrast: Contrast, rows: tuple[Row, ...], losers: Any, times: tuple[float, ...]) -> dict[str, Labelled]:
    actors = contrast.ensemble.model.tables.actors
    keys = ("gain", "by_itself", "through_reactions")
    table = np.array([[row[key] for row in rows if row["years"] == time] for time in times for key in keys])
    shares = np.array([[list(losers[time][scaling].values()) for scaling in SCALINGS] for time in times])
    return {
        "gain": Labelled(
            ("years", "part", "actor"),
            {"years": times, "part": PARTS, "actor": actors},
            table.reshape(len(times), len(keys), len(actors)),
            "points",
        ),
        "losing most": Labelled(
            ("years", "scaling", "loser"),
            {"years": times, "scaling": SCALINGS, "loser": (*actors, NOBODY)},
            shares,
            "share of draws",
        ),
    }


def _sentences(contrast: Contrast, rows: tuple[Row, ...], losers: Any, times: tuple[float, ...]) -> tuple[str, ...]:
    if not times:
        return ("No answer time lies within the horizon.",)
    middle = times[len(times) // 2]
    told = [_loser_sentence(contrast, losers[middle], middle)]
    now = sorted((row for row in rows if row["years"] == middle), key=lambda row: row["gain"])
    told += [_row_sentence(row) for row in now]
    told.append(_compared(contrast))
    return tuple(told)


def _compared(contrast: Contrast) -> str:
    """Against what the gains are counted."""
    if contrast.vs_free:
        return "Compared with the untouched run, in which everyone decides."
    names = [hold_name(contrast.ensemble.model, hold) for hold in contrast.baseline]
    return f"Compared with the status quo held: {', '.join(names) or 'nothing held'}."


def _loser_sentence(contrast: Contrast, by_scaling: Mapping[str, Mapping[str, float]], years: float) -> str:
    leading = {scaling: max(shares, key=shares.__getitem__) for scaling, shares in by_scaling.items()}
    top = leading["top"]
    agreeing = sum(name == top for name in leading.values())
    name = actor_name(contrast.ensemble.model, top)
    likely = describe(by_scaling["top"][top])
    scalings = f"so under {agreeing} of {len(leading)} ways of comparing losses"
    scalings += "" if agreeing == len(leading) else ", hence contested"
    after = duration_words(12 * years)
    if top == NOBODY:
        return f"After {after} nobody loses more than half a point: {likely}; {scalings}."
    return f"After {after} {name} loses most: {likely}; {scalings}."


def _row_sentence(row: Row) -> str:
    return (
        f"{row['name']}: {signed(row['gain'])} points ({signed(row['low'])} to {signed(row['high'])} in 90% of draws); "
        f"by itself {signed(row['by_itself'])}, through reactions {signed(row['through_reactions'])}."
    )
