"""The verbs `rpol forecast ...`: keep forecasts, and score them."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from realpolitik.cli.engine import AsJson, show, tell, verb

if TYPE_CHECKING:
    from realpolitik.project import Project
    from realpolitik.project.forecasts import Ledger

app = typer.Typer(
    help="Keep forecasts with their rules and dates, say what happened, and score them.", no_args_is_help=True
)

Id = Annotated[str, typer.Argument(metavar="ID", help="The question's id.")]
File = Annotated[Path, typer.Option("--ledger", help="The ledger; default: forecasts.jsonl in this folder.")]
Who = Annotated[str, typer.Option("--by", help="Who says so; default: your user name.")]
HERE = Path("forecasts.jsonl")


def _ledger(path: Path) -> Ledger:
    from realpolitik.project.forecasts import NAME, Ledger  # noqa: PLC0415

    return Ledger(path / NAME if path.is_dir() else path)


def _who(name: str) -> str:
    return name or os.environ.get("USER") or os.environ.get("USERNAME") or "unsigned"


@app.command()
def add(
    name: Id,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The question in words.")],
    rule: Annotated[str, typer.Option("--rule", help="What decides it: which source, which wording counts.")],
    due: Annotated[str, typer.Option("--due", help="The last day it can come true: 2027-06-30.")],
    ask: Annotated[str, typer.Option("--ask", "-q", help="The same for a model: 'P(AAA.arm=on by 2027-06)'.")] = "",
    by: Who = "",
    ledger: File = HERE,
    as_json: AsJson = False,
) -> None:
    """Ask a question that can be decided later, by a rule and a date."""
    from realpolitik.project.forecasts import Question  # noqa: PLC0415

    kept = _ledger(ledger).add(Question(name, text, rule, due, ask, _who(by)))
    tell([f"Asked: {kept.id}, decided by {kept.due}."], asdict(kept), as_json)


def _record(
    project: Project,
    *,
    as_json: bool,
    question: Annotated[str, typer.Option("--question", help="The question's id.")],
    ledger: File = HERE,
) -> None:
    """Record what the model says of a question, with everything needed to say it again."""
    from realpolitik.language.likelihood import describe  # noqa: PLC0415
    from realpolitik.project.forecasts import MODEL, model_forecast  # noqa: PLC0415

    book = _ledger(ledger)
    p, made_from = model_forecast(project, book.question(question))
    made = book.record(question, p, f"{MODEL}: {Path(project.name).name}", made_from)
    tell([f"Recorded for {made.by}: {describe(made.p)}."], vars(made), as_json)


@app.command()
def say(
    name: Id,
    p: Annotated[float, typer.Argument(metavar="P", help="How likely: a number from 0 to 1.")],
    by: Who = "",
    ledger: File = HERE,
    as_json: AsJson = False,
) -> None:
    """Record your own forecast of a question."""
    from realpolitik.language.likelihood import describe  # noqa: PLC0415

    made = _ledger(ledger).record(name, p, _who(by))
    tell([f"Recorded for {made.by}: {describe(made.p)}."], vars(made), as_json)


@app.command()
def resolve(
    name: Id,
    answer: Annotated[str, typer.Argument(metavar="ANSWER", help="yes, no or void.")],
    source: Annotated[str, typer.Option("--source", help="What it rests on.")],
    correct: Annotated[bool, typer.Option("--correct", help="It corrects an earlier answer.")] = False,
    by: Who = "",
    ledger: File = HERE,
    as_json: AsJson = False,
) -> None:
    """Say what happened, and on what source."""
    kept = _ledger(ledger).resolve(name, answer, source, by=_who(by), correct=correct)
    tell([f"Resolved: {kept.id} is {kept.answer}."], asdict(kept), as_json)


@app.command()
def score(ledger: File = HERE, as_json: AsJson = False) -> None:
    """Score what has been decided: Brier and log scores, their parts, calibration with intervals."""
    from realpolitik.project.track import score as found  # noqa: PLC0415

    show(found(_ledger(ledger)), as_json)


@app.command(name="list")
def list_(ledger: File = HERE, as_json: AsJson = False) -> None:
    """List the questions: when they are decided, what was said last, what happened."""
    from realpolitik.project.track import listing  # noqa: PLC0415

    show(listing(_ledger(ledger)), as_json)


app.command(name="record")(verb(_record))
