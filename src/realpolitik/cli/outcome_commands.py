"""Situations as games: `rpol stability`, `paths`, `inverse` of a situation, and `rpol export --as conflict`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from realpolitik.cli.engine import show
from realpolitik.errors import Finding, InputRefused, did_you_mean

if TYPE_CHECKING:
    from realpolitik.conflicts.model import Conflict
    from realpolitik.project import Project

Draw = Annotated[
    int | None, typer.Option("--draw", help="Of a situation: the preferences of one draw; default: central values.")
]
KINDS = ("conflict",)


@dataclass(frozen=True)
class Given:
    """Which situation, on how many draws."""

    file: Path | None
    draws: int = 256
    seed: int = 1
    dated: str | None = None

    def opened(self) -> Project:
        """The project; raises what `open_project` raises."""
        from realpolitik.project import open_project  # noqa: PLC0415

        return open_project(self.file, state=self.dated, draws=self.draws, seed=self.seed)


@dataclass(frozen=True)
class Asked:
    """What is asked of its joint outcomes."""

    focal: str
    outcome: str
    convention: str
    responding: bool
    switches: bool
    effects: bool


def names(text: str) -> tuple[str, ...]:
    """The parts of a list with commas (or `&`)."""
    return tuple(part.strip() for part in text.replace("&", ",").split(",") if part.strip())


def stability(given: Given, asked: Asked, as_json: bool) -> None:
    """Print which joint outcomes of a situation hold."""
    from realpolitik.cli.progress import Progress  # noqa: PLC0415

    project = given.opened()
    with Progress() as progress:
        result = project.stability(
            names(asked.focal),
            outcome=asked.outcome,
            convention=asked.convention,
            responding=asked.responding,
            switches=asked.switches,
            effects=asked.effects,
            told=progress.told,
        )
    show(result, as_json)


def conflict(given: Given, focal: str, states: tuple[str, ...], draw: int | None) -> tuple[Conflict, tuple[str, ...]]:
    """The conflict of a situation, and the labels of the states described (an empty one stays empty).

    A description that leaves options out means the state that differs least from the status quo.
    """
    project = given.opened()
    described = ",".join(item for item in states if item and item != "as now")
    found = project.conflict(names(focal), outcome=options_in(described), draw=draw)
    return found, tuple(label(found, text) for text in states)


def options_in(described: str) -> str:
    """Descriptions of states as a list of options, each once (levels left to `label`)."""
    return ", ".join(dict.fromkeys(part.partition("=")[0] for part in names(described)))


def label(found: Conflict, text: str) -> str:
    """The label of the state that a description means."""
    if not text or text in found.labels:
        return text
    wanted = dict(_level(found, part) for part in names(text))
    now = found.states[found.status_quo or 0].vectors[0]
    fits = [s for s in found.states if all(s.vectors[0][k] == level for k, level in wanted.items())]
    if not fits:
        message = f"No feasible joint state is '{text}'."
        raise InputRefused([Finding("error", message, hint="What it requires does not hold at the start.")])
    return min(fits, key=lambda s: sum(a != b for a, b in zip(s.vectors[0], now, strict=True))).label


def _level(found: Conflict, part: str) -> tuple[int, int]:
    name, _, level = (piece.strip() for piece in part.partition("="))
    known = [option.name for option in found.options]
    if name not in known:
        raise InputRefused([Finding("error", f"'{name}' is no option in the game.", hint=did_you_mean(name, known))])
    k = known.index(name)
    levels = found.options[k].levels
    if not level:
        return k, len(levels) - 1
    if level not in levels:
        message = f"'{level}' is no level of {name}; its levels are {', '.join(levels)}."
        raise InputRefused([Finding("error", message, hint=did_you_mean(level, levels))])
    return k, levels.index(level)


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
) -> None:
    """Write a situation in another form, for other programs.

    For example `rpol export mycase --as stix --marking TLP:AMBER`.
    """
    from realpolitik.cli.report_commands import FORMS, write_export  # noqa: PLC0415
    from realpolitik.conflicts.writer import conflict_to_json  # noqa: PLC0415

    if kind in FORMS:
        write_export(
            str(situation) if situation else None, kind, state=dated, out=out, marking=marking, quotes=with_quotes
        )
        return
    if kind not in KINDS:
        known = ", ".join((*KINDS, *FORMS))
        raise InputRefused([Finding("error", f"'{kind}' is no form to export to.", hint=f"Known: {known}.")])
    found = Given(situation, draws, seed, dated).opened().conflict(names(focal), draw=draw)
    text = json.dumps(conflict_to_json(found), ensure_ascii=False, indent=1)
    if out is None:
        typer.echo(text)
    else:
        out.write_text(text + "\n", encoding="utf-8")
        typer.echo(f"Written to {out}: {len(found.states)} states of {len(found.options)} options.")


def register(app: typer.Typer) -> None:
    """Add `export`."""
    app.command("export")(export)
