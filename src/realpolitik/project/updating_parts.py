"""The parts of a report about evidence: rival hypotheses, what to watch, what reports changed, the track record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from realpolitik.errors import QuestionRefused
from realpolitik.project import updating as ask

if TYPE_CHECKING:
    from realpolitik.project.project import Project
    from realpolitik.project.report import Asked

LEARNING_DRAWS = 128


def _rivals(asked: Asked) -> dict[str, Any]:
    found = ask.hypotheses(asked.project, told=asked.told)
    pieces = [row for row in found.rows if row["what"] == "evidence"]
    return {"sentences": found.sentences, "pieces": pieces, "when": found.about["evidence"]}


def _signs(asked: Asked) -> dict[str, Any]:
    found = ask.indicators(asked.project, told=asked.told)
    return {"sentences": found.sentences, "rows": [row for row in found.rows if row["what"] == "sign"]}


def _learned(asked: Asked) -> dict[str, Any]:
    """What the reports of the project's own file taught, from the state before this one."""
    from realpolitik.project.background import earlier_state  # noqa: PLC0415

    state = earlier_state(asked.project)
    found = ask.assimilate(_from(asked.project, state), told=asked.told)
    return {"sentences": found.sentences, "since": state, "rows": found.rows}


def _from(project: Project, state: str) -> Project:
    from realpolitik.situation.reader import read_situation  # noqa: PLC0415

    situation = read_situation(project.path, state=state)
    settings = replace(project.settings, draws=min(LEARNING_DRAWS, project.settings.draws))
    return replace(project, situation=situation, settings=settings, _ensembles={})


def _track(asked: Asked) -> dict[str, Any]:
    """The scores of a forecasts.jsonl beside the situation."""
    from realpolitik.project.forecasts import NAME, Ledger  # noqa: PLC0415
    from realpolitik.project.track import score  # noqa: PLC0415

    path = asked.project.path
    ledger = Ledger((path if path.is_dir() else path.parent) / NAME)
    if not ledger.path.is_file():
        raise QuestionRefused("No forecasts are kept beside this situation (rpol forecast add).")
    found = score(ledger)
    return {"sentences": found.sentences, "groups": [row for row in found.rows if row["what"] == "group"]}


UPDATING: Mapping[str, Callable[[Asked], Any]] = {
    "rivals": _rivals,
    "signs": _signs,
    "learned": _learned,
    "track": _track,
}
"""The parts by name, in the order they are asked for."""
