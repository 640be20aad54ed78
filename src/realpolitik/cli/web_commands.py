"""`serve` and `play`: the workbench in a browser, and a seat at the table in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from realpolitik.cli.engine import SituationName
from realpolitik.errors import QuestionRefused


def serve(
    situation: SituationName = None,
    host: Annotated[
        str, typer.Option("--host", help="Another than this machine's own address is warned of.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0: any free one.")] = 8722,
    name: Annotated[
        list[str] | None, typer.Option("--name", help="A name this machine is reached under (only with --host).")
    ] = None,
    documents: Annotated[
        Path | None, typer.Option("--documents", file_okay=False, exists=True, help="Your copies of the documents.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Same seed, same answers.")] = 1,
    kernel: Annotated[str, typer.Option("--kernel", help="auto, native, batched or literal.")] = "auto",
) -> None:
    """Open the workbench in a browser: move a slider and watch the answers."""
    _needs_web()
    from realpolitik.project.locate import locate  # noqa: PLC0415
    from realpolitik.web.run import serve as serving  # noqa: PLC0415
    from realpolitik.web.run import shelf_for  # noqa: PLC0415

    path = locate(situation) if situation else None
    shelf = shelf_for(path, Path.cwd(), documents, {"seed": seed, "kernel": kernel})
    serving(shelf, host=host, port=port, told=typer.echo, names=name or ())


def _needs_web() -> None:
    """Say how to install what the workbench needs, where it is missing."""
    from importlib.util import find_spec  # noqa: PLC0415

    missing = [library for library in ("starlette", "uvicorn") if find_spec(library) is None]
    if missing:
        raise QuestionRefused(
            f"The workbench needs {' and '.join(missing)}. Install them: pip install 'realpolitik[web]'"
        )


def play(
    situation: SituationName = None,
    seats: Annotated[list[str] | None, typer.Option("--as", help="Your party; repeat for several.")] = None,
    world: Annotated[int, typer.Option("--world", help="Which of 64 worlds: same world, same chances.")] = 0,
    turns: Annotated[int, typer.Option("--turns", min=1, help="How many turns before looking back.")] = 6,
    log: Annotated[Path | None, typer.Option("--log", help="Write choices, rulings and debrief here (JSON).")] = None,
    seed: Annotated[int, typer.Option("--seed", help="Same seed, same worlds.")] = 1,
    kernel: Annotated[str, typer.Option("--kernel", help="auto, native, batched or literal.")] = "auto",
) -> None:
    """Take one party's seat: the others answer by the model, each ruling is told, and at the end you look back."""
    from realpolitik.cli.seat import played  # noqa: PLC0415
    from realpolitik.project import open_project  # noqa: PLC0415
    from realpolitik.project.play import Game  # noqa: PLC0415

    project = open_project(situation, draws=64, seed=seed, kernel=kernel)
    if not seats:
        names = ", ".join(f"{key} ({item.name})" for key, item in project.situation.actors.items())
        raise QuestionRefused(f"Whose seat? Give --as and one of: {names}.")
    played(Game(project, tuple(seats), world), turns, log)


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    app.command(name="serve")(serve)
    app.command(name="play")(play)
