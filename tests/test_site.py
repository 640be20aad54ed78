"""The documentation as a site: every page of the index in its navigation, and it builds without a warning."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import cli_reference  # noqa: E402
import site_hooks  # noqa: E402
from fuzz.targets import TARGETS  # noqa: E402


def pages_of(entry: Any) -> list[str]:
    if isinstance(entry, str):
        return [entry]
    inner = entry.values() if isinstance(entry, dict) else entry
    return [page for item in inner for page in pages_of(item)]


def test_navigation_holds_every_page_once() -> None:
    nav = site_hooks.sections((ROOT / "docs" / "index.md").read_text(encoding="utf-8"))
    written = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")} - {"index.md"}
    from_root = {place for place in site_hooks.FROM_ROOT.values() if place.endswith(".md")}
    assert sorted(pages_of(nav)) == sorted(written | from_root)


def test_sections_are_those_a_reader_looks_for() -> None:
    nav = site_hooks.sections((ROOT / "docs" / "index.md").read_text(encoding="utf-8"))
    names = [next(iter(section)) for section in nav]
    assert names == ["Tutorial", "How to", "Reference", "Explanation", "Project", "Decisions"]


def test_every_verb_has_a_place_in_a_how_to() -> None:
    pages = [*(ROOT / "docs" / "how-to").glob("*.md"), *(ROOT / "docs" / "tutorial").glob("*.md")]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    found = dict(cli_reference.commands(cli_reference.application()))
    verbs = {name.removesuffix(" test") for name, command in found.items() if not hasattr(command, "commands")}
    assert not [name for name in verbs if not re.search(rf"{name}\b", text)]


def test_the_threat_model_names_tests_and_targets_that_exist() -> None:
    text = (ROOT / "docs" / "explanation" / "threat-model.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(tests/[\w/.]+)`", text))
    assert len(named) > 10
    assert not [path for path in named if not (ROOT / path).exists()]
    targets = {
        word for part in re.findall(r"fuzz targets? ((?:`\w+`(?:, )?)+)", text) for word in re.findall(r"\w+", part)
    }
    assert len(targets) > 10
    assert targets <= set(TARGETS)


@pytest.mark.slow
@pytest.mark.skipif(find_spec("material") is None, reason="needs the extra docs: make site")
def test_the_site_builds_and_loads_nothing_from_outside(tmp_path: Path) -> None:
    command = (sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(tmp_path))
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for page in tmp_path.rglob("*.html"):
        loads = re.findall(r'<(?:script|img|iframe|link)\b[^>]*?(?:src|href)="(https?:[^"]+)"', page.read_text("utf-8"))
        assert not loads, page
