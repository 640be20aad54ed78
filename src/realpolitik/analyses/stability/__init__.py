"""Which joint outcomes of an ordinal conflict hold, for whom, in which sense, and why."""

from realpolitik.analyses.stability.explain import Explanation, explain, explain_json
from realpolitik.analyses.stability.options import OptionEffect, effects_json, effects_text, option_effects
from realpolitik.analyses.stability.picture import picture
from realpolitik.analyses.stability.results import (
    CoalitionResult,
    HypergameResult,
    StabilityResult,
    analyse,
    hypergame,
    stability_json,
)
from realpolitik.analyses.stability.text import stability_text

__all__ = [
    "CoalitionResult",
    "Explanation",
    "HypergameResult",
    "OptionEffect",
    "StabilityResult",
    "analyse",
    "effects_json",
    "effects_text",
    "explain",
    "explain_json",
    "hypergame",
    "option_effects",
    "picture",
    "stability_json",
    "stability_text",
]
