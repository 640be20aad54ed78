"""A ledger write killed anywhere loses nothing acknowledged, and the project stays readable."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from realpolitik.claims.ledger import NAME, ClaimsLedger, Step, write_claims
from realpolitik.claims.register_reader import read_register_file
from realpolitik.errors import InputRefused

WRITER = """
import os, sys
from realpolitik.claims.ledger import ClaimsLedger, Step
folder, fatal, half = sys.argv[1], int(sys.argv[2]), sys.argv[3] == "half"
calls = 0
def deadly(name):
    real = getattr(os, name)
    def call(*given):
        global calls
        calls += 1
        if calls == fatal:
            if half and name == "write":
                real(given[0], given[1][: len(given[1]) // 2])
            os._exit(9)
        return real(*given)
    setattr(os, name, call)
ledger = ClaimsLedger(folder)
out = os.dup(1)
say = os.write
for name in ("open", "write", "fsync", "lseek", "read", "close"):
    deadly(name)
for number in range(4):
    ledger.append(Step(f"c{number}", "proposed", "R. Example", "2024-05-01", "x" * 50))
    say(out, f"c{number}\\n".encode())
"""
CLAIMS = "claims:\n  c1: {speaker: A. Analyst, paraphrase: it rains}\n"


def killed(folder: Path, fatal: int, half: str) -> tuple[int, list[str]]:
    """Run the writer, dying at its `fatal`-th call to the system; its exit code and what it had acknowledged."""
    line = (sys.executable, "-c", WRITER, str(folder), str(fatal), half)
    done = subprocess.run(line, check=False, capture_output=True, text=True)
    return done.returncode, done.stdout.split()


@pytest.mark.parametrize("half", ["whole", "half"])
@pytest.mark.parametrize("fatal", range(1, 29, 3))
def test_nothing_acknowledged_is_lost(tmp_path: Path, fatal: int, half: str) -> None:
    code, acknowledged = killed(tmp_path, fatal, half)
    assert code in (0, 9)
    read = ClaimsLedger(tmp_path).read()
    kept = [step.claim for step in read.steps]
    assert kept[: len(acknowledged)] == acknowledged
    assert len(kept) <= len(acknowledged) + 1
    ClaimsLedger(tmp_path).append(Step("later", "accepted", "R. Example", "2024-05-02"))
    assert [step.claim for step in ClaimsLedger(tmp_path).read().steps] == [*kept, "later"]


def test_the_writer_does_die_and_does_tear_lines(tmp_path: Path) -> None:
    """The faults are real: some calls are deadly, and half a write leaves a damaged line that is named."""
    torn = []
    for fatal in range(1, 12):
        folder = tmp_path / str(fatal)
        folder.mkdir()
        code, _ = killed(folder, fatal, "half")
        assert code == 9
        torn += ClaimsLedger(folder).read().damaged
    assert torn


def test_an_altered_line_is_named_and_the_rest_is_kept(tmp_path: Path) -> None:
    ledger = ClaimsLedger(tmp_path)
    for name in ("a", "b", "c"):
        ledger.append(Step(name, "proposed", "R. Example", "2024-05-01"))
    path = tmp_path / NAME
    path.write_bytes(path.read_bytes().replace(b'"claim": "b"', b'"claim": "B"'))
    read = ledger.read()
    assert [step.claim for step in read.steps] == ["a", "c"]
    assert read.damaged == (2,)


def test_what_is_no_step_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="no act") as caught:
        ClaimsLedger(tmp_path).append(Step("", "guessed", "R. Example", "2024-05-01"))
    assert len(caught.value.findings) == 2
    assert not (tmp_path / NAME).exists()


def test_a_claims_file_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "claims.yaml"
    write_claims(path, CLAIMS)
    with pytest.raises(InputRefused):
        write_claims(path, CLAIMS + "  c1: {speaker: B, paraphrase: twice}\n")
    monkeypatch.setattr("os.replace", _fails)
    with pytest.raises(OSError, match="no space"):
        write_claims(path, CLAIMS.replace("rains", "snows"))
    assert read_register_file(path).claims["c1"].paraphrase == "it rains"
    assert [item.name for item in tmp_path.iterdir()] == ["claims.yaml"]


def _fails(*_: object) -> None:
    raise OSError("no space left")
