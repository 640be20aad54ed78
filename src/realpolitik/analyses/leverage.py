"""Who has leverage over whom: what can one cost or give another, at what price to itself, and would it?

Method: for every ordered pair, the move of the first actor's own that costs (gives) the second most, and the two
moves that do so together, valued by themselves over the year that ends `years` after: everybody else's decisions of
the untouched run are repeated. The same gains give the price to the actor itself; threats are told in the order of
how much more they cost the other than their actor. Where two moves together cost hardly more than one of them
(overlap of at least one half), either does. Credibility is a share of draws, of 128 at most (see `compiled.levers`);
dependence is Hirschman's (see `compiled.dependence`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from realpolitik.compiled.about import about
from realpolitik.compiled.contrasts import LOSS
from realpolitik.compiled.dependence import dependence_rows, dependence_sentence, unmet
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.grounds import ground
from realpolitik.compiled.levers import DECIDING_DRAWS, Lever, Levers, credibility, open_now, overlap, promises
from realpolitik.compiled.unilateral import middle
from realpolitik.compiled.wording import actor_name
from realpolitik.errors import QuestionRefused
from realpolitik.language.likelihood import describe
from realpolitik.language.sentences import listed, signed, two_digits
from realpolitik.language.time import duration_words
from realpolitik.results.progress import Told, each, silent
from realpolitik.results.result import Labelled, Result
from realpolitik.results.statistics import mean, quantiles

Row = Mapping[str, Any]
TOLD = 8
SHOWN = ("cost_move", "cost", "cost_own", "carried_out", "provoked_by", "asymmetry", "gift_move", "gift", "gift_own")
"""The first columns of the table."""
CREDIBLE = ("carried_out", "anyway", "promised", "open_now", "provoked_by", "provoked_words")
EITHER = 0.5
"""Two moves overlap by at least this much: either does most of what both do."""


def leverage(ensemble: Ensemble, years: float | None = None, told: Told = silent) -> Result:
    """Who has leverage over whom?

    Rows: one for each ordered pair. `cost`, `cost_own`: points the strongest single move costs the other and its
    actor (`low`, `high`: 90% of draws); `pair_...`: the strongest two together; `gift...`: the other way round;
    `carried_out`: the share of draws in which the threat is carried out after `provoked_by`, `anyway` without it;
    `needs`: the share of the other's largest need that this actor could leave unmet, `asymmetry`: less the reverse.
    Arrays (actor, over): `cost`, `cost to itself`, `gift`, `carried out`, `asymmetry`; `position` (actor, axis):
    points an actor can cost the others on average beyond what that costs itself (`leverage`), and the most another
    can so cost it (`exposure`). Raises `QuestionRefused` for an answer time beyond the horizon.
    """
    levers = Levers(ensemble, middle(ensemble) if years is None else years)
    pairs = tuple(_pairs(levers))
    rows = tuple(
        _row(levers, *pair) for pair in each(pairs, told, lambda pair: f"leverage of {pair[0]} over {pair[1]}")
    )
    if not rows:
        raise QuestionRefused("Nobody can do anything alone here, so nobody has leverage.")
    needs = tuple(dependence_rows(ensemble))
    return Result(
        "leverage",
        f"Who has leverage over whom, after {duration_words(12 * levers.years)}?",
        rows,
        (*_sentences(levers, rows), *_dependence_sentences(ensemble, needs)),
        {**_arrays(ensemble, rows), "position": _positions(levers)},
        about(
            ensemble,
            unit="points, by itself",
            years=levers.years,
            credibility_draws=min(DECIDING_DRAWS, ensemble.settings.draws),
        ),
        tuple(_trace(levers, rows)),
    )


def _pairs(levers: Levers) -> Iterator[tuple[str, str]]:
    actors = levers.ensemble.model.tables.actors
    return ((one, two) for one in actors if levers.of(one) for two in actors if one != two)


def _row(levers: Levers, actor: str, over: str) -> Row:
    model, ensemble = levers.ensemble.model, levers.ensemble
    singles, pairs = levers.singles(actor), levers.pairs(actor)
    place = model.tables.actors.index(over)
    threat = levers.strongest(singles, place, -1.0)
    both = _pair(levers, pairs, place, threat)
    needs, reverse = (mean(unmet(ensemble, *pair), ensemble.draws.weight) for pair in ((over, actor), (actor, over)))
    found = {
        **_lever(levers, "cost", threat, actor, over),
        **_credible(levers, threat, over),
        "needs": needs,
        "asymmetry": needs - reverse,
        **_lever(levers, "gift", levers.strongest(singles, place, 1.0), actor, over),
        **_lever(levers, "pair", both, actor, over),
        **_combined(levers, both, place),
    }
    shown = {"actor": actor, "over": over} | {key: found.pop(key) for key in SHOWN}
    return {**shown, "name": actor_name(model, actor), "over_name": actor_name(model, over), **found}


def _pair(levers: Levers, pairs: list[Lever], place: int, threat: Lever) -> Lever:
    """The two moves that together cost most, where they cost more than one does; else two that each cost something."""
    best = levers.strongest(pairs, place, -1.0)
    alone = levers.mean(threat)[place] if threat else 0.0
    if best and levers.mean(best)[place] < alone - LOSS:
        return best
    costly = [pair for pair in pairs if all(levers.mean((move,))[place] < -LOSS for move in pair)]
    return levers.strongest(costly, place, -1.0)


def _lever(levers: Levers, kind: str, lever: Lever, actor: str, over: str) -> Row:
    """What a lever does to the other and to its actor; zeros where there is none."""
    model, weight = levers.ensemble.model, levers.ensemble.draws.weight
    if not lever:
        return dict.fromkeys((f"{kind}_move", f"{kind}_words"), "") | dict.fromkeys(_figures(kind), 0.0)
    effect = levers.effect(lever)
    own, other = (effect[:, model.tables.actors.index(name)] for name in (actor, over))
    figures = (mean(other, weight), mean(own, weight), *quantiles(other, weight, (0.05, 0.95)))
    return {
        f"{kind}_move": ", ".join(move.id(model) for move in lever),
        f"{kind}_words": listed(move.name(model) for move in lever),
        **dict(zip(_figures(kind), figures, strict=True)),
    }


def _figures(kind: str) -> tuple[str, ...]:
    return (kind, f"{kind}_own", f"{kind}_low", f"{kind}_high")


def _combined(levers: Levers, both: Lever, place: int) -> Row:
    """How far the two moves of a pair overlap; `either`: one of them does almost all that both do."""
    if not both:
        return {"overlap": None, "either": False}
    one, two, together = (float(levers.mean(lever)[place]) for lever in ((both[0],), (both[1],), both))
    shared = overlap(one, two, together) if one < 0 and two < 0 else None
    return {"overlap": shared, "either": shared is not None and shared >= EITHER and min(abs(one), abs(two)) > 0.5}


def _credible(levers: Levers, lever: Lever, over: str) -> Row:
    if not lever:
        return dict.fromkeys(CREDIBLE, None) | {"provoked_by": "", "provoked_words": ""}
    model, found = levers.ensemble.model, credibility(levers, lever, over)
    pledged = [float(item.likelihood.central) for item in promises(levers.ensemble, lever)]
    values = (
        found.carried_out,
        found.anyway,
        max(pledged, default=None),
        open_now(levers.ensemble, lever),
        found.provoked_by.id(model) if found.provoked_by else "",
        found.provoked_by.name(model) if found.provoked_by else "",
    )
    return dict(zip(CREDIBLE, values, strict=True))


def _sentences(levers: Levers, rows: tuple[Row, ...]) -> tuple[str, ...]:
    strongest = sorted((row for row in rows if row["cost_move"]), key=_edge)[:TOLD]
    gifts = sorted((row for row in rows if row["gift_move"]), key=lambda row: -row["gift"])[:3]
    told = [_threat_sentence(row) for row in strongest] + [_gift_sentence(row) for row in gifts]
    either = [row for row in rows if row["either"]]
    told += [_either_sentence(row) for row in sorted(either, key=lambda row: row["pair"])[:3]]
    return tuple(told) or ("Nobody can cost or give anybody else more than half a point alone.",)


def _edge(row: Row) -> float:
    """How much more a threat costs the other than its actor, in points; the lowest is the sharpest."""
    return float(row["cost"] - min(0.0, row["cost_own"]))


def _threat_sentence(row: Row) -> str:
    after = f" once there is {row['provoked_words']}" if row["provoked_by"] else ""
    closed = "" if row["open_now"] else "; what it requires is missing today"
    return (
        f"{row['name']} over {row['over_name']}: '{row['cost_words']}' would cost {row['over_name']} "
        f"{two_digits(-row['cost'])} points ({two_digits(-row['cost_high'])} to {two_digits(-row['cost_low'])} in 90% "
        f"of draws) and {_own(row)}; that it is done{after} is {describe(row['carried_out'])}{closed}."
    )


def _own(row: Row) -> str:
    """What a threat does to its actor."""
    if row["cost_own"] < 0:
        return f"{row['name']} itself {two_digits(-row['cost_own'])}"
    return f"bring {row['name']} itself {signed(row['cost_own'])}"


def _gift_sentence(row: Row) -> str:
    return (
        f"{row['name']} for {row['over_name']}: '{row['gift_words']}' would give {row['over_name']} "
        f"{signed(row['gift'])} points and {row['name']} itself {signed(row['gift_own'])}."
    )


def _either_sentence(row: Row) -> str:
    return (
        f"{row['name']} over {row['over_name']}: of '{row['pair_words']}' either does most of what both do; "
        f"together they cost {row['over_name']} {two_digits(-row['pair'])} points, the stronger alone "
        f"{two_digits(-row['cost'])}."
    )


def _dependence_sentences(ensemble: Ensemble, needs: tuple[Row, ...]) -> tuple[str, ...]:
    most = sorted(needs, key=lambda row: -row["asymmetry"])[:3]
    return tuple(dependence_sentence(ensemble, row) for row in most)


def _trace(levers: Levers, rows: tuple[Row, ...]) -> Iterator[Row]:
    """What the strongest levers and the dependences rest on: options, needs, and what stands behind them."""
    situation = levers.ensemble.model.situation
    for row in sorted((row for row in rows if row["cost_move"]), key=_edge)[:TOLD]:
        option = situation.options[row["cost_move"].split("=")[0]]
        entry = f"{row['name']} over {row['over_name']}, points"
        yield ground(entry, row["cost_move"], row["cost"], option.support)
    for item in situation.dependencies:
        yield ground("dependence, share of the need", item.key, float(item.share.central), item.support)


def _arrays(ensemble: Ensemble, rows: tuple[Row, ...]) -> dict[str, Labelled]:
    actors = ensemble.model.tables.actors
    keys = {
        "cost": "cost",
        "cost to itself": "cost_own",
        "gift": "gift",
        "carried out": "carried_out",
        "asymmetry": "asymmetry",
    }
    arrays = {}
    for name, key in keys.items():
        table = np.full((len(actors), len(actors)), np.nan)
        for row in rows:
            table[actors.index(row["actor"]), actors.index(row["over"])] = np.nan if row[key] is None else row[key]
        unit = "share" if key in ("carried_out", "asymmetry") else "points"
        arrays[name] = Labelled(("actor", "over"), {"actor": actors, "over": actors}, table, unit)
    return arrays


def _positions(levers: Levers) -> Labelled:
    """What each can cost the others beyond what it costs itself, on average; and the most another can so cost it."""
    actors = levers.ensemble.model.tables.actors
    edges = np.zeros((len(actors), len(actors)))
    for place, actor in enumerate(actors):
        means = [levers.mean(lever) for lever in levers.singles(actor)]
        gaps = [np.delete(-mean + min(0.0, mean[place]), place) for mean in means]
        edges[place, np.arange(len(actors)) != place] = np.max([np.zeros(len(actors) - 1), *gaps], axis=0)
    table = np.stack([edges.max(axis=0), edges.sum(axis=1) / max(1, len(actors) - 1)], axis=1)
    axes = {"actor": actors, "axis": ("exposure", "leverage")}
    return Labelled(("actor", "axis"), axes, table, "points")
