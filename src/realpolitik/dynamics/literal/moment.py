"""What stands when decisions are taken: everything a look-ahead starts from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from realpolitik.dynamics.literal.inputs import Model
from realpolitik.dynamics.literal.state import State, put
from realpolitik.dynamics.literal.terms import one_level
from realpolitik.dynamics.tables import Held, Hold, Plan


def active(hold: Hold, t: int) -> bool:
    """Does a hold last in period t?"""
    return hold.start <= t and (hold.end < 0 or t < hold.end)


def held_now(plan: Plan, kind: Held, t: int, *, public: bool = False) -> dict[int, float]:
    """Which options or factors are held in period t (publicly), and at what? The last hold wins."""
    return {
        hold.index: hold.value
        for hold in plan.holds
        if hold.held == kind and active(hold, t) and not (public and hold.secret)
    }


def shock_hold(plan: Plan, shock: int, t: int, *, public: bool = False) -> bool | None:
    """Is a shock made to fire in period t (True), kept from firing (False), or left to chance (None)?"""
    found = [
        hold for hold in plan.holds if hold.held == Held.SHOCK and hold.index == shock and not (public and hold.secret)
    ]
    if any(hold.value >= 0.5 and hold.start == t for hold in found):
        return True
    return False if any(hold.value < 0.5 and active(hold, t) for hold in found) else None


@dataclass(frozen=True)
class Moment:
    """Period t after its commitments: one state per view, and what binds whom."""

    model: Model
    plan: Plan
    t: int
    depth: int
    states: Sequence[State]
    kept: frozenset[int]
    spent: frozenset[int]
    triggered: tuple[bool, ...]

    def held(self, kind: Held) -> dict[int, float]:
        """What is publicly held, and so held along every path."""
        return held_now(self.plan, kind, self.t, public=True)

    def seen(self, view: int, levels: Sequence[int], own: Mapping[int, int]) -> State:
        """The state as a view sees it with options at `levels`, those in `own` exactly as given.

        Options hidden from the view stay as it sees them.
        """
        state = self.states[view].copy()
        hidden = self.model.views[view].hidden_options
        for k, option in enumerate(self.model.options):
            if k in own:
                put(self.model, state, k, one_level(option.levels, own[k]))
            elif k not in hidden:
                put(self.model, state, k, one_level(option.levels, levels[k]))
        return state

    def stands(self, exchange: int, levels: Sequence[int]) -> bool:
        """Does an exchange stand: every leg at its named level or above?"""
        return stands(self.model, exchange, levels)


def stands(model: Model, exchange: int, levels: Sequence[int]) -> bool:
    """Does an exchange stand: every leg at its named level or above?"""
    return all(levels[option] >= level for option, level in model.exchanges[exchange].legs)
