"""What happens: one draw of a situation, period by period.

(1) holds and shocks   (2) terms, what each view sees   (3) commitments   (4) reviews   (5) utilities   (6) advance
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..chance import normal_of, phase_of, uniform_of
from ..tables import Held, Kind, Plan
from .choice import decide_alone, decide_jointly, forms, raised
from .inputs import Effect, Model
from .moment import Moment, held_now, shock_hold, stands
from .state import (
    State,
    add_shift,
    advance,
    anchor_anew,
    factual_start,
    movable,
    put,
    set_level,
    spread,
    weights_of,
)
from .terms import clip, evaluate, holds, levels_of, one_level, utility


@dataclass
class Record:
    """What is kept of one period."""

    factors: list[float]
    levels: list[int]
    utility: list[float]
    fired: list[bool]
    honoured: list[int]
    formed: list[bool]
    margin: float


@dataclass
class World:
    """One draw in motion; `states[0]` is what is true, the others what each view has seen."""

    model: Model
    plan: Plan
    depth: int
    replay: Sequence[Sequence[int]] | None
    t: int = 0
    levels: list[int] = field(init=False)
    states: list[State] = field(init=False)
    eta: list[float] = field(init=False)
    start: list[float] = field(init=False)
    spent: set[int] = field(default_factory=set)
    until: dict[int, int] = field(default_factory=dict)
    promise_held: list[bool] = field(init=False)
    on_held: list[bool] = field(init=False)
    standing: list[bool] = field(init=False)
    called: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        model = self.model
        self.levels = [option.now for option in model.options]
        self.eta = [0.0] * len(model.factors)
        x = [factor.start for factor in model.factors]
        truth = factual_start(model, x, weights_of(model, self.levels))
        self.start = levels_of(model, truth.x, truth.values)
        self.states = [truth]
        for view in range(1, len(model.views)):
            state = truth.copy()
            self._see(view, state, {}, {})
            self.states.append(factual_start(model, state.x, state.weights))
        self.promise_held, self.on_held = self._triggers()
        self.standing = [stands(model, e, self.levels) for e in range(len(model.exchanges))]

    def run(self) -> list[Record]:
        """The records of periods 0 to T."""
        records = []
        for t in range(self.model.periods + 1):
            self.t = t
            records.append(self._period())
            if self.t < self.model.periods:
                self._advance()
        return records

    def _period(self) -> Record:
        fired = self._shocks_and_holds()
        before = list(self.levels)
        honoured, margin = [0] * len(self.model.promises), math.inf
        if self.replay is not None:
            self._replay(self.replay[self.t])
        elif self.plan.review:
            up_promises, up_on = self._crossings()
            honoured = self._commit(up_promises)
            margin = self._review(up_on, honoured, before)
        self._look()
        return self._record(fired, honoured, margin)

    # step 1 and 2
    def _shocks_and_holds(self) -> list[bool]:
        model, truth = self.model, self.states[0]
        for option, level in held_now(self.plan, Held.OPTION, self.t).items():
            self.levels[option] = int(level)
        held = held_now(self.plan, Held.FACTOR, self.t)
        for factor, level in held.items():
            truth.x[factor] = level
        truth.weights = weights_of(model, self.levels)
        truth.values = evaluate(model, truth.x, truth.weights, exact=True)
        fired = [self._fires(h) for h in range(len(model.shocks))]
        self.spent |= {h for h, shock in enumerate(model.shocks) if fired[h] and shock.once}
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
        if not possible or not holds(shock.node, self.states[0].values):
            return False
        return uniform_of(model.n, model.r, shock.key, self.t, model.seed) < shock.hazard

    def _strike(self, h: int, held: dict[int, float]) -> list[Effect]:
        """Let the effects of shock h begin; which of them set a factor?"""
        shock = self.model.shocks[h]
        sets = []
        for effect in movable(self.model, shock):
            if effect.sets:
                sets.append(effect)
                if effect.factor not in held:
                    set_level(self.states[0], effect)
                continue
            for view, state in zip(self.model.views, self.states, strict=True):
                if effect.factor not in view.hidden_factors:
                    add_shift(state, shock, effect, self.t)
        return sets

    def _settle(self, effect: Effect) -> None:
        """Anchor a factor anew where a shock has set it, and end the pulls on it."""
        if self.model.factors[effect.factor].kind != Kind.LEVEL:
            return
        for view, state in zip(self.model.views, self.states, strict=True):
            if effect.factor not in view.hidden_factors:
                anchor_anew(self.model, state, effect)
                for q, pull in enumerate(self.model.pulls):
                    state.pull_ended[q] |= pull.target == effect.factor

    def _look(self) -> None:
        """Bring terms up to date, the true ones and those of every view."""
        truth = self.states[0]
        truth.weights = weights_of(self.model, self.levels)
        truth.values = evaluate(self.model, truth.x, truth.weights, exact=True)
        factors = held_now(self.plan, Held.FACTOR, self.t, public=True)
        options = held_now(self.plan, Held.OPTION, self.t, public=True)
        for view in range(1, len(self.states)):
            state = self.states[view]
            state.x, state.weights = list(truth.x), list(truth.weights)
            self._see(view, state, factors, options)
            state.values = evaluate(self.model, state.x, state.weights, exact=True)

    def _see(self, view: int, state: State, factors: dict[int, float], options: dict[int, float]) -> None:
        """Put what a view believes in place of what is hidden from it (unless publicly held)."""
        model, hidden = self.model, self.model.views[view]
        for i in hidden.hidden_factors:
            factor = model.factors[i]
            if factor.kind != Kind.DERIVED:
                state.x[i] = factors.get(i, self._shown(factor.central, factor.seen_as))
        for k in hidden.hidden_options:
            option = model.options[k]
            if k in options or option.seen_as < 0:
                weights = one_level(option.levels, int(options.get(k, option.now)))
            else:
                weights = spread(option.levels, self._shown(option.now / (option.levels - 1), option.seen_as))
            put(model, state, k, weights)

    def _shown(self, central: float, seen_as: int) -> float:
        """clip(c + x_F - x_F(0), c, 1)"""
        if seen_as < 0:
            return central
        truth = self.states[0]
        shown = levels_of(self.model, truth.x, truth.values)[seen_as]
        return clip(central + shown - self.start[seen_as], central, 1.0)

    # step 3
    def _triggers(self) -> tuple[list[bool], list[bool]]:
        """Which triggers of promises, and of reviews brought forward, hold in the eyes of whom they bind?"""
        promises = [self._holds(promise.node, promise.actors[0]) for promise in self.model.promises]
        reviews = [option.on >= 0 and self._holds(option.on, option.parties[0].actor) for option in self.model.options]
        return promises, reviews

    def _holds(self, node: int, actor: int) -> bool:
        return holds(node, self.states[self.model.actors[actor].view].values)

    def _crossings(self) -> tuple[list[bool], list[bool]]:
        """Which of those triggers hold now and did not before?"""
        promises, reviews = self._triggers()
        up_promises = [now and not was for now, was in zip(promises, self.promise_held, strict=True)]
        up_reviews = [now and not was for now, was in zip(reviews, self.on_held, strict=True)]
        self.promise_held, self.on_held = promises, reviews
        return up_promises, up_reviews

    def _commit(self, crossed: Sequence[bool]) -> list[int]:
        """Draw the lotteries of promises that fall due; 1 honoured, -1 not."""
        model, held = self.model, held_now(self.plan, Held.OPTION, self.t)
        honoured = [0] * len(model.promises)
        for c, promise in enumerate(model.promises):
            if not crossed[c]:
                continue
            kept = uniform_of(model.n, model.r, promise.key, self.t, model.seed) < promise.likelihood
            honoured[c] = 1 if kept else -1
            if not kept:
                continue
            self.until[c] = self.t + promise.periods
            option, now = model.options[promise.option], self.levels[promise.option]
            barred = option.irreversible and promise.level < now
            if len(option.parties) == 1 and promise.option not in held and not barred:
                self.levels[promise.option] = promise.level
        return honoured

    def _running(self, c: int) -> bool:
        return self.t < self.until.get(c, -1)

    def _kept(self) -> frozenset[int]:
        """Which options of one party does a promise keep where they are?"""
        return frozenset(
            promise.option
            for c, promise in enumerate(self.model.promises)
            if self._running(c) and len(self.model.options[promise.option].parties) == 1
        )

    def _consents(self, k: int) -> dict[int, int]:
        """Who has promised which level of joint option k?"""
        return {
            actor: promise.level
            for c, promise in enumerate(self.model.promises)
            if promise.option == k and self._running(c)
            for actor in promise.actors
        }

    # step 4
    def _review(self, up_on: Sequence[bool], honoured: Sequence[int], before: Sequence[int]) -> float:
        """Let everything due be decided from one state; what is the smallest margin?"""
        self._look()
        kept = self._kept()
        moment = Moment(
            model=self.model,
            plan=self.plan,
            t=self.t,
            depth=self.depth,
            states=self.states,
            kept=kept,
            spent=frozenset(self.spent),
            triggered=tuple(self.promise_held),
        )
        free = set(range(len(self.model.options))) - set(held_now(self.plan, Held.OPTION, self.t)) - kept
        due = [k for k in sorted(free) if self._due(k, up_on, honoured)]
        alone = [k for k in due if len(self.model.options[k].parties) == 1]
        decided, margins = self._decide_alone(moment, alone)
        together = list(self.levels)
        for k in due:
            if k not in alone:
                together[k], margin = decide_jointly(moment, k, together, self._consents(k))
                decided[k] = together[k]
                margins.append(margin)
        for e in range(len(self.model.exchanges)):
            if self._exchange_due(e, together, free):
                formed, margin = forms(moment, e, together)
                margins.append(margin)
                for option, level in raised(moment, e, together).items() if formed else ():
                    decided[option] = together[option] = level
        self._apply(decided, before)
        return min(margins, default=math.inf)

    def _due(self, k: int, up_on: Sequence[bool], honoured: Sequence[int]) -> bool:
        model, option = self.model, self.model.options[k]
        phase = phase_of(model.n, option.phase_key, option.review, model.seed)
        promised = any(
            made == 1 and promise.option == k for made, promise in zip(honoured, model.promises, strict=True)
        )
        joint = len(option.parties) > 1
        return (self.t + phase) % option.review == 0 or up_on[k] or k in self.called or (joint and promised)

    def _exchange_due(self, e: int, levels: Sequence[int], free: set[int]) -> bool:
        model, exchange = self.model, self.model.exchanges[e]
        phase = phase_of(model.n, exchange.phase_key, exchange.review, model.seed)
        possible = all(option in free for option, _ in exchange.legs) and not stands(model, e, levels)
        return possible and (self.t + phase) % exchange.review == 0

    def _decide_alone(self, moment: Moment, due: Sequence[int]) -> tuple[dict[int, int], list[float]]:
        """Every actor decides its due options one after another, seeing its own decisions only."""
        model = self.model
        order = {k: uniform_of(model.n, model.r, model.options[k].order_key, self.t, model.seed) for k in due}
        decided, margins = {}, []
        for actor in range(len(model.actors)):
            levels = list(self.levels)
            own = [k for k in due if model.options[k].parties[0].actor == actor]
            for k in sorted(own, key=lambda k: (order[k], k)):
                levels[k], margin = decide_alone(moment, k, levels)
                decided[k] = levels[k]
                margins.append(margin)
        return decided, margins

    def _apply(self, decided: dict[int, int], before: Sequence[int]) -> None:
        """Put decisions into force; drop, in file order, changes whose `requires` does not hold."""
        for k, level in decided.items():
            self.levels[k] = level
        for k, option in enumerate(self.model.options):
            level = self.levels[k]
            if level == before[k] or option.requires[level] < 0:
                continue
            self.levels[k] = before[k]
            values = evaluate(self.model, self.states[0].x, weights_of(self.model, self.levels), exact=True)
            if holds(option.requires[level], values):
                self.levels[k] = level

    def _replay(self, levels: Sequence[int]) -> None:
        held = held_now(self.plan, Held.OPTION, self.t)
        self.levels = [self.levels[k] if k in held else int(level) for k, level in enumerate(levels)]

    # steps 5 and 6
    def _record(self, fired: list[bool], honoured: list[int], margin: float) -> Record:
        model, truth = self.model, self.states[0]
        formed = [stands(model, e, self.levels) for e in range(len(model.exchanges))]
        broken = [e for e, was in enumerate(self.standing) if was and not formed[e]]
        legs = [leg for e in broken for leg in model.exchanges[e].legs]
        self.called = {option for option, level in legs if self.levels[option] >= level}
        self.standing = formed
        return Record(
            factors=levels_of(model, truth.x, truth.values),
            levels=list(self.levels),
            utility=[utility(actor, truth.values, truth.weights) for actor in model.actors],
            fired=fired,
            honoured=honoured,
            formed=formed,
            margin=margin,
        )

    def _advance(self) -> None:
        model = self.model
        advance(model, self.states[0], self.t, self.eta)
        for state in self.states[1:]:
            advance(model, state, self.t)
        if self.plan.chance:
            self.eta = [self._disturbed(i, eta) for i, eta in enumerate(self.eta)]

    def _disturbed(self, i: int, eta: float) -> float:
        """eta(t+1) = rho eta + sqrt(1 - rho^2) sigma xi"""
        model, factor = self.model, self.model.factors[i]
        if factor.sigma == 0.0:
            return 0.0
        xi = normal_of(model.n, model.r, factor.key, self.t + 1, model.seed)
        return factor.rho * eta + math.sqrt(1.0 - factor.rho**2) * factor.sigma * xi
