"""Blocks and threads change nothing; progress, cancelling and the choice of a kernel say what they do."""

import sys
import types
import warnings
from dataclasses import fields

import numpy as np
import pytest
from random_models import Case, random_case, reference_case

from realpolitik.dynamics import batched, engine
from realpolitik.dynamics.tables import Paths, Plan


@pytest.fixture(scope="module")
def case() -> Case:
    return reference_case(3, draws=150, size=(6, 4, 8, 8, 16))


def bytes_of(paths: Paths) -> list[bytes]:
    return [getattr(paths, item.name).tobytes() for item in fields(Paths)]


@pytest.mark.parametrize("depth", [0, 1])
def test_the_same_bytes_for_any_threads_and_blocks(case: Case, depth: int) -> None:
    draws = case.draws.rows(slice(0, 80))

    def run(threads: int, block: int) -> list[bytes]:
        return bytes_of(
            engine.simulate(
                case.tables,
                draws,
                case.plan,
                seed=7,
                depth=depth,
                kernel="batched",
                threads=threads,
                block=block,
            )
        )

    whole = run(1, 1000)
    for threads, block in ((1, 32), (8, 17)):
        assert run(threads, block) == whole


def test_a_replay_is_cut_with_its_draws() -> None:
    found = next(c for c in (random_case(s, draws=9) for s in range(200)) if c.plan.replay is not None)
    runs = [
        engine.simulate(
            found.tables, found.draws, found.plan, seed=1, depth=0, kernel="batched", threads=1, block=block
        )
        for block in (2, 100)
    ]
    assert bytes_of(runs[0]) == bytes_of(runs[1])


def test_progress_is_told_in_draws(case: Case) -> None:
    told: list[tuple[int, int]] = []
    engine.simulate(
        case.tables,
        case.draws,
        case.plan,
        seed=7,
        depth=0,
        kernel="batched",
        threads=2,
        block=64,
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == [(64, 150), (128, 150), (150, 150)]


@pytest.mark.parametrize("threads", [1, 2])
def test_cancelling_stops_before_the_next_block(case: Case, threads: int) -> None:
    asked: list[int] = []
    told: list[int] = []

    def cancel() -> bool:
        asked.append(1)
        return len(asked) > 2

    with pytest.raises(engine.RunCancelledError):
        engine.simulate(
            case.tables,
            case.draws,
            case.plan,
            seed=7,
            depth=0,
            kernel="batched",
            threads=threads,
            block=10,
            cancel=cancel,
            progress=lambda done, _: told.append(done),
        )
    assert told in ([], [10], [10, 20])


def test_auto_takes_native_where_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    module = types.ModuleType("realpolitik.dynamics.native")
    module.available = lambda: True  # type: ignore[attr-defined]
    module.simulate = lambda *_, **__: None  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "realpolitik.dynamics.native", module)
    assert engine.choose().name == "native"


def test_auto_says_once_what_is_lost_without_native(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "native_available", lambda: False)
    monkeypatch.setattr(engine, "_warned", [])
    with pytest.warns(RuntimeWarning, match="slower"):
        assert engine.choose().name == "batched"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert engine.choose().run is batched.simulate


def test_what_cannot_run_here_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "native_available", lambda: False)
    with pytest.raises(engine.KernelMissingError, match="not built"):
        engine.choose("native")
    with pytest.raises(engine.KernelMissingError, match="float64"):
        engine.choose("batched", "float32")


def test_no_draws_at_all_give_empty_paths(case: Case) -> None:
    nothing = case.draws.rows(slice(0, 0))
    paths = engine.simulate(case.tables, nothing, Plan(), seed=7, depth=0, kernel="batched")
    assert paths.factors.shape == (0, 7, len(case.tables.factor_kind))
    assert np.isfinite(paths.utility).all()


def test_a_block_has_a_draw(case: Case) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        engine.simulate(case.tables, case.draws, Plan(), seed=7, depth=0, kernel="batched", block=-1)
