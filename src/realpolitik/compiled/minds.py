"""Actors: what they want, how far they look, what they see; and what may happen to all of them, as table columns."""

from __future__ import annotations

from typing import Any

import numpy as np

from realpolitik.compiled.combinations import Entry
from realpolitik.compiled.context import Context, Naming, codes, group, ints, reals
from realpolitik.compiled.factors import unit
from realpolitik.compiled.inputs import Fill, Transform, Values, log_odds
from realpolitik.compiled.terms import has_atom
from realpolitik.situation.model import Effect, Interest, Shock, Visibility

LONGEST_FORESIGHT = 24


def interest_tables(context: Context) -> dict[str, Any]:
    """Interests, red lines and the weight each actor's utility is measured in."""
    base = context.situation.interests
    entries = context.union.keyed(base, lambda reading: reading.interests, lambda item: item.key)
    for entry in entries:
        item = entry.item
        naming: Naming = ("weight", item.key, item.support)
        context.column("weight_of_interest", context.fill(entry, item.weight, naming, _signed(item)))
    return {
        "interest_actor": ints([context.actor[entry.item.actor] for entry in entries]),
        "interest_node": ints([context.node(entry.item.term, "smooth", entry.item.support) for entry in entries]),
        "top_weight": reals([_top(context, name) for name in context.situation.actors]),
        **_red_lines(context),
    }


def _signed(item: Interest) -> Transform:
    """The sign of `more` or `less` on a weight; a weight written with its own sign keeps it."""
    sign = float(item.sign) if item.weight.central > 0 else 1.0
    return lambda values: values * sign


def _top(context: Context, actor: str) -> float:
    """w*: the largest central |weight| among interests in plain levels, else among all; 1 without interests."""
    own = [item for item in context.situation.interests if item.actor == actor]
    options = context.situation.options
    plain = [item for item in own if not has_atom(item.term, options)]
    weights = [abs(float(item.weight.central)) for item in plain or own]
    return max(weights, default=1.0) or 1.0


def _red_lines(context: Context) -> dict[str, Any]:
    base = context.situation.red_lines
    entries = context.union.keyed(base, lambda reading: reading.red_lines, lambda item: item.key)
    for entry in entries:
        context.column("red_active", [Fill(entry.mask, value=1.0)])
    return {
        "red_actor": ints([context.actor[entry.item.actor] for entry in entries]),
        "red_node": ints([context.node(entry.item.term, "smooth", entry.item.support) for entry in entries]),
    }


def actor_tables(context: Context) -> dict[str, Any]:
    """Foresight, patience, steadiness and views."""
    actors = context.situation.actors
    calendar = context.calendar
    for name, actor in actors.items():
        versions = context.union.variants(name, actor, lambda reading: reading.actors)
        fills = [
            fill
            for entry in versions
            for fill in context.fill(
                entry, entry.item.steadiness, ("steadiness", name, context.judged(entry.item.support))
            )
        ]
        context.column("steadiness", fills)
    foresight = [min(LONGEST_FORESIGHT, calendar.whole(item.foresight)) for item in actors.values()]
    patience = [max(1e-6, calendar.count(item.patience)) for item in actors.values()]
    return {
        "actor_foresight": ints(foresight),
        "actor_discount": reals([float(2.0 ** (-1.0 / value)) for value in patience]),
        **_views(context),
    }


