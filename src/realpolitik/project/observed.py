"""Reports on what happened: those given, those of a file, or those of the project's own `observations.yaml`.

The file: `observations:` a list of `CONDITION by|at|until DATE` or `FACTOR at DATE: LOW to HIGH`, each with a grade or
the claims it rests on: `- AAA.arm=full by 2024-06-30 (c12)`, `- tension at 2024-06-30: 0.4 to 0.6, grade B2`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from realpolitik.claims.written.findings import Collector
from realpolitik.claims.written.nodes import ListNode, MapNode, Node, TextNode, describe
from realpolitik.claims.written.yaml_text import read_file
from realpolitik.errors import ExpressionError, QuestionRefused, did_you_mean

if TYPE_CHECKING:
    from realpolitik.compiled.observations import Observation
    from realpolitik.project.project import Project

NAME = "observations.yaml"
KEYS = ("observations", "recorded_by", "note")


def observations_of(project: Project, saw: Sequence[str] = (), file: Path | None = None) -> tuple[Observation, ...]:
    """The reports given; without any, those of `file`, else of the project's own file that come after the start.

    Raises `InputRefused` with every finding in a file, `ExpressionError` for a report that cannot be read.
    """
    from realpolitik.compiled.observations import read_observation  # noqa: PLC0415

    given = tuple(read_observation(project.model, text, project.claims) for text in saw)
    if file is not None:
        return (*given, *_read(project, file, later_only=False))
    return given or _read(project, own_file(project), later_only=True)


def own_file(project: Project) -> Path:
    """Where the project keeps its reports."""
    return (project.path if project.path.is_dir() else project.path.parent) / NAME


def _read(project: Project, path: Path, *, later_only: bool) -> tuple[Observation, ...]:
    if later_only and not path.is_file():
        return ()
    found = Collector()
    node = read_file(path, found)
    made = tuple(_observations(project, node, found, later_only))
    found.raise_if_errors()
    return made


def _observations(project: Project, node: Node, found: Collector, later_only: bool) -> Iterator[Observation]:
    from realpolitik.compiled.observations import observation_date, read_observation  # noqa: PLC0415

    for item in _lines(node, found):
        try:
            date = observation_date(item.value)
            if later_only and date is not None and date <= project.situation.as_of:
                continue
            made = read_observation(project.model, item.value, project.claims)
            yield replace(made, position=item.position)
        except ExpressionError as problem:
            found.expression(problem, item.at(problem.column))


def _lines(node: Node, found: Collector) -> Iterator[TextNode]:
    """Every report as one text; `key: value` is one too."""
    if not isinstance(node, MapNode):
        found.error(f"{describe(node)} is no file of observations.", node.position, "Begin with 'observations:'.")
        return
    for key in node.names():
        if key not in KEYS:
            place = node.key(key)
            found.error(f"'{key}' is no key here.", place.position if place else node.position, did_you_mean(key, KEYS))
    entries = node.get("observations")
    if not isinstance(entries, ListNode):
        found.error("There is no list of observations.", node.position, "Write 'observations:' and lines '- ...'.")
        return
    for item in entries.items:
        value = item.entries[0][1] if isinstance(item, MapNode) and len(item.entries) == 1 else None
        if isinstance(item, MapNode) and isinstance(value, TextNode):
            key_node = item.entries[0][0]
            yield TextNode(f"{key_node.value}: {value.value}", key_node.position, exact=key_node.exact)
        elif isinstance(item, TextNode):
            yield item
        else:
            found.error(f"{describe(item)} is no report.", item.position, "Write 'AAA.arm=full by 2024-06'.")


def refuse_none(project: Project, found: Sequence[Observation]) -> None:
    """Say where reports could come from. Raises `QuestionRefused` where there are none."""
    if found:
        return
    path = own_file(project)
    states = sorted(item.stem for item in (path.parent / "states").glob("*.yaml")) if path.is_file() else []
    earlier = [date for date in states if date < project.situation.as_of.isoformat()]
    hint = (
        f" Its reports come before {project.situation.as_of}: start earlier, --state {earlier[-1]}." if earlier else ""
    )
    raise QuestionRefused(
        f"Nothing was observed after the start, so nothing is learned.{hint} "
        "Give a report: --saw 'AAA.arm=full by 2024-06, grade B2'."
    )
