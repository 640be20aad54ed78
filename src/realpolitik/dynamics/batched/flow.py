"""How do factors move from one period to the next, over a batch of columns?

`Structure` is what the tables say (which influence reaches which factor), `Rates` the draws' numbers for the columns of
a batch, `Memory` what a path carries besides the levels: anchors, delayed terms, pulls that have ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from realpolitik.dynamics.batched.layout import Floats, Layout, Rows
from realpolitik.dynamics.batched.terms import Scratch, logistic
from realpolitik.dynamics.tables import Draws, Keeps, Tables

RISE = 1e-6
"""By how much the term of an ended pull must rise from one period to the next to run again."""


class Sum:
    """Sums items into targets, always in the same order whatever the number of columns.

    Items are kept by rank (all first items of the targets, then all second ones, ...), targets by falling number of
    items, so that each rank is one addition of consecutive rows.
    """

    def __init__(self, target: NDArray[np.integer]) -> None:
        wanted, count = np.unique(target, return_counts=True)
        place = np.argsort(-count, kind="stable")
        self.targets: Rows = wanted[place].astype(np.intp)
        rank = np.asarray([int(np.sum(target[:i] == target[i])) for i in range(len(target))], dtype=np.intp)
        column = np.argsort(place)[np.searchsorted(wanted, target)] if len(target) else rank
        self.order: Rows = np.lexsort((column, rank)).astype(np.intp)
        self.targets_of_items: Rows = np.asarray(target, dtype=np.intp)[self.order]
        widths = np.bincount(rank) if len(target) else np.zeros(0, dtype=np.intp)
        ends = np.cumsum(widths)
        self.first = bool(np.array_equal(self.targets, np.arange(len(self.targets))))
        self.blocks = [(int(end - width), int(end)) for end, width in zip(ends, widths, strict=True)]

    def __len__(self) -> int:
        return len(self.order)

    def into(self, items: Floats, out: Floats) -> Floats:
        """Totals (target, column) of items that stand in `order`, written to `out`."""
        out.fill(0.0)
        for start, stop in self.blocks:
            out[: stop - start] += items[start:stop]
        return out

    def onto(self, items: Floats, out: Floats) -> None:
        """Add items that stand in `order` to the rows of their targets."""
        for start, stop in self.blocks:
            if self.first:
                out[: stop - start] += items[start:stop]
            else:
                out[self.targets[: stop - start]] += items[start:stop]


@dataclass(frozen=True, eq=False)
class Structure:
    """Which links, pulls and flows reach which factor (by register); numbers of links are those of the tables."""

    levels: slice
    stocks: slice
    now: Sum  # undelayed links
    late: Sum  # delayed links
    now_link: Rows
    late_link: Rows
    now_register: Rows
    late_register: Rows
    pulls: Sum
    pull_register: Rows  # in the order of `pulls`
    pull_target: Rows  # in the order of `pulls`
    pull_late: Rows  # positions, in the order of `pulls`, of those delayed
    flows: Sum  # targets count from the first stock
    flow_register: Rows
    rises: Rows
    falls: Rows


def structure_of(tables: Tables, layout: Layout) -> Structure:
    """Sort the influences of the tables for the steps of a path."""
    delayed = tables.link_delayed.astype(bool)
    now_link, late_link = np.flatnonzero(~delayed), np.flatnonzero(delayed)
    row = layout.factor
    now, late = Sum(row[tables.link_target[now_link]]), Sum(row[tables.link_target[late_link]])
    now_link, late_link = now_link[now.order], late_link[late.order]
    pulls, flows = Sum(row[tables.pull_target]), Sum(row[tables.flow_target] - layout.stocks.start)
    return Structure(
        levels=layout.levels,
        stocks=layout.stocks,
        now=now,
        late=late,
        now_link=now_link,
        late_link=late_link,
        now_register=layout.node[tables.link_node[now_link]],
        late_register=layout.node[tables.link_node[late_link]],
        pulls=pulls,
        pull_register=layout.node[tables.pull_node[pulls.order]],
        pull_target=row[tables.pull_target[pulls.order]],
        pull_late=np.flatnonzero(tables.pull_delayed[pulls.order]),
        flows=flows,
        flow_register=layout.node[tables.flow_node[flows.order]],
        rises=np.sort(row[np.isin(tables.factor_keeps, (Keeps.RISES, Keeps.BOTH))]),
        falls=np.sort(row[np.isin(tables.factor_keeps, (Keeps.FALLS, Keeps.BOTH))]),
    )


@dataclass(frozen=True, eq=False)
class Rates:
    """The draws' numbers over columns; factors by register, links, pulls and flows in the order of the structure."""

    alpha: Floats  # (levels, n)
    trend: Floats  # (levels, n)
    now_effect: Floats
    late_effect: Floats
    late_gain: Floats
    pull_to: Floats
    pull_exists: Floats
    pull_gain: Floats  # of those delayed only
    flow_rate: Floats

    def columns(self, chosen: Rows) -> Rates:
        """The same numbers for chosen columns."""
        return Rates(*(np.take(getattr(self, name), chosen, axis=1) for name in self.__dataclass_fields__))


