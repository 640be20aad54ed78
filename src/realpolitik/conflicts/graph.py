"""A conflict as the kernels take it: movers on sets of states, or arcs and ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from realpolitik.conflicts.model import Conflict
from realpolitik.conflicts.moves import implied_moves
from realpolitik.games.relations import Mover, PartialOrder, actor, mask_of

if TYPE_CHECKING:
    from realpolitik.games.moves import Arcs, Ints


def movers_of(conflict: Conflict, reading: str = "b") -> list[Mover]:
    """The actors as movers, under one reading of unknown preferences."""
    return [
        actor([mask_of(row) for row in conflict.moves[i]], order_of(conflict, i), reading)
        for i in range(len(conflict.actors))
    ]


def order_of(conflict: Conflict, i: int) -> PartialOrder:
    """One actor's preferences as sets of better and of unknown states."""
    preference = conflict.preferences[i]
    if preference.ranks is not None:
        return PartialOrder.from_ranks(preference.ranks)
    return PartialOrder(tuple(map(mask_of, preference.better)), tuple(map(mask_of, preference.unknown)))


def arcs_and_ranks(conflict: Conflict) -> tuple[Arcs, Ints]:
    """The moves as arcs and the ranks (actor, state); preferences must be complete."""
    import numpy as np  # noqa: PLC0415

    from realpolitik.games.moves import Arcs  # noqa: PLC0415

    ranks = np.asarray([preference.ranks for preference in conflict.preferences], dtype=np.int32)
    return Arcs.from_lists(conflict.moves, conflict.transitive), ranks


def block_moves(conflict: Conflict, blocks: Sequence[Sequence[int]]) -> list[list[int]] | None:
    """Where each block can go by changing all its members' options at once; None where moves are not the options'."""
    implied = implied_moves(len(conflict.actors), conflict.options, conflict.states)
    if any(
        set(own) != found for a, b in zip(conflict.moves, implied, strict=True) for own, found in zip(a, b, strict=True)
    ):
        return None
    block_of = {i: b for b, block in enumerate(blocks) for i in block}
    options = [replace(option, actor=block_of[option.actor]) for option in conflict.options]
    joint = implied_moves(len(blocks), options, conflict.states)
    return [[mask_of(row) for row in moves] for moves in joint]


def names(conflict: Conflict, members: Sequence[int]) -> str:
    """A coalition by name.

    >>> from realpolitik.conflicts.reader import parse_conflict
    >>> text = '{"decision_makers": ["A", "B"], "states": ["s"], "preferences": {"A": ["s"], "B": ["s"]}}'
    >>> names(parse_conflict(text), (0, 1))
    'A + B'
    """
    return " + ".join(conflict.actors[i] for i in members)
