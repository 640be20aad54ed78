"""Which coalitions could take a joint state elsewhere together, to the gain of every member, and what deters them?

A coalition changes the options of its members at once: any option whose parties all belong to it (of a joint one that
most may agree on, most of them), and a joint option that any party may leave down to its first level. Agreements and
exchanges are moves of the coalition of those who consent. Improvements by all: Kilgour, Hipel, Fang & Peng 2001 (GDN
10:159); CNash, CGMR, CSMR, CSEQ: Inohara & Hipel 2008 (see `games.coalition_draws`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from realpolitik.analyses.outcomes.judged import Judged, weighted_counts
from realpolitik.analyses.outcomes.moves import parties_of
from realpolitik.dynamics.tables import Enter, Leave, Tables
from realpolitik.games.coalition_draws import CoalitionDraws, Steps
from realpolitik.games.concepts import COALITION_CONCEPTS, CONCEPTS

Members = tuple[int, ...]
MOST_ACTORS = 8
MOST_JUDGED = 10
"""With more actors than this the 2^n coalitions are not gone through: CNash, CGMR, CSMR, CSEQ are left out."""
BLOCK = 64


@dataclass(frozen=True)
class CoalitionView:
    """One state before the coalitions. `proof`: share of draws in which it is R and no coalition leaves it.

    `holds`: share of draws in which it is CNash, CGMR, CSMR, CSEQ for every coalition (None: too many to go through).
    `upset` (members as numbers in the game): share of draws in which the smallest coalition that leaves is this one;
    `target`: where it mostly goes.
    """

    state: int
    proof: float
    holds: Mapping[str, float | None]
    upset: tuple[tuple[Members, float, int], ...]


def coalition_game(judged: Judged, tables: Tables) -> CoalitionDraws | None:
    """The coalitions of a situation's game in all its draws; None with too many actors."""
    states, movers = judged.form.states, judged.movers
    if len(movers.actors) > MOST_JUDGED:
        return None
    sizes = tuple(len(tables.levels[k]) for k in states.options)
    cells = np.ravel_multi_index(states.levels.T.astype(np.int64), sizes)
    steps = cache(lambda members: _steps(tables, states.options, {movers.actors[i] for i in members}))
    return CoalitionDraws(sizes, np.asarray(cells, dtype=np.int64), judged.ranks, steps)


def _steps(tables: Tables, options: tuple[int, ...], group: set[int]) -> Steps:
    """The options (columns) a group may set, with the steps it may take."""
    found = {}
    for column, k in enumerate(options):
        levels = range(len(tables.levels[k]))
        allowed = np.array([np.isin(levels, _choices(tables, k, level, group)) for level in levels])
        if allowed.sum() > len(levels):
            found[column] = allowed
    return found


def coalition_view(judged: Judged, tables: Tables, game: CoalitionDraws | None, state: int) -> CoalitionView:
    """In how many draws is a state, stable for each alone, stable for every coalition; which ones upset it?"""
    open_draws = judged.held[CONCEPTS.index("R"), :, state].copy()
    weight = judged.form.weight
    found: list[tuple[Members, float, int]] = []
    for members in _coalitions(len(judged.movers.actors)):
        targets = joint_moves(judged, tables, state, members)
        rows = np.flatnonzero(open_draws)
        if not len(targets) or not len(rows):
            continue
        leaving, where = _leaving(judged, rows, state, members, targets)
        if leaving.any():
            goes = weighted_counts(where[leaving], weight[rows[leaving]])
            found.append((members, float(weight[rows[leaving]].sum()), max(goes, key=lambda s: goes[s])))
            open_draws[rows[leaving]] = False
    found.sort(key=lambda item: -item[1])
    return CoalitionView(state, float(weight[open_draws].sum()), _holds(game, weight, state), tuple(found))


def _holds(game: CoalitionDraws | None, weight: NDArray[np.float64], state: int) -> dict[str, float | None]:
    if game is None:
        return dict.fromkeys(COALITION_CONCEPTS)
    return {c: None if flags is None else min(1.0, float(weight @ flags)) for c, flags in game.flags(state).items()}


def _coalitions(actors: int) -> list[Members]:
    if actors > MOST_ACTORS:
        return [*combinations(range(actors), 2), *combinations(range(actors), 3), tuple(range(actors))]
    return [members for size in range(2, actors + 1) for members in combinations(range(actors), size)]


def joint_moves(judged: Judged, tables: Tables, state: int, members: Members) -> NDArray[np.int32]:
    """Where a coalition can take a state by changing its options at once."""
    states = judged.form.states
    group = {judged.movers.actors[i] for i in members}
    here = states.levels[state]
    choices = [_choices(tables, k, int(here[c]), group) for c, k in enumerate(states.options)]
    if all(len(choice) == 1 for choice in choices):
        return np.zeros(0, dtype=np.int32)
    allowed = np.all([np.isin(states.levels[:, c], choice) for c, choice in enumerate(choices)], axis=0)
    allowed[state] = False
    return np.flatnonzero(allowed).astype(np.int32)


def _choices(tables: Tables, option: int, level: int, group: set[int]) -> list[int]:
    parties = set(parties_of(tables, option))
    irreversible = bool(tables.option_irreversible[option])
    enough = len(parties) // 2 + 1 if tables.option_enter[option] == Enter.MOST else len(parties)
    if len(parties & group) >= enough:
        return list(range(level if irreversible else 0, len(tables.levels[option])))
    may_leave = parties & group and tables.option_leave[option] == Leave.ANY and not irreversible
    return sorted({0, level}) if may_leave else [level]


def _leaving(
    judged: Judged, rows: NDArray[np.intp], state: int, members: Members, targets: NDArray[np.int32]
) -> tuple[NDArray[np.bool_], NDArray[np.int32]]:
    """In which draws do all members gain somewhere, and where do they gain most (the least gain of any, in V)?"""
    leaving, where = np.zeros(len(rows), dtype=bool), np.zeros(len(rows), dtype=np.int32)
    own = np.array(members)
    actors = np.array(judged.movers.actors)[own]
    for first in range(0, len(rows), BLOCK):
        part = rows[first : first + BLOCK]
        ranks = judged.ranks[np.ix_(part, own)]
        better = np.asarray((ranks[:, :, targets] > ranks[:, :, [state]]).all(axis=1))
        values = judged.form.values[np.ix_(part, actors)]
        least = (values[:, :, targets] - values[:, :, [state]]).min(axis=1)
        best = np.where(better, least, -np.inf).argmax(axis=1)
        leaving[first : first + BLOCK] = better.any(axis=1)
        where[first : first + BLOCK] = targets[best]
    return leaving, where
