"""One invented situation, opened and asked once: every free text of it tries to become markup."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from realpolitik.project import Project, open_project

from .hostile import CLAIMS, SOURCES, hostile_situation


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project folder with claims, speakers, sources, tensions, a hypothesis, a deal, an indicator."""
    folder = tmp_path_factory.mktemp("report") / "hostile"
    folder.mkdir()
    for name, text in (("situation", hostile_situation()), ("claims", CLAIMS), ("sources", SOURCES)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return open_project(folder, draws=16, cache=False)


@pytest.fixture(scope="session")
def data(project: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the report is written from."""
    from realpolitik.project.report import report_data  # noqa: PLC0415

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("runs"))
        return report_data(project, marking="TLP:AMBER <b>")


@pytest.fixture(scope="session")
def page(data: dict[str, Any]) -> str:
    """The page itself."""
    from realpolitik.report.page.page import page as write  # noqa: PLC0415

    return write(data)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
