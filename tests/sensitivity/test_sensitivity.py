"""What carries an answer's spread, on cases worked out by hand and on the bundled one."""

from __future__ import annotations

import json

import pytest

from realpolitik.errors import ExpressionError, QuestionRefused
from realpolitik.project import Project, open_project


def test_the_price_alone_carries_what_the_gate_is_worth(toll: Project) -> None:
    found = toll.sensitivity("gain(UPL at 2 years | do(UPL.gate))")
    assert [row["id"] for row in found.rows] == ["price: UPL.gate=on for UPL"]
    (row,) = found.rows
    assert row["share"] > 0.9
    assert row["low"] <= row["share"] <= row["high"]
    assert row["out_low"] == pytest.approx(20, abs=2)  # 30 points less a price of about 10
    assert row["out_high"] == pytest.approx(-10, abs=2)


def test_the_size_of_the_link_carries_what_it_costs_the_other(toll: Project) -> None:
    (row,) = toll.sensitivity("gain(LOW at 2 years | do(UPL.gate))").rows
    assert row["id"].startswith("size: UPL.gate")
    assert "trust" in row["name"]


def test_inputs_that_cannot_be_told_from_noise_are_counted_not_ranked(toll: Project) -> None:
    found = toll.sensitivity("gain(UPL at 2 years | do(UPL.gate))")
    assert any("4 other inputs are not ranked" in sentence for sentence in found.sentences)
    assert found.about["floor"] > 0


def test_which_reading_is_true_is_an_input(strait: Project) -> None:
    found = strait.sensitivity("gain(ALA at 3 years | do(ALA.arm))")
    readings = [row for row in found.rows if row["kind"] == "reading"]
    assert [row["id"] for row in readings] == ["why Aland arms"]


def test_answers_without_spread_and_few_draws_are_refused(toll: Project, strait: Project) -> None:
    with pytest.raises(QuestionRefused, match="same in every draw"):
        toll.sensitivity("P(trust > 0.9 at 1 year)")
    few = open_project(toll.path, draws=16, cache=False)
    with pytest.raises(QuestionRefused, match="16 draws cannot tell"):
        few.sensitivity("gain(UPL at 2 years | do(UPL.gate))")
    with pytest.raises(ExpressionError):
        strait.sensitivity("tension")


@pytest.mark.parametrize("text", ["9", "0"])
def test_a_question_that_is_not_there_is_named(strait: Project, text: str) -> None:
    with pytest.raises(QuestionRefused, match="There is no question"):
        strait.sensitivity(text)


def test_the_answer_is_plain_data(strait: Project) -> None:
    found = strait.sensitivity("1")
    assert json.loads(json.dumps(found.as_json()))["kind"] == "sensitivity"
    assert found.data["share"].sizes["input"] == len(found.arrays["share"].values)


@pytest.mark.slow
@pytest.mark.reference
def test_on_the_reference_case_the_bond_hangs_on_its_price_to_washington() -> None:
    case = open_project("northeast-asia", draws=256)
    found = case.sensitivity("P(TRIO.institution=institutionalised by 3 years)")
    assert found.rows[0]["id"] == "price: TRIO.institution=institutionalised for USA"
    assert found.rows[0]["out_low"] > found.rows[0]["out_high"]
