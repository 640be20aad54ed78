"""Which joint outcomes of an ordinal conflict hold, for whom, in which sense; which coalitions could move
them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from realpolitik.conflicts.graph import arcs_and_ranks, block_moves, movers_of, names, order_of
from realpolitik.conflicts.model import Conflict
from realpolitik.errors import QuestionRefused
from realpolitik.games.coalitions import (
    CoalitionGame,
    Members,
    coalition_verdicts,
    equilibrium_jumps,
    partition_verdicts,
)
from realpolitik.games.concepts import COALITION_CONCEPTS, CONCEPTS, READINGS, Convention
from realpolitik.games.relations import Mover, bits, stability
from realpolitik.games.simultaneous import SimultaneousGame

MAX_COALITION_WORK = 35_000_000
"""Coalitions are worked out up to this many (coalition, state, state) triples unless asked for."""

MAX_COALITION_TREES = 300_000
"""... and up to this many (state, coalition, coalition of outsiders) triples."""

MAX_COALITION_ACTORS = 10
MAX_SIMULTANEOUS_STATES = 5_000

Flags = list[list[bool]]


@dataclass(frozen=True)
class CoalitionResult:
    """`flags[members][concept]` (state); `improvements[state][members]` = states; jumps from one equilibrium
    to another.
    """

    flags: Mapping[Members, Mapping[str, list[bool]]]
    improvements: Mapping[int, Mapping[Members, tuple[int, ...]]]
    jumps: tuple[tuple[Members, int, int], ...]

    def equilibria(self, concept: str) -> list[int]:
        """States stable for every nonempty coalition."""
        rows = [flags[concept] for flags in self.flags.values()]
        return [s for s, column in enumerate(zip(*rows, strict=True)) if all(column)]


@dataclass(frozen=True)
class StabilityResult:
    """One conflict under one convention and one reading of unknown preferences ("" where none are unknown).

    `flags[concept][actor][state]` for R, GMR, SMR, SEQ, SSEQ; `simultaneous[actor][state]`, None without
    option vectors.
    """

    conflict: Conflict
    convention: Convention
    reading: str
    flags: Mapping[str, Flags]
    simultaneous: Flags | None
    coalitions: CoalitionResult | None
    blocks: tuple[Members, ...] = ()
    block_flags: Mapping[str, Flags] = field(default_factory=dict)

    def equilibria(self, concept: str) -> list[int]:
        """States stable for every actor."""
        return _everywhere(self.flags[concept])

    def block_equilibria(self) -> dict[str, list[int]]:
        """States stable for every block of the partition, by concept."""
        return {concept: _everywhere(rows) for concept, rows in self.block_flags.items()}


def _everywhere(rows: Flags) -> list[int]:
    return [s for s, column in enumerate(zip(*rows, strict=True)) if all(column)]


def analyse(
    conflict: Conflict,
    convention: Convention = "legal-sequences",
    coalitions: bool | None = None,
    blocks: Sequence[Members] = (),
) -> list[StabilityResult]:
    """Stability of every state: one result, or four (readings a to d) where some preference is partial.

    coalitions: every subset, or not; None works them out unless the conflict is large.
    blocks: a partition of the actors, each block one mover, judged besides.
    """
    if conflict.partial:
        return [_by_sets(conflict, convention, reading, coalitions, blocks) for reading in READINGS]
    return [_by_sets(conflict, convention, "", coalitions, blocks)]


def _by_sets(
    conflict: Conflict, convention: Convention, reading: str, coalitions: bool | None, blocks: Sequence[Members]
) -> StabilityResult:
    if coalitions and len(conflict.actors) > MAX_COALITION_ACTORS:
        message = f"Every coalition of {len(conflict.actors)} actors is too many"
        raise QuestionRefused(f"{message}; up to {MAX_COALITION_ACTORS} actors. Ask for a partition instead.")
    small = _small(len(conflict.states), len(conflict.actors))
    wanted = small if coalitions is None else coalitions
    as_sets = wanted or bool(reading) or bool(blocks) or len(conflict.states) <= MAX_SIMULTANEOUS_STATES
    movers = movers_of(conflict, reading or "b") if as_sets else []
    flags = stability(movers, convention) if reading else ranked_flags(conflict, convention)
    return StabilityResult(
        conflict,
        convention,
        reading,
        flags,
        _simultaneous(conflict, movers),
        _coalitions(movers, convention, _everywhere(flags["R"])) if wanted else None,
        tuple(blocks),
        partition_verdicts(movers, blocks, convention, block_moves(conflict, blocks)) if blocks else {},
    )


def _small(states: int, actors: int) -> bool:
    """Can every coalition be worked out in a few seconds?"""
    return states * states << actors <= MAX_COALITION_WORK and states * int(3.0**actors) <= MAX_COALITION_TREES


def ranked_flags(conflict: Conflict, convention: Convention) -> dict[str, Flags]:
    """The fast path for complete preferences: `[concept][actor][state]`."""
    from realpolitik.games.verdicts import verdicts  # noqa: PLC0415

    arcs, ranks = arcs_and_ranks(conflict)
    found = verdicts(arcs, ranks, convention)
    return {concept: found.of(concept).tolist() for concept in CONCEPTS}


def _simultaneous(conflict: Conflict, movers: Sequence[Mover]) -> Flags | None:
    if not movers:
        return None
    owner = [option.actor for option in conflict.options]
    return SimultaneousGame([state.vectors for state in conflict.states], owner, movers).verdicts()


def _coalitions(movers: Sequence[Mover], convention: Convention, equilibria: Sequence[int]) -> CoalitionResult:
    game = CoalitionGame(movers, convention)
    flags = coalition_verdicts(game)
    improvements = {s: game.improvements(s) for s in range(len(movers[0].moves))}
    return CoalitionResult(
        flags,
        {s: {m: tuple(bits(mask)) for m, mask in found.items()} for s, found in improvements.items() if found},
        tuple((jump.members, jump.origin, jump.target) for jump in equilibrium_jumps(game, equilibria)),
    )


@dataclass(frozen=True)
class HypergameResult:
    """Level 1: every actor judges the conflict it sees. `equilibria[concept]`: labels stable for each in its
    own eyes.
    """

    perceived: Mapping[str, StabilityResult]
    equilibria: Mapping[str, list[str]]


def hypergame(conflict: Conflict, convention: Convention, reading: str = "") -> HypergameResult | None:
    """What holds when each actor judges by its own picture, unaware that others' differ (Wang, Hipel & Fraser
    1988).

    None if nobody misperceives anything. A state that an actor does not see cannot be an equilibrium.
    """
    if not conflict.perceived:
        return None
    own = {i: conflict.perceived.get(i, conflict) for i in range(len(conflict.actors))}
    seen = {i: _by_sets(picture, convention, _reading_for(picture, reading), False, ()) for i, picture in own.items()}
    equilibria = {}
    for concept in CONCEPTS:
        stable = [_stable_labels(result, concept, conflict.actors[i]) for i, result in seen.items()]
        equilibria[concept] = [label for label in conflict.labels if all(label in labels for labels in stable)]
    return HypergameResult({conflict.actors[i]: result for i, result in seen.items()}, equilibria)


def _reading_for(picture: Conflict, reading: str) -> str:
    return (reading or "b") if picture.partial else ""


def _stable_labels(result: StabilityResult, concept: str, name: str) -> set[str]:
    flags = result.flags[concept][result.conflict.actors.index(name)]
    return {label for label, stable in zip(result.conflict.labels, flags, strict=True) if stable}


def stability_json(results: Sequence[StabilityResult]) -> dict[str, Any]:
    """The results as `rpol stability --json` prints them; several readings become blocks under `readings`."""
    first = results[0]
    head: dict[str, Any] = {
        "name": first.conflict.name,
        "convention": first.convention,
        "states": list(first.conflict.labels),
    }
    if not first.reading:
        return head | _block(first)
    return head | {"readings": {result.reading: _block(result) for result in results}}


def _block(result: StabilityResult) -> dict[str, Any]:
    labels, actors = result.conflict.labels, result.conflict.actors
    block: dict[str, Any] = {
        "per_state": {
            label: {name: _flags(result, i, s) for i, name in enumerate(actors)} for s, label in enumerate(labels)
        },
        "equilibria": {concept: [labels[s] for s in result.equilibria(concept)] for concept in CONCEPTS},
        "coalitions": _coalition_block(result),
    }
    if result.blocks:
        block["partition"] = _partition_block(result)
    found = hypergame(result.conflict, result.convention, result.reading)
    if found:
        block["hypergame"] = {
            "level": 1,
            "equilibria": dict(found.equilibria),
            "perceived": {
                name: {"states": list(seen.conflict.labels)} | _seen(seen) for name, seen in found.perceived.items()
            },
        }
    return block


def _seen(result: StabilityResult) -> dict[str, Any]:
    labels = result.conflict.labels
    return {"equilibria": {concept: [labels[s] for s in result.equilibria(concept)] for concept in CONCEPTS}}


def _flags(result: StabilityResult, i: int, s: int) -> dict[str, bool | None]:
    flags: dict[str, bool | None] = {concept: result.flags[concept][i][s] for concept in CONCEPTS}
    met = result.simultaneous[i][s] if result.simultaneous else None
    return flags | {"SIM": met, "SEQ or SIM": True if flags["SEQ"] else met}


def _coalition_block(result: StabilityResult) -> dict[str, Any]:
    found, labels = result.coalitions, result.conflict.labels
    if found is None:
        return {"left_out": "the conflict is large; ask with --coalitions"}

    return {
        "equilibria": {c: [labels[s] for s in found.equilibria(c)] for c in COALITION_CONCEPTS},
        "per_coalition": {
            names(result.conflict, members): {
                c: [labels[s] for s, ok in enumerate(flags[c]) if ok] for c in COALITION_CONCEPTS
            }
            for members, flags in found.flags.items()
        },
        "improvements": {
            labels[s]: {names(result.conflict, members): [labels[t] for t in states] for members, states in by.items()}
            for s, by in found.improvements.items()
        },
        "jumps": [_jump(result.conflict, *jump) for jump in found.jumps],
    }


def _jump(conflict: Conflict, members: Members, origin: int, target: int) -> dict[str, Any]:
    """A coalition's way from one equilibrium to another, and who else gains or loses by it."""
    orders = [order_of(conflict, i) for i in range(len(conflict.actors))]
    return {
        "coalition": names(conflict, members),
        "from": conflict.labels[origin],
        "to": conflict.labels[target],
        "gain": [conflict.actors[i] for i, order in enumerate(orders) if order.better[origin] >> target & 1],
        "lose": [conflict.actors[i] for i, order in enumerate(orders) if order.better[target] >> origin & 1],
    }


def _partition_block(result: StabilityResult) -> dict[str, Any]:
    labels = result.conflict.labels
    blocks = [names(result.conflict, block) for block in result.blocks]
    stable = {concept: [labels[s] for s in states] for concept, states in result.block_equilibria().items()}
    return {"blocks": blocks, "equilibria": stable}
