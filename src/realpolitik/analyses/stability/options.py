"""What each option does for the outcome: the equilibria that appear and vanish if it cannot be used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from realpolitik.analyses.stability.results import analyse
from realpolitik.conflicts.model import Conflict, Preference
from realpolitik.games.concepts import CONCEPTS, Convention


@dataclass(frozen=True)
class OptionEffect:
    """Labels of equilibria by concept that are `lost` and `gained` among the states without the option."""

    option: str
    actor: str
    lost: dict[str, list[str]]
    gained: dict[str, list[str]]


def without_option(conflict: Conflict, k: int) -> Conflict | None:
    """The conflict in which option k stays at its first level; None if no such state is feasible."""
    kept = [s for s, state in enumerate(conflict.states) if any(vector[k] == 0 for vector in state.vectors)]
    place = {s: n for n, s in enumerate(kept)}
    moves = tuple(tuple(tuple(place[t] for t in actor[s] if t in place) for s in kept) for actor in conflict.moves)
    preferences = tuple(_restricted(preference, kept, place) for preference in conflict.preferences)
    states = tuple(conflict.states[s] for s in kept)
    changed = replace(conflict, states=states, moves=moves, preferences=preferences, status_quo=None, perceived={})
    return changed if kept else None


def _restricted(preference: Preference, kept: Sequence[int], place: dict[int, int]) -> Preference:
    if preference.ranks is not None:
        return replace(preference, ranks=tuple(preference.ranks[s] for s in kept))
    better, unknown = (
        tuple(frozenset(place[t] for t in table[s] if t in place) for s in kept)
        for table in (preference.better, preference.unknown)
    )
    return replace(preference, better=better, unknown=unknown)


def option_effects(conflict: Conflict, convention: Convention) -> list[OptionEffect]:
    """For every option: which equilibria depend on its being available (compare Alhindi 2018)?

    Equilibria in states that use the option vanish with it by themselves; so `lost` and `gained` compare only states
    that do not use it: there an option works as a threat or a temptation.
    """
    if conflict.partial:
        return []
    whole = _equilibria(conflict, convention)
    return [_effect(conflict, k, whole, convention) for k in range(len(conflict.options))]


def _equilibria(conflict: Conflict, convention: Convention) -> dict[str, set[str]]:
    result = analyse(conflict, convention, coalitions=False)[0]
    return {concept: {conflict.labels[s] for s in result.equilibria(concept)} for concept in CONCEPTS}


def _effect(conflict: Conflict, k: int, whole: dict[str, set[str]], convention: Convention) -> OptionEffect:
    option = conflict.options[k]
    rest = without_option(conflict, k)
    found = _equilibria(rest, convention) if rest else {concept: set() for concept in CONCEPTS}
    left = set(rest.labels) if rest else set()
    lost = {c: sorted(states & left - found[c]) for c, states in whole.items()}
    gained = {c: sorted(found[c] - states) for c, states in whole.items()}
    return OptionEffect(option.name, conflict.actors[option.actor], lost, gained)


def effects_json(effects: Sequence[OptionEffect]) -> list[dict[str, Any]]:
    """The effects as data."""
    return [{"option": item.option, "actor": item.actor, "lost": item.lost, "gained": item.gained} for item in effects]


def effects_text(effects: Sequence[OptionEffect]) -> list[str]:
    """The effects as lines: what holds only because the option is there, and what would hold without it."""
    lines = ["What would change among the other states if an option could not be used"]
    for item in effects:
        parts = [f"{c}: -{', '.join(item.lost[c])}" for c in CONCEPTS if item.lost[c]]
        parts += [f"{c}: +{', '.join(item.gained[c])}" for c in CONCEPTS if item.gained[c]]
        lines.append(f"  {item.actor}: {item.option}: {'; '.join(parts) or 'nothing'}")
    return lines
