"""The block as a kernel works on it: registers, influences, utilities and the draws' numbers, one column a draw."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from realpolitik.dynamics import chance
from realpolitik.dynamics.batched.cone import Edges, cone_of, edges_of
from realpolitik.dynamics.batched.coneplan import Ground, plan_of
from realpolitik.dynamics.batched.coneplan import Plan as ConePlan
from realpolitik.dynamics.batched.flow import Rates, Structure, Sum, rates_of, structure_of
from realpolitik.dynamics.batched.layout import Floats, Layout, Rows, layout_of, share_weights
from realpolitik.dynamics.batched.noise import Noise
from realpolitik.dynamics.batched.shocks import Effects, effects_of
from realpolitik.dynamics.batched.terms import Scratch
from realpolitik.dynamics.chance import PERSISTENT
from realpolitik.dynamics.tables import CLIP, Draws, Held, Ints, Plan, Tables


@dataclass(frozen=True, eq=False)
class Utility:
    """U_a as a weighted sum of registers: interests, then prices, norms and red lines (costs negative)."""

    registers: Rows
    weights: Floats  # (items, n)


@dataclass(frozen=True, eq=False)
class Side:
    """What one kind of evaluation needs: the world computes every term, a look-ahead path only what it reads."""

    layout: Layout
    structure: Structure
    utilities: tuple[Utility, ...]


@dataclass(frozen=True, eq=False)
class Frame:
    """What depends on the tables only: layouts, influences and the cones of moves met so far."""

    world: tuple[Layout, Structure]
    path: tuple[Layout, Structure]
    effects: Effects
    edges: Edges
    ground: Ground
    cones: dict[tuple[tuple[int, ...], ...], ConePlan | None]


_FRAMES: WeakKeyDictionary[Tables, dict[int, Frame]] = WeakKeyDictionary()


def frame_of(tables: Tables, depth: int) -> Frame:
    """The frame of some tables, made once."""
    known = _FRAMES.setdefault(tables, {})
    if depth not in known:
        known[depth] = _frame(tables, depth)
    return known[depth]


def _frame(tables: Tables, depth: int) -> Frame:
    world, path = layout_of(tables), layout_of(tables, _path_nodes(tables, depth))
    structure, effects = structure_of(tables, path), effects_of(tables, world.factor)
    wanted = tuple(_utility_registers(tables, path, a) for a in range(len(tables.actor_view)))
    ground = Ground(tables.shock_node, tables.actor_discount, path, structure, effects, wanted)
    edges = edges_of(tables, path, structure, effects)
    return Frame((world, structure_of(tables, world)), (path, structure), effects, edges, ground, {})


@dataclass(frozen=True, eq=False)
class Model:
    """One block of draws with everything that does not change along the run. Columns of `rates` are draws."""

    tables: Tables
    draws: Draws
    plan: Plan
    seed: int
    depth: int
    frame: Frame
    world: Side
    path: Side
    rates: Rates
    params: Floats  # (., N)
    hazard: Floats  # (H, N), zero without chance
    effect_size: Floats  # (G, N)
    effects: Effects
    fires_ahead: bool  # a public hold fires a shock some time
    switch: Floats  # (J, N)
    steadiness: Floats  # (A, N)
    likelihood: Floats  # (C, N)
    others: NDArray[np.bool_]  # (K, A) an option has a party other than the actor
    sole_promise: NDArray[np.bool_]  # (C, A) the actor is the only promiser
    phase: NDArray[np.int64]  # (K + E, N)
    noise: Noise | None
    taste: Floats | None  # (party's levels, N) persistent tastes
    share_sum: Sum
    share_weight: Floats  # (S, 1)
    slot_option: Rows  # (S,) option of each slot
    slot_level: Rows  # (S,) level of each slot
    start: Floats  # (F, N) factual start by register, derived ones left 0
    scratch: Scratch

    @property
    def size(self) -> int:
        """How many draws the block has."""
        return len(self.draws.index)

    @property
    def views(self) -> int:
        """How many views there are."""
        return len(self.tables.view_hidden_factor)

    def parties(self, option: int) -> range:
        """Positions of an option's parties in `party_actor`."""
        return range(int(self.tables.party_start[option]), int(self.tables.party_start[option + 1]))

    def slots(self, option: int) -> slice:
        """Slots of an option's levels."""
        return slice(int(self.tables.slot_start[option]), int(self.tables.slot_start[option + 1]))

    def cone(self, options: tuple[int, ...], actors: tuple[int, ...], held: tuple[int, ...]) -> ConePlan | None:
        """The cone of a move of options (rising) in the eyes of actors; None if it can change nothing for them."""
        key = (options, actors, held)
        cones = self.frame.cones
        if key not in cones:
            cones[key] = self._new_cone(options, actors, held)
        return cones[key]

    def _new_cone(self, options: tuple[int, ...], actors: tuple[int, ...], held: tuple[int, ...]) -> ConePlan | None:
        layout, ground = self.path.layout, self.frame.ground
        slots = np.flatnonzero(np.isin(self.slot_option, options)) + layout.slots.start
        moved = np.concatenate((slots, layout.shares.start + np.asarray(options)))
        wanted = {a: ground.wanted[a] for a in actors}
        foresight = {a: int(self.tables.actor_foresight[a]) for a in actors}
        cone = cone_of(layout, self.frame.edges, moved, np.asarray(held, dtype=np.intp), wanted, foresight)
        if not any((cone.first[ground.wanted[a]] <= foresight[a]).any() for a in actors):
            return None
        return plan_of(ground, cone)

    def moved_values(self, options: tuple[int, ...], levels: NDArray[np.int64]) -> Floats:
        """Weights and shares of options (rising) at `levels` (option, column), in the order of a cone's registers."""
        weights = [self.slot_level[self.slots(k), None] == level for k, level in zip(options, levels, strict=True)]
        tops = np.asarray([[len(part) - 1] for part in weights])
        return np.concatenate((*weights, levels / np.maximum(1, tops)), dtype=np.float64)

    def put_weights(self, layout: Layout, registers: Floats, weights: Floats) -> None:
        """Write slot weights (slot, column) and the shares that follow from them."""
        registers[layout.slots] = weights
        items = self.scratch.array("a", len(self.share_sum), registers.shape[1])
        np.multiply(weights, self.share_weight, out=items)
        shares = registers[layout.shares]
        shares.fill(0.0)
        self.share_sum.onto(np.take(items, self.share_sum.order, axis=0), shares)


