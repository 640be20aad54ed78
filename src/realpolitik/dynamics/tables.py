"""The model as data: what every dynamics kernel reads, and nothing else.

`Tables` is the structure (indices, codes), the same for every draw; `Draws` is one block of draws of the uncertain
inputs. Both are plain read-only NumPy arrays, made by `realpolitik.compiled`, read by three kernels with one meaning:
`literal` (the definition), `batched` (NumPy) and the C source.

Axes are named by their first letters below: N draw (of a block), A actor, K option, S slot (an option's level; slots of
option k are `slot_start[k] : slot_start[k + 1]`, level l is slot `slot_start[k] + l`), F factor, Q node, L link,
P pull, M interest, R red line, C promise, H shock, E exchange, V view, J party (a pair option, owner).
All rates and times are per period. Indices are int32, codes uint8, -1 means none.

Nodes are the terms: a list evaluated in order, each reading only earlier ones. A node's value is a number, a comparison
smooth, s((a - b) / 0.05), unless its op is a trigger comparison, which is exact (0/1) in the world and smooth
along a look-ahead path.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Codes = NDArray[np.uint8]
Reals = NDArray[np.float64]

SMOOTH_WIDTH = 0.05
CLIP = 0.005
SLACK = 1e-9
"""An exact comparison ignores differences up to this: rounding crosses no threshold."""


class Op(IntEnum):
    """What a node computes from nodes `a`, `b` and the constant `c`."""

    CONST = 0  # c
    FACTOR = 1  # level of factor a
    SLOT = 2  # weight of slot a (0/1 in the world; between along an expected path)
    SHARE = 3  # option a: sum over its levels of weight * level / (levels - 1)
    PARAM = 4  # draws.param[:, a]
    NOT = 5  # 1 - a
    MUL = 6  # a * b
    ADD = 7  # a + b
    SUB = 8  # a - b
    OR = 9  # 1 - (1 - a)(1 - b)
    MIN = 10
    MAX = 11
    CLIP01 = 12  # a clipped to [0, 1]
    CONTEST = 13  # a^c / (a^c + b^c); one half at 0/0
    ABOVE = 14  # a > b, always smooth
    TRIGGER_ABOVE = 15  # a > b, exact in the world, smooth along a look-ahead path
    TRIGGER_AT_LEAST = 16  # a >= b, likewise


class Kind(IntEnum):
    """What kind of factor it is."""

    LEVEL = 0
    STOCK = 1
    DERIVED = 2


class Keeps(IntEnum):
    """Which way a factor cannot turn back (`keeps:`)."""

    NO = 0
    RISES = 1
    FALLS = 2
    BOTH = 3


class Enter(IntEnum):
    """How a joint option is entered."""

    ALL = 0
    MOST = 1
    IN_ORDER = 2


class Leave(IntEnum):
    """How a joint option is left for its level 0."""

    ANY = 0
    ALL = 1


@dataclass(frozen=True, eq=False)
class Tables:
    """The structure of a compiled situation; see the module for axes and conventions."""

    periods: int  # T; paths have T + 1 points, t = 0 .. T
    periods_per_year: int

    # terms
    node_op: Codes  # (Q,)
    node_a: Ints  # (Q,)
    node_b: Ints  # (Q,)
    node_c: Reals  # (Q,)

    # factors
    factor_kind: Codes  # (F,) Kind
    factor_keeps: Codes  # (F,) Keeps
    factor_node: Ints  # (F,) node of a derived factor's formula, else -1

    # influences: swings, then pulls; `delayed` 1 where there is an `after`
    link_node: Ints  # (L,)
    link_target: Ints  # (L,) factor
    link_delayed: Codes  # (L,)
    pull_node: Ints  # (P,)
    pull_target: Ints  # (P,) factor
    pull_delayed: Codes  # (P,)
    flow_node: Ints  # (W,) stock flows
    flow_target: Ints  # (W,)

    # options
    slot_start: Ints  # (K + 1,)
    option_now: Ints  # (K,) status-quo level (the file's `now`)
    option_review: Ints  # (K,) periods between reviews, >= 1
    option_on: Ints  # (K,) trigger node that brings a review forward, or -1
    option_irreversible: Codes  # (K,)
    option_fickle: Reals  # (K,) share in [0, 1]
    option_enter: Codes  # (K,) Enter
    option_leave: Codes  # (K,) Leave
    slot_requires: Ints  # (S,) trigger node that must be >= 0.5, or -1
    party_start: Ints  # (K + 1,) parties of option k are party_start[k] : party_start[k + 1], in the order listed
    party_actor: Ints  # (J,)

    # what a level costs an actor while held; switch costs are per party in Draws.switch
    price_actor: Ints  # (Z,)
    price_slot: Ints  # (Z,)
    norm_actor: Ints  # (Y,) who pays for a violation
    norm_node: Ints  # (Y,) crisp node: 1 while violated

    # interests
    interest_actor: Ints  # (M,)
    interest_node: Ints  # (M,)
    red_actor: Ints  # (R,)
    red_node: Ints  # (R,) smooth node

    # actors
    actor_foresight: Ints  # (A,) H, 1 .. 24 periods
    actor_discount: Reals  # (A,) b = 2^(-1 / patience in periods)
    actor_view: Ints  # (A,) which view it sees
    top_weight: Reals  # (A,) w*, at central values, > 0 (1 for an actor without interests)

    # views: what is hidden. View 0 sees everything
    view_hidden_factor: Codes  # (V, F)
    view_hidden_option: Codes  # (V, K)
    factor_seen_as: Ints  # (F,) factor or -1
    option_seen_as: Ints  # (K,) factor or -1
    factor_central: Reals  # (F,) central start, what a view without sight of it believes
    # promises
    promise_option: Ints  # (C,)
    promise_level: Ints  # (C,)
    promise_node: Ints  # (C,) trigger node
    promise_periods: Ints  # (C,) how long an honoured promise is kept, >= 1
    promise_actor_start: Ints  # (C + 1,) promisers: one actor, or all members of an institution
    promise_actor: Ints  # (.,)

    # shocks
    shock_on: Ints  # (H,) the one period in which it may fire, or -1 (any)
    shock_node: Ints  # (H,) trigger node of `while`, or -1
    shock_once: Codes  # (H,)
    shock_lasting: Ints  # (H,) periods a shift lasts, or -1 for good
    effect_shock: Ints  # (G,)
    effect_factor: Ints  # (G,)
    effect_sets: Codes  # (G,) 1 sets, 0 shifts

    # exchanges
    leg_start: Ints  # (E + 1,)
    leg_option: Ints  # (.,)
    leg_level: Ints  # (.,) the level named, > 0
    exchange_review: Ints  # (E,)

    # names hashed for chance: uint32, unique over all streams; Philox counter = (n, r, key, t), word 0; see `chance`
    key_factor: NDArray[np.uint32]  # (F,) stream "noise"
    key_taste: NDArray[
        np.uint32
    ]  # (J * levels, see taste_start): taste of party j for level l = key_taste[taste_start[j] + l]
    taste_start: Ints  # (J + 1,)
    key_phase: NDArray[np.uint32]  # (K + E,) stream "phase"; exchanges after options
    key_promise: NDArray[np.uint32]  # (C,)
    key_shock: NDArray[np.uint32]  # (H,)
    key_order: NDArray[np.uint32]  # (K,) stream "order": in which order one actor takes its due options

    # names, for messages and labels only; kernels do not read them
    actors: tuple[str, ...]
    factors: tuple[str, ...]
    options: tuple[str, ...]
    levels: tuple[tuple[str, ...], ...]
    shocks: tuple[str, ...]
    promises: tuple[str, ...]
    exchanges: tuple[str, ...]

    def __post_init__(self) -> None:
        freeze(self)


@dataclass(frozen=True, eq=False)
class Draws:
    """One block of draws of every uncertain input; first axis always the draw.

    `index` is the global number n of each row (chance is keyed by it), `replica` its r, `combination` that of the
    hypotheses, `weight` the share it has in weighted means (sums to 1 over a whole run).
    """

    index: Ints  # (N,)
    replica: Ints  # (N,)
    combination: Ints  # (N,)
    weight: Reals  # (N,)
    start: Reals  # (N, F) x(0) in [0, 1]; unused for derived factors
    alpha: Reals  # (N, F) 1 - 2^(-1 / half_life), 1 if immediate
    rho: Reals  # (N, F) 2^(-1 / half_life), 0 if immediate
    sigma: Reals  # (N, F) as in design: 4 noise (1 + rho) / sqrt(1 + rho^2); 0 = none
    trend: Reals  # (N, F) growth of the anchor per period, 4 artanh(trend) spread over its stated time
    effect: Reals  # (N, L) e = 4 artanh(d), 0 where the link does not exist in this draw or combination
    link_gain: Reals  # (N, L) 1 - exp(-1 / D), 1 without `after`
    pull_to: Reals  # (N, P) g in [0, 1]
    pull_exists: Reals  # (N, P) 1 or 0
    pull_gain: Reals  # (N, P)
    flow_rate: Reals  # (N, W) signed change per period, in [0, 1] units
    param: Reals  # (N, .) PARAM nodes: dependence shares
    weight_of_interest: Reals  # (N, M) w, signed; 0 where the reading does not hold it
    red_active: Reals  # (N, R) 1 or 0
    price: Reals  # (N, Z)
    norm_price: Reals  # (N, Y)
    switch: Reals  # (N, J)
    steadiness: Reals  # (N, A) lambda > 0
    likelihood: Reals  # (N, C)
    hazard: Reals  # (N, H) chance per period, or of the one date
    effect_size: Reals  # (N, G) v in [0, 1] for sets, 4 artanh(d) for shifts

    def __post_init__(self) -> None:
        freeze(self)

    def rows(self, chosen: slice | NDArray[np.intp]) -> Draws:
        """The same inputs for some of the rows."""
        return Draws(**{item.name: getattr(self, item.name)[chosen] for item in fields(self)})


class Held(IntEnum):
    """What a hold takes hold of."""

    OPTION = 0
    FACTOR = 1
    SHOCK = 2


@dataclass(frozen=True)
class Hold:
    """One thing held from period `start` to before `end` (-1 = for good).

    An option at a level (value = its index), a factor at a value in [0, 1], or a shock: 1 fires it once at `start`
    (chance applies before and, if it `repeats`, after), 0 keeps it from firing while held. `secret` holds it in the
    world only, not in anyone's look-ahead (which goes on as if it were not held).
    """

    held: Held
    index: int
    value: float = 0.0
    start: int = 0
    end: int = -1
    secret: bool = False


@dataclass(frozen=True, eq=False)
class Plan:
    """How one run differs from the untouched one.

    `replay`: (N, T + 1, K) levels: options not held follow these instead of deciding (deals and promises too), or None.
    `review` False: nobody decides anything. `chance` False: no shocks, no noise. `tastes` False: no Gumbel tastes.
    """

    holds: tuple[Hold, ...] = ()
    replay: NDArray[np.int8] | None = None
    review: bool = True
    chance: bool = True
    tastes: bool = True


@dataclass(frozen=True, eq=False)
class Paths:
    """What a kernel returns for a block.

    `margin` is the smallest gap, in log-odds, between best and second best over all of a draw's decisions before its
    path could first differ (used to compare kernels); inf if it never decided.
    """

    factors: Reals  # (N, T + 1, F) true levels, derived ones included
    levels: NDArray[np.int8]  # (N, T + 1, K) after the decisions of the period
    utility: Reals  # (N, T + 1, A) U_a(t)
    fired: NDArray[np.bool_]  # (N, T + 1, H)
    honoured: NDArray[np.int8]  # (N, T + 1, C) 1 honoured, -1 not honoured, 0 no lottery in that period
    formed: NDArray[np.bool_]  # (N, T + 1, E) the exchange stands
    margin: Reals  # (N, T + 1) smallest decision margin in that period, inf if none


def freeze(record: object) -> None:
    """Make every array of a dataclass read-only."""
    for item in fields(record):  # type: ignore[arg-type]
        value = getattr(record, item.name)
        if isinstance(value, np.ndarray):
            value.flags.writeable = False
