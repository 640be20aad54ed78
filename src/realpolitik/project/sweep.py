"""Many runs from one plan: situations x scenarios x seeds, on processes or on a Dask cluster, resumable after a loss.

Each cell of the plan is one run in a worker of its own; its numbers become one Parquet file, written whole or not at
all, under `situation=.../scenario=.../seed=...`. A cell whose file is there is not run again, so the same command
goes on after an interruption or a lost worker.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from itertools import product
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from realpolitik.errors import Finding, InputRefused, QuestionRefused, RealpolitikError

if TYPE_CHECKING:
    from realpolitik.dynamics.tables import Paths
    from realpolitik.project.project import Project

KEYS = ("situations", "scenarios", "seeds", "draws", "depth", "lookahead")
UNTOUCHED = "nothing"
"""The scenario in which nothing is done."""

Told = Callable[[str, int, int], None]


class SweepFailed(RealpolitikError):
    """Some cells could not be run; the others are kept."""

    exit_code = 1


@dataclass(frozen=True)
class Cell:
    """One run of a sweep. `scenario` is what is done, as after `--do`; "nothing" leaves the situation alone."""

    situation: str
    scenario: str
    seed: int
    draws: int = 256
    depth: int = 0
    lookahead: str = "exact"

    @property
    def label(self) -> str:
        """How messages call it."""
        return f"{self.situation}, {self.scenario}, seed {self.seed}"


@dataclass(frozen=True)
class Task:
    """A cell and the file its numbers go to."""

    cell: Cell
    path: Path


Outcome = tuple[Task, BaseException | None]
Executor = Callable[[Sequence[Task]], Iterator[Outcome]]


def read_plan(path: Path) -> tuple[Cell, ...]:
    """The cells of a plan file, in the order situation, scenario, seed.

    Raises:
        InputRefused: with every finding.
    """
    from realpolitik.claims.written.findings import Collector  # noqa: PLC0415
    from realpolitik.claims.written.nodes import MapNode, to_data  # noqa: PLC0415
    from realpolitik.claims.written.yaml_text import read_file  # noqa: PLC0415

    found = Collector()
    root = read_file(path, found)
    if found.has_errors or not isinstance(root, MapNode):
        raise InputRefused(found.sorted() or [Finding("error", f"{path}: expected {', '.join(KEYS)}.")])
    data = to_data(root)
    assert isinstance(data, dict)
    return cells_of(data, str(path))


def cells_of(data: dict[str, Any], name: str = "plan") -> tuple[Cell, ...]:
    """The cells that a plan's entries span.

    >>> [cell.label for cell in cells_of({"situations": ["a.yaml"], "seeds": [1, 2]})]
    ['a.yaml, nothing, seed 1', 'a.yaml, nothing, seed 2']

    Raises:
        InputRefused: an unknown key, no situation, or a number that is none.
    """
    problems = [f"'{key}' is no key of a plan; keys are {', '.join(KEYS)}." for key in data if key not in KEYS]
    if not data.get("situations"):
        problems.append("No situation is named; expected `situations: [file, folder or bundled project]`.")
    numbers = {
        key: _numbers(data.get(key, given), key, problems)
        for key, given in (("seeds", 1), ("draws", 256), ("depth", 0))
    }
    if problems:
        raise InputRefused([Finding("error", f"{name}: {text}") for text in problems])
    rest = {
        "draws": numbers["draws"][0],
        "depth": numbers["depth"][0],
        "lookahead": str(data.get("lookahead", "exact")),
    }
    spanned = product(_texts(data["situations"]), _texts(data.get("scenarios", UNTOUCHED)), numbers["seeds"])
    return tuple(dict.fromkeys(Cell(*given, **rest) for given in spanned))  # type: ignore[arg-type]


def _texts(given: Any) -> list[str]:
    return [str(item) for item in (given if isinstance(given, list) else [given])]


def _numbers(given: Any, key: str, problems: list[str]) -> list[int]:
    texts = _texts(given)
    wrong = [text for text in texts if not text.isdecimal()]
    problems += [f"{key}: '{text}' is no whole number." for text in wrong]
    return [int(text) for text in texts if text not in wrong]


def sweep(
    cells: Sequence[Cell], folder: Path, *, executor: Executor, retries: int = 2, told: Told | None = None
) -> tuple[Path, ...]:
    """Run what is not yet there; where do the numbers of every cell stand (one Parquet file each, as in `cells`)?

    A cell that fails, or whose worker is lost, is tried `retries` times more.

    Raises:
        SweepFailed: cells that failed every time, with their reasons; the files of the others are there.
    """
    tasks = [Task(cell, _file_of(cell, folder)) for cell in cells]
    failed: list[tuple[Task, BaseException]] = []
    for _ in range(retries + 1):
        missing = [task for task in tasks if not task.path.exists()]
        if not missing:
            break
        failed = _round(executor, missing, len(tasks), told)
        if any(isinstance(problem, InputRefused | QuestionRefused) for _, problem in failed):
            break
    if failed:
        reasons = "; ".join(f"{task.cell.label}: {problem}" for task, problem in failed[:5])
        raise SweepFailed(f"{len(failed)} of {len(tasks)} runs failed, the others are kept in {folder}.  {reasons}")
    return tuple(task.path for task in tasks)


def _round(
    executor: Executor, missing: Sequence[Task], total: int, told: Told | None
) -> list[tuple[Task, BaseException]]:
    """One attempt at everything missing: what failed."""
    failed, done = [], total - len(missing)
    for task, problem in executor(missing):
        if problem is not None:
            failed.append((task, problem))
            continue
        done += 1
        if told is not None:
            told(task.cell.label, done, total)
    return failed


def processes(workers: int = 0) -> Executor:
    """Worker processes on this machine (0: one for each core), each with one thread."""

    def work(tasks: Sequence[Task]) -> Iterator[Outcome]:
        with ProcessPoolExecutor(workers or None, mp_context=get_context("spawn")) as pool:
            futures = {pool.submit(run_cell, task): task for task in tasks}
            for future in as_completed(futures):
                problem = future.exception()
                lost = isinstance(problem, BrokenProcessPool)
                yield futures[future], RuntimeError("its worker was lost") if lost else problem

    return work


def dask(address: str = "") -> Executor:
    """Workers of a Dask cluster at a scheduler's address, or (empty) of a local one.

    Raises:
        QuestionRefused: Dask is not installed.
    """
    try:
        from distributed import Client  # noqa: PLC0415
        from distributed import as_completed as completed  # noqa: PLC0415
    except ImportError:
        raise QuestionRefused(
            "Dask is not installed: pip install 'realpolitik[sweep]', or leave --executor out."
        ) from None

    def work(tasks: Sequence[Task]) -> Iterator[Outcome]:
        with Client(address or None) as client:
            futures = {client.submit(run_cell, task, pure=False): task for task in tasks}
            for future in completed(futures):
                yield futures[future], future.exception()

    return work


def run_cell(task: Task) -> None:
    """Run one cell and write its table (in a worker)."""
    from realpolitik.project.project import open_project  # noqa: PLC0415
    from realpolitik.sources.atomic import atomic  # noqa: PLC0415

    cell = task.cell
    project = open_project(cell.situation, draws=cell.draws, seed=cell.seed, depth=cell.depth, threads=1, cache=False)
    holds = () if cell.scenario == UNTOUCHED else project.held(cell.scenario).holds
    paths = project.ensemble(lookahead=cell.lookahead).run(holds)
    task.path.parent.mkdir(parents=True, exist_ok=True)
    with atomic(task.path) as temporary:
        table(project, paths).to_parquet(temporary)


def table(project: Project, paths: Paths) -> Any:
    """Weighted mean and 5th to 95th percentile of everything by period: kind, name, level, period, mean, low, high."""
    import numpy as np  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415

    tables, weight = project.model.tables, project.ensemble().draws.weight
    columns = [("factor", name, "", paths.factors[:, :, i]) for i, name in enumerate(tables.factors)]
    columns += [("utility", name, "", paths.utility[:, :, i]) for i, name in enumerate(tables.actors)]
    for k, name in enumerate(tables.options):
        columns += [
            ("option", name, level, (paths.levels[:, :, k] == n) * 1.0) for n, level in enumerate(tables.levels[k])
        ]
    parts = []
    for kind, name, level, values in columns:
        low, high = np.quantile(values, (0.05, 0.95), axis=0, method="inverted_cdf", weights=weight)
        mean = np.average(values, axis=0, weights=weight)
        numbers = {"period": np.arange(len(mean), dtype=np.int32), "mean": mean, "low": low, "high": high}
        parts.append(pd.DataFrame({"kind": kind, "name": name, "level": level, **numbers}))
    return pd.concat(parts, ignore_index=True)


def _file_of(cell: Cell, folder: Path) -> Path:
    """Where a cell's numbers go; the name of the file tells what they were made from."""
    from realpolitik.compiled.fingerprint import code_digest  # noqa: PLC0415
    from realpolitik.project.locate import locate  # noqa: PLC0415
    from realpolitik.situation.reader import check_situation  # noqa: PLC0415

    reading = check_situation(locate(cell.situation))
    if reading.situation is None:
        raise InputRefused(reading.findings)
    made_from = f"{code_digest()}|{reading.situation.digest}|{replace(cell, situation='')!r}"
    key = hashlib.sha256(made_from.encode()).hexdigest()[:16]
    parts = {"situation": cell.situation, "scenario": cell.scenario, "seed": str(cell.seed)}
    return folder.joinpath(*(f"{name}={quote(text, safe='')}" for name, text in parts.items()), f"{key}.parquet")
