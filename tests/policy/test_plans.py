"""Plans do what they say: on time, on public evidence, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from realpolitik.compiled.plans import Course, planners
from realpolitik.compiled.playbook import Playbook, Sample
from realpolitik.errors import RealpolitikError
from realpolitik.project import Project

CONDITIONS = ("evidence > 0.3", "evidence > 0.6", "tension > 0.45 and not evidence > 0.5", "tension < 0.35")


def played(project: Project, who: str, text: str) -> tuple[Playbook, Course, Sample]:
    found = planners(project.model, [who])
    course = found.read(text)
    return Playbook(project.ensemble(), found, (course,)), course, Sample(project.ensemble().draws)


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_step_is_taken_when_its_condition_first_comes_true_and_then_stays(strait: Project, condition: str) -> None:
    book, course, sample = played(strait, "BOR", f"BOR.blockade=on if {condition}")
    paths = book.paths(course, sample)
    true = book.true(course.triggers[0], sample.draws, paths.factors, paths.levels)
    taken = paths.levels[:, :, strait.model.tables.options.index("BOR.blockade")] > 0
    assert np.array_equal(taken[:, :-1], np.maximum.accumulate(true, axis=1)[:, :-1])
    assert taken.any()


@pytest.mark.parametrize("condition", CONDITIONS[:2])
def test_while_takes_a_step_back(strait: Project, condition: str) -> None:
    book, course, sample = played(strait, "BOR,".rstrip(","), f"BOR.blockade=on while {condition}")
    paths = book.paths(course, sample)
    true = book.true(course.triggers[0], sample.draws, paths.factors, paths.levels)
    taken = paths.levels[:, :, strait.model.tables.options.index("BOR.blockade")] > 0
    assert np.array_equal(taken[:, 1:], true[:, 1:])


def test_a_condition_true_from_the_start_is_acted_on_from_the_start(strait: Project) -> None:
    book, course, sample = played(strait, "BOR", "BOR.blockade=on if tension > 0.2")
    levels = book.paths(course, sample).levels[:, :, strait.model.tables.options.index("BOR.blockade")]
    assert (levels == 1).all()


def test_what_all_agree_on_is_taken_by_all_at_once(strait: Project) -> None:
    book, course, sample = played(strait, "PACT", "PACT.drill=quiet, PACT.drill=public if evidence > 0.6")
    paths = book.paths(course, sample)
    true = book.true(course.triggers[0], sample.draws, paths.factors, paths.levels)
    drill = paths.levels[:, :, strait.model.tables.options.index("PACT.drill")]
    assert np.array_equal(drill, np.where(np.maximum.accumulate(true, axis=1), 2, 1))


def test_a_plan_without_conditions_is_a_run_with_these_holds(strait: Project) -> None:
    book, course, sample = played(strait, "BOR", "BOR.blockade=on from 2025-01-01 until 2026-01-01")
    paths = book.paths(course, sample)
    levels = paths.levels[:, :, strait.model.tables.options.index("BOR.blockade")]
    assert (levels[:, 4:8] == 1).all()
    assert (levels[:, :4] == 0).all()
    assert (levels[:, 8:] == 0).all()
    held = strait.ensemble().run(book.holds(course))
    assert np.array_equal(held.utility, paths.utility)


def test_waiting_for_what_never_comes_is_leaving_everything_as_it_is(strait: Project) -> None:
    book, course, sample = played(strait, "BOR", "BOR.blockade=on if tension > 0.9999")
    assert np.array_equal(book.worth(course, sample), book.worth(Course(), sample))


@pytest.mark.parametrize(
    "text",
    [
        "BOR.blockade=on",
        "PACT.drill=quiet from 2025-01-01 until 2026-01-01, PACT.drill=public from 2027-01-01",
        "BOR.blockade=on while evidence > 0.6, PACT.drill=public if max(evidence, tension) > 0.5",
        "as now",
        "as they decide",
    ],
)
def test_a_plan_can_be_written_again(strait: Project, text: str) -> None:
    found = planners(strait.model, ["PACT"])
    course = found.read(text)
    assert found.read(found.text(course)) == course
    assert found.words(course)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ALA.arm=on", "belongs to ALA"),
        ("BOR.blockade=on if arsenal > 0.5", "public evidence only; what shows it is evidence"),
        ("BOR.blockade=on if evidnce > 0.5", "Did you mean 'evidence'"),
        ("BOR.blockade=of", "no level|Did you mean"),
        ("tension=0.2", "moves what is no open option"),
        ("BOR.blockade=on from 2025-01 if evidence > 0.5", "not for both"),
        ("BOR.blockade=on, BOR.blockade=off", "twice"),
        ("BOR.blockade=on if evidence >", "ends too early|expected"),
        ("BOR.blockade=on from 2050-01", "beyond the horizon"),
        ("nonsense", "is no option"),
        (",", "cannot|ends|expected|nothing"),
    ],
)
def test_what_cannot_be_planned_is_refused(strait: Project, text: str, message: str) -> None:
    with pytest.raises(RealpolitikError, match=message):
        planners(strait.model, ["PACT"]).read(text)


@pytest.mark.parametrize(
    ("who", "message"), [("BRO", "Did you mean 'BOR'"), ("ISL", "no option of its own"), ("", "no")]
)
def test_who_cannot_plan_is_refused(strait: Project, who: str, message: str) -> None:
    with pytest.raises(RealpolitikError, match=message):
        planners(strait.model, [who])
