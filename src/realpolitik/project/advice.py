"""The facade's questions about what to do: policy, and what differs between two situations, and what survives doubt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from realpolitik.project.explain import sourced
from realpolitik.results.progress import silent

if TYPE_CHECKING:
    from realpolitik.project.project import Project
    from realpolitik.results.progress import Told
    from realpolitik.results.result import Result


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
