"""Is the conclusion in the inputs? The same question with deliberately wrong weights.

Method: the same draws, chance and structure, with the weights of interests (1) shuffled within their words, (2) reduced
to their signs, (3) with tossed signs (structure only). The lift is the answer less what the wrong weights already give.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from realpolitik.compiled.about import about
from realpolitik.compiled.answers import estimate
from realpolitik.compiled.ensemble import Ensemble, Variant
from realpolitik.errors import QuestionRefused
from realpolitik.language.expression import Expression
from realpolitik.results.result import Result

VARIANTS: dict[Variant, str] = {
    "": "as written",
    "shuffled": "weights shuffled within their words",
    "signs": "signs only",
    "structure": "structure only",
}


def null(ensemble: Ensemble, question: Expression, text: str) -> Result:
    """How much of an answer do shuffled weights, bare signs and bare structure give already?

    Rows: one for each variant, with the value, the lift of the true weights over it, and the unit of both.
    """
    found = {variant: _value(ensemble, question, variant) for variant in VARIANTS}
    whole = estimate(ensemble, question)
    unit = f"share of draws that answer '{whole.leading}'" if whole.names else whole.unit
    rows = tuple(
        {"variant": words, "value": found[variant], "lift": found[""] - found[variant], "unit": unit}
        for variant, words in VARIANTS.items()
    )
    sentence = (
        f"As written {found['']:.2f} ({unit}); with weights shuffled {found['shuffled']:.2f}, with signs only "
        f"{found['signs']:.2f}, with structure only {found['structure']:.2f}."
    )
    return Result("null", text, rows, (sentence,), {}, about(ensemble))


def _value(ensemble: Ensemble, question: Expression, variant: Variant) -> float:
    asked = ensemble if not variant else sibling(ensemble, variant)
    true_answer = estimate(ensemble, question)
    found: Any = estimate(asked, question)
    if true_answer.names:
        return found.shares[true_answer.leading]  # type: ignore[no-any-return]
    return found.value  # type: ignore[no-any-return]


def sibling(ensemble: Ensemble, variant: Variant) -> Ensemble:
    """The same ensemble with wrong weights, sharing its store."""
    if ensemble.variant:
        raise QuestionRefused("This ensemble already has wrong weights.")
    return replace(ensemble, variant=variant, runs={}, known={}, known_scales={})
