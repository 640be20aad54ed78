"""What happens: one draw of a situation, period by period.

(1) holds and shocks   (2) terms, what each view sees   (3) commitments   (4) reviews   (5) utilities   (6) advance

eta_i(t+1) = rho eta_i + sqrt(1 - rho^2) sigma_i xi,  eta_i(0) = 0
"""

from __future__ import annotations

import math
from collections.abc import Container, Sequence
from typing import NamedTuple

from realpolitik.dynamics.chance import normal_of, uniform_of
from realpolitik.dynamics.literal.inputs import Effect, Model
from realpolitik.dynamics.literal.moment import Moment, held_now, shock_hold
from realpolitik.dynamics.literal.promises import Promises
from realpolitik.dynamics.literal.reviews import Agenda, Review
from realpolitik.dynamics.literal.sight import Sight
from realpolitik.dynamics.literal.state import add_shift, advance, anchor_anew, movable, set_level
from realpolitik.dynamics.literal.terms import holds, levels_of, utility
from realpolitik.dynamics.tables import Held, Kind, Plan


class Record(NamedTuple):
    """What is kept of one period."""

    factors: list[float]
    levels: list[int]
    utility: list[float]
    fired: list[bool]
    honoured: list[int]
    formed: list[bool]
    margin: float


class World:
    """One draw in motion."""

    def __init__(self, model: Model, plan: Plan, depth: int, replay: Sequence[Sequence[int]] | None) -> None:
        self.model, self.plan, self.depth, self.replay = model, plan, depth, replay
        self.t = 0
        self.levels = [option.now for option in model.options]
        self.eta = [0.0] * len(model.factors)
        self.spent: set[int] = set()
        self.sight = Sight(model)
        self.promises = Promises(model, self.sight.states)
        self.agenda = Agenda(model, self.sight.states, self.levels)

    def run(self) -> list[Record]:
        """The records of periods 0 to T."""
        records = [self._period()]
        while self.t < self.model.periods:
            self._advance()
            self.t += 1
            records.append(self._period())
        return records

    def _period(self) -> Record:
        """Steps 1 to 5."""
        fired = self._holds_and_shocks()
        before = list(self.levels)
        honoured, margin = [0] * len(self.model.promises), math.inf
        if self.replay is not None:
            self._replay(self.replay[self.t])
        elif self.plan.review:
            honoured = self.promises.fall_due(self.sight.states, self.levels, self._held(Held.OPTION), self.t)
            margin = self._review(honoured, before)
        self._look()
        return self._record(fired, honoured, margin)

    def _held(self, kind: Held) -> dict[int, float]:
        return held_now(self.plan, kind, self.t)

    def _look(self) -> None:
        self.sight.look(self.levels, self.plan, self.t)

    def _holds_and_shocks(self) -> list[bool]:
        """Steps 1 and 2; which shocks fire?"""
        for option, level in self._held(Held.OPTION).items():
            self.levels[option] = int(level)
        for factor, value in self._held(Held.FACTOR).items():
            self.sight.truth.x[factor] = value
        self._look()
        fired = [self._fires(h) for h in range(len(self.model.shocks))]
        self.spent |= {h for h, shock in enumerate(self.model.shocks) if fired[h] and shock.once}
        held = self._held(Held.FACTOR)
        sets = [effect for h, yes in enumerate(fired) if yes for effect in self._strike(h, held)]
        self._look()
        for effect in sets:
            self._settle(effect)
        return fired

    def _fires(self, h: int) -> bool:
        """Does shock h fire in this period?"""
        shock, model = self.model.shocks[h], self.model
        made = shock_hold(self.plan, h, self.t)
        if made is not None:
            return made
        possible = self.plan.chance and h not in self.spent and shock.on in (-1, self.t)
        if not possible or not holds(shock.node, self.sight.truth.values):
            return False
        return uniform_of(model.n, model.r, shock.key, self.t, model.seed) < shock.hazard

    def _strike(self, h: int, held: Container[int]) -> list[Effect]:
        """Let the effects of shock h begin; which of them set a factor?"""
        shock = self.model.shocks[h]
        effects = movable(self.model, shock)
        for effect in effects:
            if effect.sets and effect.factor not in held:
                set_level(self.sight.truth, effect)
            elif not effect.sets:
                for state in self.sight.sighted(effect.factor):
                    add_shift(state, shock, effect, self.t)
        return [effect for effect in effects if effect.sets]

    def _settle(self, effect: Effect) -> None:
        """Anchor a factor anew where a shock has set it, and end the pulls on it."""
        if self.model.factors[effect.factor].kind != Kind.LEVEL:
            return
        for state in self.sight.sighted(effect.factor):
            anchor_anew(self.model, state, effect)
            for q, pull in enumerate(self.model.pulls):
                state.pull_ended[q] |= pull.target == effect.factor

    def _replay(self, levels: Sequence[int]) -> None:
        held = self._held(Held.OPTION)
        self.levels = [self.levels[k] if k in held else int(level) for k, level in enumerate(levels)]

    def _review(self, honoured: Sequence[int], before: Sequence[int]) -> float:
        """Step 4: let everything due be decided; the smallest margin."""
        crossed = self.agenda.crossings(self.sight.states)
        self._look()
        moment = self._moment()
        promised = {
            promise.option for outcome, promise in zip(honoured, self.model.promises, strict=True) if outcome == 1
        }
        review = Review(moment, self.levels)
        review.hold(self.agenda, self.agenda.due(moment, crossed, promised), self.promises)
        self.levels, margin = review.outcome(before)
        return margin

    def _moment(self) -> Moment:
        return Moment(
            model=self.model,
            plan=self.plan,
            t=self.t,
            depth=self.depth,
            states=self.sight.states,
            kept=self.promises.kept(self.t),
            spent=frozenset(self.spent),
            triggered=tuple(self.promises.triggered),
        )

    def _record(self, fired: list[bool], honoured: list[int], margin: float) -> Record:
        """Step 5: what the period was worth to whom."""
        truth = self.sight.truth
        return Record(
            factors=levels_of(self.model, truth.x, truth.values),
            levels=list(self.levels),
            utility=[utility(actor, truth.values, truth.weights) for actor in self.model.actors],
            fired=fired,
            honoured=honoured,
            formed=list(self.agenda.close(self.levels)),
            margin=margin,
        )

    def _advance(self) -> None:
        """Step 6: delays and factors move on."""
        advance(self.model, self.sight.truth, self.t, self.eta)
        for state in self.sight.states[1:]:
            advance(self.model, state, self.t)
        if self.plan.chance:
            self.eta = [self._disturbed(i, eta) for i, eta in enumerate(self.eta)]

    def _disturbed(self, i: int, eta: float) -> float:
        """eta(t+1) from eta(t)."""
        model, factor = self.model, self.model.factors[i]
        xi = normal_of(model.n, model.r, factor.key, self.t + 1, model.seed)
        return factor.rho * eta + math.sqrt(1.0 - factor.rho**2) * factor.sigma * xi
