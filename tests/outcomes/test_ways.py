"""Ways from today: in every draw a legal climb of least length to the nearest state that fits; shares add up."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from realpolitik.analyses import outcomes
from realpolitik.analyses.outcomes.asked import read_outcome
from realpolitik.conflicts.graph import movers_of as sets_of
from realpolitik.games.paths import distances
from realpolitik.games.relations import bits

from .conftest import FOCAL


def test_ways_are_the_shortest_climbs_of_their_draws(ensemble, states, judged):
    wanted = read_outcome(ensemble.model, "PACT.drill=quiet")
    found = outcomes.ways(ensemble, judged, wanted)
    fitting = set(states.matching(wanted).tolist())
    lengths: dict[int, float] = {}
    for draw, weight in enumerate(judged.form.weight):
        conflict = outcomes.conflict_of(ensemble, states, draw)
        climbs = [[list(bits(m.improvements(s))) for s in range(len(states.levels))] for m in sets_of(conflict)]
        steps = [h for s, h in distances(climbs, states.now).items() if s in fitting]
        if steps:
            lengths[min(steps)] = lengths.get(min(steps), 0.0) + float(weight)
    told: dict[int, float] = {}
    for path, weight in found.found:
        told[len(path)] = told.get(len(path), 0.0) + weight
        assert path[-1].target in fitting
        assert all(a.mover != b.mover for a, b in itertools.pairwise(path))
    assert told == pytest.approx(lengths)
    assert found.share == pytest.approx(sum(lengths.values()))


def test_without_a_goal_ways_lead_to_what_nobody_leaves_in_that_draw(ensemble, states, judged):
    found = outcomes.ways(ensemble, judged, {})
    lasting = judged.attained & judged.held[0]
    lasting[:, states.now] = False
    assert found.share == pytest.approx(float(judged.form.weight @ lasting.any(axis=1)))
    assert sum(weight for _, weight in found.found) == pytest.approx(found.share)
    assert found.least == ()


def test_a_step_by_agreement_names_who_agrees(project, ensemble, states, judged):
    text = " ".join(project.paths(FOCAL, to="PACT.drill=quiet").sentences)
    assert "Borduria with Patria (PACT.drill: quiet)" in text
    gains = outcomes.ways(ensemble, judged, read_outcome(ensemble.model, "PACT.drill=quiet")).least[0][1]
    assert np.isfinite(gains).all()


def test_shares_never_exceed_one(judged):
    assert judged.share(np.ones(len(judged.ranks), dtype=bool)) <= 1.0
    assert (judged.share(np.ones(judged.attained.shape, dtype=bool)) <= 1.0).all()