def rates_of(draws: Draws, structure: Structure, factor: Rows) -> Rates:
    """The draws' numbers, one column a draw; `factor` is the register of each factor."""
    level = np.argsort(factor)[structure.levels]
    order = structure.pulls.order

    def rows(table: Floats, chosen: Rows) -> Floats:
        return np.ascontiguousarray(table.T[chosen])

    return Rates(
        alpha=rows(draws.alpha, level),
        trend=rows(draws.trend, level),
        now_effect=rows(draws.effect, structure.now_link),
        late_effect=rows(draws.effect, structure.late_link),
        late_gain=rows(draws.link_gain, structure.late_link),
        pull_to=rows(draws.pull_to, order),
        pull_exists=rows(draws.pull_exists, order),
        pull_gain=rows(draws.pull_gain, order[structure.pull_late]),
        flow_rate=rows(draws.flow_rate, structure.flows.order),
    )


@dataclass(eq=False)
class Memory:
    """What a path carries besides its levels, over columns; changed in place by the steps.

    `anchor` is A_i - sum_l e_l phi_l(0), so that the drive of a factor is anchor + sum_l e_l y_l + shifts + eta.
    """

    anchor: Floats  # (levels, n)
    late: Floats  # y of delayed links
    pull_late: Floats  # y of delayed pulls
    pull_start: Floats  # phi(0) of pulls
    pull_before: Floats  # undelayed term of pulls one period earlier
    ended: NDArray[np.bool_]  # pulls ended by a shock

    def columns(self, chosen: Rows) -> Memory:
        """A copy for chosen columns."""
        return Memory(*(np.take(getattr(self, name), chosen, axis=1) for name in self.__dataclass_fields__))


class Moved(NamedTuple):
    """A step of a batch, in buffers that the next step overwrites."""

    after: Floats  # levels and stocks one period later (register, column)
    drive: Floats  # log-odds of free_i (level, column)
    strength: Floats  # p_q (pull, column)
    flow: Floats  # what flows into stocks (stock, column)


def advance(
    structure: Structure,
    rates: Rates,
    memory: Memory,
    registers: Floats,
    scratch: Scratch,
    push: Floats | None,
) -> Moved:
    """Levels and stocks one period later; delayed terms and anchors move on.

    `registers` hold the terms of this period; `push` (levels, n) is added to the drives (shifts and noise).
    """
    columns = registers.shape[1]
    last = structure.stocks.stop
    after = scratch.array("after", last, columns)
    np.copyto(after, registers[:last])
    drive = _drive(structure, rates, memory, registers, scratch, push)
    target = logistic(drive, scratch.array("free", *drive.shape))
    strength = _pull(structure, rates, memory, registers, target, scratch)
    levels = after[structure.levels]
    target -= levels
    target *= rates.alpha
    levels += target
    flow = _flow(structure, rates, registers, scratch)
    after[structure.stocks] += flow
    np.maximum(after, 0.0, out=after)
    np.minimum(after, 1.0, out=after)
    for rows, bound in ((structure.rises, np.maximum), (structure.falls, np.minimum)):
        if len(rows):
            after[rows] = bound(after[rows], registers[rows])
    _remember(structure, rates, memory, registers, scratch)
    return Moved(after, drive, strength, flow)


