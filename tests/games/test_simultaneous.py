"""Simultaneous stability against a plain enumeration of joint choices, and textbook cases."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings

from realpolitik.games.relations import PartialOrder, actor, bits, mask_of
from realpolitik.games.simultaneous import SimultaneousGame

from .strategies import option_moves, seeds


@settings(max_examples=120, deadline=None)
@given(seed=seeds)
def test_equals_the_definition(seed):
    rng = np.random.default_rng(seed)
    owner = [0, 0, 1, 1, 2][: int(rng.integers(3, 6))]
    n_actors = max(owner) + 1
    vectors = list(product((0, 1), repeat=len(owner)))
    vectors = [vectors[k] for k in sorted(rng.permutation(len(vectors))[: int(rng.integers(2, len(vectors) + 1))])]
    moves = option_moves(vectors, owner, [0] * len(owner), n_actors)
    ranks = [[int(r) for r in rng.integers(0, 6, len(vectors))] for _ in range(n_actors)]
    movers = [actor([mask_of(t) for t in m], PartialOrder.from_ranks(r)) for m, r in zip(moves, ranks, strict=True)]
    found = SimultaneousGame([(v,) for v in vectors], owner, movers).verdicts()
    assert found == [
        [plainly(vectors, owner, movers, ranks, i, s) for s in range(len(vectors))] for i in range(n_actors)
    ]


def plainly(vectors, owner, movers, ranks, i: int, s: int) -> bool:
    def choices(j: int) -> list[int]:
        return [s, *bits(movers[j].improvements(s))]

    others = [j for j in range(len(movers)) if j != i]
    for t in bits(movers[i].improvements(s)):
        met = False
        for combination in product(*(choices(j) for j in others)):
            chosen = dict(zip(others, combination, strict=True)) | {i: t}
            joint = tuple(vectors[chosen[j]][k] for k, j in enumerate(owner))
            met |= joint in vectors and ranks[i][vectors.index(joint)] <= ranks[i][s]
        if not met:
            return False
    return True


def test_chicken_neither_yields_because_both_might_dare():
    vectors = [(a, b) for a in (0, 1) for b in (0, 1)]
    moves = option_moves(vectors, [0, 1], [0, 0], 2)
    ranks = [[2, 1, 3, 0], [2, 3, 1, 0]]
    movers = [actor([mask_of(t) for t in m], PartialOrder.from_ranks(r)) for m, r in zip(moves, ranks, strict=True)]
    found = SimultaneousGame([(v,) for v in vectors], [0, 1], movers).verdicts()
    assert found is not None
    assert found[0][0]
    assert found[1][0]


def test_nothing_is_said_without_option_vectors():
    movers = [actor([0, 0], PartialOrder.from_ranks([0, 1]))]
    assert SimultaneousGame([(), ()], [], movers).verdicts() is None
