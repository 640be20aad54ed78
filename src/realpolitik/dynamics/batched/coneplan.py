"""The steps of a cone, laid out once for all draws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from realpolitik.dynamics.batched.cone import Cone, Feed, Line, Next, Pulling, Stakes, Step, sources
from realpolitik.dynamics.batched.flow import Structure, Sum
from realpolitik.dynamics.batched.layout import Floats, Layout, Rows
from realpolitik.dynamics.batched.shocks import Effects
from realpolitik.dynamics.batched.terms import PLAIN
from realpolitik.dynamics.tables import Ints

FEW = 4
"""Up to so many registers of one op are computed row by row: faster than gathering them."""


@dataclass(frozen=True, eq=False)
class Ground:
    """What the planning of every cone reads."""

    shock_node: Ints  # (H,) as in the tables
    discount: Floats  # (A,)
    layout: Layout
    structure: Structure
    effects: Effects
    wanted: tuple[Rows, ...]  # registers of every actor's utility


@dataclass(frozen=True, eq=False)
class Ever:
    """What ever differs on the paths of a cone, by numbers in the structure; steps count within these."""

    levels: Rows  # registers
    now: Rows
    late: Rows
    flows: Rows
    pulls: Rows  # all pulls on those levels
    pulls_moved: Rows  # of these, places of the pulls whose terms differ
    pull_late: Rows  # numbers among delayed pulls; also those that can differ only by running again
    shocks: Rows  # shocks whose chance differs, with an effect that matters
    sets: Rows  # places of effects that set a level or stock of the cone


@dataclass(frozen=True, eq=False)
class Plan:
    """A cone with its steps."""

    cone: Cone
    ever: Ever
    steps: tuple[Step, ...]


def plan_of(ground: Ground, cone: Cone) -> Plan:
    """Lay out every step of a cone."""
    ever = _ever_of(ground, cone)
    return Plan(cone, ever, tuple(_step(ground, cone, ever, h) for h in range(cone.steps + 1)))


def _ever_of(ground: Ground, cone: Cone) -> Ever:
    structure, effects = ground.structure, ground.effects
    matters = cone.first <= cone.last
    late = structure.pull_late
    levels = np.flatnonzero(matters[: structure.levels.stop])
    pulls = np.flatnonzero(np.isin(structure.pull_target, levels))
    moved = _ever(cone, structure.pull_register[pulls], structure.pull_target[pulls], 1)
    flow_target = structure.flows.targets_of_items + structure.stocks.start
    return Ever(
        levels=levels,
        now=_ever(cone, structure.now_register, structure.now.targets_of_items, 1),
        late=_ever(cone, structure.late_register, structure.late.targets_of_items, 2),
        flows=_ever(cone, structure.flow_register, flow_target, 1),
        pulls=pulls,
        pulls_moved=moved,
        pull_late=_ever(cone, structure.pull_register[late], structure.pull_target[late], 1),
        shocks=_shocks(ground, cone),
        sets=np.flatnonzero(effects.sets & matters[effects.register]),
    )


def _ever(cone: Cone, source: Rows, target: Rows, lag: int) -> Rows:
    """Numbers of the influences that can differ in time to matter."""
    return np.flatnonzero(cone.first[source] + lag <= cone.last[target])


def _shocks(ground: Ground, cone: Cone) -> Rows:
    """Shocks whose chance can differ, with an effect that can still matter then."""
    effects, nodes = ground.effects, ground.shock_node[ground.effects.shock]
    start = np.where(nodes >= 0, cone.first[ground.layout.node[np.maximum(nodes, 0)]], cone.steps + 1)
    return np.unique(effects.shock[start + 1 <= cone.last[effects.register]])


def _lines(layout: Layout, active: NDArray[np.bool_]) -> list[Line]:
    """The waves of a step, of active registers only (places are still registers)."""
    lines = []
    for wave in layout.waves:
        chosen = np.flatnonzero(active[wave.out])
        if len(chosen):
            lines.append(Line(wave.op, wave.out[chosen], wave.a[chosen], wave.b[chosen], wave.c[chosen]))
    return lines


def _placed(line: Line, rows: Rows) -> Line:
    """A line with places within the rows of a step."""
    out, a = np.searchsorted(rows, line.out), np.searchsorted(rows, line.a)
    b = np.searchsorted(rows, line.b) if len(sources(line.op, line.a, line.b)) > 1 else a
    each = list(zip(out.tolist(), a.tolist(), b.tolist(), strict=True))
    return Line(line.op, out, a, b, line.c, tuple(each) if line.op in PLAIN and len(each) <= FEW else ())


def _step(ground: Ground, cone: Cone, ever: Ever, h: int) -> Step:
    """Lay out one step."""
    layout, structure, active = ground.layout, ground.structure, cone.active(h)
    lines = _lines(layout, active)
    last_factor = structure.stocks.stop
    here = np.flatnonzero(active[:last_factor])
    there = np.flatnonzero(cone.active(h + 1)[:last_factor]) if h < cone.steps else here[:0]
    late, pull_late = _delayed(ground, cone, h)
    going_on = h < cone.steps
    pulls = structure.pull_register[ever.pulls[ever.pulls_moved]] if going_on else here[:0]
    shocks = ever.shocks if going_on else here[:0]
    triggers = layout.node[ground.shock_node[shocks]]
    watched = [
        *(registers[_counts(cone, registers, a, h)] for a, registers in _wanted(ground, cone)),
        structure.late_register[late],
        structure.pull_register[structure.pull_late[pull_late]],
        *_feeding(ground, cone, h, there),
    ]
    watch = np.unique(np.concatenate(watched))
    loaded = [watch, here, there, pulls, triggers]
    for line in lines:
        loaded.extend([line.out, *sources(line.op, line.a, line.b)])
    rows = np.unique(np.concatenate(loaded))
    moved = np.flatnonzero(np.isin(cone.moved, rows))

    def at(registers: Rows) -> Rows:
        return np.searchsorted(rows, registers)

    def seen(registers: Rows) -> Rows:
        return np.searchsorted(watch, registers)

    return Step(
        rows=rows,
        level_at=at(here),
        moved_at=at(cone.moved[moved]),
        moved=moved,
        lines=tuple(_placed(line, rows) for line in lines),
        watch=at(watch),
        stakes=tuple(_stakes(ground, cone, h, watch)),
        late=(np.searchsorted(ever.late, late), seen(structure.late_register[late])),
        pull_late=(
            np.searchsorted(ever.pull_late, pull_late),
            seen(structure.pull_register[structure.pull_late[pull_late]]),
        ),
        pull_at=at(pulls),
        triggers=dict(zip(shocks.tolist(), at(triggers).tolist(), strict=True)),
        following=_next(ground, cone, ever, h, there, (rows, watch)) if len(there) else None,
    )


def _wanted(ground: Ground, cone: Cone) -> list[tuple[int, Rows]]:
    return [(a, ground.wanted[a]) for a in cone.actors]


def _counts(cone: Cone, registers: Rows, actor: int, h: int) -> Rows:
    """Items of an actor's utility that can differ at a step, within its foresight."""
    if not 1 <= h <= cone.foresight[cone.actors.index(actor)]:
        return np.zeros(0, dtype=np.intp)
    return np.flatnonzero(cone.differs(registers, h))


