"""Verbs about what an answer rests on: sensitivity, flip, discover, information."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from realpolitik.cli.engine import show, verb

if TYPE_CHECKING:
    from realpolitik.project import Project

Line = Annotated[
    str,
    typer.Argument(metavar="[LINE]", help="'gain(AAA | do(...))', 'loser(| do(...)) is AAA', or a question's number."),
]


def sensitivity(project: Project, *, as_json: bool, line: Line = "") -> None:
    """Which inputs carry an answer's spread, in which order; what cannot be told from noise is not ranked."""
    from realpolitik.project import sensitive  # noqa: PLC0415

    show(sensitive.sensitivity(project, line or "1"), as_json)


def flip(project: Project, *, as_json: bool, line: Line = "") -> None:
    """The smallest change of one input, or of a few, that reverses a conclusion; or that nothing tried does."""
    from realpolitik.cli.progress import Progress  # noqa: PLC0415
    from realpolitik.project import sensitive  # noqa: PLC0415

    with Progress() as progress:
        found = sensitive.flip(project, line or "1", told=progress.told)
    show(found, as_json)


def discover(
    project: Project,
    *,
    as_json: bool,
    line: Line = "",
    box: Annotated[int, typer.Option("--box", help="Which step of the peeling to tell; default: the best.")] = -1,
) -> None:
    """Under which conditions a statement holds: a box of a few limits, how it was peeled, questions (PRIM, CART)."""
    from realpolitik.project import sensitive  # noqa: PLC0415

    show(sensitive.discover(project, line or "1", box=box), as_json)


def information(
    project: Project,
    *,
    as_json: bool,
    actor: Annotated[str, typer.Option("--actor", help="Who chooses.")],
    plans: Annotated[
        str, typer.Option("--plans", help="Between what, each as in do(...): 'AAA.arm=on; scenario cutoff'.")
    ],
    years: Annotated[
        float | None, typer.Option("--years", help="Over the year that ends then; default: the middle answer time.")
    ] = None,
) -> None:
    """What it is worth to know more before choosing between plans, and which input, if known, changes the choice."""
    from realpolitik.cli.progress import Progress  # noqa: PLC0415
    from realpolitik.project import sensitive  # noqa: PLC0415

    named = tuple(part.strip() for part in plans.split(";") if part.strip())
    with Progress() as progress:
        found = sensitive.information(project, actor, named, years=years, told=progress.told)
    show(found, as_json)


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    for body in (sensitivity, flip, discover, information):
        app.command(name=body.__name__)(verb(body))
