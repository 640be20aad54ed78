"""Pages are run: Python examples as doctests, links followed, marked blocks in place."""

from __future__ import annotations

import doctest
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = tuple(path for path in (*ROOT.glob("*.md"), *sorted((ROOT / "docs").rglob("*.md"))))
FENCED = re.compile(r"^```(?:python|pycon)\n(.*?)^```", flags=re.M | re.S)


def named(paths: tuple[Path, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("page", paths, ids=lambda path: path.relative_to(ROOT).as_posix())


def examples(page: Path) -> str:
    """The page's Python examples, one after another, as one session."""
    blocks = (block for block in FENCED.findall(page.read_text(encoding="utf-8")) if ">>>" in block)
    return "\n".join(blocks)


def heading_ids(page: Path) -> set[str]:
    """What a link to a heading of the page may name."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.M)
    return {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def executed() -> list[Any]:
    """The pages with examples; those that run the reference case belong to the whole suite only."""
    return [
        pytest.param(
            page,
            id=page.relative_to(ROOT).as_posix(),
            marks=[pytest.mark.slow] if "northeast-asia" in examples(page) else [],
        )
        for page in PAGES
        if examples(page)
    ]


@pytest.mark.parametrize("page", executed())
def test_python_examples_print_what_the_page_says(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    test = doctest.DocTestParser().get_doctest(examples(page), {}, page.name, str(page), 0)
    said: list[str] = []
    failed = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE).run(
        test, out=said.append
    )
    assert failed.failed == 0, "".join(said)


@named(PAGES)
def test_links_within_the_project_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    targets = [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    assert not [link for link in targets if not _leads_somewhere(page, link)]


def _leads_somewhere(page: Path, link: str) -> bool:
    name, _, heading = link.partition("#")
    target = (page.parent / name).resolve() if name else page
    return target.exists() and (not heading or heading in heading_ids(target))


def test_every_page_of_the_documentation_is_reachable_from_its_index() -> None:
    docs = ROOT / "docs"
    index = docs / "index.md"
    linked = {(docs / link).resolve() for link in re.findall(r"\]\(([^)#\s]+\.md)", index.read_text(encoding="utf-8"))}
    assert {path.resolve() for path in docs.rglob("*.md")} <= linked | {index.resolve()}
