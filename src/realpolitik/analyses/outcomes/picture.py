"""Data for the picture of moves between joint states: which states, which improvements, how often."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from realpolitik.analyses.outcomes.study import Study
from realpolitik.analyses.outcomes.words import state_label, state_words, who
from realpolitik.language.likelihood import percent

FAINT = 0.05


def picture(study: Study) -> dict[str, Any]:
    """`states`: label, words, shares by sense, whether it is the status quo or the one asked about. `moves`: mover,
    from, to, in which share of draws it is an improvement (with the consent it needs). `paths`: the most used ones.
    """
    judged, model = study.judged, study.ensemble.model
    nodes = _nodes(study)
    r, seq, reached = judged.shares("R"), judged.shares("SEQ"), judged.share(judged.attained)
    return {
        "states": [
            {
                "id": s,
                "label": state_label(model, judged.form.states, s),
                "words": state_words(model, judged.form.states, s),
                "stable": [f"{c} {percent(float(x[s]))}" for c, x in (("R", r), ("SEQ", seq)) if x[s] >= FAINT],
                "R": float(r[s]),
                "SEQ": float(seq[s]),
                "reached": float(reached[s]),
                "now": s == judged.form.states.now,
                "asked": s == study.outcome,
            }
            for s in nodes
        ],
        "moves": _moves(study, nodes),
        "paths": {str(s): [move.target for move in path] for s, (path, _) in study.paths.items() if path},
    }


def _nodes(study: Study) -> list[int]:
    """The states shown and those on the way to them."""
    found = list(study.shown)
    for path, _ in study.paths.values():
        found += [move.target for move in path]
    return list(dict.fromkeys(found))


def _moves(study: Study, nodes: Iterable[int]) -> list[dict[str, Any]]:
    judged = study.judged
    wanted, found = set(nodes), []
    for i in range(len(judged.movers.actors)):
        for s in sorted(wanted):
            targets, there = judged.movers.moves.open_from(i, s, judged.ranks)
            better = judged.ranks[:, i][:, targets] > judged.ranks[:, i][:, [s]]
            shares = judged.form.weight @ (there & better)
            found += [
                {"mover": who(study.ensemble.model, judged.movers, i), "from": s, "to": t, "share": share}
                for t, share in zip(targets.tolist(), shares.tolist(), strict=True)
                if t in wanted and share >= FAINT
            ]
    return found
