"""Verbs that ask the engine: run, futures, gains, compare, why, null, ask."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from realpolitik.cli.engine import show, verb, width

if TYPE_CHECKING:
    from realpolitik.project import Project

Do = Annotated[
    str, typer.Option("--do", help="What is held: AAA.arm, AAA.arm=full from 2025, a scenario, a factor=0.5.")
]
Secretly = Annotated[str, typer.Option("--secretly", help="The same, held in the world but in nobody's look-ahead.")]
Free = Annotated[bool, typer.Option("--vs-free", help="Compare with the untouched run, not with its status quo held.")]
Question = Annotated[
    str, typer.Option("--ask", "-q", help="For example: 'P(tension > 0.6 after 3 years | do(AAA.arm))'.")
]


def run(
    project: Project,
    *,
    as_json: bool,
    out: Annotated[Path | None, typer.Option("--out", help="Write the run folder here.")] = None,
    lift: Annotated[bool, typer.Option("--lift/--no-lift", help="Also ask who loses with weights shuffled.")] = True,
    claims: Annotated[bool, typer.Option("--claims/--no-claims", help="Also judge the documents' claims.")] = True,
) -> None:
    """Do the usual assessment and print one page: the situation's own questions, answered."""
    from realpolitik.cli.progress import Progress  # noqa: PLC0415
    from realpolitik.project.assess import assess  # noqa: PLC0415

    with Progress() as progress:
        made = assess(project, told=progress.told, lift=lift, claims=claims, out=out)
    if as_json:
        typer.echo(json.dumps(made.assessment, ensure_ascii=False, indent=1))
        return
    from realpolitik.report.screen import screen_text  # noqa: PLC0415

    typer.echo(screen_text(made.assessment, width()))
    typer.echo(made.note)


def futures(project: Project, *, as_json: bool, do: Do = "", secretly: Secretly = "") -> None:
    """What will each party probably do, and when; where the factors go; which goals are reached."""
    show(project.futures(do, secretly=secretly), as_json)


def gains(project: Project, *, as_json: bool, do: Do = "", secretly: Secretly = "", vs_free: Free = False) -> None:
    """Who gains and who loses if something is done: by itself and through reactions, near and far."""
    show(project.gains(do, secretly=secretly, vs_free=vs_free), as_json)


def compare(project: Project, *, as_json: bool, do: Do = "", secretly: Secretly = "", vs_free: Free = False) -> None:
    """What a scenario changes, against its own status quo: options and factors, near and far."""
    show(project.compare(do, secretly=secretly, vs_free=vs_free), as_json)


def hindcast(project: Project, *, as_json: bool) -> None:
    """What the state before this one gave for what this one reports."""
    from realpolitik.project.background import hindcast as asked  # noqa: PLC0415

    show(asked(project), as_json)


def null(project: Project, *, as_json: bool, ask: Question) -> None:
    """Is the answer in the inputs? The same question with weights shuffled, signs only, structure only."""
    show(project.null(ask), as_json)


def ask(
    project: Project,
    *,
    as_json: bool,
    ask: Question,
    precision: Annotated[
        float,
        typer.Option(
            "--precision", help="Double the draws until the sampling error is this small, in the answer's unit."
        ),
    ] = 0.0,
) -> None:
    """Ask any question of the expression language."""
    from realpolitik.cli.progress import Progress  # noqa: PLC0415

    with Progress() as progress:
        found = project.ask(ask, precision=precision, told=progress.told)
    show(found, as_json)


def why(
    project: Project,
    *,
    as_json: bool,
    line: Annotated[
        str,
        typer.Argument(
            metavar="[LINE]", help="A number of the first screen (2, 5.7), a claim, or 'gain(AAA | do(...))'."
        ),
    ] = "",
    documents: Annotated[
        Path | None, typer.Option("--documents", help="A folder with your own copies of the project's documents.")
    ] = None,
) -> None:
    """Why a number is what it is: the terms that add up to it, what carried them, and who said so."""
    from realpolitik.project.telling import told  # noqa: PLC0415

    made = told(project, line, documents)
    if as_json:
        typer.echo(json.dumps([result.as_json() for result in made], ensure_ascii=False, indent=1))
        return
    for result in made:
        show(result, as_json)
        typer.echo()


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    for body in (run, futures, gains, compare, null, ask, why, hindcast):
        app.command(name=body.__name__)(verb(body))
