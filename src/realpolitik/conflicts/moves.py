"""Who can move where: what the options imply, less what is removed, or arcs given one by one."""

from __future__ import annotations

from collections.abc import Sequence

from realpolitik.conflicts.findings import Findings, listed
from realpolitik.conflicts.located import Node
from realpolitik.conflicts.model import Option, State, Vector

MAX_ARCS = 6_000_000
Moves = list[list[set[int]]]


def implied_moves(actors: int, options: Sequence[Option], states: Sequence[State]) -> Moves:
    """Moves by changing one's own options only, each in its permitted direction.

    A merged state can be left from any vector it stands for.
    """
    return [_moves_of(actor, options, states) for actor in range(actors)]


def _moves_of(actor: int, options: Sequence[Option], states: Sequence[State]) -> list[set[int]]:
    own = [k for k, option in enumerate(options) if option.actor == actor]
    rest = [k for k in range(len(options)) if k not in own]
    groups: dict[tuple[int, ...], list[tuple[Vector, int]]] = {}
    for s, state in enumerate(states):
        for vector in state.vectors:
            groups.setdefault(tuple(vector[k] for k in rest), []).append((vector, s))
    oneway = [k for k in own if options[k].direction != "both"]
    out: list[set[int]] = [set() for _ in states]
    for group in groups.values():
        for old, s in group:
            out[s].update(t for new, t in group if all(options[k].may_change(old[k], new[k]) for k in oneway))
            out[s].discard(s)
    return out


def count_implied(actors: int, options: Sequence[Option], states: Sequence[State]) -> int:
    """An upper bound on the arcs before they are made."""
    total = 0
    for actor in range(actors):
        size = 1
        for option in options:
            size *= len(option.levels) if option.actor == actor else 1
        total += len(states) * min(size, len(states))
    return total


def read_moves(
    root: Node, actors: Sequence[str], options: Sequence[Option], states: Sequence[State], findings: Findings
) -> tuple[Moves, bool]:
    """The moves, and whether they are certainly transitive."""
    if count_implied(len(actors), options, states) > MAX_ARCS:
        findings.error(root, f"The options imply more than {MAX_ARCS:,} moves.", "Exclude more states.")
        findings.stop()
    moves = implied_moves(len(actors), options, states)
    labels = {state.label: s for s, state in enumerate(states)}
    explicit = _explicit(root, actors, labels, moves, findings)
    removed = _removed(root, actors, labels, moves, findings)
    merged = any(len(state.vectors) > 1 for state in states)
    return moves, not (explicit or removed or merged)


def _explicit(root: Node, actors: Sequence[str], labels: dict[str, int], moves: Moves, findings: Findings) -> bool:
    node = root.fields.get("moves")
    for name, arcs in findings.mapping(node, "moves (actor: list of arcs)").items() if node else ():
        actor = findings.index(Node(name, arcs.at), actors, "actor")
        if actor is not None:
            moves[actor] = _arcs(arcs, labels, findings)
    return node is not None


def _arcs(node: Node, labels: dict[str, int], findings: Findings) -> list[set[int]]:
    out: list[set[int]] = [set() for _ in labels]
    pairs = [(Node(origin, targets.at), t) for origin, targets in node.fields.items() for t in targets.items]
    for item in findings.sequence(node, "arcs [from, to]") if not node.fields else ():
        if len(item.items) == 2:
            pairs.append((item.items[0], item.items[1]))
        else:
            findings.error(item, "Expected an arc as [from, to].")
    for origin, target in pairs:
        s, t = state_index(origin, labels, findings), state_index(target, labels, findings)
        if s is not None and t is not None and s != t:
            out[s].add(t)
    return out


def _removed(root: Node, actors: Sequence[str], labels: dict[str, int], moves: Moves, findings: Findings) -> bool:
    node = root.fields.get("removed_moves")
    for item in findings.sequence(node, "removed moves [actor, from, to]") if node else ():
        if len(item.items) != 3:
            findings.error(item, "Expected a removed move as [actor, from, to].")
            continue
        actor = findings.index(item.items[0], actors, "actor")
        s, t = (state_index(end, labels, findings) for end in item.items[1:])
        if actor is None or s is None or t is None:
            continue
        if t not in moves[actor][s]:
            findings.note(item, f"{actors[actor]} could not make this move anyway.")
        moves[actor][s].discard(t)
    return node is not None and bool(node.items)


def state_index(node: Node, labels: dict[str, int], findings: Findings) -> int | None:
    """Which state is meant? Reports an unknown label."""
    label = node.text
    if label is not None and label in labels:
        return labels[label]
    given = f"'{label}'" if label is not None else node.kind()
    findings.error(node, f"{given} is no label of a feasible state.", f"Feasible: {listed(labels, 12)}.")
    return None
