"""`fmt`: one form, comments kept, meaning unchanged, applied twice changes nothing."""

import shutil
from pathlib import Path

import pytest

from realpolitik.cli.file_commands import fmt_command
from realpolitik.errors import InputRefused
from realpolitik.situation import read_situation
from realpolitik.situation.canonical import format_text

GOOD = Path(__file__).parent / "good"
FILES = sorted([*GOOD.glob("*.yaml"), GOOD / "harbour" / "situation.yaml"])
UNTIDY = """# head of the file

factors:   # what varies


    y: {from: none, to: 'all', now: .3}   # three tenths
    # about x
    x:
        from: none
        to: all
        now: 0.50
# the start
as_of: 2024-01-01
situation: "Untidy"
questions:
- text: Who, if anybody, would gain from all this in the long run if nothing else were to happen, and why is it so?
  ask: [P(x > 0.5 by 3 years), E[y]]
actors: {AAA: {name: A, note: never mind this, aliases: [one]}}
options: {AAA.go: {now: off}}
once_more: {}
"""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_idempotent_comments_kept_same_digest(path, tmp_path):
    text = path.read_text(encoding="utf-8")
    formatted = format_text(text)
    assert format_text(formatted) == formatted
    target = tmp_path / path.name
    target.write_text(formatted, encoding="utf-8")
    if (path.parent / "claims.yaml").exists():
        shutil.copy(path.parent / "claims.yaml", tmp_path)
    assert read_situation(target).digest == read_situation(path, state="").digest
    comments = [line.split("# ", 1)[1].strip() for line in text.splitlines() if "# " in line]
    assert all(comment in formatted for comment in comments)


def test_untidy_file():
    text = UNTIDY.replace("E[y]]", '"E[y]"]')
    formatted = format_text(text)
    assert format_text(formatted) == formatted
    lines = formatted.splitlines()
    order = [line.split(":")[0] for line in lines if line[:1].isalpha()]
    assert order == ["situation", "as_of", "questions", "actors", "factors", "options", "once_more"]
    assert lines[0] == "# head of the file"
    assert lines[lines.index("as_of: 2024-01-01") - 1] == "# the start"
    assert "    now: 0.50" in lines
    assert any(line.endswith("# three tenths") for line in lines)
    assert "      - P(x > 0.5 by 3 years)" in lines
    assert all(len(line) <= 112 for line in lines)


def test_unreadable_file_is_refused():
    with pytest.raises(InputRefused):
        format_text("a: [\n")


def test_command_checks_writes_and_is_satisfied(tmp_path):
    path = tmp_path / "f.yaml"
    path.write_text(UNTIDY.replace("E[y]]", "x > 1]"), encoding="utf-8")
    assert fmt_command(path, check=True)[1] == 1
    assert path.read_text(encoding="utf-8").startswith("# head of the file\n\nfactors:")
    assert fmt_command(path) == (f"{path} was formatted.", 0)
    assert fmt_command(path, check=True)[1] == 0
    assert [item.name for item in tmp_path.iterdir()] == ["f.yaml"]
