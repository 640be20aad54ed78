"""Paths and reachability against plain enumeration."""

from __future__ import annotations

from hypothesis import given, settings

from realpolitik.games.literal import reachable
from realpolitik.games.paths import distances, evolution_paths, layers, shortest_paths

from .strategies import random_conflict, seeds


def sequences(moves, start: int, longest: int):
    """Every legal sequence of moves, by recursion."""
    paths = [((), start)]
    for _ in range(longest):
        longer = [
            ((*path, (i, t)), t)
            for path, state in paths
            for i in range(len(moves))
            if not path or path[-1][0] != i
            for t in sorted(moves[i][state])
        ]
        yield from longer
        paths = longer


@settings(max_examples=80, deadline=None)
@given(seed=seeds)
def test_reachable_states_are_those_of_the_definition(seed):
    conflict = random_conflict(seed, max_states=12)
    everyone = range(len(conflict.moves))
    start = seed % len(conflict.moves[0])
    reached = reachable(conflict.moves, everyone, start, "legal-sequences")
    assert set(layers(conflict.moves, start)[-1]) == reached | {start}


@settings(max_examples=60, deadline=None)
@given(seed=seeds)
def test_short_paths_are_all_found_and_legal(seed):
    conflict = random_conflict(seed, max_states=7)
    n = len(conflict.moves[0])
    start, target = seed % n, (seed // 7) % n
    expected = {
        path
        for path, end in sequences(conflict.moves, start, 3)
        if end == target and len({start, *(t for _, t in path)}) == len(path) + 1
    }
    found = evolution_paths(conflict.moves, start, target, 3, most=10**6)
    assert {tuple((m.mover, m.target) for m in path) for path in found} == expected
    if expected:
        least = min(len(path) for path in expected)
        shortest = shortest_paths(conflict.moves, start, target, most=10**6)
        assert distances(conflict.moves, start)[target] == least
        assert {len(path) for path in shortest} == {least}
        assert len(shortest) == sum(len(path) == least for path in expected)


def test_no_mover_moves_twice_in_a_row():
    chain = [[[1], [2], []], [[], [], []]]
    assert shortest_paths(chain, 0, 2) == []
    assert 2 not in distances(chain, 0)
