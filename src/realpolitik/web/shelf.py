"""Which situations there are: those in the folder the workbench was started in, and the bundled ones; opened once each.

A visitor names a situation by its key; keys come from this list alone, so no request can name a path.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from realpolitik.errors import QuestionRefused, did_you_mean
from realpolitik.project.locate import BUNDLED, bundled
from realpolitik.project.project import open_project
from realpolitik.situation.evidence import Evidence, read_evidence
from realpolitik.web.desk import Desk

MAIN = "situation.yaml"
HEAD = "situation:"


@dataclass(frozen=True)
class Entry:
    """One situation: `path` as it is opened, `file` its main file; only an own one can be saved."""

    key: str
    path: Path
    own: bool

    @property
    def file(self) -> Path:
        """The situation file itself."""
        return self.path / MAIN if self.path.is_dir() else self.path

    @property
    def folder(self) -> Path:
        """Where its claims and other files are."""
        return self.file.parent


@dataclass(eq=False)
class Shelf:
    """The situations of `folder`; `first` (given at the start) is always among them. `documents`: the user's own."""

    folder: Path
    first: Path | None = None
    documents: Path | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    desks: dict[str, Desk] = field(default_factory=dict)
    guard: threading.Lock = field(default_factory=threading.Lock)

    def entries(self) -> dict[str, Entry]:
        """Every situation by key; the user's own before bundled ones, the one given at the start first."""
        found: dict[str, Entry] = {}
        for path in ([self.first] if self.first else []) + _inside(self.folder):
            own = not path.resolve().is_relative_to(BUNDLED.resolve())
            _add(found, Entry(path.name if path.is_dir() else path.stem, path.resolve(), own))
        for name in bundled():
            _add(found, Entry(name, (BUNDLED / name).resolve(), own=False))
        return found

    def entry(self, key: str) -> Entry:
        """The situation of a key. Raises `QuestionRefused` for one that is not on the shelf."""
        entries = self.entries()
        if key not in entries:
            raise QuestionRefused(f"There is no situation '{key[:60]}' here. {did_you_mean(key[:60], entries)}".strip())
        return entries[key]

    def desk(self, key: str) -> Desk:
        """The opened situation. Raises `InputRefused` with every finding where its file has errors."""
        entry = self.entry(key)
        with self.guard:
            if key not in self.desks:
                self.desks[key] = Desk(open_project(entry.path, cache=False, **self.settings))
            return self.desks[key]

    def evidence(self, key: str) -> Evidence:
        """What stands behind a situation, read anew: claims and the ledger may have changed."""
        project = self.desk(key).project
        return read_evidence(project.situation, project.claims, self.entry(key).folder, self.documents)

    def forget(self, key: str) -> None:
        """The file has changed: open it anew when it is next asked for."""
        with self.guard:
            self.desks.pop(key, None)


def _add(found: dict[str, Entry], entry: Entry) -> None:
    if all(entry.path != other.path for other in found.values()):
        found.setdefault(entry.key, entry)


def _inside(folder: Path) -> list[Path]:
    """Project folders, and single files that begin as a situation does."""
    if not folder.is_dir():
        return []
    inside = sorted(folder.iterdir())
    folders = [path for path in inside if path.is_dir() and not path.name.startswith(".") and (path / MAIN).is_file()]
    files = [path for path in inside if path.suffix in (".yaml", ".yml") and path.is_file() and _is_situation(path)]
    return folders + files


def _is_situation(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return any(line.startswith(HEAD) for line in file.readlines(20_000))
    except OSError:
        return False
