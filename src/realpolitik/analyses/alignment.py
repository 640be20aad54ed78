"""How far do the interests of any two actors overlap, overall and theatre by theatre?

Method: the marginal values of all factors (see `compiled.marginals`) are a direction for each actor: where it would
push the world. Alignment of two actors is the cosine of their directions in each draw: 1 the same way, 0 unrelated,
-1 against each other. `stated` uses their written interests at the start, `followed` what a lasting change of each
factor brings them after some years, everybody's decisions as they are. S is Signorino and Ritter's score on the same
directions, each divided by its largest entry (range -1 to 1), over the factors that either cares for, equally
weighted. Interests in options rather than factors do not enter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.about import about
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.factors import names_of
from realpolitik.compiled.grounds import ground
from realpolitik.compiled.marginals import cosine, followed, s_score, stated
from realpolitik.compiled.unilateral import middle
from realpolitik.compiled.wording import actor_name
from realpolitik.language.sentences import level
from realpolitik.results.progress import Told, silent
from realpolitik.results.result import Labelled, Result
from realpolitik.results.statistics import mean, quantiles

Reals = NDArray[np.float64]
Row = Mapping[str, Any]
NO_THEATRE = "elsewhere"
SMALL = 0.02
"""A factor worth less than this (in full swings of the top interest) to an actor is none of its concern."""


@dataclass(frozen=True, eq=False)
class Directions:
    """Marginal values (draw, actor, factor): as written, and with what follows."""

    ensemble: Ensemble
    written: Reals
    with_consequences: Reals

    def means(self) -> Reals:
        """The written ones averaged over draws (actor, factor)."""
        weight = self.ensemble.draws.weight
        return np.asarray(np.tensordot(weight / weight.sum(), self.written, axes=1))


def alignment(ensemble: Ensemble, years: float | None = None, told: Told = silent) -> Result:
    """Whose interests overlap, and where?

    Rows: one for each pair, with `alignment` (`low`, `high`: 90% of draws), `s`, `followed`, `theatres` (cosine
    within each, None where one of them wants nothing there), `shared` and `opposed` factors, largest first,
    `parted_in`: theatres in which they are against each other. Arrays: `alignment` and `followed` (actor, other), `by
    theatre` (theatre, actor, other); not a number where an actor has no interest.
    """
    horizon = middle(ensemble) if years is None else years
    found = Directions(ensemble, stated(ensemble), followed(ensemble, horizon, told))
    pairs = combinations(range(len(ensemble.model.tables.actors)), 2)
    rows = tuple(_row(found, *pair) for pair in pairs)
    return Result(
        "alignment",
        "Whose interests overlap?",
        rows,
        _sentences(rows),
        _arrays(ensemble, rows),
        about(ensemble, unit="cosine of marginal values", years=horizon),
        tuple(_trace(ensemble, rows)),
    )


def _row(found: Directions, one: int, two: int) -> Row:
    model, weight = found.ensemble.model, found.ensemble.draws.weight
    values = cosine(found.written[:, one], found.written[:, two])
    known = np.isfinite(values)
    low, high = quantiles(values[known], weight[known], (0.05, 0.95)) if known.any() else (None, None)
    names = [model.tables.actors[number] for number in (one, two)]
    return {
        "actor": names[0],
        "name": actor_name(model, names[0]),
        "other": names[1],
        "other_name": actor_name(model, names[1]),
        "alignment": _mean(values, weight),
        "low": low,
        "high": high,
        "s": _mean(_s(found.written[:, one], found.written[:, two]), weight),
        "followed": _mean(cosine(found.with_consequences[:, one], found.with_consequences[:, two]), weight),
        "theatres": dict(_theatres(found, one, two)),
        **_factors(found, one, two),
        "parted_in": _parted(found, one, two),
    }


def _mean(values: Reals, weight: Reals) -> float | None:
    known = np.isfinite(values)
    return mean(values[known], weight[known]) if known.any() else None


def _s(one: Reals, two: Reals) -> Reals:
    """S of two directions (draw, factor) on the factors either cares for, each scaled by its largest entry."""
    sizes = [np.abs(item).max(axis=1, keepdims=True) for item in (one, two)]
    pairs = zip((one, two), sizes, strict=True)
    scaled = [np.divide(item, size, out=np.zeros_like(item), where=size > 0) for item, size in pairs]
    cared = (np.abs(one).max(axis=0) > 0) | (np.abs(two).max(axis=0) > 0)
    if not cared.any():
        return np.full(len(one), np.nan)
    return s_score(scaled[0], scaled[1], cared / cared.sum(), 2.0)


def theatre_columns(ensemble: Ensemble) -> dict[str, list[int]]:
    """The factors of each theatre by number, in the file's order; those without one are `elsewhere`."""
    found: dict[str, list[int]] = {}
    for number, factor in enumerate(ensemble.model.situation.factors.values()):
        found.setdefault(factor.theatre or NO_THEATRE, []).append(number)
    return found


