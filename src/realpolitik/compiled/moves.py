"""Options, who holds them, what they cost, and the deals made of them, as table columns."""

from __future__ import annotations

from typing import Any

import numpy as np

from realpolitik.compiled.combinations import Entry
from realpolitik.compiled.context import Context, Naming, codes, group, ints, reals, starts
from realpolitik.compiled.inputs import Values
from realpolitik.dynamics.tables import Enter, Leave, Op
from realpolitik.language.expression import Compare, Expression, Name, Not
from realpolitik.language.quantity import constant
from realpolitik.situation.model import Dependency, Norm, Option, Price, Support

_ENTER = {"all agree": Enter.ALL, "most agree": Enter.MOST, "members, in order": Enter.IN_ORDER}
_LEAVE = {"any": Leave.ANY, "all agree": Leave.ALL}
DEFAULT_SWITCH = 0.02


def withheld_nodes(context: Context) -> None:
    """For every option that withholds a good: the node dep * (1 - replaced) that its levels act with."""
    base = context.situation.dependencies
    entries = context.union.keyed(base, lambda reading: reading.dependencies, lambda item: item.key)
    for name, option in context.situation.options.items():
        if option.withholds is None:
            continue
        good, who = option.withholds
        found = [e for e in entries if e.item.who == who and e.item.good == good and e.item.on in option.owners]
        if found:
            context.terms.withheld[name] = _dependence(context, found)


def _dependence(context: Context, entries: list[Entry[Dependency]]) -> int:
    nodes = context.terms.nodes
    share, replaced = [], []
    for entry in entries:
        item = entry.item
        share += context.fill(entry, item.share, ("dependence", item.key, item.support))
        naming: Naming = ("dependence", f"{item.key}, replaced", item.support)
        replaced += context.fill(entry, item.replaced, naming)
    first = nodes.add(Op.PARAM, context.column("param", share))
    if not replaced:
        return first
    second = nodes.add(Op.PARAM, context.column("param", replaced))
    return nodes.add(Op.MUL, first, nodes.add(Op.NOT, second))


def option_tables(context: Context) -> dict[str, Any]:
    """Levels, reviews, rules and parties of options."""
    options = context.situation.options
    values = list(options.values())
    lengths = [len(item.levels) for item in values]
    return {
        "slot_start": starts(lengths),
        "option_now": ints([item.now for item in values]),
        "option_review": ints([context.calendar.whole(item.review) for item in values]),
        "option_on": ints([_trigger(context, item.review_on, item.support) for item in values]),
        "option_irreversible": codes([item.irreversible for item in values]),
        "option_fickle": reals([item.fickle for item in values]),
        "option_enter": codes([_ENTER[item.enter] for item in values]),
        "option_leave": codes([_LEAVE[item.leave] for item in values]),
        "slot_requires": ints(
            [
                _trigger(context, item.requires.get(lv), item.support)
                for item in values
                for lv in range(len(item.levels))
            ]
        ),
        "key_order": context.keys.deal("order", options),
        "key_phase": context.keys.deal("phase", [*options, *(f"deal {name}" for name in context.situation.exchanges)]),
        **_parties(context),
        **_prices(context),
    }


def _trigger(context: Context, term: Expression | None, support: Support) -> int:
    return -1 if term is None else context.node(term, "trigger", support)


def _parties(context: Context) -> dict[str, Any]:
    """One row for every (option, owner), with its switching cost and the keys of its tastes."""
    actors, tastes, sizes = [], [], []
    for name, option in context.situation.options.items():
        versions = context.union.variants(name, option, lambda reading: reading.options)
        for owner in option.owners:
            actors.append(context.actor[owner])
            tastes += [f"{owner} {name}={level}" for level in option.levels]
            sizes.append(len(option.levels))
            _switch(context, versions, owner)
    counts = [len(option.owners) for option in context.situation.options.values()]
    return {
        "party_start": starts(counts),
        "party_actor": ints(actors),
        "taste_start": starts(sizes),
        "key_taste": context.keys.deal("taste", tastes),
    }


def _switch(context: Context, versions: list[Entry[Option]], owner: str) -> None:
    fills = []
    for entry in versions:
        item = entry.item
        quantity = item.switch.get(owner) or constant(DEFAULT_SWITCH, "positive")
        fills += context.fill(entry, quantity, ("switch", f"{item.id} for {owner}", context.judged(item.support)))
    context.column("switch", fills)


