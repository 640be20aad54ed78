"""Read a conflict from its JSON form; everything wrong is said at once, with line and column."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from realpolitik.conflicts.findings import Findings
from realpolitik.conflicts.located import MAX_BYTES, Node, read_located
from realpolitik.conflicts.model import Conflict
from realpolitik.conflicts.moves import read_moves, state_index
from realpolitik.conflicts.options import read_actors, read_options
from realpolitik.conflicts.preferences import read_preferences
from realpolitik.conflicts.states import read_states
from realpolitik.errors import Finding, InputRefused, Position


def read_conflict(path: Path | str) -> Conflict:
    """Read a conflict from a file: `.json` as documented in docs/reference/conflict-format.md, `.gmcr`, or
    `.nfg`.

    Raises
    ------
    InputRefused
        With every finding, each with file, line and column.
    """
    path = Path(path)
    text = _text(path)
    if path.suffix.lower() == ".gmcr":
        from realpolitik.conflicts.gmcr import parse_gmcr  # noqa: PLC0415

        return parse_gmcr(text, str(path))
    if path.suffix.lower() == ".nfg":
        from realpolitik.conflicts.nfg import parse_nfg  # noqa: PLC0415

        return parse_nfg(text, str(path))
    return parse_conflict(text, str(path))


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputRefused([Finding("error", "The file is larger than 32 MB.", Position(str(path)))])
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"The file is not UTF-8 text (byte {error.start})."
        raise InputRefused([Finding("error", message, Position(str(path)))]) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputRefused([Finding("error", f"Cannot read the file: {reason}.", Position(str(path)))]) from None


def parse_conflict(text: str, file: str = "") -> Conflict:
    """Read a conflict from JSON text.

    >>> conflict = parse_conflict('''{"decision_makers": [{"name": "A", "options": ["go"]}],
    ...                               "preferences": {"A": {"type": "ranking", "best_to_worst": [1, 0]}}}''')
    >>> conflict.labels, conflict.preferences[0].ranks
    (('0', '1'), (0, 1))
    """
    return build_conflict(read_located(text, file))


def build_conflict(root: Node) -> Conflict:
    """A conflict from located JSON. Raises InputRefused with every finding."""
    findings = Findings()
    findings.mapping(root, "a conflict")
    findings.stop()
    conflict = _build(root, findings)
    perceived = _perceived(root, conflict, findings)
    findings.stop()
    return replace(conflict, perceived=perceived, notes=findings.notes())


def _build(root: Node, findings: Findings) -> Conflict:
    actors = read_actors(root, findings)
    options = read_options(root, actors, findings)
    findings.stop()
    states = read_states(root, options, findings)
    findings.stop()
    moves, transitive = read_moves(root, actors, options, states, findings)
    preferences = read_preferences(root, actors, options, states, findings)
    labels = {state.label: s for s, state in enumerate(states)}
    quo = root.fields.get("status_quo")
    status_quo = state_index(quo, labels, findings) if quo else None
    findings.stop()
    frozen = tuple(tuple(tuple(sorted(row)) for row in actor) for actor in moves)
    name = _name(root, findings)
    return Conflict(
        name, tuple(actors), tuple(options), tuple(states), frozen, tuple(preferences), transitive, status_quo
    )


def _name(root: Node, findings: Findings) -> str:
    node = root.fields.get("name")
    if node is not None and node.text is None:
        findings.note(node, f"The name should be a text, found {node.kind()}.")
    return (node.text or "") if node else ""


def _perceived(root: Node, conflict: Conflict, findings: Findings) -> dict[int, Conflict]:
    """Each actor's own picture: the file with the actor's entries put in their place."""
    node = root.fields.get("misperceptions")
    found: dict[int, Conflict] = {}
    for name, changes in findings.mapping(node, "misperceptions (actor: what it sees)").items() if node else ():
        actor = findings.index(Node(name, changes.at), conflict.actors, "actor")
        if actor is not None and findings.mapping(changes, "what the actor sees"):
            found[actor] = _build(_seen(root, changes), findings)
    return found


def _seen(root: Node, changes: Node) -> Node:
    fields = {key: value for key, value in root.fields.items() if key != "misperceptions"}
    merged = dict(changes.fields)
    if "preferences" in merged and "preferences" in fields:
        own = merged["preferences"]
        merged["preferences"] = Node({**fields["preferences"].fields, **own.fields}, own.at)
    return Node({**fields, **merged}, changes.at)
