"""`rpol export`: a situation in another form, its joint outcomes as a conflict among them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from realpolitik.cli import outcome_commands as of_situation
from realpolitik.cli.conflict_shared import Draw, is_conflict, keep, notes_of
from realpolitik.cli.engine import AsJson, tell
from realpolitik.errors import Finding, InputRefused

if TYPE_CHECKING:
    from realpolitik.conflicts.model import Conflict

GAMES = ("conflict", "nfg")


def export(  # noqa: PLR0913, PLR0917  (one for each option of the command)
    situation: Annotated[
        Path | None,
        typer.Argument(
            metavar="[SITUATION]",
            help="File, folder or bundled project, or a conflict's file; default: the last run's.",
        ),
    ] = None,
    kind: Annotated[
        str,
        typer.Option(
            "--as",
            help="conflict: joint outcomes (.json); nfg: a strategic game for Gambit; graphml: the network; "
            "csv, xlsx: a table for each section; stix: the claims (STIX 2.1); prov: documents to claims to inputs to "
            "answers (PROV-JSON).",
        ),
    ] = "",
    focal: Annotated[str, typer.Option("--focal", metavar="OPTIONS", help="The options in it: AAA.x,BBB.y.")] = "",
    draw: Draw = None,
    draws: Annotated[int, typer.Option("--draws", help="Judgement draws, a power of two.")] = 256,
    seed: Annotated[int, typer.Option("--seed", help="Same seed, same answers, to the byte.")] = 1,
    dated: Annotated[str | None, typer.Option("--dated", help="Which dated state; default: the latest.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Write to this file (csv: this folder).")] = None,
    marking: Annotated[str, typer.Option("--marking", help="A line kept in the file, such as TLP:AMBER.")] = "",
    with_quotes: Annotated[
        Path | None,
        typer.Option("--with-quotes", help="stix, prov: a folder with your copies of the documents: quote them."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write a situation in another form, for other programs.

    For example `rpol export mycase --as stix --marking TLP:AMBER`.
    """
    from realpolitik.cli.report_commands import FORMS, write_export  # noqa: PLC0415

    if kind in GAMES:
        title, text, notes = _written(situation, kind, focal, draw, of_situation.Given(situation, draws, seed, dated))
        _keep(title, text, notes, out, as_json)
        return
    if situation is not None and is_conflict(situation):
        message = f"A conflict's file cannot be written as '{kind}'."
        raise InputRefused([Finding("error", message, hint=f"Known: {', '.join(GAMES)}.")])
    if kind not in FORMS:
        known = ", ".join((*GAMES, *FORMS))
        raise InputRefused([Finding("error", f"'{kind}' is no form to export to.", hint=f"Known: {known}.")])
    write_export(
        str(situation) if situation else None, kind, state=dated, out=out, marking=marking, quotes=with_quotes,
        as_json=as_json,
    )  # fmt: skip


def _written(
    file: Path | None, kind: str, focal: str, draw: int | None, given: of_situation.Given
) -> tuple[str, str, list[str]]:
    """What was written, in a few words; the text; what is lost in it."""
    if file is not None and is_conflict(file):
        from realpolitik.conflicts.reader import read_conflict  # noqa: PLC0415

        return _of_conflict(read_conflict(file), kind)
    names = of_situation.names(focal)
    if kind == "conflict":
        return _of_conflict(given.opened().conflict(names, draw=draw), kind)
    from realpolitik.project.payoffs import as_game, payoffs  # noqa: PLC0415

    project = given.opened()
    found = payoffs(project, names, draw)
    title = f"{found.values[0].size} profiles of {len(found.actors)} players"
    return title, as_game(found, project.situation.title), []


def _of_conflict(conflict: Conflict, kind: str) -> tuple[str, str, list[str]]:
    from realpolitik.conflicts.nfg_writer import losses, write_nfg  # noqa: PLC0415
    from realpolitik.conflicts.writer import conflict_to_json  # noqa: PLC0415

    title = f"{len(conflict.states)} states of {len(conflict.options)} options"
    if kind == "nfg":
        return title, write_nfg(conflict), [str(note) for note in losses(conflict)]
    return title, json.dumps(conflict_to_json(conflict), ensure_ascii=False, indent=1), notes_of(conflict)


def _keep(title: str, text: str, notes: list[str], out: Path | None, as_json: bool) -> None:
    """Print the text, or write it and say so; what is lost goes to the error stream."""
    if out is None:
        typer.echo(text)
        for note in notes:
            typer.echo(note, err=True)
        return
    keep(out, text.rstrip("\n") + "\n")
    tell([f"Written to {out}: {title}.", *notes], {"written": [str(out)], "notes": notes}, as_json)


def register(app: typer.Typer) -> None:
    """Add `export`."""
    app.command("export")(export)
