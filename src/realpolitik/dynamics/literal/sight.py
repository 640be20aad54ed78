"""What is true in a period, and what does each view see of it?

a hidden factor        clip(c + x_F - x_F(0), c, 1), c its central start, F its `seen_as`; c without one
a hidden option        the same share with c = now / (m - 1); at `now` without `seen_as`
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from realpolitik.dynamics.literal.inputs import Model
from realpolitik.dynamics.literal.moment import held_now
from realpolitik.dynamics.literal.state import State, factual_start, put, spread, weights_of
from realpolitik.dynamics.literal.terms import clip, evaluate, levels_of, one_level
from realpolitik.dynamics.tables import Held, Kind, Plan


class Sight:
    """The states of all views, view 0 being the truth; brought up to date by `look`."""

    def __init__(self, model: Model) -> None:
        self.model = model
        levels = [option.now for option in model.options]
        truth = factual_start(model, [factor.start for factor in model.factors], weights_of(model, levels))
        self.truth, self.states = truth, [truth]
        self.start = levels_of(model, truth.x, truth.values)
        for view in range(1, len(model.views)):
            state = truth.copy()
            self._mask(view, state, {}, {})
            self.states.append(factual_start(model, state.x, state.weights))

    def look(self, levels: Sequence[int], plan: Plan, t: int) -> None:
        """Bring weights and terms up to date, the true ones and those of every view."""
        self.truth.weights = weights_of(self.model, levels)
        self.truth.values = evaluate(self.model, self.truth.x, self.truth.weights, exact=True)
        factors = held_now(plan, Held.FACTOR, t, public=True)
        options = held_now(plan, Held.OPTION, t, public=True)
        for view, state in enumerate(self.states[1:], start=1):
            state.x, state.weights = list(self.truth.x), list(self.truth.weights)
            self._mask(view, state, factors, options)
            state.values = evaluate(self.model, state.x, state.weights, exact=True)

    def _mask(self, view: int, state: State, factors: Mapping[int, float], options: Mapping[int, float]) -> None:
        """Put what a view believes in place of what is hidden from it, unless that is publicly held."""
        hidden = self.model.views[view]
        for i in hidden.hidden_factors:
            factor = self.model.factors[i]
            if factor.kind != Kind.DERIVED:
                state.x[i] = factors.get(i, self._shown(factor.central, factor.seen_as))
        for k in hidden.hidden_options:
            put(self.model, state, k, self._believed(k, options))

    def _believed(self, k: int, held: Mapping[int, float]) -> list[float]:
        option = self.model.options[k]
        if k in held or option.seen_as < 0:
            return one_level(option.levels, int(held.get(k, option.now)))
        return spread(option.levels, self._shown(option.now / (option.levels - 1), option.seen_as))

    def _shown(self, central: float, seen_as: int) -> float:
        """clip(c + x_F - x_F(0), c, 1)"""
        if seen_as < 0:
            return central
        level = levels_of(self.model, self.truth.x, self.truth.values)[seen_as]
        return clip(central + level - self.start[seen_as], central, 1.0)

    def sighted(self, factor: int) -> list[State]:
        """The states of the views from which a factor is not hidden."""
        pairs = zip(self.model.views, self.states, strict=True)
        return [state for view, state in pairs if factor not in view.hidden_factors]
