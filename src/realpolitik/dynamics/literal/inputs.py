"""One draw of a situation as plain Python objects: what the literal kernel reads instead of arrays.

Everything here only rearranges `Tables` and one row of `Draws`; nothing is computed but utilities' w / w*.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from realpolitik.dynamics.tables import CLIP, Draws, Enter, Keeps, Kind, Leave, Op, Tables


class Node(NamedTuple):
    """One step of a term: an operation on earlier nodes."""

    op: Op
    a: int
    b: int
    c: float


class Factor(NamedTuple):
    """A factor with this draw's numbers; `start` and `central` as the status quo uses them."""

    kind: Kind
    keeps: Keeps
    node: int
    start: float
    alpha: float
    rho: float
    sigma: float
    trend: float
    seen_as: int
    central: float
    key: int


class Link(NamedTuple):
    """An influence of the swing kind: size e and share 1 - exp(-1 / D) of the delay passed per period."""

    node: int
    target: int
    delayed: bool
    effect: float
    gain: float


class Pull(NamedTuple):
    """An influence that draws its target to a level."""

    node: int
    target: int
    delayed: bool
    to: float
    exists: float
    gain: float


class Flow(NamedTuple):
    """What a term adds to a stock in a period, signed."""

    node: int
    target: int
    rate: float


class Party(NamedTuple):
    """One actor's part in an option."""

    actor: int
    switch: float
    taste_keys: tuple[int, ...]


class Option(NamedTuple):
    """An option: its levels are the slots `slot` to `slot + levels - 1`; several parties make it joint."""

    slot: int
    levels: int
    now: int
    review: int
    on: int
    irreversible: bool
    fickle: float
    enter: Enter
    leave: Leave
    requires: tuple[int, ...]
    parties: tuple[Party, ...]
    seen_as: int
    phase_key: int
    order_key: int


class Actor(NamedTuple):
    """An actor: foresight H in periods, discount b, steadiness lambda, and the entries of its utility."""

    foresight: int
    discount: float
    steadiness: float
    view: int
    interests: tuple[tuple[int, float], ...]
    prices: tuple[tuple[int, float], ...]
    norms: tuple[tuple[int, float], ...]
    reds: tuple[tuple[int, float], ...]


class Promise(NamedTuple):
    """A commitment to set an option's level when a trigger comes true."""

    option: int
    level: int
    node: int
    periods: int
    actors: tuple[int, ...]
    likelihood: float
    key: int


class Effect(NamedTuple):
    """What a shock does to one factor: sets it to `size`, or shifts it by `size` log-odds."""

    factor: int
    sets: bool
    size: float


class Shock(NamedTuple):
    """A chance event; `on` and `node` -1 where any period or any state will do."""

    on: int
    node: int
    once: bool
    lasting: int
    hazard: float
    effects: tuple[Effect, ...]
    key: int


class Exchange(NamedTuple):
    """Legs (option, level) given for each other."""

    legs: tuple[tuple[int, int], ...]
    review: int
    phase_key: int


class View(NamedTuple):
    """Who shares a view does not see these."""

    hidden_factors: frozenset[int]
    hidden_options: frozenset[int]


@dataclass(frozen=True)
class Model:
    """One draw of a situation."""

    n: int
    r: int
    seed: int
    periods: int
    nodes: tuple[Node, ...]
    params: tuple[float, ...]
    factors: tuple[Factor, ...]
    links: tuple[Link, ...]
    pulls: tuple[Pull, ...]
    flows: tuple[Flow, ...]
    options: tuple[Option, ...]
    actors: tuple[Actor, ...]
    promises: tuple[Promise, ...]
    shocks: tuple[Shock, ...]
    exchanges: tuple[Exchange, ...]
    views: tuple[View, ...]

    @property
    def slots(self) -> int:
        """How many option levels there are in all."""
        return sum(option.levels for option in self.options)


def model_of(tables: Tables, draws: Draws, row: int, seed: int) -> Model:
    """What does row `row` of the draws say, entry by entry?"""
    return Model(
        n=int(draws.index[row]),
        r=int(draws.replica[row]),
        seed=seed,
        periods=tables.periods,
        nodes=_nodes(tables),
        params=tuple(draws.param[row].tolist()),
        factors=_factors(tables, draws, row),
        links=_links(tables, draws, row),
        pulls=_pulls(tables, draws, row),
        flows=tuple(Flow(*entry) for entry in _zip(tables.flow_node, tables.flow_target, draws.flow_rate[row])),
        options=_options(tables, draws, row),
        actors=_actors(tables, draws, row),
        promises=_promises(tables, draws, row),
        shocks=_shocks(tables, draws, row),
        exchanges=_exchanges(tables),
        views=_views(tables),
    )


def _zip(*columns: np.ndarray[Any, Any]) -> zip[tuple[Any, ...]]:
    """Rows of plain numbers from several arrays of one length."""
    return zip(*(column.tolist() for column in columns), strict=True)


def _slices(starts: np.ndarray[Any, Any]) -> list[slice]:
    """The slice of each group, from the first index of each and of the end."""
    return [slice(low, high) for low, high in pairwise(starts.tolist())]


def _nodes(tables: Tables) -> tuple[Node, ...]:
    rows = _zip(tables.node_op, tables.node_a, tables.node_b, tables.node_c)
    return tuple(Node(Op(op), a, b, c) for op, a, b, c in rows)


def _factors(tables: Tables, draws: Draws, row: int) -> tuple[Factor, ...]:
    columns = (draws.start, draws.alpha, draws.rho, draws.sigma, draws.trend)
    rows = _zip(
        tables.factor_kind,
        tables.factor_keeps,
        tables.factor_node,
        *(column[row] for column in columns),
        tables.factor_seen_as,
        tables.factor_central,
        tables.key_factor,
    )
    return tuple(_factor(*entry) for entry in rows)


