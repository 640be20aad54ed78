"""How do the weights of others' options change along a path: replies on their way, promises as their triggers near."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from realpolitik.dynamics.batched.layout import Floats
from realpolitik.dynamics.batched.model import Model
from realpolitik.dynamics.batched.moment import Flags


@dataclass(frozen=True, eq=False)
class Answers:
    """Of some columns: weights at the start, where they go, in how many periods; promises that count, their odds."""

    start: Floats  # (S, n)
    goal: Floats  # (S, n)
    periods: Floats  # (S, n)
    counts: Flags  # (C, n)
    likelihood: Floats  # (C, n)

    def part(self, columns: slice) -> Answers:
        """The same of some of the columns."""
        return Answers(*(getattr(self, item.name)[:, columns] for item in fields(self)))

    @staticmethod
    def joined(parts: list[Answers]) -> Answers:
        """Of the columns of several, one after another."""
        return Answers(*(np.concatenate([getattr(p, f.name) for p in parts], axis=1) for f in fields(Answers)))


class Course:
    """The weights of slots at each step of the paths of a batch."""

    def __init__(self, model: Model, answers: Answers) -> None:
        self.model, self.answers = model, answers
        self.gap = answers.goal - answers.start
        self.promises = np.flatnonzero(answers.counts.any(axis=1))
        self.highest = np.zeros((len(self.promises), answers.start.shape[1]))

    def __call__(self, step: int, registers: Floats) -> Floats:
        """Weights (slot, column) of a step, given the terms of the step before."""
        weights = np.minimum(1.0, step / self.answers.periods)
        weights *= self.gap
        weights += self.answers.start
        for place, promise in enumerate(self.promises):
            self._promise(place, int(promise), registers, weights)
        return np.asarray(weights)

    def _promise(self, place: int, promise: int, registers: Floats, weights: Floats) -> None:
        """Let one promise act as likely as it is to be called by now."""
        model, tables = self.model, self.model.tables
        trigger = registers[model.path.layout.node[tables.promise_node[promise]]]
        np.maximum(self.highest[place], trigger, out=self.highest[place])
        share = self.answers.counts[promise] * self.answers.likelihood[promise] * self.highest[place]
        slots = model.slots(int(tables.promise_option[promise]))
        promised = (model.slot_level[slots, None] == tables.promise_level[promise]).astype(np.float64)
        weights[slots] = (1.0 - share) * weights[slots] + share * promised
