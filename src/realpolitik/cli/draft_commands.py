"""`rpol draft`: a first situation from articles, sizes left blank."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from realpolitik.cli.engine import AsJson, tell


def draft(
    articles: Annotated[list[Path], typer.Argument(metavar="ARTICLE...", help="Text, Markdown, HTML, PDF or DOCX.")],
    out: Annotated[Path, typer.Option("--out", help="A new folder for the project.")],
    outlet: Annotated[str, typer.Option("--outlet", help="Who published them, if one outlet did.")] = "",
    as_json: AsJson = False,
) -> None:
    """Draft a situation from articles: parties, claims and influences, every size left for you to fill in."""
    import datetime as dt  # noqa: PLC0415

    from realpolitik.project import drafting  # noqa: PLC0415
    from realpolitik.project.reading import article_of  # noqa: PLC0415
    from realpolitik.sources.reading import read_document  # noqa: PLC0415

    read, taken = [], dict[str, str]()
    for path in articles:
        document = read_document(path)
        for note in document.notes:
            typer.echo(f"note: {note}", err=True)
        if document.sha256 in taken.values():
            typer.echo(f"note: '{path}' is given twice; read once.", err=True)
            continue
        article = article_of(document, taken, outlet)
        taken[article.name] = document.sha256
        read.append((article, path.read_bytes()))
    lines = drafting.draft(read, out, dt.date.today().isoformat())
    written = sorted(str(path) for path in out.rglob("*") if path.is_file())
    tell(lines, {"written": written, "said": list(lines)}, as_json)


def register(app: typer.Typer) -> None:
    """Add the verb `draft`."""
    app.command(name="draft")(draft)
