"""The facade's questions about evidence: the walk, names, coverage, assumptions, anchors, citations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from realpolitik.situation.evidence import Evidence, read_evidence

if TYPE_CHECKING:
    from realpolitik.project.project import Project
    from realpolitik.results.result import Result

Told = Callable[[str, int, int], None]


@lru_cache(maxsize=4)
def evidence_of(project: Project, documents: Path | None = None) -> Evidence:
    """What stands behind a project; `documents`: a folder with the user's own copies of its documents."""
    return read_evidence(project.situation, project.claims, folder_of(project), documents)


def folder_of(project: Project) -> Path:
    """The folder of a project."""
    return project.path if project.path.is_dir() else project.path.parent


def walk(
    project: Project,
    *,
    document: str = "",
    paragraph: int = 0,
    documents: Path | None = None,
    quotes: bool = False,
    verdicts: bool = True,
    told: Told | None = None,
) -> Result:
    """The documents paragraph by paragraph, with the verdicts on their claims unless they are not wanted."""
    from realpolitik.analyses.walk import walk as paragraphs  # noqa: PLC0415

    evidence = evidence_of(project, documents)
    made = _verdicts(project, evidence, document, paragraph, told) if verdicts else None
    return paragraphs(evidence, made, document=document, paragraph=paragraph, quotes=quotes)


def _verdicts(
    project: Project, evidence: Evidence, document: str, paragraph: int, told: Told | None
) -> Mapping[str, Mapping[str, Any]]:
    """Verdicts of the claims walked, by id."""
    from realpolitik.project.verdicts import kept_verdicts  # noqa: PLC0415

    only = [
        claim.id
        for claim in evidence.register.claims.values()
        for place in claim.places
        if document in ("", place.document) and paragraph in (0, place.paragraph)
    ]
    made = kept_verdicts(project, only=only, told=told) if only else ()
    return {item.claim: item.as_json() for item in made}


def find(project: Project, name: str) -> Result:
    """What a name of the documents is here."""
    from realpolitik.analyses.find import find as find_name  # noqa: PLC0415

    return find_name(evidence_of(project), name)


def coverage(project: Project) -> Result:
    """Claims and what became of them; inputs and what they rest on."""
    from realpolitik.analyses.coverage import coverage as covered  # noqa: PLC0415

    return covered(evidence_of(project), project.model.inputs.values())


def assumptions(project: Project) -> Result:
    """The judgements that carry the headline answers."""
    from realpolitik.analyses.assumptions import assumptions as ranked  # noqa: PLC0415

    return ranked(project.ensemble())
