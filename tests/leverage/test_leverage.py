from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.analyses.deterrence import critical_risk, threats
from realpolitik.compiled.dependence import concentration, dependence_rows
from realpolitik.compiled.levers import overlap
from realpolitik.compiled.unilateral import Replays, moves_of
from realpolitik.errors import QuestionRefused
from realpolitik.project import Project, open_project
from realpolitik.project import leverage as ask
from realpolitik.results.result import Result

from .by_hand import CUT, LOOT, ORDER


def pair(result: Result, actor: str, over: str) -> dict:
    return next(dict(row) for row in result.rows if (row["actor"], row["over"]) == (actor, over))


@pytest.fixture(scope="module")
def found(supplier: Project) -> Result:
    return ask.leverage(supplier)


def test_a_cut_costs_what_it_costs_by_hand(found: Result) -> None:
    row = pair(found, "SUP", "CUS")
    assert row["cost"] == pytest.approx(CUT, abs=1e-9)
    assert row["cost_low"] == row["cost_high"] == pytest.approx(CUT, abs=1e-9)
    assert row["cost_own"] == pytest.approx(-30.0 if row["cost_move"] == "SUP.parts=stop" else -40.0, abs=1e-9)


def test_of_two_cuts_of_everything_either_suffices(found: Result) -> None:
    row = pair(found, "SUP", "CUS")
    assert row["pair_move"] == "SUP.gas=stop, SUP.parts=stop"
    assert row["pair"] == pytest.approx(row["cost"], abs=1e-9)
    assert row["overlap"] == pytest.approx(1.0)
    assert row["either"]
    assert row["pair_own"] == pytest.approx(-70.0)


def test_dependence_is_what_one_needs_more_than_the_other(found: Result) -> None:
    assert pair(found, "SUP", "CUS")["asymmetry"] == pytest.approx(0.75)
    assert pair(found, "CUS", "SUP")["asymmetry"] == pytest.approx(-0.75)
    assert pair(found, "BYS", "CUS")["asymmetry"] == 0.0


def test_a_pledged_threat_is_carried_out_when_provoked_about_as_often_as_pledged(supplier: Project) -> None:
    row = pair(ask.leverage(supplier, years=1.0), "SUP", "CUS")
    assert row["provoked_by"] == "CUS.raid=on"
    assert row["promised"] == pytest.approx(0.3)
    assert row["anyway"] < row["carried_out"]
    assert row["carried_out"] == pytest.approx(0.3, abs=0.15)


def test_dear_moves_that_nobody_pledged_are_not_made(found: Result) -> None:
    assert pair(found, "BYS", "CUS")["carried_out"] < 0.02
    assert pair(found, "BYS", "CUS")["cost_own"] == pytest.approx(-90.0)


def test_every_ordered_pair_of_those_who_can_act_has_a_row(strait: Project) -> None:
    result = ask.leverage(strait)
    able = [actor for actor in strait.model.tables.actors if moves_of(strait.model, actor)]
    assert "ISL" not in able
    assert len(result.rows) == len(able) * (len(strait.model.tables.actors) - 1)
    assert len({tuple(row) for row in result.rows}) == 1
    assert json.loads(json.dumps(result.as_json()))["kind"] == "leverage"
    assert set(result.data.data_vars) == set(result.arrays)


def test_the_strongest_lever_is_stronger_than_any_other(strait: Project) -> None:
    result, replays = ask.leverage(strait), Replays(strait.ensemble(), 3.0)
    weight = strait.ensemble().draws.weight
    for row in result.rows:
        place = strait.model.tables.actors.index(row["over"])
        means = [
            float((replays.gains(move.held(strait.model))[:, place] * weight).sum())
            for move in moves_of(strait.model, row["actor"])
        ]
        if row["cost_move"]:
            assert row["cost"] == pytest.approx(min(means))
        else:
            assert min(means) >= -0.5


def test_same_seed_same_rows(strait: Project) -> None:
    again = strait.ensemble()
    again.known_scales.clear()
    assert ask.leverage(strait).rows == ask.leverage(strait).rows


def test_an_answer_beyond_the_horizon_is_refused(strait: Project) -> None:
    with pytest.raises(QuestionRefused, match="horizon"):
        ask.leverage(strait, years=50.0)


def test_leaving_a_joint_option_is_a_move_of_one_alone(small_case: Project) -> None:
    leaving = [move for move in moves_of(small_case.model, "JPN") if move.leaves]
    assert [move.id(small_case.model) for move in leaving] == ["TRIO.institution=loose"]


