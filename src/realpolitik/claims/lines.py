"""Files that only grow: one record a line, each with its own digest; nothing acknowledged is ever lost.

A line is the SHA-256 of the record, a blank, the record as JSON. A record is acknowledged when `append_record` returns:
its line is then on the disk (one write, fsync of file and folder). A process killed before that leaves at most a torn
line, which readers skip and name; the next append starts on a line of its own. Lines are only added, so several writers
lose nothing of each other.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from realpolitik.sources.atomic import sync_folder


def append_record(path: Path, record: Mapping[str, Any]) -> None:
    """Add a record; once this returns it is kept, whatever happens."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        lead = b"" if _ends_well(handle) else b"\n"
        _write_all(handle, lead + _line(record))
        os.fsync(handle)
    finally:
        os.close(handle)
    sync_folder(path.parent)


def read_records(
    path: Path, fits: Callable[[Mapping[str, Any]], bool] = lambda record: True
) -> tuple[tuple[dict[str, Any], ...], tuple[int, ...]]:
    """Every whole record in order, and the numbers of lines that were torn or altered; nothing without a file.

    `fits`: whether a record is one of this ledger's; others count as altered. KeyError and TypeError mean no.
    """
    if not path.is_file():
        return (), ()
    records, damaged = [], []
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        record = _record(line) if line else None
        if record is not None and _fits(fits, record):
            records.append(record)
        elif line:
            damaged.append(number)
    return tuple(records), tuple(damaged)


def _line(record: Mapping[str, Any]) -> bytes:
    text = json.dumps(record, ensure_ascii=False, sort_keys=True).encode()
    return sha256(text).hexdigest().encode() + b" " + text + b"\n"


def _record(line: bytes) -> dict[str, Any] | None:
    digest, _, text = line.partition(b" ")
    if sha256(text).hexdigest().encode() != digest:
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _fits(fits: Callable[[Mapping[str, Any]], bool], record: Mapping[str, Any]) -> bool:
    try:
        return fits(record)
    except (KeyError, TypeError):
        return False


def _ends_well(handle: int) -> bool:
    """True where the file is empty or ends with a line end."""
    size = os.lseek(handle, 0, os.SEEK_END)
    if size == 0:
        return True
    os.lseek(handle, size - 1, os.SEEK_SET)
    return os.read(handle, 1) == b"\n"


def _write_all(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]
