"""What stands behind an assessment: the documents' claims, where experts disagree, what it rests on, the hindcast.

Each part is left out, with the reason, where the project has nothing to say there (no claims, one state only).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from realpolitik.errors import QuestionRefused, RealpolitikError
from realpolitik.project.project import Project
from realpolitik.project.verdicts import all_kept, kept_verdicts
from realpolitik.results.result import Result

CLAIM_DRAWS = 64
TOLD = 3
Told = Callable[[str, int, int], None]


def background(project: Project) -> dict[str, Any]:
    """Two parts as plain data: `rests_on` and `hindcast`."""
    return {"rests_on": _rests_on(project), "hindcast": _hindcast(project)}


def judged_claims(project: Project, told: Told) -> dict[str, Any]:
    """Two parts as plain data: `document_claims` and `disagreements`."""
    from realpolitik.analyses.verdicts import document_claims  # noqa: PLC0415

    if not project.claims or not project.situation.checks:
        return {"document_claims": {}, "disagreements": []}
    judge = claims_judge(project)
    found = document_claims(judge, kept_verdicts(judge, told=told))
    pairs = [
        {
            "about": item.about,
            "speakers": list(item.speakers),
            "claims": [item.first.claim, item.second.claim],
            "verdicts": [item.first.verdict, item.second.verdict],
            "separated_by": item.separated_by,
        }
        for item in sorted(found.disagreements, key=lambda item: _named(project, item.first.claim, item.second.claim))
    ]
    return {"document_claims": {"draws": judge.settings.draws, **found.counts}, "disagreements": pairs}


def _named(project: Project, *claims: str) -> str:
    """Orders pairs: those whose speakers are best graded first."""
    return "".join(sorted((project.claims[claim].reliability for claim in claims), reverse=True))


def claims_judge(project: Project) -> Project:
    """The project on the draws claims are judged with, on the screen and in the report alike: all of its draws where
    `rpol claims` or `rpol walk` has judged every claim on them, else a first pass on fewer.
    """
    if all_kept(project):
        return project
    return project.at(draws=min(CLAIM_DRAWS, project.settings.draws))


def _rests_on(project: Project) -> list[dict[str, Any]]:
    """The judgements answers go furthest with: of each answer the first, so that no one answer crowds out the rest."""
    from realpolitik.project.evidence import assumptions  # noqa: PLC0415

    try:
        rows = assumptions(project).rows
    except RealpolitikError:
        return []
    telling = [dict(row) for row in rows if row.get("told_apart")]
    first = {row["answer"]: row for row in reversed(telling)}
    return [row for row in telling if first[row["answer"]] is row][:TOLD]


def _hindcast(project: Project) -> list[str]:
    try:
        return list(hindcast(project).sentences)
    except RealpolitikError:
        return []


def hindcast(project: Project) -> Result:
    """What the project's state before this one gave for what this one reports.

    Raises `QuestionRefused` where there is no earlier state.
    """
    from realpolitik.analyses.hindcast import hindcast as asked  # noqa: PLC0415
    from realpolitik.compiled import Ensemble, compile  # noqa: A004, PLC0415
    from realpolitik.situation.reader import read_situation  # noqa: PLC0415

    state = earlier_state(project)
    model = compile(read_situation(project.path, state=state))
    return asked(Ensemble(model, project.settings, store=project.store), project.situation)


def earlier_state(project: Project) -> str:
    """The date of the last state before the one opened."""
    now = project.situation.as_of.isoformat()
    folder = Path(project.path) / "states"
    dates = sorted(item.stem for item in folder.glob("*.yaml")) if folder.is_dir() else []
    before = [date for date in dates if date < now]
    if not before:
        raise QuestionRefused("There is no earlier state in this project to look back from.")
    return before[-1]
