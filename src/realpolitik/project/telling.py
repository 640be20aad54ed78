"""All `rpol why` tells: each line as the first screen gives it, then what it is made of; of a claim its story."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from realpolitik.errors import QuestionRefused, RealpolitikError
from realpolitik.project.asked import Item, answered, items
from realpolitik.project.explain import explained

if TYPE_CHECKING:
    from realpolitik.project.project import Project
    from realpolitik.results.result import Result


def told(project: Project, line: str, documents: Path | None = None) -> Iterator[Result]:
    """The answers of a line of the first screen with their explanations; before those of a claim, the claim.

    Raises `QuestionRefused` where there is nothing to explain.
    """
    seen: set[tuple[str, str]] = set()
    asked = items(project, line)
    if line in project.claims:
        yield claim_told(project, line, documents)
    elif not asked:
        raise QuestionRefused("There is no gain, loser, probability or level in it to explain.")
    for item in asked:
        yield from _one(project, item, seen, documents)


def _one(project: Project, item: Item, seen: set[tuple[str, str]], documents: Path | None) -> Iterator[Result]:
    """A check of a claim joins several questions: those are explained; any other line is answered first."""
    if item.handle not in project.claims:
        yield answered(project, item)
    try:
        yield from explained(project, item, seen, documents)
    except RealpolitikError:
        if item.handle not in project.claims:
            raise


def claim_told(project: Project, claim: str, documents: Path | None = None) -> Result:
    """What a claim says, who says it, what of the model names it, and what the model says of it."""
    from realpolitik.project.evidence import evidence_of  # noqa: PLC0415
    from realpolitik.project.verdicts import kept_verdicts  # noqa: PLC0415
    from realpolitik.report.claims_text import verdict_words  # noqa: PLC0415
    from realpolitik.results.result import Result  # noqa: PLC0415

    evidence, said = evidence_of(project, documents), project.claims[claim]
    (verdict,) = kept_verdicts(project, only=[claim])
    elements = [f"Here: {item.label}." for item in evidence.resting.get(claim, ())]
    tensions = [
        f"{item.id}: {item.about}; separated by {item.separated_by}." for item in evidence.register.tensions_of(claim)
    ]
    sentences = (
        *(elements or ["No entry of the model names it."]),
        f"Model: {verdict_words(verdict.as_json())}.",
        *tensions,
    )
    about = {"situation": project.situation.title, "draws": project.settings.draws, "seed": project.settings.seed,
             "depth": project.settings.depth, "model": project.model.digest}  # fmt: skip
    sources = (evidence.leaf(said).as_json(),)
    row = {"claim": claim, **verdict.as_json()}
    return Result("answer", f"{claim}  {said.paraphrase}", (row,), sentences, {}, about, (), sources)
