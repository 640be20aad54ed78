"""The task as a user would write it: plain Python, NumPy over draws, Numba, JAX, Mesa, EMA Workbench.

Every one returns the levels of factors at the end, (N, F).
"""

from __future__ import annotations

import math
import random
from functools import partial

import numpy as np

from .task import ACTORS, DISCOUNT, FACTORS, FORESIGHT, LINKS, OPTIONS, PERIODS, STEADINESS, SWITCH, Task

PARTS = [(1 - DISCOUNT) * DISCOUNT ** (h - 1) for h in range(1, FORESIGHT)] + [DISCOUNT ** (FORESIGHT - 1)]


# plain Python


def advance(x, level, anchor, links):  # type: ignore[no-untyped-def]
    """One period: x(t + 1)."""
    total = list(anchor)
    for source, target, effect in links:
        total[target] += effect * (x[source] if source < FACTORS else level[source - FACTORS])
    return [1.0 / (1.0 + math.exp(-u)) for u in total]


def worth(x, level, anchor, links, weight):  # type: ignore[no-untyped-def]
    """V of one actor if nothing changes any more."""
    value = 0.0
    for part in PARTS:
        x = advance(x, level, anchor, links)
        value += part * sum(w * x[i] for i, w in weight)
    return value


def decide(x, level, anchor, links, weight, mine, taste):  # type: ignore[no-untyped-def]
    """The levels of an actor's options after its review."""
    level = list(level)
    for k in random.sample(mine, len(mine)):
        scores = []
        for choice in (0, 1):
            tried = [*level[:k], choice, *level[k + 1 :]]
            cost = SWITCH if choice != level[k] else 0.0
            scores.append(STEADINESS * (worth(x, tried, anchor, links, weight) - cost) + taste[k][choice])
        level[k] = int(scores[1] > scores[0]) if scores[0] != scores[1] else level[k]
    return [level[k] for k in mine]


def prepared(task: Task, n: int):  # type: ignore[no-untyped-def]
    """One draw as lists."""
    x = task.start[n].tolist()
    links = list(zip(task.source.tolist(), task.target.tolist(), task.effect[n].tolist(), strict=True))
    anchor = [math.log(v / (1 - v)) for v in x]
    for source, target, effect in links:
        anchor[target] -= effect * (x[source] if source < FACTORS else 0.0)
    weights = [[(int(i), float(w[i])) for i in np.flatnonzero(w)] for w in task.weight]
    mine = [np.flatnonzero(task.owner == a).tolist() for a in range(ACTORS)]
    return x, links, anchor, weights, mine, task.taste[n].tolist()


def plain_draw(task: Task, n: int) -> list[float]:
    """One draw."""
    x, links, anchor, weights, mine, taste = prepared(task, n)
    level = [0] * OPTIONS
    for t in range(PERIODS + 1):
        chosen = [decide(x, level, anchor, links, weights[a], mine[a], taste) for a in range(ACTORS)]
        for a in range(ACTORS):
            for k, now in zip(mine[a], chosen[a], strict=True):
                level[k] = now
        if t < PERIODS:
            x = advance(x, level, anchor, links)
    return x


def plain(task: Task) -> np.ndarray:
    """Draw by draw."""
    return np.array([plain_draw(task, n) for n in range(len(task.start))])


# frameworks, running the plain functions


def mesa(task: Task) -> np.ndarray:
    """A Mesa model: actors are agents that decide at once."""
    from mesa import Agent, Model

    class Actor(Agent):
        def __init__(self, model, number):  # type: ignore[no-untyped-def]
            super().__init__(model)
            self.number = number

        def step(self):  # type: ignore[no-untyped-def]
            m, a = self.model, self.number
            self.chosen = decide(m.x, m.level, m.anchor, m.links, m.weights[a], m.mine[a], m.taste)

        def apply(self):  # type: ignore[no-untyped-def]
            for k, now in zip(self.model.mine[self.number], self.chosen, strict=True):
                self.model.level[k] = now

    class World(Model):
        def __init__(self, n):  # type: ignore[no-untyped-def]
            super().__init__()
            self.x, self.links, self.anchor, self.weights, self.mine, self.taste = prepared(task, n)
            self.level = [0] * OPTIONS
            for number in range(ACTORS):
                Actor(self, number)

        def step(self):  # type: ignore[no-untyped-def]
            self.agents.do("step")
            self.agents.do("apply")

    def of(n):  # type: ignore[no-untyped-def]
        world = World(n)
        for t in range(PERIODS + 1):
            world.step()
            if t < PERIODS:
                world.x = advance(world.x, world.level, world.anchor, world.links)
        return world.x

    return np.array([of(n) for n in range(len(task.start))])


def ema(task: Task) -> np.ndarray:
    """The EMA Workbench, one experiment a draw, one after another."""
    from ema_workbench import IntegerParameter, Model, ScalarOutcome, SequentialEvaluator

    names = [f"x{i}" for i in range(FACTORS)]
    model = Model("task", function=lambda n=0: dict(zip(names, plain_draw(task, n), strict=True)))
    model.uncertainties = [IntegerParameter("n", 0, len(task.start) - 1)]
    model.outcomes = [ScalarOutcome(name) for name in names]
    with SequentialEvaluator(model) as evaluator:
        _, outcomes = evaluator.perform_experiments(scenarios=len(task.start))
    return np.stack([outcomes[name] for name in names], axis=1)


# arrays over draws


