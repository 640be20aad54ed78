"""The worth of knowing, on choices worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realpolitik.compiled.sequences import uniforms
from realpolitik.compiled.voi import Choice, worth_of_groups
from realpolitik.errors import QuestionRefused
from realpolitik.project import Project, open_project


def umbrella(draws: int = 512, idle: int = 20) -> Choice:
    """Go (x, uniform on -1..1) or stay (0). E[max(x, 0)] - 0 = 1/4 for perfect information and for x alone."""
    x = 2 * uniforms(3, "x", np.arange(draws)) - 1
    others = [uniforms(3, f"idle {i}", np.arange(draws)) for i in range(idle)]
    return Choice(np.stack([np.zeros(draws), x], axis=1), np.ones(draws), np.stack([x, *others], axis=1))


def test_one_input_that_decides_is_worth_what_perfect_information_is() -> None:
    choice = umbrella()
    assert choice.perfect == pytest.approx(0.25, abs=0.005)
    assert choice.worth[0] == pytest.approx(0.25, abs=0.01)
    assert choice.worth[1:].max() <= choice.floor < 0.05


def test_half_of_what_matters_is_worth_less_than_all() -> None:
    # Go is worth x + y, both uniform on -1..1: E max(x, 0) = 1/4 for x alone, E max(x + y, 0) = 1/3 for both.
    n = 1024
    x, y = (2 * uniforms(5, name, np.arange(n)) - 1 for name in ("x", "y"))
    choice = Choice(np.stack([np.zeros(n), x + y], axis=1), np.ones(n), np.stack([x, y], axis=1))
    assert choice.perfect == pytest.approx(1 / 3, abs=0.02)
    assert choice.worth == pytest.approx([0.25, 0.25], abs=0.02)


def test_what_cannot_change_the_choice_is_worth_nothing() -> None:
    n = 256
    x = uniforms(7, "x", np.arange(n))
    choice = Choice(np.stack([x, x - 2.0], axis=1), np.ones(n), x[:, None])
    assert choice.perfect == 0.0
    assert choice.worth[0] == 0.0


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1000), st.integers(2, 4))
def test_worth_is_never_negative_and_perfect_information_never_less_than_a_group(seed: int, plans: int) -> None:
    dealer = np.random.default_rng(seed)
    benefits, weights = dealer.standard_normal((96, plans)), dealer.random(96) + 0.1
    choice = Choice(benefits, weights, dealer.random((96, 3)))
    group, _ = worth_of_groups(benefits, weights, dealer.integers(0, 3, 96))
    assert (choice.worth >= -1e-12).all()
    assert -1e-12 <= group <= choice.perfect + 1e-12


def test_the_price_of_the_gate_is_worth_knowing(toll: Project) -> None:
    found = toll.information("UPL", ["UPL.gate=on"])
    plans = {row["plan"]: row for row in found.rows if "plan" in row}
    assert plans["as it stands"]["gain"] == 0.0
    assert plans["UPL.gate"]["chosen"]
    (known,) = [row for row in found.rows if "worth" in row]
    assert known["id"] == "price: UPL.gate=on for UPL"
    # Worth 30 points less its price, log-normal with 5th and 95th percentile 10 and 40: E[max(0, price - 30)].
    price = np.exp(np.log(20) + np.log(2) / 1.6448536 * np.random.default_rng(1).standard_normal(200_000))
    exact = float(np.maximum(price - 30, 0).mean())
    assert found.about["perfect"] == pytest.approx(exact, abs=0.35)
    assert known["worth"] == pytest.approx(exact, abs=0.5)
    assert known["where"].startswith("'as it stands' above ")


def test_plans_and_actors_that_are_not_there_are_refused(toll: Project) -> None:
    with pytest.raises(QuestionRefused, match="'XXX' is no actor"):
        toll.information("XXX", ["UPL.gate=on"])
    with pytest.raises(QuestionRefused, match="needs a plan"):
        toll.information("UPL", [])
    with pytest.raises(QuestionRefused, match="named twice"):
        toll.information("UPL", ["UPL.gate=on", "UPL.gate=on"])
    with pytest.raises(QuestionRefused, match="beyond the horizon"):
        toll.information("UPL", ["UPL.gate=on"], years=40)
    with pytest.raises(QuestionRefused, match="16 draws: too few"):
        open_project(toll.path, draws=16, cache=False).information("UPL", ["UPL.gate=on"])


@pytest.mark.slow
@pytest.mark.reference
def test_on_the_reference_case_no_single_input_changes_what_seoul_would_choose() -> None:
    case = open_project("northeast-asia", draws=64)
    found = case.information("KOR", ["scenario engage_and_deter", "scenario uniform_pressure", "KOR.nuclear=on"])
    assert found.about["best"] == "engage Beijing, deter Moscow"
    assert found.about["perfect"] < 1.0
