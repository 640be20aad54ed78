"""Who needs whom more? Asymmetric dependence, after Hirschman.

National Power and the Structure of Foreign Trade (1945), ch. II: the power to interrupt a supply rests on how much
the other needs it and how hard it is to replace, so what counts is the difference of the two sides' dependence. Ch.
VI (and The Paternity of an Index, American Economic Review 54:5, 1964, p. 761): concentration on few suppliers is the
square root of the sum of squared shares.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.answers import estimate
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.wording import actor_name
from realpolitik.language.expression import Call, Name
from realpolitik.language.sentences import share

Row = Mapping[str, Any]


def concentration(shares: Iterable[float]) -> float:
    """Hirschman's index of concentration of shares in [0, 1]: 1 for one supplier, 1 / sqrt(n) for n equal ones.

    >>> concentration([1.0]), concentration([0.25] * 4)
    (1.0, 0.5)
    """
    return math.sqrt(sum(item**2 for item in shares))


def unmet(ensemble: Ensemble, who: str, on: str, good: str = "") -> NDArray[np.float64]:
    """The share of a need that a cut would leave unmet (draw,): dependence x (1 - replaced), of goods the largest."""
    names = tuple(Name(item) for item in (who, on, good) if item)
    return estimate(ensemble, Call("depends", names)).values


def dependence_rows(ensemble: Ensemble) -> Iterator[Row]:
    """One row for each pair and good somebody depends on, with the other side's largest dependence beside it."""
    model, weight = ensemble.model, ensemble.draws.weight
    for item in model.situation.dependencies:
        own, back = unmet(ensemble, item.who, item.on, item.good), unmet(ensemble, item.on, item.who)
        suppliers = [
            float(other.share.central)
            for other in model.situation.dependencies
            if (other.who, other.good) == (item.who, item.good)
        ]
        yield {
            "who": item.who,
            "on": item.on,
            "good": item.good,
            "unmet": float((own * weight).sum() / weight.sum()),
            "returned": float((back * weight).sum() / weight.sum()),
            "asymmetry": float(((own - back) * weight).sum() / weight.sum()),
            "concentration": concentration(suppliers),
            "claims": item.support.claims,
            "author": item.support.author,
            "at": str(item.support.position),
        }


def dependence_sentence(ensemble: Ensemble, row: Row) -> str:
    """One dependence in words."""
    who, on = (actor_name(ensemble.model, row[key]) for key in ("who", "on"))
    side = "more" if row["asymmetry"] > 0 else "less"
    return (
        f"{who} depends on {on} for {row['good']}: a cut would leave {share(row['unmet'])} of the need unmet, "
        f"{share(abs(row['asymmetry']))} {side} than {on} depends on {who} for anything."
    )
