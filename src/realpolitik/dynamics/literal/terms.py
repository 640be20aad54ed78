"""What are the terms of a situation worth in one state, and what is the state worth to an actor?

logistic   s(u) = 1 / (1 + exp(-u))                    log-odds   L(x) = log(x / (1 - x)), x in [.005, .995]
comparison smooth s((a - b) / 0.05); exact a > b + 1e-9, a >= b - 1e-9
utility    U_a = sum_m w_m phi_m / w*_a - costs of levels held - prices of norms violated - red lines crossed
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

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


class Scene(NamedTuple):
    """Where terms are evaluated: levels `x` (one per factor), `weights` (one per option level).

    `exact` makes triggers 0/1, as in the world; otherwise they are smooth, as along a path only imagined.
    """

    model: Model
    x: Sequence[float]
    weights: Sequence[float]
    exact: bool


Rule = Callable[[Node, Scene, list[float]], float]
"""What a node is worth, given the values `v` of the nodes before it."""


def _factor(node: Node, scene: Scene, v: list[float]) -> float:
    factor = scene.model.factors[node.a]
    return v[factor.node] if factor.kind == Kind.DERIVED else scene.x[node.a]


def _share(node: Node, scene: Scene, _v: list[float]) -> float:
    option = scene.model.options[node.a]
    held = scene.weights[option.slot : option.slot + option.levels]
    return sum(level * weight for level, weight in enumerate(held)) / (option.levels - 1)


def _trigger_above(node: Node, scene: Scene, v: list[float]) -> float:
    a, b = v[node.a], v[node.b]
    return float(a > b + SLACK) if scene.exact else smooth_above(a, b)


def _trigger_at_least(node: Node, scene: Scene, v: list[float]) -> float:
    a, b = v[node.a], v[node.b]
    return float(a >= b - SLACK) if scene.exact else smooth_above(a, b)


MEANING: dict[Op, Rule] = {
    Op.CONST: lambda node, scene, v: node.c,
    Op.FACTOR: _factor,
    Op.SLOT: lambda node, scene, v: scene.weights[node.a],
    Op.SHARE: _share,
    Op.PARAM: lambda node, scene, v: scene.model.params[node.a],
    Op.NOT: lambda node, scene, v: 1.0 - v[node.a],
    Op.MUL: lambda node, scene, v: v[node.a] * v[node.b],
    Op.ADD: lambda node, scene, v: v[node.a] + v[node.b],
    Op.SUB: lambda node, scene, v: v[node.a] - v[node.b],
    Op.OR: lambda node, scene, v: 1.0 - (1.0 - v[node.a]) * (1.0 - v[node.b]),
    Op.MIN: lambda node, scene, v: min(v[node.a], v[node.b]),
    Op.MAX: lambda node, scene, v: max(v[node.a], v[node.b]),
    Op.CLIP01: lambda node, scene, v: clip(v[node.a]),
    Op.CONTEST: lambda node, scene, v: contest(v[node.a], v[node.b], node.c),
    Op.ABOVE: lambda node, scene, v: smooth_above(v[node.a], v[node.b]),
    Op.TRIGGER_ABOVE: _trigger_above,
    Op.TRIGGER_AT_LEAST: _trigger_at_least,
}
RULES = tuple(MEANING[op] for op in Op)


def evaluate(model: Model, x: Sequence[float], weights: Sequence[float], *, exact: bool) -> list[float]:
    """What is every node worth in a scene (see `Scene`)?"""
    scene = Scene(model, x, weights, exact)
    values: list[float] = []
    for node in model.nodes:
        values.append(RULES[node.op](node, scene, values))
    return values


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