def _drive(
    structure: Structure, rates: Rates, memory: Memory, registers: Floats, scratch: Scratch, push: Floats | None
) -> Floats:
    """Log-odds of free_i(t) of the levels, in a buffer."""
    drive = scratch.array("drive", len(memory.anchor), registers.shape[1])
    if push is None:
        np.copyto(drive, memory.anchor)
    else:
        np.add(memory.anchor, push, out=drive)
    items = scratch.gather("a", registers, structure.now_register)
    items *= rates.now_effect
    structure.now.onto(items, drive)
    items = scratch.array("a", len(structure.late), registers.shape[1])
    np.multiply(memory.late, rates.late_effect, out=items)
    structure.late.onto(items, drive)
    return drive


def pull_strength(
    structure: Structure, rates: Rates, memory: Memory, registers: Floats, scratch: Scratch
) -> tuple[Floats, Floats]:
    """p_q of every pull, and its undelayed term, in buffers."""
    term = scratch.gather("b", registers, structure.pull_register)
    strength = scratch.array("strength", *term.shape)
    np.copyto(strength, term)
    strength[structure.pull_late] = memory.pull_late
    strength -= memory.pull_start
    np.maximum(strength, 0.0, out=strength)
    room = 1.0 - memory.pull_start
    np.divide(strength, room, out=strength, where=room > 0.0)
    strength *= rates.pull_exists
    return strength, term


def _pull(
    structure: Structure, rates: Rates, memory: Memory, registers: Floats, target: Floats, scratch: Scratch
) -> Floats:
    """Turn free levels into targets: each pull draws its factor towards where it pulls to; gives the strengths."""
    strength, term = pull_strength(structure, rates, memory, registers, scratch)
    if memory.ended.any():
        memory.ended &= ~(term - memory.pull_before > RISE)
        strength[memory.ended] = 0.0
    np.copyto(memory.pull_before, term)
    rows = structure.pulls.targets
    total = structure.pulls.into(strength, scratch.array("total", len(rows), registers.shape[1]))
    weighted = np.multiply(strength, rates.pull_to, out=term)
    toward = structure.pulls.into(weighted, scratch.array("toward", len(rows), registers.shape[1]))
    target[rows] = pulled(target[rows], total, toward)
    return strength


def pulled(free: Floats, total: Floats, toward: Floats) -> Floats:
    """target_i = (1 - P) free_i + sum_q p_q g_q / max(1, sum_q p_q), P = min(1, sum_q p_q)."""
    return np.asarray((1.0 - np.minimum(total, 1.0)) * free + toward / np.maximum(total, 1.0))


def _flow(structure: Structure, rates: Rates, registers: Floats, scratch: Scratch) -> Floats:
    """What flows into stocks, less what flows out, in one period (stock, column), in a buffer."""
    flow = scratch.array("flow", structure.stocks.stop - structure.stocks.start, registers.shape[1])
    flow.fill(0.0)
    items = scratch.gather("a", registers, structure.flow_register)
    items *= rates.flow_rate
    structure.flows.onto(items, flow)
    return flow


def _remember(structure: Structure, rates: Rates, memory: Memory, registers: Floats, scratch: Scratch) -> None:
    """Move delayed terms and anchors on by one period."""
    memory.anchor += rates.trend
    for delayed, gain, rows in (
        (memory.late, rates.late_gain, structure.late_register),
        (memory.pull_late, rates.pull_gain, structure.pull_register[structure.pull_late]),
    ):
        if len(rows):
            gap = scratch.gather("a", registers, rows)
            gap -= delayed
            gap *= gain
            np.add(delayed, gap, out=delayed)


def drive(structure: Structure, rates: Rates, memory: Memory, registers: Floats, row: int) -> Floats:
    """anchor + sum_l e_l y_l of one level (column), from which it is anchored anew after a shock."""
    total: Floats = memory.anchor[row].copy()
    for j in np.flatnonzero(structure.now.targets_of_items == row):
        total += registers[structure.now_register[j]] * rates.now_effect[j]
    for j in np.flatnonzero(structure.late.targets_of_items == row):
        total += memory.late[j] * rates.late_effect[j]
    return total
