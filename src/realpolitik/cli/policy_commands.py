"""Verbs about what to do and what to doubt: policy, diff, premortem."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from realpolitik.cli.engine import show, verb

if TYPE_CHECKING:
    from realpolitik.project import Project

List = list[str] | None


def policy(  # noqa: PLR0913  (one parameter for each option of the command)
    project: Project,
    *,
    as_json: bool,
    who: Annotated[str, typer.Option("--for", help="Who plans: actors or institutions, AAA,BBB.")],
    plan: Annotated[
        List, typer.Option("--plan", help="A plan to value: 'AAA.x=on, BBB.y if evidence > 0.6'; default: search.")
    ] = None,
    option: Annotated[List, typer.Option("--option", help="Search over these options only.")] = None,
    condition: Annotated[
        List, typer.Option("--if", help="A public condition plans may wait for; default: those the file names.")
    ] = None,
    waiting: Annotated[bool, typer.Option("--wait/--no-wait", help="Whether plans may wait for conditions.")] = True,
    date: Annotated[List, typer.Option("--from", help="A date at which steps may begin.")] = None,
    world: Annotated[
        List, typer.Option("--world", help="What may be true or be done by others: a reading, a scenario, BBB.cut=on.")
    ] = None,
    truth: Annotated[str, typer.Option("--truth", help="What a condition is meant to show.")] = "",
    at_least: Annotated[float, typer.Option("--at-least", help="Points that are good enough.")] = 0.0,
    most: Annotated[int, typer.Option("--most", help="Plans considered at most.")] = 4096,
    years: Annotated[
        float | None, typer.Option("--years", help="Count the year that ends then; default: the whole run, discounted.")
    ] = None,
) -> None:
    """What should an actor or a coalition do: the best, safest and most robust plan, and what being wrong costs."""
    from realpolitik.cli.progress import Progress  # noqa: PLC0415
    from realpolitik.project import advice  # noqa: PLC0415

    conditions = condition if waiting else []
    with Progress() as progress:
        found = advice.policy(
            project, who, plans=plan or (), options=option or (), dates=date or (), worlds=world or (), truth=truth,
            conditions=conditions, at_least=at_least, most=most, years=years, told=progress.told,
        )  # fmt: skip
    show(found, as_json)


def diff(
    project: Project,
    *,
    as_json: bool,
    other: Annotated[
        str, typer.Argument(metavar="OTHER", help="A file or project, NAME@DATE, @DATE of the same, or +JUDGEMENTS.")
    ],
) -> None:
    """What differs between two situations, dates or analysts, and which difference moved which conclusion."""
    from realpolitik.cli.progress import Progress  # noqa: PLC0415
    from realpolitik.project import advice  # noqa: PLC0415

    with Progress() as progress:
        found = advice.diff(project, other, told=progress.told)
    show(found, as_json)


def premortem(
    project: Project,
    *,
    as_json: bool,
    top: Annotated[int, typer.Option("--top", help="How many of the assumptions that carry most.")] = 6,
) -> None:
    """If the assumptions that carry most are wrong, one by one or all at once: which conclusions still stand."""
    from realpolitik.cli.progress import Progress  # noqa: PLC0415
    from realpolitik.project import advice  # noqa: PLC0415

    with Progress() as progress:
        found = advice.premortem(project, top=top, told=progress.told)
    show(found, as_json)


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    for body in (policy, diff, premortem):
        app.command(name=body.__name__)(verb(body))
