"""Whose preferences would have to change for an outcome to hold, the rest falling into place as well as it can?

An outcome names some options and leaves the others free. In every draw the joint state that fits it and needs the least
is taken: that in which the points by which leaving would have to cost more, summed over the actors who leave, are
fewest. What is left is what no choice of the free options can mend.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from realpolitik.analyses.outcomes.judged import Judged, best_moves, weighted_counts
from realpolitik.games.moves import Ints

Reals = NDArray[np.float64]
MOST_TRIED = 256


@dataclass(frozen=True)
class Need:
    """One actor: in which share of draws it `leaves` even so, mostly to `target` (a state; None if it never does).

    `points`: what leaving would have to cost it besides in the median of those draws. `slack`: where it stays, what its
    best move costs it in the median (None if it never stays or has no move).
    """

    actor: int
    leaves: float
    points: float
    target: int | None
    slack: float | None


@dataclass(frozen=True)
class Required:
    """`fits`: how many states fit the outcome; `tried`: of how many the best was taken; `typical`: the state most often
    taken, in a share `taken` of draws. `counts[k]`: share of draws in which k actors would have to change.
    """

    fits: int
    tried: int
    typical: int
    taken: float
    counts: tuple[float, ...]
    needs: tuple[Need, ...]


def required(judged: Judged, matching: NDArray[np.intp]) -> Required:
    """What each actor would have to give up, at best, for some state that fits to hold (R)?

    Where more than 256 states fit, those are tried that most actors would keep most often.
    """
    tried = _most_kept(judged, matching)
    moves = [best_moves(judged, int(s)) for s in tried]
    gains = np.stack([gain for gain, _ in moves], axis=1)
    best = _needing_least(judged, tried, gains)
    draws = np.arange(len(best))
    left = gains[draws, best]
    targets = np.stack([target for _, target in moves], axis=1)[draws, best]
    weight = judged.form.weight
    taken = weighted_counts(tried[best].astype(np.int32), weight)
    typical = max(taken, key=lambda s: taken[s])
    leaving = (left > 0).sum(axis=1)
    counts = tuple(float(weight[leaving == k].sum()) for k in range(left.shape[1] + 1))
    needs = tuple(_need(i, left[:, i], targets[:, i], weight) for i in range(left.shape[1]))
    return Required(len(matching), len(tried), typical, taken[typical], counts, needs)


def _most_kept(judged: Judged, matching: NDArray[np.intp]) -> NDArray[np.intp]:
    kept = judged.stable[0].sum(axis=0)[matching]
    return np.sort(matching[np.argsort(-kept, kind="stable")[:MOST_TRIED]])


def _needing_least(judged: Judged, tried: NDArray[np.intp], gains: Reals) -> NDArray[np.intp]:
    """Which state each draw takes (place among those tried): fewest points, then fewest actors, then nearest to now."""
    states = judged.form.states
    away = (states.levels[tried] != states.levels[states.now]).sum(axis=1)
    points = np.maximum(gains, 0.0).sum(axis=2).round(9)
    actors = (gains > 0).sum(axis=2)
    order = np.lexsort((np.broadcast_to(away, points.shape), actors, points), axis=1)
    return np.asarray(order[:, 0])


def _need(actor: int, gains: Reals, targets: Ints, weight: Reals) -> Need:
    leaving = gains > 0
    staying = np.isfinite(gains) & ~leaving
    slack = float(np.median(-gains[staying])) if staying.any() else None
    if not leaving.any():
        return Need(actor, 0.0, 0.0, None, slack)
    goes = weighted_counts(targets[leaving], weight[leaving])
    target = max(goes, key=lambda s: goes[s])
    return Need(actor, float(weight[leaving].sum()), float(np.median(gains[leaving])), target, slack)
