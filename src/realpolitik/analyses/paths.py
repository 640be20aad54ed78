"""From the status quo: what is reachable, which equilibria attract, along which legal paths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from realpolitik.conflicts.graph import movers_of
from realpolitik.conflicts.model import Conflict
from realpolitik.games.concepts import CONCEPTS
from realpolitik.games.paths import Path, distances, evolution_paths, shortest_paths
from realpolitik.games.relations import bits, stability

LONGEST = 12


@dataclass(frozen=True)
class StatusQuo:
    """`by_moves`, `by_improvements`: least legal steps to each reachable state; `equilibria[concept]` among them.

    `shortest`, `paths`: to the target asked for (paths pass no state twice, shorter first, cut after `most`).
    """

    start: int
    by_moves: Mapping[int, int]
    by_improvements: Mapping[int, int]
    equilibria: Mapping[str, tuple[int, ...]]
    target: int | None
    improvements_only: bool
    shortest: tuple[Path, ...]
    paths: tuple[Path, ...]


def status_quo(
    conflict: Conflict, start: int, target: int | None = None, improvements_only: bool = False, most: int = 20
) -> StatusQuo:
    """Where can the conflict go from `start`, and how does it reach `target`?

    An improvement is better for its mover than the state it leaves; where preferences are unknown it must be certain.
    """
    movers = movers_of(conflict)
    climbs = [[list(bits(mover.improvements(s))) for s in range(len(conflict.states))] for mover in movers]
    moves = climbs if improvements_only else conflict.moves
    flags = stability(movers, "legal-sequences")
    stable = {c: tuple(s for s, col in enumerate(zip(*flags[c], strict=True)) if all(col)) for c in CONCEPTS}
    shortest: tuple[Path, ...] = ()
    paths: tuple[Path, ...] = ()
    if target is not None:
        shortest = tuple(shortest_paths(moves, start, target, most))
        longest = min(LONGEST, len(conflict.states))
        paths = tuple(evolution_paths(moves, start, target, longest, most)) if shortest else ()
    return StatusQuo(
        start,
        distances(conflict.moves, start),
        distances(climbs, start),
        stable,
        target,
        improvements_only,
        shortest,
        paths,
    )


def paths_json(conflict: Conflict, found: StatusQuo) -> dict[str, Any]:
    """The analysis with labels instead of indices."""
    labels = conflict.labels
    out: dict[str, Any] = {
        "name": conflict.name,
        "from": labels[found.start],
        "reachable": {
            "moves": {labels[s]: h for s, h in sorted(found.by_moves.items())},
            "improvements": {labels[s]: h for s, h in sorted(found.by_improvements.items())},
        },
        "attainable_equilibria": {
            concept: [labels[s] for s in states if s in found.by_improvements]
            for concept, states in found.equilibria.items()
        },
    }
    if found.target is not None:
        out["to"] = labels[found.target]
        out["steps"] = "improvements" if found.improvements_only else "moves"
        out["shortest_paths"] = [_path(conflict, found.start, path) for path in found.shortest]
        out["paths"] = [_path(conflict, found.start, path) for path in found.paths]
    return out


def _path(conflict: Conflict, start: int, path: Path) -> list[dict[str, str]]:
    ends = [start, *(move.target for move in path)]
    return [
        {"by": conflict.actors[move.mover], "from": conflict.labels[ends[k]], "to": conflict.labels[move.target]}
        for k, move in enumerate(path)
    ]


def paths_text(conflict: Conflict, found: StatusQuo) -> list[str]:
    """The analysis as lines for a terminal."""
    start = _named(conflict, found.start)
    lines = [f"{conflict.name or 'Conflict'}: from {start}"]
    lines += _by_distance(conflict, "by legal moves", found.by_moves)
    lines += _by_distance(conflict, "by improvements", found.by_improvements)
    for concept, states in found.equilibria.items():
        reached = [conflict.labels[s] for s in states if s in found.by_improvements]
        lines.append(f"  {concept:<5} equilibria attainable by improvements: {', '.join(reached) or 'none'}")
    return lines + _paths_text(conflict, found)


def _by_distance(conflict: Conflict, how: str, steps: Mapping[int, int]) -> list[str]:
    lines = [f"  reachable {how}: {len(steps)} of {len(conflict.states)} states"]
    for h in range(1, max(steps.values()) + 1):
        found = [conflict.labels[s] for s, least in sorted(steps.items()) if least == h]
        lines.append(f"    in {h}: {', '.join(found[:30])}{' ...' if len(found) > 30 else ''}")
    return lines


def _paths_text(conflict: Conflict, found: StatusQuo) -> list[str]:
    if found.target is None:
        return []
    how = "improvements" if found.improvements_only else "moves"
    target = _named(conflict, found.target)
    if not found.paths:
        return [f"  no legal sequence of {how} leads to {target}"]
    return [f"  paths of {how} to {target}, shortest first", *_rows(conflict, found.start, found.paths)]


def _rows(conflict: Conflict, start: int, paths: Sequence[Path]) -> list[str]:
    return [
        f"    {conflict.labels[start]}"
        + "".join(f" -[{conflict.actors[m.mover]}]-> {conflict.labels[m.target]}" for m in path)
        for path in paths
    ]


def _named(conflict: Conflict, s: int) -> str:
    pattern = conflict.pattern(s)
    return f"{conflict.labels[s]} ({pattern})" if pattern else conflict.labels[s]
