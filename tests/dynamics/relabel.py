"""The same case with its actors, factors or options listed in another order (names keep their keys of chance)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from random_models import Case

from realpolitik.dynamics.tables import Held, Op, Tables


def places(order: np.ndarray) -> np.ndarray:
    """Where each old index went, -1 staying -1 (it is read from the end)."""
    where = np.empty(len(order) + 1, np.int32)
    where[order] = np.arange(len(order))
    where[-1] = -1
    return where


def by_group(starts: np.ndarray, order: np.ndarray) -> np.ndarray:
    """The old positions of grouped entries when their groups come in another order."""
    parts = [np.arange(starts[i], starts[i + 1]) for i in order]
    return np.concatenate([*parts, np.empty(0, int)]).astype(int)


def starts_of(counts: np.ndarray) -> np.ndarray:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)


def with_nodes(tables: Tables, ops: tuple[Op, ...], where: np.ndarray) -> np.ndarray:
    touched, found = np.isin(tables.node_op, ops), tables.node_a.copy()
    found[touched] = where[found[touched]]
    return found


def actors_reordered(case: Case, order: np.ndarray) -> Case:
    """Actor `order[i]` comes i-th."""
    t, where = case.tables, places(order)
    columns = ("party_actor", "price_actor", "norm_actor", "interest_actor", "red_actor", "promise_actor")
    rows = ("actor_foresight", "actor_discount", "actor_view", "top_weight")
    changes = {name: where[getattr(t, name)] for name in columns} | {name: getattr(t, name)[order] for name in rows}
    draws = replace(case.draws, steadiness=case.draws.steadiness[:, order])
    return replace(case, tables=replace(t, **changes), draws=draws)


def factors_reordered(case: Case, order: np.ndarray) -> Case:
    """Factor `order[i]` comes i-th."""
    t, where = case.tables, places(order)
    columns = ("link_target", "pull_target", "flow_target", "effect_factor", "option_seen_as")
    rows = ("factor_kind", "factor_keeps", "factor_node", "factor_central", "key_factor")
    changes = {name: where[getattr(t, name)] for name in columns} | {name: getattr(t, name)[order] for name in rows}
    changes["factor_seen_as"] = where[t.factor_seen_as][order]
    changes["view_hidden_factor"] = t.view_hidden_factor[:, order]
    changes["node_a"] = with_nodes(t, (Op.FACTOR,), where)
    inputs = {name: getattr(case.draws, name)[:, order] for name in ("start", "alpha", "rho", "sigma", "trend")}
    return Case(replace(t, **changes), replace(case.draws, **inputs), moved(case, Held.FACTOR, where), case.seed)


def options_reordered(case: Case, order: np.ndarray) -> Case:
    """Option `order[i]` comes i-th."""
    t, where = case.tables, places(order)
    slots, parties = by_group(t.slot_start, order), by_group(t.party_start, order)
    slot_where = places(slots)
    tastes = by_group(t.taste_start, parties)
    rows = [name for name in vars(t) if name.startswith("option_")]
    changes = {name: getattr(t, name)[order] for name in rows}
    changes |= {name: where[getattr(t, name)] for name in ("promise_option", "leg_option")}
    changes |= dict(
        slot_start=starts_of(np.diff(t.slot_start)[order]),
        slot_requires=t.slot_requires[slots],
        party_start=starts_of(np.diff(t.party_start)[order]),
        party_actor=t.party_actor[parties],
        price_slot=slot_where[t.price_slot],
        taste_start=starts_of(np.diff(t.taste_start)[parties]),
        key_taste=t.key_taste[tastes],
        key_order=t.key_order[order],
        key_phase=np.concatenate([t.key_phase[order], t.key_phase[len(order) :]]),
        view_hidden_option=t.view_hidden_option[:, order],
        levels=tuple(t.levels[k] for k in order),
    )
    shares = replace(t, node_a=with_nodes(t, (Op.SHARE,), where))
    changes["node_a"] = with_nodes(shares, (Op.SLOT,), slot_where)
    draws = replace(case.draws, switch=case.draws.switch[:, parties])
    plan = moved(case, Held.OPTION, where)
    if plan.replay is not None:
        plan = replace(plan, replay=plan.replay[:, :, order])
    return Case(replace(t, **changes), draws, plan, case.seed)


def moved(case: Case, kind: Held, where: np.ndarray):
    holds = [replace(hold, index=int(where[hold.index])) if hold.held == kind else hold for hold in case.plan.holds]
    return replace(case.plan, holds=tuple(holds))
