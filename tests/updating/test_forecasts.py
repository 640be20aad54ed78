"""The ledger of forecasts: only added to, every act checked, scored as by hand."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from realpolitik.errors import InputRefused, QuestionRefused, RealpolitikError
from realpolitik.project import Project
from realpolitik.project import forecasts as kept
from realpolitik.project.forecasts import Ledger, Question, model_forecast
from realpolitik.project.track import listing, score
from realpolitik.report.notebook import pictures


def asked(name: str, ask: str = "") -> Question:
    return Question(name, "Does it leak?", "two papers say so", "2090-06-30", ask, "R. Example")


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "forecasts.jsonl")


def test_the_last_forecast_counts_and_scores_are_those_by_hand(ledger: Ledger) -> None:
    for name, p, answer in (("a", 0.8, "yes"), ("b", 0.6, "yes"), ("c", 0.9, "void")):
        ledger.add(asked(name))
        ledger.record(name, 0.1, "R")
        ledger.record(name, p, "R")
        ledger.resolve(name, answer, "the Gazette")
    found = score(ledger)
    (row,) = (row for row in found.rows if row["what"] == "forecaster")
    assert row["forecasts"] == 2
    assert row["brier"] == pytest.approx((0.04 + 0.16) / 2)
    assert row["log_score"] == pytest.approx(-(math.log(0.8) + math.log(0.6)) / 2)
    assert "few" in " ".join(found.sentences)
    assert pictures(found)[0].name == "calibration"


def test_what_was_called_impossible_costs_everything(ledger: Ledger) -> None:
    ledger.add(asked("a"))
    ledger.record("a", 0.0, "R")
    ledger.resolve("a", "yes", "the Gazette")
    found = score(ledger)
    assert "infinite" in " ".join(found.sentences)
    assert found.as_json()["rows"][0]["log_score"] is None


def test_nothing_comes_too_late_or_too_early(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.add(asked("a"))
    with pytest.raises(QuestionRefused, match="may still come true"):
        ledger.resolve("a", "no", "the Gazette")
    ledger.resolve("a", "yes", "the Gazette")
    with pytest.raises(QuestionRefused, match="too late"):
        ledger.record("a", 0.5, "R")
    with pytest.raises(QuestionRefused, match="--correct"):
        ledger.resolve("a", "yes", "the Gazette")
    assert ledger.resolve("a", "void", "withdrawn", correct=True).answer == "void"
    ledger.add(asked("b"))
    monkeypatch.setattr(kept, "_today", lambda: "2090-07-01")
    with pytest.raises(QuestionRefused, match="came due"):
        ledger.record("b", 0.5, "R")
    assert ledger.resolve("b", "no", "nothing happened").answer == "no"


@pytest.mark.parametrize("p", [-0.1, 1.1, float("nan"), float("inf")])
def test_only_probabilities_are_kept(ledger: Ledger, p: float) -> None:
    ledger.add(asked("a"))
    with pytest.raises(QuestionRefused, match="no probability"):
        ledger.record("a", p, "R")


def test_a_question_that_cannot_be_decided_is_refused_with_all_that_is_missing(ledger: Ledger) -> None:
    with pytest.raises(InputRefused) as refused:
        ledger.add(Question("a b", "", " ", "2020"))
    assert len(refused.value.findings) == 4
    with pytest.raises(RealpolitikError):
        ledger.add(Question("a", "x", "y", "2090", "P("))
    ledger.add(asked("a"))
    with pytest.raises(QuestionRefused, match="already"):
        ledger.add(asked("a"))
    with pytest.raises(QuestionRefused, match="Did you mean"):
        ledger.record("aa", 0.5, "R")


def test_what_is_altered_or_taken_out_is_seen(ledger: Ledger) -> None:
    ledger.add(asked("a"))
    for p in (0.2, 0.3, 0.4):
        ledger.record("a", p, "R")
    lines = ledger.path.read_text().splitlines(keepends=True)
    ledger.path.write_text(lines[0] + lines[1].replace("0.2", "0.9") + lines[2])
    assert ledger.read().damaged == (2,)
    ledger.path.write_text(lines[0] + lines[3])
    assert ledger.read().missing == 2
    assert "taken out" in " ".join(listing(ledger).sentences)


def test_a_torn_last_line_loses_only_itself(ledger: Ledger) -> None:
    ledger.add(asked("a"))
    ledger.record("a", 0.2, "R")
    ledger.path.write_bytes(ledger.path.read_bytes()[:-20])
    ledger.record("a", 0.7, "R")
    assert [made.p for made in ledger.read().questions["a"].forecasts] == [0.7]


def test_several_writers_lose_nothing(ledger: Ledger) -> None:
    ledger.add(asked("a"))
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda place: ledger.record("a", place / 40, f"R{place}"), range(40)))
    book = ledger.read()
    assert len(book.questions["a"].last()) == 40
    assert book.missing == 0


def test_the_models_forecast_says_what_it_was_made_from(readings: Project, ledger: Ledger) -> None:
    question = ledger.add(asked("a", "P(leak by 1 year)"))
    p, made_from = model_forecast(readings, question)
    assert p == pytest.approx((made_from["share_of_draws"] * 1024 + 0.5) / 1025)
    assert made_from["seed"] == 1
    assert len(made_from["model_sha256"]) == 64
    with pytest.raises(QuestionRefused, match="without --ask"):
        model_forecast(readings, asked("b"))
    with pytest.raises(QuestionRefused, match="no probability"):
        model_forecast(readings, asked("c", "E[noise after 1 year]"))


def test_nothing_decided_is_nothing_scored(ledger: Ledger) -> None:
    with pytest.raises(QuestionRefused, match="nothing to score"):
        score(ledger)
    assert listing(ledger).sentences[0] == "0 questions, 0 open."
