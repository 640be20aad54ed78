"""Keeping documents as they were read: a folder each, named by the hash of its bytes, written atomically."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from realpolitik.errors import Finding, InputRefused, Position
from realpolitik.sources.atomic import write_atomically
from realpolitik.sources.document import Document
from realpolitik.sources.reading import refuse

DIGEST = re.compile(r"[0-9a-f]{64}")
FORMAT = 1


class Snapshots(Protocol):
    """Where snapshots live; a project may keep them in files, a database, or memory."""

    def add(self, document: Document, data: bytes) -> Snapshot:
        """Keep a document; adding the same bytes twice changes nothing."""

    def get(self, digest: str) -> Document:
        """The document whose bytes have this SHA-256 (or the only one that starts with it)."""

    def __iter__(self) -> Iterator[Snapshot]:
        """All snapshots, ordered by name and hash."""


@dataclass(frozen=True, order=True)
class Snapshot:
    """One kept document: the name it had, the hash of its bytes and of its canonical text."""

    name: str
    sha256: str
    text_sha256: str
    media_type: str
    characters: int


@dataclass(frozen=True)
class SnapshotProblem:
    """What is wrong with a kept document."""

    sha256: str
    message: str


class SnapshotFolder:
    """Snapshots in `PROJECT/sources/`: `HASH/original`, `HASH/text` (UTF-8) and `HASH/snapshot.json`.

    Nothing a document says, its name included, becomes part of a path.
    """

    def __init__(self, project: Path | str) -> None:
        self.root = Path(project) / "sources"

    def add(self, document: Document, data: bytes) -> Snapshot:
        """Keep `document` and the bytes it was read from; the same bytes twice are one snapshot.

        Raises InputRefused if the bytes are not the document's, or the folder is a link to elsewhere.
        """
        if sha256(data).hexdigest() != document.sha256:
            raise refuse(document.name, "The bytes are not those the document was read from.", "Read the file again.")
        folder = self._folder(document.sha256)
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / "original", data)
        write_atomically(folder / "text", document.text.encode("utf-8", "surrogatepass"))
        record = {
            "format": FORMAT,
            "name": plain_name(document.name),
            "sha256": document.sha256,
            "text_sha256": document.canonical.digest,
            "media_type": document.media_type,
            "characters": len(document.text),
            "metadata": dict(document.metadata),
            "notes": list(document.notes),
        }
        write_atomically(folder / "snapshot.json", json.dumps(record, ensure_ascii=False, indent=1).encode())
        return _snapshot(record)

    def get(self, digest: str) -> Document:
        """The document kept under this hash, or under the only one that starts with it (8 digits or more).

        Raises InputRefused when there is none, or more than one.
        """
        known = [item.sha256 for item in self if item.sha256.startswith(digest)]
        if len(known) != 1 or len(digest) < 8:
            message = (
                f"'{digest[:70]}' names {len(known)} kept documents." if len(digest) >= 8 else "The hash is too short."
            )
            raise InputRefused(
                [Finding("error", message, Position(str(self.root)), "Give the SHA-256 of one of them.")]
            )
        folder = self._folder(known[0])
        record = json.loads((folder / "snapshot.json").read_text(encoding="utf-8"))
        text = (folder / "text").read_bytes().decode("utf-8", "surrogatepass")
        notes = tuple(record["notes"])
        return Document(record["name"], text, record["sha256"], record["media_type"], record["metadata"], notes)

    def original(self, digest: str) -> bytes:
        """The bytes kept under this full hash. Raises InputRefused where they cannot be read."""
        path = self._folder(digest) / "original"
        try:
            return path.read_bytes()
        except OSError as problem:
            raise refuse(str(path), f"The kept bytes cannot be read: {problem}.", "Add the document again.") from None

    def __iter__(self) -> Iterator[Snapshot]:
        self._refuse_links()
        found = self.root.glob("*/snapshot.json") if self.root.is_dir() else ()
        records = (json.loads(path.read_text(encoding="utf-8")) for path in found if DIGEST.fullmatch(path.parent.name))
        return iter(sorted(_snapshot(record) for record in records))

    def verify(self) -> tuple[SnapshotProblem, ...]:
        """Which kept documents no longer are what was kept? Empty when all have their hashes."""
        return tuple(problem for item in self for problem in self._check(item))

    def _check(self, item: Snapshot) -> Iterator[SnapshotProblem]:
        try:
            data = (self._folder(item.sha256) / "original").read_bytes()
            text = self.get(item.sha256).canonical.digest
        except (OSError, ValueError) as problem:
            yield SnapshotProblem(item.sha256, f"{item.name}: cannot be read: {problem}.")
            return
        if sha256(data).hexdigest() != item.sha256:
            yield SnapshotProblem(item.sha256, f"{item.name}: the kept bytes have changed.")
        if text != item.text_sha256:
            yield SnapshotProblem(item.sha256, f"{item.name}: the kept text has changed.")

    def _folder(self, digest: str) -> Path:
        self._refuse_links()
        if not DIGEST.fullmatch(digest):
            raise refuse(digest[:70], "This is no SHA-256.", "Give 64 hexadecimal digits.")
        folder = self.root / digest
        if folder.is_symlink():
            raise refuse(str(folder), "This folder is a link to elsewhere.", "Remove the link.")
        return folder

    def _refuse_links(self) -> None:
        if self.root.is_symlink():
            raise refuse(str(self.root), "This folder is a link to elsewhere.", "Remove the link.")


def plain_name(name: str) -> str:
    """The file's own name as plain text: no folders, no control characters, at most 120 characters.

    >>> plain_name("../../etc/pass\\u202ewd")
    'passwd'
    """
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(char for char in last if char.isprintable()).strip(". ")
    return kept[:120] or "document"


def _snapshot(record: dict[str, object]) -> Snapshot:
    size = record["characters"]
    name, digest, text, kind = (str(record[key]) for key in ("name", "sha256", "text_sha256", "media_type"))
    return Snapshot(name, digest, text, kind, size if isinstance(size, int) else 0)
