"""`rpol export`: a situation in another form, its joint outcomes as a conflict among them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from realpolitik.cli import outcome_commands as of_situation
from realpolitik.cli.conflict_shared import Draw
from realpolitik.cli.engine import AsJson, tell
from realpolitik.errors import Finding, InputRefused


def export(  # noqa: PLR0913, PLR0917  (one for each option of the command)
    situation: Annotated[
        Path | None,
        typer.Argument(metavar="[SITUATION]", help="File, folder or bundled project; default: the last run's."),
    ] = None,
    kind: Annotated[
        str,
        typer.Option(
            "--as",
            help="conflict: joint outcomes (.json); graphml: the network; csv, xlsx: a table for each section; "
            "stix: the claims (STIX 2.1); prov: documents to claims to inputs to answers (PROV-JSON).",
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
    from realpolitik.conflicts.writer import conflict_to_json  # noqa: PLC0415

    if kind in FORMS:
        write_export(
            str(situation) if situation else None, kind, state=dated, out=out, marking=marking, quotes=with_quotes,
            as_json=as_json,
        )  # fmt: skip
        return
    if kind != "conflict":
        known = ", ".join(("conflict", *FORMS))
        raise InputRefused([Finding("error", f"'{kind}' is no form to export to.", hint=f"Known: {known}.")])
    found = of_situation.Given(situation, draws, seed, dated).opened().conflict(of_situation.names(focal), draw=draw)
    text = json.dumps(conflict_to_json(found), ensure_ascii=False, indent=1)
    if out is None:
        typer.echo(text)
    else:
        out.write_text(text + "\n", encoding="utf-8")
        lines = [f"Written to {out}: {len(found.states)} states of {len(found.options)} options."]
        tell(lines, {"written": [str(out)]}, as_json)


def register(app: typer.Typer) -> None:
    """Add `export`."""
    app.command("export")(export)
