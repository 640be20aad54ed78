"""What can go wrong, said so that the reader can mend it.

Every error a user can meet is a `RealpolitikError`; bad input collects `Finding`s (where, what was given, what is
expected, what to do next) and raises them together as one `InputRefused`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal

Severity = Literal["error", "note"]


@dataclass(frozen=True, order=True)
class Position:
    """A place in a file; lines and columns count from 1, 0 means unknown.

    >>> str(Position("strait.yaml", 14, 9))
    'strait.yaml:14:9'
    """

    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part)


@dataclass(frozen=True)
class Finding:
    """One thing found while checking: an error (nothing runs) or a note (it runs, and should be known).

    >>> print(Finding("error", "'tensoin' is no factor.", Position("a.yaml", 14, 9), hint="Did you mean 'tension'?"))
    a.yaml:14:9  error  'tensoin' is no factor.  Did you mean 'tension'?
    """

    severity: Severity
    message: str
    position: Position = field(default_factory=Position)
    hint: str = ""
    code: str = ""

    def __str__(self) -> str:
        parts = (str(self.position), self.severity, self.message, self.hint)
        return "  ".join(part for part in parts if part)


class RealpolitikError(Exception):
    """Anything this package refuses to do, with the reason."""

    exit_code = 2


class InputRefused(RealpolitikError):
    """What was written cannot be used; carries every finding at once."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(item) for item in self.findings))


class ExpressionError(RealpolitikError):
    """An expression cannot be read; `column` counts from 1 within its text."""

    def __init__(self, message: str, column: int = 0, hint: str = "") -> None:
        self.message, self.column, self.hint = message, column, hint
        super().__init__("  ".join(part for part in (message, hint) if part))


class QuestionRefused(RealpolitikError):
    """A number that cannot be computed honestly is refused, with the reason."""

    exit_code = 1


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """Suggest the closest known name, or list what there is when it is short; empty if nothing helps.

    >>> did_you_mean("tensoin", ["tension", "arsenal"])
    "Did you mean 'tension'?"
    """
    names = sorted(set(known))
    lowered = {name.lower(): name for name in names}
    close = get_close_matches(given.lower(), lowered, n=1, cutoff=0.6)
    if close:
        return f"Did you mean '{lowered[close[0]]}'?"
    return f"Known: {', '.join(names)}." if 0 < len(names) <= 12 else ""
