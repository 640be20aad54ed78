"""The verb `read`, and the sub-commands of `claims` that decide what was proposed: proposals, accept, edit, reject."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from realpolitik.cli.source_commands import Api, Endpoint, ModelName, Replay, Spoken, Yes
from realpolitik.errors import QuestionRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from realpolitik.project import Project
    from realpolitik.project.deciding import Kept

Situation = Annotated[
    str | None,
    typer.Argument(metavar="[SITUATION]", help="A .yaml file or project folder of your own; default: the last run's."),
]
Names = Annotated[
    list[str],
    typer.Argument(metavar="ID... [SITUATION]", help="Ids of proposals (p-001, u-001); a project may follow."),
]
By = Annotated[str, typer.Option("--by", envvar="RPOL_ANALYST", help="Who decides; every step is signed.")]
Note = Annotated[str, typer.Option("--note", help="Why.")]
Json = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]
Draws = Annotated[int, typer.Option("--draws", help="Judgement draws, a power of two.")]
Foresight = Annotated[bool, typer.Option("--foresight", help="Also the questions that turn on foresight (slow).")]


class WithDefault(TyperGroup):
    """A group whose first sub-command is meant where none is named: `rpol claims FILE` is `rpol claims test FILE`."""

    has_default = True

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the default in front where the first word names no sub-command."""
        first = args[0] if args else ""
        if first not in self.commands and first not in ("-h", "--help"):
            args = [next(iter(self.commands)), *args]
        return super().parse_args(ctx, args)


def read(  # noqa: PLR0913  (options, each with a default)
    article: Annotated[
        str, typer.Argument(help="A text, Markdown, HTML, PDF or DOCX file, or a kept snapshot's hash.")
    ],
    situation: Situation = None,
    *,
    outlet: Annotated[str, typer.Option("--outlet", help="Who published it.")] = "",
    date: Annotated[str, typer.Option("--date", help="When; default: the date the article states.")] = "",
    keep: Annotated[bool, typer.Option("--keep/--dry", help="Keep snapshot and proposals in the project.")] = True,
    run: Annotated[bool, typer.Option("--run/--no-run", help="Also what would move if all were accepted.")] = True,
    foresight: Foresight = False,
    draws: Draws = 256,
    model: ModelName = "",
    endpoint: Endpoint = "",
    api: Spoken = Api.OPENAI,
    yes: Yes = False,
    replay: Replay = None,
    as_json: Json = False,
) -> None:
    """Read an article: what it claims, who says so, what it supports or contradicts, what would move and why.

    For example `rpol read article.txt mycase --outlet "The Coast Courier"`.
    """
    from realpolitik.cli.engine import width  # noqa: PLC0415
    from realpolitik.project import deciding, open_project  # noqa: PLC0415
    from realpolitik.project.asking import Model, attributions  # noqa: PLC0415
    from realpolitik.project.evidence import folder_of  # noqa: PLC0415
    from realpolitik.project.ingest import brought  # noqa: PLC0415
    from realpolitik.project.reading import is_own, look, read_article  # noqa: PLC0415
    from realpolitik.report.reading_text import reading_text  # noqa: PLC0415

    project = open_project(situation, draws=draws)
    item = brought(article, folder_of(project))
    document = item.document
    for note in document.notes:
        _say(f"note: {note}", err=True)
    given = deciding.article_in(project, document, outlet, date)
    asked = Model(model, endpoint, api.value, yes, replay)
    said = attributions(document, asked, lambda text: _say(text, err=True)) if asked.wanted else None
    found = look(project, given, said)
    made = read_article(project, given, seen=found, run=run, foresight=foresight, told=_told())
    kept = deciding.keep(project, given, item.data, *found) if keep and is_own(project) else None
    data = {**made.as_json(), "kept": vars(kept) if kept else None}
    _say(json.dumps(data, ensure_ascii=False, indent=1) if as_json else reading_text(data, width()))
    if not as_json:
        typer.echo(_next(project, kept, keep))


def _say(text: str, err: bool = False) -> None:
    """Print words of documents: what would steer the screen is written out (in JSON as its own escapes)."""
    from realpolitik.sources.folding import visible  # noqa: PLC0415

    typer.echo(visible(text), err=err)


def _told() -> Callable[[str], None]:
    import sys  # noqa: PLC0415

    if not sys.stderr.isatty():
        return lambda text: None
    return lambda text: typer.echo(f"\r\033[K{text[:76]}\r", err=True, nl=False)


