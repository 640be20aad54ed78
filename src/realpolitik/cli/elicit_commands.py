"""`rpol elicit`: a blank sheet for analysts, and the sheets of several merged."""

from __future__ import annotations

import os
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from realpolitik.cli.engine import AsJson, tell
from realpolitik.errors import Finding, InputRefused, Position, QuestionRefused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from realpolitik.project import Project

Situation = Annotated[
    str | None, typer.Argument(metavar="[SITUATION]", help="A .yaml file, project folder or bundled project.")
]
LARGEST = 20_000_000


class Pooling(StrEnum):
    """How several ranges become one."""

    QUANTILES = "quantiles"
    LINEAR = "linear"


def sheet(
    situation: Situation = None, *,
    out: Annotated[Path, typer.Option("--out", help="The file to write: .csv or .xlsx.")] = Path("sheet.csv"),
    every: Annotated[bool, typer.Option("--all", help="Every input, not only those that matter most.")] = False,
    most: Annotated[int, typer.Option("--most", min=1, help="How many inputs at most, without --all.")] = 20,
    show: Annotated[bool, typer.Option("--show", help="Also show the present ranges; else blind.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that exists.")] = False,
    draws: Annotated[int, typer.Option("--draws", help="Judgement draws for the ranking, a power of two.")] = 256,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Write a blank sheet of the inputs that matter most, for analysts to fill in blind."""
    from realpolitik.project import open_project  # noqa: PLC0415
    from realpolitik.project.elicitation import blank_sheet  # noqa: PLC0415
    from realpolitik.report.sheets import csv_text, xlsx  # noqa: PLC0415
    from realpolitik.sources.atomic import write_atomically  # noqa: PLC0415

    _writable(out, force, (".csv", ".xlsx"))
    made = blank_sheet(open_project(situation, draws=draws), most=most, every=every, show=show)
    data = xlsx({"judgement": made}) if out.suffix.lower() == ".xlsx" else csv_text(made).encode("utf-8")
    write_atomically(out, data)
    lines = [f"{out}: {len(made) - 1} inputs. Low and high: 5% below, 5% above. Best: as likely above as below."]
    lines += ["Next: everyone fills in a copy; then  rpol elicit merge SHEET... SITUATION"]
    tell(lines, {"written": [str(out)], "inputs": len(made) - 1}, as_json)


def _writable(out: Path, force: bool, endings: Sequence[str]) -> None:
    if out.suffix.lower() not in endings:
        raise QuestionRefused(f"'{out}' ends in neither {' nor '.join(endings)}.")
    if out.exists() and not force:
        raise QuestionRefused(f"'{out}' exists. Choose another name, or say --force.")
    folder = out.absolute().parent
    folder = folder.parent if folder.name == "judgements" and not folder.exists() else folder
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise QuestionRefused(f"Nothing can be written to the folder '{out.parent}'. Choose another place.")


def merge(
    sheets: Annotated[list[str], typer.Argument(metavar="SHEET... [SITUATION]", help="Sheets that were filled in.")],
    *,
    out: Annotated[Path | None, typer.Option("--out", help="Default: judgements/panel.yaml of the project.")] = None,
    rule: Annotated[Pooling, typer.Option("--rule", help="quantiles (mean of ends) or linear.")] = Pooling.QUANTILES,
    most: Annotated[int, typer.Option("--most", min=0, help="How many disputes are run; 0: none.")] = 8,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that exists.")] = False,
    draws: Annotated[int, typer.Option("--draws", help="Judgement draws, a power of two.")] = 64,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Merge the sheets of several analysts: pooled ranges, every row kept, disputes ranked by what they move."""
    import datetime as dt  # noqa: PLC0415
    from dataclasses import asdict  # noqa: PLC0415

    from realpolitik.project import dissent, elicitation, open_project  # noqa: PLC0415
    from realpolitik.project.layering import laid_over  # noqa: PLC0415
    from realpolitik.sources.atomic import write_atomically  # noqa: PLC0415

    files, where = _parted(sheets)
    project = open_project(where, draws=draws)
    place = out or _default_out(project)
    _writable(place, force, (".yaml",))
    rows = elicitation.judged(project, read_sheets(files))
    chosen: elicitation.Rule = "linear" if rule is Pooling.LINEAR else "quantiles"
    inputs = project.model.inputs
    texts = {name: elicitation.pooled(inputs[name], said, chosen) for name, said in elicitation.by_input(rows).items()}
    layer = elicitation.panel_layer(project, rows, chosen, dt.date.today().isoformat())
    laid_over(project, [layer])
    found = dissent.ranked(project, dissent.disputes(rows), most)
    place.parent.mkdir(exist_ok=True)
    write_atomically(place, elicitation.panel_text(layer, rows, chosen, texts).encode("utf-8"))
    data = {"rule": elicitation.WORDS[chosen], "pooled": texts, "rows": elicitation.as_data(rows),
            "disputes": [asdict(item) for item in found], "written": str(place)}  # fmt: skip
    lines = [f"{len(texts)} inputs pooled from {len(files)} sheets by {elicitation.WORDS[chosen]}."]
    lines += [*dissent.sentences(found), f"Written: {place}{_use(project, place)}"]
    tell(lines, data, as_json)


def _use(project: Project, place: Path) -> str:
    own = project.path.is_dir() and place.parent.resolve() == (project.path / "judgements").resolve()
    return f"\nUse it: --judgements {place.stem}" if own else "\nUse it: put it into judgements/ of a project folder."


def _parted(names: Sequence[str]) -> tuple[list[Path], str | None]:
    """Sheets, and the situation where the last word is no sheet."""
    *first, last = names
    if first and Path(last).suffix.lower() not in (".csv", ".xlsx"):
        return [Path(name) for name in first], last
    return [Path(name) for name in names], None


def _default_out(project: Project) -> Path:
    from realpolitik.project.reading import is_own  # noqa: PLC0415

    if not project.path.is_dir() or not is_own(project):
        why = "is a single file" if not project.path.is_dir() else "comes with the program and is not written to"
        raise QuestionRefused(f"'{project.name}' {why}: say where to write, with --out panel.yaml.")
    return project.path / "judgements" / "panel.yaml"


def read_sheets(files: Sequence[Path]) -> dict[str, list[list[str]]]:
    """The first sheet of every file. Raises `InputRefused` with every file that cannot be read."""
    made: dict[str, list[list[str]]] = {}
    found: list[Finding] = []
    for file in files:
        place = Position(str(file))
        try:
            if str(file) in made:
                raise InputRefused([Finding("error", "the sheet is given twice.", place)])
            made[str(file)] = _read(file)
        except InputRefused as problem:
            found += [item if item.position.file else replace(item, position=place) for item in problem.findings]
    if found:
        raise InputRefused(found)
    return made


def _read(file: Path) -> list[list[str]]:
    import csv  # noqa: PLC0415
    import zlib  # noqa: PLC0415

    from realpolitik.report.sheets import read_csv, read_xlsx  # noqa: PLC0415

    place = Position(str(file))
    try:
        if not file.is_file():
            raise InputRefused([Finding("error", "there is no such file.", place)])
        if file.stat().st_size > LARGEST:
            message = f"the file has {file.stat().st_size:,} bytes; at most {LARGEST:,} are read."
            raise InputRefused([Finding("error", message, place)])
        data = file.read_bytes()
        if data[:2] == b"PK":
            return next(iter(read_xlsx(data, str(file)).values()), [])
        text = data.decode("utf-8-sig")
        head = text.partition("\n")[0]
        if ";" in head and "," not in head:  # spreadsheets of countries with a decimal comma
            return [[cell.removeprefix("'") for cell in row] for row in csv.reader(text.splitlines(), delimiter=";")]
        return read_csv(text)
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        hint = "Save it as CSV (UTF-8) or .xlsx."
        raise InputRefused([Finding("error", f"it cannot be read: {problem}.", place, hint)]) from None
    except (zlib.error, RuntimeError, LookupError, AttributeError, OverflowError):
        hint = "Save it again as .xlsx without a password, or as CSV."
        raise InputRefused([Finding("error", "it is no workbook that can be read.", place, hint)]) from None


def register(app: typer.Typer) -> None:
    """Add `elicit sheet` and `elicit merge`."""
    group = typer.Typer(help="Several analysts' judgement: blank sheets, and their merging.", no_args_is_help=True)
    group.command("sheet")(sheet)
    group.command("merge")(merge)
    app.add_typer(group, name="elicit")
