"""What `why 2`, `why 5.7`, `why c1` and `why 'gain(...)'` ask about, each answered as the first screen answers it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from realpolitik.errors import QuestionRefused, RealpolitikError, did_you_mean
from realpolitik.language.expression import Expression, Or, Query

if TYPE_CHECKING:
    from realpolitik.compiled import Ensemble
    from realpolitik.project.project import Project
    from realpolitik.results.result import Result

DRIVERS = 3
ALONE = "each chooses as if the others stood still"
FORESEEN = "each foresees the others' answers"


@dataclass(frozen=True)
class Item:
    """One expression: `handle` as on the screen (`5.7`, a claim, or ""), its text, whether replies are foreseen."""

    handle: str
    expression: Expression
    text: str
    foreseen: bool = False

    def ensemble(self, project: Project) -> Ensemble:
        """The runs that answer it on the first screen."""
        return project.foresight() if self.foreseen else project.ensemble()


def items(project: Project, line: str) -> tuple[Item, ...]:
    """The expressions meant: those of question 5, number 7 of them (5.7), the checks of a claim, or one written out.

    Raises `QuestionRefused` for a number or claim that does not exist.
    """
    from realpolitik.language.parser import parse_query  # noqa: PLC0415

    if not line:
        raise QuestionRefused(
            "Why what? Give a number of the first screen (2, 5.7), a claim, or 'gain(AAA | do(...))'."
        )
    question, _, place = line.partition(".")
    if question.isdecimal() and (place.isdecimal() or not place):
        return _of_question(project, int(question), int(place) if place else 0)
    if line in project.claims:
        return _of_claim(project, line)
    if "(" not in line and "[" not in line:
        hint = did_you_mean(line, project.claims)
        raise QuestionRefused(f"'{line}' is no number of the first screen, no claim and no question. {hint}".strip())
    return (Item("", parse_query(line), line),)


def _of_question(project: Project, number: int, place: int) -> tuple[Item, ...]:
    questions = project.situation.questions
    if not 1 <= number <= len(questions):
        raise QuestionRefused(f"There is no question {number}; there are {len(questions)}.")
    question = questions[number - 1]
    asked = list(zip(question.ask, question.ask_texts, strict=True))
    if place > len(asked):
        raise QuestionRefused(
            f"Question {number} has no line {place}; its lines are {number}.1 to {number}.{len(asked)}."
        )
    deep = question.depth == 1
    return tuple(
        Item(f"{number}.{k}", expression, text, deep)
        for k, (expression, text) in enumerate(asked, 1)
        if k == place or (not place and not told_already(expression, question.ask))
    )


def _of_claim(project: Project, claim: str) -> tuple[Item, ...]:
    checks = [check for check in project.situation.checks if check.claim == claim]
    return tuple(Item(claim, check.expression, check.text) for check in checks)


def told_already(expression: Expression, asked: tuple[Expression, ...]) -> bool:
    """True where another line says it: a part of a gain asked as a whole, the share of a loser asked for."""
    from realpolitik.analyses.assessment import told_already as said  # noqa: PLC0415

    return said(expression, asked)


def answered(project: Project, item: Item) -> Result:
    """The sentence of the first screen with what is behind its number: parts, ways of choosing, what goes with it."""
    from realpolitik.compiled.about import about  # noqa: PLC0415
    from realpolitik.compiled.sentences import Asked, answer  # noqa: PLC0415
    from realpolitik.results.result import Result  # noqa: PLC0415

    ensemble = item.ensemble(project)
    line = answer(Asked(ensemble, item.expression, item.text))
    more = (
        *_parts(ensemble, item.expression),
        *_other_way(project, item, ensemble),
        *_drivers(ensemble, item.expression),
    )
    head = f"{item.handle}  {line.text}".strip()
    return Result("answer", head, ({"handle": item.handle, "ask": item.text, **line.data},), more, {}, about(ensemble))


def _parts(ensemble: Ensemble, expression: Expression) -> Iterator[str]:
    """Of a probability of one thing or another: each by itself. Of a loser: everybody's share."""
    from dataclasses import replace  # noqa: PLC0415

    from realpolitik.compiled.answers import estimate  # noqa: PLC0415
    from realpolitik.compiled.phrases import term_words  # noqa: PLC0415
    from realpolitik.compiled.wording import actor_name  # noqa: PLC0415
    from realpolitik.language.likelihood import percent  # noqa: PLC0415

    if not isinstance(expression, Query):
        return
    if expression.function == "P" and isinstance(expression.subject, Or):
        each = [
            f"{term_words(ensemble.model, part)} {percent(estimate(ensemble, replace(expression, subject=part)).value)}"
            for part in expression.subject.items
        ]
        yield f"Its parts, which may come together: {', '.join(each)}."
    if expression.function == "loser":
        shares = sorted(estimate(ensemble, expression).shares.items(), key=lambda pair: -pair[1])
        told = [f"{actor_name(ensemble.model, name)} {percent(part)}" for name, part in shares if part >= 0.01]
        yield f"Loses most, in the share of draws: {', '.join(told)}."


def _other_way(project: Project, item: Item, ensemble: Ensemble) -> Iterator[str]:
    """What it would be if nobody foresaw replies, where the screen's number has them foreseen."""
    from realpolitik.compiled.sentences import Asked, answer  # noqa: PLC0415

    depth = ensemble.settings.depth
    yield f"In this number {FORESEEN if depth else ALONE} ({ensemble.settings.draws} draws)."
    if item.foreseen and depth and not project.settings.depth:
        alone = answer(Asked(project.ensemble(draws=ensemble.settings.draws), item.expression, item.text))
        yield f"If instead {ALONE.replace('each chooses', 'each chose')}: {alone.text}"


def _drivers(ensemble: Ensemble, expression: Expression) -> Iterator[str]:
    """The inputs it goes with over the draws, as far as they are told apart from chance."""
    from realpolitik.analyses.assumptions import going_with  # noqa: PLC0415

    try:
        found: list[dict[str, Any]] = going_with(ensemble, expression, DRIVERS)
    except RealpolitikError:
        return
    if found:
        told = [f"{row['input']} ({row['correlation']:+.2f}; {row['by']})" for row in found]
        yield f"Over the draws it goes most with (rank correlation): {'; '.join(told)}."
