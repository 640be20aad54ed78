"""The ledger of forecasts: questions with a rule and a date, who said what when, what happened, and how good it was.

`forecasts.jsonl`: one record a line, only ever added to (see `claims.lines`). Every record says how many came before
it, so a line taken out is seen. A forecast after its question was resolved or came due is refused; an answer can be
corrected, by a later record that says so. What counts of each forecaster is the last forecast on a question.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from realpolitik import __version__
from realpolitik.claims.lines import append_record, read_records
from realpolitik.errors import Finding, InputRefused, Position, QuestionRefused, did_you_mean
from realpolitik.language.time import read_date

if TYPE_CHECKING:
    from realpolitik.project.project import Project

NAME = "forecasts.jsonl"
ANSWERS = ("yes", "no", "void")
MODEL = "model"


@dataclass(frozen=True)
class Forecast:
    """One probability: of what, by whom, when (UTC), with what it was made from where a model said it."""

    question: str
    p: float
    by: str
    on: str
    made_from: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """An event to be: `rule` says how it is decided, `due` (a date) when; `ask` puts it to a model.

    `answer` is "" until it is resolved, then yes, no or void.
    """

    id: str
    text: str
    rule: str
    due: str
    ask: str = ""
    by: str = ""
    on: str = ""
    forecasts: tuple[Forecast, ...] = ()
    answer: str = ""
    source: str = ""
    resolved_on: str = ""

    def last(self) -> dict[str, Forecast]:
        """The last forecast of everyone who made one."""
        return {item.by: item for item in self.forecasts}


@dataclass(frozen=True)
class Book:
    """Everything a ledger says; `damaged` lines were torn or altered, `missing` records were taken out."""

    questions: Mapping[str, Question]
    damaged: tuple[int, ...] = ()
    missing: int = 0


@dataclass(frozen=True)
class Ledger:
    """The forecasts kept in one file."""

    path: Path

    def read(self) -> Book:
        """What it says; nothing where there is no file yet."""
        records, damaged = read_records(self.path, _is_ours)
        questions: dict[str, Question] = {}
        missing = 0
        for place, record in enumerate(records):
            missing = max(missing, int(record.get("after", 0)) - place - len(damaged))
            _apply(questions, record)
        return Book(questions, damaged, missing)

    def add(self, question: Question) -> Question:
        """Ask something. Raises `InputRefused` for what is incomplete, `QuestionRefused` for an id already taken."""
        _complete(question, self.path)
        if question.id in self.read().questions:
            raise QuestionRefused(f"There is a question '{question.id}' already; nothing in a ledger is replaced.")
        due = read_date(question.due, "end").isoformat()
        kept = {"id": question.id, "text": question.text, "rule": question.rule, "due": due, "ask": question.ask}
        self._append({"kind": "question", **kept, "by": question.by, "on": _now()})
        return self.question(question.id)

    def record(self, name: str, p: float, by: str, made_from: Mapping[str, Any] | None = None) -> Forecast:
        """Say how likely it is. Raises `QuestionRefused` where it is no probability, or comes too late."""
        question = self._open(name)
        if not 0.0 <= p <= 1.0:
            raise QuestionRefused(f"{p:g} is no probability: expected a number from 0 to 1.")
        if not by.strip():
            raise QuestionRefused("Whose forecast is it? Give a name: --by NAME.")
        if _today() > question.due:
            raise QuestionRefused(f"'{name}' came due on {question.due}; a forecast after that is none.")
        made = Forecast(name, float(p), by.strip(), _now(), dict(made_from or {}))
        self._append({"kind": "forecast", **vars(made)})
        return made

    def resolve(self, name: str, answer: str, source: str, *, by: str = "", correct: bool = False) -> Question:
        """Say what happened, on what source. Raises `QuestionRefused` for an answer too early, or a second one."""
        question = self.question(name)
        if answer not in ANSWERS:
            raise QuestionRefused(f"'{answer}' is no answer: {', '.join(ANSWERS)}.")
        if not source.strip():
            raise QuestionRefused("On what does the answer rest? Give a source: --source TEXT.")
        if question.answer and not correct:
            raise QuestionRefused(f"'{name}' is resolved already ({question.answer}); --correct adds a correction.")
        if answer == "no" and _today() <= question.due:
            raise QuestionRefused(f"'{name}' may still come true until {question.due}, so it is not 'no' yet.")
        told = {"answer": answer, "source": source.strip(), "correction": bool(question.answer)}
        self._append({"kind": "resolution", "question": name, **told, "by": by, "on": _now()})
        return self.question(name)

    def question(self, name: str) -> Question:
        """A question as it stands. Raises `QuestionRefused` where there is none of that id."""
        questions = self.read().questions
        if name not in questions:
            hint = did_you_mean(name, questions) or "Add it first: rpol forecast add."
            raise QuestionRefused(f"There is no question '{name}' in {self.path.name}. {hint}")
        return questions[name]

    def _open(self, name: str) -> Question:
        question = self.question(name)
        if question.answer:
            raise QuestionRefused(f"'{name}' is resolved ({question.answer}); a forecast of it comes too late.")
        return question

    def _append(self, record: dict[str, Any]) -> None:
        records, damaged = read_records(self.path, _is_ours)
        try:
            append_record(self.path, {**record, "after": len(records) + len(damaged)})
        except OSError as problem:
            raise QuestionRefused(f"{self.path} cannot be written: {problem.strerror or problem}.") from None


TEXTS = {
    "question": ("id", "text", "rule", "due", "ask", "by", "on"),
    "forecast": ("question", "by", "on"),
    "resolution": ("question", "answer", "source", "on"),
}
"""What each kind of record says in words."""


def _is_ours(record: Mapping[str, Any]) -> bool:
    """Whether a record can be one of this ledger's, whoever wrote it there."""
    said = all(isinstance(record[key], str) for key in TEXTS[record["kind"]])
    counted = type(record.get("after", 0)) is int and abs(record.get("after", 0)) < 1_000_000_000
    chance = record["kind"] != "forecast" or (type(record["p"]) in (int, float) and 0 <= record["p"] <= 1)
    return said and counted and chance and isinstance(record.get("made_from", {}), Mapping)


