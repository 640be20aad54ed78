"""The command `rpol`: thin verbs over the facade; nothing heavy is imported before a verb needs it."""

from __future__ import annotations

import errno
import gc
import os
import sys
import traceback
from pathlib import Path

import typer

from realpolitik import __version__
from realpolitik.cli.strict import StrictApp
from realpolitik.errors import InputRefused, RealpolitikError

app = StrictApp(
    name="rpol",
    help="Turn sourced reasoning about states into a model that runs, answers, and shows who said what.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"realpolitik {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version and stop."
    ),
) -> None:
    """Answers what each party will probably do, who gains and loses, and why; every number traces to who said what."""


def _register() -> None:
    """Every module of commands adds its own verbs."""
    from realpolitik.cli import (  # noqa: PLC0415
        assistant_commands,
        claim_commands,
        conflict_commands,
        draft_commands,
        elicit_commands,
        evidence_commands,
        fact_commands,
        file_commands,
        leverage_commands,
        policy_commands,
        question_commands,
        reading_commands,
        report_commands,
        sensitivity_commands,
        source_commands,
        sweep_commands,
        updating_commands,
        web_commands,
    )

    for module in (
        question_commands,
        report_commands,
        claim_commands,
        leverage_commands,
        policy_commands,
        sensitivity_commands,
        updating_commands,
        evidence_commands,
        fact_commands,
        file_commands,
        source_commands,
        reading_commands,
        draft_commands,
        elicit_commands,
        assistant_commands,
        sweep_commands,
        web_commands,
        conflict_commands,
    ):
        module.register(app)


_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_BARRED = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.ELOOP}
_FULL_SENTENCE = "error  There is no room for what was to be written.  Make room, then run it again."


def main() -> None:
    """Run `rpol`. Exit codes: 0 fine, 1 question refused, 2 input wrong, 3 a defect of this program, 130 stopped."""
    _prepare()
    try:
        app()
    except InputRefused as problem:
        for finding in problem.findings:
            typer.echo(str(finding), err=True)
        sys.exit(2)
    except RealpolitikError as problem:
        typer.echo(f"error  {problem}", err=True)
        sys.exit(problem.exit_code)
    except KeyboardInterrupt:
        typer.echo("\nStopped. What was finished is kept; the same command goes on from there.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as problem:
        if os.environ.get("REALPOLITIK_DEBUG"):
            raise
        of_the_system = _of_the_system(problem)
        typer.echo(of_the_system or _defect(problem), err=True)
        sys.exit(1 if of_the_system else 3)


def _prepare() -> None:
    """Streams that take any text, and every verb registered, once."""
    gc.set_threshold(100_000, 50, 50)  # commands are short: collecting often costs a tenth of their time
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if not app.registered_commands:
        _register()


def _of_the_system(problem: Exception) -> str:
    """What to say where the system refused a file for want of room or leave; "" for everything else."""
    if not isinstance(problem, OSError) or problem.errno not in _FULL | _BARRED:
        return ""
    if problem.errno in _FULL:
        return _FULL_SENTENCE
    where = f"'{problem.filename}'" if problem.filename else "A file"
    return f"error  {where} cannot be opened or written: {problem.strerror}.  Choose another folder."


def _defect(problem: Exception) -> str:
    """What to say of an error of ours: where it happened, and how to see all of it."""
    last = traceback.extract_tb(problem.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    what = f"{type(problem).__name__}: {problem} ({place})"
    return (
        f"This is a defect of realpolitik {__version__}, not of your input: {what}.  "
        "Please report it with the command you gave; REALPOLITIK_DEBUG=1 shows everything."
    )
