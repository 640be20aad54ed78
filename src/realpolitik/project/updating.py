"""The facade's questions about evidence: rival hypotheses, what to watch, what reports change."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from realpolitik.errors import QuestionRefused
from realpolitik.project.explain import sourced
from realpolitik.results.progress import silent

if TYPE_CHECKING:
    from realpolitik.project.project import Project
    from realpolitik.results.progress import Told
    from realpolitik.results.result import Result


def hypotheses(
    project: Project,
    ask: Sequence[str] = (),
    *,
    saw: Sequence[str] = (),
    file: Path | None = None,
    group: str = "",
    years: float | None = None,
    told: Told = silent,
) -> Result:
    """What do the rival hypotheses say, and what does the evidence say of them?"""
    from realpolitik.analyses.hypotheses import hypotheses as found  # noqa: PLC0415
    from realpolitik.analyses.hypotheses import reported  # noqa: PLC0415
    from realpolitik.compiled.asked import asked  # noqa: PLC0415
    from realpolitik.project.observed import observations_of  # noqa: PLC0415

    if years is not None and not 0 < years <= project.situation.horizon.years:
        raise QuestionRefused(f"{years:g} years: expected a time within the horizon, {project.situation.horizon}.")
    ensemble = project.ensemble()
    evidence = reported(ensemble, observations_of(project, saw, file))
    made = found(ensemble, asked(ask), evidence, group=group, by=years, told=told)
    return sourced(project, made)


def indicators(
    project: Project, outcomes: Sequence[str] = (), *, within: float | None = None, told: Told = silent
) -> Result:
    """What should be watched?"""
    from realpolitik.analyses.indicators import indicators as found  # noqa: PLC0415

    return sourced(project, found(project.ensemble(), outcomes, within=within, told=told))


def assimilate(
    project: Project,
    saw: Sequence[str] = (),
    *,
    file: Path | None = None,
    ask: Sequence[str] = (),
    told: Told = silent,
) -> Result:
    """What do dated reports change? Default: those of the project's observations.yaml after the start."""
    from realpolitik.analyses.assimilate import assimilate as found  # noqa: PLC0415
    from realpolitik.compiled.asked import asked  # noqa: PLC0415
    from realpolitik.project.observed import observations_of, refuse_none  # noqa: PLC0415

    reports = observations_of(project, saw, file)
    refuse_none(project, reports)
    return sourced(project, found(project.ensemble(), reports, asked(ask), told))
