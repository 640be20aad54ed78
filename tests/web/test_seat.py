"""A seat decides for one party; the world answers; what is hidden stays hidden; a game can be played again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from realpolitik.cli import main
from realpolitik.errors import QuestionRefused
from realpolitik.project import open_project
from realpolitik.project.play import Game, consenting
from realpolitik.project.rulings import HIDDEN, Umpire, past

CASES = Path(__file__).parent.parent / "cases"


@pytest.fixture(scope="module")
def game() -> Game:
    return Game(open_project(CASES / "strait.yaml", draws=32, cache=False), ("BOR",), world=3)


def other(game: Game, choices: list[dict[str, str]]) -> dict[str, str]:
    """A turn in which every own option takes its last open level."""
    return {item["id"]: item["levels"][-1] for item in game.offers(choices) if not item["joint"]}


def test_a_seat_decides_its_own_options_and_shares_joint_ones(game: Game) -> None:
    assert game.own == ("BOR.blockade",)
    assert game.joint == ("PACT.drill",)
    assert game.table.situation.options["PACT.drill"].owners == ("PAT",)


def test_a_decision_holds_from_its_turn_and_the_past_does_not_move(game: Game) -> None:
    number = game.model.tables.options.index("BOR.blockade")
    choices: list[dict[str, str]] = []
    before = game.course(choices)
    for turn in range(4):
        choices.append({"BOR.blockade": "on" if turn % 2 == 0 else "off"})
        now, start = game.course(choices), game.turns[turn]
        assert np.array_equal(now.factors[:, : start + 1], before.factors[:, : start + 1])
        assert np.array_equal(now.levels[:, :start], before.levels[:, :start])
        assert now.levels[0, start, number] == (turn + 1) % 2
        before = now


def test_the_others_cannot_foresee_a_choice_that_is_still_to_come(game: Game) -> None:
    """The same game, the last choice different: everything before that turn is the same."""
    first = [{}, {"BOR.blockade": "on"}]
    second = [{}, {"BOR.blockade": "off"}]
    start = game.turns[1]
    assert np.array_equal(game.course(first).levels[:, :start], game.course(second).levels[:, :start])


def test_the_seat_cannot_be_moved_by_the_model(game: Game) -> None:
    levels = game.course([{"BOR.blockade": "on"}]).levels[0, :, game.model.tables.options.index("BOR.blockade")]
    assert set(levels.tolist()) == {1}


def test_what_is_hidden_is_believed_not_shown(game: Game) -> None:
    for choices in ([], [{}] * 4):
        seen = {item["id"]: item for item in game.sees("BOR", choices)["factors"]}
        assert seen["arsenal"]["believed"]
        assert not seen["tension"]["believed"]
        paths, period = game.course(choices), game.turns[len(choices)]
        tables = game.model.tables
        shown = tables.factors.index("evidence")
        moved = paths.factors[0, period, shown] - paths.factors[0, 0, shown]
        central = tables.factor_central[tables.factors.index("arsenal")]
        assert seen["arsenal"]["value"] == pytest.approx(min(1.0, max(central, central + moved)))
    own = {item["id"]: item for item in Game(game.project, ("ALA",)).sees("ALA", [])["factors"]}
    assert not own["arsenal"]["believed"]


@pytest.mark.parametrize(
    "choices",
    [
        [{"BOR.blockade": "maybe"}],
        [{"ALA.arm": "on"}],
        [{"nothing": "on"}],
        [{"PACT.drill": "public"}],
        [{}] * 200,
    ],
)
def test_what_is_not_theirs_to_decide_is_refused(game: Game, choices: list[dict[str, str]]) -> None:
    with pytest.raises(QuestionRefused):
        game.check(choices)


@pytest.mark.parametrize("given", [((), 0), (("XXX",), 0), (("BOR", "BOR"), 0), (("BOR",), 64), (("BOR",), -1)])
def test_a_seat_that_is_none_is_refused(game: Game, given: tuple[tuple[str, ...], int]) -> None:
    with pytest.raises(QuestionRefused):
        Game(game.project, *given)


def test_two_seats_share_what_both_must_agree_to(game: Game) -> None:
    both = Game(game.project, ("BOR", "PAT"))
    assert "PACT.drill" in both.own
    assert consenting(game.project.situation, ("BOR", "PAT")).options["PACT.drill"].owners == ("BOR", "PAT")


def test_every_change_that_can_be_seen_is_ruled_with_its_odds(game: Game) -> None:
    umpire, choices = Umpire(game), [{"BOR.blockade": "on"}, {}, {}]
    paths = game.course(choices)
    for turn in range(3):
        rows = umpire.rulings(turn, choices)
        span = range(game.turns[turn], game.turns[turn] + game.step)
        quo = game.model.tables.option_now
        changed = sum(int((paths.levels[0, t] != (quo if t == 0 else paths.levels[0, t - 1])).sum()) for t in span)
        assert len(rows) == changed
        assert all(0.0 <= row["odds"] <= 1.0 and row["of"] == 64 for row in rows)
        assert all(row["why"] or row["seat"] for row in rows)


def test_the_odds_count_courses_with_the_same_past(game: Game) -> None:
    paths = game.course([{"BOR.blockade": "on"}, {}])
    courses = Umpire(game).others(paths, 3).run()
    assert courses.levels.shape[0] == 64
    for course in courses.levels:
        assert np.array_equal(course[:3], paths.levels[0, :3])
    holds = past(paths, 3)
    assert all(hold.secret and hold.end <= 3 for hold in holds)


def test_a_reason_never_names_what_is_hidden(game: Game) -> None:
    umpire, choices = Umpire(game), [{}] * 6
    unseen = umpire._unseen("BOR")
    assert "arsenal" in unseen
    for turn in range(6):
        for row in umpire.rulings(turn, choices, told_to="BOR"):
            assert not [name for name in unseen for words in row["why"] if name in words and words != HIDDEN]


def test_playing_as_the_model_would_is_worth_nothing_more(game: Game) -> None:
    """The debrief of the model's own play of a seat with its own options only is near zero."""
    isles = Game(game.project, ("ISL",), world=3)
    debrief = Umpire(isles).debrief([{}])
    assert debrief["seats"][0]["here"] == pytest.approx(0.0)
    assert debrief["seats"][0]["on_average"] == pytest.approx(0.0)
    assert debrief["turns"] == []