def _views(context: Context) -> dict[str, Any]:
    """Actors with the same hidden things share a view; view 0 sees everything."""
    factors, options = context.situation.factors, context.situation.options
    hidden = {
        name: (
            tuple(_hides(item.visibility, name) for item in factors.values()),
            tuple(_hides(item.visibility, name) and name not in item.owners for item in options.values()),
        )
        for name in context.situation.actors
    }
    sighted = (tuple(False for _ in factors), tuple(False for _ in options))
    views = list(dict.fromkeys([sighted, *hidden.values()]))
    seen = [context.factor.get(item.visibility.seen_as, -1) for item in factors.values()]
    return {
        "actor_view": ints([views.index(hidden[name]) for name in context.situation.actors]),
        "view_hidden_factor": np.array([view[0] for view in views], np.uint8).reshape(len(views), -1),
        "view_hidden_option": np.array([view[1] for view in views], np.uint8).reshape(len(views), -1),
        "factor_seen_as": ints(seen),
        "option_seen_as": ints([context.factor.get(item.visibility.seen_as, -1) for item in options.values()]),
        "factor_central": reals([_central(context, name) for name in factors]),
    }


def _hides(visibility: Visibility, actor: str) -> bool:
    return actor in visibility.hidden_from


def _central(context: Context, name: str) -> float:
    factor = context.situation.factors[name]
    if factor.now is None:
        return 0.5
    value = float(unit(factor)(np.array([float(factor.now.central)]))[0])
    return value if factor.kind == "stock" else min(max(value, 0.005), 0.995)


def shock_tables(context: Context) -> dict[str, Any]:
    """Chance events and their effects; a reading may change a shock's chance and sizes."""
    shocks = dict(context.situation.shocks)
    for group_of in context.situation.hypotheses:
        for reading in group_of.readings:
            shocks |= {name: item for name, item in reading.shocks.items() if name not in shocks}
    effects = [pair for name, item in shocks.items() for pair in _shock(context, name, item)]
    items, calendar = list(shocks.values()), context.calendar
    return {
        "shock_on": ints([-1 if item.on is None else calendar.period_of(item.on) for item in items]),
        "shock_node": ints(
            [-1 if item.condition is None else context.node(item.condition, "trigger", item.support) for item in items]
        ),
        "shock_once": codes([item.once for item in items]),
        "shock_lasting": ints([-1 if item.lasting is None else calendar.whole(item.lasting) for item in items]),
        "effect_shock": ints([list(shocks).index(name) for name, _ in effects]),
        "effect_factor": ints([context.factor[effect.factor] for _, effect in effects]),
        "effect_sets": codes([effect.kind == "sets" for _, effect in effects]),
        "key_shock": context.keys.deal("shock", shocks),
        "shocks": tuple(shocks),
    }


def _shock(context: Context, name: str, base: Shock) -> list[tuple[str, Effect]]:
    in_base = name in context.situation.shocks
    versions = context.union.variants(name, base, lambda reading: reading.shocks)
    versions = versions if in_base else versions[1:]
    context.column("hazard", [fill for entry in versions for fill in _hazard(context, entry)])
    entries = [
        Entry((entry.item, effect), entry.mask, entry.suffix) for entry in versions for effect in entry.item.effects
    ]
    effects = []
    for same in group(entries, lambda pair: (pair[1].factor, pair[1].kind)):
        context.column("effect_size", [fill for entry in same for fill in _effect(context, entry)])
        effects.append((name, same[0].item[1]))
    return effects


def _hazard(context: Context, entry: Entry[Shock]) -> list[Fill]:
    item, per_year = entry.item, context.calendar.per_year
    naming: Naming = ("chance", item.id, item.support)

    def per_period(values: Values) -> Values:
        return 1.0 - np.power(1.0 - np.clip(values, 0.0, 1.0), 1.0 / per_year)

    transform: Transform = (lambda values: np.clip(values, 0.0, 1.0)) if item.on else per_period
    return context.fill(entry, item.chance, naming, transform)


def _effect(context: Context, entry: Entry[tuple[Shock, Effect]]) -> list[Fill]:
    shock, effect = entry.item
    sets = effect.kind == "sets"
    transform = unit(context.situation.factors[effect.factor]) if sets else log_odds
    naming: Naming = ("effect", f"{shock.id} {effect.kind} {effect.factor}", shock.support)
    return context.fill(entry, effect.amount, naming, transform)
