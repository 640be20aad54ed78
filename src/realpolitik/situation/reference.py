"""The tables of docs/reference/situation-format.md, made from the keys, the line forms and the registry of checks."""

from __future__ import annotations

from collections.abc import Iterator

from realpolitik.situation.checks import CHECKS
from realpolitik.situation.keys import CREDENCE, SECTIONS, SUPPORT, Section
from realpolitik.situation.line_forms import LONG_KEYS, SHAPES

BEGIN = (
    "<!-- made from the code: run `python -m realpolitik.situation.reference docs/reference/situation-format.md` -->"
)
END = "<!-- end of what is made from the code -->"


def tables() -> str:
    """Every section with its keys, every line form, every check, as Markdown.

    >>> tables().startswith("### Top-level values")
    True
    """
    return "\n".join((*_values(), *_shared(), *_entries(), *_lines(), *_checks()))


def _values() -> Iterator[str]:
    yield from ("### Top-level values", "", "| Key | What it says | Default |", "|---|---|---|")
    for section in SECTIONS:
        if section.form == "value":
            yield f"| `{section.name}` | {_cell(section.says)} | {section.default} |"


def _shared() -> Iterator[str]:
    yield from (
        "",
        "### Keys that every entry and line has (`credence`: influences only)",
        "",
        "| Key | What it says | Default |",
        "|---|---|---|",
    )
    for key in (*SUPPORT, CREDENCE):
        yield f"| `{key.name}` | {_cell(key.says)} | {key.default} |"


def _entries() -> Iterator[str]:
    shared = {key.name for key in SUPPORT}
    for section in SECTIONS:
        own = [key for key in section.keys if key.name not in shared]
        if own:
            yield from _head(section)
            for key in own:
                choices = f" ({' / '.join(key.choices)})" if key.choices else ""
                example = f"; e.g. `{key.example}`" if key.example else ""
                yield f"| `{key.name}` | {_cell(key.says)}{choices}{example} | {key.default} |"


def _head(section: Section) -> tuple[str, ...]:
    return ("", f"### `{section.name}`: {section.says}", "", "| Key | What it says | Default |", "|---|---|---|")


def _lines() -> Iterator[str]:
    yield from ("", "### Lines", "")
    for name, shape in SHAPES.items():
        yield f"- **{name}**: `{shape}`  "
        yield f"  Keys of the long form: {', '.join(f'`{key}`' for key in LONG_KEYS[name])}."


def _checks() -> Iterator[str]:
    yield from ("", "### What is checked once a file is read", "", "| Check | Severity | Rule |", "|---|---|---|")
    for item in sorted(CHECKS.values(), key=lambda item: (item.severity, item.id)):
        yield f"| {item.id} | {item.severity} | {_cell(item.sentence)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def spliced(page: str) -> str:
    """The page with what stands between the two marks made anew.

    Raises:
        ValueError: the page lacks a mark.
    """
    start, stop = page.index(BEGIN) + len(BEGIN), page.index(END)
    return f"{page[:start]}\n\n{tables()}\n\n{page[stop:]}"


if __name__ == "__main__":
    import sys
    from pathlib import Path

    path = Path(sys.argv[1])
    path.write_text(spliced(path.read_text(encoding="utf-8")), encoding="utf-8")
