"""Realpolitik: sourced reasoning about states, made into a model that runs.

>>> import realpolitik as rp
>>> rp.open("northeast-asia", draws=4).situation.title
'Northeast Asia after the Russia-North Korea partnership'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Project", "__version__", "compile", "open", "read"]

if TYPE_CHECKING:
    from realpolitik.compiled import compile  # noqa: A004  (the field's word)
    from realpolitik.project import Project
    from realpolitik.project import open_project as open  # noqa: A004
    from realpolitik.situation.reader import read_situation as read

_HOME = {
    "open": ("realpolitik.project", "open_project"),
    "Project": ("realpolitik.project", "Project"),
    "compile": ("realpolitik.compiled", "compile"),
    "read": ("realpolitik.situation.reader", "read_situation"),
}


def __getattr__(name: str) -> Any:
    """Import what is asked for only then: `import realpolitik` costs nothing."""
    if name not in _HOME:
        raise AttributeError(f"module 'realpolitik' has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    module, attribute = _HOME[name]
    return getattr(import_module(module), attribute)
