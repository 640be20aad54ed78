"""Fill the marked blocks of README.md with what the program prints now.

    python scripts/refresh_readme.py

A block is `<!-- NAME -->` ... `<!-- /NAME -->`; everything between is replaced by what the command prints. A
long screen is cut to some of its sections, and says so.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"


@dataclass(frozen=True)
class Block:
    """A command whose output the page shows; `kept`: how the sections begin that are shown (all, if empty)."""

    name: str
    arguments: tuple[str, ...]
    kept: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The block as it stands in the page."""
        shown = "\n".join(self._shown(_printed(self.arguments)))
        typed = " ".join(self.arguments)
        return f"<!-- {self.name} -->\n```text\n$ rpol {typed}\n\n{shown}\n```\n<!-- /{self.name} -->"

    def _shown(self, lines: list[str]) -> list[str]:
        if not self.kept:
            return lines
        sections = _sections(lines)
        chosen = [part for part in sections if part[0].lstrip().startswith(self.kept)]
        if len(chosen) != len(self.kept):
            raise SystemExit(f"{self.name}: {len(chosen)} of {len(self.kept)} sections were printed.")
        joined = "\n\n".join("\n".join(part).rstrip() for part in chosen)
        return [*joined.splitlines(), "", "..."]


BLOCKS = (
    Block(
        "screen",
        ("run", "northeast-asia"),
        ("NORTHEAST ASIA", "1 ", "2 ", "WHO GAINS"),
    ),
    Block("gains", ("gains", "northeast-asia", "--do", "TRIO.institution=institutionalised"), ("If", "After", "Model")),
)


def _printed(arguments: tuple[str, ...]) -> list[str]:
    """The lines `rpol ARGUMENTS` prints in an empty folder, 96 columns wide."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            (Path(sys.executable).with_name("rpol"), *arguments),
            cwd=folder,
            env=os.environ | {"COLUMNS": "96", "REALPOLITIK_CACHE": folder},
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    return [line.rstrip() for line in done.stdout.strip().splitlines() if not line.startswith("Kept in ")]


def _sections(lines: list[str]) -> list[list[str]]:
    """Lines by section: one begins at the top, at a numbered question and after an empty line."""
    sections: list[list[str]] = [[]]
    for line in lines:
        fresh = re.match(r" ?\d+  \S", line) or (sections[-1] and not sections[-1][-1])
        if fresh and sections[-1]:
            sections.append([])
        sections[-1].append(line)
    return sections


def refreshed(text: str, blocks: tuple[Block, ...] = BLOCKS) -> str:
    """The page with every block filled."""
    for block in blocks:
        pattern = rf"<!-- {block.name} -->.*?<!-- /{block.name} -->"
        text, count = re.subn(pattern, lambda _, block=block: block.text, text, flags=re.S)
        if count != 1:
            raise SystemExit(f"The page has {count} blocks named {block.name}; exactly one is expected.")
    return text


if __name__ == "__main__":
    README.write_text(refreshed(README.read_text(encoding="utf-8")), encoding="utf-8")
