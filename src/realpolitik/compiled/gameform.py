"""The game form of a situation: what every joint state of some options is worth to every actor, in every draw.

V_a from now with the options in the game held jointly at a joint state and the others at their status quo (or
responding: they review as always), no disturbance, no shock, prices in, to the end of the horizon:

    V_a = (1 - b) sum_{h=1..H-1} b^(h-1) U_a(h) + b^(H-1) U_a(H),     H = the last period

With the others at their status quo nobody decides anything, so a path is a plain roll-out: rows of (joint state, draw)
go through the kernel together, each with its own levels, and only the discounted values are kept.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.focal import JointStates, full_levels
from realpolitik.dynamics.engine import choose, simulate
from realpolitik.dynamics.tables import Draws, Held, Hold, Plan, Tables
from realpolitik.errors import QuestionRefused

Reals = NDArray[np.float64]

RESOLUTION = 0.005
CHUNK = 1_024
MOST_PATHS = 1_250_000
"""Above this many paths every draw is taken under one combination of hypotheses, dealt out by their credence."""
MOST_RESPONDING = 256
SHOCKS = (
    *("shock_on", "shock_node", "shock_once", "shock_lasting", "effect_shock", "effect_factor", "effect_sets"),
    *("key_shock", "shocks"),
)


@dataclass(frozen=True, eq=False)
class GameForm:
    """`values` (draw, actor, state): V in full swings of the actor's top interest. `weight`, `combination` (draw,).

    `dealt`: each draw stands under one combination of hypotheses instead of all of them.
    """

    states: JointStates
    draws: Draws
    values: Reals
    dealt: bool
    responding: bool
    switches: bool

    @property
    def weight(self) -> Reals:
        """The weight of each draw, summing to 1."""
        return np.asarray(self.draws.weight / self.draws.weight.sum())


def game_form(ensemble: Ensemble, states: JointStates, *, responding: bool = False, switches: bool = False) -> GameForm:
    """What is every joint state worth to whom? Draws: those of the ensemble, chance aside (one replica).

    `responding`: options outside the game are reviewed as always (depth as in the settings), which takes one run for
    each state. `switches`: one-off costs of changing from the status quo are taken off.
    """
    draws, dealt = rows_for(ensemble, len(states.levels))
    values = _responding(ensemble, states, draws) if responding else rolled_out(ensemble, states, draws)
    if switches:
        values = values - _switch_costs(ensemble.model.tables, states, draws)
    return GameForm(states, draws, values, dealt, responding, switches)


def rows_for(ensemble: Ensemble, states: int) -> tuple[Draws, bool]:
    """The draws the states are valued in: each under every combination, or under one, dealt out by credence."""
    settings, combos = ensemble.settings, ensemble.model.combos
    draws = replace(ensemble, settings=replace(settings, replicas=1), runs={}, known={}).draws
    if len(combos) < 2 or len(draws.index) * states <= MOST_PATHS:
        return draws, False
    bounds = np.cumsum([combo.weight for combo in combos])
    place = ((np.arange(settings.draws) + 0.5) * 0.6180339887498949) % 1.0
    wanted = np.minimum(np.searchsorted(bounds, place * bounds[-1], side="right"), len(combos) - 1)
    first = int(draws.index.min())
    rows = np.flatnonzero(draws.combination == wanted[draws.index - first])
    kept = draws.rows(rows[np.argsort(draws.index[rows])])
    equal = {item.name: getattr(kept, item.name) for item in fields(Draws)}
    return Draws(**(equal | {"weight": np.full(len(rows), 1.0 / len(rows))})), True


def discounts(tables: Tables) -> Reals:
    """The weight of U_a(t) in V_a, (time, actor); 0 at t = 0, summing to 1 over time.

    The last level persists, so the last period carries all that would follow.
    """
    h = np.arange(1, tables.periods + 1)[:, None]
    b = np.asarray(tables.actor_discount)[None, :]
    weights = np.where(h < tables.periods, (1.0 - b) * b ** (h - 1), b ** (tables.periods - 1))
    return np.vstack([np.zeros((1, weights.shape[1])), weights])


def seeing_everything(tables: Tables) -> Tables:
    """The same tables with one view and no shocks: where nobody decides, what actors see changes nothing, and chance is
    off; so neither need be followed.
    """
    one = {
        "view_hidden_factor": np.zeros((1, len(tables.factors)), dtype=np.uint8),
        "view_hidden_option": np.zeros((1, len(tables.options)), dtype=np.uint8),
        "actor_view": np.zeros(len(tables.actors), dtype=np.int32),
    }
    none = {name: getattr(tables, name)[:0] for name in SHOCKS}
    return replace(tables, **one, **none)  # type: ignore[arg-type]


def without_shocks(draws: Draws) -> Draws:
    """The same draws for tables without shocks."""
    return replace(draws, hazard=draws.hazard[:, :0], effect_size=draws.effect_size[:, :0])


def rolled_out(ensemble: Ensemble, states: JointStates, draws: Draws) -> Reals:
    """V (draw, actor, state) with everything outside the game at its status quo."""
    tables = seeing_everything(ensemble.model.tables)
    run = _Rollout(tables, without_shocks(draws), full_levels(tables, states.options, states.levels), ensemble)
    total = len(draws.index) * len(states.levels)
    out = np.empty((len(draws.index), len(tables.actors), len(states.levels)))
    flat = np.moveaxis(out, 1, 2)
    for rows, values in run.all(total):
        flat[rows // len(states.levels), rows % len(states.levels)] = values
        if ensemble.progress is not None:
            ensemble.progress(int(rows[-1]) + 1, total)
    return out


class _Rollout:
    """Row r of all paths: draw r // states, joint state r % states."""

    def __init__(self, tables: Tables, draws: Draws, levels: NDArray[np.int8], ensemble: Ensemble) -> None:
        self.tables, self.draws, self.levels = tables, draws, levels
        self.discounts = discounts(tables)
        self.utility = _utility(ensemble.settings.kernel, tables, ensemble.settings.seed)
        self.threads = ensemble.settings.threads or os.cpu_count() or 1

    def all(self, total: int) -> Iterator[tuple[NDArray[np.intp], Reals]]:
        """Rows and their values, chunk by chunk in order."""
        parts = [np.arange(first, min(first + CHUNK, total)) for first in range(0, total, CHUNK)]
        with ThreadPoolExecutor(max_workers=self.threads) as pool:
            yield from zip(parts, pool.map(self.values, parts), strict=True)

    def values(self, rows: NDArray[np.intp]) -> Reals:
        """V (row, actor)."""
        draw, state = np.divmod(rows, len(self.levels))
        levels = self.levels[state]
        shape = (len(rows), self.tables.periods + 1, levels.shape[1])
        replay = np.broadcast_to(levels[:, None, :], shape)
        utility = self.utility(self.draws.rows(draw), Plan(replay=replay, review=False, chance=False, tastes=False))
        return np.asarray(np.einsum("nta,ta->na", utility, self.discounts))


