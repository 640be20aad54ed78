"""Progress on the error stream for work of more than two seconds, with the time left."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from realpolitik.language.sentences import seconds

QUIET = 2.0
FEWEST, SHARE = 3, 5
"""The time left is told once three steps and a fifth of all are done: steps are too unlike to go by the first."""


class Progress:
    """Tells what is being done, how far it is and about how long it will still take; silent for the first two seconds.

    On a terminal one line is rewritten; elsewhere a line is written at most every ten seconds.
    """

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.last = self.began
        self.shown = False

    def __enter__(self) -> Progress:
        return self

    def told(self, text: str, done: int, total: int) -> None:
        """Work on `text` begins, `done` of `total` being finished."""
        now = time.monotonic()
        spent = now - self.began
        if spent < QUIET:
            return
        known = done >= FEWEST and done * SHARE >= total
        left = f", about {seconds(spent / done * (total - done))} left" if known else ""
        self._write(f"[{done + 1}/{total}] {text[:60]} ({seconds(spent)}{left})", now)

    def _write(self, line: str, now: float) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\x1b[2K{line}")
            self.shown = True
        elif now - self.last >= 10 or not self.shown:
            sys.stderr.write(f"{line}\n")
            self.shown, self.last = True, now
        sys.stderr.flush()

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.shown and sys.stderr.isatty():
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
