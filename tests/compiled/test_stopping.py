"""Draws until the answer is as sharp as asked."""

from __future__ import annotations

import pytest

from realpolitik.compiled.answers import estimate
from realpolitik.compiled.stopping import careful_error, enough
from realpolitik.errors import QuestionRefused
from realpolitik.language.parser import parse_query
from realpolitik.project import Project, open_project

STRAIT = "tests/cases/strait.yaml"


@pytest.fixture(scope="module")
def strait() -> Project:
    return open_project(STRAIT, cache=False)


def test_half_the_draws_would_not_have_done(strait: Project) -> None:
    asked = parse_query("E[tension at 2 years]")
    ensemble, error = enough(lambda draws: strait.ensemble(draws=draws), asked, 0.003)
    assert error <= 0.003
    assert ensemble.settings.draws > 64
    assert careful_error(estimate(strait.ensemble(draws=ensemble.settings.draws // 2), asked)) > 0.003


def test_no_draw_is_not_never(strait: Project) -> None:
    asked = parse_query("P(tension > 0.9999 at 1 year)")
    found = estimate(strait.ensemble(draws=64), asked)
    assert found.error == 0.0
    assert careful_error(found) > 0.005


def test_what_the_most_draws_do_not_reach_is_said(strait: Project) -> None:
    text = "gain(BOR | do(ALA.arm))"
    _, error = enough(lambda draws: strait.ensemble(draws=draws), parse_query(text), 1e-6, most=64)
    assert error > 1e-6
    assert "reached) with" in strait.ask("P(tension > 0.5 at 1 year)", precision=0.05).sentences[1]


@pytest.mark.parametrize("precision", [-1.0, float("nan"), float("inf")])
def test_what_is_no_precision_is_refused(strait: Project, precision: float) -> None:
    with pytest.raises(QuestionRefused, match="positive number"):
        strait.ask("E[tension at 1 year]", precision=precision)
