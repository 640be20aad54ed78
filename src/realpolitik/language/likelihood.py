"""Words of likelihood for our own sentences: ICD 203 (both rows) and the PHIA yardstick, with their exact ranges.

ICD 203, Analytic Standards (2015), section D.6.e.(2).(a): neighbouring ranges share an end, so a shared end
belongs to the upper range ("lower-inclusive"), and statements stop at 1% and 99%. PHIA: "Explaining
Uncertainty in UK Intelligence Assessment" (24 March 2025): the gaps between its ranges are intended, so a
number in a gap takes the nearest range (the lower one at the middle), and always shows the number.
Likelihood is not confidence and never shares a sentence with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from realpolitik.errors import ExpressionError, did_you_mean

Lexicon = Literal["icd203", "phia"]


@dataclass(frozen=True)
class LikelihoodBand:
    """A range of probability and its words; `words[0]` is the one we write. `text` is the range as the lexicon prints it."""

    words: tuple[str, ...]
    low: float
    high: float
    text: str


ICD_203 = (
    LikelihoodBand(("almost no chance", "remote"), 0.01, 0.05, "1-5%"),
    LikelihoodBand(("very unlikely", "highly improbable"), 0.05, 0.20, "5-20%"),
    LikelihoodBand(("unlikely", "improbable", "improbably"), 0.20, 0.45, "20-45%"),
    LikelihoodBand(("roughly even chance", "roughly even odds"), 0.45, 0.55, "45-55%"),
    LikelihoodBand(("likely", "probable", "probably"), 0.55, 0.80, "55-80%"),
    LikelihoodBand(("very likely", "highly probable"), 0.80, 0.95, "80-95%"),
    LikelihoodBand(("almost certain", "almost certainly", "nearly certain"), 0.95, 0.99, "95-99%"),
)
PHIA = (
    LikelihoodBand(("remote chance",), 0.0, 0.05, ">0-5%"),
    LikelihoodBand(("highly unlikely",), 0.10, 0.20, "10-20%"),
    LikelihoodBand(("unlikely",), 0.25, 0.35, "25-35%"),
    LikelihoodBand(("realistic possibility",), 0.40, 0.50, "40-<50%"),
    LikelihoodBand(("likely", "probable", "likely or probable"), 0.55, 0.75, "55-75%"),
    LikelihoodBand(("highly likely",), 0.80, 0.90, "80-90%"),
    LikelihoodBand(("almost certain",), 0.95, 1.0, "95-<100%"),
)
LEXICONS: dict[str, tuple[LikelihoodBand, ...]] = {"icd203": ICD_203, "phia": PHIA}
TITLES: dict[str, str] = {"icd203": "ICD 203", "phia": "PHIA"}
