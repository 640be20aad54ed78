"""Verbs about evidence: walk, find, coverage, assumptions, cite."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from realpolitik.cli.engine import verb, width

if TYPE_CHECKING:
    from collections.abc import Callable

    from realpolitik.project import Project
    from realpolitik.results.result import Result

Documents = Annotated[
    Path | None, typer.Option("--documents", help="A folder with your own copies of the project's documents.")
]


class Form(StrEnum):
    """How citations are written."""

    BIBTEX = "bibtex"
    ANNOTATIONS = "annotations"


def walk(
    project: Project,
    *,
    as_json: bool,
    paragraph: Annotated[int, typer.Option("--paragraph", "-p", min=0, help="Only this paragraph; 0: all.")] = 0,
    document: Annotated[str, typer.Option("--document", help="Only this document (an id of sources.yaml).")] = "",
    documents: Documents = None,
    quotes: Annotated[
        bool, typer.Option("--with-quotes", help="Also the words, where your copy of the document is at hand.")
    ] = False,
    verdicts: Annotated[
        bool, typer.Option("--verdicts/--no-verdicts", help="Also what the model says of each.")
    ] = True,
) -> None:
    """Go through the documents paragraph by paragraph: claims, where they are in the model, what it says of them."""
    from realpolitik.cli.progress import Progress  # noqa: PLC0415
    from realpolitik.project import evidence  # noqa: PLC0415
    from realpolitik.report.evidence import walk_text  # noqa: PLC0415

    with Progress() as progress:
        made = evidence.walk(
            project, document=document, paragraph=paragraph, documents=documents, quotes=quotes, verdicts=verdicts,
            told=progress.told,
        )  # fmt: skip
    _say(made, as_json, walk_text)


def find(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="[SITUATION] NAME",
            help="A person, place, body or thing of the documents, or a claim; either order.",
        ),
    ],
    state: Annotated[str | None, typer.Option("--state", help="Which dated state; default: the latest.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
) -> None:
    """What is a name of the documents here: where it acts, which claims speak of it, or why it is absent."""
    from realpolitik.project import evidence, open_project  # noqa: PLC0415
    from realpolitik.project.locate import is_situation  # noqa: PLC0415
    from realpolitik.report.evidence import find_text  # noqa: PLC0415

    named = next((word for word in (words[0], words[-1]) if len(words) > 1 and is_situation(word)), None)
    rest = words[1:] if named == words[0] else words[:-1] if named else words
    project = open_project(named, state=state)
    _say(evidence.find(project, " ".join(rest)), as_json, find_text)


def coverage(project: Project, *, as_json: bool) -> None:
    """Is every claim in the model, and does somebody stand behind every input? Lists and counts."""
    from realpolitik.project import evidence  # noqa: PLC0415
    from realpolitik.report.evidence import coverage_text  # noqa: PLC0415

    _say(evidence.coverage(project), as_json, coverage_text)


def assumptions(
    project: Project,
    *,
    as_json: bool,
    every: Annotated[bool, typer.Option("--all", help="Also those not told apart from chance, one a line.")] = False,
) -> None:
    """Which judgements carry the conclusions: inputs without a claim, ranked by how far an answer goes with them."""
    from realpolitik.project import evidence  # noqa: PLC0415
    from realpolitik.report.evidence import assumptions_text  # noqa: PLC0415

    _say(evidence.assumptions(project), as_json, lambda found, columns: assumptions_text(found, columns, every))


def cite(
    project: Project,
    *,
    as_json: bool,
    form: Annotated[
        Form, typer.Option("--as", help="bibtex: the sources; annotations: every claim as a W3C Web Annotation.")
    ] = Form.BIBTEX,
    documents: Documents = None,
) -> None:
    """Write the sources as BibTeX, or the claims as W3C Web Annotations (JSON-LD)."""
    from realpolitik.claims.interchange import annotation_page, bibtex  # noqa: PLC0415
    from realpolitik.project.evidence import evidence_of  # noqa: PLC0415

    found = evidence_of(project, documents)
    if form is Form.ANNOTATIONS or as_json:
        typer.echo(json.dumps(annotation_page(found.register, found.sources), ensure_ascii=False, indent=1))
    else:
        typer.echo(bibtex(found.sources, found.facts.sources))


def glossary(
    word: Annotated[str, typer.Argument(help="A word or grade of a screen: depth, B3, log-odds; default: all.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
) -> None:
    """What the words on the screens mean, as in `rpol glossary depth`. Reads nothing and runs nothing."""
    from realpolitik.language.glossary import explained  # noqa: PLC0415
    from realpolitik.report.tables import wrapped  # noqa: PLC0415

    found = dict(explained(word))
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    typer.echo("\n".join(line for name, text in found.items() for line in wrapped(f"{name}: {text}.", width(), "")))


def _say(result: Result, as_json: bool, text: Callable[[Any, int], str]) -> None:
    typer.echo(json.dumps(result.as_json(), ensure_ascii=False, indent=1) if as_json else text(result, width()))


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    app.command(name="find")(find)
    app.command(name="glossary")(glossary)
    for body in (walk, coverage, assumptions, cite):
        app.command(name=body.__name__)(verb(body))
