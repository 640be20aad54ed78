"""The facade's questions about what an answer rests on: sensitivity, flips, scenarios, the worth of knowing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from realpolitik.errors import QuestionRefused, did_you_mean
from realpolitik.project.explain import sourced
from realpolitik.results.progress import silent

if TYPE_CHECKING:
    from realpolitik.language.expression import Expression
    from realpolitik.project.project import Project
    from realpolitik.results.progress import Told
    from realpolitik.results.result import Result


def asked(project: Project, text: str) -> tuple[Expression, str]:
    """A question as written, or the first line of the numbered one of the situation.

    Raises `QuestionRefused` where there is none of that number.
    """
    from realpolitik.language.parser import parse_query  # noqa: PLC0415

    if not text.strip().isdecimal():
        return parse_query(text), text
    questions, number = project.situation.questions, int(text)
    if not 1 <= number <= len(questions):
        raise QuestionRefused(f"There is no question {number}; there are {len(questions)}.")
    return questions[number - 1].ask[0], questions[number - 1].ask_texts[0]


def sensitivity(project: Project, ask: str) -> Result:
    """Which inputs carry an answer's spread?"""
    from realpolitik.analyses.sensitivity import sensitivity as found  # noqa: PLC0415

    return sourced(project, found(project.ensemble(), *asked(project, ask)))


def flip(project: Project, ask: str, *, told: Told = silent) -> Result:
    """What is the smallest change that reverses a conclusion?"""
    from realpolitik.analyses.flip import flip as found  # noqa: PLC0415

    return sourced(project, found(project.ensemble(), *asked(project, ask), told))


def discover(project: Project, ask: str, *, box: int = -1) -> Result:
    """Where in the space of the inputs does a statement hold? `box`: which step of the peeling; -1 the best."""
    from realpolitik.analyses.discover import discover as found  # noqa: PLC0415

    if box < -1:
        raise QuestionRefused(f"Box {box}: boxes are numbered from 0, the whole space.")
    return sourced(project, found(project.ensemble(), *asked(project, ask), box))


def information(
    project: Project, actor: str, plans: Sequence[str], *, years: float | None = None, told: Told = silent
) -> Result:
    """What is it worth to an actor to know more, before it chooses between plans as in `do(...)`?"""
    from realpolitik.analyses.information import Named  # noqa: PLC0415
    from realpolitik.analyses.information import information as found  # noqa: PLC0415

    known = project.situation.actors
    if actor not in known:
        raise QuestionRefused(f"'{actor}' is no actor. {did_you_mean(actor, known)}")
    repeated = sorted({plan for plan in plans if list(plans).count(plan) > 1})
    if repeated:
        raise QuestionRefused(f"The plan '{repeated[0]}' is named twice.")
    named = [Named(_plan_name(project, plan), project.held(plan)) for plan in plans]
    return sourced(project, found(project.ensemble(), actor, named, years, told))


def _plan_name(project: Project, plan: str) -> str:
    scenario = project.situation.scenarios.get(plan.removeprefix("scenario ").strip())
    if scenario is not None:
        return scenario.name
    from realpolitik.compiled.wording import intervention_name  # noqa: PLC0415

    return intervention_name(project.model, project.held(plan))
