"""Collects what is wrong with a file, so that everything is said at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from realpolitik.conflicts.located import Node
from realpolitik.errors import Finding, InputRefused, did_you_mean

MAX_FINDINGS = 100


class Findings:
    """Errors and notes so far; `stop` raises if there is any error."""

    def __init__(self) -> None:
        self.found: list[Finding] = []

    def error(self, node: Node, message: str, hint: str = "") -> None:
        """Nothing will run."""
        self._add(Finding("error", message, node.at, hint))

    def note(self, node: Node, message: str, hint: str = "") -> None:
        """It runs, and should be known."""
        self._add(Finding("note", message, node.at, hint))

    def _add(self, finding: Finding) -> None:
        if len(self.found) < MAX_FINDINGS and finding not in self.found:
            self.found.append(finding)

    def stop(self) -> None:
        """Raise InputRefused with all errors so far, if any."""
        errors = [f for f in self.found if f.severity == "error"]
        if errors:
            raise InputRefused(errors)

    def notes(self) -> tuple[Finding, ...]:
        """Only the notes."""
        return tuple(f for f in self.found if f.severity == "note")

    def index(self, node: Node, known: Sequence[str], what: str) -> int | None:
        """Which of the known names is this? Reports an unknown one."""
        name = node.text
        if name is None:
            self.error(node, f"Expected {what}, found {node.kind()}.")
        elif name in known:
            return known.index(name)
        else:
            self.error(node, f"'{name}' is no {what}.", did_you_mean(name, known))
        return None

    def mapping(self, node: Node, what: str) -> dict[str, Node]:
        """The members of an object; reports anything else."""
        if not isinstance(node.value, dict):
            self.error(node, f"Expected {what} as an object, found {node.kind()}.")
        return node.fields

    def sequence(self, node: Node, what: str) -> list[Node]:
        """The elements of a list; reports anything else."""
        if not isinstance(node.value, list):
            self.error(node, f"Expected {what} as a list, found {node.kind()}.")
        return node.items


def listed(names: Iterable[str], most: int = 8) -> str:
    """Names for a message, cut after a few.

    >>> listed(["1", "2"])
    '1, 2'
    """
    shown = list(names)
    more = f" and {len(shown) - most} more" if len(shown) > most else ""
    return ", ".join(shown[:most]) + more
