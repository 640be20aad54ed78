"""Conditioning against what can be worked out by hand, and against weighting alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from realpolitik.compiled.conditioning import conditioned, effective
from realpolitik.compiled.observations import graded, log_likelihood, read_observation, seen
from realpolitik.compiled.particles import draws_of, paths_of, prior
from realpolitik.errors import ExpressionError, QuestionRefused, RealpolitikError
from realpolitik.project import Project, open_project

LEAK = "leak by 2024-09-30"
LEVEL = "unrest at 2024-09-30: 0.467757 to 0.632243"  # Normal(0.55, 0.05)


def weight_of(project: Project, reading: str, saw: list[str]) -> float:
    return next(row["after"] for row in project.assimilate(saw).rows if row.get("name") == reading)


def test_bayes_by_hand(readings: Project) -> None:
    """0.3 x 0.8 / (0.3 x 0.8 + 0.7 x 0.2) = 0.6316 (Bayes' rule, e.g. Jeffreys 1961, Theory of Probability, 1.2)."""
    assert weight_of(readings, "generals", [LEAK]) == pytest.approx(0.24 / 0.38, abs=0.05)
    assert weight_of(readings, "generals", [f"not {LEAK.replace('by', 'until')}"]) == pytest.approx(
        0.06 / 0.62, abs=0.03
    )


def test_a_doubtful_report_moves_less_by_the_rule(readings: Project) -> None:
    """B3: w = 0.48, so the ratio is (0.48 x 0.8 + 0.26) / (0.48 x 0.2 + 0.26)."""
    ratio = (0.48 * 0.8 + 0.26) / (0.48 * 0.2 + 0.26)
    assert weight_of(readings, "generals", [f"{LEAK}, grade B3"]) == pytest.approx(
        0.3 * ratio / (0.3 * ratio + 0.7), abs=0.04
    )


def test_a_report_of_unknown_grade_changes_nothing(readings: Project) -> None:
    ensemble = readings.ensemble()
    item = read_observation(readings.model, f"{LEAK}, grade F6")
    assert graded("F6") == 0.0
    assert np.ptp(log_likelihood(readings.model, ensemble.run(), (item,))) == 0.0
    assert weight_of(readings, "generals", [f"{LEAK}, grade F6"]) == pytest.approx(0.3, abs=0.035)


def test_a_conjugate_normal(readings: Project) -> None:
    """Normal(0.5, 0.05) seen as 0.55 with error 0.05: Normal(0.525, 0.05 / sqrt 2).

    Gelman et al. 2013, Bayesian Data Analysis, 3rd edition, p. 40.
    """
    found = conditioned(readings.ensemble(), (read_observation(readings.model, LEVEL),))
    levels = seen(readings.model, found.posterior.run(), read_observation(readings.model, LEVEL))
    assert levels.mean() == pytest.approx(0.525, abs=0.003)
    assert levels.std() == pytest.approx(0.05 / np.sqrt(2), abs=0.003)


def test_the_evidence_is_the_chance_of_what_was_seen(readings: Project) -> None:
    found = conditioned(readings.ensemble(), (read_observation(readings.model, LEAK),))
    assert np.exp(found.log_evidence) == pytest.approx(0.38, abs=0.04)


def test_particles_are_the_ensembles_own_draws(strait: Project) -> None:
    ensemble = strait.ensemble()
    sequences, particles = prior(ensemble)
    made = draws_of(strait.model, ensemble.settings.seed, sequences, particles, ensemble.draws.weight)
    assert all(np.array_equal(getattr(made, name), getattr(ensemble.draws, name)) for name in vars(made))


def test_a_short_run_is_the_beginning_of_the_long_one(strait: Project) -> None:
    ensemble = strait.ensemble()
    short, whole = paths_of(ensemble, ensemble.draws, 3), ensemble.run()
    assert np.array_equal(short.factors, whole.factors[:, :4])
    assert np.array_equal(short.levels, whole.levels[:, :4])


def test_moved_draws_agree_with_weighting_alone(strait: Project) -> None:
    """On a prior 32 times as large, weights alone are enough to compare with."""
    texts = ("evidence > 0.3 by 2025-06, grade B2", "tension at 2025-06-30: 0.3 to 0.6, grade B2")
    large = open_project(strait.path, draws=2048, cache=False).ensemble()
    items = tuple(read_observation(strait.model, text) for text in texts)
    later = read_observation(strait.model, "tension > 0.5 by 2026-06")
    logs = log_likelihood(strait.model, large.run(), items)
    weights = large.draws.weight * np.exp(logs - logs.max())
    assert effective(weights) > 300
    plain = float((weights * seen(strait.model, large.run(), later)).sum() / weights.sum())
    wide = open_project(strait.path, draws=256, cache=False).ensemble()
    moved = conditioned(wide, items).posterior
    assert seen(strait.model, moved.run(), later).mean() == pytest.approx(plain, abs=0.08)


def test_the_same_seed_learns_the_same(strait: Project) -> None:
    saw = ["tension at 2025-06-30: 0.3 to 0.6, grade B2"]
    assert strait.assimilate(saw).as_json() == strait.assimilate(saw).as_json()


def test_what_cannot_be_is_refused_by_name(strait: Project) -> None:
    with pytest.raises(QuestionRefused, match=r"No draw fits what was observed .*grain"):
        strait.assimilate(["grain > 200 by 2025-06"])


def test_what_lies_far_from_the_model_collapses_or_says_so(readings: Project) -> None:
    """Eight standard deviations away, with next to no error."""
    small = open_project(readings.path, draws=32, cache=False)
    with pytest.raises(QuestionRefused, match="collapses"):
        small.assimilate(["unrest at 2024-09-30: 0.8999999 to 0.9"])
    found = small.assimilate(["unrest at 2024-09-30: 0.69 to 0.71"])
    assert "outside" in " ".join(found.sentences)
    assert found.about["effective_draws_by_weighting"] < 5
    assert next(row["after"] for row in found.rows if row.get("kind") == "level") == pytest.approx(0.7, abs=0.02)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("leak", "no date"),
        ("leak ever", "no date"),
        ("unrest by 2024-09", "a level, not an event"),
        ("unrest at 2024-09: 0.5", "says nothing of its error"),
        ("unrest at 2024-09: high", "expected"),
        ("lek by 2024-09", "no factor or option"),
        ("leak by 2023-01", "before the start"),
        ("leak by 2044", "beyond the horizon"),
        ("leak at 2024-01-15", "first period"),
        ("leak by 2024-09, grade Z9", "no grade"),
        ("leak by 2024-09 (c99)", "no claim"),
        ("", "nothing is written"),
    ],
)
def test_a_report_that_cannot_be_read_says_why(readings: Project, text: str, says: str) -> None:
    with pytest.raises(RealpolitikError, match=says):
        readings.assimilate([text])


