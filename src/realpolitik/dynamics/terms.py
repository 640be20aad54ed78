"""What was every term, and every part of every utility, worth along paths that have been run?

Questions about events, goals and reasons are asked after a run: they evaluate the same nodes as the kernels on the
stored levels of factors and options, so that what they say adds up to what was computed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from realpolitik.dynamics.batched.layout import Floats, Layout, Rows, layout_of, share_weights
from realpolitik.dynamics.batched.terms import Scratch, fill_leaves
from realpolitik.dynamics.batched.terms import evaluate as evaluate_registers
from realpolitik.dynamics.tables import Draws, Ints, Paths, Tables

CHUNK = 4096
"""Columns (a draw in a period) evaluated at once."""


def evaluate(
    tables: Tables,
    draws: Draws,
    factors: Floats,
    levels: Ints,
    *,
    nodes: Sequence[int] | Ints,
    exact: bool,
) -> Floats:
    """What are some nodes worth along paths, (node, draw, time)?

    `factors` (draw, time, factor) and `levels` (draw, time, option) as in `Paths`; `exact` makes trigger comparisons
    0 or 1 (as in the world), else they are smooth.
    """
    wanted = np.asarray(nodes, dtype=np.intp)
    layout = layout_of(tables, wanted)
    draw_count, times = factors.shape[:2]
    found = np.zeros((len(wanted), draw_count * times))
    draw = np.repeat(np.arange(draw_count), times)
    flat_factors = factors.reshape(-1, factors.shape[2])
    flat_levels = levels.reshape(-1, levels.shape[2])
    scratch = Scratch()
    for start in range(0, found.shape[1], CHUNK):
        part = slice(start, min(start + CHUNK, found.shape[1]))
        registers = scratch.array("registers", layout.size, part.stop - part.start)
        _fill(tables, layout, registers, flat_factors[part], flat_levels[part])
        fill_leaves(layout, registers, draws.param[draw[part]].T)
        evaluate_registers(layout, registers, scratch, exact=exact)
        found[:, part] = registers[layout.node[wanted]]
    return found.reshape(len(wanted), draw_count, times)


def _fill(tables: Tables, layout: Layout, registers: Floats, factors: Floats, levels: Ints) -> None:
    """Write levels of factors, weights of slots and shares of options (register, column)."""
    registers[layout.factor] = factors.T
    option = np.repeat(np.arange(len(tables.option_now)), np.diff(tables.slot_start))
    level = np.arange(len(option)) - tables.slot_start[option]
    registers[layout.slots] = levels.T[option] == level[:, None]
    shares: Floats = np.zeros((len(tables.option_now), registers.shape[1]))
    held: Rows = tables.slot_start[:-1, None] + levels.T
    shares += share_weights(tables)[held, 0]
    registers[layout.shares] = shares


@dataclass(frozen=True, eq=False)
class UtilityParts:
    """What every entry adds to the utility of its actor, (draw, time, entry); costs are negative.

    The parts of an actor, taken together, sum to U_a(t) (to rounding).
    """

    tables: Tables
    interests: Floats  # (draw, time, interest)
    prices: Floats  # (draw, time, price)
    norms: Floats  # (draw, time, norm)
    reds: Floats  # (draw, time, red line)

    def total(self, actor: int) -> Floats:
        """U_a(t), (draw, time): the sum of the actor's parts."""
        owners = (
            (self.interests, self.tables.interest_actor),
            (self.prices, self.tables.price_actor),
            (self.norms, self.tables.norm_actor),
            (self.reds, self.tables.red_actor),
        )
        total: Floats = np.zeros(self.interests.shape[:2])
        for parts, owner in owners:
            for entry in np.flatnonzero(owner == actor):
                total = total + parts[:, :, entry]
        return total


def utility_parts(tables: Tables, draws: Draws, paths: Paths, window: slice = slice(None)) -> UtilityParts:
    """Of what does every utility consist along paths, in the periods of a window: interests, prices, norms violated,
    red lines crossed?
    """
    factors: Floats = paths.factors[:, window]
    levels: Ints = paths.levels[:, window].astype(np.int32)
    nodes = np.concatenate((tables.interest_node, tables.norm_node, tables.red_node))
    worth = np.moveaxis(evaluate(tables, draws, factors, levels, nodes=nodes, exact=True), 0, -1)
    interests, norms, reds = np.split(worth, np.cumsum([len(tables.interest_node), len(tables.norm_node)]), axis=2)
    weight = draws.weight_of_interest / tables.top_weight[tables.interest_actor]
    return UtilityParts(
        tables=tables,
        interests=interests * weight[:, None],
        prices=-draws.price[:, None] * _held(tables, levels),
        norms=norms * -draws.norm_price[:, None],
        reds=reds * -draws.red_active[:, None],
    )


def _held(tables: Tables, levels: Ints) -> Floats:
    """Is the level that an entry of prices charges for held, (draw, time, price)?"""
    option = np.searchsorted(tables.slot_start, tables.price_slot, side="right") - 1
    level = tables.price_slot - tables.slot_start[option]
    return np.asarray(levels[:, :, option] == level, dtype=np.float64)
