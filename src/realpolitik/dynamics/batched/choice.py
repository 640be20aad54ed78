"""Which level do the parties of an option take, given what each level is worth to them?

    S_a(l) = lambda_a (V_a[k = l] - [l != current] switch) + G(a, k, l)

The scores of an option have axes (party, level, row); levels that are not open score minus infinity.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from realpolitik.dynamics.batched.layout import Floats, Rows
from realpolitik.dynamics.batched.lookahead import Question
from realpolitik.dynamics.batched.model import Model
from realpolitik.dynamics.batched.moment import Flags, Levels, Moment
from realpolitik.dynamics.chance import gumbels
from realpolitik.dynamics.tables import Enter, Leave


class Decision(NamedTuple):
    """Levels decided on (row), and the margins in log-odds (row)."""

    levels: Levels
    margin: Floats


def scores(moment: Moment, k: int, question: Question) -> Floats:
    """S_a(l) of every party to option k, from the answers to a question about its levels in order."""
    model, rows, now = moment.model, question.rows, question.levels[k]
    parties = model.parties(k)
    seats = [question.actors.index(a) for a in model.tables.party_actor[parties.start : parties.stop]]
    worth = question.moved[:, seats].transpose(1, 0, 2).copy()
    worth[:, now, np.arange(len(rows))] = question.still[seats]
    moving = np.arange(worth.shape[1])[:, None] != now
    steady = model.steadiness[[question.actors[seat] for seat in seats]][:, None, rows]
    switch = model.switch[parties.start : parties.stop, None, rows] * moving
    found = steady * (worth - switch) + _taste(moment, k, rows)
    return np.asarray(np.where(np.isnan(worth), -np.inf, found))


def _taste(moment: Moment, k: int, rows: Rows) -> Floats:
    """G (party, level, row): sqrt(1 - f) times the persistent taste plus sqrt(f) times that of this review."""
    model, tables = moment.model, moment.model.tables
    if model.taste is None:
        return np.zeros((1, 1, len(rows)))
    parties = model.parties(k)
    keys = slice(int(tables.taste_start[parties.start]), int(tables.taste_start[parties.stop]))
    fickle = float(tables.option_fickle[k])
    taste = np.sqrt(1.0 - fickle) * model.taste[keys][:, rows]
    if fickle > 0.0:
        taste += np.sqrt(fickle) * _passing(model, keys, rows, moment.period)
    return np.asarray(taste.reshape(len(parties), -1, len(rows)))


def _passing(model: Model, keys: slice, rows: Rows, t: int) -> Floats:
    """Tastes of one review (party's level, row)."""
    draws, key = model.draws, model.tables.key_taste[keys, None]
    return gumbels(draws.index[rows], draws.replica[rows], key, t, model.seed)


def decide_alone(found: Floats, now: Levels) -> Decision:
    """The best level of the one party; the current one wins ties, then the lowest."""
    own, rows = found[0], np.arange(found.shape[2])
    chosen = own.argmax(axis=0)
    top = own[chosen, rows]
    chosen = np.where(own[now, rows] == top, now, chosen)
    rest = own.copy()
    rest[chosen, rows] = -np.inf
    return Decision(chosen, top - rest.max(axis=0))


def decide_jointly(found: Floats, now: Levels, enter: int, leave: int, pledged: Flags | None) -> Decision:
    """The level that the parties' scores lead to; `pledged` (party, level, row) consents stand above everything."""
    margin = _joint_margin(found, now, pledged)
    if pledged is not None:
        found = np.where(pledged & np.isfinite(found), np.inf, found)
    rows = np.arange(found.shape[2])
    current = found[:, now, rows][:, None]
    prefers = found > current  # (party, level, row); never for levels that are not open
    entered = _entered(found, prefers, now, enter)
    leaves = prefers[:, 0].all(axis=0) if leave == Leave.ALL else prefers[:, 0].any(axis=0)
    fallen = np.where((now != 0) & (found[0, 0] > -np.inf) & leaves, 0, now)
    return Decision(np.where(entered >= 0, entered, fallen), margin)


def _entered(found: Floats, prefers: Flags, now: Levels, enter: int) -> Levels:
    """The level entered (row), -1 for none."""
    rows = np.arange(found.shape[2])
    if enter == Enter.IN_ORDER:
        others = found[0].copy()
        others[now, rows] = -np.inf
        proposed = others.argmax(axis=0)
        return np.where(prefers[:, proposed, rows].all(axis=0), proposed, -1)
    needed = len(found) if enter == Enter.ALL else len(found) // 2 + 1
    assented = prefers.sum(axis=0) >= needed
    entered = np.full(len(rows), -1)
    for own, wish in zip(found, prefers, strict=True):
        chooses = (entered < 0) & (wish & assented).any(axis=0)
        best = np.where(assented, own, -np.inf).argmax(axis=0)
        entered = np.where(chooses, best, entered)
    return entered


def _joint_margin(found: Floats, now: Levels, pledged: Flags | None) -> Floats:
    """The smallest difference that could matter: between scores of one party, the higher not below its current one.

    Promised consent does not count, nor does anything beside a promised current level.
    """
    current = found[:, now, np.arange(found.shape[2])][:, None]
    if pledged is not None:
        kept = pledged[:, now, np.arange(found.shape[2])][:, None]
        current = np.where(kept, np.inf, current)
        found = np.where(pledged, -np.inf, found)
    ordered = np.sort(found, axis=1)
    lower, upper = ordered[:, :-1], ordered[:, 1:]
    counts = (lower > -np.inf) & (upper >= current)
    gaps = np.where(counts, upper - np.where(counts, lower, 0.0), np.inf)
    return np.asarray(gaps.min(axis=(0, 1), initial=np.inf))
