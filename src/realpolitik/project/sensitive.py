"""The facade's questions about what an answer rests on: sensitivity, flips, scenarios, the worth of knowing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from realpolitik.errors import QuestionRefused
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

    if not text.strip().isdigit():
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
