"""The tutorial is typed and run as it stands: its files written, its commands run, their output compared."""

from __future__ import annotations

import contextlib
import doctest
import io
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from realpolitik.project.locate import BUNDLED
from realpolitik.situation.reader import check_situation

entry = import_module("realpolitik.cli.main")  # the package has a function of that name
PAGES = Path(__file__).resolve().parents[2] / "docs" / "tutorial"
BLOCK = re.compile(r"^```(yaml|console)\n(.*?)^```", flags=re.M | re.S)
NAMED = re.compile(r"# (\S+?)(, at the end)?\n")
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def write(block: str) -> None:
    """Do what the block's first line says: begin a file (that line included), or go on at its end."""
    named = NAMED.match(block)
    assert named, f"a block names its file first: {block[:40]}"
    path = Path(named[1])
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text(encoding="utf-8") if named[2] else ""
    path.write_text(before + (block[named.end() :] if named[2] else block), encoding="utf-8")


def commands(block: str) -> Iterator[tuple[str, str]]:
    """Each `$ rpol ...` of a block with what stands below it."""
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        line, _, wanted = part.partition("\n")
        yield line, wanted


def register_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Verbs are registered by every start; here many starts share one process."""
    if not entry.app.registered_commands:
        entry._register()
    monkeypatch.setattr(entry, "_register", lambda: None)


def said(line: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the command prints."""
    words = shlex.split(line)
    assert words[0] == "rpol"
    monkeypatch.setattr(sys, "argv", words)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.suppress(SystemExit):
        entry.main()
    return printed.getvalue()


def matches(wanted: str, got: str) -> bool:
    return doctest.OutputChecker().check_output(wanted, got, FLAGS)


def followed(page: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Everything on a page done, each output compared; how many commands it has."""
    ran = 0
    for kind, block in BLOCK.findall((PAGES / page).read_text(encoding="utf-8")):
        if kind == "yaml":
            write(block)
            continue
        for line, wanted in commands(block):
            got = said(line, monkeypatch)
            assert matches(wanted, got), f"$ {line}\n{got}"
            ran += 1
    return ran


@pytest.mark.slow
def test_every_step_of_the_first_situation_does_what_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    register_once(monkeypatch)
    assert followed("first-situation.md", monkeypatch) >= 10
    assert (tmp_path / "ore.html").is_file()


@pytest.mark.slow
def test_the_crisis_is_built_from_an_empty_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    register_once(monkeypatch)
    assert followed("thirteen-days.md", monkeypatch) >= 7
    built, bundled = tmp_path / "crisis", BUNDLED / "cuban-missiles"
    whole = (bundled / "situation.yaml").read_text(encoding="utf-8")
    with (built / "situation.yaml").open("a", encoding="utf-8") as file:
        file.write(whole[whole.index("checks:") :])
    shutil.copy(bundled / "claims.yaml", built)
    assert digest(built) == digest(bundled)


def digest(folder: Path) -> str:
    """What the situation of a project says, layout aside."""
    situation = check_situation(folder).situation
    assert situation is not None
    return situation.digest


def test_a_page_that_says_otherwise_would_be_seen() -> None:
    assert matches("3 errors...\n", "3 errors, 0 notes.\n")
    assert not matches("2 errors...\n", "3 errors, 0 notes.\n")
