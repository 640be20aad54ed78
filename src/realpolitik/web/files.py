"""Changing the user's own situation files: whole or not at all, with what was there kept so that it can be undone."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path

from realpolitik.errors import Finding, InputRefused, Position, QuestionRefused
from realpolitik.situation.reader import Reading, check_situation
from realpolitik.sources.atomic import write_atomically
from realpolitik.web.shelf import Entry, Shelf
from realpolitik.web.texts import TEXTS

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
BESIDE = ("claims.yaml", "facts.yaml", "sources.yaml")
FOLDERS = ("states", "judgements")
KEPT = 50
HISTORY = Path(".rpol") / "history"


def checked(entry: Entry, text: str) -> Reading:
    """What is wrong with a text that would stand in the place of the situation's file? Nothing is written there."""
    with tempfile.TemporaryDirectory(prefix="rpol-check-") as folder:
        here = Path(folder) / entry.file.name
        _beside(entry, Path(folder))
        here.write_text(text, encoding="utf-8", newline="")
        reading = check_situation(Path(folder) if entry.path.is_dir() else here)
    return Reading(reading.situation, reading.claims, tuple(_moved(item, entry) for item in reading.findings))


def _beside(entry: Entry, folder: Path) -> None:
    """The other files of the project, and those it is based on, beside the text that is checked."""
    if entry.path.is_dir():
        for name in FOLDERS:
            if (entry.folder / name).is_dir():
                shutil.copytree(entry.folder / name, folder / name)
    for path in entry.folder.glob("*.yaml"):
        if path.is_file() and (entry.path.is_dir() or path.name in BESIDE or path.stat().st_size < 200_000):
            shutil.copyfile(path, folder / path.name)


def _moved(item: Finding, entry: Entry) -> Finding:
    """A finding with the file's own name."""
    place = item.position
    name = entry.file.name if place.file.endswith(entry.file.name) else place.file.rpartition("/")[2]
    return Finding(item.severity, item.message, Position(name, place.line, place.column), item.hint, item.code)


def read(entry: Entry) -> str:
    """The text of a situation's file. Raises `InputRefused` where it cannot be read."""
    try:
        with entry.file.open(encoding="utf-8", newline="") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as problem:
        raise InputRefused([Finding("error", f"cannot be read: {problem}", Position(entry.file.name))]) from problem


def save(shelf: Shelf, entry: Entry, text: str) -> None:
    """Put `text` in place of the situation's file; what was there can be had back.

    Raises `QuestionRefused` for a situation that is not the user's own.
    """
    if not entry.own:
        raise QuestionRefused(TEXTS["file.readonly"])
    _keep(entry, read(entry))
    write_atomically(entry.file, text.encode("utf-8"))
    shelf.forget(entry.key)


def undo(shelf: Shelf, entry: Entry) -> str:
    """The text before the last save, put back. Raises `QuestionRefused` where there is none."""
    kept = _kept(entry)
    if not entry.own or not kept:
        raise QuestionRefused("There is no earlier text of this file.")
    text = kept[-1].read_text(encoding="utf-8")
    write_atomically(entry.file, kept[-1].read_bytes())
    kept[-1].unlink()
    shelf.forget(entry.key)
    return text


def _history(entry: Entry) -> Path:
    return entry.folder / HISTORY / entry.file.name


def _kept(entry: Entry) -> list[Path]:
    folder = _history(entry)
    return sorted(folder.glob("*.yaml")) if folder.is_dir() else []


def _keep(entry: Entry, text: str) -> None:
    kept = _kept(entry)
    number = int(kept[-1].stem) + 1 if kept else 1
    folder = _history(entry)
    folder.mkdir(parents=True, exist_ok=True)
    write_atomically(folder / f"{number:06d}.yaml", text.encode("utf-8"))
    for path in kept[: max(0, len(kept) + 1 - KEPT)]:
        path.unlink(missing_ok=True)


def copy(shelf: Shelf, entry: Entry, name: str, text: str | None = None) -> str:
    """A copy of the situation as a project folder of the user's own; its key.

    Raises `QuestionRefused` for a name that is none, or is taken. The folder appears whole or not at all.
    """
    if not NAME.fullmatch(name):
        raise QuestionRefused("A name has small letters, digits and hyphens, for example 'my-case'.")
    target = shelf.folder / name
    if target.exists() or name in shelf.entries():
        raise QuestionRefused(f"'{name}' is taken; choose another name.")
    temporary = Path(tempfile.mkdtemp(dir=shelf.folder, prefix=f".{name}."))
    try:
        _copied(entry, temporary, read(entry) if text is None else text)
        temporary.chmod(0o755)
        os.rename(temporary, target)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    return name


def _copied(entry: Entry, folder: Path, text: str) -> None:
    for name in BESIDE if entry.path.is_dir() else ("claims.yaml",):
        if (entry.folder / name).is_file():
            shutil.copyfile(entry.folder / name, folder / name)
    for name in FOLDERS if entry.path.is_dir() else ():
        if (entry.folder / name).is_dir():
            shutil.copytree(entry.folder / name, folder / name)
    (folder / "situation.yaml").write_text(text, encoding="utf-8", newline="")
