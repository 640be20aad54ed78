"""The situation for other programs: the network as GraphML, the file as tables, and tables back to a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from realpolitik import __version__
from realpolitik.errors import Finding, InputRefused
from realpolitik.project.network import links, nodes
from realpolitik.project.report import NOTICE

if TYPE_CHECKING:
    from realpolitik.project.project import Project
    from realpolitik.situation.model import Situation

ABOUT = "about"
LARGEST = 20_000_000


def exported(project: Project, form: str, marking: str = "", quotes: Path | None = None) -> dict[str, bytes]:
    """Files by name: one for each section for `csv`, one for the others.

    `quotes`: for `stix` and `prov` a folder with copies of the documents, where claims shall be quoted.
    """
    if form in ("stix", "prov"):
        return {f"{project.situation.title}.{form}.json": _linked(project, form, marking, quotes)}
    from realpolitik.report.graphml import graphml  # noqa: PLC0415
    from realpolitik.report.sheets import csv_text, xlsx  # noqa: PLC0415

    about = _about(project, marking)
    if form == "graphml":
        return {f"{project.situation.title}.graphml": graphml(*network(project.situation), about).encode()}
    sheets = {**tables(project), ABOUT: [["what", "value"], *([key, value] for key, value in about.items())]}
    if form == "xlsx":
        return {f"{project.situation.title}.xlsx": xlsx(sheets)}
    return {f"{name}.csv": csv_text(sheet).encode() for name, sheet in sheets.items()}


def _linked(project: Project, form: str, marking: str, quotes: Path | None) -> bytes:
    import json  # noqa: PLC0415

    from realpolitik.project import provenance  # noqa: PLC0415

    made = {"stix": provenance.stix, "prov": provenance.prov}[form](project, marking, quotes)
    return json.dumps(made, ensure_ascii=False, indent=1).encode("utf-8")


def _about(project: Project, marking: str) -> dict[str, str]:
    found = {
        "marking": marking,
        "notice": NOTICE,
        "situation": project.situation.title,
        "as_of": project.situation.as_of.isoformat(),
        "sha256": project.situation.digest,
        "version": f"realpolitik {__version__}",
    }
    return {key: value for key, value in found.items() if value}


def tables(project: Project) -> dict[str, list[list[str]]]:
    """The file of an opened project, all layers merged, as one sheet for each section."""
    from realpolitik.claims.written.findings import Collector  # noqa: PLC0415
    from realpolitik.claims.written.nodes import to_data  # noqa: PLC0415
    from realpolitik.situation.project_files import read_files  # noqa: PLC0415
    from realpolitik.situation.tables import to_tables  # noqa: PLC0415

    data = to_data(read_files(project.path, Collector()).root)
    assert isinstance(data, dict)
    return to_tables(data)


def imported(place: Path) -> str:
    """The text of a situation file from a folder of CSV files or a workbook. Raises `InputRefused` for what is none."""
    from realpolitik.claims.written.nodes import from_data, to_data  # noqa: PLC0415
    from realpolitik.situation.canonical import format_text, text_yaml  # noqa: PLC0415
    from realpolitik.situation.tables import from_tables  # noqa: PLC0415

    sheets = {name: sheet for name, sheet in _read(place).items() if name != ABOUT}
    out = StringIO()
    text_yaml().dump(to_data(from_data(from_tables(sheets))), out)
    return format_text(out.getvalue(), str(place))


def _read(place: Path) -> Mapping[str, list[list[str]]]:
    from realpolitik.report.sheets import read_csv, read_xlsx  # noqa: PLC0415

    try:
        if place.is_dir():
            found = {item.stem: read_csv(_small(item).decode("utf-8")) for item in sorted(place.glob("*.csv"))}
        else:
            found = read_xlsx(_small(place), place.name)
    except (OSError, UnicodeDecodeError) as problem:
        raise InputRefused([Finding("error", f"'{place}' cannot be read: {problem}.")]) from None
    if not found:
        hint = "Give a folder written by 'rpol export --as csv', or a workbook."
        raise InputRefused([Finding("error", f"'{place}' holds no CSV file.", hint=hint)])
    return found


def _small(place: Path) -> bytes:
    """The bytes of a file that is not too large; its size is asked before it is read."""
    size = place.stat().st_size
    if size > LARGEST:
        raise InputRefused([Finding("error", f"'{place}' has {size:,} bytes; at most {LARGEST:,} are read.")])
    return place.read_bytes()


def network(situation: Situation) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Every actor, body, option and factor; who holds, moves, wants and needs what."""
    boxes = [
        *nodes(situation),
        *({"id": key, "name": item.name, "kind": "institution"} for key, item in situation.institutions.items()),
        *({"id": key, "name": item.name, "kind": "option"} for key, item in situation.options.items()),
    ]
    return boxes, list(_edges(situation))


def _edges(situation: Situation) -> Iterator[dict[str, Any]]:
    for line in links(situation, through_options=True):
        yield {**line, "kind": "moves"}
    for key, option in situation.options.items():
        for owner in option.owners:
            yield {"from": owner, "to": key, "kind": "holds", "sign": 0, "label": ""}
    for key, body in situation.institutions.items():
        for member in body.members:
            yield {"from": member, "to": key, "kind": "member", "sign": 0, "label": ""}
    for item in situation.dependencies:
        size = item.share.central
        yield {"from": item.who, "to": item.on, "kind": "needs", "sign": 0, "size": size, "label": item.good}
    for node in nodes(situation):
        for sign, side in ((1, "more"), (-1, "less")):
            for actor in node.get(side, ()):
                yield {"from": node["id"], "to": actor, "kind": "matters", "sign": sign, "label": f"{side} is wanted"}
