"""`rpol stability`: which joint outcomes hold, of a conflict's file or of a situation."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from realpolitik.cli import conflict_export, conflict_inverse, conflict_paths
from realpolitik.cli import outcome_commands as of_situation
from realpolitik.cli.conflict_shared import (
    AsJson,
    ConflictFile,
    ConventionName,
    Dated,
    Draws,
    Focal,
    Seed,
    blocks_of,
    is_conflict,
    keep,
    notes_of,
    only_for,
    show_conflict,
    state_of,
)


def _stability(  # noqa: PLR0913  (one parameter for each option of the command)
    file: ConflictFile = None,
    *,
    convention: ConventionName = "legal-sequences",
    as_json: AsJson = False,
    coalitions: Annotated[
        bool | None, typer.Option("--coalitions/--no-coalitions", help="Every coalition (default: unless large).")
    ] = None,
    partition: Annotated[str, typer.Option("--partition", help="Blocks that move as one: 'A + B, C'.")] = "",
    why: Annotated[str, typer.Option("--why", metavar="STATE", help="Give the grounds at this state.")] = "",
    options: Annotated[bool, typer.Option("--options", help="What each option does for the outcome.")] = False,
    focal: Focal = "",
    outcome: Annotated[
        str, typer.Option("--outcome", help="Of a situation: an outcome to look into: 'AAA.x=on, BBB.y=full'.")
    ] = "",
    responding: Annotated[
        bool,
        typer.Option("--responding", help="Of a situation: the options outside the game are reviewed as always."),
    ] = False,
    switches: Annotated[
        bool, typer.Option("--switch-costs", help="Of a situation: count the one-off costs of changing from today.")
    ] = False,
    picture: Annotated[
        Path | None, typer.Option("--picture", metavar="FILE", help="Draw states and moves to a .svg or .html file.")
    ] = None,
    draws: Draws = 256,
    seed: Seed = 1,
    dated: Dated = None,
) -> None:
    """Which joint outcomes hold, for whom, in which sense, and which coalitions move them.

    For example: rpol stability dispute.json --why 5, or rpol stability mycase --outcome "AAA.x=on".
    """
    if file is not None and is_conflict(file):
        given = {"--focal": focal, "--outcome": outcome, "--responding": responding, "--switch-costs": switches}
        only_for("a situation", {**given, "--dated": dated})
        asked = _Asked(convention, coalitions, partition, why, options, picture)
        _of_conflict(file, asked, as_json)
        return
    only_for("a conflict's file", {"--partition": partition, "--why": why, "--coalitions": coalitions is not None})
    told = of_situation.Asked(focal, outcome, convention, responding, switches, options, picture)
    of_situation.stability(of_situation.Given(file, draws, seed, dated), told, as_json)


@dataclass(frozen=True)
class _Asked:
    """What is asked of a conflict. `why`: a state's label, adds the grounds of every verdict there."""

    convention: str
    coalitions: bool | None
    partition: str
    why: str
    options: bool
    picture: Path | None


def _of_conflict(path: Path, asked: _Asked, as_json: bool) -> None:
    from realpolitik.analyses import stability  # noqa: PLC0415
    from realpolitik.conflicts.reader import read_conflict  # noqa: PLC0415
    from realpolitik.games.concepts import convention_named  # noqa: PLC0415

    conflict, rule = read_conflict(path), convention_named(asked.convention)
    results = stability.analyse(conflict, rule, asked.coalitions, blocks_of(conflict, asked.partition))
    data: dict[str, Any] = stability.stability_json(results)
    lines = [*stability.stability_text(results), *notes_of(conflict)]
    if asked.options:
        effects = stability.option_effects(conflict, rule)
        data["option_effects"] = stability.effects_json(effects)
        lines += ["", *stability.effects_text(effects)]
    if asked.why:
        proofs = stability.explain(conflict, state_of(conflict, asked.why), rule)
        data["why"] = stability.explain_json(conflict, proofs)
        lines += ["", *(f"  {proof.sentence}" for proof in proofs)]
    if asked.picture:
        from realpolitik.report.joint_picture import of_conflict, picture_file  # noqa: PLC0415

        figure = of_conflict(stability.picture(results[0]), conflict.name)
        keep(asked.picture, picture_file(figure, asked.picture.suffix))
        lines += ["", f"Drawn in {asked.picture}."]
    show_conflict(conflict, as_json, data, lines)


def register(app: typer.Typer) -> None:
    """Add `stability`, `paths`, `inverse` and `export` to the application."""
    app.command("stability")(_stability)
    conflict_paths.register(app)
    conflict_inverse.register(app)
    conflict_export.register(app)
