"""Where do partners' interests part, which moves of outsiders split them and at what price, and does pressing all of
them alike do better?

Method: a factor parts two partners where their marginal values (see `compiled.marginals`) have opposite signs; what
is at stake is the smaller of the two. A move of outsiders is valued with everybody reacting, against the untouched
run, over the year that ends `years` after. It is a wedge where one partner gains more than half a point by it while
another loses as much, on average; its reach is the difference between the best and the worst treated partner; its
price is what it brings the movers themselves. It is uniform pressure where every partner loses. Both are set against
what is left of the partners' ties (see `compiled.ties`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from realpolitik.compiled.about import about
from realpolitik.compiled.contrasts import LOSS
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.factors import names_of
from realpolitik.compiled.grounds import ground
from realpolitik.compiled.marginals import stated
from realpolitik.compiled.model import Model
from realpolitik.compiled.ties import Outcome, OutsideMove, outcome, outside_moves
from realpolitik.compiled.unilateral import middle
from realpolitik.compiled.wording import actor_name
from realpolitik.errors import QuestionRefused, did_you_mean
from realpolitik.language.sentences import capital, listed, share, signed
from realpolitik.results.progress import Told, each, silent
from realpolitik.results.result import Labelled, Result
from realpolitik.results.statistics import mean

Row = Mapping[str, Any]
TOLD = 4
STAKE = 0.02


@dataclass(frozen=True, eq=False)
class Asked:
    """Whose partnership, and after how long."""

    ensemble: Ensemble
    partners: tuple[str, ...]
    years: float

    @property
    def places(self) -> list[int]:
        """The partners' numbers."""
        return [self.ensemble.model.tables.actors.index(name) for name in self.partners]


def wedges(ensemble: Ensemble, partners: tuple[str, ...], years: float | None = None, told: Told = silent) -> Result:
    """Where do `partners` part, and what splits them at what price?

    Rows of kind `interest`: a factor that parts two of them, with their marginal values and the stake. Rows of kind
    `move`: what outsiders can do, with each partner's gain, `reach`, `splits` (share of draws in which one gains and
    one loses), `price` (the movers' own gains), `ties` (change of what stands) and `sort`: wedge, uniform pressure,
    favour or neither. Array: `gain` (move, partner), points. Raises `QuestionRefused` for fewer than two partners or
    an unknown one.
    """
    _known(ensemble, partners)
    asked = Asked(ensemble, partners, middle(ensemble) if years is None else years)
    interests = sorted(_interests(asked), key=lambda row: -row["stake"])
    outside = each(outside_moves(ensemble.model, partners), told, lambda move: move.name)
    moves = sorted((_move_row(asked, move) for move in outside), key=_order)
    names = tuple(actor_name(ensemble.model, name) for name in partners)
    return Result(
        "wedges",
        f"What parts {listed(names)}, and what does it cost to split them?",
        (*interests, *moves),
        (*_interest_sentences(ensemble.model, interests), *_move_sentences(asked, moves)),
        _arrays(asked, moves),
        about(ensemble, unit="points", years=asked.years, compared_with="the untouched run"),
        tuple(_trace(asked, interests)),
    )


def _known(ensemble: Ensemble, partners: tuple[str, ...]) -> None:
    actors = ensemble.model.tables.actors
    for name in partners:
        if name not in actors:
            raise QuestionRefused(f"'{name}' is no actor. {did_you_mean(name, actors)}".strip())
    if len(set(partners)) < 2:
        raise QuestionRefused("A wedge needs at least two partners: --partners AAA,BBB.")


def _interests(asked: Asked) -> Iterator[Row]:
    ensemble, weight = asked.ensemble, asked.ensemble.draws.weight
    means = np.tensordot(weight / weight.sum(), stated(ensemble), axes=1)
    factors = ensemble.model.situation.factors
    for one, two in combinations(asked.places, 2):
        for number, factor in enumerate(factors.values()):
            left, right = float(means[one, number]), float(means[two, number])
            if left * right < 0 and min(abs(left), abs(right)) >= STAKE:
                names = [ensemble.model.tables.actors[place] for place in (one, two)]
                yield {
                    "kind": "interest",
                    "factor": factor.id,
                    "factor_name": factor.name,
                    "theatre": factor.theatre,
                    "more": names[0] if left > 0 else names[1],
                    "less": names[1] if left > 0 else names[0],
                    "values": {names[0]: left, names[1]: right},
                    "stake": min(abs(left), abs(right)),
                }


