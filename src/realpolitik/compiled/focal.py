"""The joint states of some options: which options are in the game, at which levels, and what is feasible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.model import Model
from realpolitik.dynamics.tables import Tables
from realpolitik.errors import Finding, InputRefused, QuestionRefused, did_you_mean

Levels = NDArray[np.int8]
Bools = NDArray[np.bool_]

MOST_DEFAULT = 8
MOST_STATES = 20_000


@dataclass(frozen=True, eq=False)
class JointStates:
    """`levels` (state, focal option): every feasible combination, the last option's level fastest; `now`: which is the
    status quo. `options`: the options' numbers in the tables, in the order given.
    """

    options: tuple[int, ...]
    levels: Levels
    now: int

    def number(self, levels: Sequence[int]) -> int:
        """Which state has these levels? Raises ValueError if none has (it is infeasible)."""
        found = np.flatnonzero((self.levels == np.asarray(levels, dtype=np.int8)).all(axis=1))
        if not len(found):
            raise ValueError(f"no feasible joint state has levels {tuple(levels)}")
        return int(found[0])

    def matching(self, wanted: Mapping[int, int]) -> NDArray[np.intp]:
        """The states in which the options in `wanted` (number in the tables: level) stand so."""
        fits = np.ones(len(self.levels), dtype=bool)
        for option, level in wanted.items():
            fits &= self.levels[:, self.options.index(option)] == level
        return np.flatnonzero(fits)


def named_options(model: Model, names: Sequence[str]) -> tuple[int, ...]:
    """Options by name. Raises `InputRefused` with every name that is no option."""
    known = model.tables.options
    findings = [
        Finding("error", f"'{name}' is no option of this situation.", hint=did_you_mean(name, known))
        for name in names
        if name not in known
    ]
    if findings:
        raise InputRefused(findings)
    return tuple(dict.fromkeys(known.index(name) for name in names))


def ranked_options(ensemble: Ensemble) -> tuple[int, ...]:
    """The options whose decisions differ between draws of the untouched run, those that differ most first.

    How much they differ: the variance over draws of the option's level (0 lowest, 1 highest), averaged over time.
    """
    tables = ensemble.model.tables
    levels = ensemble.run().levels / np.maximum(1, np.diff(tables.slot_start) - 1)
    weight = ensemble.draws.weight / ensemble.draws.weight.sum()
    mean = np.tensordot(weight, levels, axes=1)
    variance = (np.tensordot(weight, levels**2, axes=1) - mean**2).mean(axis=0)
    order = [int(k) for k in np.argsort(-variance, kind="stable") if variance[k] > 1e-9]
    if not order:
        raise QuestionRefused("No option's decision differs between draws; name the options: --focal AAA.x,BBB.y.")
    return tuple(order)


def joint_states(model: Model, options: Sequence[int]) -> JointStates:
    """Every feasible combination of the options' levels.

    A level other than the status quo whose `requires` fails at the start, with the combination in place and central
    values, makes a combination infeasible (where hypotheses differ: if it fails under all of them).
    """
    tables = model.tables
    sizes = [len(tables.levels[k]) for k in options]
    count = int(np.prod(sizes))
    if len(options) < 1 or count > MOST_STATES:
        message = f"{len(options)} options have {count:,} joint states; from one option up to {MOST_STATES:,} states."
        raise QuestionRefused(f"{message} Name the options that matter: --focal AAA.x,BBB.y.")
    levels = np.stack(np.unravel_index(np.arange(count), sizes), axis=1).astype(np.int8)
    quo = tables.option_now[list(options)].astype(np.int8)
    kept = levels[_feasible(model, tuple(options), levels)]
    now = int(np.flatnonzero((kept == quo).all(axis=1))[0])
    return JointStates(tuple(options), kept, now)


def _feasible(model: Model, options: tuple[int, ...], levels: Levels) -> Bools:
    tables = model.tables
    feasible = np.ones(len(levels), dtype=bool)
    asked = [
        (column, level, int(tables.slot_requires[tables.slot_start[k] + level]))
        for column, k in enumerate(options)
        for level in range(len(tables.levels[k]))
        if level != tables.option_now[k] and tables.slot_requires[tables.slot_start[k] + level] >= 0
    ]
    if not asked:
        return feasible
    values = _at_the_start(model, options, levels, sorted({node for _, _, node in asked}))
    for column, level, node in asked:
        feasible &= (levels[:, column] != level) | values[node]
    return feasible


def _at_the_start(model: Model, options: tuple[int, ...], levels: Levels, nodes: Sequence[int]) -> Mapping[int, Bools]:
    """In which joint states does a condition hold, under one hypothesis at least?"""
    from realpolitik.dynamics.terms import evaluate  # noqa: PLC0415

    tables, central = model.tables, model.central()
    everything = full_levels(tables, options, levels).astype(np.int32)[:, None, :]
    holds = {node: np.zeros(len(levels), dtype=bool) for node in nodes}
    for row in range(len(central.index)):
        draws = central.rows(np.full(len(levels), row, dtype=np.intp))
        found = evaluate(tables, draws, draws.start[:, None, :], everything, nodes=nodes, exact=True)
        for node, values in zip(nodes, found[:, :, 0], strict=True):
            holds[node] |= values >= 0.5
    return holds


def full_levels(tables: Tables, options: Sequence[int], levels: Levels) -> Levels:
    """The levels of every option of the situation (state, option): those in the game as given, the rest at `now`."""
    out = np.repeat(tables.option_now.astype(np.int8)[None, :], len(levels), axis=0)
    out[:, list(options)] = levels
    return out
