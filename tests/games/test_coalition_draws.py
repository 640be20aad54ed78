"""Coalitions in many draws at once against the definitions, draw by draw and move by move."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings

from realpolitik.games.coalition_draws import CoalitionDraws, packed, unpacked
from realpolitik.games.coalitions import coalitions_of
from realpolitik.games.concepts import COALITION_CONCEPTS
from realpolitik.games.literal import LiteralGame, Relation

from .strategies import seeds

Members = tuple[int, ...]


class AtOnce(LiteralGame):
    """The definitions, a coalition changing its options at once instead of by sequences of its members' moves."""

    def group_moves(self, members: Sequence[int], s: int) -> frozenset[int]:
        return self.joint[tuple(members)][s]

    def _group_reach(self, outsiders: Sequence[int], t: int, concept: str) -> frozenset[int]:
        if concept == "CSEQ":
            return super()._group_reach(outsiders, t, concept)
        return self.group_moves(outsiders, t) if outsiders else frozenset()


def literal(joint: dict[Members, list[frozenset[int]]], ranks: np.ndarray, n: int) -> AtOnce:
    moves = [[set(joint[i,][s]) for s in range(n)] for i in range(len(ranks))]
    game = AtOnce(moves, [Relation.from_ranks(row) for row in ranks.tolist()])
    object.__setattr__(game, "joint", joint)
    return game


class Situation:
    """Random options with owners (some joint), steps one may take, and infeasible cells."""

    def __init__(self, seed: int, whole: bool = False) -> None:
        rng = np.random.default_rng(seed)
        self.actors = int(rng.integers(2, 4))
        count = int(rng.integers(self.actors, 5))
        self.sizes = tuple(int(rng.integers(2, 4)) if count < 4 else 2 for _ in range(count))
        self.owners = [
            {k % self.actors} | ({int(rng.integers(self.actors))} if not whole else set()) for k in range(count)
        ]
        self.up = [bool(rng.random() < 0.25) for _ in range(count)]
        cells = [c for c in product(*map(range, self.sizes)) if whole or rng.random() < 0.8]
        self.vectors = cells or [(0,) * count]
        self.cells = np.array([np.ravel_multi_index(v, self.sizes) for v in self.vectors])
        self.ranks = rng.integers(
            0, int(rng.integers(2, 9)), (int(rng.integers(1, 70)), self.actors, len(self.vectors))
        )

    def steps(self, members: Members) -> dict[int, np.ndarray]:
        found = {}
        for k, size in enumerate(self.sizes):
            if self.owners[k] <= set(members):
                found[k] = (
                    np.triu(np.ones((size, size), dtype=bool)) if self.up[k] else np.ones((size, size), dtype=bool)
                )
            elif self.owners[k] & set(members) and not self.up[k]:
                found[k] = np.eye(size, dtype=bool)
                found[k][:, 0] = True
        return found

    def joint(self) -> dict[Members, list[frozenset[int]]]:
        return {m: [self._reached(m, v) for v in self.vectors] for m in coalitions_of(range(self.actors))}

    def _reached(self, members: Members, v: Sequence[int]) -> frozenset[int]:
        steps = self.steps(members)
        fits = [
            t != v and all(a == b or (k in steps and steps[k][a, b]) for k, (a, b) in enumerate(zip(v, t, strict=True)))
            for t in self.vectors
        ]
        return frozenset(n for n, fit in enumerate(fits) if fit)


@settings(max_examples=40, deadline=None)
@given(seed=seeds)
def test_every_draw_is_what_the_definitions_say(seed: int) -> None:
    case = Situation(seed)
    game = CoalitionDraws(case.sizes, case.cells, case.ranks, case.steps)
    joint, n = case.joint(), len(case.vectors)
    for s in range(0, n, 3):
        found = game.flags(s)
        for draw in range(0, len(case.ranks), 17):
            oracle = literal(joint, case.ranks[draw], n)
            for concept in COALITION_CONCEPTS:
                expected = all(oracle.coalition_stable(concept, members, s) for members in joint)
                assert found[concept] is not None
                assert found[concept][draw] == expected, (concept, s, draw)


@settings(max_examples=15, deadline=None)
@given(seed=seeds)
def test_with_free_options_it_is_the_game_of_sequences(seed: int) -> None:
    """Where nothing is joint, one-way or infeasible, members moving in turn reach what they reach at once."""
    case = Situation(seed, whole=True)
    case.up = [False] * len(case.sizes)
    game = CoalitionDraws(case.sizes, case.cells, case.ranks[:1], case.steps)
    moves = [[set(row) for row in case.joint()[i,]] for i in range(case.actors)]
    plain = LiteralGame(moves, [Relation.from_ranks(row) for row in case.ranks[0].tolist()])
    for s in range(0, len(case.vectors), 5):
        for concept, flags in game.flags(s).items():
            expected = all(plain.coalition_stable(concept, m, s) for m in coalitions_of(range(case.actors)))
            assert flags is not None
            assert bool(flags[0]) == expected


def test_too_many_marks_leave_the_credible_answers_out(monkeypatch: pytest.MonkeyPatch) -> None:
    case = Situation(3)
    game = CoalitionDraws(case.sizes, case.cells, case.ranks, case.steps)
    monkeypatch.setattr("realpolitik.games.coalition_draws.MOST_MARKS", 0)
    found = game.flags(0)
    assert found["CSEQ"] is None
    assert found["CGMR"] is not None


def test_bits_keep_the_draws() -> None:
    flags = np.random.default_rng(1).random((3, 130)) < 0.5
    assert [unpacked(row, 130).tolist() for row in packed(flags)] == flags.tolist()