def _move_row(asked: Asked, move: OutsideMove) -> Row:
    model, weight = asked.ensemble.model, asked.ensemble.draws.weight
    found = outcome(asked.ensemble, asked.partners, move.held, asked.years)
    means = {
        name: mean(found.gains[:, place], weight) for name, place in zip(asked.partners, asked.places, strict=True)
    }
    owners = [model.tables.actors.index(name) for name in move.actors]
    return {
        "kind": "move",
        "move": move.name,
        "by": move.actors,
        "by_names": tuple(actor_name(model, name) for name in move.actors),
        "gains": means,
        "reach": max(means.values()) - min(means.values()),
        "splits": _splits(asked, found),
        "price": {model.tables.actors[place]: mean(found.gains[:, place], weight) for place in owners},
        "ties": None if np.isnan(found.ties).all() else mean(found.ties, weight),
        "sort": _sort(tuple(means.values())),
    }


def _splits(asked: Asked, found: Outcome) -> float:
    gains = found.gains[:, asked.places]
    split = (gains.max(axis=1) > LOSS) & (gains.min(axis=1) < -LOSS)
    return mean(split.astype(np.float64), asked.ensemble.draws.weight)


def _sort(gains: tuple[float, ...]) -> str:
    if max(gains) > LOSS and min(gains) < -LOSS:
        return "wedge"
    if max(gains) < -LOSS:
        return "uniform pressure"
    return "favour" if min(gains) > LOSS else "neither"


def _order(row: Row) -> tuple[bool, float]:
    return (row["sort"] != "wedge", -float(row["reach"]))


def _interest_sentences(model: Model, rows: list[Row]) -> Iterator[str]:
    if not rows:
        yield "Nothing the partners want at the start parts them."
    for row in rows[:TOLD]:
        more, less = (actor_name(model, row[side]) for side in ("more", "less"))
        values = row["values"]
        yield (
            f"{capital(row['factor_name'])}: {more} wants more of it and {less} less (a full swing is worth "
            f"{signed(100 * values[row['more']])} and {signed(100 * values[row['less']])} points)."
        )


def _move_sentences(asked: Asked, rows: list[Row]) -> Iterator[str]:
    split = [row for row in rows if row["sort"] == "wedge"]
    pressure = sorted((row for row in rows if row["sort"] == "uniform pressure"), key=lambda row: sum(_all(row)))
    if not split:
        yield "No move of outsiders brings one partner a gain and another a loss on average."
        near = [row for row in rows if row["splits"] > 0.0 and row["sort"] == "neither"]
        nearest = sorted(near, key=lambda row: -row["splits"])
        yield from (_move_sentence(asked, f"In {share(row['splits'])} of draws", row) for row in nearest[:2])
    yield from (_move_sentence(asked, "Splits them", row) for row in split[:TOLD])
    yield from (_move_sentence(asked, "Presses all", row) for row in pressure[:2])
    if split and pressure:
        yield _compared(split, pressure)
    yield from _tie_sentence(rows)


def _all(row: Row) -> tuple[float, ...]:
    return tuple(row["gains"].values())


def _move_sentence(asked: Asked, word: str, row: Row) -> str:
    model = asked.ensemble.model
    gains = ", ".join(f"{actor_name(model, name)} {signed(value)}" for name, value in row["gains"].items())
    price = ", ".join(f"{actor_name(model, name)} {signed(value)}" for name, value in row["price"].items())
    ties = "" if row["ties"] is None else f"; their ties {row['ties']:+.2f}"
    split = f" (so in {share(row['splits'])} of draws)" if row["sort"] == "wedge" else ""
    return f"{word}: '{row['move']}': {gains} points{split}{ties}; it brings those who do it {price}."


def _compared(split: list[Row], pressure: list[Row]) -> str:
    """The widest wedge against the hardest pressure: price, and what either leaves of the ties."""
    told = [
        f"'{row['move']}' brings those who do it {signed(sum(row['price'].values()))} points in all"
        + ("" if row["ties"] is None else f" and changes the partners' ties by {row['ties']:+.2f}")
        for row in (split[0], pressure[0])
    ]
    return f"Splitting against pressing: {told[0]}; {told[1]}."


def _tie_sentence(rows: list[Row]) -> Iterator[str]:
    known = [row["ties"] for row in rows if row["ties"] is not None]
    if known and max(map(abs, known)) < 0.005:
        yield "No move of outsiders changes what stands of the partners' joint options and deals by as much as 0.01."


def _arrays(asked: Asked, moves: list[Row]) -> dict[str, Labelled]:
    names = tuple(f"{listed(row['by_names'])}: {row['move']}" for row in moves)
    table = np.array([_all(row) for row in moves]).reshape(len(moves), len(asked.partners))
    return {"gain": Labelled(("move", "partner"), {"move": names, "partner": asked.partners}, table, "points")}


def _trace(asked: Asked, rows: list[Row]) -> Iterator[Row]:
    """The written interests behind what parts them, with the marginal value of the factor to each."""
    for row in rows[:TOLD]:
        for item in asked.ensemble.model.situation.interests:
            if item.actor in row["values"] and row["factor"] in names_of(item.term):
                value = row["values"][item.actor]
                yield ground(f"{row['factor_name']}, marginal value", item.key, value, item.support)
