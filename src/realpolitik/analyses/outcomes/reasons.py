"""What would have to change in whose preferences for a joint state to hold.

The value of a path is a sum over the entries of an actor's utility (interests, prices, norms, red lines), each linear
in its weight or price. So one can say which entry draws an actor away, and by which factor its weight would have to
change for the actor to stay in most draws, all its moves considered.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from realpolitik.analyses.outcomes.judged import POINT, Judged, Temptation
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.focal import full_levels
from realpolitik.compiled.gameform import RESOLUTION, discounts
from realpolitik.dynamics.engine import simulate
from realpolitik.dynamics.tables import Draws, Paths, Plan, Tables
from realpolitik.dynamics.terms import UtilityParts, utility_parts

Reals = NDArray[np.float64]
FACTORS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 5.0)
MOST_TARGETS = 64
ENTRIES = (
    ("interest", "interest_actor", "interests"),
    ("price", "price_actor", "prices"),
    ("norm", "norm_actor", "norms"),
    ("red line", "red_actor", "reds"),
)


@dataclass(frozen=True)
class Pull:
    """One entry of the actor's utility: the `points` it adds to the move that tempts, where it does."""

    kind: str
    column: int
    points: float


@dataclass(frozen=True)
class Remedy:
    """With this entry's weight or price multiplied by `factor`, the actor stays in `stays` of all draws."""

    kind: str
    column: int
    factor: float
    stays: float


@dataclass(frozen=True)
class Reason:
    """Why an actor leaves a state. `pulls`: largest first. `remedies`: single changes after which it mostly stays.

    `cost`: what leaving would have to cost it besides, in points, for it to stay in half of all draws.
    """

    temptation: Temptation
    pulls: tuple[Pull, ...]
    remedies: tuple[Remedy, ...]
    cost: float


@dataclass(frozen=True, eq=False)
class _Values:
    """V of the state and of the actor's moves in parts: `parts` (entry, draw, place), place 0 the state itself.

    `open` (draw, move): the move to place 1, 2, ... exists in the draw (others consent).
    """

    entries: tuple[tuple[str, int], ...]
    parts: Reals
    open: NDArray[np.bool_]

    def stays(self, total: Reals) -> NDArray[np.bool_]:
        """In which draws does no move raise the rank? total: V (draw, place)."""
        rank = np.floor(total / RESOLUTION)
        return np.asarray(~((rank[:, 1:] > rank[:, :1]) & self.open).any(axis=1))


def reason(ensemble: Ensemble, judged: Judged, state: int, temptation: Temptation) -> Reason:
    """What draws an actor away from a state, and what would keep it there?"""
    actor = judged.movers.actors[temptation.actor]
    targets, there = judged.movers.moves.open_from(temptation.actor, state, judged.ranks)
    places = [state, *targets[:MOST_TARGETS].tolist()]
    values = _valued(ensemble, judged, places, actor, there[:, :MOST_TARGETS])
    weight, total = judged.form.weight, judged.form.values[:, actor][:, places]
    leaving = ~values.stays(total)
    pulls = _pulls(values, places, temptation, weight * leaving)
    remedies = [found for pull in pulls[:6] if (found := _remedy(values, total, pull, weight))]
    best = np.where(values.open, total[:, 1:] - total[:, :1], -np.inf).max(axis=1)
    cost = _weighted_median(np.maximum(np.where(leaving, best, 0.0), 0.0), weight) / POINT
    return Reason(temptation, tuple(pulls), tuple(sorted(remedies, key=_closeness)), cost)


def _closeness(item: Remedy) -> float:
    """How far the factor is from 1: on a scale of ratios, removal the farthest."""
    return abs(float(np.log(max(item.factor, 0.01))))


def _weighted_median(values: Reals, weight: Reals) -> float:
    order = np.argsort(values, kind="stable")
    place = np.searchsorted(np.cumsum(weight[order]), 0.5 * weight.sum())
    return float(values[order[min(int(place), len(order) - 1)]])


def _valued(ensemble: Ensemble, judged: Judged, places: list[int], actor: int, there: NDArray[np.bool_]) -> _Values:
    tables, draws = ensemble.model.tables, judged.form.draws
    weights = discounts(tables)[:, actor]
    columns = [_parts(tables, draws, _paths(ensemble, judged, place), actor, weights) for place in places]
    entries = tuple(
        (kind, int(c)) for kind, owner, _ in ENTRIES for c in np.flatnonzero(getattr(tables, owner) == actor)
    )
    return _Values(entries, np.stack(columns, axis=2), there)


def _paths(ensemble: Ensemble, judged: Judged, place: int) -> Paths:
    """The paths of one joint state, with everything kept."""
    tables, states, draws = ensemble.model.tables, judged.form.states, judged.form.draws
    levels = full_levels(tables, states.options, states.levels[[place]])
    shape = (len(draws.index), tables.periods + 1, levels.shape[1])
    plan = Plan(replay=np.broadcast_to(levels[:, None, :], shape), review=False, chance=False, tastes=False)
    settings = ensemble.settings
    return simulate(tables, draws, plan, seed=settings.seed, depth=0, kernel=settings.kernel, threads=settings.threads)


def _parts(tables: Tables, draws: Draws, paths: Paths, actor: int, weights: Reals) -> Reals:
    """Every entry of the actor's V, (entry, draw)."""
    found: UtilityParts = utility_parts(tables, draws, paths)
    rows = []
    for _, owner, name in ENTRIES:
        values = getattr(found, name)
        for column in np.flatnonzero(getattr(tables, owner) == actor):
            rows.append(values[:, :, column] @ weights)
    return np.array(rows)


def _pulls(values: _Values, places: list[int], temptation: Temptation, weight: Reals) -> list[Pull]:
    if temptation.target is None or temptation.target not in places or weight.sum() <= 0:
        return []
    change = values.parts[:, :, places.index(temptation.target)] - values.parts[:, :, 0]
    means = change @ weight / weight.sum() / POINT
    pulls = [Pull(kind, column, float(x)) for (kind, column), x in zip(values.entries, means, strict=True)]
    return sorted((pull for pull in pulls if abs(pull.points) >= 0.05), key=lambda pull: -abs(pull.points))


def _remedy(values: _Values, total: Reals, pull: Pull, weight: Reals) -> Remedy | None:
    """The change of one weight closest to none that keeps the actor in at least half of the draws."""
    part = values.parts[values.entries.index((pull.kind, pull.column))]
    for factor in sorted(FACTORS, key=lambda x: abs(float(np.log(max(x, 0.01))))):
        stays = float(weight @ values.stays(total + (factor - 1.0) * part))
        if stays >= 0.5:
            return Remedy(pull.kind, pull.column, factor, stays)
    return None
