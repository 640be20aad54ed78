"""The state of the factors as one view has it, and how it moves in a period.

y(t+1)    = y + (1 - exp(-1 / D)) (phi - y),  y(0) = phi(0);   y = phi without `after`
free_i    = s(A_i + sum_l e_l (y_l - phi_l(0)) + shifts_i + eta_i)
p_q       = exists max(0, (y_q - phi_q(0)) / (1 - phi_q(0)));   0 while ended, or if phi_q(0) = 1
target_i  = (1 - P) free_i + sum_q p_q g_q / max(1, sum_q p_q),   P = min(1, sum_q p_q)
x_i(t+1)  = clip(x_i + alpha_i (target_i - x_i), 0, 1);   target floored or capped at x_i where it `keeps`
stock     x_i(t+1) = clip(x_i + sum of rate * term, 0, 1)
A_i(t+1)  = A_i + trend_i
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from realpolitik.dynamics.literal.inputs import Effect, Factor, Model, Shock
from realpolitik.dynamics.literal.terms import clip, evaluate, log_odds, logistic, one_level
from realpolitik.dynamics.tables import Keeps, Kind

RESTART = 1e-6
"""An ended pull runs again once its term rises by more than this from one period to the next."""


class Shift(NamedTuple):
    """What a shock adds to a factor's log-odds until before period `until` (-1: for good)."""

    factor: int
    size: float
    until: int


@dataclass
class State:
    """Levels, weights of option levels, and all that the factors remember; terms are `values`."""

    x: list[float]
    weights: list[float]
    values: list[float]
    anchor: list[float]
    link_start: list[float]
    link_y: list[float]
    pull_start: list[float]
    pull_y: list[float]
    pull_before: list[float]
    pull_ended: list[bool]
    shifts: list[Shift]

    def copy(self) -> State:
        """The same state, free to go its own way."""
        return replace(self, **{name: list(column) for name, column in vars(self).items()})


def factual_start(model: Model, x: Sequence[float], weights: Sequence[float]) -> State:
    """From where does a view start: levels x(0), options at `now`, before any hold or shock?"""
    values = evaluate(model, x, weights, exact=True)
    links = [values[link.node] for link in model.links]
    pulls = [values[pull.node] for pull in model.pulls]
    return State(
        x=list(x),
        weights=list(weights),
        values=values,
        anchor=[log_odds(level) for level in x],
        link_start=links,
        link_y=list(links),
        pull_start=pulls,
        pull_y=list(pulls),
        pull_before=list(pulls),
        pull_ended=[False] * len(pulls),
        shifts=[],
    )


def weights_of(model: Model, levels: Sequence[int]) -> list[float]:
    """The weights of option levels when every option stands at one."""
    pairs = zip(model.options, levels, strict=True)
    return [weight for option, level in pairs for weight in one_level(option.levels, level)]


def spread(levels: int, share: float) -> list[float]:
    """The weights of an option at a fractional level: linear between the two nearest.

    >>> spread(3, 0.75)
    [0.0, 0.5, 0.5]
    """
    place = share * (levels - 1)
    low = min(int(place), levels - 2)
    return [
        1.0 - (place - low) if level == low else place - low if level == low + 1 else 0.0 for level in range(levels)
    ]


def put(model: Model, state: State, option: int, weights: Sequence[float]) -> None:
    """Give one option these weights."""
    slot = model.options[option].slot
    state.weights[slot : slot + len(weights)] = weights


def swing(model: Model, state: State, target: int) -> float:
    """By how much do influences move a factor's log-odds: sum_l e_l (y_l - phi_l(0))?"""
    return sum(
        link.effect * ((y if link.delayed else state.values[link.node]) - start)
        for link, y, start in zip(model.links, state.link_y, state.link_start, strict=True)
        if link.target == target
    )


