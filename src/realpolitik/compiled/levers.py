"""The strongest levers of one actor over another: alone, two together, and whether they would be used.

A lever is a unilateral move (see `compiled.unilateral`); its effect on the other is a gain in points, by itself. A
threat is credible to the extent that it would be carried out: the share of draws in which the move is made within the
answer time once the other has done something first, everybody deciding as usual.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.contrasts import LOSS
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.holds import Intervention
from realpolitik.compiled.thinned import thinned
from realpolitik.compiled.unilateral import Move, Replays, joined, moves_of, pairs_of, reached
from realpolitik.situation.model import Promise

Reals = NDArray[np.float64]
Bools = NDArray[np.bool_]
Lever = tuple[Move, ...]
DECIDING_DRAWS = 128


@dataclass(frozen=True, eq=False)
class Levers:
    """The levers of every actor and what they do to everybody, in points (draw, actor)."""

    ensemble: Ensemble
    years: float
    effects: dict[Lever, Reals] = field(default_factory=dict)

    @property
    def replays(self) -> Replays:
        """How levers are valued."""
        return Replays(self.ensemble, self.years)

    @cached_property
    def deciding(self) -> Ensemble:
        """The ensemble that says whether levers are used: the first draws of the same, as every answer is a run, each
        under one combination of hypotheses. Its runs are not kept; what is read off them is.
        """
        settings = self.ensemble.settings
        fewer = replace(settings, draws=min(DECIDING_DRAWS, settings.draws))
        fresh: dict[str, Any] = {"runs": {}, "known": {}, "known_scales": {}, "known_ablations": {}, "store": None}
        made = replace(self.ensemble, settings=fewer, **fresh)
        return replace(made, known={"draws": thinned(made.draws)})

    def used(self, held: Intervention) -> Bools:
        """Which option levels are used at some time within the answer time if `held` is held (draw, slot)."""
        name, known = f"used {DECIDING_DRAWS} {self.years} {held.holds!r}", self.ensemble.known_scales
        if name not in known:
            known[name] = reached(self.deciding, held, self.years).astype(np.float64)
        return known[name].astype(bool)

    def of(self, actor: str) -> tuple[Move, ...]:
        """What an actor can do alone."""
        return moves_of(self.ensemble.model, actor)

    def effect(self, lever: Lever) -> Reals:
        """What a lever does to everybody by itself, in points (draw, actor)."""
        if lever not in self.effects:
            self.effects[lever] = self.replays.gains(joined(self.ensemble.model, lever))
        return self.effects[lever]

    def mean(self, lever: Lever) -> Reals:
        """The weighted mean effect on everybody (actor,)."""
        weight = self.ensemble.draws.weight
        return np.asarray((self.effect(lever) * weight[:, None]).sum(axis=0) / weight.sum())

    def singles(self, actor: str) -> list[Lever]:
        """Every lever of one move."""
        return [(move,) for move in self.of(actor)]

    def pairs(self, actor: str) -> list[Lever]:
        """Every lever of two moves."""
        return list(pairs_of(self.of(actor)))

    def strongest(self, levers: list[Lever], over: int, sign: float) -> Lever:
        """The lever that costs (`sign` -1) or gives (+1) another actor most on average; () if none by half a point."""
        best = max(levers, key=lambda lever: sign * self.mean(lever)[over], default=())
        return best if best and sign * self.mean(best)[over] > LOSS else ()


def overlap(one: float, two: float, both: float) -> float:
    """How far two effects overlap: 1 where the second adds nothing (either suffices), 0 where they add up.

    Below 0 they reinforce each other. Effects of one sign, in points.

    >>> overlap(-10.0, -8.0, -10.0), overlap(-10.0, -8.0, -18.0)
    (1.0, 0.0)
    """
    smaller = min(abs(one), abs(two))
    return (abs(one) + abs(two) - abs(both)) / smaller if smaller > 0 else 0.0


@dataclass(frozen=True)
class Credibility:
    """Shares of draws in which a lever is used within the answer time: `anyway`, and `carried_out` after
    `provoked_by`.

    `provoked_by`: the other's move that makes it most likely (None where nothing of the other's raises it).
    """

    anyway: float
    carried_out: float
    provoked_by: Move | None = None


def credibility(levers: Levers, lever: Lever, other: str) -> Credibility:
    """Would a lever be used: in the free run, and after whatever move of `other` makes its use most likely?"""
    anyway = _share(levers, lever, Intervention())
    used = {move.option for move in lever}
    moves = [move for move in levers.of(other) if move.option not in used]
    provoked = [(_share(levers, lever, move.held(levers.ensemble.model)), move) for move in moves]
    best = max(provoked, key=lambda pair: pair[0], default=(anyway, None))
    return Credibility(anyway, *best) if best[0] > anyway else Credibility(anyway, anyway)


def _share(levers: Levers, lever: Lever, held: Intervention) -> float:
    used, weight = levers.used(held), levers.deciding.draws.weight
    starts = levers.ensemble.model.tables.slot_start
    slots = [int(starts[move.option]) + move.level for move in lever]
    return float((used[:, slots].all(axis=1) * weight).sum() / weight.sum())


def promises(ensemble: Ensemble, lever: Lever) -> Iterator[Promise]:
    """The promises by which a lever is pledged, by its actor or by an institution it belongs to."""
    model = ensemble.model
    for move in lever:
        clubs = {key for key, item in model.situation.institutions.items() if move.actor in item.members}
        for promise in model.situation.promises:
            same = (promise.option, promise.level) == (model.tables.options[move.option], move.level)
            if same and promise.promiser in {move.actor, *clubs}:
                yield promise


def open_now(ensemble: Ensemble, lever: Lever) -> bool:
    """True where nothing a lever `requires` is missing at the start in most draws."""
    from realpolitik.dynamics.terms import evaluate  # noqa: PLC0415

    tables, free = ensemble.model.tables, ensemble.run()
    slots = [int(tables.slot_start[move.option]) + move.level for move in lever]
    nodes = [node for slot in slots if (node := int(tables.slot_requires[slot])) >= 0]
    if not nodes:
        return True
    state = free.factors[:, :1], free.levels[:, :1].astype(np.int32)
    values = evaluate(tables, ensemble.draws, *state, nodes=nodes, exact=True)[:, :, 0] >= 0.5
    weight = ensemble.draws.weight
    return bool((values.all(axis=0) * weight).sum() / weight.sum() >= 0.5)
