"""Every command says what it does, is documented, and whatever the pages tell the reader to type exists."""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import cli_reference  # noqa: E402
import demo  # noqa: E402
import refresh_readme  # noqa: E402

from realpolitik.dynamics import native  # noqa: E402

COMMANDS = dict(cli_reference.commands(cli_reference.application()))
PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md")))
every_command = pytest.mark.parametrize("name", COMMANDS)
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())


@every_command
def test_command_has_help(name: str) -> None:
    assert cli_reference._text(COMMANDS[name].help).endswith((".", "?"))


@every_command
def test_every_parameter_has_help(name: str) -> None:
    assert not [item.name for item in COMMANDS[name].params if not item.help]


@every_command
def test_command_is_documented(name: str) -> None:
    assert f"\n## {name}\n" in cli_reference.PAGE.read_text(encoding="utf-8")


def test_reference_page_is_up_to_date() -> None:
    assert cli_reference.PAGE.read_text(encoding="utf-8") == cli_reference.page(), "run: make docs"


@cache
def typed(page: Path) -> tuple[str, ...]:
    """Command lines of a page: `rpol ...` in code spans and in code blocks, to the end of the span or line."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^(?:\$ |    |\s*)((?:\.venv/bin/)?rpol [^\n#]*)", text, flags=re.M)
    spans = re.findall(r"`((?:\.venv/bin/)?rpol [^`\n]+)`", text)
    return tuple(re.sub(r"\s{2,}.*", "", line.replace(".venv/bin/", "")).strip() for line in (*blocks, *spans))


@every_page
def test_pages_name_only_commands_and_options_that_exist(page: Path) -> None:
    assert not [line for line in typed(page) if not _exists(line)]


@pytest.mark.parametrize("line", [command for command, _ in demo.NEXT])
def test_the_demo_ends_with_commands_that_exist(line: str) -> None:
    assert _exists(line.removeprefix(".venv/bin/"))


def test_a_wrong_command_would_be_seen() -> None:
    assert _exists("rpol run northeast-asia --json")
    assert not _exists("rpol runn northeast-asia")
    assert not _exists("rpol run northeast-asia --jsonn")


def _exists(line: str) -> bool:
    words = line.split()
    if len(words) > 1 and (words[1].startswith("-") or words[1] in ("COMMAND", "COMMAND`")):
        return words[1] in ("--help", "-h", "--version", "--install-completion", "COMMAND")
    depth = max((size for size in (2, 3) if " ".join(words[:size]) in COMMANDS), default=0)
    return bool(depth) and _options(words[depth:]) <= _known(COMMANDS[" ".join(words[:depth])])


def _options(words: list[str]) -> set[str]:
    return {word.partition("=")[0] for word in words if re.fullmatch(r"--?[a-z][\w-]*(=.*)?", word)}


def _known(command: Any) -> set[str]:
    """The options of a command; of a group with a default (`rpol claims FILE`), those of the default too."""
    more = _known(next(iter(command.commands.values()))) if getattr(command, "has_default", False) else set()
    return {"--help", "-h", *more, *(name for item in command.params for name in (*item.opts, *item.secondary_opts))}


# Blocks of the README


@pytest.mark.slow
@pytest.mark.reference
@pytest.mark.skipif(not native.available(), reason="the page is made with the compiled kernel")
def test_the_gains_on_the_first_page_are_what_the_program_prints() -> None:
    block = next(item for item in refresh_readme.BLOCKS if item.name == "gains")
    assert block.text in (ROOT / "README.md").read_text(encoding="utf-8"), "run: make docs"


def test_the_blocks_of_the_first_page_are_filled() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for block in refresh_readme.BLOCKS:
        inside = text.partition(f"<!-- {block.name} -->")[2].partition(f"<!-- /{block.name} -->")[0]
        assert f"$ rpol {block.arguments[0]}" in inside
        assert len(inside.splitlines()) > 10
