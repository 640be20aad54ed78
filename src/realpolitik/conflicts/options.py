"""Actors and their options, from `decision_makers`, `options_order` and `irreversible`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from realpolitik.conflicts.findings import Findings
from realpolitik.conflicts.located import Node
from realpolitik.conflicts.model import Direction, Option

MAX_ACTORS = 32
MAX_OPTIONS = 256
_DIRECTIONS: dict[str, Direction] = {
    "N->Y": "up",
    "Y->N": "down",
    "both": "both",
    "up": "up",
    "down": "down",
    "N<->Y": "both",
}


def read_actors(root: Node, findings: Findings) -> list[str]:
    """The names of the actors, in order."""
    node = root.fields.get("decision_makers")
    if node is None:
        findings.error(root, "`decision_makers` is missing: a list of actors with their options.")
        return []
    names: list[str] = []
    for item in findings.sequence(node, "actors"):
        name = item.fields.get("name", item)
        if not name.text:
            findings.error(item, "An actor needs a name.")
        elif name.text in names:
            findings.error(name, f"Two actors are called '{name.text}'.")
        else:
            names.append(name.text)
    if not 1 <= len(names) <= MAX_ACTORS:
        findings.error(node, f"Expected 1 to {MAX_ACTORS} actors, found {len(names)}.")
    return names


def read_options(root: Node, actors: Sequence[str], findings: Findings) -> list[Option]:
    """The options in the order that patterns and vectors follow."""
    findings.stop()
    declared = _declared(root, actors, findings)
    order = root.fields.get("options_order")
    options = _ordered(order, declared, actors, findings) if order else [option for _, option in declared]
    if len(options) > MAX_OPTIONS:
        findings.error(root, f"Expected at most {MAX_OPTIONS} options, found {len(options)}.")
    return _directed(root, options, findings)


def _declared(root: Node, actors: Sequence[str], findings: Findings) -> list[tuple[Node, Option]]:
    out: list[tuple[Node, Option]] = []
    for item in root.fields["decision_makers"].items:
        name = item.fields.get("name", item).text or ""
        options = item.fields.get("options")
        for node in findings.sequence(options, "options") if options else ():
            option = _option(node, actors.index(name), findings)
            if option and any(o.name == option.name and o.actor == option.actor for _, o in out):
                findings.error(node, f"{name} has two options called '{option.name}'.")
            elif option:
                out.append((node, option))
    return out


def _option(node: Node, actor: int, findings: Findings) -> Option | None:
    name = node.fields.get("name", node)
    if not name.text:
        findings.error(node, "An option needs a name.")
        return None
    levels = node.fields.get("levels")
    if levels is None:
        return Option(name.text, actor)
    names = tuple(item.text or "" for item in findings.sequence(levels, "levels, the first one 'not done'"))
    if not 2 <= len(set(names)) == len(names) <= 10:
        findings.error(levels, "Expected 2 to 10 different levels.")
        return None
    return Option(name.text, actor, names)


def _ordered(
    node: Node, declared: Sequence[tuple[Node, Option]], actors: Sequence[str], findings: Findings
) -> list[Option]:
    """Put the declared options in the order given; every one must occur once."""
    items = sorted(enumerate(findings.sequence(node, "options in order")), key=lambda pair: _index(*pair))
    indices = [_index(k, item) for k, item in items]
    if indices != list(range(len(items))):
        findings.error(node, f"The indices of `options_order` should run from 0 to {len(items) - 1}.")
    used: list[Option] = []
    for _, item in items:
        option = _find(item, declared, actors, findings)
        if option is not None and option in used:
            findings.error(item, f"The option '{option.name}' is listed twice.")
        elif option is not None:
            used.append(option)
    for where, option in declared:
        if option not in used:
            findings.error(where, f"The option '{option.name}' is missing in `options_order`.")
    return used


def _index(place: int, item: Node) -> int:
    index = item.fields.get("index")
    value = index.value if index else None
    return value if isinstance(value, int) else place


def _find(
    item: Node, declared: Sequence[tuple[Node, Option]], actors: Sequence[str], findings: Findings
) -> Option | None:
    name = item.fields.get("option", item.fields.get("name", item))
    owner = item.fields.get("decision_maker")
    actor = findings.index(owner, actors, "actor") if owner else None
    if owner and actor is None:
        return None
    candidates = [o for _, o in declared if owner is None or o.actor == actor]
    k = findings.index(name, [o.name for o in candidates], "option")
    if k is None:
        return None
    if owner is None and sum(o.name == candidates[k].name for o in candidates) > 1:
        findings.error(item, f"Several actors have an option '{name.text}'.", "Name the `decision_maker` too.")
    return candidates[k]


def _directed(root: Node, options: list[Option], findings: Findings) -> list[Option]:
    """Apply `irreversible`: the only permitted direction of an option."""
    node = root.fields.get("irreversible")
    for item in findings.sequence(node, "irreversible options") if node else ():
        which = item.fields.get("option")
        allowed = item.fields.get("allowed")
        if which is None or allowed is None:
            findings.error(item, 'Expected {"option": index or name, "allowed": "N->Y" or "Y->N"}.')
            continue
        k = which.value if isinstance(which.value, int) and not isinstance(which.value, bool) else None
        if k is None or not 0 <= k < len(options):
            k = findings.index(which, [o.name for o in options], f"option (name, or index 0 to {len(options) - 1})")
        direction = _DIRECTIONS.get((allowed.text or "").replace(" ", ""))
        if direction is None:
            findings.error(allowed, f"'{allowed.text}' is no direction.", f"Known: {', '.join(_DIRECTIONS)}.")
        elif k is not None:
            options[k] = replace(options[k], direction=direction)
    return options
