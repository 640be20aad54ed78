"""What does each option do for the outcome: what holds only because it can be used, or only if it cannot?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from realpolitik.analyses.outcomes.judged import Judged, judge
from realpolitik.analyses.outcomes.moves import movers_of
from realpolitik.compiled.focal import JointStates
from realpolitik.compiled.gameform import GameForm
from realpolitik.dynamics.tables import Tables
from realpolitik.games.concepts import CONCEPTS


@dataclass(frozen=True)
class Effect:
    """`held_up`, `undone`: of the equilibria among states that leave the option at its status quo, the mean number in a
    draw that vanish, or appear, if it could not be used.
    """

    option: int
    concept: str
    held_up: float
    undone: float


def option_effects(judged: Judged, tables: Tables, concepts: tuple[str, ...] = ("R", "SEQ")) -> list[Effect]:
    """For every option of the game: threats hold up outcomes (SEQ), temptations undo them (compare Alhindi 2018)."""
    return [item for column in range(len(judged.form.states.options)) for item in _of(judged, tables, column, concepts)]


def _of(judged: Judged, tables: Tables, column: int, concepts: tuple[str, ...]) -> list[Effect]:
    states = judged.form.states
    kept = np.flatnonzero(states.levels[:, column] == states.levels[states.now, column])
    rest = tuple(k for c, k in enumerate(states.options) if c != column)
    if not rest:
        return []
    levels = np.delete(states.levels[kept], column, axis=1)
    fewer = JointStates(rest, levels, int(np.flatnonzero(kept == states.now)[0]))
    form = judged.form
    smaller = GameForm(fewer, form.draws, form.values[:, :, kept], form.dealt, form.responding, form.switches)
    found = judge(smaller, movers_of(tables, fewer), judged.convention, concepts=concepts)
    return [_compare(judged, found, kept, states.options[column], concept) for concept in concepts]


def _compare(judged: Judged, without: Judged, kept: NDArray[np.intp], option: int, concept: str) -> Effect:
    row = CONCEPTS.index(concept)
    before, after = judged.held[row][:, kept], without.held[row]
    weight = judged.form.weight
    return Effect(
        option, concept, float(weight @ (before & ~after).sum(axis=1)), float(weight @ (after & ~before).sum(axis=1))
    )
