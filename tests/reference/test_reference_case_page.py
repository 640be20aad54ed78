"""The page of mechanisms: every module is on it, nothing it fails to show is left out, every command can be typed."""

from __future__ import annotations

import ast
import re
import shlex
from pathlib import Path

import pytest
import typer

from realpolitik.cli.main import _register, app
from realpolitik.language.parser import parse_query

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reference-case.md").read_text(encoding="utf-8")
MODULES = sorted(Path(__file__).parent.glob("mechanisms/test_m*.py"))
COMMANDS = [line.removeprefix("$ ") for line in PAGE.splitlines() if line.startswith("$ rpol ")]
_register()
VERBS = dict(getattr(typer.main.get_command(app), "commands"))  # noqa: B009  (a group, which its type does not say)


def test_there_is_a_module_for_each_of_the_mechanisms() -> None:
    assert [path.name[6:8] for path in MODULES] == [f"{number:02d}" for number in range(1, 33)]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_the_page_lists_the_module_and_whatever_it_fails_to_show(path: Path) -> None:
    assert f"`{path.relative_to(ROOT)}`" in PAGE
    told = " ".join(PAGE.split())
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    marks = [call for call in calls if ast.unparse(call.func) == "pytest.mark.xfail"]
    for mark in marks:
        given = {word.arg: ast.literal_eval(word.value) for word in mark.keywords}
        assert given["strict"] is True
        assert f"**Not as the documents say.** {given['reason']}" in told


def test_every_mechanism_and_section_has_commands() -> None:
    sections = re.split(r"^##+ ", PAGE, flags=re.MULTILINE)
    mechanisms = [text for text in sections if re.match(r"M\d\d,", text)]
    assert len(mechanisms) == 32
    assert all("$ rpol " in text for text in mechanisms)
    assert len(COMMANDS) > 64


@pytest.mark.parametrize("line", sorted(set(COMMANDS)))
def test_a_command_can_be_typed_as_it_stands(line: str) -> None:
    name, *rest = shlex.split(line)[1:]
    command = VERBS[name]
    with command.make_context(name, list(rest)) as context:
        assert context.params
    if name == "ask":
        parse_query(rest[rest.index("-q") + 1])


def test_the_picture_is_on_the_page_and_says_its_finding() -> None:
    (name,) = re.findall(r"\]\(pictures/([\w-]+\.svg)\)", PAGE)
    picture = (ROOT / "docs" / "pictures" / name).read_text(encoding="utf-8")
    assert "<title>China gains" in picture
