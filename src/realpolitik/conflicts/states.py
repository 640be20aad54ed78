"""Which states there are: listed and numbered by the author, or all that no infeasible pattern excludes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from realpolitik.conflicts.findings import Findings, listed
from realpolitik.conflicts.located import Node
from realpolitik.conflicts.model import Option, State, Vector
from realpolitik.conflicts.patterns import MAX_STATES, Pattern, feasible_vectors, label_of, read_pattern

MAX_TRIED = 40


def read_states(root: Node, options: Sequence[Option], findings: Findings) -> list[State]:
    """The feasible states in order; reports what is wrong and then may return fewer."""
    infeasible = _patterns(root.fields.get("infeasible"), options, findings)
    listing = root.fields.get("state_numbering", root)
    listing = listing.fields.get("states", root) if listing is not root else root.fields.get("states", root)
    if listing is root:
        states = _implied(root, options, infeasible, findings)
    else:
        states = _listed(listing, options, infeasible, findings)
        if options and isinstance(listing.value, list) and "moves" not in root.fields:
            hint = 'Write {"label": "YN-", ...}, or give the `moves`.'
            findings.error(listing, "With options every label needs its option vector.", hint)
    states = _merge(root, states, options, infeasible, findings)
    _unique(listing, states, findings)
    return states


def _patterns(node: Node | None, options: Sequence[Option], findings: Findings) -> list[Pattern]:
    if node is None:
        return []
    found = [read_pattern(item, options, findings) for item in findings.sequence(node, "infeasible patterns")]
    return [pattern for pattern in found if pattern]


def _implied(root: Node, options: Sequence[Option], infeasible: Sequence[Pattern], findings: Findings) -> list[State]:
    vectors = feasible_vectors(options, infeasible)
    if vectors is None:
        message = f"The options have too many combinations to list: up to {MAX_STATES:,} states."
        findings.error(root, message, "Exclude more by infeasible patterns, or split the conflict.")
    elif not vectors:
        where = root.fields.get("infeasible", root)
        message = "No state is feasible: the infeasible patterns exclude every combination of options."
        findings.error(where, message, _culprits(where, options, infeasible))
    return [State(label_of(v, options), (v,)) for v in vectors or ()]


def _culprits(node: Node, options: Sequence[Option], infeasible: Sequence[Pattern]) -> str:
    """Which single pattern to take out, if there is one, for some state to be left."""
    if len(node.items) != len(infeasible) or len(infeasible) > MAX_TRIED:
        return "Take some of them out."
    fewer = ([p for p in infeasible if p is not left] for left in infeasible)
    alone = [n for n, rest in enumerate(fewer) if feasible_vectors(options, rest) != []]
    told = [f"{node.items[n].plain()!r} (line {node.items[n].at.line})" for n in alone]
    return f"Some would be without {' or '.join(told)}." if told else "Take several of them out."


def _listed(node: Node, options: Sequence[Option], infeasible: Sequence[Pattern], findings: Findings) -> list[State]:
    if isinstance(node.value, list):
        return [State(item.text or str(k)) for k, item in enumerate(node.items)]
    states = []
    for label, item in findings.mapping(node, "the states (label: option vector)").items():
        vectors = _vectors(item, options, infeasible, findings) if options else ()
        if vectors is not None:
            states.append(State(label, vectors))
    if not node.fields:
        findings.error(node, "No state is listed.", "List the feasible states, or leave `states` out.")
    return states


def _vectors(
    node: Node, options: Sequence[Option], infeasible: Sequence[Pattern], findings: Findings
) -> tuple[Vector, ...] | None:
    """What a label stands for: one vector, a pattern with '-' (merged) or a list of such."""
    many = isinstance(node.value, list) and any(len(item.text or "") != 1 for item in node.items)
    patterns = [read_pattern(item, options, findings) for item in (node.items if many else [node])]
    if not all(patterns):
        return None
    found = _members([p for p in patterns if p], infeasible, node, findings)
    excluded = [
        p for p in patterns if p and p.size() == 1 and any(x.matches(next(iter(p.vectors()))) for x in infeasible)
    ]
    if excluded:
        findings.note(node, "A listed state matches an infeasible pattern; the list of states is followed.")
        found += [v for p in excluded for v in p.vectors()]
    if not found:
        findings.error(node, "The infeasible patterns exclude all that this state stands for.")
        return None
    return tuple(dict.fromkeys(found))


def _members(
    patterns: Sequence[Pattern], infeasible: Sequence[Pattern], node: Node, findings: Findings
) -> list[Vector]:
    if sum(p.size() for p in patterns) > MAX_STATES:
        findings.error(node, f"The patterns match more than {MAX_STATES:,} combinations of options.")
        return []
    return [v for p in patterns for v in p.vectors() if not any(x.matches(v) for x in infeasible)]


def _merge(
    root: Node,
    states: list[State],
    options: Sequence[Option],
    infeasible: Sequence[Pattern],
    findings: Findings,
) -> list[State]:
    """Make one state of every group in `merged_states`."""
    node = root.fields.get("merged_states")
    if node is None:
        return states
    groups = list(node.fields.items()) if node.fields else [_group(i) for i in findings.sequence(node, "groups")]
    for label, group in groups:
        items = group.items if isinstance(group.value, list) else [group]
        patterns = [p for item in items if (p := read_pattern(item, options, findings))]
        vectors = _members(patterns, infeasible, group, findings)
        if patterns and not vectors:
            findings.error(group, "No feasible state matches this group.")
        states = _merged(states, label, vectors, group, findings)
    return states


def _group(item: Node) -> tuple[str, Node]:
    """A group as a list of patterns, or as {"label", "patterns"}."""
    label = item.fields.get("label", item.fields.get("state", Node("", item.at)))
    return label.text or "", item.fields.get("patterns", item)


def _merged(states: list[State], label: str, vectors: list[Vector], node: Node, findings: Findings) -> list[State]:
    inside = set(vectors)
    touched = [k for k, state in enumerate(states) if inside & set(state.vectors)]
    if not touched:
        if inside:
            findings.error(node, "No listed state is labelled for this group.", "Give one of its vectors a label.")
        return states
    kept, drop = touched[0], set(touched[1:])
    members = dict.fromkeys(v for k in touched for v in states[k].vectors) | dict.fromkeys(vectors)
    merged = State(label or states[kept].label, tuple(members))
    return [merged if k == kept else state for k, state in enumerate(states) if k not in drop]


def _unique(node: Node, states: Sequence[State], findings: Findings) -> None:
    labels = [state.label for state in states]
    twice = [label for label, count in Counter(labels).items() if count > 1]
    if twice:
        findings.error(node, f"Labels given to several states: {listed(twice)}.")
    owner: dict[Vector, str] = {}
    for state in states:
        for vector in state.vectors:
            if vector in owner:
                message = f"States '{owner[vector]}' and '{state.label}' stand for the same option vector."
                findings.error(node.fields.get(state.label, node), message, "Say so under `merged_states`.")
            owner[vector] = state.label
