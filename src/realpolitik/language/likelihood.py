"""Words of likelihood for our own sentences: ICD 203 (both rows) and the PHIA yardstick, with exact ranges.

ICD 203, Analytic Standards (2015), section D.6.e.(2).(a): neighbouring ranges share an end, so a shared end belongs to
the upper range ("lower-inclusive"), and statements stop at 1% and 99%. PHIA: "Explaining Uncertainty in UK Intelligence
Assessment" (24 March 2025): the gaps between its ranges are intended, so a number in a gap takes the nearest range (the
lower one at the middle), and always shows the number. Likelihood is not confidence and never shares a sentence with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from realpolitik.errors import ExpressionError, did_you_mean

Lexicon = Literal["icd203", "phia"]
Bound = Literal["", "at least", "at most"]


@dataclass(frozen=True)
class LikelihoodBand:
    """A range of probability and its words: `words[0]` is the one we write, `text` the range as printed."""

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


def _bands(lexicon: Lexicon) -> tuple[LikelihoodBand, ...]:
    if lexicon not in LEXICONS:
        raise ExpressionError(f"'{lexicon}' is no lexicon of likelihood.", 0, did_you_mean(lexicon, LEXICONS))
    return LEXICONS[lexicon]


def _distance(p: float, band: LikelihoodBand) -> float:
    """How far `p` is from a range, rounded so that middles of gaps are exact ties."""
    return round(max(band.low - p, p - band.high, 0.0), 12)


def band_index(p: float, lexicon: Lexicon = "icd203") -> int:
    """Which range (0 = least likely) holds probability `p`?

    ICD 203: lower-inclusive; below 1% and above 99% belong to the outer ranges. PHIA: the nearest range, the lower one
    at the middle of a gap.

    Raises:
        ValueError: `p` is no probability.

    >>> band_index(0.80), band_index(0.7999), band_index(0.375, "phia"), band_index(0.15 * 3)
    (5, 4, 2, 3)
    """
    if not 0.0 <= p <= 1.0:
        raise ValueError(f"a probability lies between 0 and 1, not {p}")
    bands = _bands(lexicon)
    if lexicon == "icd203":
        return max(0, sum(round(p, 9) >= band.low for band in bands) - 1)
    return min(range(len(bands)), key=lambda index: _distance(p, bands[index]))


def band_of(p: float, lexicon: Lexicon = "icd203") -> LikelihoodBand:
    """The range that holds probability `p`, as `band_index`.

    >>> band_of(0.62).words[0]
    'likely'
    """
    return _bands(lexicon)[band_index(p, lexicon)]


def word_index(word: str, lexicon: Lexicon = "icd203") -> int:
    """Which range (0 = least likely) does a word of the lexicon name?

    Raises:
        ExpressionError: the lexicon has no such word.

    >>> word_index("highly probable"), word_index("Realistic possibility", "phia")
    (5, 3)
    """
    plain, bands = " ".join(word.lower().split()), _bands(lexicon)
    for index, band in enumerate(bands):
        if plain in band.words:
            return index
    words = [known for band in bands for known in band.words]
    hint = did_you_mean(plain, words)
    listed = ", ".join(band.words[0] for band in bands)
    message = f"'{word}' is no word of likelihood ({TITLES[lexicon]}): the words are {listed}."
    raise ExpressionError(message, 1, hint if hint.startswith("Did") else "")


def band_for(word: str, lexicon: Lexicon = "icd203") -> LikelihoodBand:
    """The range a word names.

    >>> band_for("probably").text
    '55-80%'
    """
    return _bands(lexicon)[word_index(word, lexicon)]


def agrees(p: float, word: str, bound: Bound = "", lexicon: Lexicon = "icd203") -> bool:
    """Is probability `p` what the word says, or at least or at most that?

    >>> agrees(0.62, "likely"), agrees(0.85, "likely"), agrees(0.85, "likely", "at least")
    (True, False, True)
    """
    found, wanted = band_index(p, lexicon), word_index(word, lexicon)
    if bound == "at least":
        return found >= wanted
    return found <= wanted if bound == "at most" else found == wanted


def percent(p: float, lexicon: Lexicon = "icd203") -> str:
    """A probability for readers: a whole percentage, with decimals only where rounding would leave its range.

    >>> percent(0.624), percent(0.5499), percent(0.002), percent(1.0)
    ('62%', '54.99%', 'at most 1%', 'at least 99%')
    """
    if p < 0.01 or p > 0.99:
        return "at most 1%" if p < 0.5 else "at least 99%"
    index = band_index(p, lexicon)
    fits = (digits for digits in range(6) if band_index(round(p, 2 + digits), lexicon) == index)
    return f"{100 * p:.{next(fits, 6)}f}%"


def describe(p: float, low: float | None = None, high: float | None = None, lexicon: Lexicon = "icd203") -> str:
    """Word, number, interval (if given) and range, always together.

    >>> describe(0.62)
    'likely (62%; ICD 203 55-80%)'
    >>> describe(0.62, 0.5, 0.7, "phia")
    'likely (62%, 50% to 70%; PHIA 55-75%)'
    """
    band = band_of(p, lexicon)
    span = "" if low is None or high is None else f", {100 * low:.0f}% to {100 * high:.0f}%"
    return f"{band.words[0]} ({percent(p, lexicon)}{span}; {TITLES[lexicon]} {band.text})"
