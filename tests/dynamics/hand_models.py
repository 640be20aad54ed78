"""Small situations whose answers can be worked out by hand, and the formulas they are worked out with."""

from __future__ import annotations

from math import atanh, exp, log

from model_builder import Builder

from realpolitik.dynamics.tables import Held, Hold, Paths, Plan

QUIET = Plan(chance=False, tastes=False)
STILL = Plan(review=False, chance=False, tastes=False)


def s(u: float) -> float:
    return 1 / (1 + exp(-u))


def logit(x: float) -> float:
    return log(x / (1 - x))


def size(d: float) -> float:
    """e = 4 artanh(d)"""
    return 4 * atanh(d)


def above(a: float, b: float) -> float:
    return s((a - b) / 0.05)


def worth(utilities: list[float], b: float) -> float:
    """V of the utilities at steps 1 to H."""
    head, last = utilities[:-1], utilities[-1]
    return (1 - b) * sum(b**h * u for h, u in enumerate(head)) + b ** len(head) * last


def holding(*holds: Hold, **other: bool) -> Plan:
    return Plan(holds=holds, **({"chance": False, "tastes": False} | other))


def option(index: int, level: int = 1, start: int = 0, end: int = -1, secret: bool = False) -> Hold:
    return Hold(Held.OPTION, index, level, start, end, secret)


def factor(index: int, value: float, start: int = 0, end: int = -1, secret: bool = False) -> Hold:
    return Hold(Held.FACTOR, index, value, start, end, secret)


def shock(index: int, value: float = 1.0, start: int = 0, end: int = -1, secret: bool = False) -> Hold:
    return Hold(Held.SHOCK, index, value, start, end, secret)


def go(kernel, b: Builder, plan: Plan = QUIET, *, seed: int = 1, depth: int = 0, **draws) -> Paths:
    return kernel(b.tables(), b.draws(**draws), plan, seed=seed, depth=depth)


def lever(draws: int = 1, periods: int = 4, **kind) -> tuple[Builder, int, int]:
    """An actor, a factor at 0.4 and an option that is off; nothing links them yet."""
    b = Builder(draws=draws, periods=periods)
    actor = b.actor()
    x = b.factor(0.4, **kind)
    k = b.option([actor])
    return b, x, k
