"""The tutorial is typed and run as it stands: its files written, its commands run, their output compared."""

from __future__ import annotations

import contextlib
import doctest
import io
import re
import shlex
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

entry = import_module("realpolitik.cli.main")  # the package has a function of that name
PAGE = Path(__file__).resolve().parents[2] / "docs" / "tutorial" / "first-situation.md"
BLOCK = re.compile(r"^```(yaml|console)\n(.*?)^```", flags=re.M | re.S)
NAMED = re.compile(r"# (\S+?)(, at the end)?\n")
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def write(block: str) -> None:
    """Do what the block's first line says: begin a file (that line included), or go on at its end."""
    named = NAMED.match(block)
    assert named, f"a block names its file first: {block[:40]}"
    path = Path(named[1])
    path.parent.mkdir(exist_ok=True)
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


@pytest.mark.slow
def test_every_step_of_the_tutorial_does_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    register_once(monkeypatch)
    ran = 0
    for kind, block in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if kind == "yaml":
            write(block)
            continue
        for line, wanted in commands(block):
            got = said(line, monkeypatch)
            assert matches(wanted, got), f"$ {line}\n{got}"
            ran += 1
    assert ran >= 10
    assert (tmp_path / "ore.html").is_file()


def test_a_page_that_says_otherwise_would_be_seen() -> None:
    assert matches("3 errors...\n", "3 errors, 0 notes.\n")
    assert not matches("2 errors...\n", "3 errors, 0 notes.\n")
