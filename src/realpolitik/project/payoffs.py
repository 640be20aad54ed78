"""A situation's options as a strategic game: what classical solutions (equilibria, values) are computed from."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from realpolitik.analyses import outcomes
from realpolitik.errors import QuestionRefused

if TYPE_CHECKING:
    from realpolitik.compiled.focal import JointStates
    from realpolitik.dynamics.tables import Tables
    from realpolitik.project.project import Project


@dataclass(frozen=True, eq=False)
class Payoffs:
    """`values` (actor, choice of actor 0, choice of actor 1, ...): V in points, hundredths of a full swing of the
    actor's top interest. `choices[actor]`: what each choice is, `AAA.x=on & AAA.y=off`.
    """

    actors: tuple[str, ...]
    choices: tuple[tuple[str, ...], ...]
    values: NDArray[np.float64]


def as_game(found: Payoffs, title: str) -> str:
    """The payoffs as a strategic game in Gambit's format (`.nfg`)."""
    from realpolitik.conflicts.nfg_writer import game_text  # noqa: PLC0415

    flat = np.moveaxis(found.values, 0, -1).reshape(-1, len(found.actors), order="F")
    return game_text(title, found.actors, found.choices, flat.tolist())


def payoffs(project: Project, focal: Sequence[str], draw: int | None = None) -> Payoffs:
    """What every combination of some options is worth to those who own them: at central values, or in one draw.

    Raises `QuestionRefused` for an option of several parties (its agreement is no choice of one player), and where some
    combination is infeasible.
    """
    ensemble = project.ensemble()
    states, _ = outcomes.asked_states(ensemble, tuple(focal))
    tables = ensemble.model.tables
    owners = [_owner(tables, k) for k in states.options]
    sizes = [len(tables.levels[k]) for k in states.options]
    if len(states.levels) < math.prod(sizes):
        raise QuestionRefused("Some combinations of these options are infeasible: that is no strategic game.")
    actors = sorted(set(owners))
    order = sorted(range(len(owners)), key=lambda column: owners[column])
    values = 100 * outcomes.values_of(ensemble, states, draw)[actors]
    grid = np.transpose(values.reshape(len(actors), *sizes), (0, *(1 + column for column in order)))
    choices = tuple(_choices(tables, states, [c for c in order if owners[c] == a]) for a in actors)
    shape = (len(actors), *(len(row) for row in choices))
    return Payoffs(tuple(tables.actors[a] for a in actors), choices, np.ascontiguousarray(grid.reshape(shape)))


def _owner(tables: Tables, option: int) -> int:
    parties = outcomes.parties_of(tables, option)
    if len(parties) > 1:
        message = f"{tables.options[option]} changes by agreement of {len(parties)} parties: no choice of one player."
        raise QuestionRefused(f"{message} Leave it out, or ask `stability`, which knows agreements.")
    return parties[0]


def _choices(tables: Tables, states: JointStates, columns: Sequence[int]) -> tuple[str, ...]:
    own = [states.options[c] for c in columns]
    parts = [[f"{tables.options[k]}={level}" for level in tables.levels[k]] for k in own]
    return tuple(" & ".join(choice) for choice in product(*parts))
