"""What an outcome would need, in sentences a reader of the situation recognises, and as rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from realpolitik.analyses.outcomes.judged import Judged, Temptation
from realpolitik.analyses.outcomes.reasons import Reason, reason
from realpolitik.analyses.outcomes.required import Need, Required
from realpolitik.analyses.outcomes.sentences import leaving_words
from realpolitik.analyses.outcomes.words import asked_words, change_words, state_label, state_words, who
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.games.concepts import CONCEPTS
from realpolitik.games.inverse import Change
from realpolitik.games.proofs import Proof
from realpolitik.language.likelihood import percent
from realpolitik.language.sentences import capital, counted, points

SELDOM = 0.02
LISTED = 3


@dataclass(frozen=True, eq=False)
class Requirement:
    """What is needed (`found`), with the reasons of those who leave the state most often taken."""

    ensemble: Ensemble
    judged: Judged
    wanted: Mapping[int, int]
    found: Required
    reasons: Mapping[int, Reason]

    @property
    def goal(self) -> str:
        """The outcome asked about, in words."""
        return asked_words(self.ensemble.model, self.wanted)


def requirement(ensemble: Ensemble, judged: Judged, wanted: Mapping[int, int], found: Required) -> Requirement:
    """The reasons behind what is needed; none where the others respond (their paths are not roll-outs)."""
    reasons: dict[int, Reason] = {}
    for need in found.needs if not judged.form.responding else ():
        if need.leaves >= SELDOM:
            tempted = Temptation(need.actor, need.leaves, need.target, need.points, need.slack)
            reasons[need.actor] = reason(ensemble, judged, found.typical, tempted)
    return Requirement(ensemble, judged, wanted, found, reasons)


def required_sentences(item: Requirement) -> Iterator[str]:
    """How many would have to change, then who, by how much, and who would not have to."""
    yield _how_many(item)
    yield _taken(item)
    needs = sorted(item.found.needs, key=lambda need: -need.leaves)
    for need in needs:
        yield _changing(item, need) if need.leaves >= SELDOM else _keeping(item, need)


def _how_many(item: Requirement) -> str:
    parts = [
        f"{'nobody' if not k else counted(k, 'actor')} in {percent(share)} of draws"
        for k, share in enumerate(item.found.counts)
        if share >= 0.005
    ]
    text = (
        f"{capital(item.goal)}: for nobody to leave this of its own accord (R), these would have to want something else"
    )
    return f"{text}, even if every free option stood so that least is needed: {', '.join(parts)}."


def _taken(item: Requirement) -> str:
    found, states = item.found, item.judged.form.states
    text = f"{found.fits:,} of {len(states.levels):,} joint outcomes fit"
    if found.tried < found.fits:
        text += f" ({found.tried} of them tried: those most actors would keep)"
    answered = float(item.judged.shares("SEQ")[found.typical])
    words = state_words(item.ensemble.model, states, found.typical)
    text += f"; the one that needs least is mostly ({percent(found.taken)} of draws): {words}"
    return f"{text}. With the others' credible answers counted (SEQ) that one holds in {percent(answered)} of draws."


def _changing(item: Requirement, need: Need) -> str:
    """Who would have to change, what draws it away, and what would do."""
    found = item.reasons.get(need.actor)
    if found:
        return f"  {leaving_words(item.ensemble, item.judged, item.found.typical, found)}"
    name = who(item.ensemble.model, item.judged.movers, need.actor)
    cost = points(need.points / 100).lstrip("+")
    return f"  {name} would leave it in {percent(need.leaves)} of draws; it would have to cost it {cost} in the median."


def _keeping(item: Requirement, need: Need) -> str:
    name = who(item.ensemble.model, item.judged.movers, need.actor)
    often = "every draw" if need.leaves == 0 else f"{percent(1 - need.leaves)} of draws"
    if need.slack is None:
        return f"  {name} cannot change it by itself."
    cost = points(need.slack / 100).lstrip("+")
    return f"  {name} need not change: it keeps to it in {often}; its best move would cost it {cost} in the median."


def condition_sentence(item: Requirement, actor: int, concept: str, lower: Change, share: Fraction | None) -> str:
    """The exact condition on one actor's order: the states to be ranked no higher than the outcome."""
    model, states = item.ensemble.model, item.judged.form.states
    name = who(model, item.judged.movers, actor)
    told = [f"({change_words(model, states, item.found.typical, s)})" for s in lower.lowered]
    more = f" and {counted(len(told) - LISTED, 'state')} more" if len(told) > LISTED else ""
    text = f"{name} would keep to it ({concept}) if it ranked {', '.join(told[:LISTED])}{more} no higher"
    return f"{text}, as in {share_words(share)} of all strict orders." if share is not None else f"{text}."


def share_words(share: Fraction) -> str:
    """A share of orders: as a fraction while it is short.

    >>> share_words(Fraction(1, 3)), share_words(Fraction(62968, 69597))
    ('1/3', '90%')
    """
    return str(share) if share.denominator < 1000 else percent(float(share))


def met_sentence(item: Requirement, proof: Proof) -> str:
    """What meets an actor's first improvement, where the outcome is stable for it by the others' answers."""
    model, states, movers = item.ensemble.model, item.judged.form.states, item.judged.movers
    answer = proof.answers[0]
    move, here, steps = change_words(model, states, proof.state, answer.improvement), answer.improvement, []
    for step in answer.sanction or ():
        steps.append(f"{who(model, movers, step.mover)} ({change_words(model, states, here, step.target)})")
        here = step.target
    text = (
        f"{who(model, movers, proof.mover)} keeps to it ({proof.concept}) because its move to ({move}) would be met by"
    )
    rest = len(proof.answers) - 1
    more = f"; so would its {'other gain' if rest == 1 else f'{rest} other gains'}" if rest else ""
    return f"{text} {', then '.join(steps)}, and then it is no better off{more}."


def required_rows(item: Requirement) -> Iterator[Mapping[str, Any]]:
    """One row for each number of actors, then one for each actor."""
    model, judged = item.ensemble.model, item.judged
    for k, share in enumerate(item.found.counts):
        yield {"actors_who_would_have_to_change": k, "share": share}
    for need in item.found.needs:
        target = need.target
        yield {
            "actor": who(model, judged.movers, need.actor),
            "would_have_to_change": need.leaves,
            "points": need.points,
            "slack": need.slack,
            "for": "" if target is None else change_words(model, judged.form.states, item.found.typical, target),
        }


def required_about(item: Requirement) -> dict[str, Any]:
    """The outcome, the state most often taken, and how often it holds in each sense."""
    judged, s = item.judged, item.found.typical
    return {
        "outcome": item.goal,
        "state": state_label(item.ensemble.model, judged.form.states, s),
        "fits": item.found.fits,
        "tried": item.found.tried,
        "holds": {concept: float(judged.shares(concept)[s]) for concept in CONCEPTS},
    }
