"""The facade's questions about what to do: policy, and what differs between two situations, and what survives doubt."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from realpolitik.project.explain import sourced
from realpolitik.results.progress import silent

if TYPE_CHECKING:
    from realpolitik.project.project import Project
    from realpolitik.results.progress import Told
    from realpolitik.results.result import Result

USUAL_PLANS = 8
PREMORTEM_DRAWS = 64
"""Every flip asks every question again: on the first draws only."""


def policy(  # noqa: PLR0913  (keyword-only, each with a default)
    project: Project,
    actors: str | Sequence[str],
    *,
    plans: Sequence[str] = (),
    options: Sequence[str] = (),
    conditions: Sequence[str] | None = None,
    dates: Sequence[str] = (),
    worlds: Sequence[str] = (),
    truth: str = "",
    at_least: float = 0.0,
    most: int = 4096,
    years: float | None = None,
    told: Told = silent,
) -> Result:
    """What should they do? See `realpolitik.analyses.policy.Brief` for what each argument means."""
    from realpolitik.analyses.policy import Brief  # noqa: PLC0415
    from realpolitik.analyses.policy import policy as found  # noqa: PLC0415

    names = tuple(part.strip() for part in actors.split(",")) if isinstance(actors, str) else tuple(actors)
    brief = Brief(
        names, tuple(plans), tuple(options), None if conditions is None else tuple(conditions), tuple(dates),
        tuple(worlds), truth, at_least, most, years,
    )  # fmt: skip
    return sourced(project, found(project.ensemble(), brief, told))


def diff(project: Project, other: str, *, told: Told = silent) -> Result:
    """What differs between this situation and another, and which difference moved which conclusion?

    `other`: a file, folder or bundled project, `NAME@DATE` for one of its states, `@DATE` for one of this project's,
    `+NAME` for this project with another analyst's judgements laid over it.
    """
    from realpolitik.analyses.difference import difference  # noqa: PLC0415

    against, label = _other(project, other)
    names = (_label(project, ""), label)
    return sourced(project, difference(project.ensemble(), against.ensemble(), names, told))


def _other(project: Project, other: str) -> tuple[Project, str]:
    from realpolitik.project.project import open_project  # noqa: PLC0415

    name, _, judged = other.partition("+")
    name, _, state = name.partition("@")
    settings = project.settings
    opened = open_project(
        name or project.path, state=state or None, judgements=tuple(judged.split("+")) if judged else (),
        draws=settings.draws, seed=settings.seed, depth=settings.depth, threads=settings.threads,
        kernel=settings.kernel, cache=project.store is not None,
    )  # fmt: skip
    return opened, _label(opened, other)


def _label(project: Project, written: str) -> str:
    """What a situation is called where two are compared."""
    return written.lstrip("@+") or f"{Path(project.name).name} ({project.situation.as_of})"


def premortem(project: Project, *, top: int = 6, told: Told = silent) -> Result:
    """If the `top` assumptions that carry most are wrong, what still stands?

    Of each answer, the assumption that moves it most is taken, so that no one answer's own prices crowd out the rest.
    """
    from realpolitik.analyses.assumptions import assumptions  # noqa: PLC0415
    from realpolitik.analyses.premortem import premortem as found  # noqa: PLC0415
    from realpolitik.errors import QuestionRefused  # noqa: PLC0415

    if top < 1:
        raise QuestionRefused("At least one assumption has to be flipped: --top 1 or more.")
    told("which assumptions carry most", 0, 1)
    rows = [row for row in assumptions(project.ensemble()).rows if row["correlation"] is not None]
    first = {str(row["answer"]): str(row["input"]) for row in reversed(rows)}
    ranked = [str(row["input"]) for row in rows if first[str(row["answer"])] == row["input"]]
    quick = project.ensemble(draws=min(PREMORTEM_DRAWS, project.settings.draws))
    return sourced(project, found(quick, ranked[:top], told))


def usual_policy(project: Project) -> Result:
    """What should those who hold the agreement asked about most do: its levels, now or on evidence, and the scenarios
    that are theirs to carry out?

    Raises `QuestionRefused` where nobody has a joint option.
    """
    from realpolitik.compiled.plans import planners, public_conditions  # noqa: PLC0415
    from realpolitik.errors import RealpolitikError  # noqa: PLC0415
    from realpolitik.project.leverage import first_agreement  # noqa: PLC0415

    agreement = first_agreement(project)
    option = agreement.partition("=")[0]
    owners = project.situation.options[option].owners
    found = planners(project.model, owners)
    plans = [agreement]
    plans += [
        f"{agreement} if {text}" for text in public_conditions(found, (project.model.tables.options.index(option),))
    ]
    seen = {found.read(text) for text in plans}
    for name in project.situation.scenarios:
        try:
            course = found.read(f"scenario {name}")
        except RealpolitikError:
            continue
        if course not in seen and len(plans) < USUAL_PLANS:
            seen.add(course)
            plans.append(f"scenario {name}")
    return policy(project, owners, plans=plans)
