"""What holds partners together, and what outsiders can do about it.

Ties of a group: joint options to which at least two of it belong, and exchanges whose legs at least two of them give.
How much stands of a tie: a joint option's level over its highest, an exchange 0 or 1. Outsiders' moves: what one of
them can do alone, and the situation's scenarios in which outsiders have a part in everything held (an effort made
together with one of the partners is a way to split it from the others).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.contrasts import POINT
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.holds import Intervention, intervention
from realpolitik.compiled.model import Model
from realpolitik.compiled.unilateral import averaged, moves_of
from realpolitik.dynamics.tables import Held, Paths
from realpolitik.language.expression import Hold as Written
from realpolitik.language.expression import Setting

Reals = NDArray[np.float64]


@dataclass(frozen=True)
class OutsideMove:
    """Something outsiders can do to a group: by whom, how it is called, what is held."""

    actors: tuple[str, ...]
    name: str
    held: Intervention


def outside_moves(model: Model, group: tuple[str, ...]) -> tuple[OutsideMove, ...]:
    """Every move of one outsider alone, and every scenario that is theirs alone."""
    return (*_alone(model, group), *_scenarios(model, group))


def _alone(model: Model, group: tuple[str, ...]) -> Iterator[OutsideMove]:
    seen = set()
    for actor in model.tables.actors:
        for move in moves_of(model, actor) if actor not in group else ():
            if not move.leaves or move.option not in seen:
                seen.add(move.option)
                yield OutsideMove((actor,), move.name(model), move.held(model))


def _scenarios(model: Model, group: tuple[str, ...]) -> Iterator[OutsideMove]:
    options = model.situation.options
    for name, scenario in model.situation.scenarios.items():
        held = intervention(model, Setting(do=(Written("scenario", name),)))
        if not held.holds or any(hold.held is not Held.OPTION for hold in held.holds):
            continue
        owners = [options[model.tables.options[hold.index]].owners for hold in held.holds]
        outside = tuple(dict.fromkeys(owner for parties in owners for owner in parties if owner not in group))
        if len(held.holds) > 1 and all(set(parties) - set(group) for parties in owners):
            yield OutsideMove(outside, scenario.name, held)


def ties_of(model: Model, group: tuple[str, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The numbers of the group's joint options, and of its exchanges."""
    options = [
        number for number, item in enumerate(model.situation.options.values()) if len(set(item.owners) & set(group)) > 1
    ]
    exchanges = [
        number
        for number, item in enumerate(model.situation.exchanges.values())
        if len({leg.giver for leg in item.legs} & set(group)) > 1
    ]
    return tuple(options), tuple(exchanges)


def standing(model: Model, group: tuple[str, ...], paths: Paths, period: int) -> Reals:
    """How much of the group's ties stands in a period, 0 to 1 (draw,); not a number where it has none."""
    options, exchanges = ties_of(model, group)
    if not options and not exchanges:
        return np.full(len(paths.levels), np.nan)
    tops = np.array([len(model.tables.levels[option]) - 1 for option in options])
    joint = paths.levels[:, period, list(options)] / tops
    return np.asarray(np.hstack([joint, paths.formed[:, period, list(exchanges)]]).mean(axis=1))


@dataclass(frozen=True, eq=False)
class Outcome:
    """What an outside move changes: gains in points (draw, actor), ties of the group (draw,)."""

    gains: Reals
    ties: Reals


def outcome(ensemble: Ensemble, group: tuple[str, ...], held: Intervention, years: float) -> Outcome:
    """Gains and change of ties with everybody reacting, against the untouched run."""
    name = f"outcome {years} {group} {held!r}"
    known = ensemble.known_scales
    if name not in known:
        known[name] = _outcome(ensemble, group, held, years)
    return Outcome(known[name][:, :-1], known[name][:, -1])


def _outcome(ensemble: Ensemble, group: tuple[str, ...], held: Intervention, years: float) -> Reals:
    free, kept = ensemble.run(), ensemble.has(held.holds)
    paths = ensemble.run(held.holds)
    period = held.start + round(years * ensemble.model.calendar.per_year)
    change = averaged(ensemble, paths.utility - free.utility, held.start, years) / POINT
    ties = standing(ensemble.model, group, paths, period) - standing(ensemble.model, group, free, period)
    if not kept and ensemble.store is not None:
        ensemble.runs.pop(ensemble.key(held.holds, None, True), None)
    return np.hstack([change, ties[:, None]])
