"""Inverse conditions, shares of orders and cheapest changes against brute force over all orders."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations

import pytest
from hypothesis import given, settings

from realpolitik.games.concepts import CONCEPTS
from realpolitik.games.inverse import cheapest_to_break, cheapest_to_hold, condition, share_of_orders
from realpolitik.games.literal import LiteralGame, Relation
from realpolitik.games.relations import PartialOrder, actor, mask_of

from .strategies import Conflict, random_conflict, seeds

CONVENTION = "legal-sequences"


def conflict_of(seed: int) -> Conflict:
    return random_conflict(seed, max_states=6)


def movers_of(conflict: Conflict):
    return [
        actor([mask_of(row) for row in moves], PartialOrder.from_ranks(ranks))
        for moves, ranks in zip(conflict.moves, conflict.ranks, strict=True)
    ]


def stable_with(conflict: Conflict, i: int, ranks: list[int], concept: str, s: int) -> bool:
    relations = [Relation.from_ranks(ranks if j == i else row) for j, row in enumerate(conflict.ranks)]
    return LiteralGame(conflict.moves, relations).stable(concept, i, s)


def with_above(n: int, s: int, above: set[int]) -> list[int]:
    return [1 if t in above else 0 for t in range(n)]


@pytest.mark.parametrize("concept", CONCEPTS)
@settings(max_examples=25, deadline=None)
@given(seed=seeds)
def test_share_of_orders_equals_counting_them_all(concept, seed):
    conflict = conflict_of(seed)
    n, i, s = len(conflict.moves[0]), seed % len(conflict.moves), seed % len(conflict.moves[0])
    orders = list(permutations(range(n)))
    good = sum(stable_with(conflict, i, list(order), concept, s) for order in orders)
    found = condition(movers_of(conflict), concept, i, s, CONVENTION)
    assert share_of_orders(found) == Fraction(good, len(orders))
    assert found.holds == stable_with(conflict, i, conflict.ranks[i], concept, s)


@pytest.mark.parametrize("concept", CONCEPTS)
@settings(max_examples=25, deadline=None)
@given(seed=seeds)
def test_cheapest_changes_work_and_none_is_cheaper(concept, seed):
    conflict = conflict_of(seed)
    n, i, s = len(conflict.moves[0]), seed % len(conflict.moves), seed % len(conflict.moves[0])
    found = condition(movers_of(conflict), concept, i, s, CONVENTION)
    above = {t for t in range(n) if conflict.ranks[i][t] > conflict.ranks[i][s]}
    others = set(range(n)) - {s}

    def least(goal: bool) -> int | None:
        for size in range(n):
            for flipped in combinations(sorted(others), size):
                if stable_with(conflict, i, with_above(n, s, above ^ set(flipped)), concept, s) == goal:
                    return size
        return None

    hold, broken = cheapest_to_hold(found), cheapest_to_break(found) if found.holds else None
    assert hold.exact
    assert hold.size == least(True)
    assert stable_with(conflict, i, with_above(n, s, above - set(hold.lowered)), concept, s)
    if found.holds:
        assert (broken.size if broken else None) == least(False)
        if broken:
            assert not stable_with(conflict, i, with_above(n, s, above | set(broken.raised)), concept, s)
