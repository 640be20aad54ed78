"""`rpol inverse`: what would have to change in whose preferences for an outcome to hold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from realpolitik.cli import outcome_commands as of_situation
from realpolitik.cli.conflict_shared import (
    AsJson,
    ConflictFile,
    Dated,
    Draw,
    Draws,
    Focal,
    Seed,
    is_conflict,
    only_for,
    show_conflict,
    state_of,
)
from realpolitik.errors import Finding, InputRefused, QuestionRefused


def _inverse(  # noqa: PLR0913  (one parameter for each option of the command)
    file: ConflictFile = None,
    *,
    state: Annotated[
        str, typer.Option("--state", metavar="STATE", help="The state that should hold (what is left out: as now).")
    ] = "",
    outcome: Annotated[
        str,
        typer.Option("--outcome", help="Of a situation: what should hold, 'AAA.x=on, BBB.y=full'; the rest is free."),
    ] = "",
    concept: Annotated[str, typer.Option("--concept", help="R, GMR, SMR, SEQ or SSEQ (default: all; R and SEQ).")] = "",
    as_json: AsJson = False,
    focal: Focal = "",
    draw: Draw = None,
    draws: Draws = 256,
    seed: Seed = 1,
    dated: Dated = None,
) -> None:
    """What would have to change in whose preferences for a state, or some outcome of a kind, to be an equilibrium.

    For example: rpol inverse dispute.json --state 5, or rpol inverse mycase --outcome "AAA.x=on".
    """
    wanted = outcome or state
    if outcome and state:
        raise QuestionRefused(
            "Give either --state (what is left out stands as now) or --outcome (what is left out is free)."
        )
    if not wanted:
        raise QuestionRefused("Which state should hold? Give --state LABEL, or --outcome 'AAA.x=on, BBB.y=full'.")
    _known(concept)
    if file is not None and is_conflict(file):
        only_for("a situation", {"--focal": focal, "--draw": draw is not None})
        _of_conflict(file, wanted, concept, as_json)
        return
    given = of_situation.Given(file, draws, seed, dated)
    of_situation.inverse(
        given, wanted, focal, (concept,) if concept else (), draw=draw, free=bool(outcome), as_json=as_json
    )


def _known(concept: str) -> None:
    from realpolitik.games.concepts import CONCEPTS  # noqa: PLC0415

    if concept and concept not in CONCEPTS:
        hint = f"Known: {', '.join(CONCEPTS)}."
        raise InputRefused([Finding("error", f"'{concept}' is no stability concept.", hint=hint)])


def _of_conflict(path: Path, state: str, concept: str, as_json: bool) -> None:
    from realpolitik.analyses.inverse import inverse, inverse_json, inverse_text  # noqa: PLC0415
    from realpolitik.conflicts.reader import read_conflict  # noqa: PLC0415
    from realpolitik.games.concepts import CONCEPTS  # noqa: PLC0415

    conflict = read_conflict(path)
    found = inverse(conflict, state_of(conflict, state), (concept,) if concept else CONCEPTS)
    show_conflict(conflict, as_json, inverse_json(conflict, found), inverse_text(conflict, found))


def register(app: typer.Typer) -> None:
    """Add `inverse`."""
    app.command("inverse")(_inverse)
