"""Conflicts as Gambit's strategic games (`.nfg`); what such a game cannot say is said."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from realpolitik.conflicts.model import Conflict, Vector
from realpolitik.conflicts.moves import implied_moves
from realpolitik.conflicts.nfg import choices
from realpolitik.errors import Finding, InputRefused

MOST_PROFILES = 1_000_000


def write_nfg(conflict: Conflict, payoffs: Sequence[Sequence[float]] | None = None) -> str:
    """A conflict as a strategic game: each actor's strategies are all its option combinations.

    payoffs (actor, state) default to the ranks; an infeasible profile gives everybody less than any feasible
    one, which is a loss the caller should mention. One-way, removed and explicit moves have no place in a
    strategic game.

    Raises
    ------
    InputRefused
        Graph form, partial preferences, merged states, or more than a million profiles: none can be written.
    """
    table = payoffs or [p.ranks for p in conflict.preferences if p.ranks is not None]
    if not conflict.options or len(table) < len(conflict.actors) or any(len(s.vectors) != 1 for s in conflict.states):
        message = "Only conflicts with options, complete preferences and no merged state make a strategic game."
        raise InputRefused([Finding("error", message)])
    if math.prod(len(option.levels) for option in conflict.options) > MOST_PROFILES:
        raise InputRefused(
            [Finding("error", f"A strategic game of more than {MOST_PROFILES:,} profiles is not written.")]
        )
    own = [[k for k, option in enumerate(conflict.options) if option.actor == i] for i in range(len(conflict.actors))]
    strategies = [choices([len(conflict.options[k].levels) for k in mine]) for mine in own]
    where = {state.vectors[0]: s for s, state in enumerate(conflict.states)}
    profiles = (profile[::-1] for profile in product(*reversed(strategies)))
    rows = [_profile_row(profile, own, where, table) for profile in profiles]
    named = [[_strategy(conflict, mine, c) for c in options] for mine, options in zip(own, strategies, strict=True)]
    return game_text(conflict.name, conflict.actors, named, rows)


def game_text(
    title: str, players: Sequence[str], strategies: Sequence[Sequence[str]], payoffs: Sequence[Sequence[float]]
) -> str:
    """A strategic game in Gambit's format. payoffs (profile, player), the first player's strategy changing fastest.

    >>> print(game_text("t", ["A", "B"], [["x"], ["y", "z"]], [[1, 2], [0.5, 3]]))
    NFG 1 R "t" { "A" "B" }
    <BLANKLINE>
    { { "x" }
    { "y" "z" }
    }
    ""
    <BLANKLINE>
    1 2
    0.5 3
    <BLANKLINE>
    """
    names = "\n".join(_quoted(row) for row in strategies)
    rows = (" ".join(f"{x:.12g}" for x in row) for row in payoffs)
    return "\n".join([f"NFG 1 R {_quote(title)} {_quoted(players)}", "", f"{{ {names}", "}", '""', "", *rows, ""])


def _profile_row(
    profile: Sequence[Vector], own: Sequence[Sequence[int]], where: dict[Vector, int], table: Sequence[Sequence[float]]
) -> list[float]:
    levels = {
        k: level for mine, choice in zip(own, profile, strict=True) for k, level in zip(mine, choice, strict=True)
    }
    state = where.get(tuple(levels[k] for k in sorted(levels)))
    return [min(row) - 1 if state is None else row[state] for row in table]


def _strategy(conflict: Conflict, own: Sequence[int], choice: Vector) -> str:
    taken = [(conflict.options[k], level) for k, level in zip(own, choice, strict=True) if level]
    named = [o.name if len(o.levels) == 2 else f"{o.name}={o.levels[level]}" for o, level in taken]
    return " + ".join(named) or "nothing"


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _quoted(texts: Sequence[str]) -> str:
    return "{ " + " ".join(map(_quote, texts)) + " }"


def losses(conflict: Conflict) -> list[Finding]:
    """What a strategic game cannot say of a conflict: infeasible combinations, moves that are not the options' own."""
    found = []
    every = 1
    for option in conflict.options:
        every *= len(option.levels)
    if len(conflict.states) < every:
        message = (
            f"{every - len(conflict.states):,} infeasible combinations are there, worse for everybody than the rest."
        )
        found.append(Finding("note", message))
    free = implied_moves(
        len(conflict.actors), [replace(o, direction="both") for o in conflict.options], conflict.states
    )
    if any(set(own) != row for a, b in zip(conflict.moves, free, strict=True) for own, row in zip(a, b, strict=True)):
        found.append(
            Finding("note", "One-way, removed, joint and explicit moves are lost: every choice is free there.")
        )
    return found