def model_of(tables: Tables, draws: Draws, plan: Plan, seed: int, depth: int) -> Model:
    """Prepare a block."""
    frame = frame_of(tables, depth)
    world = _side(tables, draws, *frame.world)
    slot_option = np.repeat(np.arange(len(tables.option_now)), np.diff(tables.slot_start)).astype(np.intp)
    return Model(
        tables=tables,
        draws=draws,
        plan=plan,
        seed=seed,
        depth=depth,
        frame=frame,
        world=world,
        path=_side(tables, draws, *frame.path),
        rates=rates_of(draws, world.structure, world.layout.factor),
        params=np.ascontiguousarray(draws.param.T),
        hazard=np.ascontiguousarray(draws.hazard.T) * float(plan.chance),
        effect_size=np.ascontiguousarray(draws.effect_size.T),
        effects=frame.effects,
        fires_ahead=any(h.held is Held.SHOCK and h.value >= 0.5 and not h.secret for h in plan.holds),
        switch=np.ascontiguousarray(draws.switch.T),
        steadiness=np.ascontiguousarray(draws.steadiness.T),
        likelihood=np.ascontiguousarray(draws.likelihood.T),
        others=_others(tables.party_start, tables.party_actor, len(tables.actor_view)),
        sole_promise=~_others(tables.promise_actor_start, tables.promise_actor, len(tables.actor_view)),
        phase=_phases(tables, draws, seed),
        noise=Noise(tables, draws, world.layout, seed) if plan.chance else None,
        taste=tastes(tables, draws, seed, PERSISTENT) if plan.tastes else None,
        share_sum=Sum(slot_option),
        share_weight=share_weights(tables),
        slot_option=slot_option,
        slot_level=np.arange(len(slot_option)) - tables.slot_start[slot_option],
        start=_start(tables, draws, world.layout),
        scratch=Scratch(),
    )


