"""Write a conflict in the JSON form that `reader` reads."""

from __future__ import annotations

from typing import Any

from realpolitik.conflicts.model import Conflict, Option, Preference, State, Vector
from realpolitik.conflicts.moves import implied_moves

_ALLOWED = {"up": "N->Y", "down": "Y->N"}


def conflict_to_json(conflict: Conflict) -> dict[str, Any]:
    """The conflict as JSON data: states listed, preferences as rankings or pairs, moves only where options do not
    imply them.

    What actors misperceive is not written (each perceived conflict can be written by itself).

    >>> from realpolitik.conflicts.reader import parse_conflict
    >>> text = '{"decision_makers": [{"name": "A", "options": ["go"]}], "preferences": {"A": [1, 0]}}'
    >>> conflict_to_json(parse_conflict(text))["preferences"]
    {'A': {'type': 'ranking', 'best_to_worst': ['1', '0']}}
    """
    out: dict[str, Any] = {
        "name": conflict.name,
        "kind": "gmcr",
        "decision_makers": [
            {"name": name, "options": [_option(o) for o in conflict.options if o.actor == i]}
            for i, name in enumerate(conflict.actors)
        ],
        "options_order": [
            {"index": k, "option": o.name, "decision_maker": conflict.actors[o.actor]}
            for k, o in enumerate(conflict.options)
        ],
        "irreversible": _directions(conflict),
        "state_numbering": {"states": {state.label: _vectors(conflict, state) for state in conflict.states}},
        "preferences": {
            name: _preference(conflict, preference)
            for name, preference in zip(conflict.actors, conflict.preferences, strict=True)
        },
    }
    moves = _moves(conflict)
    quo = conflict.status_quo
    return out | ({"moves": moves} if moves else {}) | ({} if quo is None else {"status_quo": conflict.labels[quo]})


def _option(option: Option) -> Any:
    return option.name if len(option.levels) == 2 else {"name": option.name, "levels": list(option.levels)}


def _directions(conflict: Conflict) -> list[dict[str, Any]]:
    return [
        {"option": k, "allowed": _ALLOWED[option.direction]}
        for k, option in enumerate(conflict.options)
        if option.direction != "both"
    ]


def _vectors(conflict: Conflict, state: State) -> Any:
    texts = [_letters(conflict, vector) for vector in state.vectors]
    return texts[0] if len(texts) == 1 else (texts or "")


def _letters(conflict: Conflict, vector: Vector) -> str:
    return "".join(
        "NY"[level] if len(option.levels) == 2 else str(level)
        for level, option in zip(vector, conflict.options, strict=True)
    )


def _preference(conflict: Conflict, preference: Preference) -> dict[str, Any]:
    labels = conflict.labels
    if preference.ranks is None:
        return _partial(labels, preference)
    order: list[Any] = []
    for rank in sorted(set(preference.ranks), reverse=True):
        tied = [label for label, r in zip(labels, preference.ranks, strict=True) if r == rank]
        order.append(tied[0] if len(tied) == 1 else tied)
    return {"type": "ranking", "best_to_worst": order}


def _partial(labels: tuple[str, ...], preference: Preference) -> dict[str, Any]:
    strict = [[labels[t], labels[s]] for s, better in enumerate(preference.better) for t in sorted(better)]
    states = range(len(labels))
    ties = [
        [labels[s], labels[t]]
        for s in states
        for t in states
        if s < t and t not in preference.better[s] | preference.unknown[s] and s not in preference.better[t]
    ]
    return {"type": "partial", "strict_pairs": strict, "equal_pairs": ties, "rest": "unknown"}


def _moves(conflict: Conflict) -> dict[str, list[list[str]]]:
    """Arcs of the actors whose moves are not what their options imply."""
    implied = implied_moves(len(conflict.actors), conflict.options, conflict.states)
    labels, out = conflict.labels, {}
    for name, own, found in zip(conflict.actors, conflict.moves, implied, strict=True):
        if any(set(a) != b for a, b in zip(own, found, strict=True)):
            out[name] = [[labels[s], labels[t]] for s, row in enumerate(own) for t in row]
    return out
