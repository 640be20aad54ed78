"""`rpol sources verify`: do kept documents and anchors still say what they said? Looks, and changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from realpolitik.claims.documents import Checked, Copy, Source, check_all, copies, read_folder, read_sources_file
from realpolitik.claims.register import Register
from realpolitik.claims.register_reader import read_register_file
from realpolitik.errors import InputRefused, QuestionRefused
from realpolitik.sources.anchors import Status
from realpolitik.sources.snapshot import SnapshotFolder

STATUSES = (Status.FOUND, Status.MOVED, Status.AMBIGUOUS, Status.LOST)


@dataclass(frozen=True)
class SourcesReport:
    """What became of kept documents (`changed`: one line each) and of every anchor in the documents at hand."""

    kept: int
    changed: tuple[str, ...]
    sources: Mapping[str, Source]
    copies: Mapping[str, Copy]
    anchors: tuple[Checked, ...]
    elsewhere: int
    unread: tuple[str, ...] = ()

    @property
    def is_clean(self) -> bool:
        """True where no document changed and every anchor looked for was found in place."""
        return not self.changed and all(item.report.status is Status.FOUND for item in self.anchors)

    @property
    def problems(self) -> tuple[str, ...]:
        """One line for each document changed or not readable and for each anchor not in place."""
        loose = (item for item in self.anchors if item.report.status is not Status.FOUND)
        return (*self.changed, *self.unread, *(_anchor_line(item) for item in loose))

    @property
    def lines(self) -> tuple[str, ...]:
        """The counts, for readers."""
        lines = [f"{self.kept} documents kept, {len(self.changed)} changed."]
        for name, source in self.sources.items():
            copy = self.copies.get(name)
            where = f"'{copy.document.name}' ({copy.recognised})" if copy else "no copy at hand"
            lines.append(f"{name}: {source.kind or 'document'} of {source.date or 'unknown date'}: {where}")
        counts = Counter(item.report.status for item in self.anchors)
        if self.anchors:
            told = ", ".join(f"{counts[status]} {status}" for status in STATUSES)
            lines.append(f"{len(self.anchors)} anchors looked for: {told}.")
        if self.elsewhere:
            lines.append(f"{self.elsewhere} anchors stand in documents that are not at hand (--documents FOLDER).")
        return tuple(lines)

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "kept": self.kept,
            "changed": list(self.changed),
            "documents": {name: copy.recognised for name, copy in self.copies.items()},
            "anchors": [
                {
                    "claim": item.claim,
                    "document": item.place.document,
                    "status": str(item.report.status),
                    "places": [list(place) for place in item.report.places],
                    "note": item.report.note,
                }
                for item in self.anchors
            ],
            "not_at_hand": self.elsewhere,
            "unread": list(self.unread),
        }


def verify_sources(folder: Path, documents: Path | None = None) -> SourcesReport:
    """Check the snapshots of a project and the anchors of its claims, in them and in the folder `documents`.

    Raises `QuestionRefused` if that folder does not exist, `InputRefused` with what is wrong in the project's files.
    """
    if documents is not None and not documents.is_dir():
        raise QuestionRefused(f"'{documents}' is no folder.  Give the folder with your copies of the documents.")
    folder = folder if folder.is_dir() else folder.parent
    store = SnapshotFolder(folder)
    problems, kept = store.verify(), list(store)
    sources = read_sources_file(folder / "sources.yaml")
    register = _claims(folder) if sources else Register()
    read, unread = read_folder(documents) if documents else ([], [])
    damaged = {item.sha256 for item in problems}
    intact = [store.get(item.sha256) for item in kept if item.sha256 not in damaged]
    at_hand = copies(sources, register.claims, [*intact, *read])
    found = check_all(register.claims, at_hand)
    places = sum(len(claim.places) for claim in register.claims.values())
    changed = tuple(item.message for item in problems)
    return SourcesReport(len(kept), changed, sources, at_hand, found, places - len(found), tuple(unread))


def _claims(folder: Path) -> Register:
    """The claims, even where their hedges are words only the situation explains: anchors do not depend on them."""
    try:
        return read_register_file(folder / "claims.yaml")
    except InputRefused:
        from realpolitik.situation.reader import check_situation  # noqa: PLC0415

        reading = check_situation(folder)
        if reading.situation is None:
            raise
        return read_register_file(folder / "claims.yaml", reading.claims)


def _anchor_line(item: Checked) -> str:
    where = item.place.words
    to = "; ".join(f"characters {start}-{end}" for start, end in item.report.places)
    return (
        f"{item.claim}: {item.report.status} ({where})" + (f", stands at {to}" if to else "") + f"  {item.report.note}"
    )
