"""The same draws with some inputs known: what an ensemble answers if they were so.

Every other input, every hedge and every chance event stays as it was, so that a difference is due to what was moved
and to nothing else. Nothing of it is kept on disk.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from realpolitik.compiled.ensemble import Ensemble, varied
from realpolitik.compiled.inputs import Values
from realpolitik.compiled.sampling import Sampler, sample
from realpolitik.compiled.thinned import thinned
from realpolitik.dynamics.tables import Draws


@dataclass(eq=False)
class Nudger:
    """Makes ensembles of one ensemble with inputs moved; scores of what stays are drawn once.

    `thin`: each draw under one combination of hypotheses, in proportion to its chance (faster, and as fair).
    """

    ensemble: Ensemble
    thin: bool = False
    scores: dict[str, Values] = field(default_factory=dict)
    decided: dict[str, Values] = field(default_factory=dict)

    def at(self, scores: Mapping[str, float]) -> Ensemble:
        """The ensemble with the scores of some inputs (of a link: its uniform number) set in every draw."""
        model, settings = self.ensemble.model, self.ensemble.settings
        index = np.arange(settings.draws, dtype=np.int64)
        moved = {name: np.full(settings.draws, value) for name, value in scores.items()}
        sampler = Sampler(settings.seed, index, model.situation.credences, moved, self.scores, self.decided)
        made = sample(model.columns, model.combos, sampler, counts=model.counts, replicas=settings.replicas)
        made = varied(model, made, self.ensemble.variant, settings.seed)
        draws = thinned(made) if self.thin else made
        fresh = {"runs": {}, "known": {"draws": draws}, "known_scales": {}, "known_ablations": {}}
        return replace(self.ensemble, store=None, progress=None, **fresh)  # type: ignore[arg-type]


def under_combinations(ensemble: Ensemble, combos: Collection[int]) -> Ensemble:
    """The same runs with all weight on some combinations of hypotheses."""
    draws = ensemble.draws
    weight = np.where(np.isin(draws.combination, list(combos)), draws.weight, 0.0)
    known = Draws(**{**{name: getattr(draws, name) for name in vars(draws)}, "weight": weight})
    ablated = {names: under_combinations(item, combos) for names, item in ensemble.known_ablations.items() if names}
    return replace(ensemble, known={"draws": known}, known_ablations=ablated)
