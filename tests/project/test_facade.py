from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

import realpolitik as rp
from realpolitik.errors import InputRefused, QuestionRefused
from realpolitik.project.assess import assess, content_key
from realpolitik.project.locate import bundled, locate
from realpolitik.project.store import FileStore
from realpolitik.sources.atomic import atomic

STRAIT = Path(__file__).parent.parent / "cases" / "strait.yaml"


def test_the_bundled_project_opens_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "northeast-asia" in bundled()
    assert len(rp.open("northeast-asia", draws=2, cache=False).claims) == 164


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputRefused, match="northeast-asia"):
        locate("northeast-azia")


@pytest.mark.parametrize("settings", [{"draws": 100}, {"draws": 0}, {"depth": 3}, {"seed": -1}])
def test_impossible_settings_are_refused(settings: dict[str, int]) -> None:
    with pytest.raises(QuestionRefused):
        rp.open(STRAIT, **settings)


def test_a_run_comes_back_from_the_store_to_the_byte(tmp_path: Path) -> None:
    project = rp.open(STRAIT, draws=4, cache=False)
    paths = project.ensemble().run()
    store = FileStore(tmp_path / "runs")
    store.save("key", paths)
    again = store.load("key")
    assert again is not None
    for name in vars(paths):
        assert getattr(again, name).tobytes() == getattr(paths, name).tobytes()


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 nothing", b"\x00" * 4000])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, damage: bytes) -> None:
    store = FileStore(tmp_path)
    (tmp_path / "key.npz").write_bytes(damage)
    assert store.load("key") is None


def test_a_truncated_run_is_made_again(tmp_path: Path) -> None:
    project = rp.open(STRAIT, draws=4, cache=False)
    project.store = FileStore(tmp_path)
    project.ensemble().worth_keeping = 0.0
    first = project.ensemble().run()
    (kept,) = tmp_path.glob("*.npz")
    kept.write_bytes(kept.read_bytes()[:-200])
    again = rp.open(STRAIT, draws=4, cache=False)
    again.store = FileStore(tmp_path)
    assert np.array_equal(again.ensemble().run().factors, first.factors)


def test_the_store_drops_what_was_used_least_recently(tmp_path: Path) -> None:
    paths = rp.open(STRAIT, draws=2, cache=False).ensemble().run()
    size = FileStore(tmp_path / "probe")
    size.save("one", paths)
    one = next((tmp_path / "probe").glob("*.npz")).stat().st_size
    store = FileStore(tmp_path / "runs", largest=int(2.5 * one))
    for number, name in enumerate(("a", "b", "c")):
        store.save(name, paths)
        os.utime(tmp_path / "runs" / f"{name}.npz", (number, number))
    store.save("d", paths)
    assert store.load("a") is None
    assert store.load("d") is not None


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("old")

    def failing() -> None:
        with atomic(path) as temporary:
            temporary.write_text("new, half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_assessment_is_kept_and_answered_from_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    project = rp.open(STRAIT, draws=4)
    first = assess(project, lift=False)
    assert first.folder is not None
    assert {item.name for item in first.folder.iterdir()} == {
        "assessment.json",
        "gains.parquet",
        "run.json",
        "times.json",
    }
    record = json.loads((first.folder / "run.json").read_text())
    assert record["used"]["model_sha256"] == project.model.digest
    stamp = (first.folder / "times.json").read_bytes()
    assert assess(rp.open(STRAIT, draws=4), lift=False).assessment == first.assessment
    assert (first.folder / "times.json").read_bytes() == stamp
    assert locate(None) == STRAIT
    assert content_key(project, True, True) != content_key(project, False, True)


def test_a_folder_that_cannot_be_written_costs_no_answer(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    made = assess(rp.open(STRAIT, draws=2, cache=False), lift=False, out=blocked / "run")
    assert made.folder is None
    assert made.assessment["answers"]


def _command(tmp_path: Path, cache: str) -> tuple[list[str], dict[str, str]]:
    code = "from realpolitik.cli import main; main()"
    command = [sys.executable, "-c", code, "run", str(STRAIT), "--draws", "1024", "--json", "--kernel", "batched"]
    return command, {**os.environ, "REALPOLITIK_CACHE": str(tmp_path / cache)}


@pytest.mark.slow
@pytest.mark.parametrize("stop", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_is_stopped_goes_on_and_ends_with_the_same_bytes(tmp_path: Path, stop: signal.Signals) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    command, environment = _command(tmp_path, "stopped")
    process = subprocess.Popen(command, env=environment, cwd=tmp_path / "a", stdout=subprocess.DEVNULL)
    runs = tmp_path / "stopped" / "runs"
    while not list(runs.glob("*.npz")) and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(stop)
    assert process.wait() != 0
    before = len(list(runs.glob("*.npz")))
    assert before > 0
    resumed = subprocess.run(command, env=environment, cwd=tmp_path / "a", capture_output=True, check=True)
    fresh_command, fresh = _command(tmp_path, "fresh")
    whole = subprocess.run(fresh_command, env=fresh, cwd=tmp_path / "b", capture_output=True, check=True)
    assert resumed.stdout == whole.stdout


@pytest.mark.reference
def test_a_hindcast_says_what_the_earlier_state_gave_and_that_the_outcome_was_known() -> None:
    from realpolitik.project.background import hindcast  # noqa: PLC0415

    result = hindcast(rp.open("northeast-asia", draws=8, cache=False))
    options = {row["id"]: row for row in result.rows if row["what"] == "option"}
    assert "PACT.treaty" in options
    assert all(0.0 <= row["probability"] <= 1.0 for row in options.values())
    assert "knew the outcome" in result.sentences[-1]
    moved = [row for row in options.values() if row["moved"]]
    assert 0 < len(moved) < len(options)
    for row, (run, stay) in zip(("level", "move"), result.arrays["misses"].values, strict=True):
        assert any(f"{run:.3f}" in text and f"{stay:.3f}" in text for text in result.sentences), row
    assert result.arrays["misses"].values[1][1] == pytest.approx(len(moved) / len(options))
    assert "nothing changes" in result.sentences[-2]
    with pytest.raises(QuestionRefused):
        hindcast(rp.open("northeast-asia", state="2023-09-15", draws=8, cache=False))
    with pytest.raises(QuestionRefused):
        hindcast(rp.open(STRAIT, draws=8, cache=False))
