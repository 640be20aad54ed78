"""The ledger of claims: who proposed, accepted, edited or withdrew what, when; nothing acknowledged is ever lost.

`claims-ledger.jsonl` beside claims.yaml: one record a step, only ever added to (see `claims.lines`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from realpolitik.claims.lines import append_record, read_records
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
        append_record(self.path, asdict(step))

    def read(self) -> Read:
        """What the ledger says; nothing where there is none yet."""
        records, damaged = read_records(self.path, _is_step)
        return Read(tuple(Step(**record) for record in records), damaged)


def _is_step(record: Mapping[str, Any]) -> bool:
    """Whether a record can be a step of this ledger, whoever wrote it there."""
    texts = (record["claim"], record["act"], record["by"], record["on"], record.get("note", ""))
    known = set(record) <= set(Step.__dataclass_fields__)
    return known and all(isinstance(text, str) for text in texts) and isinstance(record.get("keys", {}), Mapping)


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


def _check(step: Step, path: Path) -> None:
    missing = [name for name in ("claim", "by", "on") if not getattr(step, name)]
    problems = [f"the step has no '{name}'." for name in missing]
    problems += [] if step.act in ACTS else [f"'{step.act}' is no act: {', '.join(ACTS)}."]
    if problems:
        raise InputRefused([Finding("error", text, Position(str(path)), code="ledger") for text in problems])
