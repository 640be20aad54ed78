"""What is refused says so on standard error, prints no half answer, and ends with the code of its kind."""

from __future__ import annotations

import errno
import importlib
import os
import shlex
import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
QUESTION, INPUT = 1, 2
REFUSED = {
    "check nowhere --json": INPUT,
    "fmt nowhere --json": INPUT,
    "new taken --yes --json": INPUT,
    "run nowhere --json": INPUT,
    "ask strait.yaml -q 'P(zzz > 1)' --json": INPUT,
    "ask strait.yaml -q 'P(' --json": INPUT,
    "gains strait.yaml --do ALA.arm=zzz --json": INPUT,
    "schema zzz": INPUT,
    "export strait.yaml --as zzz --json": INPUT,
    "import nowhere --json": INPUT,
    "sources extract nowhere --json": INPUT,
    "sources verify --project nowhere --json": INPUT,
    "read nowhere rare-metals --json": INPUT,
    "sweep nowhere --json": INPUT,
    "report strait.yaml --against nowhere --json": INPUT,
    "diff strait.yaml nowhere --json": INPUT,
    "stability nowhere --json": INPUT,
    "stability mill.json --convention zzz --json": INPUT,
    "paths mill.json --start zzz --json": INPUT,
    "inverse mill.json --state zzz --json": INPUT,
    "cite nowhere --json": INPUT,
    "find nowhere": INPUT,
    "forecast say nothing 0.5 --json": QUESTION,
    "forecast score --json": QUESTION,
    "facts show rare-metals --json": QUESTION,
    "facts import zzz nowhere --json": QUESTION,
    "claims rare-metals --only zzz --json": QUESTION,
    "claims accept p-001 rare-metals --json": QUESTION,
    "walk rare-metals --json": QUESTION,
    "contingencies strait.yaml --draws 8 --json": QUESTION,
    "run strait.yaml --draws 7 --json": QUESTION,
    "run strait.yaml --zzz": INPUT,
    "zzz": INPUT,
}


BARRED = ("elicit sheet strait.yaml --all --draws 8", "new fresh --yes", "export strait.yaml --as graphml")


@pytest.mark.parametrize("reason", [errno.EROFS, errno.ENOSPC, errno.EACCES])
@pytest.mark.parametrize("line", BARRED)
def test_a_disk_that_refuses_is_no_defect(
    line: str, reason: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refusing(*given: object, **more: object) -> None:
        raise OSError(reason, os.strerror(reason), "there")

    shutil.copy(ROOT / "tests" / "cases" / "strait.yaml", tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "replace", refusing)
    monkeypatch.setattr(sys, "argv", ["rpol", *shlex.split(line)])
    with pytest.raises(SystemExit) as ended:
        importlib.import_module("realpolitik.cli.main").main()
    told = capsys.readouterr().err
    assert ended.value.code in (QUESTION, INPUT), told
    assert "defect" not in told
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != ".rpol") == ["strait.yaml"]


@pytest.mark.parametrize("line", REFUSED)
def test_refusals(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for source in ("cases/strait.yaml", "conflicts/mill.json"):
        shutil.copy(ROOT / "tests" / source, tmp_path)
    (tmp_path / "taken.yaml").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["rpol", *shlex.split(line)])
    with pytest.raises(SystemExit) as ended:
        importlib.import_module("realpolitik.cli.main").main()
    told = capsys.readouterr()
    assert (ended.value.code, told.out) == (REFUSED[line], "")
    assert told.err.strip()
    assert "Traceback" not in told.err
