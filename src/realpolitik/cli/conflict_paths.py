"""`rpol paths`: how a conflict, or a situation's game, can go from where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from realpolitik.errors import QuestionRefused

if TYPE_CHECKING:
    from realpolitik.conflicts.model import Conflict


def _paths(  # noqa: PLR0913  (one parameter for each option of the command)
    file: ConflictFile = None,
    *,
    start: Annotated[str, typer.Option("--from", metavar="STATE", help="Where it starts.")] = "",
    to: Annotated[str, typer.Option("--to", metavar="STATE", help="List the paths to this state.")] = "",
    improvements: Annotated[bool, typer.Option("--improvements", help="Improvements only.")] = False,
    most: Annotated[int, typer.Option("--most", min=1, max=10_000, help="Paths to list.")] = 20,
    as_json: AsJson = False,
    focal: Focal = "",
    draw: Draw = None,
    draws: Draws = 256,
    seed: Seed = 1,
    dated: Dated = None,
) -> None:
    """What can be reached from the status quo, and along which legal paths; of a situation in how many draws.

    For example: rpol paths dispute.json --to 5 --improvements, or rpol paths mycase --to "AAA.x=on".
    """
    if not is_conflict(file) and not start and draw is None:
        of_situation.paths(of_situation.Given(file, draws, seed, dated), focal, to, as_json)
        return
    from realpolitik.analyses.paths import paths_json, paths_text, status_quo  # noqa: PLC0415

    given = of_situation.Given(file, draws, seed, dated)
    conflict, (start, to) = _read(file, given, focal, (start, to), draw)
    if not start and conflict.status_quo is None:
        raise QuestionRefused("Where does it start? Give --from LABEL, or `status_quo` in the file.")
    origin = state_of(conflict, start) if start else conflict.status_quo
    target = state_of(conflict, to) if to else None
    found = status_quo(conflict, origin or 0, target, improvements, most)
    show_conflict(conflict, as_json, paths_json(conflict, found), paths_text(conflict, found))


def _read(
    file: Path | None, given: of_situation.Given, focal: str, states: tuple[str, ...], draw: int | None
) -> tuple[Conflict, tuple[str, ...]]:
    """The conflict, and the states named as its labels."""
    if file is None or not is_conflict(file):
        return of_situation.conflict(given, focal, states, draw)
    from realpolitik.conflicts.reader import read_conflict  # noqa: PLC0415

    only_for("a situation", {"--focal": focal, "--draw": draw is not None})
    return read_conflict(file), states


def register(app: typer.Typer) -> None:
    """Add `paths`."""
    app.command("paths")(_paths)
