from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from realpolitik.compiled.answers import estimate
from realpolitik.compiled.contrasts import LOSS, Contrast, loser_shares
from realpolitik.errors import ExpressionError, QuestionRefused, RealpolitikError
from realpolitik.language.parser import parse_query
from realpolitik.project import Project
from realpolitik.project.explain import explain


@given(arrays(np.float64, (7, 4), elements=st.floats(-50, 50)))
def test_losers_share_a_draw_and_nobody_counts(gains: np.ndarray) -> None:
    shares = loser_shares(gains)
    assert np.allclose(shares.sum(axis=1), 1.0)
    for row, own in zip(gains, shares, strict=True):
        if row.min() >= -LOSS:
            assert own[-1] == 1.0
        else:
            assert own[:-1][row > row.min() + LOSS].sum() == 0.0
            assert own[int(row.argmin())] > 0.0


def test_a_gain_is_its_own_part_and_its_reactions(strait: Project) -> None:
    contrast = Contrast(strait.ensemble(), strait.held("ALA.arm"))
    for years in (None, 1.0, 3.0):
        parts = [contrast.gains(years, part) for part in ("by itself", "through reactions")]
        assert np.allclose(parts[0] + parts[1], contrast.gains(years))


def test_by_itself_nobody_else_decides_anew(strait: Project) -> None:
    contrast = Contrast(strait.ensemble(), strait.held("ALA.arm"))
    number = strait.model.tables.options.index("ALA.arm")
    alone, quo = contrast.alone.levels, contrast.status_quo.levels
    others = [i for i in range(alone.shape[2]) if i != number]
    assert np.array_equal(alone[:, :, others], quo[:, :, others])
    assert (alone[:, :, number] == 1).all()


def test_holding_what_holds_anyway_changes_nothing(strait: Project) -> None:
    contrast = Contrast(strait.ensemble(), strait.held("ALA.arm=off"))
    assert np.abs(contrast.gains(1.0)).max() == 0.0


@pytest.mark.parametrize("verb", ["gains", "compare", "futures"])
def test_every_verb_answers_in_four_forms(strait: Project, verb: str) -> None:
    result = getattr(strait, verb)(do="scenario armed")
    assert len(result.table) == len(result.rows) > 0
    assert result.sentences
    assert "<table" in result._repr_html_()
    assert json.loads(json.dumps(result.as_json()))["kind"] == verb
    assert result.about["draws"] == 32
    assert set(result.data.data_vars) == set(result.arrays)


def test_gains_at_each_answer_time_and_for_each_actor(strait: Project) -> None:
    table = strait.gains(do="ALA.arm").table
    assert set(table["years"]) == {1.0, 3.0}
    assert set(table["actor"]) == {"ALA", "BOR", "PAT", "ISL"}
    shares = table[table["years"] == 3.0]["share_losing_most"].sum()
    assert 0.0 <= shares <= 1.0 + 1e-9


def test_sum_scaling_divides_by_the_weights(strait: Project) -> None:
    contrast = Contrast(strait.ensemble(), strait.held("ALA.arm"))
    top, by_sum = contrast.gains(1.0), contrast.gains(1.0, "total", "sum")
    ratio = np.nanmedian(top / np.where(by_sum != 0, by_sum, np.nan), axis=0)
    number = strait.model.tables.actors.index("BOR")
    weights = [abs(i.weight.central) for i in strait.situation.interests if i.actor == "BOR"]
    assert ratio[number] == pytest.approx(sum(weights) / strait.model.tables.top_weight[number])


@pytest.mark.parametrize(
    "text",
    [
        "P(PACT.drill=public by 3 years)",
        "P(tension > 0.5 at 1 year | do(ALA.arm))",
        "E[tension after 1 year | do(ALA.arm)] - E[tension after 1 year]",
        "gain(BOR at 1 year | do(ALA.arm))",
        "gain(BOR at 1 year through reactions | do(ALA.arm))",
        "loser(| do(ALA.arm))",
        "rank(BOR | do(ALA.arm))",
        "share(BOR | do(ALA.arm))",
        "gain(BOR at 1 year | do(ALA.arm), under(why Aland arms: for use))",
        "P(tension > 0.5 ever | do(shock thaw))",
        "gain(ISL at 1 year | do(tension=0.9))",
        "first(ALA.arm=on)",
    ],
)
def test_any_question_is_answered_in_a_sentence(strait: Project, text: str) -> None:
    result = strait.ask(text)
    assert result.sentences[0].endswith(".")
    assert np.isfinite(result.rows[0]["value"])


