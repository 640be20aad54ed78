"""`rpol stability`, `rpol paths`, `rpol inverse`: ordinal conflicts from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from realpolitik.errors import Finding, InputRefused, QuestionRefused, RealpolitikError, did_you_mean

if TYPE_CHECKING:
    from realpolitik.conflicts.model import Conflict
    from realpolitik.games.concepts import Convention

ConflictFile = Annotated[Path, typer.Argument(metavar="FILE", help="A conflict: .json, .gmcr or .nfg.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print machine-readable JSON.")]
ConventionName = Annotated[
    str, typer.Option("--convention", help="Sanction rule: legal-sequences, once-each or single-move.")
]


def _convention(name: str) -> Convention:
    from realpolitik.games.concepts import CONVENTIONS  # noqa: PLC0415

    for known in CONVENTIONS:
        if name == known:
            return known
    message = f"'{name}' is no sanction convention."
    raise InputRefused([Finding("error", message, hint=f"Known: {', '.join(CONVENTIONS)}.")])


def _state(conflict: Conflict, label: str) -> int:
    if label in conflict.labels:
        return conflict.labels.index(label)
    patterns = {conflict.pattern(s): s for s in range(len(conflict.states))}
    if label and label in patterns:
        return patterns[label]
    hint = did_you_mean(label, conflict.labels) or f"Labels run from {conflict.labels[0]} to {conflict.labels[-1]}."
    raise InputRefused([Finding("error", f"'{label}' is no state of this conflict.", hint=hint)])


def _actors(conflict: Conflict, names: str, separator: str) -> tuple[int, ...]:
    found = []
    for name in (part.strip() for part in names.split(separator)):
        if name not in conflict.actors:
            hint = did_you_mean(name, conflict.actors)
            raise InputRefused([Finding("error", f"'{name}' is no actor of this conflict.", hint=hint)])
        found.append(conflict.actors.index(name))
    return tuple(dict.fromkeys(found))


def _blocks(conflict: Conflict, partition: str) -> tuple[tuple[int, ...], ...]:
    """`A + B, C` as blocks of actors; actors not named stand alone."""
    blocks = [_actors(conflict, block, "+") for block in partition.split(",")] if partition else []
    named = [i for block in blocks for i in block]
    if len(named) > len(set(named)):
        raise InputRefused([Finding("error", "An actor stands in two blocks of the partition.")])
    alone = [(i,) for i in range(len(conflict.actors)) if i not in named] if blocks else []
    return (*blocks, *alone)


def _notes(conflict: Conflict) -> list[str]:
    return [str(note) for note in conflict.notes]


def _dump(found: dict[str, Any], conflict: Conflict) -> str:
    notes = _notes(conflict)
    return json.dumps(found | ({"notes": notes} if notes else {}), indent=1, ensure_ascii=False)


def stability_command(
    path: Path,
    convention: str = "legal-sequences",
    as_json: bool = False,
    coalitions: bool | None = None,
    partition: str = "",
    why: str = "",
    options: bool = False,
) -> tuple[str, int]:
    """Which states hold, for whom, in which sense? Returns what to print and the exit code.

    why: a state's label; adds the grounds of every verdict there. options: adds what each option does for the
    outcome.
    """
    from realpolitik.analyses import stability  # noqa: PLC0415
    from realpolitik.conflicts.reader import read_conflict  # noqa: PLC0415

    conflict, rule = read_conflict(path), _convention(convention)
    results = stability.analyse(conflict, rule, coalitions, _blocks(conflict, partition))
    proofs = stability.explain(conflict, _state(conflict, why), rule) if why else []
    effects = stability.option_effects(conflict, rule) if options else []
    if as_json:
        found = stability.stability_json(results)
        found |= {"why": stability.explain_json(conflict, proofs)} if why else {}
        found |= {"option_effects": stability.effects_json(effects)} if options else {}
        return _dump(found, conflict), 0
    lines = [*stability.stability_text(results), *_notes(conflict)]
    lines += ["", *stability.effects_text(effects)] if options else []
    lines += ["", *(f"  {proof.sentence}" for proof in proofs)] if why else []
    return "\n".join(lines), 0


def paths_command(
    path: Path, start: str = "", to: str = "", improvements: bool = False, as_json: bool = False, most: int = 20
) -> tuple[str, int]:
    """How can the conflict go from the status quo, by legal moves or by improvements only?"""
    from realpolitik.analyses.paths import paths_json, paths_text, status_quo  # noqa: PLC0415
    from realpolitik.conflicts.reader import read_conflict  # noqa: PLC0415

    conflict = read_conflict(path)
    if not start and conflict.status_quo is None:
        raise QuestionRefused("Where does it start? Give --from LABEL, or `status_quo` in the file.")
    origin = _state(conflict, start) if start else conflict.status_quo
    target = _state(conflict, to) if to else None
    found = status_quo(conflict, origin or 0, target, improvements, most)
    return (_dump(paths_json(conflict, found), conflict) if as_json else "\n".join(paths_text(conflict, found))), 0


def inverse_command(path: Path, state: str, concept: str = "", as_json: bool = False) -> tuple[str, int]:
    """What would each actor have to prefer for the state to be an equilibrium, and what is the cheapest
    change?
    """
    from realpolitik.analyses.inverse import inverse, inverse_json, inverse_text  # noqa: PLC0415
    from realpolitik.conflicts.reader import read_conflict  # noqa: PLC0415
    from realpolitik.games.concepts import CONCEPTS  # noqa: PLC0415

    conflict = read_conflict(path)
    if concept and concept not in CONCEPTS:
        hint = f"Known: {', '.join(CONCEPTS)}."
        raise InputRefused([Finding("error", f"'{concept}' is no stability concept.", hint=hint)])
    found = inverse(conflict, _state(conflict, state), (concept,) if concept else CONCEPTS)
    return (_dump(inverse_json(conflict, found), conflict) if as_json else "\n".join(inverse_text(conflict, found))), 0


def _finish(text: str, code: int) -> None:
    typer.echo(text)
    raise typer.Exit(code)


def _refuse(error: RealpolitikError) -> None:
    typer.echo(str(error), err=True)
    raise typer.Exit(error.exit_code)


def register(app: typer.Typer) -> None:
    """Add `stability`, `paths` and `inverse` to the application."""

    @app.command("stability")
    def _stability(
        file: ConflictFile,
        convention: ConventionName = "legal-sequences",
        as_json: AsJson = False,
        coalitions: Annotated[
            bool | None, typer.Option("--coalitions/--no-coalitions", help="Every coalition (default: unless large).")
        ] = None,
        partition: Annotated[str, typer.Option("--partition", help="Blocks that move as one: 'A + B, C'.")] = "",
        why: Annotated[str, typer.Option("--why", metavar="STATE", help="Give the grounds at this state.")] = "",
        options: Annotated[bool, typer.Option("--options", help="What each option does for the outcome.")] = False,
    ) -> None:
        """Which joint outcomes hold, for whom, in which sense, and which coalitions move them."""
        try:
            text, code = stability_command(file, convention, as_json, coalitions, partition, why, options)
        except RealpolitikError as error:
            return _refuse(error)
        return _finish(text, code)

    @app.command("paths")
    def _paths(
        file: ConflictFile,
        start: Annotated[str, typer.Option("--from", metavar="STATE", help="Where it starts.")] = "",
        to: Annotated[str, typer.Option("--to", metavar="STATE", help="List the paths to this state.")] = "",
        improvements: Annotated[bool, typer.Option("--improvements", help="Improvements only.")] = False,
        most: Annotated[int, typer.Option("--most", min=1, max=10_000, help="Paths to list.")] = 20,
        as_json: AsJson = False,
    ) -> None:
        """What the conflict can reach from its status quo, and along which legal paths."""
        try:
            text, code = paths_command(file, start, to, improvements, as_json, most)
        except RealpolitikError as error:
            return _refuse(error)
        return _finish(text, code)

    @app.command("inverse")
    def _inverse(
        file: ConflictFile,
        state: Annotated[str, typer.Option("--state", metavar="STATE", help="The state that should hold.")],
        concept: Annotated[str, typer.Option("--concept", help="R, GMR, SMR, SEQ or SSEQ (default: all).")] = "",
        as_json: AsJson = False,
    ) -> None:
        """What would have to change in whose preferences for a state to be an equilibrium."""
        try:
            text, code = inverse_command(file, state, concept, as_json)
        except RealpolitikError as error:
            return _refuse(error)
        return _finish(text, code)
