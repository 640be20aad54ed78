"""Everything asked about the joint outcomes of a situation, computed once: what `result` then says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from realpolitik.analyses.outcomes.asked import taken_by_default
from realpolitik.analyses.outcomes.coalitions import CoalitionView, coalition_game, coalition_view
from realpolitik.analyses.outcomes.effects import Effect, option_effects
from realpolitik.analyses.outcomes.judged import Judged, Temptation, judge, most_used_paths, temptations
from realpolitik.analyses.outcomes.moves import movers_of
from realpolitik.analyses.outcomes.reasons import Reason, reason
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.focal import JointStates
from realpolitik.compiled.gameform import game_form
from realpolitik.games.concepts import CONCEPTS, Convention
from realpolitik.games.paths import Path

Matching = NDArray[np.intp]

SHOWN = 6
Told = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Settings:
    """How the game is read: the sanction rule, whether the others respond, whether one-off switch costs count."""

    convention: Convention = "legal-sequences"
    responding: bool = False
    switches: bool = False
    effects: bool = False


@dataclass(frozen=True, eq=False)
class Study:
    """`shown`: the status quo, the most frequent equilibria, and the outcome asked about (`outcome`: its state, None
    if none was). `fits`, `fits_answered`: share of draws in which some state that fits it is an equilibrium (R, SEQ).
    `chosen_for_you`: the options in the game are those taken where none are named.
    """

    ensemble: Ensemble
    judged: Judged
    settings: Settings
    shown: tuple[int, ...]
    coalitions: Mapping[int, CoalitionView]
    paths: Mapping[int, tuple[Path, float]]
    margins: Mapping[int, tuple[Temptation, ...]]
    outcome: int | None
    fits: float
    fits_answered: float
    reasons: tuple[Reason, ...]
    effects: tuple[Effect, ...]
    chosen_for_you: bool


def study(
    ensemble: Ensemble,
    states: JointStates,
    wanted: Mapping[int, int],
    settings: Settings | None = None,
    told: Told = lambda text, done, total: None,
) -> Study:
    """Values, equilibria, coalitions, paths, margins, and what would have to change for the outcome asked about.

    Without an outcome the reasons are those against the status quo.
    """
    settings = settings or Settings()
    told("what every joint outcome is worth", 0, 4)
    form = game_form(ensemble, states, responding=settings.responding, switches=settings.switches)
    told("which outcomes hold", 1, 4)
    judged = judge(form, movers_of(ensemble.model.tables, states), settings.convention)
    told("coalitions, paths, reasons", 2, 4)
    outcome = closest(judged, states.matching(wanted)) if wanted else None
    shown = _shown(judged, outcome)
    margins = {s: tuple(temptations(judged, s)) for s in shown}
    asked = states.now if outcome is None else outcome
    game = coalition_game(judged, ensemble.model.tables)
    found = Study(
        ensemble,
        judged,
        settings,
        shown,
        {s: coalition_view(judged, ensemble.model.tables, game, s) for s in shown},
        most_used_paths(judged, [s for s in shown if s != states.now]),
        margins,
        outcome,
        _fitting(judged, "R", states.matching(wanted)) if wanted else 0.0,
        _fitting(judged, "SEQ", states.matching(wanted)) if wanted else 0.0,
        _reasons(ensemble, judged, asked, margins[asked]),
        tuple(option_effects(judged, ensemble.model.tables)) if settings.effects else (),
        taken_by_default(ensemble, states.options, wanted),
    )
    told("done", 4, 4)
    return found


def _fitting(judged: Judged, concept: str, matching: Matching) -> float:
    """In which share of draws is one of the states an equilibrium?"""
    return float(judged.share(judged.held[CONCEPTS.index(concept)][:, matching].any(axis=1)))


def _shown(judged: Judged, outcome: int | None) -> tuple[int, ...]:
    """The status quo, the outcome asked about, then the states most often R (SEQ where R is even) that ever are."""
    r, seq = judged.shares("R"), judged.shares("SEQ")
    order = [int(s) for s in np.lexsort((-seq, -r)) if r[s] > 0 or seq[s] > 0][:SHOWN]
    first = [judged.form.states.now] if outcome is None else [judged.form.states.now, outcome]
    return tuple(dict.fromkeys([*first, *order]))


def closest(judged: Judged, matching: Matching) -> int:
    """Of the states that fit an outcome, the one that holds most often; then the one that most actors would keep; then
    the one that differs least from the status quo.
    """
    states = judged.form.states
    r, kept = judged.shares("R"), judged.stable[0].sum(axis=0)
    away = (states.levels != states.levels[states.now]).sum(axis=1)
    return max(
        (int(s) for s in matching), key=lambda s: (round(float(r[s]), 9), round(float(kept[s]), 9), -int(away[s]))
    )


def _reasons(ensemble: Ensemble, judged: Judged, state: int, found: Sequence[Temptation]) -> tuple[Reason, ...]:
    """Why the actors leave a state, the one most often tempted first. Only where the others stay as they are."""
    if judged.form.responding:
        return ()
    leaving = sorted((item for item in found if item.leaves >= 0.02), key=lambda item: -item.leaves)
    return tuple(reason(ensemble, judged, state, item) for item in leaving)
