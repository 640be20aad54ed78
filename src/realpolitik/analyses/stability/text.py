"""Stability results as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from realpolitik.analyses.stability.results import StabilityResult, hypergame
from realpolitik.conflicts.graph import names
from realpolitik.games.concepts import COALITION_CONCEPTS, CONCEPTS
from realpolitik.language.sentences import counted

MAX_ROWS = 64


def stability_text(results: Sequence[StabilityResult]) -> list[str]:
    """The report, line by line; several readings one after the other."""
    first = results[0]
    size = counted(len(first.conflict.states), "state")
    lines = [f"{first.conflict.name or 'Conflict'}: {size}, sanctions by {first.convention}"]
    lines += _options(first)
    for result in results:
        if result.reading:
            lines += ["", f"Reading {result.reading} of unknown preferences"]
        lines += ["", *_table(result), "", *_equilibria(result), *_coalitions(result), *_partition(result)]
        lines += _hypergame(result)
    return lines


def _options(result: StabilityResult) -> list[str]:
    options = result.conflict.options
    return (
        [f"  options: {'; '.join(f'{result.conflict.actors[o.actor]}: {o.name}' for o in options)}"] if options else []
    )


def _table(result: StabilityResult) -> list[str]:
    """One row per state: label, options, per actor the concepts under which it holds; equilibria first if
    many.
    """
    conflict = result.conflict
    shown = (
        [s for s in range(len(conflict.states)) if _everywhere(result, s)] if len(conflict.states) > MAX_ROWS else None
    )
    states = range(len(conflict.states)) if shown is None else shown[:MAX_ROWS]
    rows = [["state", "options", *conflict.actors, "equilibrium"]]
    for s in states:
        cells = [_senses(result, i, s) for i in range(len(conflict.actors))]
        rows.append([conflict.labels[s], conflict.pattern(s), *cells, _everywhere(result, s)])
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    table = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    hidden = len(conflict.states) - len(states)
    return table + ([f"({hidden} more states, most of them no equilibrium; --json has all)"] if hidden else [])


def _senses(result: StabilityResult, i: int, s: int) -> str:
    if result.flags["R"][i][s]:
        return "R"
    found = [c for c in CONCEPTS if result.flags[c][i][s]]
    if result.simultaneous and result.simultaneous[i][s] and not result.flags["SEQ"][i][s]:
        found.append("SIM")
    return " ".join(found) or "-"


def _everywhere(result: StabilityResult, s: int) -> str:
    return " ".join(c for c in CONCEPTS if all(row[s] for row in result.flags[c]))


def _equilibria(result: StabilityResult) -> list[str]:
    labels = result.conflict.labels
    found = {c: [labels[s] for s in result.equilibria(c)] for c in CONCEPTS}
    return ["Equilibria (stable for every actor; R cells are stable in every sense)", *_listing(found.items())]


def _listing(found: Iterable[tuple[str, Sequence[str]]]) -> list[str]:
    return [
        f"  {name:<6} {', '.join(labels[:40]) or 'none'}{' ...' if len(labels) > 40 else ''}" for name, labels in found
    ]


def _coalitions(result: StabilityResult) -> list[str]:
    found, conflict = result.coalitions, result.conflict
    if found is None:
        return ["Coalitions left out (large conflict); ask with --coalitions"]
    labels = conflict.labels
    lines = ["Stable for every coalition"]
    lines += _listing((c, [labels[s] for s in found.equilibria(c)]) for c in COALITION_CONCEPTS)
    for members, origin, target in found.jumps[:20]:
        who = names(conflict, members)
        lines.append(f"  {who} prefer equilibrium {labels[target]} to {labels[origin]} and can go there together")
    return lines


def _partition(result: StabilityResult) -> list[str]:
    if not result.blocks:
        return []
    blocks = ", ".join(names(result.conflict, block) for block in result.blocks)
    labels = result.conflict.labels
    found = result.block_equilibria()
    listing = _listing((concept, [labels[s] for s in states]) for concept, states in found.items())
    return [f"Each block one mover: {blocks}", *listing]


def _hypergame(result: StabilityResult) -> list[str]:
    found = hypergame(result.conflict, result.convention, result.reading)
    if found is None:
        return []
    return ["Each actor by its own picture of the conflict (level-1 hypergame)", *_listing(found.equilibria.items())]
