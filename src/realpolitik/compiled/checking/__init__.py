"""Whether a statement holds in an ensemble: its truth, what it turns on, and whether the inputs already say it."""

from realpolitik.compiled.checking.judge import Judgement, judge
from realpolitik.compiled.checking.truth import Band, Outcome

__all__ = ["Band", "Judgement", "Outcome", "judge"]
