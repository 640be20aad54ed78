"""Verbs about pairs and groups: leverage, alignment, coalitions, balance, norms, contingencies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from realpolitik.cli.engine import show, verb

if TYPE_CHECKING:
    from realpolitik.project import Project

Years = Annotated[
    float | None, typer.Option("--years", help="Over the year that ends then; default: the middle answer time.")
]


Actor = Annotated[str, typer.Option("--actor", help="Whose move it is, where several make it.")]


def _both(move: str, response: str, example: str) -> bool:
    """True where a move and a response are given, False where neither is; one without the other is refused."""
    from realpolitik.errors import QuestionRefused  # noqa: PLC0415

    if bool(move) != bool(response):
        raise QuestionRefused(f"Deterrence asks of a move and a response: {example}.")
    return bool(move)


def leverage(
    project: Project,
    *,
    as_json: bool,
    years: Years = None,
    deter: Annotated[str, typer.Option("--deter", help="Is this move deterred ... (AAA.arm, or a deal)")] = "",
    by: Annotated[str, typer.Option("--by", help="... by this response? (BBB.cut=on)")] = "",
    actor: Actor = "",
) -> None:
    """Who can cost or give whom how much, at what price, and would it; with --deter and --by: is it enough."""
    from realpolitik.cli.progress import Progress  # noqa: PLC0415
    from realpolitik.project import leverage as asked  # noqa: PLC0415

    if _both(deter, by, "--deter AAA.arm --by BBB.cut=on"):
        show(asked.deterrence(project, deter, by, actor=actor, years=years), as_json)
        return
    with Progress() as progress:
        found = asked.leverage(project, years=years, told=progress.told)
    show(found, as_json)


def deterrence(
    project: Project,
    *,
    as_json: bool,
    years: Annotated[
        float | None,
        typer.Option("--years", help="Over the year that ends then; default: the whole run, by the mover's patience."),
    ] = None,
    move: Annotated[str, typer.Option("--move", help="Is this kept from being done (AAA.arm=on, or a deal) ...")] = "",
    response: Annotated[str, typer.Option("--response", help="... by this answer? (BBB.cut=on)")] = "",
    actor: Actor = "",
) -> None:
    """How likely must an answer be to keep somebody from a move, and how likely is it; default: every threat written.

    For example: `rpol deterrence SITUATION --move AAA.arm=on --response BBB.cut=on`.
    """
    from realpolitik.cli.progress import Progress  # noqa: PLC0415
    from realpolitik.project import leverage as asked  # noqa: PLC0415

    if _both(move, response, "--move AAA.arm=on --response BBB.cut=on"):
        show(asked.deterrence(project, move, response, actor=actor, years=years), as_json)
        return
    with Progress() as progress:
        found = asked.threats(project, years=years, told=progress.told)
    show(found, as_json)


def alignment(
    project: Project,
    *,
    as_json: bool,
    years: Years = None,
    partners: Annotated[
        str, typer.Option("--partners", help="What parts these, and which moves of others split them: AAA,BBB,CCC.")
    ] = "",
) -> None:
    """Whose interests overlap, overall and by theatre; with --partners: where they part and what drives the wedge."""
    from realpolitik.cli.progress import Progress  # noqa: PLC0415
    from realpolitik.project import leverage as asked  # noqa: PLC0415

    with Progress() as progress:
        if partners:
            found = asked.wedges(project, names(partners), years=years, told=progress.told)
        else:
            found = asked.alignment(project, years=years, told=progress.told)
    show(found, as_json)


def coalitions(
    project: Project,
    *,
    as_json: bool,
    years: Years = None,
    agreement: Annotated[str, typer.Option("--agreement", help="A joint option at a level: PACT.drill=public.")] = "",
    candidate: Annotated[str, typer.Option("--candidate", help="Whom to add; default: whoever is asked to.")] = "",
    wait: Annotated[float, typer.Option("--wait", help="Years between two steps, where orders are compared.")] = 1.5,
) -> None:
    """What an agreement is worth to whom, who would block or leave it, whom to add, and in what order."""
    from realpolitik.project import leverage as asked  # noqa: PLC0415

    show(asked.coalitions(project, agreement, candidate=candidate, years=years, wait=wait), as_json)


def balance(
    project: Project,
    *,
    as_json: bool,
    lists: Annotated[str, typer.Option("--lists", help="The two lists: AAA,BBB:CCC,DDD.")],
    metric: Annotated[str, typer.Option("--metric", help="In what: a metric or concept of facts.yaml.")],
    year: Annotated[int | None, typer.Option("--year", help="Of which year; default: the latest.")] = None,
    cooperation: Annotated[
        str, typer.Option("--cooperation", help="How far each list acts as one, 0 to 1: 0.6:0.2.")
    ] = "",
) -> None:
    """What share of a named capability each of two lists of actors has; never a chance of winning."""
    from realpolitik.project import leverage as asked  # noqa: PLC0415

    degrees = shares(cooperation)
    show(asked.balance(project, *sides(lists), metric, year=year, cooperation=degrees), as_json)


def norms(
    project: Project,
    *,
    as_json: bool,
    years: Years = None,
    do: Annotated[str, typer.Option("--do", help="What is held meanwhile.")] = "",
) -> None:
    """Which moves break which rule, who keeps its word, and what breaking the rules wears down."""
    from realpolitik.project import leverage as asked  # noqa: PLC0415

    show(asked.norms(project, do=do, years=years), as_json)


def contingencies(project: Project, *, as_json: bool, years: Years = None) -> None:
    """If it came to the worst, would it hold: with and without help, in a side model whose formula is printed."""
    from realpolitik.project import leverage as asked  # noqa: PLC0415

    show(asked.contingencies(project, years=years), as_json)


def names(text: str) -> tuple[str, ...]:
    """Names separated by commas.

    >>> names("AAA, BBB")
    ('AAA', 'BBB')
    """
    return tuple(part.strip() for part in text.split(",") if part.strip())


def sides(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Two lists of names separated by a colon. Raises `QuestionRefused` for anything else.

    >>> sides("AAA,BBB:CCC")
    (('AAA', 'BBB'), ('CCC',))
    """
    from realpolitik.errors import QuestionRefused  # noqa: PLC0415

    parts = [names(part) for part in text.split(":")]
    if len(parts) != 2 or not all(parts):
        raise QuestionRefused(f"'{text}' names no two lists; write them as AAA,BBB:CCC,DDD.")
    return parts[0], parts[1]


def shares(text: str) -> tuple[float | None, float | None]:
    """Two numbers from 0 to 1 separated by a colon, or one for both, or none. Raises `QuestionRefused` otherwise.

    >>> shares("0.6:0.2"), shares("0.5"), shares("")
    ((0.6, 0.2), (0.5, 0.5), (None, None))
    """
    from realpolitik.errors import QuestionRefused  # noqa: PLC0415

    if not text:
        return None, None
    try:
        found = [float(part) for part in text.split(":")]
    except ValueError:
        found = []
    if len(found) not in (1, 2) or not all(0.0 <= value <= 1.0 for value in found):
        raise QuestionRefused(f"'{text}' is no degree of cooperation; write one or two numbers from 0 to 1: 0.6:0.2.")
    return found[0], found[-1]


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    for body in (leverage, deterrence, alignment, coalitions, balance, norms, contingencies):
        app.command(name=body.__name__)(verb(body))
