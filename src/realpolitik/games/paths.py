"""Where the conflict can go from its status quo, and by which legal paths.

Status quo analysis: Li, Kilgour & Hipel 2005 (JORS 56:699); coloured paths, no two consecutive moves by one mover:
Xu, Kilgour, Hipel & Kemkes 2010 (EJOR 207:318).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Moves = Sequence[Sequence[Sequence[int]]]


@dataclass(frozen=True)
class Move:
    """One step of a path: who moves, and where to."""

    mover: int
    target: int


Path = tuple[Move, ...]

MAX_STEPS = 500_000


def layers(moves: Moves, start: int) -> list[dict[int, set[int]]]:
    """S_h: the states reachable in at most h legal steps, each with its possible last movers, h = 0, 1, ...

    `moves[actor][state]` = states reached. Ends when nothing new appears.

    >>> toggle = [[1], [0]]
    >>> layers([toggle, toggle], 0)
    [{0: set()}, {0: set(), 1: {0, 1}}, {0: {0, 1}, 1: {0, 1}}]
    """
    known: dict[int, set[int]] = {start: set()}
    out = [{s: set(movers) for s, movers in known.items()}]
    fresh = [(start, -1)]
    while fresh:
        following: list[tuple[int, int]] = []
        for state, last in fresh:
            for move in _onward(moves, state, last):
                if move.mover not in known.setdefault(move.target, set()):
                    known[move.target].add(move.mover)
                    following.append((move.target, move.mover))
        fresh = following
        if fresh:
            out.append({s: set(movers) for s, movers in known.items()})
    return out


def _onward(moves: Moves, state: int, last: int) -> Iterator[Move]:
    for actor, targets in enumerate(moves):
        if actor != last:
            for target in targets[state]:
                yield Move(actor, target)


def distances(moves: Moves, start: int) -> dict[int, int]:
    """The least number of legal steps to every reachable state."""
    return {s: h for h, layer in reversed(list(enumerate(layers(moves, start)))) for s in layer}


def shortest_paths(moves: Moves, start: int, target: int, most: int = 100) -> list[Path]:
    """The shortest legal paths from start to target, at most `most` of them, in order of movers and states.

    >>> toggle = [[1], [0]]
    >>> shortest_paths([toggle, [[], []]], 0, 1)
    [(Move(mover=0, target=1),)]
    """
    length = distances(moves, start).get(target)
    if not length:
        return []
    found = evolution_paths(moves, start, target, length, most)
    return [path for path in found if len(path) == length]


def evolution_paths(moves: Moves, start: int, target: int, longest: int, most: int = 100) -> list[Path]:
    """All legal paths from start to target that pass no state twice, of at most `longest` steps, `most` of them.

    Shorter paths come first. The search is cut after `MAX_STEPS` steps tried.
    """
    back, tried = _steps_left(moves, target), [0]
    out: list[Path] = []
    for length in range(1, longest + 1):
        for path in _extend(moves, target, length, [start], (), back, tried):
            out.append(path)
            if len(out) >= most:
                return out
    return out


def _steps_left(moves: Moves, target: int) -> dict[int, int]:
    """A lower bound on the steps from each state to the target (last movers ignored); absent if none lead there."""
    into: dict[int, set[int]] = {}
    for actor in moves:
        for s, targets in enumerate(actor):
            for t in targets:
                into.setdefault(t, set()).add(s)
    steps, fresh = {target: 0}, [target]
    for state in fresh:
        for s in into.get(state, ()):
            if s not in steps:
                steps[s] = steps[state] + 1
                fresh.append(s)
    return steps


def _extend(
    moves: Moves, target: int, left: int, visited: list[int], path: Path, back: dict[int, int], tried: list[int]
) -> Iterator[Path]:
    state, last = visited[-1], path[-1].mover if path else -1
    if state == target and path:
        if left == 0:
            yield path
        return
    for move in _onward(moves, state, last):
        tried[0] += 1
        near = back.get(move.target, left) <= left - 1 and tried[0] <= MAX_STEPS
        if near and move.target not in visited:
            yield from _extend(moves, target, left - 1, [*visited, move.target], (*path, move), back, tried)