def test_nothing_seen_is_nothing_learned(readings: Project) -> None:
    with pytest.raises(QuestionRefused, match="Nothing was observed"):
        readings.assimilate()


def test_questions_of_another_model_are_refused(readings: Project) -> None:
    with pytest.raises(QuestionRefused, match="another model"):
        readings.assimilate([LEAK], ask=["P(leak by 1 year | without(leak))"])


def test_a_file_of_reports_is_read_with_all_its_errors(readings: Project, tmp_path: Path) -> None:
    path = tmp_path / "seen.yaml"
    path.write_text("observations:\n  - leak by 2024-09-30, grade A1\n  - unrest at 2024-09-30: 0.4 to 0.6\n")
    assert len(readings.assimilate(file=path).rows) > 4
    path.write_text("observation:\n  - leak\nobservations:\n  - lek by 2024-09\n  - leak\n")
    with pytest.raises(RealpolitikError) as refused:
        readings.assimilate(file=path)
    assert len(str(refused.value).splitlines()) == 3


def test_grades_weigh_as_claims_do() -> None:
    with pytest.raises(ExpressionError):
        graded("B7")
    assert graded("b2") == pytest.approx(0.64)


@pytest.mark.slow
@pytest.mark.reference
def test_the_reports_of_2024_from_the_state_of_2023() -> None:
    project = open_project("northeast-asia", state="2023-09-15", draws=128, cache=False)
    found = project.assimilate()
    seen_rows = {row["name"]: row for row in found.rows if row["what"] == "observation"}
    assert len(seen_rows) == 7
    assert all(row["after"] > row["before"] for row in seen_rows.values() if row["kind"] == "event")
    weights = [row["after"] for row in found.rows if row["what"] == "hypothesis"]
    assert sum(weights) == pytest.approx(1.0)
    assert found.about["effective_histories"] > 100
