"""What would have to change in whose preferences for an outcome to hold: over draws, and exactly at central values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from realpolitik.analyses import outcomes
from realpolitik.analyses.inverse import Requirement as Condition
from realpolitik.analyses.inverse import inverse, inverse_json
from realpolitik.compiled.about import about
from realpolitik.compiled.gameform import RESOLUTION, game_form
from realpolitik.conflicts.graph import movers_of
from realpolitik.errors import QuestionRefused
from realpolitik.games.proofs import prove
from realpolitik.results.result import Result

if TYPE_CHECKING:
    from realpolitik.conflicts.model import Conflict
    from realpolitik.project.project import Project

MOST_STATES = 2_000
SENSES = ("R", "SEQ")


def needed(
    project: Project,
    outcome: str,
    focal: Sequence[str] = (),
    concepts: Sequence[str] = SENSES,
    draw: int | None = None,
    *,
    free: bool = True,
) -> Result:
    """Whose preferences would have to be others, and by how much, for some joint outcome of this kind to hold?

    `outcome`: `AAA.x=on, BBB.y=full` (or `as now`); options in the game left out are `free`, or stand as now. `draw`:
    the exact conditions are those of that draw's orders instead of central values; they are left out above 2,000 joint
    states.
    """
    ensemble = project.ensemble()
    now = outcome.strip() == "as now"
    states, wanted = outcomes.asked_states(ensemble, tuple(focal), "" if now else outcome)
    if now or not free:
        rest = dict(zip(states.options, states.levels[states.now].tolist(), strict=True))
        wanted = rest | wanted
    if not wanted:
        raise QuestionRefused("Which outcome should hold? Give --outcome 'AAA.x=on, BBB.y=full'.")
    if not len(states.matching(wanted)):
        raise QuestionRefused("No feasible joint state is this: what it needs does not hold at the start.")
    judged = outcomes.judge(game_form(ensemble, states), outcomes.movers_of(ensemble.model.tables, states))
    item = outcomes.requirement(ensemble, judged, wanted, outcomes.required(judged, states.matching(wanted)))
    sentences, rows = list(outcomes.required_sentences(item)), list(outcomes.required_rows(item))
    more: dict[str, Any] = outcomes.required_about(item) | {"resolution_points": 100 * RESOLUTION}
    if len(states.levels) <= MOST_STATES:
        conflict = outcomes.conflict_of(ensemble, states, draw)
        found = inverse(conflict, item.found.typical, concepts)
        sentences += _exact(item, conflict, found, draw)
        rows += _conditions(item, found)
        more["conditions"] = inverse_json(conflict, found)["concepts"]
    question = f"What would have to change in whose preferences for this to hold: {item.goal}?"
    return Result("inverse", question, tuple(rows), tuple(sentences), {}, about(ensemble, **more))


def _exact(
    item: outcomes.Requirement, conflict: Conflict, found: dict[str, list[Condition]], draw: int | None
) -> Iterator[str]:
    """The exact conditions: who does not meet them, and what keeps those who would gain by leaving."""
    movers = movers_of(conflict)
    yield f"Exactly, in the orders of {'central values' if draw is None else f'draw {draw}'}, for that joint outcome:"
    for concept, conditions in found.items():
        if all(c.condition.holds for c in conditions):
            yield f"  It holds ({concept}) as things are."
        for c in conditions:
            proof = prove(movers, concept, c.actor, item.found.typical, "legal-sequences")
            if not c.condition.holds:
                yield f"  {outcomes.condition_sentence(item, c.actor, concept, c.to_hold, c.share)}"
            elif proof.answers:
                yield f"  {outcomes.met_sentence(item, proof)}"


def _conditions(item: outcomes.Requirement, found: dict[str, list[Condition]]) -> Iterator[dict[str, Any]]:
    names = [item.ensemble.model.tables.actors[a] for a in item.judged.movers.actors]
    for concept, conditions in found.items():
        for c in conditions:
            changes = c.to_hold.size if not c.condition.holds else 0
            yield {
                "sense": concept,
                "who": names[c.actor],
                "holds": c.condition.holds,
                "comparisons_to_turn": changes,
                "share_of_orders": "" if c.share is None else str(c.share),
            }
