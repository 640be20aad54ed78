"""What every answer was made from."""

from __future__ import annotations

from typing import Any

from realpolitik.compiled.ensemble import Ensemble

INTERVAL = "5th to 95th percentile over draws: judgement and chance together"


def about(ensemble: Ensemble, **more: Any) -> dict[str, Any]:
    """Model digest, size and seed of the run, and the kind of interval."""
    settings = ensemble.settings
    return {
        "situation": ensemble.model.situation.title,
        "model": ensemble.digest,
        "draws": settings.draws,
        "replicas": settings.replicas,
        "hypotheses": [combo.label for combo in ensemble.model.combos],
        "depth": settings.depth,
        "lookahead": settings.lookahead,
        "seed": settings.seed,
        "interval": INTERVAL,
        **more,
    }
