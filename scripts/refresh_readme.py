"""Fill the marked blocks of README.md with what the program prints now.

    python scripts/refresh_readme.py

A block is `<!-- NAME -->` ... `<!-- /NAME -->`; everything between is replaced by the command's output.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"
BLOCKS = {
    "screen": ("run", "northeast-asia"),
    "gains": ("gains", "northeast-asia", "--do", "TRIO.institution=institutionalised"),
}


def printed(arguments: tuple[str, ...]) -> str:
    """What `rpol ARGUMENTS` prints in an empty folder, 96 columns wide."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            (Path(sys.executable).with_name("rpol"), *arguments),
            cwd=folder,
            env=os.environ | {"COLUMNS": "96"},
            check=True,
            capture_output=True,
            text=True,
        )
    lines = [line.rstrip() for line in done.stdout.splitlines() if not line.startswith("Kept in ")]
    return "\n".join(lines).strip()


def refreshed(text: str) -> str:
    """The page with every block filled."""
    for name, arguments in BLOCKS.items():
        block = f"<!-- {name} -->\n```text\n$ rpol {' '.join(arguments)}\n\n{printed(arguments)}\n```\n<!-- /{name} -->"
        pattern = rf"<!-- {name} -->.*?<!-- /{name} -->"
        text, count = re.subn(pattern, lambda _, block=block: block, text, flags=re.S)
        if count != 1:
            raise SystemExit(f"README.md has {count} blocks named {name}; exactly one is expected.")
    return text


if __name__ == "__main__":
    README.write_text(refreshed(README.read_text(encoding="utf-8")), encoding="utf-8")
