"""Where does the value of every term stand, and in which order are they computed?

All values of one moment stand in one array of *registers* (register, column): factors first, then slots, options'
shares, parameters and constants, then the computed nodes. Computed nodes of one op that do not need each other form a
*wave*, which is computed by one NumPy call over all its rows. A column is a draw, or a draw with a candidate.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from realpolitik.dynamics.tables import Ints, Kind, Op, Tables

Rows = NDArray[np.intp]
Floats = NDArray[np.float64]

LEAVES = frozenset({Op.CONST, Op.FACTOR, Op.SLOT, Op.SHARE, Op.PARAM})
DERIVED = -1
"""The op of a wave that writes derived factors from their formulas."""


@dataclass(frozen=True, eq=False)
class Wave:
    """Registers of one op computed together: `out` from `a`, `b` and the column of constants `c`."""

    op: int
    out: Rows
    a: Rows
    b: Rows
    c: Floats  # (rows, 1)

    @property
    def span(self) -> slice:
        """The consecutive registers it writes (not for derived factors)."""
        return slice(int(self.out[0]), int(self.out[-1]) + 1)


@dataclass(frozen=True, eq=False)
class Layout:
    """The registers of a program: where each node, factor, slot, share and parameter stands."""

    size: int
    factor: Rows  # (F,) register of each factor: levels (most undelayed influences first), stocks, derived ones
    levels: slice
    stocks: slice
    slots: slice
    shares: slice
    params: slice
    constants: slice
    constant_values: Floats  # (constants, 1)
    node: Rows  # (Q,) register of each node
    waves: tuple[Wave, ...]


def layout_of(tables: Tables, wanted: Rows | None = None) -> Layout:
    """Which register does every node get, and which waves compute them?

    With `wanted`, only these nodes and what they need are computed; the others have register -1. Leaves stand in the
    same registers whatever is wanted.
    """
    sizes = _leaf_sizes(tables)
    bounds = np.concatenate(([0], np.cumsum(sizes)))
    slots, shares, params, constants = (slice(int(bounds[i]), int(bounds[i + 1])) for i in range(1, 5))
    factor, levels, stocks = _factor_registers(tables)
    node = _leaf_registers(tables, bounds, factor)
    used = _used(tables, range(len(node)) if wanted is None else wanted)
    waves, size = _waves(tables, node, factor, used, int(bounds[-1]))
    values = tables.node_c[tables.node_op == Op.CONST][:, None].astype(np.float64)
    return Layout(size, factor, levels, stocks, slots, shares, params, constants, values, node, waves)


def share_weights(tables: Tables) -> Floats:
    """What does each slot count in its option's share: index of the level / (levels - 1); (S, 1)."""
    weights = np.zeros((int(tables.slot_start[-1]), 1))
    for first, last in zip(tables.slot_start[:-1], tables.slot_start[1:], strict=True):
        weights[first:last, 0] = np.arange(last - first) / max(1, int(last - first) - 1)
    return weights


def _leaf_sizes(tables: Tables) -> list[int]:
    """How many factors, slots, options, parameters and constants are there?"""
    used = tables.node_a[tables.node_op == Op.PARAM]
    return [
        len(tables.factor_kind),
        int(tables.slot_start[-1]),
        len(tables.option_now),
        int(used.max()) + 1 if used.size else 0,
        int(np.sum(tables.node_op == Op.CONST)),
    ]


def _factor_registers(tables: Tables) -> tuple[Rows, slice, slice]:
    """Registers of the factors, and which of them are of kind level and stock."""
    undelayed = tables.link_target[tables.link_delayed == 0]
    count = np.bincount(undelayed, minlength=len(tables.factor_kind))
    order = np.lexsort((-count, tables.factor_kind))
    factor = np.empty(len(order), dtype=np.intp)
    factor[order] = np.arange(len(order))
    levels, stocks = (int(np.sum(tables.factor_kind == kind)) for kind in (Kind.LEVEL, Kind.STOCK))
    return factor, slice(0, levels), slice(levels, levels + stocks)


