"""Evidence on hypotheses: reports that were made, or things that could be seen soon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.discrimination import Contrasted, mark
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.groups import contrasted
from realpolitik.compiled.observations import Observation, likelihood, observation_words
from realpolitik.compiled.sightings import sighting, sightings
from realpolitik.language.expression import names_in
from realpolitik.situation.model import Hypothesis

Reals = NDArray[np.float64]
Row = Mapping[str, Any]
CANDIDATES = 8
SCORES = {"CC": 0, "C": 0, "N": 0, "I": 1, "II": 2}
RARE = 0.02


@dataclass(frozen=True, eq=False)
class Evidence:
    """One piece: in words, how well each draw fits it (draw,), and how far it is believed (1: taken at its word)."""

    words: str
    fits: Reals
    reported: bool
    believed: float = 1.0
    grade: str = ""
    claims: tuple[str, ...] = ()
    at: str = ""


def reported(ensemble: Ensemble, observations: Iterable[Observation]) -> tuple[Evidence, ...]:
    """Reports as evidence."""
    model, paths = ensemble.model, ensemble.run()
    return tuple(
        Evidence(
            observation_words(model, item),
            likelihood(model, paths, item),
            reported=True,
            believed=item.believed,
            grade=item.grade,
            claims=item.claims,
            at=str(item.position),
        )
        for item in observations
    )


def could_be_seen(ensemble: Ensemble, group: Hypothesis, by: int) -> tuple[Evidence, ...]:
    """What everybody could see by a period and would tell most: the situation's indicators, then the best of the rest.

    One condition for each option, factor or shock.
    """
    model, paths, weight = ensemble.model, ensemble.run(), ensemble.draws.weight
    written = [
        Evidence(
            item.watch, sighting(model, paths, item.when).seen(by).astype(float), False, claims=item.support.claims
        )
        for item in model.situation.indicators
        if item.when is not None
    ]
    taken = {name for item in model.situation.indicators if item.when is not None for name in names_in(item.when)}
    every = [item for item in sightings(model, paths, weight) if item.about not in taken]
    seen = np.array([item.seen(by) for item in every], dtype=np.float64).reshape(len(every), len(weight))
    share = (seen * weight).sum(axis=1) / weight.sum()
    common = np.flatnonzero((share >= RARE) & (share <= 1 - RARE))
    best = _best([every[place].about for place in common], contrasted(ensemble, group, seen[common]))
    return (*written, *(Evidence(every[common[i]].words, seen[common[i]], False) for i in best))


def _best(about: Sequence[str], found: Contrasted) -> list[int]:
    """The most telling, one for each thing they are about; those whose interval reaches 1 are left out."""
    if not about:
        return []
    low, _ = found.spread_span
    chosen: dict[str, int] = {}
    for place in np.argsort(-found.spread, kind="stable"):
        if low[place] > 1.0:
            chosen.setdefault(about[place], int(place))
    return list(chosen.values())[:CANDIDATES]


def evidence_rows(group: Hypothesis, pieces: Sequence[Evidence], found: Contrasted) -> Iterator[Row]:
    """One row a piece: its diagnosticity with interval, and for every reading probability, ratio and mark."""
    names = [reading.id for reading in group.readings]
    low, high = found.ratio_span
    least, most = found.spread_span
    for place, piece in enumerate(pieces):
        marks = [_mark(piece, found.ratio[i, place], low[i, place], high[i, place]) for i in range(len(names))]
        yield {
            "what": "evidence",
            "group": group.id,
            "name": piece.words,
            "kind": "reported" if piece.reported else "could be seen",
            "marks": dict(zip(names, marks, strict=True)),
            "diagnosticity": float(found.spread[place]),
            "low": float(least[place]),
            "high": float(most[place]),
            "grade": piece.grade,
            "believed": piece.believed,
            "probability": dict(zip(names, map(float, found.probability[:, place]), strict=True)),
            "ratio": dict(zip(names, map(float, found.ratio[:, place]), strict=True)),
            "ratio_low": dict(zip(names, map(float, low[:, place]), strict=True)),
            "ratio_high": dict(zip(names, map(float, high[:, place]), strict=True)),
            "claims": piece.claims,
            "at": piece.at,
        }


def _mark(piece: Evidence, ratio: float, low: float, high: float) -> str:
    return "NA" if not piece.fits.any() or piece.believed == 0.0 else mark(float(ratio), float(low), float(high))


def inconsistency(rows: Iterable[Row], reading: str) -> float:
    """The weighted inconsistency of a hypothesis: I counts 1, II counts 2, times how far the report is believed.

    Heuer 1999, Psychology of Intelligence Analysis, chapter 8, steps 5 and 6: the hypothesis with the least evidence
    against it leads, not the one with the most for it.
    """
    return float(sum(SCORES.get(row["marks"][reading], 0) * row["believed"] for row in rows))
