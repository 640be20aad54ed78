"""By how much does a move change what a path is worth, computing only what the move changes and what matters.

All differences are from a path of the `Base`: D y = y - y(base). A level of the cone has

    log-odds  =  log-odds(base) + sum_l e_l D y_l + D A         (A moves only where a shock sets the level)
"""

from __future__ import annotations

import numpy as np

from realpolitik.dynamics.batched.base import Base, taken
from realpolitik.dynamics.batched.cone import SINGLE, Line, Next, Pulling, Step
from realpolitik.dynamics.batched.coneplan import Plan
from realpolitik.dynamics.batched.coneshocks import ConeShocks
from realpolitik.dynamics.batched.flow import RISE, pulled
from realpolitik.dynamics.batched.layout import DERIVED, Floats, Rows
from realpolitik.dynamics.batched.model import Model
from realpolitik.dynamics.batched.terms import PLAIN, apply, logistic


class ConeRoll:
    """Paths of a move: column j is draw `draw[j]`, compared with column `place[j]` of the base."""

    def __init__(self, model: Model, base: Base, plan: Plan, place: Rows, moved: Floats) -> None:
        self.model, self.base, self.plan, self.moved = model, base, plan, moved
        whole = len(place) == len(base.columns) and bool((place == np.arange(len(place))).all())
        self.place = None if whole else place
        self.draw = base.draw[place]
        self.width = len(place)
        ever, rates = plan.ever, model.rates
        self.alpha = taken(rates.alpha, ever.levels, self.draw)
        self.now = taken(rates.now_effect, ever.now, self.draw)
        self.late = taken(rates.late_effect, ever.late, self.draw)
        self.late_gain = taken(rates.late_gain, ever.late, self.draw)
        self.flow_rate = taken(rates.flow_rate, ever.flows, self.draw)
        self.late_gap = np.zeros(self.late.shape)
        self.weights: dict[tuple[int, int], Floats] = {}
        self._prepare_pulls()
        self.shocks = ConeShocks(model, base, plan, self.place)

    def _prepare_pulls(self) -> None:
        ever, rates, memory = self.plan.ever, self.model.rates, self.base.origin.memory
        columns = self.base.columns if self.place is None else self.base.columns[self.place]
        self.pull_to = taken(rates.pull_to, ever.pulls, self.draw)
        self.pull_exists = taken(rates.pull_exists, ever.pulls, self.draw)
        self.pull_gain = taken(rates.pull_gain, ever.pull_late, self.draw)
        self.pull_start = taken(memory.pull_start, ever.pulls, columns)
        self.pull_gap = np.zeros(self.pull_gain.shape)
        moved = ever.pulls[ever.pulls_moved]
        self.ended = np.take(memory.ended.take(moved, axis=0), columns, axis=1)
        self.before = taken(memory.pull_before, moved, columns) if self.ended.any() else None

    def values(self) -> Floats:
        """Differences of V_a (actor of the cone, column)."""
        actors = self.plan.cone.actors
        total = np.zeros((len(actors), self.width))
        x = np.zeros((0, self.width))
        for h, step in enumerate(self.plan.steps):
            if not len(step.rows):
                continue
            own, gap = self._terms(h, step, x)
            for stake in step.stakes:
                total[actors.index(stake.actor)] += stake.share * self._worth(
                    stake.actor, stake.items, gap, stake.watch
                )
            if h < self.plan.cone.steps:
                x = self._advance(h, step, own, gap)
        return total

    def _terms(self, h: int, step: Step, x: Floats) -> tuple[Floats, Floats]:
        """Terms of a step (row, column), and the differences of those watched."""
        own = taken(self.base.all_registers[h], step.rows, self.place)
        gap = own.take(step.watch, axis=0)
        if len(step.level_at):
            own[step.level_at] = x
        if len(step.moved_at):
            own[step.moved_at] = self.moved.take(step.moved, axis=0)
        for line in step.lines:
            _compute(line, own)
        np.subtract(own.take(step.watch, axis=0), gap, out=gap)
        return own, gap

    def _worth(self, actor: int, items: Rows, gap: Floats, watch: Rows) -> Floats:
        """Difference of U_a in a step."""
        total = np.zeros(self.width)
        for item, place in zip(items.tolist(), watch.tolist(), strict=True):
            total += self._weight(actor, item) * gap[place]
        return total

    def _weight(self, actor: int, item: int) -> Floats:
        """The weight of an item of an actor's utility, by column."""
        key = (actor, item)
        if key not in self.weights:
            self.weights[key] = self.model.path.utilities[actor].weights[item].take(self.draw)
        return self.weights[key]

    def _advance(self, h: int, step: Step, own: Floats, gap: Floats) -> Floats:
        """Active levels and stocks of the next step."""
        after = np.zeros((0, self.width))
        self.shocks.growth(h + 1, step, own)
        self._restart(step, own)
        if step.following is not None:
            after = self._following(h, step.following, own, gap)
            self.shocks.set_levels(step.following.registers, after)
        for (number, watch), state, gain in (
            (step.late, self.late_gap, self.late_gain),
            (step.pull_late, self.pull_gap, self.pull_gain),
        ):
            if len(number):
                state[number] += gain[number] * (gap[watch] - state[number])
        return after

    def _following(self, h: int, following: Next, own: Floats, gap: Floats) -> Floats:
        before = own.take(following.at, axis=0)
        count = len(following.levels)
        after = before.copy()
        if count:
            target = self._target(h, following, own, gap)
            target -= before[:count]
            target *= self.alpha.take(following.levels, axis=0)
            after[:count] += target
        if count < len(before):
            after[count:] += self._flow(h, following, gap)
        np.maximum(after, 0.0, out=after)
        np.minimum(after, 1.0, out=after)
        for rows, bound in ((following.rises, np.maximum), (following.falls, np.minimum)):
            if len(rows):
                after[rows] = bound(after[rows], before[rows])
        return after

    def _flow(self, h: int, following: Next, gap: Floats) -> Floats:
        flow = taken(self.base.flow[h], following.stocks, self.place)
        feed = following.flows
        feed.sum.onto(gap[feed.watch] * self.flow_rate[feed.item], flow)
        return flow

    def _target(self, h: int, following: Next, own: Floats, gap: Floats) -> Floats:
        """Targets of the active levels of the next step."""
        levels = self.plan.ever.levels[following.levels]
        swing = np.zeros((len(levels), self.width))
        items = gap.take(following.now.watch, axis=0)
        items *= self.now.take(following.now.item, axis=0)
        following.now.sum.onto(items, swing)
        if len(following.late.item):
            late = following.late
            late.sum.onto(self.late_gap[late.item] * self.late[late.item], swing)
        self.shocks.push(h, levels, swing)
        swing += taken(self.base.drive[h], levels, self.place)
        target = logistic(swing, swing)
        if following.pulling is not None:
            self._pull(h, following.pulling, own, target)
        return target

    def _pull(self, h: int, pulling: Pulling, own: Floats, target: Floats) -> None:
        """Let pulls draw the targets."""
        numbers = self.plan.ever.pulls[pulling.pulls]
        strength = taken(self.base.strength[h], numbers, self.place)
        if len(pulling.now):
            strength[pulling.now] = self._strength(pulling.pulls[pulling.now], own[pulling.now_at])
        if len(pulling.late):
            late = self.model.path.structure.pull_late
            y = taken(self.base.pull_late[h], np.searchsorted(late, numbers[pulling.late]), self.place)
            y += self.pull_gap[pulling.late_number]
            strength[pulling.late] = self._strength(pulling.pulls[pulling.late], y)
        self._end(pulling, strength)
        rows, count = pulling.sum.targets, len(pulling.sum.targets)
        total = pulling.sum.into(strength, np.zeros((count, self.width)))
        strength *= self.pull_to.take(pulling.pulls, axis=0)
        toward = pulling.sum.into(strength, np.zeros((count, self.width)))
        target[rows] = pulled(target[rows], total, toward)

    def _strength(self, pulls: Rows, y: Floats) -> Floats:
        """p_q of some pulls."""
        start = self.pull_start[pulls]
        room = 1.0 - start
        strength = np.maximum(y - start, 0.0)
        np.divide(strength, room, out=strength, where=room > 0.0)
        return np.asarray(strength * self.pull_exists[pulls])

    def _restart(self, step: Step, own: Floats) -> None:
        """Pulls that a shock ended pull again once their terms rise."""
        if self.before is not None:
            term = own[step.pull_at]
            self.ended &= ~(term - self.before > RISE)
            self.before = term

    def _end(self, pulling: Pulling, strength: Floats) -> None:
        """Ended pulls do not pull."""
        if self.before is None:
            return
        moved = self.plan.ever.pulls_moved
        places = np.searchsorted(moved, pulling.pulls)
        places[places == len(moved)] = 0
        known = (moved[places] == pulling.pulls) if len(moved) else np.zeros(len(pulling.pulls), dtype=bool)
        strength[known] = np.where(self.ended[places[known]], 0.0, strength[known])


def _compute(line: Line, own: Floats) -> None:
    """Compute the registers of one op in a step."""
    if line.op == DERIVED:
        own[line.out] = own[line.a]
        return
    if line.each:
        combine = PLAIN[line.op]
        for place, one, other in line.each:
            combine(own[one], own[other], out=own[place])
        return
    a = own.take(line.a, axis=0)
    b = a if line.op in SINGLE else own.take(line.b, axis=0)
    out = np.empty_like(a)
    apply(line.op, a, b, line.c, out, exact=False)
    own[line.out] = out
