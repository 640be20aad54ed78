"""What are the terms of a situation worth in one state, and what is the state worth to an actor?

logistic   s(u) = 1 / (1 + exp(-u))                    log-odds   L(x) = log(x / (1 - x)), x in [.005, .995]
comparison smooth s((a - b) / 0.05); exact a > b + 1e-9, a >= b - 1e-9
utility    U_a = sum_m w_m phi_m / w*_a - costs of levels held - prices of norms violated - red lines crossed
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from realpolitik.dynamics.literal.inputs import Actor, Model, Node
from realpolitik.dynamics.tables import CLIP, SLACK, SMOOTH_WIDTH, Kind, Op


def logistic(u: float) -> float:
    """Which share does log-odds u stand for?

    >>> logistic(0.0), round(logistic(log_odds(0.3)), 12)
    (0.5, 0.3)
    """
    if u >= 0.0:
        return 1.0 / (1.0 + math.exp(-u))
    grown = math.exp(u)
    return grown / (1.0 + grown)


def log_odds(x: float) -> float:
    """Which log-odds does level x have, after clipping to [.005, .995]?"""
    x = clip(x, CLIP, 1.0 - CLIP)
    return math.log(x / (1.0 - x))


def clip(x: float, low: float = 0.0, high: float = 1.0) -> float:
    """The nearest number in [low, high]."""
    return min(max(x, low), high)


def contest(a: float, b: float, m: float) -> float:
    """Which share of a contest does effort a win against b with decisiveness m (Tullock 1980)? One half at 0/0.

    >>> contest(2.0, 1.0, 2.0), contest(0.0, 0.0, 1.0)
    (0.8, 0.5)
    """
    ours, theirs = a**m, b**m
    return ours / (ours + theirs) if ours + theirs > 0.0 else 0.5


def smooth_above(a: float, b: float) -> float:
    """How far is a above b: near 1 well above, one half at b, near 0 well below?"""
    return logistic((a - b) / SMOOTH_WIDTH)


TWO_SIDED: dict[Op, Callable[[float, float], float]] = {
    Op.MUL: lambda a, b: a * b,
    Op.ADD: lambda a, b: a + b,
    Op.SUB: lambda a, b: a - b,
    Op.OR: lambda a, b: 1.0 - (1.0 - a) * (1.0 - b),
    Op.MIN: min,
    Op.MAX: max,
    Op.ABOVE: smooth_above,
}

EXACT: dict[Op, Callable[[float, float], bool]] = {
    Op.TRIGGER_ABOVE: lambda a, b: a > b + SLACK,
    Op.TRIGGER_AT_LEAST: lambda a, b: a >= b - SLACK,
}


def evaluate(model: Model, x: Sequence[float], weights: Sequence[float], *, exact: bool) -> list[float]:
    """What is every node worth at levels `x` (one per factor) and `weights` (one per option level)?

    `exact` makes triggers 0/1, as in the world; otherwise they are smooth, as along a path only imagined.
    """
    values: list[float] = []
    for node in model.nodes:
        if node.op <= Op.PARAM:
            values.append(_leaf(model, node, x, weights, values))
        else:
            values.append(_inner(node, values, exact))
    return values


def _leaf(model: Model, node: Node, x: Sequence[float], weights: Sequence[float], values: Sequence[float]) -> float:
    match node.op:
        case Op.CONST:
            return node.c
        case Op.FACTOR:
            factor = model.factors[node.a]
            return values[factor.node] if factor.kind == Kind.DERIVED else x[node.a]
        case Op.SLOT:
            return weights[node.a]
        case Op.SHARE:
            option = model.options[node.a]
            held = weights[option.slot : option.slot + option.levels]
            return sum(level * weight for level, weight in enumerate(held)) / (option.levels - 1)
        case _:
            return model.params[node.a]


def _inner(node: Node, values: Sequence[float], exact: bool) -> float:
    a = values[node.a]
    match node.op:
        case Op.NOT:
            return 1.0 - a
        case Op.CLIP01:
            return clip(a)
        case Op.CONTEST:
            return contest(a, values[node.b], node.c)
        case Op.TRIGGER_ABOVE | Op.TRIGGER_AT_LEAST:
            b = values[node.b]
            return float(EXACT[node.op](a, b)) if exact else smooth_above(a, b)
        case _:
            return TWO_SIDED[node.op](a, values[node.b])


def levels_of(model: Model, x: Sequence[float], values: Sequence[float]) -> list[float]:
    """At which level does each factor stand, derived ones by their formulas?"""
    return [
        values[factor.node] if factor.kind == Kind.DERIVED else level
        for factor, level in zip(model.factors, x, strict=True)
    ]


def holds(node: int, values: Sequence[float]) -> bool:
    """Does a trigger hold? No trigger (-1) always holds."""
    return node < 0 or values[node] >= 0.5


def utility(actor: Actor, values: Sequence[float], weights: Sequence[float]) -> float:
    """What is a state worth to an actor, in units of a full swing of its top interest?"""
    return (
        sum(weight * values[node] for node, weight in actor.interests)
        - sum(price * weights[slot] for slot, price in actor.prices)
        - sum(price * values[node] for node, price in actor.norms)
        - sum(active * values[node] for node, active in actor.reds)
    )


def one_level(levels: int, level: int) -> list[float]:
    """The weights of an option that stands at one level."""
    return [1.0 if index == level else 0.0 for index in range(levels)]
