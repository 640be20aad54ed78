"""Hypotheses and evidence: by hand, and where evidence does not hang together."""

from __future__ import annotations

import numpy as np
import pytest

from realpolitik.compiled.discrimination import Contrasted, information, mark
from realpolitik.errors import QuestionRefused, RealpolitikError
from realpolitik.project import Project, open_project
from realpolitik.report.notebook import pictures
from realpolitik.results.result import Result

LEAK = "leak by 2024-09-30"


def row(found: Result, what: str, name: str) -> dict[str, object]:
    return next(dict(item) for item in found.rows if item["what"] == what and item["name"] == name)


def test_bayes_factor_by_hand(readings: Project) -> None:
    """P(leak) is 0.8 and 0.2: a factor of 4, and 0.63 after a credence of 0.3."""
    found = readings.hypotheses(saw=[LEAK])
    piece = row(found, "evidence", LEAK)
    assert piece["diagnosticity"] == pytest.approx(4.0, rel=0.2)
    assert piece["marks"] == {"generals": "CC", "ministers": "II"}
    after = row(found, "hypothesis", "generals")
    assert after["after"] == pytest.approx(0.24 / 0.38, abs=0.05)
    assert after["after_low"] < after["after"] < after["after_high"]  # type: ignore[operator]


def test_answers_come_under_each_and_weighted(readings: Project) -> None:
    found = next(item for item in readings.hypotheses(["P(leak by 1 year)"]).rows if item["what"] == "answer")
    assert found["value"] == pytest.approx(0.3 * found["by"]["generals"] + 0.7 * found["by"]["ministers"])
    assert found["told_apart"]


def test_evidence_that_tells_nothing_is_called_so(readings: Project) -> None:
    found = readings.hypotheses(saw=[LEAK, "echo by 2025-03-31"])
    assert set(row(found, "evidence", "echo by 2025-03-31")["marks"].values()) == {"N"}  # type: ignore[attr-defined]
    assert any("1 of 2 pieces of evidence the hypotheses cannot be told apart" in text for text in found.sentences)


def test_the_same_report_twice_is_seen_to_count_twice(readings: Project) -> None:
    once, twice = readings.hypotheses(saw=[LEAK]), readings.hypotheses(saw=[LEAK, "leak by 2024-12-30"])
    assert row(twice, "hypothesis", "generals")["after"] == pytest.approx(row(once, "hypothesis", "generals")["after"])
    assert any("multiplying would mislead" in text for text in twice.sentences)
    assert not any("multiplying" in text for text in once.sentences)


def test_without_rivals_or_with_too_few_draws_it_says_so(readings: Project, strait: Project) -> None:
    with pytest.raises(QuestionRefused, match="no group"):
        strait.hypotheses(group="why Aland armed")
    few = open_project(readings.path, draws=16, cache=False).hypotheses(saw=["unrest at 2024-09: 0.5899 to 0.5901"])
    assert any("too few to weigh" in text for text in few.sentences)
    with pytest.raises(RealpolitikError):
        readings.hypotheses(["P(nothing)"])


def test_the_matrix_is_drawn(readings: Project) -> None:
    (figure,) = pictures(readings.hypotheses(saw=[LEAK]))
    assert figure.name == "matrix"
    assert "very inconsistent" in figure.table.rows[0]


def test_an_event_never_seen_has_a_bounded_ratio() -> None:
    """100 draws, never under the second class: at most 3 / 100 there (the rule of three)."""
    classes = np.array([[1.0] * 100 + [0.0] * 100, [0.0] * 100 + [1.0] * 100])
    made = Contrasted(classes[:1], classes, np.full(200, 0.005), np.tile(np.arange(100, dtype=np.int32), 2))
    assert made.spread[0] == pytest.approx(1 / 0.03)


def test_independent_events_tell_nothing() -> None:
    rows = np.tile([0.0, 1.0], 8)
    assert information(np.repeat([0.0, 1.0], 8)[None], rows, np.ones(16))[0] == pytest.approx(0.0, abs=1e-12)
    assert mark(0.5, 0.4, 0.7) == "I"
