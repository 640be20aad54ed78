"""The ledger of claims: who proposed, accepted, edited or withdrew what, when; nothing acknowledged is ever lost.

`claims-ledger.jsonl` beside claims.yaml. One line a step: the SHA-256 of the record, a blank, the record as JSON. A
step is acknowledged when `append` returns: its line is then on the disk (one write, fsync of file and folder). A
process killed before that leaves at most a torn line, which readers skip and name; the next append starts on a line of
its own. Lines are only added, so several writers lose nothing of each other.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from realpolitik.claims.model import Change
from realpolitik.errors import Finding, InputRefused, Position
from realpolitik.sources.atomic import write_atomically

NAME = "claims-ledger.jsonl"
ACTS = ("proposed", "accepted", "edited", "withdrawn")


@dataclass(frozen=True)
class Step:
    """One step: what was done to `claim`, by whom, when (ISO date or time), and the claim's keys as they then stood."""

    claim: str
    act: str
    by: str
    on: str
    note: str = ""
    keys: Mapping[str, Any] = field(default_factory=dict)

    @property
    def change(self) -> Change:
        """The step as an entry of a claim's history."""
        return Change(self.act, self.by, self.on, self.note)


@dataclass(frozen=True)
class Read:
    """Every whole step in order, and the numbers of lines that were torn or altered."""

    steps: tuple[Step, ...]
    damaged: tuple[int, ...]

    def of(self, claim: str) -> tuple[Step, ...]:
        """The steps of one claim."""
        return tuple(step for step in self.steps if step.claim == claim)


class ClaimsLedger:
    """The ledger in a project's folder; another `name` for steps that are not about claims (proposed changes)."""

    def __init__(self, project: Path | str, name: str = NAME) -> None:
        self.path = Path(project) / name

    def append(self, step: Step) -> None:
        """Add a step; once this returns it is kept, whatever happens.

        Raises InputRefused for a step without claim, author or date, or with an unknown act.
        """
        _check(step, self.path)
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        try:
            line = _line(step)
            lead = b"" if _ends_well(handle) else b"\n"
            _write_all(handle, lead + line)
            os.fsync(handle)
        finally:
            os.close(handle)
        sync_folder(self.path.parent)

    def read(self) -> Read:
        """What the ledger says; nothing where there is none yet."""
        if not self.path.is_file():
            return Read((), ())
        steps, damaged = [], []
        for number, line in enumerate(self.path.read_bytes().split(b"\n"), 1):
            step = _step(line) if line else None
            if step is not None:
                steps.append(step)
            elif line:
                damaged.append(number)
        return Read(tuple(steps), tuple(damaged))


def write_claims(path: Path, text: str) -> None:
    """Put `text` in place of a claims.yaml: the old file or the new one is there, never a part of either.

    Raises InputRefused, and leaves the old file, if the text is no claims file.
    """
    from realpolitik.claims.register_reader import read_register  # noqa: PLC0415
    from realpolitik.claims.written.findings import Collector  # noqa: PLC0415
    from realpolitik.claims.written.yaml_text import read_text  # noqa: PLC0415

    found = Collector()
    read_register(read_text(text, found, str(path)), found)
    found.raise_if_errors()
    write_atomically(path, text.encode("utf-8"))


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder last, where the system lets folders be synchronised."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _check(step: Step, path: Path) -> None:
    missing = [name for name in ("claim", "by", "on") if not getattr(step, name)]
    problems = [f"the step has no '{name}'." for name in missing]
    problems += [] if step.act in ACTS else [f"'{step.act}' is no act: {', '.join(ACTS)}."]
    if problems:
        raise InputRefused([Finding("error", text, Position(str(path)), code="ledger") for text in problems])


def _line(step: Step) -> bytes:
    record = json.dumps(asdict(step), ensure_ascii=False, sort_keys=True).encode()
    return sha256(record).hexdigest().encode() + b" " + record + b"\n"


def _step(line: bytes) -> Step | None:
    digest, _, record = line.partition(b" ")
    if sha256(record).hexdigest().encode() != digest:
        return None
    return Step(**json.loads(record))


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
