"""What a visitor asks: a question of the situation, an expression of their own, or what they force itself; and when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from realpolitik.compiled.holds import Intervention, intervention
from realpolitik.compiled.model import Model
from realpolitik.compiled.phrases import setting_name
from realpolitik.compiled.wording import intervention_name
from realpolitik.dynamics.tables import Held
from realpolitik.errors import ExpressionError, QuestionRefused
from realpolitik.language.expression import Expression, Setting, queries_in
from realpolitik.language.parser import parse_query
from realpolitik.project.whatif import State
from realpolitik.web.state import mapping, read_state, real, text

CONTRASTS = ("gain", "loser", "share", "rank")


@dataclass(frozen=True)
class Request:
    """One drag: the state, what is asked (pairs of text and expression), after how many years, at which depth."""

    tab: str
    state: State
    asked: tuple[tuple[str, Expression], ...]
    years: float
    depth: int
    pictures: bool
    label: str


def read_request(model: Model, given: Any) -> Request:
    """The request a page makes. Raises `QuestionRefused` with what is wrong."""
    body = mapping(given, "request")
    label, asked = _asked(model, body)
    depth = body.get("depth", 0)
    if depth not in (0, 1) or isinstance(depth, bool):
        raise QuestionRefused("'depth' is 0 (others stay as they are) or 1 (others reply).")
    return Request(
        text(body.get("tab"), "tab", 60) or "only",
        read_state(model, body.get("state", {})),
        asked,
        years_of(model, body),
        depth,
        body.get("pictures") is not False,
        label,
    )


def _asked(model: Model, body: Any) -> tuple[str, tuple[tuple[str, Expression], ...]]:
    written = text(body.get("ask"), "ask")
    if written:
        try:
            return written, ((written, parse_query(written)),)
        except ExpressionError as problem:
            raise QuestionRefused(f"Column {problem.column}: {problem}") from problem
    number, questions = body.get("question", 0), model.situation.questions
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= len(questions):
        raise QuestionRefused(f"'question' is a number from 0 to {len(questions)}.")
    if number == 0:
        return "", ()
    question = questions[number - 1]
    return question.text, tuple(zip(question.ask_texts, question.ask, strict=True))


def years_of(model: Model, body: Any) -> float:
    """After how many years the answer is wanted; the middle answer time where nothing is said."""
    answers = model.situation.answers
    middle = answers[len(answers) // 2].years if answers else model.situation.horizon.years
    years = real(body.get("years", middle), "years")
    if not 0 < years <= model.calendar.periods / model.calendar.per_year:
        raise QuestionRefused(f"'years' lies between 0 and {model.calendar.periods / model.calendar.per_year:g}.")
    return years


def subject(model: Model, request: Request) -> Intervention:
    """What the table of gains is about: what the question holds, else what the visitor forces."""
    setting = _setting(request)
    return forced(model, request.state) if setting is None else intervention(model, setting)


def subject_name(model: Model, request: Request) -> str:
    """The same in words: a scenario by its own name."""
    setting = _setting(request)
    return intervention_name(model, forced(model, request.state)) if setting is None else setting_name(model, setting)


def _setting(request: Request) -> Setting | None:
    """What the first gain or loser of the question holds."""
    asked = (query for _, expression in request.asked for query in queries_in(expression))
    return next((q.setting for q in asked if q.function in CONTRASTS and (q.setting.do or q.setting.secretly)), None)


def forced(model: Model, state: State) -> Intervention:
    """What is forced, and its status quo."""
    quo = [
        replace(hold, value=0.0 if hold.held is Held.SHOCK else float(model.tables.option_now[hold.index]))
        for hold in state.holds
        if hold.held is not Held.FACTOR
    ]
    return Intervention(state.holds, tuple(quo))
