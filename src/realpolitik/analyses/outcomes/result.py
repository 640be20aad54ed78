"""The outcomes of a situation as a result: sentences, table, labelled arrays, and data for the picture of moves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from realpolitik.analyses.outcomes.picture import picture
from realpolitik.analyses.outcomes.sentences import sentences
from realpolitik.analyses.outcomes.study import Study
from realpolitik.analyses.outcomes.words import change_words, entry_words, state_label, state_words, together, who
from realpolitik.compiled.about import about
from realpolitik.compiled.gameform import RESOLUTION
from realpolitik.games.concepts import COALITION_CONCEPTS, CONCEPTS
from realpolitik.results.result import Labelled, Result

INTERVAL = "90% for sampling error (Wilson score); the range over hypotheses is given where there are some"


def outcomes_result(study: Study) -> Result:
    """What holds, how often, against whom, how one gets there, and what would have to change."""
    model, form = study.ensemble.model, study.judged.form
    names = ", ".join(model.tables.options[k] for k in form.states.options)
    rows = (*_outcomes(study), *_coalitions(study), *_levels(study), *_reasons(study), *_effects(study))
    return Result(
        "outcomes",
        f"Which joint outcomes of {names} hold?",
        tuple(rows),
        tuple(sentences(study)),
        _arrays(study),
        about(
            study.ensemble,
            interval=INTERVAL,
            convention=study.settings.convention,
            rows=len(form.values),
            hypotheses_dealt_out=form.dealt,
            others="respond" if form.responding else "stay at their status quo",
            switch_costs="in" if form.switches else "left out",
            resolution_points=100 * RESOLUTION,
            joint_states=len(form.states.levels),
            picture=picture(study),
        ),
    )


def _outcomes(study: Study) -> Iterator[Mapping[str, Any]]:
    """One row for each outcome shown."""
    judged, model = study.judged, study.ensemble.model
    shares = {concept: judged.shares(concept) for concept in CONCEPTS}
    attained = judged.share(judged.attained)
    combinations = len(model.combos)
    for s in study.shown:
        low, high = judged.interval(float(shares["R"][s]))
        yield {
            "outcome": state_label(model, judged.form.states, s),
            "R": float(shares["R"][s]),
            "R_low": low,
            "R_high": high,
            **{concept: float(shares[concept][s]) for concept in CONCEPTS[1:]},
            "coalition_proof": study.coalitions[s].proof,
            "reached": float(attained[s]),
            "words": state_words(model, judged.form.states, s),
            "by_hypothesis": judged.by_hypothesis(judged.held[0][:, s], combinations),
            "upset_by": [
                {"coalition": together(model, judged.movers, m), "share": share, "to": _label(study, target)}
                for m, share, target in study.coalitions[s].upset[:3]
            ],
            "tempted": [
                {
                    "actor": who(model, judged.movers, t.actor),
                    "leaves": t.leaves,
                    "to": None if t.target is None else _label(study, t.target),
                    "points": t.points,
                    "slack": t.slack,
                }
                for t in study.margins[s]
            ],
        }


def _coalitions(study: Study) -> Iterator[Mapping[str, Any]]:
    """How often each outcome shown is stable for every coalition, with 90% intervals; None where it was left out."""
    for s, view in study.coalitions.items():
        row: dict[str, Any] = {
            "for_every_coalition": _label(study, s),
            **{c: view.holds[c] for c in COALITION_CONCEPTS},
        }
        for concept in COALITION_CONCEPTS:
            share = view.holds[concept]
            low, high = (None, None) if share is None else study.judged.interval(share)
            row |= {f"{concept}_low": low, f"{concept}_high": high}
        yield row


def _label(study: Study, state: int) -> str:
    return state_label(study.ensemble.model, study.judged.form.states, state)


def level_shares(study: Study, concept: str = "R") -> dict[tuple[int, int], float]:
    """How often an option stands at a level in the equilibria: of each draw that has any, the share of its equilibria,
    averaged over those draws.
    """
    judged, states = study.judged, study.judged.form.states
    held = judged.held[CONCEPTS.index(concept)].astype(float)
    count = held.sum(axis=1)
    weight = judged.form.weight * (count > 0)
    if weight.sum() <= 0:
        return {}
    per_draw = held / np.maximum(count, 1.0)[:, None]
    mean = weight @ per_draw / weight.sum()
    return {
        (k, level): float(mean[states.levels[:, c] == level].sum())
        for c, k in enumerate(states.options)
        for level in range(len(study.ensemble.model.tables.levels[k]))
    }


def _levels(study: Study) -> Iterator[Mapping[str, Any]]:
    tables, names = study.ensemble.model.tables, study.ensemble.model.situation.options
    for (k, level), share in level_shares(study).items():
        mark = " (now)" if level == tables.option_now[k] else ""
        yield {
            "option": tables.options[k],
            "level": f"{tables.levels[k][level]}{mark}",
            "in_stable_outcomes": share,
            "name": names[tables.options[k]].name,
        }


def _reasons(study: Study) -> Iterator[Mapping[str, Any]]:
    model, judged = study.ensemble.model, study.judged
    asked = judged.form.states.now if study.outcome is None else study.outcome
    for item in study.reasons:
        tempted = item.temptation
        yield {
            "actor": who(model, judged.movers, tempted.actor),
            "leaves": tempted.leaves,
            "gain": tempted.points,
            "cost_to_stay": item.cost,
            "for": "" if tempted.target is None else change_words(model, judged.form.states, asked, tempted.target),
            "from": [
                {"entry": entry_words(model, pull.kind, pull.column), "points": pull.points} for pull in item.pulls[:5]
            ],
            "would_stay_if": [
                {"entry": entry_words(model, r.kind, r.column), "times": r.factor, "stays": r.stays}
                for r in item.remedies
            ],
        }


def _effects(study: Study) -> Iterator[Mapping[str, Any]]:
    for item in study.effects:
        yield {
            "option": study.ensemble.model.tables.options[item.option],
            "sense": item.concept,
            "outcomes_it_holds_up": item.held_up,
            "outcomes_it_undoes": item.undone,
        }


def _arrays(study: Study) -> Mapping[str, Labelled]:
    judged, model = study.judged, study.ensemble.model
    labels = tuple(_label(study, s) for s in range(len(judged.form.states.levels)))
    actors = tuple(model.tables.actors[a] for a in judged.movers.actors)
    shares = np.stack([judged.shares(concept) for concept in CONCEPTS])
    return {
        "equilibrium": Labelled(("concept", "state"), {"concept": CONCEPTS, "state": labels}, shares, "share of draws"),
        "stable": Labelled(
            ("concept", "actor", "state"),
            {"concept": CONCEPTS, "actor": actors, "state": labels},
            judged.stable,
            "share of draws",
        ),
        "reached": Labelled(("state",), {"state": labels}, judged.share(judged.attained), "share of draws"),
    }