def _apply(questions: dict[str, Question], record: Mapping[str, Any]) -> None:
    if record["kind"] == "question":
        questions.setdefault(record["id"], Question(**{key: record[key] for key in TEXTS["question"]}))
        return
    question = questions.get(record.get("question", ""))
    if question is None:
        return
    if record["kind"] == "forecast":
        said = (record["question"], record["p"], record["by"], record["on"])
        made = Forecast(*said, made_from=record.get("made_from", {}))
        questions[question.id] = replace(question, forecasts=(*question.forecasts, made))
    if record["kind"] == "resolution":
        known = {"answer": record["answer"], "source": record["source"], "resolved_on": record["on"]}
        questions[question.id] = replace(question, **known)


def _complete(question: Question, path: Path) -> None:
    """Refuse a question that cannot be decided later, with everything that is missing."""
    fits = re.fullmatch(r"[\w.-]{1,60}", question.id)
    problems = [] if fits else [f"'{question.id}' is no id: up to 60 letters, digits, - _ ."]
    problems += [] if question.text.strip() else ["the question has no text."]
    problems += [] if question.rule.strip() else ["the question has no rule that decides it: --rule TEXT."]
    if read_date(question.due, "end").isoformat() < _today():
        problems.append(f"{question.due} is over: a question is asked before it is decided.")
    if question.ask:
        from realpolitik.language.parser import parse_query  # noqa: PLC0415

        parse_query(question.ask)
    if problems:
        raise InputRefused([Finding("error", text, Position(str(path)), code="forecast") for text in problems])


def _today() -> str:
    return dt.datetime.now(dt.UTC).date().isoformat()


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def model_forecast(project: Project, question: Question) -> tuple[float, dict[str, Any]]:
    """What the model says of a question, and everything needed to say it again.

    The share of draws k / n is kept off 0 and 1 as (k + 1/2) / (n + 1): no number of draws shows that something cannot
    happen. Raises `QuestionRefused` where the question is not put in the expression language, or asks no probability.
    """
    from realpolitik.compiled.answers import estimate  # noqa: PLC0415
    from realpolitik.language.parser import parse_query  # noqa: PLC0415

    if not question.ask:
        raise QuestionRefused(f"'{question.id}' was asked without --ask, so no model can answer it. Give --p NUMBER.")
    ensemble = project.ensemble()
    found = estimate(ensemble, parse_query(question.ask))
    if found.unit not in ("probability", "share"):
        raise QuestionRefused(f"'{question.ask}' asks for no probability; ask P(...).")
    settings, draws = project.settings, project.settings.draws
    p = (found.value * draws + 0.5) / (draws + 1.0)
    return p, {
        "ask": question.ask,
        "share_of_draws": found.value,
        "sampling_error": found.error,
        "by_hypothesis": {str(key): value for key, value in found.by_hypothesis.items()},
        "situation": project.name,
        "as_of": project.situation.as_of.isoformat(),
        "situation_sha256": project.situation.digest,
        "model_sha256": ensemble.digest,
        "draws": draws,
        "depth": settings.depth,
        "seed": settings.seed,
        "version": __version__,
    }


def decided(questions: Iterable[Question]) -> list[tuple[Question, Forecast]]:
    """Every forecast that counts: the last of each forecaster on each question answered yes or no."""
    return [(item, made) for item in questions if item.answer in ("yes", "no") for made in item.last().values()]
