"""The signs of one target, ranked on one half of the judgement draws and measured on the other.

The best of many signs looks better than it is where it was found; so it is chosen on the even draws, and every number
shown comes from the odd ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.analyses.indicators.targets import Target
from realpolitik.compiled.discrimination import Contrasted, information
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.sightings import Sighting
from realpolitik.results.statistics import quantiles

Reals = NDArray[np.float64]
Row = Mapping[str, Any]
BEST = 3
LEAST_BITS = 0.005
COMMON = (0.02, 0.98)


@dataclass(frozen=True, eq=False)
class Signs:
    """Which candidates are newly seen in time, in each row (sign, row); of an outcome, before it comes about."""

    candidates: tuple[Sighting, ...]
    seen: Reals


def signs(target: Target, candidates: Sequence[Sighting]) -> Signs:
    """What is seen within the target's window."""
    kept = tuple(item for item in candidates if item.about not in target.names)
    seen = [item.seen(target.window) for item in kept]
    return Signs(kept, np.array(seen, dtype=np.float64).reshape(len(kept), len(target.true)))


def best_signs(ensemble: Ensemble, target: Target, found: Signs) -> Iterator[Row]:
    """The most telling signs, one for each thing they are about, measured on draws they were not chosen by.

    What those draws do not bear out (their interval includes no difference) is left out.
    """
    if not found.candidates:
        return
    even = target.weight * (target.judged % 2 == 0)
    share = (found.seen * even).sum(axis=1) / even.sum()
    bits = information(found.seen, target.true, even) * ((share >= COMMON[0]) & (share <= COMMON[1]))
    chosen: dict[str, int] = {}
    for place in np.argsort(-bits, kind="stable"):
        if bits[place] >= LEAST_BITS:
            chosen.setdefault(found.candidates[place].about, int(place))
    for place in list(chosen.values())[:BEST]:
        row = measured(ensemble, target, found.candidates[place], found.seen[place])
        if not row["ratio_low"] <= 1.0 <= row["ratio_high"]:
            yield row


def measured(ensemble: Ensemble, target: Target, sign: Sighting, seen: Reals) -> Row:
    """One sign of one target, on the odd judgement draws."""
    odd = target.judged % 2 == 1
    true, weight = target.true[odd], target.weight[odd]
    both = Contrasted(seen[None, odd], np.array([true, 1.0 - true]), weight, target.judged[odd], ensemble.settings.seed)
    low, high = both.ratio_span
    least, most = both.span
    return {
        "target": target.words,
        "kind": target.kind,
        "sign": sign.words,
        "p_if": float(both.probability[0, 0]),
        "p_else": float(both.probability[1, 0]),
        "ratio": float(both.ratio[0, 0]),
        "ratio_low": float(low[0, 0]),
        "ratio_high": float(high[0, 0]),
        "if_absent": float(both.absent_ratio[0, 0]),
        "lead": _lead(ensemble, target, sign, seen),
        "window": target.window / ensemble.model.calendar.per_year,
        "bits": float(information(seen[None, odd], true, weight)[0]),
        "base": float((target.true * target.weight).sum() / target.weight.sum()) if not target.held else None,
        "p_if_low": float(least[0, 0]),
        "p_if_high": float(most[0, 0]),
        "p_else_low": float(least[1, 0]),
        "p_else_high": float(most[1, 0]),
        "held": bool(target.held),
    }


def _lead(ensemble: Ensemble, target: Target, sign: Sighting, seen: Reals) -> float | None:
    """Median years from the sign to the outcome; from the move to its sign where the move is held; None without one."""
    rows = (seen > 0) & (target.true > 0) & (target.weight > 0)
    if target.kind == "hypothesis" or not rows.any():
        return None
    gap = np.abs(target.first - sign.first)[rows].astype(np.float64)
    (median,) = quantiles(gap, target.weight[rows], (0.5,))
    return median / ensemble.model.calendar.per_year
