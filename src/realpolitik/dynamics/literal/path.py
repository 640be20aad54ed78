"""What does an actor expect of a path: the look-ahead at depth 0, and its value.

    V_a = (1 - b) sum_{h=1..H-1} b^(h-1) U_a(t+h) + b^(H-1) U_a(t+H)

A path is deterministic: no disturbance, and a shock enters with the probability that it has fired by then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from realpolitik.dynamics.literal.inputs import Effect, Shock
from realpolitik.dynamics.literal.moment import Moment, shock_hold
from realpolitik.dynamics.literal.state import State, add_shift, advance, anchor_anew, movable, put, set_level
from realpolitik.dynamics.literal.terms import evaluate, utility
from realpolitik.dynamics.tables import Held, Kind

Course = Callable[[int, Sequence[float]], Mapping[int, Sequence[float]]]
"""Which options have which weights at step h, given the terms of the step before?"""


def unmoved(_step: int, _values: Sequence[float]) -> Mapping[int, Sequence[float]]:
    """The course of depth 0: every option stays as it is."""
    return {}


@dataclass
class Expected:
    """How likely each shock has fired by now on a path."""

    moment: Moment
    fired: dict[int, float] = field(default_factory=dict)

    def strike(self, state: State, t: int) -> list[tuple[Effect, float]]:
        """Let shocks enter in period t by the growth of their probability; which sets are to be anchored anew?"""
        sets: list[tuple[Effect, float]] = []
        held = self.moment.held(Held.FACTOR)
        for h, shock in enumerate(self.moment.model.shocks):
            share = self._growth(h, shock, state.values, t)
            for effect in movable(self.moment.model, shock):
                if not effect.sets:
                    add_shift(state, shock, effect, t, share)
                    continue
                sets.append((effect, share))
                if effect.factor not in held:
                    set_level(state, effect, share)
        return sets

    def _growth(self, h: int, shock: Shock, before: Sequence[float], t: int) -> float:
        """By how much does the probability that shock h has fired grow in period t?"""
        if h in self.moment.spent:
            return 0.0
        so_far = self.fired.get(h, 0.0)
        share = (1.0 - so_far) * self._chance(h, shock, before, t)
        self.fired[h] = so_far + share
        return share

    def _chance(self, h: int, shock: Shock, before: Sequence[float], t: int) -> float:
        made = shock_hold(self.moment.plan, h, t, public=True)
        if made is not None:
            return float(made)
        if not self.moment.plan.chance or shock.on not in (-1, t):
            return 0.0
        return shock.hazard * (before[shock.node] if shock.node >= 0 else 1.0)


def value(moment: Moment, actor: int, state: State, course: Course = unmoved) -> float:
    """What is a path worth to an actor, from a state in which its candidate is in force (which it uses up)?"""
    who = moment.model.actors[actor]
    gains = [utility(who, state.values, state.weights) for _ in walk(moment, state, who.foresight, course)]
    b, last = who.discount, len(gains) - 1
    return (1.0 - b) * sum(b**h * gains[h] for h in range(last)) + b**last * gains[last]


def walk(moment: Moment, state: State, steps: int, course: Course) -> Iterator[State]:
    """The states of a path at steps 1 to `steps`, one after another in the same object."""
    model, expected = moment.model, Expected(moment)
    state.values = evaluate(model, state.x, state.weights, exact=False)
    for h in range(1, steps + 1):
        before, t = state.values, moment.t + h
        advance(model, state, t - 1)
        sets = expected.strike(state, t)
        for factor, level in moment.held(Held.FACTOR).items():
            state.x[factor] = level
        for option, weights in course(h, before).items():
            put(model, state, option, weights)
        state.values = evaluate(model, state.x, state.weights, exact=False)
        for effect, share in sets:
            if model.factors[effect.factor].kind == Kind.LEVEL:
                anchor_anew(model, state, effect, share)
        yield state
