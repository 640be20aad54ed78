"""What an outcome needs at best: by going through every state that fits, draw by draw."""

from __future__ import annotations

import numpy as np
import pytest

from realpolitik.analyses.outcomes.judged import best_moves
from realpolitik.analyses.outcomes.required import required
from realpolitik.errors import QuestionRefused

from .conftest import FOCAL


def test_each_draw_takes_the_state_that_needs_least(ensemble, states, judged):
    arm = ensemble.model.tables.options.index("ALA.arm")
    matching = states.matching({arm: 1})
    found = required(judged, matching)
    least, actors = np.zeros(len(judged.ranks)), np.zeros(len(judged.ranks), dtype=int)
    for n in range(len(judged.ranks)):
        gains = {int(s): np.maximum(best_moves(judged, int(s))[0][n], 0) for s in matching}
        best = min(gains, key=lambda s: (round(gains[s].sum(), 9), (gains[s] > 0).sum()))
        least[n], actors[n] = gains[best].sum(), (gains[best] > 0).sum()
    for k, share in enumerate(found.counts):
        assert share == pytest.approx(float(judged.form.weight @ (actors == k)))
    held = judged.held[0][:, matching].any(axis=1)
    assert found.counts[0] == pytest.approx(float(judged.form.weight @ held))
    assert ((least == 0) == held).all()
    assert sum(need.leaves for need in found.needs) == pytest.approx(float(judged.form.weight @ actors))


def test_the_facade_answers_and_asks(project):
    found = project.inverse("ALA.arm=on", FOCAL)
    assert found.kind == "inverse"
    assert any("Aland" in text for text in found.sentences)
    kept = [row for row in found.rows if row.get("sense") == "R" and row["holds"]]
    assert all(row["comparisons_to_turn"] == 0 for row in kept)
    with pytest.raises(QuestionRefused, match="Which outcome should hold"):
        project.inverse("", FOCAL)
