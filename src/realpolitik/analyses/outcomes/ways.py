"""How joint outcomes come about from today: which are reached by improvements, how often, and along which ways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.analyses.outcomes.conflict import conflict_of, values_of
from realpolitik.analyses.outcomes.judged import POINT, Judged
from realpolitik.analyses.outcomes.words import asked_words, change_words, path_words, state_label, state_words, who
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.games.attain import climbing_rows, reached
from realpolitik.games.concepts import CONCEPTS
from realpolitik.games.paths import Path, shortest_paths
from realpolitik.language.likelihood import describe, percent
from realpolitik.language.sentences import capital, counted, points

SHOWN = 5
WORTH = 0.01
MOST_STATES = 5_000


@dataclass(frozen=True, eq=False)
class Ways:
    """`fits` (draw, state): reached by improvements and as asked; if nothing is asked, left by nobody in that draw (R).

    `found`: the shortest improvement path to the nearest such state of each draw, with the weight of the draws that
    share it; heaviest first. `least`: a shortest way by any moves at central values, with what each step brings its
    mover in points.
    """

    ensemble: Ensemble
    judged: Judged
    wanted: Mapping[int, int]
    fits: NDArray[np.bool_]
    found: tuple[tuple[Path, float], ...]
    least: tuple[tuple[Path, tuple[float, ...]], ...]

    @property
    def share(self) -> float:
        """In which share of draws improvements lead to a state that fits."""
        return float(self.judged.share(np.asarray(self.fits.any(axis=1))))


def ways(ensemble: Ensemble, judged: Judged, wanted: Mapping[int, int]) -> Ways:
    """The ways from the status quo: to what is wanted (option: level), or to whatever lasts once it is reached."""
    states = judged.form.states
    fits = judged.attained & judged.held[CONCEPTS.index("R")]
    matching = states.matching(wanted)
    if wanted:
        fits = np.zeros_like(judged.attained)
        fits[:, matching] = judged.attained[:, matching]
    fits[:, states.now] = False
    aims = matching[matching != states.now]
    return Ways(
        ensemble, judged, wanted, fits, _counted(judged, fits), _least(ensemble, judged, aims) if wanted else ()
    )


def _counted(judged: Judged, fits: NDArray[np.bool_]) -> tuple[tuple[Path, float], ...]:
    counts: dict[Path, float] = {}
    for n in np.flatnonzero(fits.any(axis=1)).tolist():
        arcs = judged.movers.moves.arcs(judged.ranks[n])
        way = reached(climbing_rows(arcs, judged.ranks[n]), arcs.n_states, judged.form.states.now)
        steps = np.where(way.steps >= 0, way.steps, arcs.n_states).min(axis=0)
        path = way.path(int(np.where(fits[n], steps, arcs.n_states + 1).argmin()))
        counts[path] = counts.get(path, 0.0) + float(judged.form.weight[n])
    return tuple(sorted(counts.items(), key=lambda item: -item[1]))


def _least(
    ensemble: Ensemble, judged: Judged, matching: NDArray[np.intp]
) -> tuple[tuple[Path, tuple[float, ...]], ...]:
    """A shortest way by any legal moves, agreements by the consent of central values; empty if there is none."""
    states = judged.form.states
    if len(states.levels) > MOST_STATES:
        return ()
    conflict = conflict_of(ensemble, states)
    values = values_of(ensemble, states)[list(judged.movers.actors)] / POINT
    paths = [path for s in matching.tolist() for path in shortest_paths(conflict.moves, states.now, s, 1)]
    return tuple((path, _gains(values, states.now, path)) for path in sorted(paths, key=len)[:1])


def _gains(values: NDArray[np.float64], start: int, path: Path) -> tuple[float, ...]:
    origins = [start, *(move.target for move in path[:-1])]
    return tuple(float(values[m.mover, m.target] - values[m.mover, s]) for s, m in zip(origins, path, strict=True))


def ways_sentences(item: Ways) -> Iterator[str]:
    """How often, by which ways, and what stands in the way."""
    judged = item.judged
    total, some = len(judged.form.states.levels), int(judged.attained.any(axis=0).sum())
    yield (
        f"Of {total:,} joint outcomes {some:,} are reached from today in some draw by improvements: each move better "
        "for who makes it, nobody moving twice in a row."
    )
    asked = asked_words(item.ensemble.model, item.wanted)
    goal = capital(asked) if asked else "An outcome that nobody then leaves"
    low, high = judged.interval(item.share)
    yield f"{goal}: that improvements lead there from today is {describe(item.share, low, high)}."
    told = [(path, weight) for path, weight in item.found[:SHOWN] if weight >= WORTH]
    for path, weight in told:
        yield f"  {percent(weight)} of draws: {_told(item, path)}{_after(item, path)}"
    rest = item.share - sum(weight for _, weight in told)
    if rest >= 0.005:
        yield f"  {percent(rest)} of draws: {counted(len(item.found) - len(told), 'other way')}."
    for path, gains in item.least:
        yield from _cost(item, path, gains)


def _told(item: Ways, path: Path) -> str:
    return path_words(item.ensemble.model, item.judged.movers, item.judged.form.states, path)


def _after(item: Ways, path: Path) -> str:
    """What becomes of the state at the end of a way, in all draws."""
    end = path[-1].target
    r, seq = (float(item.judged.shares(concept)[end]) for concept in ("R", "SEQ"))
    return f"; there nobody leaves it in {percent(r)} of all draws (R), answers keep it in {percent(seq)} (SEQ)."


def _cost(item: Ways, path: Path, gains: tuple[float, ...]) -> Iterator[str]:
    """The shortest way by any moves, and who would have to move to its own cost."""
    model, judged = item.ensemble.model, item.judged
    here, steps = judged.form.states.now, []
    for move, gain in zip(path, gains, strict=True):
        change = change_words(model, judged.form.states, here, move.target)
        steps.append(f"{who(model, judged.movers, move.mover)} ({change}: {points(gain / 100)})")
        here = move.target
    losing = [gain for gain in gains if gain < 0]
    mark = "every step pays who makes it" if not losing else "with a step that costs who makes it"
    yield f"The shortest way by any moves, at central values, {mark}: {', then '.join(steps)}."


def ways_rows(item: Ways) -> Iterator[Mapping[str, Any]]:
    """The ways, then the outcomes reached most often."""
    model, judged = item.ensemble.model, item.judged
    for path, weight in item.found[: 4 * SHOWN]:
        yield {"share": weight, "steps": len(path), "way": _told(item, path)}
    shares = judged.share(judged.attained)
    order = [int(s) for s in np.argsort(-shares, kind="stable") if shares[s] > 0 and s != judged.form.states.now]
    for s in order[: 2 * SHOWN]:
        yield {
            "outcome": state_label(model, judged.form.states, s),
            "reached": float(shares[s]),
            "R": float(judged.shares("R")[s]),
            "SEQ": float(judged.shares("SEQ")[s]),
            "words": state_words(model, judged.form.states, s),
        }
