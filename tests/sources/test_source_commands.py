"""The commands around sources: what they print, what they refuse, how fast they start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import typer
from typer.testing import CliRunner

from realpolitik.cli.source_commands import register
from tests.sources.marked import corpus

RUNNER = CliRunner()


def app() -> typer.Typer:
    made = typer.Typer()

    @made.callback()
    def main() -> None:
        """The program."""

    register(made)
    return made


def written(folder: Path, words: str = "The talks may fail, the envoy of France said.") -> Path:
    path = folder / "a.txt"
    path.write_text(words, encoding="utf-8")
    return path


def test_spans_are_the_scorers_format(tmp_path: Path) -> None:
    result = RUNNER.invoke(app(), ["sources", "extract", str(written(tmp_path)), "--format", "spans"])
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "a.txt": [{"content": [[0, 18]], "source": [[20, 39]], "cue": [[40, 44]], "hedges": [[10, 13]]}]
    }


def test_json_and_text_tell_speaker_and_hedge(tmp_path: Path) -> None:
    path = written(tmp_path)
    full = json.loads(RUNNER.invoke(app(), ["sources", "extract", str(path), "--format", "json"]).stdout)
    assert full["attributions"][0]["speaker"]["country"] == "FRA"
    assert "hedged: may" in RUNNER.invoke(app(), ["sources", "extract", str(path)]).stdout


def test_snapshots_are_added_and_verified(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert RUNNER.invoke(app(), ["sources", "add", str(path), "--project", str(tmp_path)]).exit_code == 0
    result = RUNNER.invoke(app(), ["sources", "verify", "--project", str(tmp_path)])
    assert (result.exit_code, result.stdout) == (0, "1 documents kept, 0 changed.\n")
    next((tmp_path / "sources").glob("*/original")).write_bytes(b"x")
    assert RUNNER.invoke(app(), ["sources", "verify", "--project", str(tmp_path)]).exit_code == 1


def test_bad_files_are_refused_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes(b"a\xff")
    for name in ("b.txt", "none.txt"):
        result = RUNNER.invoke(app(), ["sources", "extract", str(tmp_path / name)])
        assert result.exit_code == 2
        assert "error" in result.output
        assert "Traceback" not in result.output


def test_fifteen_hundred_words_in_under_two_seconds_with_start(tmp_path: Path) -> None:
    text = "\n\n".join(document["text"] for document in corpus())
    path = written(tmp_path, " ".join(text.split(" ")[:1500]))
    code = (
        "import typer; from realpolitik.cli.source_commands import register; app = typer.Typer(); "
        f"register(app); app(['extract', {str(path)!r}, '--format', 'spans'])"
    )
    before = os.times()
    done = subprocess.run([sys.executable, "-c", code.replace("['extract'", "['sources', 'extract'")], check=False)
    after = os.times()
    assert done.returncode in {0, 2}
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    assert spent < 2.0  # processor seconds: other programs of this machine do not count