def _stakes(ground: Ground, cone: Cone, h: int, watch: Rows) -> list[Stakes]:
    found = []
    for actor, registers in _wanted(ground, cone):
        items = _counts(cone, registers, actor, h)
        if len(items):
            last, b = cone.foresight[cone.actors.index(actor)], float(ground.discount[actor])
            share = b ** (last - 1) if h == last else (1.0 - b) * b ** (h - 1)
            found.append(Stakes(actor, items, np.searchsorted(watch, registers[items]), share))
    return found


def _delayed(ground: Ground, cone: Cone, h: int) -> tuple[Rows, Rows]:
    """Delayed links, and delayed pulls, whose terms differ now and whose targets can still matter."""
    structure = ground.structure
    pull = structure.pull_late
    links = (structure.late_register, structure.late.targets_of_items)
    pulls = (structure.pull_register[pull], structure.pull_target[pull])
    late, pull_late = (
        np.flatnonzero(
            (cone.first[source] <= h) & (cone.first[source] + 2 <= cone.last[target]) & (h + 2 <= cone.last[target])
        )
        for source, target in (links, pulls)
    )
    return late, pull_late


def _feeding(ground: Ground, cone: Cone, h: int, there: Rows) -> list[Rows]:
    """Registers whose differences move the levels and stocks of the next step at once."""
    structure = ground.structure
    parts = (
        (structure.now_register, structure.now.targets_of_items),
        (structure.flow_register, structure.flows.targets_of_items + structure.stocks.start),
    )
    return [source[np.isin(target, there) & cone.differs(source, h)] for source, target in parts]


def _next(ground: Ground, cone: Cone, ever: Ever, h: int, there: Rows, loaded: tuple[Rows, Rows]) -> Next:
    """How the active levels and stocks of the next step come about."""
    structure = ground.structure
    rows, watch = loaded
    levels = there[there < structure.levels.stop]
    stocks = there[len(levels) :]

    def feed(source: Rows, target: Rows, into: Rows, step: int, numbers: Rows) -> Feed:
        chosen = np.flatnonzero(np.isin(target, into) & cone.differs(source, step))
        total = Sum(np.searchsorted(into, target[chosen]))
        chosen = chosen[total.order]
        return Feed(np.searchsorted(watch, source[chosen]), np.searchsorted(numbers, chosen), total)

    flow_target = structure.flows.targets_of_items + structure.stocks.start
    return Next(
        at=np.searchsorted(rows, there),
        registers=there,
        levels=np.searchsorted(ever.levels, levels),
        stocks=stocks - structure.stocks.start,
        now=feed(structure.now_register, structure.now.targets_of_items, levels, h, ever.now),
        late=feed(structure.late_register, structure.late.targets_of_items, levels, h - 1, ever.late),
        flows=feed(structure.flow_register, flow_target, stocks, h, ever.flows),
        pulling=_pulling(ground, cone, ever, h, levels, rows),
        rises=np.flatnonzero(np.isin(there, structure.rises)),
        falls=np.flatnonzero(np.isin(there, structure.falls)),
    )


def _pulling(ground: Ground, cone: Cone, ever: Ever, h: int, levels: Rows, rows: Rows) -> Pulling | None:
    """The pulls on the active levels of the next step.

    A delayed pull is computed from the step in which its term differs, one before its delayed term does: if it has
    ended it may run again then, and the strength kept from the path on which nothing moves would be 0.
    """
    structure = ground.structure
    pulls = np.flatnonzero(np.isin(structure.pull_target, levels))
    if not len(pulls):
        return None
    total = Sum(np.searchsorted(levels, structure.pull_target[pulls]))
    pulls = pulls[total.order]
    registers = structure.pull_register[pulls]
    delayed = np.isin(pulls, structure.pull_late)
    now = np.flatnonzero(~delayed & cone.differs(registers, h))
    late = np.flatnonzero(delayed & cone.differs(registers, h))
    return Pulling(
        pulls=np.searchsorted(ever.pulls, pulls),
        sum=total,
        now=now,
        now_at=np.searchsorted(rows, registers[now]),
        late=late,
        late_number=np.searchsorted(structure.pull_late[ever.pull_late], pulls[late]),
    )
