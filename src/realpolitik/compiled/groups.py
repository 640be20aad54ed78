"""The rival readings of a group of hypotheses as classes of draws."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.discrimination import Contrasted
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.errors import QuestionRefused, did_you_mean
from realpolitik.situation.model import Hypothesis

Reals = NDArray[np.float64]


def groups_of(ensemble: Ensemble, name: str = "") -> tuple[Hypothesis, ...]:
    """The groups of rival hypotheses, or the one named.

    Raises `QuestionRefused` where there are none, or none of that name.
    """
    groups = [item for item in ensemble.model.situation.hypotheses if len(item.readings) > 1]
    if not groups:
        raise QuestionRefused("There are no rival hypotheses here: write them under 'hypotheses:'.")
    if name and name not in {item.id for item in groups}:
        raise QuestionRefused(
            f"'{name}' is no group of hypotheses. {did_you_mean(name, [g.id for g in groups])}".strip()
        )
    return tuple(item for item in groups if name in ("", item.id))


def classes_of(ensemble: Ensemble, group: Hypothesis) -> Reals:
    """In which draws each reading of a group is true (reading, draw), 0 or 1."""
    combos = ensemble.model.combos
    holds = [[(group.id, reading.id) in combo.names for combo in combos] for reading in group.readings]
    return np.asarray(np.array(holds)[:, ensemble.draws.combination], dtype=np.float64)


def credences_of(ensemble: Ensemble, group: Hypothesis) -> Reals:
    """The credence of each reading (reading,), summing to 1."""
    weight = np.array([combo.weight for combo in ensemble.model.combos])
    combos = ensemble.model.combos
    holds = np.array([[(group.id, reading.id) in combo.names for combo in combos] for reading in group.readings])
    return np.asarray((holds * weight).sum(axis=1) / weight.sum())


def contrasted(ensemble: Ensemble, group: Hypothesis, fits: Reals) -> Contrasted:
    """Evidence (evidence, draw) under every reading of a group."""
    draws = ensemble.draws
    return Contrasted(fits, classes_of(ensemble, group), draws.weight, draws.index, ensemble.settings.seed)
