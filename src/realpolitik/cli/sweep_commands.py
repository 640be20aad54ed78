"""The verb that runs many: sweep."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from realpolitik.cli.engine import AsJson, tell


def sweep(
    plan: Annotated[Path, typer.Argument(help="A .yaml file: situations, scenarios, seeds, draws, depth, lookahead.")],
    out: Annotated[Path, typer.Option("--out", help="Where the tables go, one Parquet file for each run.")] = Path(
        "sweep"
    ),
    executor: Annotated[str, typer.Option("--executor", help="processes, or dask.")] = "processes",
    address: Annotated[str, typer.Option("--address", help="A Dask scheduler; default: a local cluster.")] = "",
    workers: Annotated[int, typer.Option("--workers", help="Processes; 0: one for each core.")] = 0,
    retries: Annotated[int, typer.Option("--retries", help="How often a lost or failed run is tried again.")] = 2,
    as_json: AsJson = False,
) -> None:
    """Run situations x scenarios x seeds; the same command goes on after an interruption."""
    from realpolitik.cli.progress import Progress  # noqa: PLC0415
    from realpolitik.errors import QuestionRefused, did_you_mean  # noqa: PLC0415
    from realpolitik.project import sweep as sweeping  # noqa: PLC0415

    known = {"processes": lambda: sweeping.processes(workers), "dask": lambda: sweeping.dask(address)}
    if executor not in known:
        raise QuestionRefused(f"'{executor}' is no executor. {did_you_mean(executor, tuple(known))}")
    cells = sweeping.read_plan(plan)
    with Progress() as progress:
        paths = sweeping.sweep(cells, out, executor=known[executor](), retries=retries, told=progress.told)
    lines = [f"{len(paths)} runs in {out}, partitioned by situation, scenario and seed."]
    tell(lines, {"folder": str(out), "written": [str(path) for path in paths]}, as_json)


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command(name="sweep")(sweep)
