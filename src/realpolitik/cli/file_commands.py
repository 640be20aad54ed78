"""`rpol check`, `schema`, `new`, `fmt`, `explain-defaults`: commands that read and write files and run nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from realpolitik.errors import Finding, InputRefused, Position, RealpolitikError

if TYPE_CHECKING:
    from realpolitik.situation.reader import Reading

MOST_PRINTED = 200
AsJson = Annotated[bool, typer.Option("--json", help="Print machine-readable JSON.")]
Situation = Annotated[
    Path, typer.Argument(metavar="SITUATION", help="A .yaml file, a project folder, or a bundled name.")
]


def counts(reading: Reading) -> str:
    """How many errors and notes, in words.

    >>> from realpolitik.situation.reader import Reading
    >>> counts(Reading(None, {}, (Finding("note", "x"),)))
    '0 errors, 1 note.'
    """
    notes = len(reading.findings) - reading.errors
    said = [
        f"{number} {word}{'' if number == 1 else 's'}" for number, word in ((reading.errors, "error"), (notes, "note"))
    ]
    return ", ".join(said) + "."


def check_command(
    path: Path,
    *,
    as_json: bool = False,
    strict: bool = False,
    state: str | None = None,
    judgements: tuple[str, ...] = (),
) -> tuple[str, int]:
    """What is wrong with the file? Returns what to print and the exit code."""
    from realpolitik.project.locate import locate  # noqa: PLC0415
    from realpolitik.situation.reader import check_situation  # noqa: PLC0415

    reading = check_situation(locate(path), state=state, judgements=judgements)
    notes = len(reading.findings) - reading.errors
    code = 2 if reading.errors else 1 if strict and notes else 0
    if as_json:
        return json.dumps(_check_json(reading), indent=1, ensure_ascii=False), code
    lines = [str(finding) for finding in reading.findings[:MOST_PRINTED]]
    more = len(reading.findings) - len(lines)
    lines += [f"... and {more} more; --json has them all."] if more else []
    return "\n".join([*lines, f"{counts(reading)}  {_outcome(reading)}"]), code


def _outcome(reading: Reading) -> str:
    situation = reading.situation
    if situation is None:
        return "Nothing was run."
    from realpolitik.language.sentences import counted  # noqa: PLC0415

    sizes = {
        "actor": len(situation.actors),
        "option": len(situation.options),
        "factor": len(situation.factors),
        "influence": len(situation.influences),
        "interest": len(situation.interests),
        "claim": len(reading.claims),
    }
    return ", ".join(counted(number, name) for name, number in sizes.items() if number) + "."


def _check_json(reading: Reading) -> dict[str, Any]:
    found = [
        {
            "severity": item.severity,
            "file": item.position.file,
            "line": item.position.line,
            "column": item.position.column,
            "message": item.message,
            "hint": item.hint,
            "code": item.code,
        }
        for item in reading.findings
    ]
    digest = reading.situation.digest if reading.situation else ""
    return {"errors": reading.errors, "notes": len(found) - reading.errors, "digest": digest, "findings": found}


def fmt_command(path: Path, check: bool = False) -> tuple[str, int]:
    """Write the file in canonical form, or (`check`) say whether it is."""
    from realpolitik.claims.written.findings import Collector  # noqa: PLC0415
    from realpolitik.claims.written.yaml_text import read_file  # noqa: PLC0415
    from realpolitik.project.locate import locate  # noqa: PLC0415
    from realpolitik.situation.canonical import format_text  # noqa: PLC0415

    target = locate(path)
    target = target / "situation.yaml" if target.is_dir() else target
    read_file(target, Collector(), str(path))
    text = target.read_bytes().decode("utf-8-sig")
    formatted = format_text(text, str(path))
    if formatted == text:
        return f"{path} is in canonical form.", 0
    if check:
        return f"{path} is not in canonical form.  Run 'rpol fmt {path}'.", 1
    write_whole(target, formatted)
    return f"{path} was formatted.", 0


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it is either the old one or the new one, whatever happens.

    Raises:
        RealpolitikError: it cannot be written.
    """
    import os  # noqa: PLC0415

    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        os.replace(beside, path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise RealpolitikError(f"{path} cannot be written: {error.strerror or error}.") from None


def new_command(name: str, answers: dict[str, str] | None = None) -> tuple[str, int]:
    """Begin a situation: a commented file that runs. `answers` to the five questions; None takes the examples."""
    import datetime as dt  # noqa: PLC0415

    from realpolitik.situation.new import default_answers, new_text  # noqa: PLC0415

    path = _named(name)
    refuse_existing(path)
    today = dt.date.today().isoformat()
    write_whole(path, new_text(path.stem.replace("_", " "), answers or default_answers(), today))
    return f"{path} was written.  Next: rpol check {path}, then rpol run {path}.", 0


def copy_command(source: str, target: Path) -> tuple[str, int]:
    """Copy a project folder, to flip its judgements and see what changes."""
    import shutil  # noqa: PLC0415

    from realpolitik.project.locate import locate  # noqa: PLC0415

    folder = locate(source)
    refuse_existing(target)
    if not folder.is_dir():
        raise InputRefused([Finding("error", f"{folder} is one file.", hint="Copy it with your own tools.")])
    shutil.copytree(folder, target)
    return f"{target} is yours to change.  Next: edit {target}/situation.yaml, then rpol run {target}.", 0


def refuse_existing(path: Path) -> None:
    """Never write over somebody's file.

    Raises:
        InputRefused: the path is taken, or its folder does not exist.
    """
    if path.exists():
        raise InputRefused([Finding("error", "the file exists.", Position(str(path)), "Choose another name.")])
    if not path.parent.is_dir():
        message = f"there is no folder {path.parent}."
        raise InputRefused([Finding("error", message, Position(str(path)), "Create it first.")])


def answer_schema(verb: str) -> str:
    """The JSON Schema of what a command prints with --json, as text.

    Raises:
        InputRefused: it is no command, or prints no JSON.
    """
    from realpolitik.errors import did_you_mean  # noqa: PLC0415

    folder = Path(__file__).parent / "schemas"
    known = {path.stem.replace("-", " "): path for path in folder.glob("*.json")}
    wanted = verb.replace("-", " ").removeprefix("rpol ").strip()
    if wanted not in known:
        hint = did_you_mean(wanted, known) or "docs/reference/json.md lists them."
        raise InputRefused([Finding("error", f"'{verb}' is no command that prints JSON.", hint=hint)])
    return known[wanted].read_text(encoding="utf-8").rstrip()


def defaults_command(as_json: bool = False) -> tuple[str, int]:
    """Every default and every word that stands for a number."""
    from realpolitik.situation.defaults import defaults  # noqa: PLC0415

    found = defaults()
    if as_json:
        rows = [{"where": item.where, "value": item.value, "meaning": item.meaning} for item in found]
        return json.dumps(rows, indent=1, ensure_ascii=False), 0
    wide = max(len(item.where) for item in found)
    value = max(len(item.value) for item in found)
    return "\n".join(f"{item.where:<{wide}}  {item.value:<{value}}  {item.meaning}" for item in found), 0


def finish(printed: tuple[str, int]) -> None:
    """Print a result and end with its exit code."""
    text, code = printed
    typer.echo(text)
    if code:
        raise typer.Exit(code)


def refused(error: RealpolitikError) -> typer.Exit:
    """Print why something was refused, every finding, where no answer is expected; what to raise then."""
    typer.echo(str(error), err=True)
    return typer.Exit(error.exit_code)


def _ask(yes: bool) -> dict[str, str] | None:
    from realpolitik.situation.new import QUESTIONS  # noqa: PLC0415

    return None if yes else {name: typer.prompt(text, default=default) for name, text, default in QUESTIONS}


def register(app: typer.Typer) -> None:
    """Add the file commands to the application."""
    _register_check(app)
    _register_writing(app)
    _register_tables(app)


def _register_check(app: typer.Typer) -> None:
    @app.command("check")
    def check(
        situation: Situation,
        as_json: AsJson = False,
        strict: Annotated[bool, typer.Option("--strict", help="Notes count: exit code 1.")] = False,
        state: Annotated[str, typer.Option("--state", help="states/DATE.yaml; the latest by default.")] = "",
        judgements: Annotated[list[str] | None, typer.Option("--judgements", help="judgements/NAME.yaml.")] = None,
    ) -> None:
        """Say what is wrong with a situation file, and where. Reads files only."""
        try:
            done = check_command(
                situation, as_json=as_json, strict=strict, state=state or None, judgements=tuple(judgements or ())
            )
        except RealpolitikError as error:
            raise refused(error) from error
        finish(done)


def _register_writing(app: typer.Typer) -> None:
    @app.command("fmt")
    def fmt(
        situation: Situation,
        check: Annotated[bool, typer.Option("--check", help="Write nothing; exit code 1 if it would change.")] = False,
        as_json: AsJson = False,
    ) -> None:
        """Write a situation file in its one canonical form, comments kept."""
        try:
            done = _as_data(fmt_command(situation, check), situation, as_json)
        except RealpolitikError as error:
            raise refused(error) from error
        finish(done)

    @app.command("new")
    def new(
        name: Annotated[str, typer.Argument(help="The file to write: NAME or NAME.yaml.")],
        yes: Annotated[bool, typer.Option("--yes", help="Take the example answers.")] = False,
        copy_of: Annotated[
            str, typer.Option("--from", help="Copy this project (bundled, or a folder) to change it as you like.")
        ] = "",
        as_json: AsJson = False,
    ) -> None:
        """Begin a situation of your own: five questions, a commented file that runs; or a copy of another project."""
        try:
            made = copy_command(copy_of, Path(name)) if copy_of else _asked(name, yes)
            done = _as_data(made, _named(name, copy_of), as_json)
        except RealpolitikError as error:
            raise refused(error) from error
        finish(done)


def _as_data(done: tuple[str, int], path: Path, wanted: bool) -> tuple[str, int]:
    """What was done to a file, as JSON where that is wanted."""
    said, code = done
    data = {"file": str(path), "ok": code == 0, "said": said}
    return (json.dumps(data, indent=1, ensure_ascii=False), code) if wanted else done


def _named(name: str, copy_of: str = "") -> Path:
    return Path(name if copy_of or name.endswith((".yaml", ".yml")) else f"{name}.yaml")


def _asked(name: str, yes: bool) -> tuple[str, int]:
    """Refuse a name that is taken before anything is asked, then ask and write."""
    refuse_existing(_named(name))
    return new_command(name, _ask(yes))


def _register_tables(app: typer.Typer) -> None:
    @app.command("schema")
    def schema(
        verb: Annotated[
            list[str] | None,
            typer.Argument(metavar="[COMMAND]", help="A command; without one: the situation file."),
        ] = None,
    ) -> None:
        """Print the JSON Schema of the situation file, for completion in editors; or of what a command's --json prints.

        For example `rpol schema gains`.
        """
        from realpolitik.situation.schema import json_schema  # noqa: PLC0415

        finish((answer_schema(" ".join(verb)) if verb else json.dumps(json_schema(), indent=1, ensure_ascii=False), 0))

    @app.command("explain-defaults")
    def explain_defaults(as_json: AsJson = False) -> None:
        """Print every default and every word that stands for a number."""
        finish(defaults_command(as_json))
