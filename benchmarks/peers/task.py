"""The task every contestant runs: 7 actors, 25 options of two levels, 30 factors, 90 influences, 40 periods, depth 0.

x(t+1) = s(A + sum e (source - source at the start)); every option is reviewed in every period by the one actor that
owns it, in an order drawn anew, by argmax of lambda V + G over a path of 8 periods, G a taste that lasts.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "dynamics"))

ACTORS, OPTIONS, FACTORS, LINKS, INTERESTS = 7, 25, 30, 90, 4
PERIODS, FORESIGHT, DISCOUNT, STEADINESS, SWITCH = 40, 8, 0.9, 30.0, 0.02


@dataclass(frozen=True)
class Task:
    """What is the same in every draw, and what is drawn. A source below FACTORS is a factor, else an option."""

    source: np.ndarray  # (L,)
    target: np.ndarray  # (L,)
    owner: np.ndarray  # (K,)
    weight: np.ndarray  # (A, F) weights of interests, the largest 1
    start: np.ndarray  # (N, F)
    effect: np.ndarray  # (N, L)
    taste: np.ndarray  # (N, K, 2)


def task(draws: int) -> Task:
    """The task with so many draws; the first draws of a larger one are the same."""
    rng = np.random.default_rng(7)
    source, target = rng.integers(0, FACTORS + OPTIONS, LINKS), rng.integers(0, FACTORS, LINKS)
    source[:OPTIONS] = FACTORS + np.arange(OPTIONS)
    owner = np.arange(OPTIONS) % ACTORS
    weight = np.zeros((ACTORS, FACTORS))
    for actor in range(ACTORS):
        weight[actor, rng.choice(FACTORS, INTERESTS, replace=False)] = [1.0, -0.7, 0.4, -0.3]
    middle, size = rng.uniform(0.2, 0.8, FACTORS), rng.uniform(-2.0, 2.0, LINKS)
    rng = np.random.default_rng(8)
    start = np.clip(middle + 0.05 * rng.standard_normal((draws, FACTORS)), 0.02, 0.98)
    effect = size * np.exp(0.2 * rng.standard_normal((draws, LINKS)))
    return Task(source, target, owner, weight, start, effect, rng.gumbel(size=(draws, OPTIONS, 2)))


def ours(given: Task):  # type: ignore[no-untyped-def]
    """The same as tables and draws of this package."""
    from model_builder import Builder

    from realpolitik.dynamics.tables import Plan

    build = Builder(draws=len(given.start), periods=PERIODS)
    for _ in range(ACTORS):
        build.actor(foresight=FORESIGHT, discount=DISCOUNT, steadiness=STEADINESS)
    for factor in range(FACTORS):
        build.factor(given.start[:, factor])
    for option in range(OPTIONS):
        build.option([int(given.owner[option])], switch=SWITCH)
    levels = [build.level(i) for i in range(FACTORS)]
    nodes = [*levels, *(build.slot(k, 1) for k in range(OPTIONS))]
    for link in range(LINKS):
        build.link(nodes[given.source[link]], int(given.target[link]), given.effect[:, link])
    for actor, factor in zip(*np.nonzero(given.weight), strict=True):
        build.interest(int(actor), levels[factor], given.weight[actor, factor])
    return build.tables(), build.draws(), Plan()
