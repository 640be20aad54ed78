"""Every fast kernel says what the literal definitions say, on thousands of random conflicts."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings

from realpolitik.games.coalitions import CoalitionGame, coalition_verdicts, partition_verdicts
from realpolitik.games.concepts import CONCEPTS, CONVENTIONS, READINGS
from realpolitik.games.literal import LiteralGame, Relation
from realpolitik.games.moves import Arcs
from realpolitik.games.relations import PartialOrder, actor, mask_of, stability
from realpolitik.games.verdicts import verdicts

from .strategies import Conflict, random_conflict, random_partial, seeds


def order_of(relation: Relation) -> PartialOrder:
    return PartialOrder(tuple(map(mask_of, relation.better)), tuple(map(mask_of, relation.unknown)))


def movers_of(conflict: Conflict, relations: list[Relation], reading: str):
    rows = [[mask_of(row) for row in moves] for moves in conflict.moves]
    return [actor(row, order_of(relation), reading) for row, relation in zip(rows, relations, strict=True)]


def fast_flags(conflict: Conflict, convention) -> dict[str, list[list[bool]]]:
    arcs = Arcs.from_lists(conflict.moves, conflict.transitive)
    found = verdicts(arcs, np.asarray(conflict.ranks, dtype=np.int32), convention)
    return {concept: found.of(concept).tolist() for concept in CONCEPTS}


@pytest.mark.parametrize("convention", CONVENTIONS)
@settings(max_examples=150, deadline=None)
@given(seed=seeds)
def test_ranks_and_sets_equal_the_definitions(convention, seed):
    conflict = random_conflict(seed)
    literal = LiteralGame(conflict.moves, conflict.relations, convention).verdicts()
    assert fast_flags(conflict, convention) == literal
    assert stability(movers_of(conflict, conflict.relations, "b"), convention) == literal


@pytest.mark.parametrize("reading", READINGS)
@settings(max_examples=60, deadline=None)
@given(seed=seeds)
def test_unknown_preferences_in_each_reading(reading, seed):
    conflict = random_conflict(seed, max_states=10)
    n = len(conflict.moves[0])
    relations = [random_partial(seed + k, n) for k in range(len(conflict.moves))]
    literal = LiteralGame(conflict.moves, relations, "legal-sequences", reading)
    movers = movers_of(conflict, relations, reading)
    assert stability(movers, "legal-sequences") == literal.verdicts()
    assert_coalitions_agree(CoalitionGame(movers), literal)


@pytest.mark.parametrize("convention", CONVENTIONS)
@settings(max_examples=50, deadline=None)
@given(seed=seeds)
def test_coalitions_equal_the_definitions(convention, seed):
    conflict = random_conflict(seed, max_states=8)
    literal = LiteralGame(conflict.moves, conflict.relations, convention)
    movers = movers_of(conflict, conflict.relations, "b")
    assert_coalitions_agree(CoalitionGame(movers, convention), literal)


@settings(max_examples=60, deadline=None)
@given(seed=seeds)
def test_a_partition_into_single_actors_is_no_partition(seed):
    conflict = random_conflict(seed)
    movers = movers_of(conflict, conflict.relations, "b")
    alone = [(i,) for i in range(len(movers))]
    assert partition_verdicts(movers, alone, "legal-sequences") == stability(movers, "legal-sequences")
    everyone = tuple(range(len(movers)))
    whole = partition_verdicts(movers, [everyone], "legal-sequences")
    together = CoalitionGame(movers).verdicts(everyone)
    assert whole["R"][0] == whole["GMR"][0] == whole["SEQ"][0] == together["CNash"] == together["CGMR"]


def assert_coalitions_agree(game: CoalitionGame, literal: LiteralGame) -> None:
    for members, found in coalition_verdicts(game).items():
        for concept, flags in found.items():
            expected = [literal.coalition_stable(concept, members, s) for s in literal.states]
            assert flags == expected, (members, concept)


@settings(max_examples=300, deadline=None)
@given(seed=seeds)
def test_the_concepts_are_nested(seed):
    conflict = random_conflict(seed)
    flags = {c: np.asarray(rows) for c, rows in fast_flags(conflict, "legal-sequences").items()}
    chains = [("R", "SSEQ"), ("SSEQ", "SEQ"), ("SEQ", "GMR"), ("SSEQ", "SMR"), ("SMR", "GMR")]
    for narrow, wide in chains:
        assert not (flags[narrow] & ~flags[wide]).any(), (narrow, wide)


@settings(max_examples=100, deadline=None)
@given(seed=seeds)
def test_relabelling_states_and_actors_changes_nothing(seed):
    conflict = random_conflict(seed)
    rng = np.random.default_rng(seed)
    n, m = len(conflict.moves[0]), len(conflict.moves)
    place, turn = rng.permutation(n), rng.permutation(m)
    where = np.argsort(place)
    moves = [[{int(where[t]) for t in conflict.moves[i][place[s]]} for s in range(n)] for i in turn]
    ranks = [[conflict.ranks[i][place[s]] for s in range(n)] for i in turn]
    renamed = fast_flags(Conflict(moves, ranks, conflict.transitive), "legal-sequences")
    plain = fast_flags(conflict, "legal-sequences")
    for concept in CONCEPTS:
        assert (np.asarray(plain[concept])[turn][:, place] == np.asarray(renamed[concept])).all()


@settings(max_examples=60, deadline=None)
@given(seed=seeds)
def test_the_conventions_allow_more_and_more_sanctions(seed):
    conflict = random_conflict(seed)
    by = {c: fast_flags(conflict, c) for c in CONVENTIONS}
    for concept, (narrow, wide) in ((c, p) for c in CONCEPTS for p in combinations(reversed(CONVENTIONS), 2)):
        assert not (np.asarray(by[narrow][concept]) & ~np.asarray(by[wide][concept])).any()
