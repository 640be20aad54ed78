from __future__ import annotations

import multiprocessing
from pathlib import Path

import pandas as pd
import pytest

from realpolitik.errors import InputRefused
from realpolitik.project.sweep import Cell, SweepFailed, cells_of, processes, read_plan, run_cell, sweep

STRAIT = str(Path(__file__).parent.parent / "cases" / "strait.yaml")


def here(tasks):  # type: ignore[no-untyped-def]
    """An executor that needs no other process."""
    for task in tasks:
        try:
            run_cell(task)
        except Exception as problem:
            yield task, problem
        else:
            yield task, None


def test_a_plan_spans_situations_scenarios_and_seeds(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text("situations:\n  - a.yaml\nscenarios:\n  - nothing\n  - calm\nseeds:\n  - 1\n  - 2\ndraws: 8\n")
    cells = read_plan(plan)
    assert [(cell.scenario, cell.seed) for cell in cells] == [("nothing", 1), ("nothing", 2), ("calm", 1), ("calm", 2)]
    assert {cell.draws for cell in cells} == {8}


def test_everything_wrong_with_a_plan_is_said_at_once() -> None:
    with pytest.raises(InputRefused) as caught:
        cells_of({"seeds": ["x"], "draw": 4})
    assert len(caught.value.findings) == 3


def test_what_is_there_is_not_run_again_and_reads_as_one_table(tmp_path: Path) -> None:
    cells = [Cell(STRAIT, "nothing", seed, draws=2) for seed in (1, 2)]
    paths = sweep(cells, tmp_path, executor=here)
    times = [path.stat().st_mtime_ns for path in paths]

    def refuses(tasks):  # type: ignore[no-untyped-def]
        raise AssertionError("everything is there")

    assert sweep(cells, tmp_path, executor=refuses) == paths
    assert [path.stat().st_mtime_ns for path in paths] == times
    table = pd.read_parquet(tmp_path)
    assert set(table["seed"].astype(int)) == {1, 2}
    shares = table[table["kind"] == "option"].groupby(["seed", "name", "period"], observed=True)["mean"].sum()
    assert (shares - 1.0).abs().max() < 1e-9


def test_a_cell_that_cannot_be_run_is_named_and_the_others_are_kept(tmp_path: Path) -> None:
    cells = [Cell(STRAIT, "nothing", 1, draws=2), Cell(STRAIT, "nobody.knows=this", 1, draws=2)]
    with pytest.raises(SweepFailed, match=r"1 of 2 runs failed.*nobody\.knows"):
        sweep(cells, tmp_path, executor=here)
    assert len(list(tmp_path.rglob("*.parquet"))) == 1


@pytest.mark.slow
def test_a_killed_worker_costs_nothing_but_time(tmp_path: Path) -> None:
    cells = [Cell(STRAIT, "nothing", seed, draws=2) for seed in range(1, 6)]
    killed = []

    def kill_once(label: str, done: int, total: int) -> None:
        if not killed:
            worker = multiprocessing.active_children()[0]
            killed.append(worker.pid)
            worker.kill()

    paths = sweep(cells, tmp_path / "a", executor=processes(1), told=kill_once)
    assert killed
    undisturbed = sweep(cells, tmp_path / "b", executor=here)
    assert [path.read_bytes() for path in paths] == [path.read_bytes() for path in undisturbed]
    assert not list(tmp_path.rglob(".new-*"))
