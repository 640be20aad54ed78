"""The numbers while dragging are the numbers of the engine: same draws, same chance, honest counts."""

from __future__ import annotations

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from realpolitik.compiled import Ensemble, Settings
from realpolitik.compiled.contrasts import Contrast
from realpolitik.dynamics.engine import RunCancelledError
from realpolitik.errors import QuestionRefused
from realpolitik.project.whatif import State, WhatIf, moved, score_of, thinned
from realpolitik.web.answers import answers
from realpolitik.web.asking import read_request, subject
from realpolitik.web.desk import Desk
from realpolitik.web.state import read_state
from realpolitik.web.worker import BusyError, Room

ARM = {"id": "ALA.arm", "level": "on"}


def parts(desk: Desk, **body: Any) -> list[dict[str, Any]]:
    return list(answers(desk, read_request(desk.model, body), threading.Event()))


def sliding(desk: Desk) -> list[str]:
    return [name for name, item in desk.model.inputs.items() if not item.quantity.is_constant]


def test_moving_inputs_fills_the_columns_that_drawing_anew_would(desk: Desk) -> None:
    model = desk.model
    values = {
        name: 0.25 * item.quantity.low + 0.75 * item.quantity.high
        for name in sliding(desk)
        if (item := model.inputs[name])
    }
    scores = {name: np.full(16, score_of(model.inputs[name].quantity, value)) for name, value in values.items()}
    quick, slow = moved(model, model.draws(0, 16, seed=3), 3, values), model.draws(0, 16, seed=3, moved=scores)
    for name in vars(slow):
        assert np.array_equal(getattr(quick, name), getattr(slow, name)), name


@pytest.mark.parametrize("place", [0.0, 0.3, 1.0])
def test_a_slider_stands_where_it_says(desk: Desk, place: float) -> None:
    for name in sliding(desk):
        quantity = desk.model.inputs[name].quantity
        value = quantity.low + place * (quantity.high - quantity.low)
        assert quantity.at(score_of(quantity, value)) == pytest.approx(value, abs=2e-3 * (quantity.high - quantity.low))


def test_thin_draws_keep_the_weights_of_hypotheses(desk: Desk) -> None:
    drawn = desk.model.draws(0, 64, seed=1)
    thin = thinned(drawn)
    assert len(thin.index) == 64
    assert thin.index.tolist() == list(range(64))
    assert thin.weight.sum() == pytest.approx(1.0)
    for combo in np.unique(drawn.combination):
        there = float(drawn.weight[drawn.combination == combo].sum())
        assert float(thin.weight[thin.combination == combo].sum()) == pytest.approx(there, abs=1 / 64)


def test_an_unchanged_state_answers_as_the_engine_does(desk: Desk) -> None:
    plain = Ensemble(desk.model, Settings(draws=64, seed=1))
    mine = WhatIf(desk.model, Settings(draws=64, seed=1))
    held = subject(desk.model, read_request(desk.model, {"question": 1}))
    assert np.array_equal(Contrast(plain, held).gains(3.0), Contrast(mine, held).gains(3.0))


def test_answers_come_coarse_then_refined_and_say_their_draws(desk: Desk) -> None:
    found = parts(desk, question=1)
    kinds = ("gains", "lines", "futures")
    expected = [(stage, kind, draws) for stage, draws in (("coarse", 64), ("refined", 512)) for kind in kinds]
    assert [(part["stage"], part["part"], part["draws"]) for part in found[:6]] == expected
    assert [part["part"] for part in found[6:]] in ([], ["lines"])
    assert json.loads(json.dumps(found)) == found


def test_losers_are_named_under_three_ways_of_comparing_once_the_yardsticks_are_known(desk: Desk) -> None:
    parts(desk, question=1)
    assert desk.measured
    last = parts(desk, question=1)[4]
    assert "of 3 ways of comparing losses" in last["rows"][1]["text"]


