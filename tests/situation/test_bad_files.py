"""Every malformed file is refused with the right line and words, without a traceback, within a second."""

import os
import time
from pathlib import Path

import pytest

from realpolitik.claims.written import yaml_events, yaml_text
from realpolitik.cli.file_commands import check_command
from realpolitik.situation.reader import check_situation

BAD = Path(__file__).parent / "bad"


def expected() -> dict[str, list[tuple[int, str]]]:
    """File name -> (line, part of the message) of each error."""
    table: dict[str, list[tuple[int, str]]] = {}
    for row in (BAD / "expected.txt").read_text(encoding="utf-8").splitlines():
        if not row.startswith("#"):
            name, line, part = row.split(" | ", 2)
            table.setdefault(name, []).append((int(line), part))
    return table


EXPECTED = expected()


def test_there_are_many_and_each_has_its_expectation():
    assert {path.stem for path in BAD.glob("*.yaml")} == set(EXPECTED)
    assert len(EXPECTED) >= 60


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_refused_with_line_and_words(name):
    start = time.process_time()
    reading = check_situation(BAD / f"{name}.yaml")
    assert time.process_time() - start < 1
    errors = [item for item in reading.findings if item.severity == "error"]
    assert reading.situation is None
    for line, part in EXPECTED[name]:
        match = [item for item in errors if item.position.line == line and part in str(item)]
        assert match, f"line {line}, '{part}' not among:\n" + "\n".join(map(str, errors))
        errors.remove(match[0])
    if name != "bomb":
        assert not errors, "\n".join(map(str, errors))


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_command_ends_with_two(name):
    text, code = check_command(BAD / f"{name}.yaml")
    assert code == 2
    assert "Traceback" not in text
    assert text.endswith("Nothing was run.")


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_same_findings_without_libyaml(name, monkeypatch):
    quick = check_situation(BAD / f"{name}.yaml").findings
    monkeypatch.setattr(yaml_text, "events", yaml_events.events_in_python)
    assert check_situation(BAD / f"{name}.yaml").findings == quick


def test_oversized_file_is_not_even_read(tmp_path):
    path = tmp_path / "large.yaml"
    path.write_bytes(b"# x\n" * 600_000)
    start = time.process_time()
    reading = check_situation(path)
    assert time.process_time() - start < 0.2
    assert "at most 2 MB" in reading.findings[0].message


def test_missing_file(tmp_path):
    assert "cannot be read" in check_situation(tmp_path / "none.yaml").findings[0].message


def test_folder_without_situation(tmp_path):
    assert "no situation.yaml" in check_situation(tmp_path).findings[0].message


def test_a_pipe_or_an_endless_device_is_refused_not_waited_for(tmp_path):
    if not hasattr(os, "mkfifo") or not Path("/dev/zero").exists():
        pytest.skip("needs pipes and devices")
    os.mkfifo(tmp_path / "pipe.yaml")
    assert check_situation(tmp_path / "pipe.yaml").findings[0].message == "this is no file."
    assert "at most 2 MB" in check_situation("/dev/zero").findings[0].message
