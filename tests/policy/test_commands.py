"""The verbs, as a user gives them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from realpolitik.cli.main import _register, app

CASES = Path(__file__).parent / "cases"
WAGER = str(CASES / "wager.yaml")
STRAIT = str(CASES.parent.parent / "cases" / "strait.yaml")
_register()


@pytest.mark.parametrize(
    "line",
    [
        ["policy", WAGER, "--for", "AAA"],
        ["policy", WAGER, "--for", "AAA", "--plan", "AAA.guard if evidence > 0.6", "--years", "3"],
        ["policy", WAGER, "--for", "AAA", "--no-wait", "--from", "2025-01-01", "--at-least", "1"],
        ["policy", STRAIT, "--for", "PACT", "--option", "BOR.blockade", "--if", "tension > 0.5"],
        ["diff", WAGER, STRAIT],
        ["premortem", STRAIT, "--top", "2"],
    ],
    ids=lambda line: " ".join(part for part in line if "/" not in part),
)
def test_verbs_answer_in_words_and_as_data(line: list[str]) -> None:
    small = [*line, "--draws", "16", "--no-cache"]
    said = CliRunner().invoke(app, small)
    assert said.exit_code == 0, said.output
    assert "Model-based" in said.output
    data = json.loads(CliRunner().invoke(app, [*small, "--json"]).stdout)
    assert data["sentences"]
    assert data["rows"]


@pytest.mark.slow
@pytest.mark.reference
def test_the_advice_of_the_op_ed_can_be_valued_and_a_trigger_never_reads_what_is_hidden() -> None:
    from realpolitik.errors import RealpolitikError  # noqa: PLC0415
    from realpolitik.project import open_project  # noqa: PLC0415

    case = open_project("northeast-asia", draws=32, cache=False)
    plans = [
        "scenario engage_and_deter",
        "TRIO.institution=institutionalised if xfer_evidence > 0.6",
        "TRIO.institution=institutionalised",
    ]
    found = case.policy("USA,KOR,JPN", plans)
    rows = {row["written"]: row for row in found.rows if "written" in row}
    assert rows["USA.engage=on, USA.deter_rus=on, TALKS.effort=made"]["consent_needed"].keys() == {"CHN"}
    (alarm,) = [row for row in found.rows if "condition" in row]
    assert 0 < alarm["false_alarms"] + alarm["misses"] + alarm["hits"] <= 1
    with pytest.raises(RealpolitikError, match="what shows it is xfer_evidence"):
        case.policy("TRIO", ["TRIO.institution=institutionalised if xfer_level > 0.3"])
    sided = case.policy("TRIO", plans[1:], worlds=["scenario pact", "scenario undone"])
    assert len([row for row in sided.rows if "believed" in row]) == 4


def test_the_report_has_a_section_on_what_to_do() -> None:
    from realpolitik.project import open_project  # noqa: PLC0415
    from realpolitik.project.advice import usual_policy  # noqa: PLC0415
    from realpolitik.report.page.sections.policy import policy  # noqa: PLC0415

    found = usual_policy(open_project(STRAIT, draws=16, cache=False))
    plans = [row for row in found.rows if "written" in row]
    data = {"policy": {"question": found.question, "sentences": found.sentences, "plans": plans}}
    (section,) = policy({**data, "names": {kind: [] for kind in ("what_if", "parties", "factors", "options")}})
    assert section.title == "What should Borduria and Patria do?"
    assert len(section.blocks[2].blocks[0].table.rows) == len(plans)
    assert not list(policy({}))
