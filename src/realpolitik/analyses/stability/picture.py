"""A conflict's states and improvements as data for the picture of moves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from realpolitik.analyses.stability.results import StabilityResult
from realpolitik.conflicts.model import Conflict
from realpolitik.games.concepts import CONCEPTS
from realpolitik.games.paths import distances

MOST_STATES = 16
MOST_MOVES = 40
LONGEST_SIGN = 8
CHOICE = "With many moves only each mover's best from a state is drawn, with many states only the stable and near ones."


def picture(result: StabilityResult) -> dict[str, Any]:
    """`states`: id, label, senses in which it is an equilibrium, whether it is the status quo. `moves`: improvements.

    At most 16 states: the status quo, equilibria of the narrowest senses, then what improvements reach from it.
    """
    conflict = result.conflict
    senses = {s: _senses(result, s) for s in range(len(conflict.states))}
    shown = _shown(result, senses)
    climbs = _improvements(conflict)
    moves = [(i, s, t) for s in shown for i, rows in enumerate(climbs) for t in rows[s] if t in shown]
    if len(moves) > MOST_MOVES:
        moves = [(i, s, t) for i, s, t in moves if _best(conflict, i, climbs[i][s]) == t]
    short = len(shown) < len(conflict.states) or len(moves) > MOST_MOVES
    signs = all(len(conflict.labels[s]) <= LONGEST_SIGN for s in shown)
    return {
        "states": [
            {
                "id": conflict.labels[s],
                "sign": conflict.labels[s] if signs else "",
                "label": _words(conflict, s) if signs else f"{conflict.labels[s]}: {_words(conflict, s)}",
                "stable": senses[s],
                "now": s == conflict.status_quo,
            }
            for s in shown
        ],
        "moves": [
            {"mover": conflict.actors[i], "from": conflict.labels[s], "to": conflict.labels[t]} for i, s, t in moves
        ],
        "note": CHOICE if short else "",
    }


def _senses(result: StabilityResult, s: int) -> list[str]:
    """The narrowest senses in which a state is an equilibrium: R says it all."""
    held = [c for c in CONCEPTS if all(row[s] for row in result.flags[c])]
    if "R" in held:
        return ["R"]
    if "SSEQ" in held:
        return ["SSEQ"]
    return [c for c in held if c in ("SMR", "SEQ")] or held


def _shown(result: StabilityResult, senses: dict[int, list[str]]) -> list[int]:
    """Which states are drawn, in the order of the file."""
    conflict = result.conflict
    order = sorted(senses, key=lambda s: (s != conflict.status_quo, _rank(senses[s])))
    if conflict.status_quo is not None:
        near = distances(_improvements(conflict), conflict.status_quo)
        order.sort(key=lambda s: (s != conflict.status_quo, _rank(senses[s]), near.get(s, len(near) + 1)))
    return sorted(order[:MOST_STATES])


def _rank(senses: Sequence[str]) -> int:
    return min((("R", "SSEQ", "SEQ", "SMR", "GMR").index(c) for c in senses), default=9)


def _improvements(conflict: Conflict) -> list[list[list[int]]]:
    """Every actor's moves to states it certainly prefers."""
    found = []
    for i, rows in enumerate(conflict.moves):
        order = conflict.preferences[i]
        if order.ranks is not None:
            found.append([[t for t in row if order.ranks[t] > order.ranks[s]] for s, row in enumerate(rows)])
        else:
            found.append([[t for t in row if t in order.better[s]] for s, row in enumerate(rows)])
    return found


def _best(conflict: Conflict, actor: int, targets: Sequence[int]) -> int:
    ranks = conflict.preferences[actor].ranks
    return max(targets, key=lambda t: 0 if ranks is None else ranks[t])


def _words(conflict: Conflict, s: int) -> str:
    """What is done in a state: `Lower the sluice, Share the harvest`; in graph form its label."""
    vectors = conflict.states[s].vectors
    if not vectors:
        return conflict.labels[s]
    if len(vectors) > 1:
        return conflict.pattern(s)
    taken = [(o, level) for o, level in zip(conflict.options, vectors[0], strict=True) if level]
    named = [o.name if len(o.levels) == 2 else f"{o.name}: {o.levels[level]}" for o, level in taken]
    return ", ".join(named) or "nothing done"
