"""What one actor can do alone, and what that changes while everybody else goes on as in the untouched run.

A unilateral move is an option of the actor's own at another level than its status quo, or its leaving of a joint
option that any party may leave. `Replays` values such moves by themselves: the decisions of the untouched run are
repeated in every draw, so that only what is held differs, and a run costs no look-ahead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.contrasts import POINT, Contrast
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.holds import Intervention
from realpolitik.compiled.model import Model
from realpolitik.compiled.wording import option_name
from realpolitik.dynamics.engine import simulate
from realpolitik.dynamics.tables import Held, Hold, Plan

Reals = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Move:
    """An option (its number in the tables) held at a level by `actor`; `leaves`: a joint option is left."""

    actor: str
    option: int
    level: int
    leaves: bool = False

    def held(self, model: Model) -> Intervention:
        """The move as an intervention from the start, against its status quo."""
        now = float(model.tables.option_now[self.option])
        hold = Hold(Held.OPTION, self.option, float(self.level))
        return Intervention((hold,), (Hold(Held.OPTION, self.option, now),))

    def id(self, model: Model) -> str:
        """The move as the expression language writes it: `AAA.arm=on`."""
        return f"{model.tables.options[self.option]}={model.tables.levels[self.option][self.level]}"

    def name(self, model: Model) -> str:
        """The move in words."""
        words = option_name(model, model.tables.options[self.option], self.level)
        return f"leaving {model.situation.options[model.tables.options[self.option]].name}" if self.leaves else words


def moves_of(model: Model, actor: str) -> tuple[Move, ...]:
    """Everything `actor` can do alone, in file order."""
    return tuple(_moves(model, actor))


def _moves(model: Model, actor: str) -> Iterator[Move]:
    for number, option in enumerate(model.situation.options.values()):
        if option.owners == (actor,):
            yield from (Move(actor, number, lv) for lv in range(len(option.levels)) if lv != option.now)
        elif actor in option.owners and option.now > 0 and option.leave == "any":
            yield Move(actor, number, 0, leaves=True)


def pairs_of(moves: tuple[Move, ...]) -> tuple[tuple[Move, Move], ...]:
    """Every two of an actor's moves that use different options."""
    return tuple((one, two) for one, two in combinations(moves, 2) if one.option != two.option)


def joined(model: Model, moves: tuple[Move, ...]) -> Intervention:
    """Several moves at once as one intervention."""
    held = [move.held(model) for move in moves]
    return Intervention(tuple(h for item in held for h in item.holds), tuple(h for i in held for h in i.status_quo))


@dataclass(frozen=True, eq=False)
class Replays:
    """Gains by themselves, averaged over the year that ends `years` after the start (None: discounted over all)."""

    ensemble: Ensemble
    years: float | None

    def gains(self, held: Intervention) -> Reals:
        """Gains in points (draw, actor) of what is held over its status quo, the rest as in the untouched run."""
        return (self.worth(held.holds, held.start) - self.worth(held.status_quo, held.start)) / POINT

    def worth(self, holds: tuple[Hold, ...], start: int = 0) -> Reals:
        """Mean utility (draw, actor) with `holds` held while all else repeats the untouched run."""
        name = f"replayed {self.years} {start} {holds!r}"
        known = self.ensemble.known_scales
        if name not in known:
            known[name] = self._worth(holds, start)
        return known[name]

    def _worth(self, holds: tuple[Hold, ...], start: int) -> Reals:
        ensemble, settings = self.ensemble, self.ensemble.settings
        paths = simulate(
            ensemble.model.tables,
            ensemble.draws,
            Plan(holds=holds, replay=ensemble.run().levels),
            seed=settings.seed,
            depth=0,
            kernel=settings.kernel,
            threads=settings.threads,
        )
        return averaged(ensemble, paths.utility, start, self.years)


def averaged(ensemble: Ensemble, utility: Reals, start: int, years: float | None) -> Reals:
    """Mean of U (draw, time, actor) over the answer year, or with each actor's own discount from `start` on."""
    if years is not None:
        window = Contrast(ensemble, Intervention((Hold(Held.OPTION, 0, 0.0, start),))).window(years)
        return np.asarray(utility[:, window].mean(axis=1))
    steps = np.arange(utility.shape[1] - start)
    weights = ensemble.model.tables.actor_discount[None, :] ** steps[:, None]
    return np.asarray((utility[:, start:] * weights).sum(axis=1) / weights.sum(axis=0))


def reached(ensemble: Ensemble, held: Intervention, years: float) -> Bools:
    """Which option levels stand at some time within `years` after the start if `held` is held, (draw, slot).

    Slots are an option's levels, `tables.slot_start[k] + level`. Everybody decides; nothing held gives the free run.
    """
    name = f"reached {years} {held.holds!r}"
    known = ensemble.known_scales
    if name not in known:
        kept = ensemble.has(held.holds)
        levels = ensemble.run(held.holds).levels
        end = min(levels.shape[1] - 1, held.start + round(years * ensemble.model.calendar.per_year))
        known[name] = _slots(ensemble.model, levels[:, held.start : end + 1])
        if not kept and ensemble.store is not None:
            ensemble.runs.pop(ensemble.key(held.holds, None, True))
    return known[name].astype(bool)


def _slots(model: Model, levels: NDArray[np.int8]) -> Reals:
    starts = model.tables.slot_start
    seen = [
        (levels[:, :, option] == level).any(axis=1)
        for option in range(levels.shape[2])
        for level in range(starts[option + 1] - starts[option])
    ]
    return np.stack(seen, axis=1).astype(np.float64)


def total_gains(ensemble: Ensemble, held: Intervention, years: float | None) -> Reals:
    """Gains in points (draw, actor) with everybody reacting, held minus status quo; only the gains are kept."""
    name = f"total {years} {held!r}"
    known = ensemble.known_scales
    if name not in known:
        fresh = [holds for holds in (held.holds, held.status_quo) if not ensemble.has(holds)]
        known[name] = Contrast(ensemble, held).gains(years)
        for holds in fresh if ensemble.store is not None else []:
            ensemble.runs.pop(ensemble.key(holds, None, True), None)
    return known[name]


def middle(ensemble: Ensemble) -> float:
    """The middle answer time of the situation, in years."""
    answers = ensemble.model.situation.answers
    found = answers[len(answers) // 2] if answers else ensemble.model.situation.horizon
    return found.years