def _prices(context: Context) -> dict[str, Any]:
    """What each level costs each actor that pays for it."""
    entries: list[Entry[tuple[Option, Price]]] = []
    for name, option in context.situation.options.items():
        for entry in context.union.variants(name, option, lambda reading: reading.options):
            entries += [Entry((entry.item, price), entry.mask, entry.suffix) for price in entry.item.prices]
    actors, slots = [], []
    for same_price in group(entries, lambda pair: (pair[0].id, pair[1].actor, pair[1].level)):
        option, price = same_price[0].item
        actors.append(context.actor[price.actor])
        slots.append(context.terms.slot_start[option.id] + price.level)
        context.column("price", [fill for entry in same_price for fill in _price(context, entry)])
    return {"price_actor": ints(actors), "price_slot": ints(slots)}


def _price(context: Context, entry: Entry[tuple[Option, Price]]) -> list[Any]:
    option, price = entry.item
    element = f"{option.id}={option.levels[price.level]} for {price.actor}"
    return context.fill(entry, price.amount, ("price", element, price.support))


def norm_tables(context: Context) -> dict[str, Any]:
    """What violating a norm costs (norms that only exempt are for the log)."""
    base = context.situation.norms
    entries = context.union.keyed(base, lambda reading: reading.norms, lambda item: item.key)
    priced = [entry for entry in entries if entry.item.kind == "forbids"]
    for entry in priced:
        item = entry.item
        context.column("norm_price", context.fill(entry, item.price, ("norm price", item.key, item.support)))
    return {
        "norm_actor": ints([context.actor[entry.item.actor] for entry in priced]),
        "norm_node": ints(
            [context.node(violated(context, entry.item), "smooth", entry.item.support) for entry in priced]
        ),
    }


def violated(context: Context, norm: Norm) -> Expression:
    """The term that is 1 while a norm is violated: the option at the forbidden level, or at any level above 0."""
    levels = context.situation.options[norm.option].levels
    if norm.level is None:
        return Not(Compare(Name(norm.option), "=", Name(levels[0])))
    return Compare(Name(norm.option), "=", Name(levels[norm.level]))


def exchange_tables(context: Context) -> dict[str, Any]:
    """Legs of deals."""
    exchanges = list(context.situation.exchanges.values())
    legs = [leg for item in exchanges for leg in item.legs]
    return {
        "leg_start": starts([len(item.legs) for item in exchanges]),
        "leg_option": ints([context.option[leg.option] for leg in legs]),
        "leg_level": ints([leg.level for leg in legs]),
        "exchange_review": ints([context.calendar.whole(item.review) for item in exchanges]),
    }


def promise_tables(context: Context) -> dict[str, Any]:
    """Commitments to act on a trigger."""
    base = context.situation.promises
    entries = context.union.keyed(base, lambda reading: reading.promises, lambda item: item.key)
    for entry in entries:
        item = entry.item
        context.column(
            "likelihood",
            context.fill(entry, item.likelihood, ("likelihood", item.key, item.support), _chance),
        )
    items = [entry.item for entry in entries]
    promisers = [_promisers(context, item.promiser) for item in items]
    return {
        "promise_option": ints([context.option[item.option] for item in items]),
        "promise_level": ints([item.level for item in items]),
        "promise_node": ints([context.node(item.trigger, "trigger", item.support) for item in items]),
        "promise_periods": ints([_kept(context, item.option, item.lasting) for item in items]),
        "promise_actor_start": starts([len(actors) for actors in promisers]),
        "promise_actor": ints([actor for actors in promisers for actor in actors]),
        "key_promise": context.keys.deal(
            "promise", [f"{item.key}{entry.suffix}" for item, entry in zip(items, entries, strict=True)]
        ),
        "promises": tuple(item.key for item in items),
    }


def _promisers(context: Context, name: str) -> list[int]:
    found = context.situation.institutions.get(name)
    return [context.actor[member] for member in (found.members if found else (name,))]


def _kept(context: Context, option: str, lasting: Any) -> int:
    return context.calendar.whole(lasting or context.situation.options[option].review)


def _chance(values: Values) -> Values:
    return np.clip(values, 0.0, 1.0)
