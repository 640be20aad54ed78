from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from realpolitik.cli.leverage_commands import shares, sides
from realpolitik.cli.main import _register, app
from realpolitik.errors import QuestionRefused

CASE = str(Path(__file__).parent / "cases" / "supplier.yaml")
_register()


@pytest.mark.parametrize(
    "line",
    [
        ["leverage", CASE],
        ["leverage", CASE, "--deter", "CUS.raid", "--by", "SUP.gas=stop"],
        ["deterrence", CASE, "--move", "CUS.raid", "--response", "SUP.gas=stop"],
        ["deterrence", "cuban-missiles"],
        ["alignment", CASE],
        ["alignment", CASE, "--partners", "SUP,CUS"],
        ["coalitions", CASE, "--agreement", "CLUB.pact"],
        ["coalitions", CASE],
        ["norms", CASE],
        ["contingencies", CASE],
    ],
    ids=lambda line: " ".join(part for part in line if part != CASE),
)
def test_verbs_answer_in_words_and_as_data(line: list[str]) -> None:
    small = [*line, "--draws", "8", "--no-cache"]
    said = CliRunner().invoke(app, small)
    assert said.exit_code == 0, said.output
    assert "Model-based" in said.output
    data = json.loads(CliRunner().invoke(app, [*small, "--json"]).output)
    assert data["sentences"]
    assert data["rows"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--move", "CUS.raid"], "a move and a response"),
        ([], "writes no threat"),
        (["--move", "CUS.raid", "--response", "SUP.gas=sell"], "how things stand already"),
        (["--move", "CUS.riad", "--response", "SUP.gas=stop"], "CUS.raid"),
    ],
)
def test_deterrence_without_a_move_and_a_response_is_refused(more: list[str], said: str) -> None:
    found = CliRunner().invoke(app, ["deterrence", CASE, *more, "--draws", "8", "--no-cache"])
    assert found.exit_code in (1, 2)
    assert said in " ".join(f"{found.output} {found.exception}".split())


def test_a_balance_is_read_from_figures() -> None:
    line = ["balance", "northeast-asia", "--lists", "USA,KOR,JPN:CHN,RUS,PRK", "--metric", "military size"]
    said = CliRunner().invoke(app, line)
    assert said.exit_code == 0, said.output
    assert "not a chance of winning" in " ".join(said.output.split())


@pytest.mark.parametrize("text", ["AAA", "AAA:", "AAA:BBB:CCC"])
def test_what_is_not_two_lists_is_refused(text: str) -> None:
    with pytest.raises(QuestionRefused, match="two lists"):
        sides(text)


@pytest.mark.parametrize("text", ["x", "2", "0.1:0.2:0.3"])
def test_what_is_no_degree_is_refused(text: str) -> None:
    with pytest.raises(QuestionRefused, match="cooperation"):
        shares(text)
