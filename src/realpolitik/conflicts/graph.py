"""A conflict as the kernels take it: movers on sets of states, or arcs and ranks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from realpolitik.conflicts.model import Conflict
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


def names(conflict: Conflict, members: Sequence[int]) -> str:
    """A coalition by name.

    >>> from realpolitik.conflicts.reader import parse_conflict
    >>> text = '{"decision_makers": ["A", "B"], "states": ["s"], "preferences": {"A": ["s"], "B": ["s"]}}'
    >>> names(parse_conflict(text), (0, 1))
    'A + B'
    """
    return " + ".join(conflict.actors[i] for i in members)
