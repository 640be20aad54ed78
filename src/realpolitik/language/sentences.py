"""Numbers and lists as readers meet them: the one place where screens, reports and commands write them.

Probabilities are written by `realpolitik.language.likelihood.describe` (word, number and range together).
"""

from __future__ import annotations

import math
from collections.abc import Iterable


def two_digits(value: float) -> str:
    """A number to about two significant digits, without an exponent: whole from 10 on, one decimal below.

    >>> two_digits(12.34), two_digits(1.25), two_digits(-0.04)
    ('12', '1.2', '0.0')
    """
    text = f"{value:.0f}" if abs(value) >= 9.95 else f"{value:.1f}"
    return text.lstrip("-") if float(text) == 0 else text


def signed(value: float) -> str:
    """The same with its sign; nothing before a zero.

    >>> signed(2.2), signed(-11.0), signed(0.01)
    ('+2.2', '-11', '0.0')
    """
    text = two_digits(value)
    return text if text.startswith("-") or float(text) == 0 else f"+{text}"


def points(fraction: float) -> str:
    """A gain or loss, given as a fraction of a full swing of the top interest, in points (hundredths).

    >>> points(-0.011), points(0.01), points(0.33)
    ('-1.1 points', '+1.0 point', '+33 points')
    """
    text = signed(100 * fraction)
    return f"{text} {'point' if float(text) in (1.0, -1.0) else 'points'}"


def points_between(central: float, low: float, high: float) -> str:
    """A gain with its interval; fractions in, points out.

    >>> points_between(-0.011, -0.044, 0.022)
    '-1.1 points, -4.4 to +2.2'
    """
    return f"{points(central)}, {signed(100 * low)} to {signed(100 * high)}"


def level(value: float) -> str:
    """A level in [0, 1], two decimals.

    >>> level(1 / 3)
    '0.33'
    """
    return f"{value:.2f}"


def level_between(central: float, low: float, high: float) -> str:
    """A level with its interval.

    >>> level_between(0.5, 0.25, 0.75)
    '0.50, 0.25 to 0.75'
    """
    return f"{level(central)}, {level(low)} to {level(high)}"


def share(part: float) -> str:
    """A share of draws or of a whole, in whole percent; never 0% or 100% unless exactly so.

    >>> share(0.664), share(0.001), share(1.0), share(0.999)
    ('66%', 'under 1%', '100%', 'over 99%')
    """
    if 0.0 < part < 0.005:
        return "under 1%"
    return "over 99%" if 0.995 <= part < 1.0 else f"{100 * part:.0f}%"


def counted(number: int, noun: str, plural: str = "") -> str:
    """A count with its noun.

    >>> counted(1, "claim"), counted(1640, "claim"), counted(2, "party", "parties")
    ('1 claim', '1,640 claims', '2 parties')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(words: Iterable[str], last: str = "and") -> str:
    """A list in a sentence.

    >>> listed(["A", "B", "C"]), listed(["A", "B"], "or"), listed([])
    ('A, B and C', 'A or B', 'nobody')
    """
    items = list(words)
    if len(items) < 2:
        return items[0] if items else "nobody"
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def capital(text: str) -> str:
    """The text with its first letter as at the head of a sentence.

    >>> capital("likely (62%; ICD 203 55-80%)")
    'Likely (62%; ICD 203 55-80%)'
    """
    return text[:1].upper() + text[1:]


def seconds(value: float) -> str:
    """A time taken or left.

    >>> seconds(0.21), seconds(12.4), seconds(200)
    ('0.2 s', '12 s', '3 min 20 s')
    """
    if value < 60:
        return f"{value:.1f} s" if value < 10 else f"{value:.0f} s"
    minutes, rest = divmod(math.floor(value + 0.5), 60)
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"
