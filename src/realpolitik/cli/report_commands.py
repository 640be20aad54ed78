"""Verbs that write files to pass on: report, tables and networks, and tables back to a situation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from realpolitik.cli.engine import AsJson, tell, verb

if TYPE_CHECKING:
    from realpolitik.project import Project

Out = Annotated[Path | None, typer.Option("--out", "-o", help="Write here; default: a file named after the situation.")]
Marking = Annotated[
    str, typer.Option("--marking", help="A line for the head and foot of every page, such as TLP:AMBER.")
]


FORMS = ("graphml", "csv", "xlsx", "stix", "prov")
"""What `write_export` writes."""


def report(
    project: Project,
    *,
    as_json: bool,
    out: Out = None,
    marking: Marking = "",
    with_quotes: Annotated[
        Path | None, typer.Option("--with-quotes", help="A folder with your copies of the documents: quote them.")
    ] = None,
    docx: Annotated[bool, typer.Option("--docx", help="A Word file, its claims as footnotes.")] = False,
    against: Annotated[
        Path | None, typer.Option("--against", help="An earlier report (its --json): say what changed since.")
    ] = None,
) -> None:
    """Write the whole answer as one file that stands on its own: HTML, Word (--docx) or data (--json)."""
    from realpolitik.cli.progress import Progress  # noqa: PLC0415
    from realpolitik.project.difference import changes, read_report  # noqa: PLC0415
    from realpolitik.project.report import report_data  # noqa: PLC0415
    from realpolitik.report.page.page import page  # noqa: PLC0415
    from realpolitik.report.page.text import twin  # noqa: PLC0415
    from realpolitik.report.page.word import word_file  # noqa: PLC0415

    earlier = read_report(against) if against else None
    with Progress() as progress:
        data = report_data(project, documents=with_quotes, marking=marking, told=progress.told)
    if earlier:
        data["changes"] = changes(earlier, data)
    if as_json:
        told = json.dumps(twin(data), ensure_ascii=False, indent=1)
        _write(out, told.encode()) if out else typer.echo(told)
        return
    place = out or Path(f"{stem(project)}.{'docx' if docx else 'html'}")
    _write(place, word_file(data) if docx else page(data).encode())
    _say(place, data["left_out"])


def write_export(
    situation: str | None,
    form: str,
    *,
    state: str | None,
    out: Path | None,
    marking: str,
    quotes: Path | None = None,
    as_json: bool = False,
) -> None:
    """`rpol export --as graphml|csv|xlsx|stix|prov`: the network, a table for each section of the file (all layers
    merged), the claims, or where the answers come from.
    """
    from realpolitik.project import open_project  # noqa: PLC0415
    from realpolitik.project.export import exported  # noqa: PLC0415

    project = open_project(situation, state=state)
    found = exported(project, form, marking, quotes)
    if len(found) == 1:
        place = out or Path(f"{stem(project)}.{form}{'.json' if form in ('stix', 'prov') else ''}")
        _write(place, next(iter(found.values())))
        tell([f"{place} written."], {"written": [str(place)]}, as_json)
        return
    folder = out or Path(f"{stem(project)}-{form}")
    for name, data in found.items():
        _write(folder / name, data)
    written = {"written": [str(folder / name) for name in found]}
    tell([f"{folder}: {', '.join(found)}."], written, as_json)


def import_(
    tables: Annotated[Path, typer.Argument(help="A folder of CSV files or a workbook, as written by rpol export.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The situation file to write.")] = Path("situation.yaml"),
    as_json: AsJson = False,
) -> None:
    """Write a situation file from tables, and check it."""
    from realpolitik.errors import InputRefused  # noqa: PLC0415
    from realpolitik.project.export import imported  # noqa: PLC0415
    from realpolitik.situation.reader import check_situation  # noqa: PLC0415

    _write(out, imported(tables).encode())
    reading = check_situation(out)
    if reading.situation is None:
        raise InputRefused(reading.findings)
    tell([f"{out} written; it can be run."], {"written": [str(out)]}, as_json)


def stem(project: Project) -> str:
    """The name of a situation for a file."""
    path = project.path
    return path.name if path.is_dir() else path.stem


def _write(place: Path, data: bytes) -> None:
    """Write whole or not at all."""
    from realpolitik.errors import Finding, InputRefused  # noqa: PLC0415
    from realpolitik.sources.atomic import atomic  # noqa: PLC0415

    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with atomic(place) as temporary:
            temporary.write_bytes(data)
            temporary.chmod(0o666 & ~_mask())
    except OSError as problem:
        hint = "Choose another place with --out."
        raise InputRefused([Finding("error", f"'{place}' cannot be written: {problem}.", hint=hint)]) from None


def _mask() -> int:
    """What the system takes away from the rights of new files."""
    import os  # noqa: PLC0415

    mask = os.umask(0)
    os.umask(mask)
    return mask


def _say(place: Path, left_out: dict[str, str]) -> None:
    size = place.stat().st_size
    typer.echo(f"{place}  ({size / 1000:.0f} kB, one file, opens offline)")
    for name, reason in left_out.items():
        typer.echo(f"left out: {name}: {reason}")


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    app.command(name="import")(import_)
    app.command(name="report")(verb(report))
