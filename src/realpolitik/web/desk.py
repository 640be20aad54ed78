"""One situation on the desk: its project, and the runs that answers are compared with ("before")."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from realpolitik.compiled.contrasts import largest_single_gains
from realpolitik.compiled.ensemble import Settings
from realpolitik.compiled.model import Model
from realpolitik.dynamics.engine import Floating, RunCancelledError, native_available
from realpolitik.dynamics.tables import Draws
from realpolitik.errors import QuestionRefused
from realpolitik.project.project import Project
from realpolitik.project.whatif import BASE, State, WhatIf

Stage = Literal["coarse", "refined"]
DRAWS: dict[Stage, int] = {"coarse": 64, "refined": 512}
KEPT = 4
OFFERED = (64, 256, 1024)


@dataclass(eq=False)
class Desk:
    """A project with its base ensembles; `measured`: the yardsticks of the third way of comparing losses are known."""

    project: Project
    bases: dict[tuple[Stage, int], WhatIf] = field(default_factory=dict)
    kept: dict[tuple[Stage, int, State], WhatIf] = field(default_factory=dict)
    scales: dict[str, object] = field(default_factory=dict)
    guard: threading.RLock = field(default_factory=threading.RLock)
    measuring: bool = False
    measured: bool = False
    quicks: dict[int, Project] = field(default_factory=dict)
    listening: threading.local = field(default_factory=threading.local)

    @property
    def model(self) -> Model:
        """The compiled situation."""
        return self.project.model

    def quick(self, draws: int) -> Project:
        """The project on some draws, for questions of many runs; a job that `heeds` a cancel stops between its runs.

        Raises `QuestionRefused` for a number that is not offered.
        """
        if draws not in OFFERED:
            raise QuestionRefused(f"'draws' is one of {', '.join(map(str, OFFERED))}.")
        with self.guard:
            if draws not in self.quicks:
                made = self.quicks[draws] = self.project.at(draws=draws)
                made.store, made.progress, made._ensembles = None, self._tick, {}
            return self.quicks[draws]

    @contextmanager
    def heeding(self, cancel: threading.Event) -> Iterator[None]:
        """Let what this thread runs on a quick project be stopped."""
        self.listening.cancel = cancel
        try:
            yield
        finally:
            del self.listening.cancel

    def _tick(self, *_: Any) -> None:
        cancel: threading.Event | None = getattr(self.listening, "cancel", None)
        if cancel is not None and cancel.is_set():
            raise RunCancelledError("The question was stopped.")

    def base(self, stage: Stage, depth: int = 0) -> WhatIf:
        """The situation as it is written."""
        with self.guard:
            if (stage, depth) not in self.bases:
                self.bases[stage, depth] = self._ensemble(stage, depth, BASE, None)
            return self.bases[stage, depth]

    def at(self, stage: Stage, state: State, depth: int = 0, cancel: threading.Event | None = None) -> WhatIf:
        """The situation as changed; the last few states keep their runs."""
        base = self.base(stage, depth)
        if state.is_base:
            return base
        with self.guard:
            key = (stage, depth, state)
            found = self.kept.pop(key, None) or self._ensemble(stage, depth, state, self._draws(base))
            self.kept[key] = found
            while len(self.kept) > KEPT:
                del self.kept[next(iter(self.kept))]
        return found if cancel is None else replace(found, cancel=cancel)

    def _draws(self, base: WhatIf) -> Draws:
        if base.base is None:
            base.base = base.model.draws(0, base.settings.draws, seed=base.settings.seed)
        return base.base

    def _ensemble(self, stage: Stage, depth: int, state: State, draws: Draws | None) -> WhatIf:
        given = self.project.settings
        threads = 1 if stage == "coarse" else 0
        settings = Settings(DRAWS[stage], depth=depth, seed=given.seed, kernel=given.kernel, threads=threads)
        made = WhatIf(
            self.model, settings, state=state, base=draws, thin=True, floating=self._floating(stage)
        )  # fmt: skip
        made.known_scales = self.scales  # type: ignore[assignment]
        if draws is None:
            self._draws(made)
        return made

    def _floating(self, stage: Stage) -> Floating:
        """Coarse answers in single precision, where the compiled kernel is at hand."""
        quick = stage == "coarse" and self.project.settings.kernel in ("auto", "native") and native_available()
        return "float32" if quick else "float64"

    def measure(self) -> bool:
        """Learn the yardsticks of the scaling by range: the largest gain of each option held alone, per actor.

        True for the one call that learnt them; any other returns at once.
        """
        with self.guard:
            if self.measuring:
                return False
            self.measuring = True
        for years in (None, *(item.years for item in self.project.situation.answers)):
            largest_single_gains(self.base("refined"), years)
        self.measured = True
        return True
