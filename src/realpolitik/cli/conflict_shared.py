"""What the verbs on conflicts have in common: the options, and from names to states and actors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from realpolitik.errors import Finding, InputRefused, did_you_mean

if TYPE_CHECKING:
    from realpolitik.conflicts.model import Conflict

ConflictFile = Annotated[
    Path | None,
    typer.Argument(
        metavar="[FILE]",
        help="A conflict (.json, .gmcr, .nfg), or a situation: file, folder, bundled project; default: the last run's.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print machine-readable JSON.")]
ConventionName = Annotated[
    str, typer.Option("--convention", help="Sanction rule: legal-sequences, once-each or single-move.")
]
Focal = Annotated[
    str,
    typer.Option(
        "--focal", metavar="OPTIONS", help="Of a situation: the options in the game, for example AAA.x,BBB.y."
    ),
]
Draw = Annotated[
    int | None, typer.Option("--draw", help="Of a situation: the preferences of one draw; default: central values.")
]
Draws = Annotated[int, typer.Option("--draws", help="Of a situation: judgement draws, a power of two.")]
Seed = Annotated[int, typer.Option("--seed", help="Of a situation: same seed, same answers, to the byte.")]
Dated = Annotated[str | None, typer.Option("--dated", help="Of a situation: which dated state; default: the latest.")]


def is_conflict(file: Path | None) -> bool:
    """Is it a file of an ordinal conflict, by its ending? Everything else is taken for a situation."""
    return file is not None and file.suffix.lower() in (".json", ".gmcr", ".nfg")


def state_of(conflict: Conflict, label: str) -> int:
    """The state with this label, or with this pattern of options."""
    if label in conflict.labels:
        return conflict.labels.index(label)
    patterns = {conflict.pattern(s): s for s in range(len(conflict.states))}
    if label and label in patterns:
        return patterns[label]
    hint = did_you_mean(label, conflict.labels) or f"Labels run from {conflict.labels[0]} to {conflict.labels[-1]}."
    raise InputRefused([Finding("error", f"'{label}' is no state of this conflict.", hint=hint)])


def blocks_of(conflict: Conflict, partition: str) -> tuple[tuple[int, ...], ...]:
    """`A + B, C` as blocks of actors; actors not named stand alone."""
    blocks = [_actors(conflict, block) for block in partition.split(",")] if partition else []
    named = [i for block in blocks for i in block]
    if len(named) > len(set(named)):
        raise InputRefused([Finding("error", "An actor stands in two blocks of the partition.")])
    alone = [(i,) for i in range(len(conflict.actors)) if i not in named] if blocks else []
    return (*blocks, *alone)


def _actors(conflict: Conflict, block: str) -> tuple[int, ...]:
    names = [part.strip() for part in block.split("+")]
    unknown = [name for name in names if name not in conflict.actors]
    if unknown:
        raise InputRefused(
            [
                Finding("error", f"'{name}' is no actor of this conflict.", hint=did_you_mean(name, conflict.actors))
                for name in unknown
            ]
        )
    return tuple(dict.fromkeys(conflict.actors.index(name) for name in names))


def notes_of(conflict: Conflict) -> list[str]:
    """What the reader should know of how the file was read."""
    return [str(note) for note in conflict.notes]


def show_conflict(conflict: Conflict, as_json: bool, data: dict[str, Any], lines: list[str]) -> None:
    """Print an answer as JSON or as lines, with the notes on the file (lines: where not said already)."""
    if not as_json:
        typer.echo("\n".join(map(visible, lines)))
        return
    notes = notes_of(conflict)
    typer.echo(json.dumps(data | ({"notes": notes} if notes else {}), indent=1, ensure_ascii=False))


def visible(line: str) -> str:
    """A line without characters that would steer a terminal: names come from files that anybody may have written.

    >>> visible("a" + chr(27) + "[2Jb")
    'a�[2Jb'
    """
    return line if line.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in line)


def keep(path: Path, text: str) -> None:
    """Write a file. Raises `InputRefused` where that is not possible."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise InputRefused([Finding("error", f"Cannot write {path}: {problem.strerror or problem}.")]) from None


def only_for(what: str, given: dict[str, object]) -> None:
    """Refuse options that were given and belong to the other kind of file. given: option: value, empty if not given."""
    strays = [name for name, value in given.items() if value]
    if strays:
        message = f"{', '.join(strays)}: only of {what}."
        hint = "" if "situation" in what else "rpol export SITUATION --as conflict makes one of a situation."
        raise InputRefused([Finding("error", message, hint=hint)])
