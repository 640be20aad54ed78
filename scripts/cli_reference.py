"""Write docs/reference/cli.md from the commands themselves; `--check` only says whether the page is up to date."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "cli.md"
HEAD = """\
# Commands

Made from the program by `scripts/cli_reference.py`; do not edit by hand. `rpol COMMAND --help` says the same in the
terminal.

Exit codes: 0 no error; 1 the question was refused, or there were notes and `--strict` was given; 2 the input is wrong;
130 interrupted (what was finished is kept).
"""


def application() -> Any:
    """The command line with every verb registered."""
    from importlib import import_module  # noqa: PLC0415

    import typer  # noqa: PLC0415

    entry = import_module("realpolitik.cli.main")
    if not entry.app.registered_commands:
        entry._register()
    return typer.main.get_command(entry.app)


def commands(group: Any, prefix: str = "rpol") -> Iterator[tuple[str, Any]]:
    """Every command with its full name, groups before their own commands."""
    for name, command in group.commands.items():
        yield f"{prefix} {name}", command
        if hasattr(command, "commands"):
            yield from commands(command, f"{prefix} {name}")


def page() -> str:
    """The whole page."""
    found = list(commands(application()))
    return "\n".join((HEAD, *_contents(found), *(_section(name, command) for name, command in found)))


def _contents(found: list[tuple[str, Any]]) -> Iterator[str]:
    yield "| Command | What it does |"
    yield "|---|---|"
    for name, command in found:
        yield f"| [`{name}`](#{name.replace(' ', '-')}) | {_cell(_first_sentence(command))} |"
    yield ""


def _section(name: str, command: Any) -> str:
    arguments = [item for item in command.params if item.param_type_name == "argument"]
    usage = " ".join((name, "COMMAND" if hasattr(command, "commands") else "[OPTIONS]", *map(_argument, arguments)))
    lines = [f"## {name}", "", _text(command.help), "", f"    {usage}", ""]
    rows = list(_rows(command))
    if rows:
        lines += ["| Option | Meaning | Default |", "|---|---|---|", *rows, ""]
    return "\n".join(lines)


def _argument(item: Any) -> str:
    name = str(item.metavar or item.name.upper())
    return name if item.required or name.startswith("[") else f"[{name}]"


def _rows(command: Any) -> Iterator[str]:
    for item in command.params:
        if item.name == "help" or getattr(item, "hidden", False):
            continue
        is_option = item.param_type_name == "option"
        shown = "`, `".join((*item.opts, *item.secondary_opts)) if is_option else _argument(item)
        yield f"| `{shown}` | {_cell(_text(item.help))} | {_default(item) if is_option else ''} |"


def _default(item: Any) -> str:
    if item.required:
        return "must be given"
    value = item.default
    if isinstance(value, bool):
        return f"`{(item.opts if value else item.secondary_opts)[0]}`" if item.secondary_opts else ""
    return "" if value is None or value in ("", [], ()) or callable(value) else f"`{value}`"


def _first_sentence(command: Any) -> str:
    return _text(command.help).split("\n\n")[0]


def _text(written: str | None) -> str:
    """Help as written in the source: paragraphs, each on one line."""
    paragraphs = (written or "").replace("\f", "").split("\n\n")
    return "\n\n".join(" ".join(part.split()) for part in paragraphs if part.strip())


def _cell(text: str) -> str:
    return text.replace("\n\n", " ").replace("|", "\\|")


def main() -> int:
    """Write the page, or say whether it is stale."""
    made = page()
    if "--check" not in sys.argv:
        PAGE.write_text(made, encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == made:
        return 0
    print(f"{PAGE.name} is out of date. Run: make docs")
    return 1


if __name__ == "__main__":
    sys.exit(main())
