"""Everything found wrong while a situation is read, kept until all of it is known, then raised at once."""

from __future__ import annotations

from collections.abc import Iterable

from realpolitik.errors import ExpressionError, Finding, InputRefused, Position

STRUCTURE = ("alias", "tag", "cut", "key text")


class Collector:
    """Collects findings; reading goes on after an error so that one run names them all.

    A line whose structure is broken is reported for that alone: what follows from it would mislead.

    >>> found = Collector()
    >>> found.note("'arsenal' is used nowhere.", Position("a.yaml", 9, 3))
    >>> found.raise_if_errors()
    >>> found.error("'tensoin' is unknown.", Position("a.yaml", 4, 2), "Did you mean 'tension'?")
    >>> print(*found.sorted(), sep="\\n")
    a.yaml:4:2  error  'tensoin' is unknown.  Did you mean 'tension'?
    a.yaml:9:3  note  'arsenal' is used nowhere.
    """

    def __init__(self) -> None:
        self.findings: dict[Finding, None] = {}
        self._broken: set[tuple[str, int]] = set()

    def error(self, message: str, position: Position, hint: str = "", code: str = "") -> None:
        """Add something that keeps the file from being used."""
        self.add(Finding("error", message, position, hint, code))

    def note(self, message: str, position: Position, hint: str = "", code: str = "") -> None:
        """Add something the author should know; the file can be used."""
        self.add(Finding("note", message, position, hint, code))

    def expression(self, error: ExpressionError, position: Position, code: str = "") -> None:
        """Add an unreadable expression, `position` being where the error's own column points."""
        self.error(error.message, position, error.hint, code or "expression")

    def add(self, finding: Finding) -> None:
        """Add a finding once; the same message at the same place says nothing new."""
        line = (finding.position.file, finding.position.line)
        if finding.code in STRUCTURE:
            self._broken.add(line)
        elif line in self._broken:
            return
        self.findings.setdefault(finding)

    def extend(self, findings: Iterable[Finding]) -> None:
        """Add several findings."""
        for finding in findings:
            self.add(finding)

    @property
    def has_errors(self) -> bool:
        """True where at least one finding is an error."""
        return any(item.severity == "error" for item in self.findings)

    def sorted(self) -> tuple[Finding, ...]:
        """Findings in file order (file, line, column), errors before notes at the same place."""
        return tuple(sorted(self.findings, key=lambda item: (item.position, item.severity, item.message)))

    def raise_if_errors(self) -> None:
        """Refuse the input where there are errors.

        Raises:
            InputRefused: with every finding, notes included.
        """
        if self.has_errors:
            raise InputRefused(self.sorted())