def _phases(tables: Tables, draws: Draws, seed: int) -> NDArray[np.int64]:
    """At which phase is each option, then each exchange, reviewed (item, draw)?"""
    review = np.concatenate((tables.option_review, tables.exchange_review))
    return chance.phases(draws.index, tables.key_phase[:, None], review[:, None], seed)


def tastes(tables: Tables, draws: Draws, seed: int, t: int) -> Floats:
    """Gumbel tastes (party's level, draw) of period t, or the persistent ones."""
    return chance.gumbels(draws.index, draws.replica, tables.key_taste[:, None], t, seed)


def _others(starts: Ints, members: Ints, actors: int) -> NDArray[np.bool_]:
    """Groups (group, actor) that have a member other than the actor."""
    found = np.zeros((len(starts) - 1, actors), dtype=bool)
    for group, (first, last) in enumerate(pairwise(starts)):
        for actor in range(actors):
            found[group, actor] = (members[first:last] != actor).any()
    return found


def _side(tables: Tables, draws: Draws, layout: Layout, structure: Structure) -> Side:
    utilities = tuple(_utility(tables, draws, layout, a) for a in range(len(tables.actor_view)))
    return Side(layout, structure, utilities)


def _path_nodes(tables: Tables, depth: int) -> Rows:
    """Nodes that a look-ahead path reads: influences, shocks, utilities and, from depth 1, promises."""
    parts = [
        tables.link_node,
        tables.pull_node,
        tables.flow_node,
        tables.interest_node,
        tables.norm_node,
        tables.red_node,
        tables.shock_node[tables.shock_node >= 0],
    ]
    parts.extend([tables.promise_node] if depth else [])
    return np.unique(np.concatenate(parts)).astype(np.intp)


def _entries(tables: Tables, actor: int) -> list[NDArray[np.intp]]:
    """Numbers of an actor's interests, prices, norms and red lines."""
    owners = (tables.interest_actor, tables.price_actor, tables.norm_actor, tables.red_actor)
    return [np.flatnonzero(owner == actor) for owner in owners]


def _utility_registers(tables: Tables, layout: Layout, actor: int) -> Rows:
    """The registers of one actor's utility."""
    wants, prices, norms, reds = _entries(tables, actor)
    registers = (
        layout.node[tables.interest_node[wants]],
        layout.slots.start + tables.price_slot[prices],
        layout.node[tables.norm_node[norms]],
        layout.node[tables.red_node[reds]],
    )
    return np.concatenate(registers).astype(np.intp)


def _utility(tables: Tables, draws: Draws, layout: Layout, actor: int) -> Utility:
    """The registers and weights of one actor's utility."""
    wants, prices, norms, reds = _entries(tables, actor)
    weights = (
        draws.weight_of_interest.T[wants] / tables.top_weight[actor],
        -draws.price.T[prices],
        -draws.norm_price.T[norms],
        -draws.red_active.T[reds],
    )
    return Utility(_utility_registers(tables, layout, actor), np.concatenate(weights))


def _start(tables: Tables, draws: Draws, layout: Layout) -> Floats:
    """The factual start of levels and stocks, by register."""
    start = np.zeros((len(layout.factor), len(draws.index)))
    start[layout.factor] = clip_start(layout, layout.factor[:, None], draws.start.T)
    start[layout.stocks.stop :] = 0.0
    return start


def clip_start(layout: Layout, register: NDArray[np.intp], value: Floats) -> Floats:
    """Starts within the range in which they stand still: a level's logit is finite."""
    edge = np.where(register < layout.levels.stop, CLIP, 0.0)
    return np.asarray(np.clip(value, edge, 1.0 - edge))