def _factor(kind: int, keeps: int, node: int, start: float, *rest: Any) -> Factor:
    alpha, rho, sigma, trend, seen_as, central, key = rest
    low = CLIP if kind == Kind.LEVEL else 0.0
    start, central = (min(max(value, low), 1.0 - low) for value in (start, central))
    return Factor(Kind(kind), Keeps(keeps), node, start, alpha, rho, sigma, trend, seen_as, central, key)


def _links(tables: Tables, draws: Draws, row: int) -> tuple[Link, ...]:
    rows = _zip(tables.link_node, tables.link_target, tables.link_delayed, draws.effect[row], draws.link_gain[row])
    return tuple(Link(node, target, bool(delayed), e, gain) for node, target, delayed, e, gain in rows)


def _pulls(tables: Tables, draws: Draws, row: int) -> tuple[Pull, ...]:
    inputs = (draws.pull_to[row], draws.pull_exists[row], draws.pull_gain[row])
    rows = _zip(tables.pull_node, tables.pull_target, tables.pull_delayed, *inputs)
    return tuple(Pull(node, target, bool(delayed), *rest) for node, target, delayed, *rest in rows)


def _options(tables: Tables, draws: Draws, row: int) -> tuple[Option, ...]:
    slots, parties = _slices(tables.slot_start), _slices(tables.party_start)
    return tuple(
        Option(
            slot=slots[k].start,
            levels=slots[k].stop - slots[k].start,
            now=int(tables.option_now[k]),
            review=int(tables.option_review[k]),
            on=int(tables.option_on[k]),
            irreversible=bool(tables.option_irreversible[k]),
            fickle=float(tables.option_fickle[k]),
            enter=Enter(tables.option_enter[k]),
            leave=Leave(tables.option_leave[k]),
            requires=tuple(tables.slot_requires[slots[k]].tolist()),
            parties=tuple(_party(tables, draws, row, j) for j in range(parties[k].start, parties[k].stop)),
            seen_as=int(tables.option_seen_as[k]),
            phase_key=int(tables.key_phase[k]),
            order_key=int(tables.key_order[k]),
        )
        for k in range(len(slots))
    )


def _party(tables: Tables, draws: Draws, row: int, j: int) -> Party:
    keys = tables.key_taste[tables.taste_start[j] : tables.taste_start[j + 1]]
    return Party(int(tables.party_actor[j]), float(draws.switch[row, j]), tuple(keys.tolist()))


def _grouped(actors: np.ndarray[Any, Any], entries: Any, values: Any) -> dict[int, tuple[tuple[int, float], ...]]:
    """The pairs (node or slot, number) of each actor, in the order of the tables."""
    groups: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for actor, entry, value in _zip(actors, entries, values):
        groups[actor].append((entry, value))
    return {actor: tuple(pairs) for actor, pairs in groups.items()}


def _actors(tables: Tables, draws: Draws, row: int) -> tuple[Actor, ...]:
    weights = draws.weight_of_interest[row] / tables.top_weight[tables.interest_actor]
    interests = _grouped(tables.interest_actor, tables.interest_node, weights)
    prices = _grouped(tables.price_actor, tables.price_slot, draws.price[row])
    norms = _grouped(tables.norm_actor, tables.norm_node, draws.norm_price[row])
    reds = _grouped(tables.red_actor, tables.red_node, draws.red_active[row])
    rows = _zip(tables.actor_foresight, tables.actor_discount, draws.steadiness[row], tables.actor_view)
    return tuple(
        Actor(h, b, steadiness, view, *(entries.get(a, ()) for entries in (interests, prices, norms, reds)))
        for a, (h, b, steadiness, view) in enumerate(rows)
    )


def _promises(tables: Tables, draws: Draws, row: int) -> tuple[Promise, ...]:
    actors = [tuple(tables.promise_actor[part].tolist()) for part in _slices(tables.promise_actor_start)]
    what = (tables.promise_option, tables.promise_level, tables.promise_node, tables.promise_periods)
    rows = zip(actors, _zip(*what), draws.likelihood[row].tolist(), tables.key_promise.tolist(), strict=True)
    return tuple(Promise(k, level, node, kept, by, chance, key) for by, (k, level, node, kept), chance, key in rows)


def _shocks(tables: Tables, draws: Draws, row: int) -> tuple[Shock, ...]:
    effects: dict[int, list[Effect]] = defaultdict(list)
    columns = (tables.effect_shock, tables.effect_factor, tables.effect_sets, draws.effect_size[row])
    for shock, factor, sets, size in _zip(*columns):
        effects[shock].append(Effect(factor, bool(sets), size))
    what = (tables.shock_on, tables.shock_node, tables.shock_once, tables.shock_lasting, draws.hazard[row])
    return tuple(
        Shock(on, node, bool(once), lasting, hazard, tuple(effects[h]), int(tables.key_shock[h]))
        for h, (on, node, once, lasting, hazard) in enumerate(_zip(*what))
    )


def _exchanges(tables: Tables) -> tuple[Exchange, ...]:
    legs = tuple(_zip(tables.leg_option, tables.leg_level))
    keys = tables.key_phase[len(tables.slot_start) - 1 :].tolist()
    rows = zip(_slices(tables.leg_start), tables.exchange_review.tolist(), keys, strict=True)
    return tuple(Exchange(legs[part], review, key) for part, review, key in rows)


def _views(tables: Tables) -> tuple[View, ...]:
    hidden = zip(tables.view_hidden_factor, tables.view_hidden_option, strict=True)
    return tuple(View(*(frozenset(np.flatnonzero(column).tolist()) for column in columns)) for columns in hidden)
