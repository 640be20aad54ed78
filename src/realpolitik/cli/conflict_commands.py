"""`rpol stability`, `rpol paths`, `rpol inverse`: ordinal conflicts and situations from the command line.

What is asked of a file of a conflict (.json, .gmcr, .nfg) is answered here; of a situation, by `outcome_commands`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from realpolitik.cli import outcome_commands as of_situation
from realpolitik.errors import Finding, InputRefused, QuestionRefused, RealpolitikError, did_you_mean

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
    from realpolitik.games.concepts import convention_named  # noqa: PLC0415

    conflict, rule = read_conflict(path), convention_named(convention)
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
    from realpolitik.conflicts.reader import read_conflict  # noqa: PLC0415

    return paths_of(read_conflict(path), start, to, improvements, as_json, most)


def paths_of(
    conflict: Conflict, start: str = "", to: str = "", improvements: bool = False, as_json: bool = False, most: int = 20
) -> tuple[str, int]:
    """The same of a conflict already read."""
    from realpolitik.analyses.paths import paths_json, paths_text, status_quo  # noqa: PLC0415

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
    from realpolitik.conflicts.reader import read_conflict  # noqa: PLC0415

    return inverse_of(read_conflict(path), state, concept, as_json)


def inverse_of(conflict: Conflict, state: str, concept: str = "", as_json: bool = False) -> tuple[str, int]:
    """The same of a conflict already read."""
    from realpolitik.analyses.inverse import inverse, inverse_json, inverse_text  # noqa: PLC0415
    from realpolitik.games.concepts import CONCEPTS  # noqa: PLC0415

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


Focal = Annotated[
    str,
    typer.Option(
        "--focal", metavar="OPTIONS", help="Of a situation: the options in the game, for example AAA.x,BBB.y."
    ),
]
Draws = Annotated[int, typer.Option("--draws", help="Of a situation: judgement draws, a power of two.")]
Seed = Annotated[int, typer.Option("--seed", help="Of a situation: same seed, same answers, to the byte.")]
Dated = Annotated[str | None, typer.Option("--dated", help="Of a situation: which dated state; default: the latest.")]


def is_conflict(file: Path | None) -> bool:
    """Is it a file of an ordinal conflict, by its ending? Everything else is taken for a situation."""
    return file is not None and file.suffix.lower() in (".json", ".gmcr", ".nfg")


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
    draws: Draws = 256,
    seed: Seed = 1,
    dated: Dated = None,
) -> None:
    """Which joint outcomes hold, for whom, in which sense, and which coalitions move them."""
    if file is None or not is_conflict(file):
        asked = of_situation.Asked(focal, outcome, convention, responding, switches, options)
        return of_situation.stability(of_situation.Given(file, draws, seed, dated), asked, as_json)
    try:
        text, code = stability_command(file, convention, as_json, coalitions, partition, why, options)
    except RealpolitikError as error:
        return _refuse(error)
    return _finish(text, code)


def _paths(  # noqa: PLR0913  (one parameter for each option of the command)
    file: ConflictFile = None,
    *,
    start: Annotated[str, typer.Option("--from", metavar="STATE", help="Where it starts.")] = "",
    to: Annotated[str, typer.Option("--to", metavar="STATE", help="List the paths to this state.")] = "",
    improvements: Annotated[bool, typer.Option("--improvements", help="Improvements only.")] = False,
    most: Annotated[int, typer.Option("--most", min=1, max=10_000, help="Paths to list.")] = 20,
    as_json: AsJson = False,
    focal: Focal = "",
    draw: of_situation.Draw = None,
    draws: Draws = 256,
    seed: Seed = 1,
    dated: Dated = None,
) -> None:
    """What the conflict can reach from its status quo, and along which legal paths."""
    try:
        if file is not None and is_conflict(file):
            text, code = paths_command(file, start, to, improvements, as_json, most)
        else:
            found = of_situation.conflict(of_situation.Given(file, draws, seed, dated), focal, (start, to), draw)
            text, code = paths_of(found[0], found[1][0], found[1][1], improvements, as_json, most)
    except RealpolitikError as error:
        return _refuse(error)
    return _finish(text, code)


def _inverse(  # noqa: PLR0913  (one parameter for each option of the command)
    file: ConflictFile = None,
    *,
    state: Annotated[str, typer.Option("--state", metavar="STATE", help="The state that should hold.")] = "",
    concept: Annotated[str, typer.Option("--concept", help="R, GMR, SMR, SEQ or SSEQ (default: all).")] = "",
    as_json: AsJson = False,
    focal: Focal = "",
    draw: of_situation.Draw = None,
    draws: Draws = 256,
    seed: Seed = 1,
    dated: Dated = None,
) -> None:
    """What would have to change in whose preferences for a state to be an equilibrium."""
    try:
        if not state:
            raise QuestionRefused("Which state should hold? Give --state LABEL, or --state 'AAA.x=on, BBB.y=full'.")
        if file is not None and is_conflict(file):
            text, code = inverse_command(file, state, concept, as_json)
        else:
            found = of_situation.conflict(of_situation.Given(file, draws, seed, dated), focal, (state,), draw)
            text, code = inverse_of(found[0], found[1][0], concept, as_json)
    except RealpolitikError as error:
        return _refuse(error)
    return _finish(text, code)


def register(app: typer.Typer) -> None:
    """Add `stability`, `paths`, `inverse` and `export` to the application."""
    app.command("stability")(_stability)
    app.command("paths")(_paths)
    app.command("inverse")(_inverse)
    of_situation.register(app)
