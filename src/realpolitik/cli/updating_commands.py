"""Verbs about evidence: hypotheses, indicators, assimilate, and the ledger of forecasts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from realpolitik.cli.engine import show, verb

if TYPE_CHECKING:
    from realpolitik.project import Project

Saw = Annotated[
    list[str] | None,
    typer.Option("--saw", help="A report: 'AAA.arm=full by 2024-06, grade B2' or 'tension at 2024-06: 0.4 to 0.6'."),
]
ReportFile = Annotated[
    Path | None, typer.Option("--file", help="A file of reports; default: the project's observations.yaml.")
]
Asks = Annotated[
    list[str] | None, typer.Option("--ask", "-q", help="A question to answer: 'P(AAA.arm=on by 2 years)'.")
]


def hypotheses(
    project: Project,
    *,
    as_json: bool,
    ask: Asks = None,
    saw: Saw = None,
    file: ReportFile = None,
    group: Annotated[str, typer.Option("--group", help="One group of hypotheses; default: every group.")] = "",
    years: Annotated[
        float | None, typer.Option("--years", help="What could be seen within; default: the first answer time.")
    ] = None,
) -> None:
    """What follows under each rival hypothesis, what tells them apart, and whether the evidence hangs together."""
    from realpolitik.cli.progress import Progress  # noqa: PLC0415
    from realpolitik.project import updating  # noqa: PLC0415

    with Progress() as progress:
        found = updating.hypotheses(
            project, ask or (), saw=saw or (), file=file, group=group, years=years, told=progress.told
        )
    show(found, as_json)


def indicators(
    project: Project,
    *,
    as_json: bool,
    outcome: Annotated[
        list[str] | None, typer.Option("--outcome", help="Of what: 'AAA.arm=on by 3 years'; may be repeated.")
    ] = None,
    within: Annotated[
        float | None, typer.Option("--within", help="Years in which to watch; default: the first answer time.")
    ] = None,
) -> None:
    """What to watch: which early and public sign best tells whether an outcome comes, or which hypothesis is true."""
    from realpolitik.cli.progress import Progress  # noqa: PLC0415
    from realpolitik.project import updating  # noqa: PLC0415

    with Progress() as progress:
        found = updating.indicators(project, outcome or (), within=within, told=progress.told)
    show(found, as_json)


def assimilate(project: Project, *, as_json: bool, saw: Saw = None, file: ReportFile = None, ask: Asks = None) -> None:
    """What dated, graded reports change: forecast against event, what is learned about whom, answers after."""
    from realpolitik.cli.progress import Progress  # noqa: PLC0415
    from realpolitik.project import updating  # noqa: PLC0415

    with Progress() as progress:
        found = updating.assimilate(project, saw or (), file=file, ask=ask or (), told=progress.told)
    show(found, as_json)


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    from realpolitik.cli import forecast_commands  # noqa: PLC0415

    for body in (hypotheses, indicators, assimilate):
        app.command(name=body.__name__)(verb(body))
    app.add_typer(forecast_commands.app, name="forecast")