def test_a_costly_choice_shows_in_the_debrief(game: Game) -> None:
    umpire = Umpire(game)
    choices: list[dict[str, str]] = [{"BOR.blockade": "on"}, {"BOR.blockade": "on"}]
    debrief = umpire.debrief(choices)
    assert debrief["seats"][0]["on_average"] < -1.0
    assert any(row["option"] == "BOR.blockade" for row in debrief["turns"])


def test_the_page_plays_the_same_game(client: TestClient, game: Game) -> None:
    body: dict[str, Any] = {"seats": ["BOR"], "world": 3, "choices": []}
    first = client.post("/api/s/strait/seat", json=body).json()
    assert [item["id"] for item in first["offers"]] == ["BOR.blockade", "PACT.drill"]
    assert client.post("/api/s/strait/seat", json=body).json() == first
    body["choices"] = [{"BOR.blockade": "on"}]
    second = client.post("/api/s/strait/seat", json=body).json()
    assert second["turn"] == 2
    assert any(row["seat"] for row in second["log"])
    last = client.post("/api/s/strait/seat", json={**body, "end": True}).json()
    assert last["debrief"]["seats"][0]["seat"] == "BOR"
    truth = game.course([{"BOR.blockade": "on"}]).factors[0, game.turns[1], game.model.tables.factors.index("arsenal")]
    assert f"{truth:.12f}"[:10] not in json.dumps(second["sees"])


@pytest.mark.parametrize(
    "body", [{"seats": []}, {"seats": "BOR"}, {"seats": ["BOR"], "world": "x"}, {"seats": ["BOR"], "choices": [3]}]
)
def test_a_game_that_is_none_is_refused(client: TestClient, body: dict[str, Any]) -> None:
    assert client.post("/api/s/strait/seat", json=body).status_code == 422


def test_a_game_in_the_terminal_ends_with_a_look_back_and_a_log(tmp_path: Path) -> None:
    import typer  # noqa: PLC0415

    from realpolitik.cli.web_commands import register  # noqa: PLC0415

    app = typer.Typer()
    register(app)
    log = tmp_path / "log.json"
    given = ["play", str(CASES / "strait.yaml"), "--as", "BOR", "--turns", "2", "--log", str(log)]
    done = CliRunner().invoke(app, given, input="7\n2\n\n\n\n")
    assert done.exit_code == 0, done.output
    assert "Give a number from 1 to 2" in done.output
    assert "Looking back" in done.output
    kept = json.loads(log.read_text(encoding="utf-8"))
    assert kept["choices"] == [{"BOR.blockade": "on"}, {}]
    assert len(kept["rulings"]) == 2


def test_a_seat_must_be_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["rpol", "play", str(CASES / "strait.yaml")])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert "BOR (Borduria)" in capsys.readouterr().err
