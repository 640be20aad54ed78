"""Equilibria over draws against the definitions on each draw's conflict; coalitions, paths, reasons, exports."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace

import numpy as np
import pytest

from realpolitik.analyses import outcomes
from realpolitik.analyses.outcomes.asked import asked_states, read_outcome
from realpolitik.analyses.outcomes.coalitions import coalition_game, coalition_view
from realpolitik.analyses.outcomes.effects import option_effects
from realpolitik.analyses.outcomes.judged import best_moves, judge, most_used_paths, temptations
from realpolitik.analyses.outcomes.moves import movers_of, parties_of
from realpolitik.analyses.outcomes.reasons import reason
from realpolitik.compiled.gameform import rolled_out
from realpolitik.conflicts.graph import movers_of as sets_of
from realpolitik.conflicts.reader import parse_conflict
from realpolitik.conflicts.writer import conflict_to_json
from realpolitik.dynamics.tables import Draws
from realpolitik.errors import InputRefused, QuestionRefused
from realpolitik.games.concepts import CONCEPTS
from realpolitik.games.paths import distances
from realpolitik.games.relations import bits, stability

from .conftest import FOCAL


@pytest.mark.parametrize("draw", range(0, 32, 5))
def test_every_flag_is_what_the_definitions_say_on_the_draws_conflict(ensemble, states, judged, draw: int):
    conflict = outcomes.conflict_of(ensemble, states, draw)
    found = stability(sets_of(conflict), "legal-sequences")
    for c, concept in enumerate(CONCEPTS):
        assert judged.held[c, draw].tolist() == [all(column) for column in zip(*found[concept], strict=True)]


def test_the_oracle_of_loops_and_sets_agrees(ensemble, states, judged):
    conflict = outcomes.conflict_of(ensemble, states, 3)
    ranks = [list(preference.ranks) for preference in conflict.preferences]
    moves = [[set(row) for row in actor] for actor in conflict.moves]
    for c, concept in enumerate(CONCEPTS):
        expected = [_literal(moves, ranks, concept, s) for s in range(len(states.levels))]
        assert judged.held[c, 3].tolist() == expected


def _literal(moves, ranks, concept: str, s: int) -> bool:
    """Stable for all, with sanctions by legal sequences, from loops and sets."""
    return all(_stable(moves, ranks, concept, i, s) for i in range(len(moves)))


def _stable(moves, ranks, concept: str, i: int, s: int) -> bool:
    better = [t for t in moves[i][s] if ranks[i][t] > ranks[i][s]]
    if concept == "R":
        return not better
    return all(_met(moves, ranks, concept, i, s, t) for t in better)


def _met(moves, ranks, concept: str, i: int, s: int, t: int) -> bool:
    climbing = concept in ("SEQ", "SSEQ")
    for u in _reached(moves, ranks, i, t, climbing):
        if ranks[i][u] <= ranks[i][s]:
            replies = moves[i][u] if concept in ("SMR", "SSEQ") else ()
            if all(ranks[i][v] <= ranks[i][s] for v in replies):
                return True
    return False


def _reached(moves, ranks, i: int, start: int, climbing: bool) -> set[int]:
    """Ends of sequences of the others, nobody twice in a row."""
    seen, todo = set(), [(start, -1)]
    while todo:
        state, last = todo.pop()
        for j in range(len(moves)):
            if j in (i, last):
                continue
            for u in moves[j][state]:
                if (not climbing or ranks[j][u] > ranks[j][state]) and (u, j) not in seen:
                    seen.add((u, j))
                    todo.append((u, j))
    return {u for u, _ in seen}


def test_moves_are_what_the_rules_say(ensemble, states):
    """From the definition, state by state: own options freely, agreements and exchanges where the others prefer it."""
    tables, rng = ensemble.model.tables, np.random.default_rng(1)
    movers = movers_of(tables, states)
    ranks = rng.integers(0, 20, (len(movers.actors), len(states.levels))).astype(np.int32)
    lists = movers.moves.lists(ranks)
    names = [tables.options[k] for k in states.options]
    for i, actor in enumerate(movers.actors):
        for s, t in itertools.permutations(range(len(states.levels)), 2):
            assert (t in lists[i][s]) == _may(tables, states, movers, ranks, names, i, actor, s, t), (actor, s, t)


def _may(tables, states, movers, ranks, names, i, actor, s, t) -> bool:  # noqa: PLR0917  (one rule, written out)
    before, after = states.levels[s], states.levels[t]
    changed = [c for c in range(len(names)) if before[c] != after[c]]
    parties = [parties_of(tables, states.options[c]) for c in changed]
    alone = all(
        p == (actor,) or (actor in p and after[c] == 0) for p, c in zip(parties, changed, strict=True)
    )  # PACT: leave any
    prefers = {a for j, a in enumerate(movers.actors) if ranks[j][t] > ranks[j][s]}
    agreed = len(changed) == 1 and actor in parties[0] and set(parties[0]) - {actor} <= prefers and len(parties[0]) > 1
    legs = {names.index("PAT.credit"): 1, names.index("ALA.port"): 1}
    givers = {tables.actors.index("PAT"), tables.actors.index("ALA")}
    raised = all(after[c] == max(before[c], level) for c, level in legs.items()) and set(changed) <= set(legs)
    exchanged = raised and actor in givers and givers - {actor} <= prefers
    return alone or agreed or exchanged


def test_what_improvements_reach_is_what_paths_say(ensemble, states, judged):
    for draw in (0, 9, 21):
        conflict = outcomes.conflict_of(ensemble, states, draw)
        climbs = [[list(bits(mover.improvements(s))) for s in range(len(states.levels))] for mover in sets_of(conflict)]
        found = distances(climbs, states.now)
        assert np.flatnonzero(judged.attained[draw]).tolist() == sorted(found)


def test_the_most_used_path_is_a_legal_climb_of_least_length(ensemble, states, judged):
    target = int(np.argmax(judged.share(judged.attained) * (np.arange(len(states.levels)) != states.now)))
    path, weight = most_used_paths(judged, [target])[target]
    assert path[-1].target == target
    assert 0 < weight <= judged.share(judged.attained)[target] + 1e-12
    assert all(a.mover != b.mover for a, b in itertools.pairwise(path))


def test_coalitions_from_the_definition(ensemble, states, judged):
    """CNash for every coalition of two and more, by trying every joint change."""
    tables = ensemble.model.tables
    s = int(np.argmax(judged.shares("R")))
    free = 0.0
    for n in np.flatnonzero(judged.held[0, :, s]):
        free += float(judged.form.weight[n]) * (not _upset(tables, states, judged, n, s))
    found = coalition_view(judged, tables, coalition_game(judged, tables), s)
    assert found.proof == pytest.approx(free)
    assert found.holds["CNash"] == pytest.approx(free)


def _upset(tables, states, judged, n, s) -> bool:
    actors = judged.movers.actors
    for size in range(2, len(actors) + 1):
        for group in itertools.combinations(range(len(actors)), size):
            members = {actors[i] for i in group}
            for t in range(len(states.levels)):
                changed = np.flatnonzero(states.levels[s] != states.levels[t])
                can = all(
                    set(p := parties_of(tables, states.options[c])) <= members
                    or (set(p) & members and states.levels[t][c] == 0 and len(p) > 1)
                    for c in changed
                )
                if t != s and can and all(judged.ranks[n, i, t] > judged.ranks[n, i, s] for i in group):
                    return True
    return False


def test_temptations_add_up(judged):
    s = judged.form.states.now
    gains, targets = best_moves(judged, s)
    for item in temptations(judged, s):
        flags = judged.stable[0, item.actor, s]
        assert item.leaves == pytest.approx(1 - flags)
        assert (item.target is None) == (item.leaves == 0)
    assert ((gains > 0).any(axis=1) == ~judged.held[0, :, s]).all()
    assert (targets[np.isfinite(gains)] >= 0).all()


def test_a_remedy_does_what_it_says(ensemble, states, judged):
    """Multiply the weight in the draws, value everything again, and count in how many draws the actor stays."""
    tried = 0
    for s in range(len(states.levels)):
        for item in temptations(judged, s):
            if item.leaves < 0.6:
                continue
            found = reason(ensemble, judged, s, item)
            for remedy in [r for r in found.remedies if r.kind == "interest"][:1]:
                assert _stays(ensemble, judged, item.actor, s, remedy) == pytest.approx(remedy.stays)
                tried += 1
        if tried >= 3:
            return
    raise AssertionError("no remedy was found to try")


def _stays(ensemble, judged, actor, s, remedy) -> float:
    weights = judged.form.draws.weight_of_interest.copy()
    weights[:, remedy.column] *= remedy.factor
    inputs = {name: getattr(judged.form.draws, name) for name in vars(judged.form.draws)}
    values = rolled_out(ensemble, judged.form.states, Draws(**(inputs | {"weight_of_interest": weights})))
    return float(judge(replace(judged.form, values=values), judged.movers).stable[0, actor, s])


def test_pulls_add_up_to_the_gain(ensemble, judged):
    s = judged.form.states.now
    item = max(temptations(judged, s), key=lambda found: found.leaves)
    found = reason(ensemble, judged, s, item)
    actor = judged.movers.actors[item.actor]
    leaving = ~(best_moves(judged, s)[0][:, item.actor] <= 0)
    weight = judged.form.weight * leaving
    change = (judged.form.values[:, actor, item.target] - judged.form.values[:, actor, s]) * 100
    assert sum(pull.points for pull in found.pulls) == pytest.approx(float(weight @ change / weight.sum()), abs=0.5)


def test_an_option_nobody_would_use_changes_nothing_and_a_temptation_undoes(ensemble, states, judged):
    effects = option_effects(judged, ensemble.model.tables)
    assert {item.option for item in effects} == set(states.options)
    without = [item for item in effects if item.concept == "R"]
    assert all(item.held_up == 0 for item in without), "removing moves cannot break R"
    assert any(item.undone > 0 for item in without)


def test_a_conflict_survives_its_file(ensemble, states):
    conflict = outcomes.conflict_of(ensemble, states)
    again = parse_conflict(json.dumps(conflict_to_json(conflict)))
    assert again.labels == conflict.labels
    assert again.moves == conflict.moves
    assert [p.ranks for p in again.preferences] == [p.ranks for p in conflict.preferences]
    assert again.labels[again.status_quo or 0] == "as now"


def test_the_answer_in_sentences(project):
    found = project.stability(FOCAL, outcome="ALA.arm=on, BOR.blockade=off", effects=True)
    assert found.sentences[0].startswith("That some outcome of this kind holds")
    text = " ".join(found.sentences)
    assert "Aland" in text or "Borduria" in text
    assert "of joint outcomes" not in text
    assert json.loads(json.dumps(found.as_json()))["about"]["joint_states"] == 48
    first = found.rows[0]
    assert first["outcome"] == "as now"
    assert first["R_low"] <= first["R"] <= first["R_high"]
    assert first["R"] <= first["SSEQ"] <= min(first["SMR"], first["SEQ"]) <= first["GMR"]
    together = next(row for row in found.rows if row.get("for_every_coalition") == "as now")
    assert together["CNash"] == pytest.approx(first["coalition_proof"])
    assert together["CNash"] <= min(together["CSMR"], together["CSEQ"]) <= together["CGMR"] <= together["CGMR_high"]
    shares = [row["in_stable_outcomes"] for row in found.rows if row.get("option") == "PACT.drill" and "level" in row]
    assert not shares or sum(shares) == pytest.approx(1.0)
    assert found.data["equilibrium"].dims == ("concept", "state")


def test_the_picture_names_what_it_draws(project):
    found = project.stability(FOCAL)
    picture = found.about["picture"]
    known = {state["id"] for state in picture["states"]}
    assert {move[end] for move in picture["moves"] for end in ("from", "to")} <= known
    assert all(0.05 <= move["share"] <= 1.0 + 1e-9 for move in picture["moves"])
    assert sum(state["now"] for state in picture["states"]) == 1


def test_same_seed_same_answer_and_threads_do_not_matter(project):
    one = replace(project, settings=replace(project.settings, threads=1), _ensembles={})
    assert one.stability(FOCAL).as_json() == project.stability(FOCAL).as_json()


def test_kernels_agree(ensemble, states, form):
    batched = replace(ensemble, settings=replace(ensemble.settings, kernel="batched"))
    found = rolled_out(batched, states, form.draws.rows(slice(0, 3)))
    np.testing.assert_allclose(found, form.values[:3], atol=1e-9)


def test_mistakes_in_an_outcome_are_named_together(ensemble):
    with pytest.raises(InputRefused) as refused:
        read_outcome(ensemble.model, "ALA.arms=on, PACT.drill=loud & ALA.ore")
    assert "Did you mean 'ALA.arm'?" in str(refused.value)
    assert "its levels are none, quiet, public" in str(refused.value)


def test_an_outcome_brings_its_exchange_along(ensemble):
    states, wanted = asked_states(ensemble, (), "PAT.credit")
    names = [ensemble.model.tables.options[k] for k in states.options]
    assert "ALA.port" in names
    assert list(wanted.values()) == [1]


def test_a_draw_that_is_not_there(ensemble, states):
    with pytest.raises(QuestionRefused, match="draws 0 to 31"):
        outcomes.conflict_of(ensemble, states, 99)
