"""Random situations as tables, over every feature of the format, each made from one integer.

`random_case(seed)` is small and odd (every feature, many at once); `reference_case(seed, draws)` has the size of a real
situation, for timings. A case is what a kernel takes: tables, draws, plan and seed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from model_builder import Builder

from realpolitik.dynamics.tables import Draws, Enter, Held, Hold, Keeps, Kind, Leave, Op, Plan, Tables


@dataclass(frozen=True)
class Case:
    tables: Tables
    draws: Draws
    plan: Plan
    seed: int


@dataclass(frozen=True)
class Size:
    """How large a random situation is."""

    periods: int
    actors: int
    factors: int
    options: int
    links: int
    draws: int


def random_case(seed: int, draws: int = 3) -> Case:
    """A small situation with a random choice of features, and a random plan."""
    rng = np.random.default_rng([seed, 1])
    size = Size(
        periods=int(rng.integers(3, 9)),
        actors=int(rng.integers(1, 5)),
        factors=int(rng.integers(2, 7)),
        options=int(rng.integers(1, 6)),
        links=int(rng.integers(1, 9)),
        draws=draws,
    )
    maker = Maker(rng, size)
    builder = maker.build()
    tables, inputs = builder.tables(), builder.draws(**maker.numbering())
    return Case(tables, inputs, maker.plan(), seed=int(rng.integers(0, 2**63)))


def quiet_case(seed: int, draws: int = 3) -> Case:
    """The same situations without tastes, noise and shocks: greedy paths, equal in every kernel to rounding."""
    case = random_case(seed, draws)
    plan = Plan(holds=case.plan.holds, review=case.plan.review, chance=False, tastes=False)
    return Case(case.tables, case.draws, plan, case.seed)


def reference_case(
    seed: int = 0,
    draws: int = 64,
    size: tuple[int, int, int, int, int] = (40, 10, 40, 30, 100),
) -> Case:
    """A situation of (periods, actors, factors, options, links), untouched by any plan; six features less odd."""
    rng = np.random.default_rng([seed, 2])
    periods, actors, factors, options, links = size
    maker = Maker(rng, Size(periods, actors, factors, options, links, draws), calm=True)
    builder = maker.build()
    return Case(builder.tables(), builder.draws(), Plan(), seed=seed)


class Maker:
    """One random situation, part by part."""

    def __init__(self, rng: np.random.Generator, size: Size, calm: bool = False) -> None:
        self.rng, self.size, self.calm = rng, size, calm
        self.b = Builder(draws=size.draws, periods=size.periods)
        self.hideable = not calm and rng.random() < 0.5

    def chance(self, p: float) -> bool:
        return bool(self.rng.random() < p)

    def pick(self, count: int) -> int:
        return int(self.rng.integers(count))

    def between(self, low: float, high: float) -> float:
        return float(self.rng.uniform(low, high))

    def spread(self, low: float, high: float) -> np.ndarray:
        """One number per draw, around a common middle."""
        middle, width = self.between(low, high), (high - low) / 8
        return np.clip(middle + width * self.rng.standard_normal(self.size.draws), low, high)

    def build(self) -> Builder:
        self.make_levels()
        self.make_options()
        self.make_derived()
        self.make_influences()
        self.make_views_and_actors()
        self.make_interests()
        self.make_conditions()
        self.make_promises()
        self.make_shocks()
        self.make_exchanges()
        return self.b

    # terms
    def term(self, depth: int = 2) -> int:
        b, roll = self.b, self.pick(10)
        if depth == 0 or roll < 4:
            return self.atom()
        one, other = self.term(depth - 1), self.term(depth - 1)
        if roll < 7:
            return b.both(Op.MUL, one, other)
        if roll == 7:
            return b.not_(one)
        if roll == 8:
            return b.both(Op.OR, one, other)
        return self.odd(one, other)

    def odd(self, one: int, other: int) -> int:
        b, roll = self.b, self.pick(8)
        if roll == 0:
            return b.both(Op.MIN, one, other)
        if roll == 1:
            return b.both(Op.MAX, one, other)
        if roll == 2:
            return b.both(Op.CONTEST, one, other, self.between(0.5, 3))
        if roll == 3:
            return b.node(Op.CLIP01, b.both(Op.ADD, one, other))
        if roll == 4:
            return b.node(Op.CLIP01, b.both(Op.SUB, one, other))
        if roll == 5:
            return b.both(Op.ABOVE, one, other)
        if roll == 6:
            return b.both(Op.MUL, b.const(self.between(0, 1)), one)
        return b.both(Op.MUL, b.param(self.spread(0.1, 0.9)), one)

    def atom(self) -> int:
        b, roll = self.b, self.pick(8)
        if roll < 3 or not b.options:
            return b.level(self.pick(len(b.factors)))
        if roll == 3:
            return b.compare(Op.ABOVE, b.level(self.pick(len(b.factors))), self.between(0.1, 0.9))
        if roll == 4:
            return b.share(self.pick(len(b.options)))
        if roll == 5:
            return self.withheld(self.pick(len(b.options)))
        return self.slot()

    def slot(self) -> int:
        option = self.pick(len(self.b.options))
        return self.b.slot(option, self.pick(self.b.options[option]["levels"]))

    def withheld(self, option: int) -> int:
        """The weight of a level that bites only in so far as somebody depends on it."""
        b, entry = self.b, self.b.options[option]
        level = self.pick(entry["levels"])
        share = b.param(self.spread(0.2, 0.9))
        if level != entry["now"]:
            return b.both(Op.MUL, b.slot(option, level), share)
        return b.not_(b.both(Op.MUL, b.not_(b.slot(option, level)), share))

    def trigger(self, depth: int = 1) -> int:
        b, roll = self.b, self.pick(8)
        if depth and roll == 0:
            return b.both(Op.OR, self.trigger(0), self.trigger(0))
        if depth and roll == 1:
            return b.both(Op.MUL, self.trigger(0), self.trigger(0))
        if depth and roll == 2:
            return b.not_(self.trigger(0))
        if roll == 3:
            return self.slot()
        op = Op.TRIGGER_ABOVE if roll % 2 else Op.TRIGGER_AT_LEAST
        if roll == 4:
            return b.both(op, b.level(self.pick(len(b.factors))), b.level(self.pick(len(b.factors))))
        return b.compare(op, b.level(self.pick(len(b.factors))), self.between(0.2, 0.8))

    # parts
    def make_levels(self) -> None:
        for _ in range(max(1, self.size.factors - 1)):
            start = self.spread(0.02, 0.98) if self.chance(0.9) else float(self.pick(2))
            half_life = 0.0 if self.chance(0.4) else self.between(0.5, 8)
            keeps = Keeps(self.pick(4)) if self.chance(0.25) else Keeps.NO
            noise = self.between(0, 0.05) if self.chance(0.4) else 0.0
            trend = self.spread(-0.1, 0.1) if self.chance(0.3) else 0.0
            if self.chance(0.15):
                self.b.factor(start, kind=Kind.STOCK, keeps=keeps, half_life=half_life, noise=noise)
            else:
                self.b.factor(start, half_life=half_life, keeps=keeps, noise=noise, trend=trend)
        for factor in self.b.factors:
            factor["central"] = float(np.clip(np.mean(factor["start"]) + self.between(-0.1, 0.1), 0, 1))

    def make_options(self) -> None:
        for _ in range(self.size.options):
            levels = 2 if self.chance(0.5) else 2 + self.pick(3)
            count = 1 if self.chance(0.7) else min(self.size.actors, 2 + self.pick(3))
            parties = [int(a) for a in self.rng.permutation(self.size.actors)[:count]]
            self.b.option(
                parties,
                levels,
                now=0 if self.chance(0.6) else self.pick(levels),
                review=1 + self.pick(4),
                irreversible=self.chance(0.12),
                fickle=self.between(0, 1) if self.chance(0.25) else 0.0,
                enter=Enter(self.pick(3)),
                leave=Leave(self.pick(2)),
                switch=[self.spread(0.004, 0.05) for _ in parties],
            )

    def make_derived(self) -> None:
        for _ in range(1 + self.pick(2) if self.chance(0.6) or self.calm else 0):
            formula = self.b.node(Op.CLIP01, self.odd(self.term(1), self.term(1)))
            self.b.factor(0.0, kind=Kind.DERIVED, formula=formula)

    def moving(self) -> int:
        """A factor that influences may move."""
        levels = [i for i, factor in enumerate(self.b.factors) if factor["kind"] == Kind.LEVEL]
        return levels[self.pick(len(levels))] if levels else -1

    def make_influences(self) -> None:
        for _ in range(self.size.links):
            after = self.between(0.5, 6) if self.chance(0.4) else 0.0
            target = self.moving()
            if target >= 0 and self.chance(0.8):
                effect = 4 * np.arctanh(self.spread(-0.7, 0.7))
                exists = self.rng.random(self.size.draws) < (1.0 if self.chance(0.6) else 0.5)
                self.b.link(self.term(), target, effect * exists, after)
            elif target >= 0:
                exists = (self.rng.random(self.size.draws) < 0.8).astype(float)
                self.b.pull(self.pulling(), target, self.spread(0, 1), exists=exists, after=after)
        for i, factor in enumerate(self.b.factors):
            if factor["kind"] == Kind.STOCK:
                self.b.flow(self.term(1), i, self.spread(0, 0.2))
                self.b.flow(self.term(1), i, self.spread(-0.2, 0))

    def pulling(self) -> int:
        """A pull's term: often an option's level that does not hold at the start."""
        option = self.pick(len(self.b.options))
        entry = self.b.options[option]
        others = [level for level in range(entry["levels"]) if level != entry["now"]]
        return self.b.slot(option, others[self.pick(len(others))]) if self.chance(0.6) else self.term(1)

    def make_views_and_actors(self) -> None:
        b = self.b
        for _ in range(1 + self.pick(2) if self.hideable else 0):
            hidden = [i for i, f in enumerate(b.factors) if f["kind"] != Kind.DERIVED and self.chance(0.3)]
            b.view(hidden, [k for k in range(len(b.options)) if self.chance(0.25)])
        for entry in (*b.factors, *b.options):
            if self.hideable and self.chance(0.6):
                entry["seen_as"] = self.pick(len(b.factors))
        for _ in range(self.size.actors):
            foresight = 8 if self.calm else 1 + self.pick(6)
            view = self.pick(len(b.views))
            b.actor(foresight, 2 ** (-1 / self.between(1, 12)), self.spread(5, 100), view)

    def make_interests(self) -> None:
        b = self.b
        for actor in range(self.size.actors):
            for _ in range(1 + self.pick(3)):
                weight = self.spread(-1, 1)
                held = self.rng.random(self.size.draws) < (1.0 if self.chance(0.8) else 0.5)
                b.interest(actor, self.term(), weight * held)
            if self.chance(0.2):
                line = b.compare(Op.ABOVE, b.level(self.pick(len(b.factors))), self.between(0.6, 0.95))
                b.red(actor, line, (self.rng.random(self.size.draws) < 0.8).astype(float))
            if self.chance(0.2):
                b.norm(actor, self.trigger(), self.spread(0, 0.05))
        for k, option in enumerate(b.options):
            for actor in option["parties"]:
                for level in range(1, option["levels"]):
                    if self.chance(0.5):
                        b.price(actor, k, level, self.spread(0, 0.1))

    def make_conditions(self) -> None:
        for k, option in enumerate(self.b.options):
            if self.chance(0.15):
                self.b.require(k, self.pick(option["levels"]), self.trigger())
            if self.chance(0.15):
                option["on"] = self.trigger()

    def make_promises(self) -> None:
        for _ in range(self.pick(3) if self.chance(0.6) else 0):
            option = self.pick(len(self.b.options))
            entry = self.b.options[option]
            actors = list(entry["parties"])
            if self.chance(0.3):
                actors = actors[: 1 + self.pick(len(actors))]
            self.b.promise(
                option,
                self.pick(entry["levels"]),
                self.trigger(),
                actors,
                periods=1 + self.pick(4),
                likelihood=self.spread(0, 1),
            )

    def make_shocks(self) -> None:
        for _ in range(self.pick(3)):
            targets = [i for i, f in enumerate(self.b.factors) if f["kind"] != Kind.DERIVED]
            one, other = (targets[self.pick(len(targets))] for _ in range(2))
            shift = other if self.b.factors[other]["kind"] == Kind.LEVEL else -1
            self.b.shock(
                self.spread(0.02, 0.5),
                sets={one: self.spread(0, 1)} if self.chance(0.6) else {},
                shifts={shift: 4 * np.arctanh(self.spread(-0.5, 0.5))} if shift >= 0 else {},
                on=self.pick(self.size.periods + 3) if self.chance(0.3) else -1,
                node=self.trigger() if self.chance(0.4) else -1,
                once=self.chance(0.6),
                lasting=1 + self.pick(4) if self.chance(0.5) else -1,
            )

    def make_exchanges(self) -> None:
        if len(self.b.options) < 2:
            return
        for _ in range(self.pick(3) if self.chance(0.5) else 0):
            chosen = self.rng.permutation(len(self.b.options))[: 2 + self.pick(2)]
            legs = [(int(k), 1 + self.pick(self.b.options[k]["levels"] - 1)) for k in chosen]
            self.b.exchange(legs, review=1 + self.pick(3))
            self.make_stakes([k for k, _ in legs])

    def make_stakes(self, legs: list[int]) -> None:
        """Give every giver something at stake in every leg, so that nobody is exactly indifferent."""
        for actor in {actor for k in legs for actor in self.b.options[k]["parties"]}:
            for k in legs:
                self.b.interest(actor, self.b.share(k), self.spread(-0.5, 0.5))

    # draws and plans
    def numbering(self) -> dict[str, np.ndarray]:
        n = self.size.draws
        first = self.pick(1000)
        step = 1 if self.chance(0.5) else 1 + self.pick(90)
        weight = self.rng.random(n) + 0.1
        return dict(
            index=(first + step * np.arange(n)).astype(np.int32),
            replica=self.rng.integers(0, 3, n).astype(np.int32),
            combination=self.rng.integers(0, 2, n).astype(np.int32),
            weight=weight / weight.sum(),
        )

    def plan(self) -> Plan:
        replay = None
        if self.chance(0.12):
            shape = (self.size.draws, self.size.periods + 1)
            columns = [self.rng.integers(0, o["levels"], shape) for o in self.b.options]
            replay = np.stack(columns, axis=-1).astype(np.int8)
        holds = tuple(self.hold() for _ in range(self.pick(4) if self.chance(0.5) else 0))
        return Plan(
            holds=holds,
            replay=replay,
            review=not self.chance(0.06),
            chance=not self.chance(0.2),
            tastes=not self.chance(0.2),
        )

    def hold(self) -> Hold:
        start = self.pick(self.size.periods)
        end = -1 if self.chance(0.5) else start + 1 + self.pick(4)
        secret, roll = self.chance(0.3), self.pick(3)
        factors = [i for i, f in enumerate(self.b.factors) if f["kind"] != Kind.DERIVED]
        if roll == 0 and self.b.shocks:
            index, value = self.pick(len(self.b.shocks)), float(self.chance(0.6))
            return Hold(Held.SHOCK, index, value, start, end, secret)
        if roll == 1:
            factor = factors[self.pick(len(factors))]
            return Hold(Held.FACTOR, factor, self.between(0, 1), start, end, secret)
        option = self.pick(len(self.b.options))
        level = float(self.pick(self.b.options[option]["levels"]))
        return Hold(Held.OPTION, option, level, start, end, secret)
