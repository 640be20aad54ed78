"""Finished runs on disk, so that an interrupted or repeated command goes on where it was.

Each run of the engine is one file under its content key, written whole or not at all (temporary file, fsync, rename). A
file that cannot be read is as good as none: the run is made again, and its bytes are the same. The store keeps itself
under a size by dropping what was used least recently.
"""

from __future__ import annotations

import contextlib
import os
import zipfile
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from realpolitik.dynamics.tables import Paths
from realpolitik.sources.atomic import atomic

LARGEST = 1_500_000_000


def default_folder() -> Path:
    """The user's cache folder for runs (`REALPOLITIK_CACHE`, else the platform's cache)."""
    chosen = os.environ.get("REALPOLITIK_CACHE")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or str(Path.home() / ".cache")
    return Path(base) / "realpolitik"


@dataclass(frozen=True)
class FileStore:
    """Runs as .npz files in `folder`; a folder that cannot be written keeps nothing and says nothing."""

    folder: Path
    largest: int = LARGEST

    def load(self, key: str) -> Paths | None:
        """The run kept under `key`, or None (also if its file is damaged)."""
        path = self.folder / f"{key}.npz"
        try:
            with np.load(path, allow_pickle=False) as kept:
                paths = Paths(**{item.name: kept[item.name] for item in fields(Paths)})
            os.utime(path)
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None
        return paths

    def save(self, key: str, paths: Paths) -> None:
        """Keep a run."""
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            with atomic(self.folder / f"{key}.npz") as temporary, temporary.open("wb") as file:
                np.savez(file, **{item.name: getattr(paths, item.name) for item in fields(Paths)})
                file.flush()
                os.fsync(file.fileno())
            self._prune()

    def _prune(self) -> None:
        kept = [(path.stat().st_mtime, path.stat().st_size, path) for path in self.folder.glob("*.npz")]
        total = sum(size for _, size, _ in kept)
        for _, size, path in sorted(kept):
            if total <= self.largest:
                return
            path.unlink(missing_ok=True)
            total -= size
