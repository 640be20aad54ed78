"""Every line of the first screen is explained under its own handle, with the very number the screen shows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from realpolitik.errors import QuestionRefused
from realpolitik.project import Project, open_project
from realpolitik.project.asked import ALONE, FORESEEN, answered, items
from realpolitik.project.locate import meant_as_situation
from realpolitik.project.telling import told

CASES = Path(__file__).parent.parent / "cases"


@pytest.fixture(scope="module")
def strait() -> Project:
    """The toy, its second question asked with replies foreseen."""
    made = open_project(CASES / "strait.yaml", draws=16, cache=False)
    first, second, *_ = made.situation.questions
    questions = (first, replace(second, depth=1))
    return Project(made.path, made.name, replace(made.situation, questions=questions), made.claims, made.settings)


def test_each_line_of_the_screen_is_answered_again_with_the_same_numbers(strait: Project) -> None:
    lines = {line.handle: line for answer in strait.assess(lift=False).answers for line in answer.lines}
    assert {item.handle for number in ("1", "2") for item in items(strait, number)} == set(lines)
    for handle, line in lines.items():
        (item,) = items(strait, handle)
        head = answered(strait, item)
        assert head.question == f"{handle}  {line.text}"
        assert head.rows[0]["value"] == line.data["value"]


def test_a_number_says_whether_replies_are_foreseen_and_what_it_would_be_without(strait: Project) -> None:
    (alone,) = (answered(strait, item) for item in items(strait, "1.1"))
    (foreseen,) = (answered(strait, item) for item in items(strait, "2.1"))
    assert ALONE in " ".join(alone.sentences)
    assert FORESEEN in foreseen.sentences[0]
    assert "as if the others stood still" in foreseen.sentences[1]
    assert foreseen.about["depth"] == 1


def test_every_line_has_an_explanation_or_at_least_its_answer(strait: Project) -> None:
    for handle in ("1.1", "2.1"):
        made = list(told(strait, handle))
        assert made[0].kind == "answer"
        assert all(item.kind == "why" for item in made[1:])


@pytest.mark.parametrize(
    ("line", "said"), [("9", "no question 9"), ("1.9", "no line 9"), ("c9", "no claim"), ("", "Why what")]
)
def test_what_is_no_line_is_refused(strait: Project, line: str, said: str) -> None:
    with pytest.raises(QuestionRefused, match=said):
        list(told(strait, line))


def test_a_claim_is_told_with_its_verdict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    project = open_project("rare-metals", draws=16, cache=False)
    claim = next(check.claim for check in project.situation.checks if check.claim)
    head = next(iter(told(project, claim)))
    assert head.question == f"{claim}  {project.claims[claim].paraphrase}"
    assert any(text.startswith("Model: ") for text in head.sentences)


@pytest.mark.parametrize(
    ("name", "meant"), [("rare-metals", True), ("rare-metlas", True), ("x.yaml", True), ("5.7", False)]
)
def test_a_line_is_told_from_a_situation(name: str, meant: bool) -> None:
    assert meant_as_situation(name) is meant
