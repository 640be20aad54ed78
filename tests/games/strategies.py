"""Random conflicts in graph form: ties, one-way and removed moves, merged states, partial orders."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from hypothesis import strategies as st

from realpolitik.games.literal import Relation


@dataclass(frozen=True)
class Conflict:
    moves: list[list[set[int]]]
    ranks: list[list[int]]
    transitive: bool

    @property
    def relations(self) -> list[Relation]:
        return [Relation.from_ranks(row) for row in self.ranks]


def option_moves(vectors: list[tuple[int, ...]], owner: list[int], oneway: list[int], n_actors: int):
    def may(a: tuple[int, ...], b: tuple[int, ...], i: int) -> bool:
        return a != b and all(
            x == y or (owner[k] == i and (oneway[k] == 0 or (y - x) == oneway[k]))
            for k, (x, y) in enumerate(zip(a, b, strict=True))
        )

    states = range(len(vectors))
    return [[{t for t in states if may(vectors[s], vectors[t], i)} for s in states] for i in range(n_actors)]


def random_conflict(seed: int, max_states: int = 24, twisted: bool = True) -> Conflict:
    rng = np.random.default_rng(seed)
    n_actors = int(rng.integers(2, 6))
    n_options = int(rng.integers(n_actors, 6)) if n_actors < 6 else n_actors
    owner = [int(k % n_actors) for k in range(n_options)]
    oneway = [int(rng.choice([0, 0, 0, 1, -1])) for _ in range(n_options)]
    vectors = list(product((0, 1), repeat=n_options))
    keep = rng.permutation(len(vectors))[: int(rng.integers(2, min(max_states, len(vectors)) + 1))]
    vectors = [vectors[k] for k in sorted(keep)]
    moves = option_moves(vectors, owner, oneway, n_actors)
    transitive = True
    if twisted and rng.random() < 0.5:
        moves, transitive = twist(moves, rng), False
    spread = int(rng.integers(1, len(moves[0]) + 2))
    ranks = [[int(r) for r in rng.integers(0, spread, len(moves[0]))] for _ in moves]
    return Conflict(moves, ranks, transitive)


def twist(moves: list[list[set[int]]], rng: np.random.Generator) -> list[list[set[int]]]:
    """Remove some moves, then merge two states for everybody."""
    moves = [[{t for t in row if rng.random() > 0.2} for row in actor] for actor in moves]
    n = len(moves[0])
    if n > 3 and rng.random() < 0.5:
        a, b = (int(x) for x in sorted(rng.permutation(n)[:2]))
        relabel = [s if s < b else (a if s == b else s - 1) for s in range(n)]
        merged: list[list[set[int]]] = []
        for actor in moves:
            rows: list[set[int]] = [set() for _ in range(n - 1)]
            for s, row in enumerate(actor):
                rows[relabel[s]] |= {relabel[t] for t in row}
            merged.append([row - {s} for s, row in enumerate(rows)])
        moves = merged
    return moves


def random_partial(seed: int, n_states: int) -> Relation:
    """A strict partial order with ties and unknown pairs, transitively closed."""
    rng = np.random.default_rng(seed)
    ranks = rng.integers(0, n_states, n_states)
    known = rng.random((n_states, n_states)) < 0.5
    above = (ranks[:, None] > ranks[None, :]) & known
    for k in range(n_states):
        above |= above[:, [k]] & above[[k], :]
    tie = (ranks[:, None] == ranks[None, :]) & (rng.random() < 0.5)
    incomparable = ~above & ~above.T & ~tie & ~np.eye(n_states, dtype=bool)
    states = range(n_states)
    return Relation(
        tuple(frozenset(int(t) for t in states if above[t, s]) for s in states),
        tuple(frozenset(int(t) for t in states if incomparable[t, s]) for s in states),
    )


seeds = st.integers(0, 2**32 - 1)