def test_a_difference_is_paired(strait: Project) -> None:
    ensemble = strait.ensemble()
    same = estimate(ensemble, parse_query("E[tension after 1 year] - E[tension after 1 year]"))
    assert same.spread == (0.0, 0.0)


def test_under_a_reading_only_its_draws_count(strait: Project) -> None:
    ensemble = strait.ensemble()
    whole = estimate(ensemble, parse_query("E[arsenal after 3 years]"))
    parts = [
        estimate(ensemble, parse_query(f"E[arsenal after 3 years | under(why Aland arms: {name})]")).value
        for name in ("for show", "for use")
    ]
    assert whole.value == pytest.approx(0.6 * parts[0] + 0.4 * parts[1])


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("P(tensoin > 0.5 at 1 year)", ExpressionError),
        ("gain(BOR at 30 years | do(ALA.arm))", RealpolitikError),
        ("gain(BOR)", ExpressionError),
        ("gain(XXX | do(ALA.arm))", ExpressionError),
        ("E[tension after 1 year | given(tension > 0.999)]", QuestionRefused),
        ("gain(BOR | do(balance=0.5))", ExpressionError),
        ("gain(BOR | do(tension=1.5))", ExpressionError),
        ("gain(BOR | do(ALA.arm=maybe))", ExpressionError),
        ("P(tension > 0.5 | under(nobody knows))", ExpressionError),
    ],
)
def test_what_cannot_be_answered_honestly_is_refused(strait: Project, text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        strait.ask(text)


def test_why_adds_up_to_the_gain(strait: Project) -> None:
    result = strait.why("BOR", "ALA.arm", years=3.0)
    gain = strait.gains(do="ALA.arm").table.query("actor == 'BOR' and years == 3.0")["gain"].iloc[0]
    assert result.about["total"] == pytest.approx(gain, abs=0.02)
    assert result.because()


def test_wrong_weights_change_only_weights(strait: Project) -> None:
    result = strait.null("loser(| do(ALA.arm))")
    assert result.rows[0]["variant"] == "as written"
    assert all(0.0 <= row["value"] <= 1.0 for row in result.rows)
    assert result.rows[0]["lift"] == 0.0


def test_same_seed_same_bytes(strait: Project) -> None:
    from realpolitik.project import open_project  # noqa: PLC0415

    again = open_project(strait.path, draws=32, cache=False, threads=2)
    first, second = strait.ensemble().run(), again.ensemble().run()
    assert first.factors.tobytes() == second.factors.tobytes()
    assert first.levels.tobytes() == second.levels.tobytes()
    other = open_project(strait.path, draws=32, seed=2, cache=False)
    assert other.ensemble().run().factors.tobytes() != first.factors.tobytes()


def test_without_an_entry_its_effect_is_gone(strait: Project) -> None:
    key = next(item.key for item in strait.situation.influences if item.effect == "arsenal")
    with_it = strait.ask("E[arsenal after 1 year | do(ALA.arm)]").rows[0]["value"]
    without = strait.ask(f"E[arsenal after 1 year | do(ALA.arm), without({key})]").rows[0]["value"]
    start = strait.ask("E[arsenal at 0 years]").rows[0]["value"]
    assert with_it > start + 0.05
    assert without == pytest.approx(start, abs=1e-9)


@pytest.mark.parametrize(
    "text",
    [
        "P(tension > 0.5 by 2024-03 | do(ALA.arm from 2025-06))",
        "E[tension at 2020]",
        "gain(BOR | do(ALA.arm from 2040))",
        "gain(BOR | do(ALA.arm from 2026 until 2025))",
        "E[tension/0 at 1 year]",
    ],
)
def test_times_that_cannot_be_meant_and_divisions_by_zero_are_refused(strait: Project, text: str) -> None:
    with pytest.raises(RealpolitikError):
        strait.ask(text)


def test_why_leaves_out_what_the_question_leaves_out_and_says_what_it_does_not_explain(strait: Project) -> None:
    asked = "gain(BOR scaled top | do(ALA.arm), under(for show), without(BOR: major: less tension))"
    (found,) = explain(strait, asked)
    assert "scaled top" in found.sentences[0]
    assert "under(for show)" in found.sentences[0]
    assert not [row for row in found.rows if "less tension" in row["entry"]]
    assert [row for row in next(explain(strait, "gain(BOR | do(ALA.arm))")).rows if "less tension" in row["entry"]]


def test_both_times_of_one_gain_are_explained(strait: Project) -> None:
    asked = "gain(BOR at 3 years | do(ALA.arm)) - gain(BOR at 1 year | do(ALA.arm))"
    assert len(list(explain(strait, asked))) == 2
