"""Verdicts are kept, asked again only where something changed, and never lost to a stop."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import realpolitik as rp
from realpolitik.analyses import verdicts as judging
from realpolitik.project import Project
from realpolitik.project.verdicts import kept_verdicts
from tests.evidence import small


@pytest.fixture
def strait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    return rp.open(small.write(tmp_path / "strait"), draws=16)


def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The claims judged from here on."""
    seen: list[str] = []
    true = judging.check_verdict

    def noting(*given: Any, confirm: bool = True) -> Any:
        seen.append(given[1].claim)
        return true(*given, confirm=confirm)

    monkeypatch.setattr(judging, "check_verdict", noting)
    return seen


def test_the_second_time_nothing_is_judged(strait: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    first = kept_verdicts(strait)
    seen = judged(monkeypatch)
    again = rp.open(strait.path, draws=16)
    assert kept_verdicts(again) == first
    assert [item for item in kept_verdicts(again, only=["c4"])] == [item for item in first if item.claim == "c4"]
    assert seen == []


def test_another_hedge_figure_or_number_of_draws_is_judged_anew(
    strait: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_verdicts(strait)
    seen = judged(monkeypatch)
    claims = strait.path / "claims.yaml"
    claims.write_text(
        claims.read_text(encoding="utf-8").replace("Borduria is hurt", "Borduria suffers"), encoding="utf-8"
    )
    kept_verdicts(rp.open(strait.path, draws=16))
    kept_verdicts(rp.open(strait.path, draws=32))
    assert seen == ["c4", "c4"]


def test_what_was_judged_before_a_stop_is_kept(strait: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    situation = strait.path / "situation.yaml"
    text = situation.read_text(encoding="utf-8")
    situation.write_text(
        text.replace("names:\n", "  - c2: gain(BBB at 1 year | do(AAA.arm)) < 5\nnames:\n"), encoding="utf-8"
    )
    project = rp.open(strait.path, draws=16)

    def stop(text: str, done: int, total: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept_verdicts(project, told=stop)
    seen = judged(monkeypatch)
    kept_verdicts(rp.open(strait.path, draws=16))
    assert seen == ["c2"]


def test_a_torn_or_foreign_file_is_only_judged_again(strait: Project) -> None:
    first = kept_verdicts(strait)
    (kept,) = Path(".rpol/verdicts").iterdir()
    for text in ("{", "[]", '{"c4: x": {"claim": 1}}', '{"c4: x": 3}', ""):
        kept.write_text(text, encoding="utf-8")
        assert kept_verdicts(rp.open(strait.path, draws=16)) == first
