"""`rpol sources`: read documents, keep snapshots of them, and see who says what in them."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from realpolitik.cli.strict import StrictApp
from realpolitik.errors import RealpolitikError

if TYPE_CHECKING:
    from realpolitik.project.asking import Model
    from realpolitik.project.ingest import Brought
    from realpolitik.sources.attribution.model import Attribution
    from realpolitik.sources.document import Document


class Format(StrEnum):
    """How attributions are printed."""

    TEXT = "text"
    JSON = "json"
    SPANS = "spans"


class Api(StrEnum):
    """How a language model is asked."""

    OPENAI = "openai"
    ANTHROPIC = "anthropic"


ModelName = Annotated[str, typer.Option("--model", help="Ask this language model instead of the offline rules.")]
Endpoint = Annotated[str, typer.Option("--endpoint", help="Where the model is: https://HOST/PATH.")]
Spoken = Annotated[Api, typer.Option("--api", help="How the endpoint is spoken to.")]
Yes = Annotated[bool, typer.Option("--yes", help="Agree that the text is sent to the endpoint.")]
Replay = Annotated[Path | None, typer.Option("--replay", help="Read a kept answer; nothing is sent.")]
File = Annotated[Path, typer.Argument(help="A text, Markdown, HTML, PDF or DOCX file.")]
Folder = Annotated[Path, typer.Option("--project", help="The project's folder.")]


def register(app: typer.Typer) -> None:
    """Add the sub-commands `sources extract`, `sources add` and `sources verify` to `app`."""
    sources = StrictApp(help="Documents: who says what in them; snapshots of them.", no_args_is_help=True)
    sources.command("extract")(extract)
    sources.command("add")(add)
    sources.command("verify")(verify)
    app.add_typer(sources, name="sources")


def extract(  # noqa: PLR0913, PLR0917  (options, each with a default)
    file: File,
    output: Annotated[Format, typer.Option("--format", help="text, json, or spans (the scorer's).")] = Format.TEXT,
    thoughts: Annotated[bool, typer.Option(help="Also what somebody believes, hopes or fears.")] = False,
    model: ModelName = "",
    endpoint: Endpoint = "",
    api: Spoken = Api.OPENAI,
    yes: Yes = False,
    replay: Replay = None,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
) -> None:
    """Propose the attributed claims of a document: who says what, how hedged, through whom."""
    from realpolitik.project.asking import Model  # noqa: PLC0415
    from realpolitik.sources.attribution.extract import extract as find  # noqa: PLC0415
    from realpolitik.sources.attribution.formats import as_json as as_data  # noqa: PLC0415
    from realpolitik.sources.attribution.formats import as_spans, as_text  # noqa: PLC0415
    from realpolitik.sources.reading import read_document  # noqa: PLC0415

    try:
        document = read_document(file)
    except RealpolitikError as problem:
        raise _refused(problem) from problem
    asked = Model(model, endpoint, api.value, yes, replay)
    found = _asked(document, asked) if asked.wanted else find(document.text, thoughts)
    for note in document.notes:
        _say(f"note: {note}", err=True)
    if output is Format.SPANS:
        typer.echo(json.dumps(as_spans(file.name, found)))
    elif as_json or output is Format.JSON:
        head = {"file": document.name, "sha256": document.sha256, "attributions": as_data(document.text, found)}
        _say(json.dumps(head, ensure_ascii=False, indent=1))
    else:
        _say("\n".join(as_text(document.text, found)) or "No attributed claims were found.")


def _asked(document: Document, model: Model) -> tuple[Attribution, ...]:
    """What a model proposes and the document bears out; what is refused is said."""
    from realpolitik.project.asking import attributions  # noqa: PLC0415

    try:
        return attributions(document, model, lambda text: _say(text, err=True))
    except RealpolitikError as problem:
        raise _refused(problem) from problem


def add(
    given: Annotated[str, typer.Argument(metavar="FILE|ADDRESS", help="A file, or https://HOST/PATH to fetch.")],
    project: Folder = Path("."),
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Also fetch from this machine and your own network.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
) -> None:
    """Keep a snapshot of a document in the project: its bytes, its text and their hashes.

    For example `rpol sources add https://www.example.org/news/talks --project mycase`.
    """
    from realpolitik.project import ingest  # noqa: PLC0415

    try:
        item = _fetched(given, allow_private) if ingest.is_web(given) else ingest.brought(given)
        kept = ingest.kept(project, item)
    except RealpolitikError as problem:
        raise _refused(problem) from problem
    for note in item.document.notes:
        _say(f"note: {note}", err=True)
    about = {"name": kept.name, "sha256": kept.sha256, "characters": kept.characters, **item.document.metadata}
    told = f"{kept.name}  {kept.sha256}  {kept.characters:,} characters"
    _say(json.dumps(about, ensure_ascii=False, indent=1) if as_json else told)


def _fetched(url: str, allow_private: bool) -> Brought:
    from realpolitik.project.ingest import fetched  # noqa: PLC0415

    item, how = fetched(url, allow_private)
    _say(f"Fetched {len(item.data):,} bytes from {how.final[:200]} ({how.addresses[-1]}).", err=True)
    return item


def verify(
    project: Annotated[str, typer.Option("--project", help="The project's folder, or a bundled project.")] = ".",
    documents: Annotated[
        Path | None, typer.Option("--documents", help="A folder with your own copies of the project's documents.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
) -> None:
    """Check that kept documents are as they were kept, and that every claim's words stand where its anchor says."""
    from realpolitik.project.anchors import verify_sources  # noqa: PLC0415
    from realpolitik.project.locate import locate  # noqa: PLC0415

    try:
        report = verify_sources(locate(project), documents)
    except RealpolitikError as problem:
        raise _refused(problem) from problem
    if as_json:
        typer.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
    else:
        for line in report.problems:
            typer.echo(line, err=True)
        typer.echo("\n".join(report.lines))
    if not report.is_clean:
        raise typer.Exit(1)


def _say(text: str, err: bool = False) -> None:
    """Print words of documents: what would steer the screen is written out (in JSON as its own escapes)."""
    from realpolitik.sources.folding import visible  # noqa: PLC0415

    typer.echo(visible(text), err=err)


def _refused(problem: RealpolitikError) -> typer.Exit:
    _say(str(problem), err=True)
    return typer.Exit(problem.exit_code)
