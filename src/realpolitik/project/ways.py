"""How joint outcomes of a situation come about from today, over draws."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from realpolitik.analyses import outcomes
from realpolitik.compiled.about import about
from realpolitik.compiled.gameform import RESOLUTION, game_form
from realpolitik.results.result import Result

if TYPE_CHECKING:
    from realpolitik.project.project import Project


def ways(project: Project, focal: Sequence[str] = (), to: str = "") -> Result:
    """Which outcomes do improvements lead to from today, how often and along which ways?

    `to`: `AAA.x=on, BBB.y=full`, options left out being free; default: whatever lasts once it is reached.
    """
    ensemble = project.ensemble()
    states, wanted = outcomes.asked_states(ensemble, tuple(focal), to)
    judged = outcomes.judge(game_form(ensemble, states), outcomes.movers_of(ensemble.model.tables, states))
    found = outcomes.ways(ensemble, judged, wanted)
    names = ", ".join(ensemble.model.tables.options[k] for k in states.options)
    return Result(
        "paths",
        f"How does one get from today to {to or 'what lasts'}, with {names} in the game?",
        tuple(outcomes.ways_rows(found)),
        tuple(outcomes.ways_sentences(found)),
        {},
        about(ensemble, joint_states=len(states.levels), resolution_points=100 * RESOLUTION, reached=found.share),
    )