def _utility(kernel: str, tables: Tables, seed: int) -> Callable[[Draws, Plan], Reals]:
    """A function that gives U (row, time, actor) of a block, by the kernel asked for."""
    chosen = choose(kernel)  # type: ignore[arg-type]
    if chosen.name != "native":
        return lambda draws, plan: chosen.run(tables, draws, plan, seed=seed, depth=0).utility
    from realpolitik.dynamics.native.run import run, variant_number  # noqa: PLC0415

    variant, only = variant_number("f64", None), frozenset({"utility"})
    return lambda draws, plan: run(tables, draws, plan, seed=seed, depth=0, variant=variant, only=only)["utility"]


def _responding(ensemble: Ensemble, states: JointStates, draws: Draws) -> Reals:
    """V (draw, actor, state) with the options outside the game reviewed as always: one run for each state."""
    if len(states.levels) > MOST_RESPONDING:
        message = f"{len(states.levels):,} joint states with the others responding are {len(states.levels):,} full runs"
        raise QuestionRefused(f"{message}; up to {MOST_RESPONDING}. Take fewer options, or leave --responding out.")
    model, settings = ensemble.model, ensemble.settings
    weights, columns = discounts(model.tables), []
    for levels in states.levels.tolist():
        holds = tuple(Hold(Held.OPTION, k, float(x)) for k, x in zip(states.options, levels, strict=True))
        paths = simulate(
            model.tables,
            draws,
            Plan(holds=holds, chance=False, tastes=False),
            seed=settings.seed,
            depth=settings.depth,
            kernel=settings.kernel,
            threads=settings.threads,
        )
        columns.append(np.einsum("nta,ta->na", paths.utility, weights))
    return np.stack(columns, axis=2)


def _switch_costs(tables: Tables, states: JointStates, draws: Draws) -> Reals:
    """What changing from the status quo to each state costs once, (draw, actor, state)."""
    costs = np.zeros((len(draws.index), len(tables.actors), len(states.levels)))
    for column, k in enumerate(states.options):
        changed = states.levels[:, column] != tables.option_now[k]
        for j in range(tables.party_start[k], tables.party_start[k + 1]):
            costs[:, tables.party_actor[j]] += draws.switch[:, j, None] * changed[None, :]
    return costs
