"""The crisis in days: it reads clean, says that it is an illustration, and its notes say what its verdicts are."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from realpolitik.analyses.verdicts import verdicts
from realpolitik.project import Project, open_project
from realpolitik.project.locate import BUNDLED
from realpolitik.report.screen import screen_text
from realpolitik.report.tables import result_text

FOLDER = BUNDLED / "cuban-missiles"
NOTES = (FOLDER / "notes.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def crisis() -> Project:
    return open_project("cuban-missiles", draws=256, cache=False)


def test_it_runs_in_days(crisis: Project) -> None:
    calendar = crisis.model.calendar
    assert (calendar.days, calendar.periods) == (1, 75)
    assert calendar.date_of(12) == dt.date(1962, 10, 28)
    told = result_text(crisis.futures())
    assert "after 13 days" in told or "after 30 days" in told
    assert "years" not in told
    assert " 13 d " in told


@pytest.mark.slow
def test_the_first_screen_counts_in_days() -> None:
    shown = screen_text(open_project("cuban-missiles", draws=32, cache=False).assess(lift=False).as_json())
    assert "13-30-60 days" in shown
    assert " 13 d" in shown
    assert "not answered" not in shown


def test_the_notes_tell_the_verdicts_as_they_are(crisis: Project) -> None:
    assert told(1) == {item.claim: item.verdict for item in verdicts(crisis)}


@pytest.mark.slow
def test_with_replies_the_notes_tell_the_verdicts_too() -> None:
    project = open_project("cuban-missiles", draws=64, depth=1, cache=False)
    assert told(2) == {item.claim: item.verdict for item in verdicts(project)}


@pytest.mark.slow
def test_who_shrinks_from_the_chance_itself_keeps_the_peace() -> None:
    asked = "P(war > 0.5 by 60 days)"
    found = []
    for judgements in (("brink",), ()):
        project = open_project("cuban-missiles", judgements=judgements, draws=64, depth=1, cache=False)
        found.append(project.ask(asked).rows[0]["value"])
    kept, drawn = found
    assert kept < 0.2 < drawn


def told(column: int) -> dict[str, str]:
    """Claim: verdict, by a column of the table of the notes."""
    rows = re.findall(r"^\| (m\d\d) \| ([a-z ]+?) \| ([a-z ]+?) \|", NOTES, flags=re.M)
    return {row[0]: row[column] for row in rows}
