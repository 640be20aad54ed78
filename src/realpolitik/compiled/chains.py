"""What carried a change: the links into a factor, by how much each moved it, back to options held or chosen.

For two paired runs, a swing link contributes the mean change of e_l (y_l - phi_l(0)) in log-odds to its factor, y_l the
delayed term recomputed from the stored path; of a pull, the mean change of its strength p. Both are exact sums of what
the dynamics add up; what is not in them is noise, trend, shocks and a factor's own inertia.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.combinations import Entry
from realpolitik.compiled.contrasts import Contrast
from realpolitik.compiled.factors import names_of
from realpolitik.dynamics.tables import Paths
from realpolitik.dynamics.terms import evaluate
from realpolitik.language.expression import names_in
from realpolitik.situation.model import Influence

Reals = NDArray[np.float64]


@dataclass(frozen=True)
class Carrier:
    """One link into a factor: how much it moved it (`log_odds`, or `pull` strength), and what its cause is."""

    influence: Influence
    kind: Literal["swing", "pull"]
    change: float


@dataclass(frozen=True)
class Step:
    """One step of a chain: a factor or option, how much it changed (level or probability), what carried that."""

    name: str
    kind: Literal["factor", "held", "chosen", "unmoved"]
    change: float
    carriers: tuple[Carrier, ...] = ()
    causes: tuple[Step, ...] = ()


def carriers(contrast: Contrast, factor: str, period: int) -> tuple[Carrier, ...]:
    """The links into a factor up to `period`, the largest change first."""
    tables = contrast.ensemble.model.tables
    target = tables.factors.index(factor)
    found = [*_of_kind(contrast, "swing", target, period), *_of_kind(contrast, "pull", target, period)]
    return tuple(sorted(found, key=lambda item: -abs(item.change)))


def entries(contrast: Contrast, kind: Literal["swing", "pull"]) -> list[Entry[Influence]]:
    """The influences of one kind, in the order of the tables."""
    union = contrast.ensemble.model.union
    every = union.keyed(union.situation.influences, lambda reading: reading.influences, lambda item: item.key)
    return [entry for entry in every if entry.item.kind == kind]


def _of_kind(contrast: Contrast, kind: Literal["swing", "pull"], target: int, period: int) -> Iterator[Carrier]:
    tables = contrast.ensemble.model.tables
    nodes, targets = (
        (tables.link_node, tables.link_target) if kind == "swing" else (tables.pull_node, tables.pull_target)
    )
    influences = entries(contrast, kind)
    for number in np.flatnonzero(targets == target):
        change = _difference(contrast, kind, int(number), int(nodes[number]), period)
        yield Carrier(influences[number].item, kind, change)


def _difference(contrast: Contrast, kind: Literal["swing", "pull"], number: int, node: int, period: int) -> float:
    draws = contrast.ensemble.draws
    last = [_acting(contrast, paths, kind, (number, node), period) for paths in (contrast.held, contrast.status_quo)]
    size = draws.effect[:, number] if kind == "swing" else draws.pull_exists[:, number]
    return float(((last[0] - last[1]) * size * draws.weight).sum() / draws.weight.sum())


def _acting(
    contrast: Contrast, paths: Paths, kind: Literal["swing", "pull"], entry: tuple[int, int], period: int
) -> Reals:
    """The delayed term (draw,) as it acted in a period; `entry`: its number in the tables, its node."""
    tables, draws = contrast.ensemble.model.tables, contrast.ensemble.draws
    number, node = entry
    delayed = (tables.link_delayed if kind == "swing" else tables.pull_delayed)[number]
    span = slice(0 if delayed else period, period + 1)
    levels = paths.levels[:, span].astype(np.int32)
    term: Reals = evaluate(tables, draws, paths.factors[:, span], levels, nodes=[node], exact=False)[0]
    if not delayed:
        return term[:, 0]
    gain = (draws.link_gain if kind == "swing" else draws.pull_gain)[:, number]
    acting = term[:, 0]
    for before in range(period):
        acting = acting + gain * (term[:, before] - acting)
    return acting


def chain(contrast: Contrast, name: str, period: int, *, depth: int = 4, seen: frozenset[str] = frozenset()) -> Step:
    """How a factor or option came to change, back to what is held or chosen; at most `depth` steps."""
    change = _change(contrast, name, period)
    situation = contrast.ensemble.model.situation
    if name in situation.options:
        return Step(name, "held" if _is_held(contrast, name) else "chosen", change)
    factor = situation.factors.get(name)
    if factor is None or depth == 0 or name in seen or abs(change) < 0.002:
        return Step(name, "unmoved" if abs(change) < 0.002 else "factor", change)
    if factor.kind == "derived" and factor.formula is not None:
        parts = names_in(factor.formula)
        return Step(name, "factor", change, (), _causes(contrast, parts, period, depth, seen | {name}))
    main = _main(carriers(contrast, name, period))
    names = tuple(dict.fromkeys(cause for item in main for cause in sorted(names_of(item.influence.term))))
    return Step(name, "factor", change, main, _causes(contrast, names, period, depth, seen | {name}))


def _causes(
    contrast: Contrast, names: tuple[str, ...], period: int, depth: int, seen: frozenset[str]
) -> tuple[Step, ...]:
    known = contrast.ensemble.model.situation
    steps = (
        chain(contrast, name, period, depth=depth - 1, seen=seen)
        for name in names
        if name in known.factors or name in known.options
    )
    return tuple(step for step in steps if abs(step.change) >= 0.002)


def _main(found: tuple[Carrier, ...]) -> tuple[Carrier, ...]:
    """The carriers that make up most of the change: each at least a tenth of the largest, at most three."""
    if not found or found[0].change == 0:
        return ()
    return tuple(item for item in found[:3] if abs(item.change) >= 0.1 * abs(found[0].change))


def _change(contrast: Contrast, name: str, period: int) -> float:
    """The mean change of a factor's level, or of an option's share of its levels."""
    tables, draws = contrast.ensemble.model.tables, contrast.ensemble.draws
    if name in tables.options:
        number = tables.options.index(name)
        top = max(1, len(tables.levels[number]) - 1)
        pair = [paths.levels[:, period, number] / top for paths in (contrast.held, contrast.status_quo)]
    elif name in tables.factors:
        number = tables.factors.index(name)
        pair = [paths.factors[:, period, number] for paths in (contrast.held, contrast.status_quo)]
    else:
        return 0.0
    return float(((pair[0] - pair[1]) * draws.weight).sum() / draws.weight.sum())


def _is_held(contrast: Contrast, option: str) -> bool:
    number = contrast.ensemble.model.tables.options.index(option)
    return any(hold.held == 0 and hold.index == number for hold in contrast.intervention.holds)


def flat(step: Step) -> tuple[Mapping[str, object], ...]:
    """A chain as rows, parents before children, with their depth."""
    rows: list[Mapping[str, object]] = []

    def visit(item: Step, depth: int) -> None:
        rows.append({"depth": depth, "name": item.name, "kind": item.kind, "change": item.change})
        for carrier in item.carriers:
            influence = carrier.influence
            rows.append(
                {
                    "depth": depth + 1,
                    "name": influence.support.text or influence.key,
                    "kind": carrier.kind,
                    "change": carrier.change,
                    "claims": influence.support.claims,
                    "author": influence.support.author,
                }
            )
        for cause in item.causes:
            visit(cause, depth + 1)

    visit(step, 0)
    return tuple(rows)
