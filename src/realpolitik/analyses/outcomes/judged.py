"""Draw by draw: which joint states hold, for whom, which can be reached from the status quo, and by what margin."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from realpolitik.analyses.outcomes.moves import Movers
from realpolitik.compiled.gameform import RESOLUTION, GameForm
from realpolitik.games.attain import climbing_rows, reached
from realpolitik.games.concepts import CONCEPTS, Convention
from realpolitik.games.frequencies import ordinal, wilson
from realpolitik.games.moves import Ints
from realpolitik.games.paths import Path
from realpolitik.games.verdicts import verdicts

Reals = NDArray[np.float64]
Bools = NDArray[np.bool_]
POINT = 0.01


@dataclass(frozen=True, eq=False)
class Judged:
    """`held` (concept, draw, state): an equilibrium. `attained` (draw, state): reached by improvements.

    `stable` (concept, actor, state): share of draws in which it is stable for the actor.
    """

    form: GameForm
    movers: Movers
    convention: Convention
    ranks: Ints
    held: Bools
    attained: Bools
    stable: Reals

    def share(self, flags: Bools) -> Reals:
        """Weighted share of draws of flags (draw, state), or of flags (draw,); rounding never takes it above 1."""
        return np.minimum(self.form.weight @ flags, 1.0)

    def shares(self, concept: str) -> Reals:
        """How often each state is an equilibrium, (state,)."""
        return self.share(self.held[CONCEPTS.index(concept)])

    def interval(self, share: float) -> tuple[float, float]:
        """The 90% interval of a share for sampling error only, with the effective number of draws."""
        low, high = wilson(np.array([share]), 1.0 / float((self.form.weight**2).sum()))
        return float(low[0]), float(high[0])

    def by_hypothesis(self, flags: NDArray[np.bool_], combinations: int) -> list[float]:
        """The share of flags (draw,) under each combination of hypotheses; NaN where no draw stands under it."""
        combination, weight = self.form.draws.combination, self.form.weight
        out = []
        for c in range(combinations):
            within = weight * (combination == c)
            out.append(float(within @ flags / within.sum()) if within.sum() > 0 else float("nan"))
        return out


def judge(
    form: GameForm,
    movers: Movers,
    convention: Convention = "legal-sequences",
    told: Callable[[int, int], None] | None = None,
    concepts: Sequence[str] = CONCEPTS,
) -> Judged:
    """Every draw's order, moves, equilibria and what improvements reach. Ranks: floor(V / 0.005)."""
    count, states = len(form.values), form.values.shape[2]
    ranks = ordinal(form.values[:, list(movers.actors)], RESOLUTION)
    held = np.zeros((len(CONCEPTS), count, states), dtype=bool)
    attained = np.zeros((count, states), dtype=bool)
    stable = np.zeros((len(CONCEPTS), len(movers.actors), states))
    for n, order in enumerate(ranks):
        arcs = movers.moves.arcs(order)
        flags = verdicts(arcs, order, convention, concepts).flags
        held[:, n] = flags.all(axis=1)
        stable += form.weight[n] * flags
        attained[n] = reached(climbing_rows(arcs, order), states, form.states.now).states
        if told is not None:
            told(n + 1, count)
    return Judged(form, movers, convention, ranks, held, attained, stable)


def most_used_paths(judged: Judged, targets: Sequence[int]) -> dict[int, tuple[Path, float]]:
    """For each target the shortest improvement path from the status quo that most draws share (movers as numbers in the
    game), and the weight of the draws in which it is the shortest one found; () and 0 where it is never reached.
    """
    counts: dict[int, dict[Path, float]] = {target: {} for target in targets}
    wanted = np.asarray(list(targets), dtype=np.intp)
    for n in np.flatnonzero(judged.attained[:, wanted].any(axis=1)).tolist():
        arcs = judged.movers.moves.arcs(judged.ranks[n])
        found = reached(climbing_rows(arcs, judged.ranks[n]), arcs.n_states, judged.form.states.now)
        for target in wanted[judged.attained[n, wanted]].tolist():
            path = found.path(target)
            counts[target][path] = counts[target].get(path, 0.0) + float(judged.form.weight[n])
    return {t: max(by.items(), key=lambda item: item[1], default=((), 0.0)) for t, by in counts.items()}


@dataclass(frozen=True)
class Temptation:
    """What would make an actor leave a state: in which share of draws it would, mostly to which state, by how much.

    `points`: the gain of its best move in the median of the draws in which it leaves. `slack`: of the draws in which it
    stays, the median of what its best move would cost it (None if it never stays or has no move).
    """

    actor: int
    leaves: float
    target: int | None
    points: float
    slack: float | None


def temptations(judged: Judged, state: int) -> list[Temptation]:
    """For every actor in the game: does it leave the state, where to, and by what margin?"""
    gains, targets = best_moves(judged, state)
    return [_temptation(judged, i, gains[:, i], targets[:, i]) for i in range(len(judged.movers.actors))]


def best_moves(judged: Judged, state: int) -> tuple[Reals, Ints]:
    """Every draw's best move of every actor from a state: gain in points (draw, actor; -inf without a move), target.

    A move is a gain only if it raises the rank; one that does not counts as what it costs, at most 0.
    """
    count, actors = judged.ranks.shape[:2]
    gains, best = np.full((count, actors), -np.inf), np.full((count, actors), -1, dtype=np.int32)
    for i, actor in enumerate(judged.movers.actors):
        targets, there = judged.movers.moves.open_from(i, state, judged.ranks)
        if not len(targets):
            continue
        values, order = judged.form.values[:, actor], judged.ranks[:, i]
        change = (values[:, targets] - values[:, [state]]) / POINT
        change = np.where(order[:, targets] > order[:, [state]], change, np.minimum(change, 0.0))
        change = np.where(there, change, -np.inf)
        place = change.argmax(axis=1)
        gains[:, i] = change[np.arange(count), place]
        best[:, i] = np.where(np.isfinite(gains[:, i]), targets[place], -1)
    return gains, best


def _temptation(judged: Judged, i: int, gains: Reals, targets: Ints) -> Temptation:
    weight, leaving = judged.form.weight, gains > 0
    staying = np.isfinite(gains) & ~leaving
    slack = float(np.median(-gains[staying])) if staying.any() else None
    if not leaving.any():
        return Temptation(i, 0.0, None, 0.0, slack)
    where = weighted_counts(targets[leaving], weight[leaving])
    return Temptation(
        i, float(weight[leaving].sum()), max(where, key=lambda s: where[s]), float(np.median(gains[leaving])), slack
    )


def weighted_counts(items: NDArray[np.int32], weight: Reals) -> Mapping[int, float]:
    """The weight of each item."""
    found: dict[int, float] = {}
    for item, part in zip(items.tolist(), weight.tolist(), strict=True):
        found[item] = found.get(item, 0.0) + part
    return found
