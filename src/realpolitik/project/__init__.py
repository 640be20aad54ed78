"""The facade used by the command line, the workbench and notebooks."""

from realpolitik.project.project import Project, open_project

__all__ = ["Project", "open_project"]
