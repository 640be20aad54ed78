"""What can a move change, and of that, what can matter to those who decide: the cone of a move.

Counted in steps of a path: `first` is the earliest step at which a register can differ from the path on which nothing
moves, `last` the latest at which a difference can still reach a utility in time. A register need be computed at step h
only if first <= h <= last; everything else is read off the path on which nothing moves. The pruning is exact.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from realpolitik.dynamics.batched.flow import Structure, Sum
from realpolitik.dynamics.batched.layout import DERIVED, Floats, Layout, Rows
from realpolitik.dynamics.batched.shocks import Effects
from realpolitik.dynamics.tables import Op, Tables

NEVER = 1 << 20
SINGLE = frozenset({int(Op.NOT), int(Op.CLIP01), DERIVED})


@dataclass(frozen=True, eq=False)
class Edges:
    """Registers that move others `lag` steps later: an influence one, with a delay two.

    A delayed pull on a factor that a shock sets counts as one: once ended, it runs again as soon as its undelayed
    term rises (decision 0002, 4).
    """

    source: Rows
    target: Rows
    lag: Rows


def edges_of(tables: Tables, layout: Layout, structure: Structure, effects: Effects) -> Edges:
    """Every way by which a term of one step changes levels of a later one."""
    while_node = tables.shock_node[effects.shock]
    some = while_node >= 0
    flow_target = structure.flows.targets_of_items + structure.stocks.start
    source = (
        structure.now_register,
        structure.late_register,
        structure.pull_register,
        structure.flow_register,
        layout.node[while_node[some]],
    )
    target = (
        structure.now.targets_of_items,
        structure.late.targets_of_items,
        structure.pull_target,
        flow_target,
        effects.register[some],
    )
    lag = (
        np.full(len(structure.now_register), 1),
        np.full(len(structure.late_register), 2),
        _pull_lag(structure, effects),
        np.full(len(flow_target), 1),
        np.where(effects.sets[some], 1, 2),
    )
    ends = (np.concatenate(part).astype(np.intp) for part in (source, target, lag))
    return Edges(*ends)


def _pull_lag(structure: Structure, effects: Effects) -> Rows:
    """Steps from the term of each pull to its target."""
    late = np.isin(np.arange(len(structure.pull_register)), structure.pull_late)
    may_end = np.isin(structure.pull_target, effects.register[effects.sets])
    return np.where(late & ~may_end, 2, 1)


@dataclass(frozen=True, eq=False)
class Cone:
    """When each register can differ (`first`) and still matter (`last`), over a foresight of `steps`."""

    moved: Rows  # registers of the slots and shares of the options that move
    actors: tuple[int, ...]
    foresight: tuple[int, ...]
    steps: int
    first: Rows
    last: Rows

    def active(self, step: int) -> NDArray[np.bool_]:
        """Registers that differ and matter at a step."""
        return np.asarray((self.first <= step) & (step <= self.last))

    def differs(self, registers: Rows, step: int) -> NDArray[np.bool_]:
        """Which of some registers can differ at a step?"""
        return np.asarray(self.first[registers] <= step)


def cone_of(
    layout: Layout, edges: Edges, moved: Rows, frozen: Rows, wanted: dict[int, Rows], foresight: dict[int, int]
) -> Cone:
    """The cone of a move: registers `moved` change; `wanted` are the registers of each actor's utility.

    `frozen` levels are held whatever moves.
    """
    steps = max(foresight.values())
    first = np.full(layout.size, NEVER, dtype=np.intp)
    first[moved] = 0
    for _ in _until_still(first):
        for wave in layout.waves:
            first[wave.out] = np.minimum.reduce([first[source] for source in sources(wave.op, wave.a, wave.b)])
        np.minimum.at(first, edges.target, first[edges.source] + edges.lag)
        first[frozen] = NEVER
    last = np.full(layout.size, -1, dtype=np.intp)
    for actor, registers in wanted.items():
        np.maximum.at(last, registers, foresight[actor])
    for _ in _until_still(last):
        np.maximum.at(last, edges.source, last[edges.target] - edges.lag)
        for wave in reversed(layout.waves):
            for source in sources(wave.op, wave.a, wave.b):
                np.maximum.at(last, source, last[wave.out])
    return Cone(moved, tuple(wanted), tuple(foresight[a] for a in wanted), steps, first, last)


def sources(op: int, a: Rows, b: Rows) -> tuple[Rows, ...]:
    """The registers that an op reads."""
    return (a,) if op in SINGLE else (a, b)


def _until_still(values: Rows) -> Iterator[None]:
    """Go on until a round changes nothing."""
    before = np.full_like(values, NEVER + 1)
    while not np.array_equal(before, values):
        before = values.copy()
        yield


@dataclass(frozen=True, eq=False)
class Line:
    """Registers of one op computed together in a step; places count within the step's rows."""

    op: int
    out: Rows
    a: Rows
    b: Rows
    c: Floats
    each: tuple[tuple[int, int, int], ...] = ()  # the same row by row, where that is faster


@dataclass(frozen=True, eq=False)
class Feed:
    """Differences of terms that add to drives or flows: item j is watched at `watch[j]` and has number `item[j]`."""

    watch: Rows
    item: Rows
    sum: Sum


@dataclass(frozen=True, eq=False)
class Pulling:
    """The pulls on the levels of the next step, and which of them differ."""

    pulls: Rows  # numbers among those of the cone
    sum: Sum  # its targets count among the levels of the next step
    now: Rows  # places among `pulls` of those that differ at once
    now_at: Rows  # their terms' places in the rows
    late: Rows  # places among `pulls` of the delayed ones that differ
    late_number: Rows  # their numbers among the delayed pulls of the cone


@dataclass(frozen=True, eq=False)
class Next:
    """How the active levels and stocks of the next step come about."""

    registers: Rows  # levels, then stocks
    at: Rows  # their places in this step's rows
    levels: Rows  # numbers among the levels of the cone
    stocks: Rows  # counted from the first stock
    now: Feed
    late: Feed  # watch unused: differences are those of the delayed terms
    flows: Feed
    pulling: Pulling | None
    rises: Rows
    falls: Rows


@dataclass(frozen=True, eq=False)
class Stakes:
    """An actor's part in a step: which items of its utility differ."""

    actor: int
    items: Rows
    watch: Rows
    share: float


@dataclass(frozen=True, eq=False)
class Step:
    """What is loaded, computed and watched in a step of a path."""

    rows: Rows  # registers loaded from the path on which nothing moves
    level_at: Rows  # places of the active levels and stocks
    moved_at: Rows
    moved: Rows  # their numbers among the moved registers
    lines: tuple[Line, ...]
    watch: Rows  # places of the terms whose differences are used
    stakes: tuple[Stakes, ...]
    late: tuple[Rows, Rows]  # delayed links that move on, and what they watch
    pull_late: tuple[Rows, Rows]
    pull_at: Rows  # places of the terms of all pulls that ever differ
    triggers: dict[int, int]  # shock -> place of its `while`, if it ever differs
    following: Next | None
