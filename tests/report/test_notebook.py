"""Results show themselves in notebooks; the tutorial runs as it stands."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from realpolitik.project import Project
from realpolitik.report.notebook import KINDS, pictures
from realpolitik.results.result import Result

from .hostile import BAD

TUTORIAL = Path(__file__).resolve().parents[2] / "docs" / "tutorial" / "first_notebook.py"


def results(project: Project) -> dict[str, Result]:
    return {
        "futures": project.futures(),
        "gains": project.gains("scenario buildup"),
        "why": project.why("CCC", "scenario buildup"),
        "compare": project.compare("scenario buildup"),
    }


def test_results_print_with_picture_and_table(project: Project) -> None:
    for kind, result in results(project).items():
        shown = result._repr_html_()
        assert ("<svg" in shown) is (kind in KINDS), kind
        assert "<table" in shown
        assert BAD not in shown
        assert "<script" not in shown


def test_a_result_without_rows_has_no_picture() -> None:
    assert pictures(Result("gains", "who?", (), ())) == ()


@pytest.mark.slow
@pytest.mark.reference
def test_the_tutorial_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    made = runpy.run_path(str(TUTORIAL))
    assert made["picture"].title.startswith("On average China loses most")
    assert made["gains"].data["gain"].dims == ("years", "part", "actor")
    assert "ICD 203" in capsys.readouterr().out