def batched(task: Task) -> np.ndarray:
    """NumPy: all draws at once, links one after another over rows of draws."""
    count = len(task.start)
    x, effect, level = task.start.T.copy(), task.effect.T.copy(), np.zeros((OPTIONS, count))
    anchor = np.log(x / (1 - x))
    for j in range(LINKS):
        if task.source[j] < FACTORS:
            anchor[task.target[j]] -= effect[j] * x[task.source[j]]

    def forward(x, level):  # type: ignore[no-untyped-def]
        total, sources = anchor.copy(), np.concatenate([x, level])
        for j in range(LINKS):
            total[task.target[j]] += effect[j] * sources[task.source[j]]
        return 1.0 / (1.0 + np.exp(-total))

    def value(x, level, weight):  # type: ignore[no-untyped-def]
        total = np.zeros(count)
        for part in PARTS:
            x = forward(x, level)
            total += part * (weight @ x)
        return total

    rng = np.random.default_rng(1)
    for t in range(PERIODS + 1):
        settled = level.copy()
        for a in range(ACTORS):
            seen = level.copy()
            for k in rng.permutation(np.flatnonzero(task.owner == a)):
                scores = []
                for choice in (0.0, 1.0):
                    tried = seen.copy()
                    tried[k] = choice
                    cost = SWITCH * (choice != seen[k])
                    scores.append(STEADINESS * (value(x, tried, task.weight[a]) - cost) + task.taste[:, k, int(choice)])
                seen[k] = settled[k] = scores[1] > scores[0]
        level = settled
        if t < PERIODS:
            x = forward(x, level)
    return x.T


def numba_kernel():  # type: ignore[no-untyped-def]
    """The plain loops, compiled."""
    from numba import njit

    parts = np.array(PARTS)

    @njit
    def forward(x, level, anchor, source, target, effect):  # type: ignore[no-untyped-def]
        total = anchor.copy()
        for j in range(LINKS):
            s = source[j]
            total[target[j]] += effect[j] * (x[s] if s < FACTORS else level[s - FACTORS])
        return 1.0 / (1.0 + np.exp(-total))

    @njit
    def run(source, target, owner, weight, start, effects, taste):  # type: ignore[no-untyped-def]
        out = np.empty_like(start)
        for n in range(len(start)):
            x, effect, level = start[n].copy(), effects[n], np.zeros(OPTIONS)
            anchor = np.log(x / (1 - x))
            for j in range(LINKS):
                if source[j] < FACTORS:
                    anchor[target[j]] -= effect[j] * x[source[j]]
            for t in range(PERIODS + 1):
                settled = level.copy()
                for a in range(ACTORS):
                    seen = level.copy()
                    for k in np.random.permutation(np.flatnonzero(owner == a)):
                        now, best, pick = seen[k], -1e30, 0.0
                        for choice in (0.0, 1.0):
                            seen[k] = choice
                            value, y = 0.0, x
                            for h in range(FORESIGHT):
                                y = forward(y, seen, anchor, source, target, effect)
                                value += parts[h] * np.sum(weight[a] * y)
                            score = STEADINESS * (value - (SWITCH if choice != now else 0.0)) + taste[n, k, int(choice)]
                            if score > best:
                                best, pick = score, choice
                        seen[k] = settled[k] = pick
                level = settled
                if t < PERIODS:
                    x = forward(x, level, anchor, source, target, effect)
            out[n] = x
        return out

    return lambda task: run(task.source, task.target, task.owner, task.weight, task.start, task.effect, task.taste)


def jax_kernel():  # type: ignore[no-untyped-def]
    """JAX in single precision on the CPU: one jitted program over all draws, influences as a matrix for each draw."""
    import jax
    import jax.numpy as jnp

    parts = jnp.array(PARTS, dtype=jnp.float32)

    def run(matrix, owner, weight, start, taste, orders):  # type: ignore[no-untyped-def]
        anchor = jnp.log(start / (1 - start)) - jnp.einsum("nfj,nj->nf", matrix[:, :, :FACTORS], start)

        def forward(x, level):  # type: ignore[no-untyped-def]
            return jax.nn.sigmoid(anchor + jnp.einsum("nfj,nj->nf", matrix, jnp.concatenate([x, level], 1)))

        def value(x, level, w):  # type: ignore[no-untyped-def]
            def step(y, part):  # type: ignore[no-untyped-def]
                y = forward(y, level)
                return y, part * (y @ w)

            return jax.lax.scan(step, x, parts)[1].sum(0)

        def review(carry, k):  # type: ignore[no-untyped-def]
            x, level, settled = carry
            seen = jnp.where(owner == owner[k], settled, level)
            w = weight[owner[k]]
            off, on = seen.at[:, k].set(0.0), seen.at[:, k].set(1.0)
            low = STEADINESS * (value(x, off, w) - SWITCH * (seen[:, k] != 0)) + taste[:, k, 0]
            high = STEADINESS * (value(x, on, w) - SWITCH * (seen[:, k] != 1)) + taste[:, k, 1]
            return (x, level, settled.at[:, k].set((high > low) * 1.0)), None

        def period(carry, order):  # type: ignore[no-untyped-def]
            x, level = carry
            (_, _, settled), _ = jax.lax.scan(review, (x, level, level), order)
            return (forward(x, settled), settled), x

        level = jnp.zeros((start.shape[0], OPTIONS), dtype=jnp.float32)
        return jax.lax.scan(period, (start, level), orders)[1][-1]

    compiled = jax.jit(run)

    def of(task: Task) -> np.ndarray:
        matrix = np.zeros((len(task.start), FACTORS, FACTORS + OPTIONS), dtype=np.float32)
        for j in range(LINKS):
            matrix[:, task.target[j], task.source[j]] += task.effect[:, j]
        orders = np.array([np.random.default_rng(t).permutation(OPTIONS) for t in range(PERIODS + 1)])
        single = partial(np.asarray, dtype=np.float32)
        found = compiled(matrix, task.owner, single(task.weight), single(task.start), single(task.taste), orders)
        return np.asarray(found)

    return of