def test_without_a_change_now_is_before(desk: Desk) -> None:
    for part in parts(desk, question=1):
        if part["part"] == "gains":
            assert all(row["gain"] == row["before"] for row in part["rows"])
        if part["part"] == "futures":
            assert all(row["now"] == row["before"] for row in part["options"])


def test_a_slider_changes_numbers_and_before_stays(desk: Desk) -> None:
    name = next(item for item in sliding(desk) if item.startswith("size: ALA.arm"))
    base = parts(desk, question=1)[0]["rows"]
    high = parts(desk, question=1, state={"move": [{"input": name, "value": desk.model.inputs[name].quantity.high}]})[0]
    assert {row["actor"]: row["before"] for row in high["rows"]} == {row["actor"]: row["gain"] for row in base}
    assert any(row["gain"] != row["before"] for row in high["rows"])


def test_what_is_forced_is_compared_with_its_status_quo(desk: Desk) -> None:
    found = parts(desk, question=0, state={"hold": [ARM]})[0]
    held = subject(desk.model, read_request(desk.model, {"state": {"hold": [ARM]}}))
    ensemble = desk.base("coarse")
    means = np.average(Contrast(ensemble, held).gains(3.0), axis=0, weights=ensemble.draws.weight)
    expected = dict(zip(desk.model.tables.actors, means, strict=True))
    assert {row["actor"]: row["gain"] for row in found["rows"]} == pytest.approx(expected)


def test_a_forced_option_is_in_use_and_a_question_about_it_wins(desk: Desk) -> None:
    futures = parts(desk, question=2, state={"hold": [{**ARM, "from": "2025-01"}]})[2]
    arm = next(row for row in futures["options"] if row["id"] == "ALA.arm")
    assert arm["now"] == pytest.approx(1.0)
    ensemble = desk.at("coarse", read_state(desk.model, {"hold": [{"id": "ALA.arm", "level": "off"}]}))
    held = subject(desk.model, read_request(desk.model, {"question": 1}))
    assert ensemble.forced(held.holds) == held.holds


def test_a_reading_picked_is_the_only_one(desk: Desk) -> None:
    group = desk.project.situation.hypotheses[0]
    ensemble = desk.at("coarse", read_state(desk.model, {"readings": {group.id: group.readings[0].id}}))
    labels = {dict(desk.model.combos[number].names)[group.id] for number in np.unique(ensemble.draws.combination)}
    assert labels == {group.readings[0].id}


WRONG = [
    {"state": {"hold": [{"id": "ALA.arm", "level": "onn"}]}},
    {"state": {"hold": [{"id": "nobody", "level": "on"}]}},
    {"state": {"hold": [{"id": "balance", "value": 0.5}]}},
    {"state": {"hold": [{"id": "tension", "value": 7}]}},
    {"state": {"hold": [{**ARM, "from": "soon"}]}},
    {"state": {"hold": [{**ARM, "from": "2999-01"}]}},
    {"state": {"hold": [ARM] * 65}},
    {"state": {"hold": "ALA.arm"}},
    {"state": {"move": [{"input": "size: nothing", "value": 1}]}},
    {"state": {"move": [{"input": 3, "value": 1}]}},
    {"state": {"readings": {"nothing": "x"}}},
    {"state": []},
    {"question": 99},
    {"question": True},
    {"years": -1},
    {"years": float("nan")},
    {"depth": 2},
    {"ask": "P(tensoin > 0.5"},
    {"ask": "x" * 400},
    {"tab": "x" * 100},
]


@pytest.mark.parametrize("body", WRONG, ids=[str(item)[:60] for item in WRONG])
def test_what_cannot_be_asked_is_refused_in_a_sentence(desk: Desk, body: dict[str, Any]) -> None:
    with pytest.raises(QuestionRefused, match=r"\w"):
        read_request(desk.model, body)


def test_a_slider_beyond_its_range_is_refused(desk: Desk) -> None:
    name = sliding(desk)[0]
    with pytest.raises(QuestionRefused, match="between"):
        read_state(desk.model, {"move": [{"input": name, "value": desk.model.inputs[name].quantity.high + 1}]})


