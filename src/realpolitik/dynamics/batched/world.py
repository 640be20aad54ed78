"""What happens in a block of draws, period by period.

State that views differ in has one column for every view and draw (view * N + draw); view 0 is the world itself.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from realpolitik.dynamics import chance
from realpolitik.dynamics.batched.flow import Memory, advance, drive
from realpolitik.dynamics.batched.layout import Floats
from realpolitik.dynamics.batched.model import Model
from realpolitik.dynamics.batched.moment import Flags, Levels, Moment
from realpolitik.dynamics.batched.path import Origin, added
from realpolitik.dynamics.batched.promises import Promises
from realpolitik.dynamics.batched.record import Record
from realpolitik.dynamics.batched.review import decide
from realpolitik.dynamics.batched.shocks import held_now, shock_hold
from realpolitik.dynamics.batched.sight import Sight
from realpolitik.dynamics.batched.terms import evaluate, fill_leaves, logit
from realpolitik.dynamics.tables import CLIP, Held, Paths

MOST_AHEAD = 24
"""The longest foresight, in periods."""


class World:
    """A block in motion."""

    def __init__(self, model: Model) -> None:
        self.model = model
        tables, layout = model.tables, model.world.layout
        size, columns = model.size, model.size * model.views
        self.period = 0
        self.levels: Levels = np.repeat(tables.option_now[:, None].astype(np.int64), size, axis=1)
        self.x: Floats = model.start[: layout.stocks.stop].copy()
        self.rates = model.rates.columns(np.tile(np.arange(size), model.views))
        self.registers: Floats = np.zeros((layout.size, columns))
        fill_leaves(layout, self.registers, np.tile(model.params, model.views))
        self.eta: Floats = np.zeros((layout.levels.stop, size))
        self.spent: Flags = np.zeros((len(tables.shock_on), size), dtype=bool)
        self.sight = Sight(model)
        self.shifts = self._no_shifts(columns)
        self.weights: Floats = np.zeros((len(model.slot_option), columns))
        self.look(held=False)
        self.sight.remember(self.registers)
        self.memory = self._start()
        self.promises = Promises(model)
        self.promises.remember(self.registers)
        self.standing = self._stand()
        self.called: Flags = np.zeros(self.levels.shape, dtype=bool)
        self.record = Record(model)

    def _no_shifts(self, columns: int) -> Floats:
        """Shifts of levels by period, none at first; empty where no shock shifts anything."""
        if self.model.effects.sets.all():
            return np.zeros((0, 0, 0))
        last = self.model.tables.periods + MOST_AHEAD + 1
        return np.zeros((last, self.model.world.layout.levels.stop, columns))

    def _start(self) -> Memory:
        """Anchors and delayed terms of the factual start, in every view."""
        structure, registers = self.model.world.structure, self.registers
        pulls = registers[structure.pull_register]
        memory = Memory(
            anchor=logit(registers[structure.levels], CLIP),
            late=registers[structure.late_register],
            pull_late=pulls[structure.pull_late],
            pull_start=pulls,
            pull_before=pulls.copy(),
            ended=np.zeros(pulls.shape, dtype=bool),
        )
        swings = np.zeros(memory.anchor.shape)
        structure.now.onto(registers[structure.now_register] * self.rates.now_effect, swings)
        structure.late.onto(memory.late * self.rates.late_effect, swings)
        memory.anchor -= swings
        return memory

    def run(self) -> Paths:
        """The paths of all periods."""
        for period in range(self.model.tables.periods + 1):
            self.period = period
            fired = self._happen()
            before = self.levels.copy()
            honoured, margin = self._choose(before)
            self.look()
            self._account(fired, honoured, margin)
            if period < self.model.tables.periods:
                self._advance()
        return self.record.paths()

    # steps 1 and 2
    def look(self, held: bool = True) -> None:
        """Bring terms up to date, the true ones and those of every view."""
        model, layout = self.model, self.model.world.layout
        options = held_now(model.plan, Held.OPTION, self.period, public=True) if held else {}
        factors = held_now(model.plan, Held.FACTOR, self.period, public=True) if held else {}
        true = (self.levels[model.slot_option] == model.slot_level[:, None]).astype(np.float64)
        self.weights = np.tile(true, model.views)
        self.registers[: layout.stocks.stop] = np.tile(self.x, model.views)
        for _ in range(self.sight.looks):
            self.sight.see(self.registers, self.weights, factors, options)
            model.put_weights(layout, self.registers, self.weights)
            evaluate(layout, self.registers, model.scratch, exact=True)

    def _happen(self) -> Flags:
        """Apply holds, let shocks fire, bring terms up to date; which shocks fired?"""
        model, t = self.model, self.period
        for option, level in held_now(model.plan, Held.OPTION, t).items():
            self.levels[option] = int(level)
        held = held_now(model.plan, Held.FACTOR, t)
        for factor, value in held.items():
            self.x[model.world.layout.factor[factor]] = value
        self.look()
        fired = self._fire()
        if fired.any():
            self._strike(fired, held)
        return fired

    def _fire(self) -> Flags:
        """Which shocks fire (shock, draw)?"""
        model, tables, t = self.model, self.model.tables, self.period
        fired = np.zeros(self.spent.shape, dtype=bool)
        for shock in range(len(fired)):
            made = shock_hold(model.plan, shock, t)
            if made is not None:
                fired[shock] = made
            elif model.plan.chance and tables.shock_on[shock] in (-1, t):
                fired[shock] = self._by_chance(shock) & ~self.spent[shock]
        self.spent |= fired & tables.shock_once.astype(bool)[:, None]
        return fired

    def _by_chance(self, shock: int) -> Flags:
        """In which draws does a shock fire if it has not been spent?"""
        model, draws = self.model, self.model.draws
        key, node = model.tables.key_shock[shock], int(model.tables.shock_node[shock])
        fires = chance.uniforms(draws.index, draws.replica, key, self.period, model.seed) < model.hazard[shock]
        if node >= 0:
            fires &= self.registers[model.world.layout.node[node], : model.size] >= 0.5
        return np.asarray(fires)

    def _strike(self, fired: Flags, held: dict[int, float]) -> None:
        """Let the effects of the shocks that fired begin, and anchor what they set anew."""
        effects, size = self.model.effects, self.model.effect_size
        frozen = {int(self.model.world.layout.factor[factor]) for factor in held}
        for number, shock, register, sets in zip(
            effects.number, effects.shock, effects.register, effects.sets, strict=True
        ):
            if not sets:
                self._shift(int(shock), int(register), size[number] * fired[shock])
            elif int(register) not in frozen:
                self.x[register] = np.where(fired[shock], size[number], self.x[register])
        self.look()
        for place in np.flatnonzero(effects.sets):
            if effects.register[place] < self.model.world.layout.levels.stop:
                self._settle(int(effects.register[place]), fired[effects.shock[place]], size[effects.number[place]])

    def _shift(self, shock: int, register: int, size: Floats) -> None:
        lasting = int(self.model.tables.shock_lasting[shock])
        end = self.period + lasting if lasting >= 0 else len(self.shifts)
        shown = np.repeat(~self.sight.hidden_register(register), self.model.size)
        self.shifts[self.period : end, register] += np.tile(size, self.model.views) * shown

    def _settle(self, register: int, fired: Flags, value: Floats) -> None:
        """Anchor a level anew where a shock has set it, and end the pulls on it, in the views that see it."""
        structure, model = self.model.world.structure, self.model
        shown = np.repeat(~self.sight.hidden_register(register), model.size) & np.tile(fired, model.views)
        swing = drive(structure, self.rates, self.memory, self.registers, register) - self.memory.anchor[register]
        goal = np.tile(logit(value, CLIP), model.views) - swing
        self.memory.anchor[register] = np.where(shown, goal, self.memory.anchor[register])
        self.memory.ended[structure.pull_target == register] |= shown

    # steps 3 and 4
    def _choose(self, before: Levels) -> tuple[NDArray[np.int8], Floats]:
        """Promises and reviews, or what the plan puts in their place; the honours, and the smallest margins."""
        model, plan = self.model, self.model.plan
        honoured = np.zeros((len(model.tables.promise_option), model.size), dtype=np.int8)
        margin = np.full(model.size, np.inf)
        if plan.replay is not None:
            held = held_now(plan, Held.OPTION, self.period)
            free = [k for k in range(len(self.levels)) if k not in held]
            self.levels[free] = plan.replay[:, self.period].T[free]
        elif plan.review:
            crossed, called = self.promises.crossings(self.registers)
            held = held_now(plan, Held.OPTION, self.period)
            honoured = self.promises.commit(self.period, crossed, self.levels, held)
            margin = self._review(called, honoured, before)
        return honoured, margin

    def _review(self, called: Flags, honoured: NDArray[np.int8], before: Levels) -> Floats:
        """Let everything due be decided from one state."""
        if (honoured > 0).any():
            self.look()
        moment = self._moment()
        free = ~moment.held[:, None] & ~moment.kept
        due = free & (self._by_phase() | called | self.called | self.promises.calls(honoured))
        levels, margin = decide(moment, due, self._exchanges_due(free))
        self.levels = levels
        self._recheck(moment, before)
        return margin

    def _moment(self) -> Moment:
        model, t, plan = self.model, self.period, self.model.plan
        held, public = (np.zeros(len(self.levels), dtype=bool) for _ in range(2))
        held[list(held_now(plan, Held.OPTION, t))] = True
        public[list(held_now(plan, Held.OPTION, t, public=True))] = True
        kept, consent = self.promises.running(t)
        return Moment(
            model=model,
            origin=self._origin(),
            levels=self.levels.copy(),
            weights=self.weights,
            held=held,
            held_public=public,
            kept=kept,
            consent=consent,
            triggered=self.promises.held,
        )

    def _origin(self) -> Origin:
        """Where look-ahead paths start."""
        layout, t = self.model.world.layout, self.period
        held = held_now(self.model.plan, Held.FACTOR, t, public=True)
        return Origin(
            period=t,
            seen=self.registers[: layout.stocks.stop],
            memory=self.memory,
            shifts=self.shifts[t : t + MOST_AHEAD],
            spent=self.spent,
            held=layout.factor[list(held)],
            held_value=np.asarray(list(held.values()), dtype=np.float64)[:, None],
        )

    def _by_phase(self) -> Flags:
        review = self.model.tables.option_review[:, None]
        return np.asarray((self.period + self.model.phase[: len(self.levels)]) % review == 0)

    def _exchanges_due(self, free: Flags) -> Flags:
        tables = self.model.tables
        due = np.zeros(self.standing.shape, dtype=bool)
        for e in range(len(due)):
            legs = tables.leg_option[tables.leg_start[e] : tables.leg_start[e + 1]]
            on_time = (self.period + self.model.phase[len(self.levels) + e]) % tables.exchange_review[e] == 0
            due[e] = free[legs].all(axis=0) & on_time
        return due

    def _recheck(self, moment: Moment, before: Levels) -> None:
        """Drop, in file order, changes whose `requires` does not hold in truth."""
        tables, rows = self.model.tables, np.arange(self.model.size)
        for k in range(len(self.levels)):
            needs = tables.slot_requires[tables.slot_start[k] + self.levels[k]]
            asked = (self.levels[k] != before[k]) & (needs >= 0)
            for node in np.unique(needs[asked]):
                here = rows[asked & (needs == node)]
                levels = self.levels[:, here]
                levels[k] = before[k, here]
                value = moment.trigger_values(here, moment.seen(0, here, levels), np.asarray([node]))[0]
                self.levels[k, here] = np.where(value >= 0.5, self.levels[k, here], before[k, here])

    # steps 5 and 6
    def _stand(self) -> Flags:
        """Which exchanges stand (exchange, draw)?"""
        tables = self.model.tables
        spans = zip(tables.leg_start[:-1], tables.leg_start[1:], strict=True)
        found = [(self.levels[tables.leg_option[a:b]] >= tables.leg_level[a:b, None]).all(axis=0) for a, b in spans]
        return np.asarray(found, dtype=bool).reshape(len(found), self.model.size)

    def _account(self, fired: Flags, honoured: NDArray[np.int8], margin: Floats) -> None:
        """Record the period; note which legs of broken exchanges are called up."""
        tables, model = self.model.tables, self.model
        formed = self._stand()
        broken = self.standing & ~formed
        self.called = np.zeros(self.levels.shape, dtype=bool)
        for e in np.flatnonzero(broken.any(axis=1)):
            for leg in range(int(tables.leg_start[e]), int(tables.leg_start[e + 1])):
                option = tables.leg_option[leg]
                self.called[option] |= broken[e] & (self.levels[option] >= tables.leg_level[leg])
        self.standing = formed
        utility = [self._utility(a) for a in range(len(tables.actor_view))]
        factors = self.registers[model.world.layout.factor, : model.size]
        self.record.put(self.period, factors, self.levels, utility, (fired, honoured, formed), margin)

    def _utility(self, actor: int) -> Floats:
        own = self.model.world.utilities[actor]
        return added(self.registers[own.registers, : self.model.size] * own.weights)

    def _advance(self) -> None:
        """Factors, delayed terms, anchors and disturbances move on."""
        model, size = self.model, self.model.size
        push = self.shifts[self.period].copy() if len(self.shifts) else np.zeros(self.memory.anchor.shape)
        push[:, :size] += self.eta
        structure = model.world.structure
        moved = advance(structure, self.rates, self.memory, self.registers, model.scratch, push)
        self.x = moved.after[:, :size].copy()
        if model.noise is not None:
            self.eta = model.noise.next(self.eta, self.period + 1)