def _theatres(found: Directions, one: int, two: int) -> Iterator[tuple[str, float | None]]:
    for theatre, columns in theatre_columns(found.ensemble).items():
        part = found.written[:, :, columns]
        yield theatre, _mean(cosine(part[:, one], part[:, two]), found.ensemble.draws.weight)


def _factors(found: Directions, one: int, two: int) -> Row:
    """The factors both want moved the same way, and the opposite way, those that matter most to both first."""
    means, names = found.means(), found.ensemble.model.tables.factors
    stakes = np.minimum(np.abs(means[one]), np.abs(means[two]))
    same = np.sign(means[one]) == np.sign(means[two])
    order = [int(i) for i in np.argsort(-stakes, kind="stable") if stakes[i] >= SMALL]
    return {
        "shared": tuple(names[i] for i in order if same[i]),
        "opposed": tuple(names[i] for i in order if not same[i]),
    }


def _parted(found: Directions, one: int, two: int) -> tuple[str, ...]:
    """Theatres in which the two are against each other over something that matters to both, the worst first."""
    means, known = found.means(), dict(_theatres(found, one, two))
    against = (means[one] * means[two] < 0) & (np.minimum(np.abs(means[one]), np.abs(means[two])) >= SMALL)
    columns = theatre_columns(found.ensemble)
    parted = {name: value for name, value in known.items() if value is not None and against[columns[name]].any()}
    return tuple(sorted((name for name, value in parted.items() if value < -0.1), key=parted.__getitem__))


def _sentences(rows: tuple[Row, ...]) -> tuple[str, ...]:
    known = sorted((row for row in rows if row["alignment"] is not None), key=lambda row: -row["alignment"])
    closest = [_sentence("Closest", row) for row in known[:3]]
    farthest = [_sentence("Most opposed", row) for row in reversed(known[3:][-3:]) if row["alignment"] < 0]
    divided = sorted((row for row in known if row["parted_in"] and row["alignment"] > 0.05), key=_in_worst)[:3]
    return (*closest, *farthest, *(_split_sentence(row) for row in divided)) or ("No two actors want anything alike.",)


def _sentence(word: str, row: Row) -> str:
    return (
        f"{word}: {row['name']} and {row['other_name']}, {level(row['alignment'])} "
        f"({level(row['low'])} to {level(row['high'])} in 90% of draws; 1 the same, -1 against each other)."
    )


def _in_worst(row: Row) -> float:
    return float(row["theatres"][row["parted_in"][0]])


def _split_sentence(row: Row) -> str:
    return (
        f"{row['name']} and {row['other_name']} agree overall ({level(row['alignment'])}) but are against each other "
        f"in the theatre '{row['parted_in'][0]}' ({level(_in_worst(row))})."
    )


def _arrays(ensemble: Ensemble, rows: tuple[Row, ...]) -> dict[str, Labelled]:
    actors, theatres = ensemble.model.tables.actors, tuple(theatre_columns(ensemble))
    axes = {"actor": actors, "other": actors}
    by_theatre = np.stack([_square(actors, rows, lambda row, t=name: row["theatres"][t]) for name in theatres])
    return {
        "alignment": Labelled(("actor", "other"), axes, _square(actors, rows, lambda row: row["alignment"]), "cosine"),
        "followed": Labelled(("actor", "other"), axes, _square(actors, rows, lambda row: row["followed"]), "cosine"),
        "by theatre": Labelled(("theatre", "actor", "other"), {"theatre": theatres, **axes}, by_theatre, "cosine"),
    }


def _square(actors: tuple[str, ...], rows: tuple[Row, ...], read: Any) -> Reals:
    table = np.full((len(actors), len(actors)), np.nan)
    for row in rows:
        one, two = actors.index(row["actor"]), actors.index(row["other"])
        value = read(row)
        table[one, two] = table[two, one] = np.nan if value is None else value
    np.fill_diagonal(table, 1.0)
    return table


def _trace(ensemble: Ensemble, rows: tuple[Row, ...]) -> Iterator[Row]:
    """The written interests behind the closest and the most opposed pair, with their central weights."""
    known = sorted((row for row in rows if row["alignment"] is not None), key=lambda row: row["alignment"])
    for pair in known[:1] + known[1:][-1:]:
        wanted = {*pair["shared"][:3], *pair["opposed"][:3]}
        for interest in ensemble.model.situation.interests:
            if interest.actor in (pair["actor"], pair["other"]) and names_of(interest.term) & wanted:
                entry = f"{pair['name']} and {pair['other_name']}, weights"
                weight = abs(float(interest.weight.central)) * interest.sign
                yield ground(entry, interest.support.text or interest.key, weight, interest.support)
