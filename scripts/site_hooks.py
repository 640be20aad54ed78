"""What MkDocs does not know of these pages: navigation from docs/index.md, and the pages that live in the root.

`docs/index.md` is the one list of pages (a test holds it complete): its headings are the sections, its links the
entries. README, CONTRIBUTING, CHANGELOG and SECURITY stay in the root, where readers of the source look for them, and
are shown under "Project".
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"\[([^\]]+)\]\(([^)#\s]+\.(?:md|py))\)")
FROM_ROOT = {path.name: f"project/{path.stem.lower()}.md" for path in sorted(ROOT.glob("*.md"))} | {
    name: f"project/{name}" for name in ("CITATION.cff", "LICENSE")
}
"""File of the root -> where it stands in the site."""


def on_config(config: Any) -> Any:
    """Set the navigation."""
    config.nav = [{"Home": "index.md"}, *sections((ROOT / "docs" / "index.md").read_text(encoding="utf-8"))]
    return config


def sections(text: str) -> list[dict[str, Any]]:
    """The sections of the index with their entries; a heading of the third level makes a section within.

    >>> sections("## Tutorial\\n[A](a.md)\\n## How to\\n### Ask\\n[B](b.md)\\n")
    [{'Tutorial': [{'A': 'a.md'}]}, {'How to': [{'Ask': [{'B': 'b.md'}]}]}]
    """
    found: list[dict[str, Any]] = []
    inner: list[Any] = []
    for line in text.splitlines():
        if line.startswith("## "):
            inner = []
            found.append({line[3:]: inner})
        elif line.startswith("### "):
            outer = next(iter(found[-1].values()))
            inner = []
            outer.append({line[4:]: inner})
        elif found:
            inner.extend({title: _placed(target)} for title, target in LINK.findall(line) if target.endswith(".md"))
    return found


def _placed(target: str) -> str:
    return FROM_ROOT.get(target.removeprefix("../"), target)


def on_files(files: Any, config: Any) -> Any:
    """Add the files of the root."""
    from mkdocs.structure.files import File  # noqa: PLC0415

    for name, place in FROM_ROOT.items():
        files.append(File.generated(config, place, content=(ROOT / name).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Links that lead out of docs/ or into it lead to the same page of the site."""
    here = posixpath.dirname(page.file.src_uri)
    root_page = here == "project"
    return re.sub(r"\]\(([^)#\s]+)(#[^)\s]*)?\)", lambda hit: _relinked(hit, here, root_page), markdown)


def _relinked(hit: re.Match[str], here: str, root_page: bool) -> str:
    link, heading = hit[1], hit[2] or ""
    if "://" in link:
        return hit[0]
    place = posixpath.normpath(posixpath.join("" if root_page else f"docs/{here}", link))
    inside = FROM_ROOT.get(place) or (place.removeprefix("docs/") if place.startswith("docs/") else "")
    if not inside:
        raise ValueError(f"{here}: the link to {link} leads to a file that is not part of the site.")
    return f"]({posixpath.relpath(inside, here or '.')}{heading})"


SHIM = re.compile(r"https://unpkg\.com/iframe-worker/[^\"]*")
OWN_SHIM = "assets/iframe-worker.js"


def on_post_page(output: str, page: Any, **_: Any) -> str:
    """The one script the theme would load from elsewhere is loaded from these pages' own folder."""
    return SHIM.sub(posixpath.relpath(OWN_SHIM, posixpath.dirname(page.file.src_uri) or "."), output)


def on_post_template(output_content: str, **_: Any) -> str:
    """The same for the page shown where there is none; it is served from the top."""
    return SHIM.sub(f"/{OWN_SHIM}", output_content)
