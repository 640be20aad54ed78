"""Data for the picture of moves between joint states: which states, which improvements, how often."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from realpolitik.analyses.outcomes.study import Study
from realpolitik.analyses.outcomes.words import state_label, state_words

FAINT = 0.05


def picture(study: Study) -> dict[str, Any]:
    """`states`: label, words, shares by sense, whether it is the status quo or the one asked about. `moves`: who, from,
    to, in which share of draws it is an improvement (and finds the consent it needs). `paths`: the most used ones.
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
    judged, model = study.judged, study.ensemble.model
    wanted = np.zeros(len(judged.form.states.levels), dtype=bool)
    wanted[list(nodes)] = True
    found: dict[tuple[int, int, int], float] = {}
    for n, order in enumerate(judged.ranks):
        for i, rows in enumerate(judged.movers.moves.arcs(order).rows):
            kept = wanted[rows.origins] & wanted[rows.targets]
            kept &= order[i, rows.targets] > order[i, rows.origins]
            for s, t in zip(rows.origins[kept].tolist(), rows.targets[kept].tolist(), strict=True):
                found[i, s, t] = found.get((i, s, t), 0.0) + float(judged.form.weight[n])
    return [
        {"actor": model.tables.actors[judged.movers.actors[i]], "from": s, "to": t, "share": share}
        for (i, s, t), share in sorted(found.items())
        if share >= FAINT
    ]
