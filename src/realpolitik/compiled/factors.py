"""Factors, their dynamics and what flows into them, as table columns."""

from __future__ import annotations

from typing import Any

import numpy as np

from realpolitik.compiled.combinations import Entry
from realpolitik.compiled.context import Context, Naming, codes, ints
from realpolitik.compiled.inputs import Fill, Transform, Values, log_odds
from realpolitik.dynamics.tables import Keeps, Kind
from realpolitik.language.expression import Expression, names_in
from realpolitik.language.time import Duration
from realpolitik.situation.model import Factor, Influence

_KINDS = {"level": Kind.LEVEL, "stock": Kind.STOCK, "derived": Kind.DERIVED}
_KEEPS = {"": Keeps.NO, "rises": Keeps.RISES, "falls": Keeps.FALLS, "both": Keeps.BOTH}
LIMITS = 0.005


def factor_tables(context: Context) -> dict[str, Any]:
    """Kinds, formulas and starts of factors; one column of every per-factor array each."""
    _formulas(context)
    factors = context.situation.factors
    for name, factor in factors.items():
        _factor_columns(context, name, context.union.variants(name, factor, lambda reading: reading.factors))
    return {
        "factor_kind": codes([_KINDS[item.kind] for item in factors.values()]),
        "factor_keeps": codes([_KEEPS[item.keeps] for item in factors.values()]),
        "factor_node": ints([context.terms.derived.get(name, -1) for name in factors]),
        "key_factor": context.keys.deal("noise", factors),
    }


def names_of(term: Expression) -> set[str]:
    """Every name in a term, as a set (in order of appearance: `names_in`)."""
    return set(names_in(term))


def _formulas(context: Context) -> None:
    """Compile derived factors, each after those it reads (cycles are refused by the checks before)."""
    waiting = {name: item for name, item in context.situation.factors.items() if item.kind == "derived"}
    while waiting:
        ready = [n for n, item in waiting.items() if item.formula and not names_of(item.formula) & set(waiting)]
        for name in ready or list(waiting):
            item = waiting.pop(name)
            if item.formula is not None:
                context.terms.derived[name] = context.node(item.formula, "smooth", item.support)


def unit(factor: Factor) -> Transform:
    """From a factor's own unit into [0, 1]."""
    return lambda values: np.clip((values - factor.low) / (factor.high - factor.low), 0.0, 1.0)


def _clipped_start(factor: Factor) -> Transform:
    """Starts of anchored factors are kept off the ends, as their log-odds must be finite."""
    to_unit = unit(factor)
    return to_unit if factor.kind == "stock" else (lambda values: np.clip(to_unit(values), LIMITS, 1 - LIMITS))


def _factor_columns(context: Context, name: str, versions: list[Entry[Factor]]) -> None:
    columns: dict[str, list[Fill]] = {"start": [], "alpha": [], "rho": [], "sigma": [], "trend": []}
    for entry in versions:
        item, judged = entry.item, context.judged(entry.item.support)
        columns["start"] += context.fill(
            entry, item.now, ("start", name, context.judged(item.start_support)), _clipped_start(item)
        )
        rho = _rho(context, item.half_life)
        columns["rho"].append(Fill(entry.mask, value=rho))
        columns["alpha"].append(Fill(entry.mask, value=1.0 - rho))
        spread = 4.0 * (1.0 + rho) / np.sqrt(1.0 + rho * rho)
        columns["sigma"] += context.fill(entry, item.noise, ("noise", name, judged), _times(spread))
        if item.trend_per is not None:
            per = 1.0 / context.calendar.count(item.trend_per)
            columns["trend"] += context.fill(entry, item.trend, ("trend", name, judged), _grown(per))
    for array, fills in columns.items():
        context.column(array, fills)


def _rho(context: Context, half_life: Duration | None) -> float:
    return (
        0.0 if half_life is None or half_life.months <= 0 else float(2.0 ** (-1.0 / context.calendar.count(half_life)))
    )


def _times(factor: float) -> Transform:
    return lambda values: values * factor


def _grown(per: float) -> Transform:
    def grown(values: Values) -> Values:
        return log_odds(values) * per

    return grown


def flow_tables(context: Context) -> dict[str, Any]:
    """Inflows and outflows of stocks."""
    nodes, targets = [], []
    for name, factor in context.situation.factors.items():
        for number, flow in enumerate(factor.flows):
            entry = Entry(flow, context.everywhere())
            nodes.append(context.node(flow.term, "influence", flow.support))
            targets.append(context.factor[name])
            sign = -1.0 if flow.outflow else 1.0
            scale = sign / ((factor.high - factor.low) * context.calendar.per_year)
            naming: Naming = ("rate", f"{name} flow {number + 1}", flow.support)
            context.column("flow_rate", context.fill(entry, flow.rate, naming, _times(scale)))
    return {"flow_node": ints(nodes), "flow_target": ints(targets)}


def influence_tables(context: Context) -> dict[str, Any]:
    """Swings and pulls; a reading's own links stand beside the base ones and hold only under it."""
    base = context.situation.influences
    entries = context.union.keyed(base, lambda reading: reading.influences, lambda item: item.key)
    swings = [entry for entry in entries if entry.item.kind == "swing"]
    pulls = [entry for entry in entries if entry.item.kind == "pull"]
    return {**_links(context, swings, "link"), **_links(context, pulls, "pull")}


def _links(context: Context, entries: list[Entry[Influence]], kind: str) -> dict[str, Any]:
    nodes, targets, delayed = [], [], []
    for entry in entries:
        item = entry.item
        nodes.append(context.node(item.term, "influence", item.support))
        targets.append(context.factor[item.effect])
        delayed.append(item.delay is not None)
        _link_columns(context, entry, kind)
    return {f"{kind}_node": ints(nodes), f"{kind}_target": ints(targets), f"{kind}_delayed": codes(delayed)}


def _link_columns(context: Context, entry: Entry[Influence], kind: str) -> None:
    item = entry.item
    gain = 1.0 if item.delay is None else 1.0 - float(np.exp(-1.0 / context.calendar.count(item.delay)))
    naming: Naming = ("size" if kind == "link" else "pull", item.key, item.support)
    if kind == "link":
        context.column("effect", context.fill(entry, item.size, naming, log_odds, item.support))
        context.column("link_gain", [], gain)
        return
    to_unit = unit(context.situation.factors[item.effect])
    fills = context.fill(entry, item.size, naming, to_unit)
    context.column("pull_to", fills)
    there = context.fill(entry, item.size, naming, np.ones_like, item.support)
    context.column("pull_exists", there)
    context.column("pull_gain", [], gain)