def _next(project: Project, kept: Kept | None, wanted: bool) -> str:
    if kept is None:
        return (
            "Nothing was kept (--dry)." if not wanted
            else f"Nothing was kept: '{project.name}' comes with the program. Copy its folder to work on it."
        )  # fmt: skip
    ids = " ".join([*filter(None, kept.claims), *kept.changes])
    return (
        f"Kept as proposals: {ids}\nNext: rpol claims accept ID... --by NAME   (or edit, reject; proposals lists them)"
    )


def proposals(situation: Situation = None, as_json: Json = False) -> None:
    """List what was proposed and is neither accepted nor rejected: claims (p-..) and changes (u-..)."""
    from realpolitik.project.deciding import proposals as open_ones  # noqa: PLC0415

    claims, changes = open_ones(_folder(situation))
    rows = [{"id": name, "by": step.by, "on": step.on, "why": step.note, **step.keys} for name, step in claims.items()]
    rows += [{"id": name, "by": step.by, "on": step.on, **step.keys} for name, step in changes.items()]
    if as_json:
        _say(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for name, step in claims.items():
        _say(f"{name}  {step.keys.get('speaker', '')}: {step.keys.get('paraphrase', '')}\n       {step.note}")
    for name, step in changes.items():
        _say(f"{name}  {step.keys['words']} (because of {step.keys['because']})")
    if not rows:
        typer.echo("Nothing is proposed.")


def accept(
    names: Names, by: By = "", note: Note = "",
    run: Annotated[bool, typer.Option("--run/--no-run", help="Say what moved.")] = True,
    foresight: Foresight = False, draws: Draws = 256, as_json: Json = False,
) -> None:  # fmt: skip
    """Accept proposals: claims go into claims.yaml, changes into judgements/reading.yaml; then what moved, and why."""
    from realpolitik.project.deciding import accept_and_run  # noqa: PLC0415

    ids, where = _parted(names)
    lines, data = accept_and_run(where, ids, _signed(by), note, run=run, foresight=foresight, draws=draws, told=_told())
    _say(json.dumps(data, ensure_ascii=False, indent=1) if as_json else "\n".join(lines))


def edit(
    names: Names, by: By = "", note: Note = "",
    setting: Annotated[
        list[str] | None, typer.Option("--set", help="KEY=VALUE: paraphrase=...; of a change value=..., day=...")
    ] = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    """Change a proposal before it is accepted."""
    changed = _settings(setting or ())
    if not changed:
        raise QuestionRefused("Nothing is set. Write --set paraphrase='...' or, of a change, --set value='0.5 to 0.7'.")
    _decide(names, "edited", _signed(by), changed, note, as_json)


def reject(names: Names, by: By = "", note: Note = "", as_json: Json = False) -> None:
    """Reject proposals; they stay in the ledger as withdrawn."""
    _decide(names, "withdrawn", _signed(by), {}, note, as_json)


def _decide(names: Sequence[str], act: str, by: str, changed: Mapping[str, str], note: str, as_json: bool) -> None:
    from realpolitik.cli.engine import tell  # noqa: PLC0415
    from realpolitik.project.deciding import accept as decided  # noqa: PLC0415

    ids, where = _parted(names)
    decided(_folder(where), ids, act, by, changed, note)
    tell([f"{', '.join(ids)}: {act}."], {"ids": ids, "act": act, "by": by}, as_json)


def _parted(names: Sequence[str]) -> tuple[list[str], str | None]:
    """Ids, and the project where the last word is one."""
    from realpolitik.project.locate import is_situation  # noqa: PLC0415

    *first, last = names
    return (first, last) if first and is_situation(last) else (list(names), None)


def _folder(situation: str | None) -> Path:
    from realpolitik.project.locate import locate  # noqa: PLC0415

    path = locate(situation)
    return path if path.is_dir() else path.parent


def _signed(by: str) -> str:
    if not by.strip():
        raise QuestionRefused("Say who decides: --by NAME (or set RPOL_ANALYST). Every step of a claim is signed.")
    return by.strip()[:80]


def _settings(given: Sequence[str]) -> dict[str, str]:
    out = {}
    for item in given:
        key, equals, value = item.partition("=")
        if not equals:
            raise QuestionRefused(f"'{item}' is no KEY=VALUE.")
        out[key.strip()] = " ".join(value.split())
    return out


def add_to(group: typer.Typer) -> None:
    """Add the deciding sub-commands to the group `claims`."""
    for body in (proposals, accept, edit, reject):
        group.command(name=body.__name__)(body)


def register(app: typer.Typer) -> None:
    """Add the verb `read`."""
    app.command(name="read")(read)
