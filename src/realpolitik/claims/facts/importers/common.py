"""What every importer needs: a table with checked columns, codes turned into ids, everything wrong said at once."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import NoReturn

from realpolitik.claims.facts.codes import System, id_of, spells
from realpolitik.claims.facts.model import Fact, Metric
from realpolitik.errors import Finding, InputRefused, Position, QuestionRefused

MISSING = frozenset({"", "NA", "-9", "-9.0", "-9.000", ".", "..", "...", "xxx", ". .", "NULL", "NaN"})
LARGEST = 300_000_000
SHOWN = 20


@dataclass(frozen=True)
class Wanted:
    """Which part of a file is wanted: ids of actors (both sides of a pair), years; empty: all."""

    actors: frozenset[str] = frozenset()
    first: int = 0
    last: int = 9999

    def takes(self, year: int, *actors: str) -> bool:
        """True where a row is wanted."""
        return self.first <= year <= self.last and (not self.actors or all(actor in self.actors for actor in actors))


EVERYTHING = Wanted()


@dataclass(frozen=True)
class Imported:
    """The figures of one file with their metrics and citation, and a line on what was left out."""

    facts: tuple[Fact, ...]
    metrics: Mapping[str, Metric]
    source: str
    citation: str
    notes: tuple[str, ...] = ()


@dataclass
class Rows:
    """The rows of one file; problems are collected, and raised together by `done`."""

    name: str
    header: tuple[str, ...]
    lines: Iterable[tuple[int, Sequence[str]]]
    findings: list[Finding] = field(default_factory=list)
    unknown: int = 0

    def __iter__(self) -> Iterator[tuple[int, Mapping[str, str]]]:
        """Line and cells by column; a row that was cut is a problem, a remark of several words alone is none."""
        for line, cells in self.lines:
            if len(cells) >= len(self.header):
                yield line, dict(zip(self.header, cells, strict=False))
            elif len(cells) > 1 or " " not in cells[0].strip():
                self.problem(line, f"the row has {len(cells)} of {len(self.header)} cells.", "Is the file whole?")

    def problem(self, line: int, message: str, hint: str = "") -> None:
        """Add something that keeps the file from being used."""
        self.unknown += 1
        if len(self.findings) < SHOWN:
            self.findings.append(Finding("error", message, Position(self.name, line), hint, "import"))

    def state(self, line: int, code: str, system: System, year: int, *, any_year: bool = False) -> str:
        """The id of a code in a year; "" (and a problem) where it is unknown.

        `any_year`: of files about members of something else than the system of states (the United Nations seated two
        republics before they were states), a code that never changed its bearer is known in every year.
        """
        try:
            return id_of(_whole(code), system, year)
        except QuestionRefused as problem:
            bearers = {item.id for item in spells() if item.system == system and str(item.code) == _whole(code)}
            if any_year and len(bearers) == 1:
                return bearers.pop()
            self.problem(line, str(problem), "If the code is right, the table of codes lacks it: say so to its makers.")
            return ""

    def year(self, line: int, text: str) -> int:
        """A year of four digits; 0 (and a problem) for anything else."""
        whole = _whole(text)
        if whole.isdecimal() and len(whole) == 4:
            return int(whole)
        self.problem(line, f"'{text}' is no year.")
        return 0

    def number(self, line: int, text: str) -> float | None:
        """A number; None where the provider's mark for a missing value stands."""
        plain = text.strip().replace(",", "")
        if plain in MISSING:
            return None
        try:
            found = float(plain)
        except ValueError:
            found = math.inf
        if math.isfinite(found):
            return found
        self.problem(line, f"'{text}' is no number.")
        return None

    def done(self) -> None:
        """Refuse the file if anything was wrong in it.

        Raises:
            InputRefused: with up to 20 findings and how many more there are.
        """
        more = self.unknown - len(self.findings)
        if more > 0:
            self.findings.append(Finding("error", f"{more} more of the same kind.", Position(self.name)))
        if self.findings:
            raise InputRefused(self.findings)


def read_rows(path: Path, needed: Sequence[str], what: str, begins: str = "") -> Rows:
    """The rows of a CSV file that has the `needed` columns; `begins`: the first cell of its header, after a preamble.

    Raises:
        InputRefused: the file cannot be read, or is not the one `what` names.
    """
    text = _text(path, what)
    try:
        reader = list(csv.reader(StringIO(text)))
    except csv.Error as problem:
        _refuse(path, f"it is no table: {problem}.", f"Expected: {what}.")
    at = next((n for n, row in enumerate(reader) if _is_header(row, needed, begins)), None)
    if at is None:
        lacking = [name for name in needed if not reader or name not in [cell.strip() for cell in reader[0]]]
        _refuse(path, f"columns {', '.join(lacking) or begins} are missing.", f"Expected: {what}.")
    assert at is not None
    header = tuple(cell.strip() for cell in reader[at])
    return Rows(path.name, header, [(n + 1, row) for n, row in enumerate(reader) if n > at and any(row)])


def _is_header(row: Sequence[str], needed: Sequence[str], begins: str) -> bool:
    cells = [cell.strip() for cell in row]
    return set(needed) <= set(cells) and (not begins or cells[0] == begins)


def _text(path: Path, what: str) -> str:
    try:
        if path.stat().st_size > LARGEST:
            _refuse(path, f"the file is larger than {LARGEST / 1e6:.0f} MB.", f"Expected: {what}.")
        data = path.read_bytes()
    except OSError as problem:
        _refuse(path, f"cannot be read: {problem.strerror or problem}.", f"Expected: {what}.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _refuse(path: Path, message: str, hint: str) -> NoReturn:
    raise InputRefused([Finding("error", message, Position(str(path)), hint, "import")])


def _whole(text: str) -> str:
    """'731.0' as '731'."""
    plain = str(text).strip()
    return plain[:-2] if plain.endswith(".0") else plain