def _leaf_registers(tables: Tables, bounds: NDArray[np.int64], factor: Rows) -> Rows:
    """Registers of the nodes that only name a leaf; -1 for those that compute."""
    op, node = tables.node_op, np.full(len(tables.node_op), -1, dtype=np.intp)
    node[op == Op.FACTOR] = factor[tables.node_a[op == Op.FACTOR]]
    for position, leaf in enumerate((Op.SLOT, Op.SHARE, Op.PARAM), start=1):
        node[op == leaf] = bounds[position] + tables.node_a[op == leaf]
    node[op == Op.CONST] = np.arange(bounds[4], bounds[5])
    return node


def _needs(tables: Tables, q: int) -> tuple[int, ...]:
    """Which nodes must stand before node q can be computed?"""
    op = Op(int(tables.node_op[q]))
    if op is Op.FACTOR:
        source = int(tables.factor_node[tables.node_a[q]])
        return (source,) if tables.factor_kind[tables.node_a[q]] == Kind.DERIVED else ()
    if op in LEAVES:
        return ()
    single = op in (Op.NOT, Op.CLIP01)
    return (int(tables.node_a[q]),) if single else (int(tables.node_a[q]), int(tables.node_b[q]))


def _used(tables: Tables, wanted: Iterable[int]) -> set[int]:
    """The wanted nodes and all they need, formulas of derived factors always included."""
    stack = [int(q) for q in wanted]
    stack.extend(int(q) for q in tables.factor_node[tables.factor_kind == Kind.DERIVED])
    used: set[int] = set()
    while stack:
        q = stack.pop()
        if q not in used:
            used.add(q)
            stack.extend(_needs(tables, q))
    return used


def _waves(tables: Tables, node: Rows, factor: Rows, used: set[int], first: int) -> tuple[tuple[Wave, ...], int]:
    """Schedule the used nodes that compute: repeatedly the op that most of the ready ones share."""
    needs = {q: _needs(tables, q) for q in used}
    open_nodes = {q for q in used if node[q] < 0 or needs[q]}
    derived = {
        int(q): int(factor[i]) for i, q in enumerate(tables.factor_node) if tables.factor_kind[i] == Kind.DERIVED
    }
    done = used - open_nodes
    copied: set[int] = set()
    waves: list[Wave] = []
    size = first
    while open_nodes or len(copied) < len(derived):
        due = [q for q in derived if q in done and q not in copied]
        copied.update(due)
        if due:
            waves.append(_derived_wave(due, derived, node))
        before = len(done) + len(copied) - len(due)
        freed = {q for q in open_nodes if node[q] >= 0 and all(p in copied for p in needs[q])}
        done |= freed
        open_nodes -= freed
        chosen = _largest(tables, [q for q in open_nodes if node[q] < 0 and all(p in done for p in needs[q])])
        node[chosen] = np.arange(size, size + len(chosen))
        size += len(chosen)
        waves.extend(_wave(tables, node, chosen))
        done.update(chosen)
        open_nodes.difference_update(chosen)
        if len(done) + len(copied) == before:
            raise ValueError(f"terms {sorted(open_nodes)} need each other; terms must form no cycle.")
    return tuple(waves), size


def _largest(tables: Tables, ready: Sequence[int]) -> list[int]:
    """The ready nodes of the op that most of them share, in file order."""
    if not ready:
        return []
    ops = tables.node_op[list(ready)]
    op = int(np.bincount(ops).argmax())
    return sorted(q for q in ready if tables.node_op[q] == op)


def _wave(tables: Tables, node: Rows, chosen: Sequence[int]) -> Iterable[Wave]:
    """The wave of some nodes of one op, none if there are no nodes."""
    if chosen:
        index = np.asarray(chosen)
        a, b = node[tables.node_a[index]], node[np.maximum(tables.node_b[index], 0)]
        yield Wave(int(tables.node_op[index[0]]), node[index], a, b, tables.node_c[index][:, None].copy())


def _derived_wave(due: Sequence[int], derived: dict[int, int], node: Rows) -> Wave:
    """The wave that writes derived factors once their formulas stand."""
    out = np.asarray([derived[q] for q in due], dtype=np.intp)
    return Wave(DERIVED, out, node[list(due)], out, np.zeros((len(due), 1)))


__all__ = ["DERIVED", "Floats", "Ints", "Layout", "Rows", "Wave", "layout_of", "share_weights"]
