"""The facade used by the command line, the workbench and notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from realpolitik.project.project import Project, open_project

__all__ = ["Project", "open_project"]


def __getattr__(name: str) -> Any:
    """Import the facade, and with it the libraries of numbers, only when it is asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from realpolitik.project import project  # noqa: PLC0415

    return getattr(project, name)
