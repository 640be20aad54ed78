"""A project with more laid over it: pieces of a situation file that are tried, and not (yet) written anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from realpolitik.errors import InputRefused

if TYPE_CHECKING:
    from realpolitik.project.project import Project

Layer = Mapping[str, Any]


def laid_over(project: Project, layers: Sequence[Layer]) -> Project:
    """The project as if each of `layers` were one more file over it; the same draws answer.

    Raises `InputRefused` with every finding where the whole does not fit.
    """
    from realpolitik.claims.written.findings import Collector  # noqa: PLC0415
    from realpolitik.claims.written.nodes import MapNode, from_data  # noqa: PLC0415
    from realpolitik.situation.layers import merge  # noqa: PLC0415
    from realpolitik.situation.project_files import read_files  # noqa: PLC0415
    from realpolitik.situation.reader import read_root  # noqa: PLC0415

    found = Collector()
    files = read_files(project.path, found, project.state, project.judgements)
    root = files.root
    for layer in layers:
        over = from_data(layer)
        assert isinstance(over, MapNode)
        root = merge(root, over, found)
    situation, claims = read_root(root, found, files.claims, files.path, files.authors)
    if found.has_errors:
        raise InputRefused(found.sorted())
    settings = dict(path=project.path, name=project.name, settings=project.settings, store=project.store)
    made = replace(project, **settings, situation=situation, claims=claims, _ensembles={})  # type: ignore[arg-type]
    made.__dict__.pop("model", None)
    return made


def merged(layers: Sequence[Layer]) -> dict[str, Any]:
    """Several layers as one; later ones win where both say something.

    >>> merged([{"factors": {"a": {"now": 1}}}, {"factors": {"b": {"now": 0}}}])
    {'factors': {'a': {'now': 1}, 'b': {'now': 0}}}
    """
    out: dict[str, Any] = {}
    for layer in layers:
        for key, value in layer.items():
            held = out.get(key)
            both = isinstance(value, Mapping) and isinstance(held, Mapping)
            out[key] = merged([held, value]) if both else value  # type: ignore[list-item]
    return out
