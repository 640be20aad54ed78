"""A situation's game form as an ordinal conflict: to be written, shared, and analysed state by state.

Agreements and exchanges become explicit moves of the parties that could propose them with success under these
preferences, so every tool that reads conflicts sees the same moves.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from realpolitik.analyses.outcomes.moves import movers_of, parties_of
from realpolitik.analyses.outcomes.words import state_label
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.focal import JointStates
from realpolitik.compiled.gameform import RESOLUTION, game_form, rolled_out
from realpolitik.conflicts.model import Conflict, Option, Preference, State
from realpolitik.dynamics.tables import Draws
from realpolitik.errors import Finding, QuestionRefused
from realpolitik.games.frequencies import ordinal

MOST_STATES = 5_000


def conflict_of(ensemble: Ensemble, states: JointStates, draw: int | None = None) -> Conflict:
    """The conflict at central values (hypotheses averaged by credence), or in one draw of the game form.

    Raises `QuestionRefused` for a draw that is not there, or for more states than a conflict can list.
    """
    if len(states.levels) > MOST_STATES:
        raise QuestionRefused(f"{len(states.levels):,} states are too many to list; up to {MOST_STATES:,}.")
    values = values_of(ensemble, states, draw)
    tables = ensemble.model.tables
    movers = movers_of(tables, states)
    ranks = ordinal(values[list(movers.actors)], RESOLUTION)
    names = tuple(tables.actors[a] for a in movers.actors)
    return Conflict(
        name=f"{ensemble.model.situation.title} ({'central values' if draw is None else f'draw {draw}'})",
        actors=names,
        options=_options(ensemble, states, movers.actors),
        states=tuple(
            State(state_label(ensemble.model, states, s), (tuple(row),)) for s, row in enumerate(states.levels.tolist())
        ),
        moves=movers.moves.lists(ranks),
        preferences=tuple(Preference("ranking", tuple(row)) for row in ranks.tolist()),
        transitive=movers.moves.transitive,
        status_quo=states.now,
        notes=tuple(_notes(ensemble, states)),
    )


def values_of(ensemble: Ensemble, states: JointStates, draw: int | None = None) -> NDArray[np.float64]:
    """What every joint state is worth to every actor of the situation, V (actor, state), in full swings of its top
    interest: at central values (hypotheses averaged by credence), or in one draw of the game form.
    """
    return _central(ensemble, states) if draw is None else _one(ensemble, states, draw)


def _central(ensemble: Ensemble, states: JointStates) -> NDArray[np.float64]:
    """V (actor, state) at central values: the mean over combinations of hypotheses."""
    draws: Draws = ensemble.model.central()
    values = rolled_out(ensemble, states, draws)
    return np.asarray(np.tensordot(draws.weight / draws.weight.sum(), values, axes=1))


def _one(ensemble: Ensemble, states: JointStates, draw: int) -> NDArray[np.float64]:
    form = game_form(ensemble, states)
    if not 0 <= draw < len(form.values):
        raise QuestionRefused(f"There is no draw {draw}; the game form has draws 0 to {len(form.values) - 1}.")
    return np.asarray(form.values[draw])


def _options(ensemble: Ensemble, states: JointStates, actors: Sequence[int]) -> tuple[Option, ...]:
    """The options in the game; a joint one is listed under its first party."""
    tables = ensemble.model.tables
    return tuple(
        Option(
            tables.options[k],
            actors.index(parties_of(tables, k)[0]),
            tuple(tables.levels[k]),
            "up" if tables.option_irreversible[k] else "both",
        )
        for k in states.options
    )


def _notes(ensemble: Ensemble, states: JointStates) -> list[Finding]:
    tables = ensemble.model.tables
    joint = [tables.options[k] for k in states.options if len(parties_of(tables, k)) > 1]
    if not joint:
        return []
    message = f"{', '.join(joint)}: agreements, written as moves of any party that would find the others' consent."
    return [Finding("note", message)]