def test_a_stopped_run_ends_and_returns_nothing(desk: Desk) -> None:
    stopped = threading.Event()
    stopped.set()
    ensemble = WhatIf(desk.model, Settings(draws=64), state=State(), cancel=stopped)
    with pytest.raises(RunCancelledError):
        ensemble.run()
    assert not ensemble.runs


# Over the wire


def streamed(client: TestClient, path: str, body: dict[str, Any]) -> list[dict[str, Any]]:
    answer = client.post(path, json=body)
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


def test_the_stream_is_lines_of_json(client: TestClient) -> None:
    found = streamed(client, "/api/s/strait/whatif", {"question": 1})
    assert found[0]["stage"] == "coarse"
    assert found[5]["stage"] == "refined"
    assert found[5]["pictures"][0]["svg"].startswith("<svg")


def test_a_refusal_is_a_status_and_a_sentence(client: TestClient) -> None:
    answer = client.post("/api/s/strait/whatif", json={"state": {"hold": [{"id": "ALA.arm", "level": "x"}]}})
    assert answer.status_code == 422
    assert "levels are off, on" in answer.json()["error"]


def test_why_adds_up_and_names_its_claims_or_authors(client: TestClient) -> None:
    found = client.post("/api/s/strait/why", json={"question": 1, "actor": "BOR"}).json()
    assert found["sentences"]
    assert found["draws"] == 512
    assert client.post("/api/s/strait/why", json={"question": 1, "actor": "XYZ"}).status_code == 422
    assert client.post("/api/s/strait/why", json={"question": 2, "actor": "BOR"}).status_code == 422


def test_two_sides_are_each_against_what_is_written(client: TestClient) -> None:
    left, right = {"hold": []}, {"hold": [ARM]}
    found = streamed(client, "/api/s/strait/compare", {"left": left, "right": right})
    assert [part["stage"] for part in found] == ["coarse", "refined"]
    for part in found:
        assert all(row["left"] == 0.0 for row in part["actors"])
        assert any(row["right"] != 0.0 for row in part["actors"])
    assert next(row for row in found[0]["options"] if row["id"] == "ALA.arm")["right"] == pytest.approx(1.0)


def test_fifty_drags_at_once_leave_the_last_answered_and_the_rest_served(client: TestClient, desk: Desk) -> None:
    client.get("/api/s/strait/overview")
    name = next(item for item in sliding(desk) if item.startswith("size: ALA.arm"))
    quantity = desk.model.inputs[name].quantity

    def drag(step: int) -> int:
        value = quantity.low + step / 49 * (quantity.high - quantity.low)
        body = {"question": 1, "tab": "one", "state": {"move": [{"input": name, "value": value}]}}
        return client.post("/api/s/strait/whatif", json=body).status_code

    with ThreadPoolExecutor(51) as pool:
        running = [pool.submit(drag, step) for step in range(50)]
        began = time.perf_counter()
        assert client.get("/api/situations").status_code == 200
        waited = time.perf_counter() - began
        statuses = {item.result() for item in running}
    assert statuses <= {200, 503}
    assert waited < 10
    assert streamed(client, "/api/s/strait/whatif", {"question": 1, "tab": "one"})[-1]["stage"] == "refined"


def test_a_newer_job_of_a_tab_stops_the_older_and_the_room_has_an_end() -> None:
    room = Room(most=3)
    first = room.enter("a")
    room.enter("a")
    assert first.is_set()
    room.enter("b")
    with pytest.raises(BusyError):
        room.enter("c")
    room.leave("a", first)
    assert not room.enter("c").is_set()


@pytest.mark.slow
def test_the_report_comes_as_one_file(client: TestClient) -> None:
    found = streamed(client, "/api/s/strait/report", {})
    assert found[0]["progress"] == 0
    assert found[-1]["html"].startswith("<!doctype html>")
    assert found[-1]["name"] == "strait.html"


def test_there_are_no_other_analyses(client: TestClient) -> None:
    assert client.post("/api/s/strait/analysis/nothing", json={}).status_code == 422
