"""Levels by hand: a swing d about the middle takes a level of one half to s(4 artanh d)."""

from __future__ import annotations

import math


def swung(swing: float, start: float = 0.5) -> float:
    odds = math.log(start / (1 - start)) + 4 * math.atanh(swing)
    return 1 / (1 + math.exp(-odds))


CUT = 100 * (swung(-0.6) - 0.5)  # points of Customia, whose top interest is supply
LOOT = 50 * (swung(0.4) - 0.5)
ORDER = swung(-0.5) - 0.5  # a level
TRUST = swung(0.4) - 0.5
