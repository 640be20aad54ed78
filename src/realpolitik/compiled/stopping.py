"""How many draws are enough for an answer: they are doubled until its sampling error is as small as asked."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from realpolitik.compiled.answers import estimate
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.estimates import Estimate
from realpolitik.errors import QuestionRefused
from realpolitik.language.expression import Expression
from realpolitik.results.progress import Told, silent

FIRST = 64
MOST = 16_384
SHARES = ("probability", "share")


def enough(
    ensemble_of: Callable[[int], Ensemble],
    asked: Expression,
    precision: float,
    *,
    most: int = MOST,
    told: Told = silent,
) -> tuple[Ensemble, float]:
    """The smallest ensemble (64, 128, ... draws) that answers to within `precision`, and the error it reaches.

    `precision`: one standard error, in the answer's own unit (0.01 is a percentage point). An error that
    `most` draws do not bring down is returned as it is: compare it with what was asked.

    Raises `QuestionRefused` for a precision that is no positive number.
    """
    if not (np.isfinite(precision) and precision > 0):
        raise QuestionRefused("A precision is a positive number, in the unit of the answer: 0.01, or 0.5 for points.")
    draws = min(FIRST, most)
    while True:
        told(f"{draws} draws", int(np.log2(draws)), int(np.log2(most)) + 1)
        ensemble = ensemble_of(draws)
        error = careful_error(estimate(ensemble, asked))
        if error <= precision or draws >= most:
            return ensemble, error
        draws *= 2


def careful_error(found: Estimate) -> float:
    """The sampling error; of a share never below that of one more draw on either side (no draw is not never).

    Agresti and Coull, The American Statistician 52 (1998), p. 120: one success and one failure are added.
    """
    if found.unit not in SHARES:
        return found.error
    total = float(found.weights.sum())
    count = total**2 / float((found.weights**2).sum())
    share = (found.value * count + 1.0) / (count + 2.0)
    return max(found.error, float(np.sqrt(share * (1.0 - share) / (count + 2.0))))