# Overlap, concentration


def test_hirschmans_index_of_equal_shares_is_one_over_the_root_of_their_number() -> None:
    """Hirschman 1945, ch. VI: 100 for one partner; n equal partners give 100 / sqrt(n)."""
    assert concentration([1.0]) == 1.0
    for count in (2, 4, 25, 100):
        assert concentration([1 / count] * count) == pytest.approx(1 / np.sqrt(count))


def test_the_share_of_one_supplier_makes_concentration(supplier: Project) -> None:
    rows = {row["good"]: row for row in dependence_rows(supplier.ensemble())}
    assert rows["gas"]["concentration"] == pytest.approx(1.0)
    assert rows["coin"]["concentration"] == pytest.approx(0.25)
    assert rows["gas"]["unmet"] == pytest.approx(1.0)


@given(st.floats(0.1, 50), st.floats(0.1, 50), st.floats(0, 1))
def test_overlap_runs_from_adding_up_to_either(one: float, two: float, share: float) -> None:
    together = one + two - share * min(one, two)
    assert overlap(-one, -two, -together) == pytest.approx(share, abs=1e-6)


# Deterrence


def test_the_critical_risk_is_where_the_mover_is_indifferent() -> None:
    """Ellsberg 1968: resist while (1 - p) gain + p loss > what complying brings. Numbers ours: 10, -30."""
    risk = critical_risk(10.0, -30.0)
    assert risk == pytest.approx(0.25)
    assert (1 - risk) * 10.0 + risk * -30.0 == pytest.approx(0.0)


@given(st.floats(0.01, 1e3), st.floats(-1e3, -0.01))
def test_at_the_critical_risk_nothing_is_gained(hope: float, fear: float) -> None:
    risk = critical_risk(hope, fear)
    assert 0.0 < risk < 1.0
    assert (1 - risk) * hope + risk * fear == pytest.approx(0.0, abs=1e-6)


def test_deterrence_by_hand(supplier: Project) -> None:
    result = ask.deterrence(supplier, "CUS.raid", "SUP.gas=stop", years=1.0)
    mover, responder = result.rows
    hope = LOOT + 20 * ORDER - 1.0 - 3.0
    assert mover["hope"] == pytest.approx(hope, abs=1e-9)
    assert mover["fear"] == pytest.approx(hope + CUT, abs=1e-9)
    assert mover["critical"] == pytest.approx(hope / -CUT, abs=1e-9)
    assert responder["answer"] == pytest.approx(-40.0)
    assert 0.2 < mover["expected"] < 0.5
    assert mover["deterred"] == pytest.approx(float(mover["expected"] > mover["critical"]))


def test_gains_stand_in_an_array_as_well(supplier: Project) -> None:
    result = ask.deterrence(supplier, "CUS.raid", "SUP.gas=stop", years=1.0)
    table = result.arrays["gains"]
    place = table.coords["actor"].index("CUS")
    assert table.values[:, place] == pytest.approx([result.rows[0]["hope"], result.rows[0]["fear"]])


def test_what_does_not_hurt_deters_nobody(supplier: Project) -> None:
    result = ask.deterrence(supplier, "CUS.raid, SUP.gas=sell", "BYS.ships", actor="CUS", years=1.0)
    assert result.rows[0]["critical"] is None
    assert "would move whatever comes" in result.sentences[0]


def test_threats_are_promises_that_answer_the_move_of_somebody_else(supplier: Project) -> None:
    crisis = open_project("cuban-missiles", draws=4, cache=False)
    answer = "SUN.berlin=squeeze"
    assert threats(crisis.situation) == (("USA.force=airstrike", answer), ("USA.force=invasion", answer))
    assert threats(supplier.situation) == ()


def test_a_move_that_brings_nothing_needs_no_deterring(supplier: Project) -> None:
    result = ask.deterrence(supplier, "BYS.favour", "SUP.gas=stop")
    assert result.rows[0]["critical"] == 0.0
    assert "needs no deterring" in result.sentences[0]


@pytest.mark.parametrize(
    ("move", "response", "said"),
    [
        ("CUS.raid", "CUS.raid=off", "same option"),
        ("CLUB.pact", "SUP.gas=stop", "several"),
        ("loot=0.9", "SUP.gas", "several parties or to none"),
    ],
)
def test_what_is_no_move_and_response_is_refused(supplier: Project, move: str, response: str, said: str) -> None:
    with pytest.raises(QuestionRefused, match=said):
        ask.deterrence(supplier, move, response)