def advance(model: Model, state: State, t: int, eta: Sequence[float] | None = None) -> None:
    """Move a state from period t to t + 1; its `values` are those of period t, after all decisions."""
    _restart_pulls(model, state)
    noise = eta or [0.0] * len(model.factors)
    new = [_next(model, state, i, t, noise[i]) for i in range(len(model.factors))]
    for i, (link, y) in enumerate(zip(model.links, state.link_y, strict=True)):
        state.link_y[i] = y + link.gain * (state.values[link.node] - y)
    for i, (pull, y) in enumerate(zip(model.pulls, state.pull_y, strict=True)):
        state.pull_y[i] = y + pull.gain * (state.values[pull.node] - y)
    state.anchor = [anchor + factor.trend for anchor, factor in zip(state.anchor, model.factors, strict=True)]
    state.x = new


def _restart_pulls(model: Model, state: State) -> None:
    for q, pull in enumerate(model.pulls):
        value = state.values[pull.node]
        if value > state.pull_before[q] + RESTART:
            state.pull_ended[q] = False
        state.pull_before[q] = value


def _next(model: Model, state: State, i: int, t: int, eta: float) -> float:
    """The level of factor i in the next period."""
    factor, x = model.factors[i], state.x[i]
    if factor.kind == Kind.DERIVED:
        return x
    if factor.kind == Kind.STOCK:
        flows = sum(flow.rate * state.values[flow.node] for flow in model.flows if flow.target == i)
        return _kept(factor, x, clip(x + flows))
    target = _kept(factor, x, _target(model, state, i, t, eta))
    return clip(x + factor.alpha * (target - x))


def _target(model: Model, state: State, i: int, t: int, eta: float) -> float:
    shifts = sum(s.size for s in state.shifts if s.factor == i and (s.until < 0 or t < s.until))
    free = logistic(state.anchor[i] + swing(model, state, i) + shifts + eta)
    strengths = [(pull_strength(model, state, q), pull.to) for q, pull in enumerate(model.pulls) if pull.target == i]
    total = sum(p for p, _ in strengths)
    return (1.0 - min(1.0, total)) * free + sum(p * to for p, to in strengths) / max(1.0, total)


def pull_strength(model: Model, state: State, q: int) -> float:
    """How strongly does pull q draw its target, 0 to 1 (above only if its term passes 1)?"""
    pull, start = model.pulls[q], state.pull_start[q]
    if state.pull_ended[q] or start >= 1.0:
        return 0.0
    y = state.pull_y[q] if pull.delayed else state.values[pull.node]
    return pull.exists * max(0.0, (y - start) / (1.0 - start))


def _kept(factor: Factor, x: float, new: float) -> float:
    """Where a factor that cannot turn back stops."""
    match factor.keeps:
        case Keeps.RISES:
            return max(new, x)
        case Keeps.FALLS:
            return min(new, x)
        case Keeps.BOTH:
            return x
        case _:
            return new


def set_level(state: State, effect: Effect, share: float = 1.0) -> None:
    """Let a shock set a factor, or move it this share (its probability on a path) of the way there."""
    state.x[effect.factor] = (1.0 - share) * state.x[effect.factor] + share * effect.size


def anchor_anew(model: Model, state: State, effect: Effect, share: float = 1.0) -> None:
    """After a shock set a factor: A := L(v) - sum_l e_l (y_l - phi_l(0)), or this share of the way there."""
    i = effect.factor
    goal = log_odds(effect.size) - swing(model, state, i)
    state.anchor[i] = (1.0 - share) * state.anchor[i] + share * goal


def add_shift(state: State, shock: Shock, effect: Effect, t: int, share: float = 1.0) -> None:
    """Let a shift begin in period t, at this share of its size."""
    until = t + shock.lasting if shock.lasting >= 0 else -1
    state.shifts.append(Shift(effect.factor, share * effect.size, until))


def movable(model: Model, shock: Shock) -> list[Effect]:
    """The effects of a shock on factors that can be moved: no derived ones, no shifts of stocks."""
    kinds = [model.factors[effect.factor].kind for effect in shock.effects]
    return [
        effect
        for effect, kind in zip(shock.effects, kinds, strict=True)
        if kind == Kind.LEVEL or (kind == Kind.STOCK and effect.sets)
    ]
