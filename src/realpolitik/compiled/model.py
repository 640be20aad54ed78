"""The compiled situation: structure, inputs, combinations and names, ready to draw from and to run."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from realpolitik.compiled.calendar import Calendar
from realpolitik.compiled.combinations import Combination, Union
from realpolitik.compiled.inputs import Columns, Input, Values
from realpolitik.compiled.sampling import Sampler, sample
from realpolitik.compiled.terms import TermCompiler
from realpolitik.dynamics.tables import Draws, Tables
from realpolitik.situation.model import Situation


@dataclass(frozen=True, eq=False)
class Model:
    """What `compile` makes of a situation; read-only.

    `tables` is the structure, `columns` where each input goes, `union` the base situation and all
    readings of its hypotheses, `inputs` every uncertain number by name.
    """

    situation: Situation
    tables: Tables
    columns: Columns
    union: Union
    calendar: Calendar
    terms: TermCompiler
    counts: Mapping[str, int]
    inputs: Mapping[str, Input]

    @property
    def combos(self) -> tuple[Combination, ...]:
        """The combinations of hypotheses."""
        return self.union.combos

    @property
    def digest(self) -> str:
        """SHA-256 of the tables and of every input: two models with one digest answer alike."""
        state = hashlib.sha256()
        for name, value in vars(self.tables).items():
            state.update(name.encode())
            state.update(value.tobytes() if isinstance(value, np.ndarray) else repr(value).encode())
        for item in self.inputs.values():
            state.update(f"{item.name}|{item.quantity}|{item.mask.tolist()}".encode())
        for combo in self.combos:
            state.update(f"{combo.label}|{combo.weight!r}".encode())
        return state.hexdigest()

    def draws(
        self,
        first: int,
        last: int,
        *,
        seed: int,
        replicas: int = 1,
        total: int = 0,
        moved: Mapping[str, Values] | None = None,
        combos: Sequence[int] | None = None,
    ) -> Draws:
        """Draws `first` to before `last` in every combination (rows: combination, draw, replica).

        `moved` replaces the normal score of named inputs (draw,). `combos` keeps some combinations, their weights
        scaled to sum to 1.
        """
        sampler = Sampler(seed, np.arange(first, last, dtype=np.int64), self.situation.credences, dict(moved or {}))
        made = sample(self.columns, self.combos, sampler, counts=self.counts, replicas=replicas, total=total)
        return made if combos is None else keep_combinations(made, combos)

    def central(self) -> Draws:
        """One row for each combination with every input at its median and every link there (credence aside)."""
        moved = {name: np.zeros(1) for name in self.inputs}
        exists = {name: np.full(1, 0.0) for name in existence_names(self)}
        sampler = Sampler(0, np.zeros(1, np.int64), self.situation.credences, {**moved, **exists})
        return sample(self.columns, self.combos, sampler, counts=self.counts)


def existence_names(model: Model) -> tuple[str, ...]:
    """The names of the sequences that decide whether hedged links exist."""
    credences = model.situation.credences
    groups = {
        tuple(sorted(claim for claim in fill.claims if claim in credences))
        for table in model.columns.fills.values()
        for column in table
        for fill in column
    }
    return tuple(sorted("exists: " + ", ".join(claims) for claims in groups if claims))


def keep_combinations(draws: Draws, combos: Sequence[int]) -> Draws:
    """The rows of some combinations, weights scaled to keep their sum."""
    chosen = np.flatnonzero(np.isin(draws.combination, list(combos)))
    kept = draws.rows(chosen)
    total = float(kept.weight.sum())
    weight = kept.weight * (float(draws.weight.sum()) / total if total > 0 else 0.0)
    return Draws(**{**{name: getattr(kept, name) for name in vars(kept)}, "weight": weight})
