"""The verb `claims`: the documents' claims as tests of the model."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from realpolitik.cli.engine import verb, width
from realpolitik.cli.strict import StrictApp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from realpolitik.analyses.verdicts import Verdict
    from realpolitik.project import Project

Only = Annotated[str, typer.Option("--only", help="Some claims, with commas: s0-051,s4-022.")]
Tensions = Annotated[
    bool,
    typer.Option(
        "--tensions", help="Claims that pull against each other, whether both can hold, and what separates them."
    ),
]
Quick = Annotated[
    bool, typer.Option("--quick", help="Leave out the runs that tell what holds by construction through an influence.")
]


def claims(
    project: Project, *, as_json: bool, only: Only = "", tensions: Tensions = False, quick: Quick = False
) -> None:
    """Test what the documents claim: holds, holds by construction of the inputs, contested, fails, or untestable."""
    from realpolitik.cli.progress import Progress  # noqa: PLC0415
    from realpolitik.project.verdicts import kept_verdicts  # noqa: PLC0415

    names = [name.strip() for name in only.split(",") if name.strip()]
    with Progress() as progress:
        found = kept_verdicts(project, only=names, told=progress.told, confirm=not quick)
    data = _tensions(project, found) if tensions else _claims(project, found)
    if as_json:
        typer.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    from realpolitik.report.claims_text import claims_text, tensions_text  # noqa: PLC0415

    if tensions:
        typer.echo(tensions_text(data["tensions"], width()))
        return
    about = data["about"]
    line = f"{about['draws']} draws, depth {about['depth']}, seed {about['seed']}."
    line += "" if about["lookahead"] == "exact" else " Quick look-ahead: a few choices of a thousand differ."
    if about["depth"] == 0:
        line += " Nobody foresees replies: claims about restraint by foresight need --depth 1."
    typer.echo(claims_text(data["claims"], data["counts"], width(), line))


def _claims(project: Project, found: Sequence[Verdict]) -> dict[str, Any]:
    from realpolitik.analyses.verdicts import counts  # noqa: PLC0415
    from realpolitik.compiled.about import about  # noqa: PLC0415
    from realpolitik.results.result import plain  # noqa: PLC0415

    made: dict[str, Any] = plain(
        {
            "about": about(project.ensemble()),
            "counts": counts(found),
            "claims": [{**item.as_json(), **_said(project, item.claim)} for item in found],
        }
    )
    return made


def _said(project: Project, claim: str) -> dict[str, str]:
    item = project.claims.get(claim)
    return {"paraphrase": item.paraphrase, "speaker": item.speaker} if item else {"paraphrase": "", "speaker": ""}


def _tensions(project: Project, found: Sequence[Verdict]) -> dict[str, Any]:
    from realpolitik.analyses.verdicts import disagreements, register_of  # noqa: PLC0415
    from realpolitik.results.result import plain  # noqa: PLC0415

    pairs = disagreements(register_of(project).tensions.values(), project.claims, found)
    rows = [
        {
            "tension": item.tension,
            "about": item.about,
            "separated_by": item.separated_by,
            "both_can_hold": item.both_can_hold,
            "speakers": item.speakers,
            "first": {**item.first.as_json(), **_said(project, item.first.claim)},
            "second": {**item.second.as_json(), **_said(project, item.second.claim)},
        }
        for item in pairs
    ]
    made: dict[str, Any] = plain({"tensions": rows})
    return made


def register(app: typer.Typer) -> None:
    """Add the verb and its sub-commands; without one, the claims are tested."""
    from realpolitik.cli.reading_commands import WithDefault, add_to  # noqa: PLC0415

    text = "The claims as tests of the model (`rpol claims SITUATION`), and what becomes of proposed ones."
    group = StrictApp(cls=WithDefault, help=text)
    group.command(name="test")(verb(claims))
    add_to(group)
    app.add_typer(group, name="claims")
