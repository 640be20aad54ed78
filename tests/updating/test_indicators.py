"""What to watch: public signs only, honest about early outcomes, measured on fresh draws."""

from __future__ import annotations

import pytest

from realpolitik.compiled.sightings import is_public, sightings
from realpolitik.errors import QuestionRefused, RealpolitikError
from realpolitik.project import Project, open_project


def test_the_reading_that_leaks_is_told_by_the_leak(readings: Project) -> None:
    rows = [row for row in readings.indicators().rows if row["target"] == "who runs it: generals"]
    best = next(row for row in rows if row["sign"] == "leak")
    assert best["p_if"] == pytest.approx(0.8, abs=0.06)
    assert best["p_else"] == pytest.approx(0.2, abs=0.06)
    assert best["ratio_low"] < 4 < best["ratio_high"] * 1.3


def test_nothing_hidden_is_watched(readings: Project) -> None:
    model, ensemble = readings.model, readings.ensemble()
    about = {item.about for item in sightings(model, ensemble.run(), ensemble.draws.weight)}
    assert not is_public(model, "plan")
    assert not is_public(model, "AAA.arm")
    assert not about & {"plan", "AAA.arm"}
    assert {"noise", "leak", "BBB.watch"} <= about


def test_a_hidden_move_shows_in_what_everybody_sees(readings: Project) -> None:
    rows = [row for row in readings.indicators(["AAA.arm=on by 2 years"]).rows if row["what"] == "sign"]
    assert rows[0]["held"]
    assert rows[0]["sign"].startswith("noise above")
    assert rows[0]["lead"] == pytest.approx(0.5, abs=0.26)


def test_what_is_written_is_set_beside_the_model(readings: Project) -> None:
    found = readings.indicators()
    (row,) = (row for row in found.rows if row["what"] == "written")
    assert row["sign"] == "talk in the bazaars"
    assert row["agrees"] is False


def test_chance_is_no_sign(readings: Project) -> None:
    """The echo comes in half of all draws whatever else is so."""
    assert not [row for row in readings.indicators(within=2.0).rows if row["sign"] == "echo"]


@pytest.mark.parametrize(
    ("outcomes", "within", "says"),
    [
        (["noise"], None, "is a level"),
        (["AAA.arm=onn"], None, "no level"),
        (["nothing > 1"], None, "no factor"),
        ([], 0.0, "window"),
        ([], 99.0, "window"),
        ([], float("nan"), "window"),
    ],
)
def test_what_cannot_be_asked_says_why(readings: Project, outcomes: list[str], within: float | None, says: str) -> None:
    with pytest.raises(RealpolitikError, match=says):
        readings.indicators(outcomes, within=within)


def test_too_few_draws_are_refused(readings: Project) -> None:
    with pytest.raises(QuestionRefused, match="32 draws"):
        open_project(readings.path, draws=16, cache=False).indicators()


@pytest.mark.slow
@pytest.mark.reference
def test_a_hidden_transfer_shows_in_public_on_the_reference_case() -> None:
    found = open_project("northeast-asia", draws=128, cache=False).indicators()
    signs = [row for row in found.rows if row["what"] == "sign"]
    hidden = ("sensitive technology", "re-entry technology", "nuclear submarines for")
    assert signs
    assert not [row for row in signs if row["sign"].startswith(hidden)]
    assert {row["target"] for row in signs} >= {"US rethink: pull back", "US rethink: refocus on China"}
