"""Which rules are broken, by whom and at what price; who keeps its word; and what does breaking the rules wear down?

Method: every change of a level in the run is a move; it violates where a rule forbids it, is exempt where one exempts
it, else clean; the rule is cited. Promises: how often the trigger fired, and what share was honoured. Erosion: the
same decisions replayed with the forbidden options never used, so that the difference is what the breaches do to the
factor, and, through the interests that read it, to everybody - the violators who want the rule kept among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.about import about
from realpolitik.compiled.contrasts import POINT
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.factors import names_of
from realpolitik.compiled.grounds import ground
from realpolitik.compiled.holds import Intervention
from realpolitik.compiled.phrases import term_words
from realpolitik.compiled.rules import Erosion, Logged, erosions, move_log, price_paid
from realpolitik.compiled.unilateral import middle
from realpolitik.compiled.wording import actor_name, option_name
from realpolitik.dynamics.tables import Held, Hold, Paths
from realpolitik.dynamics.terms import utility_parts
from realpolitik.language.likelihood import describe
from realpolitik.language.sentences import capital, listed, share, signed, two_digits
from realpolitik.language.time import duration_words
from realpolitik.results.result import Result
from realpolitik.results.statistics import mean, quantiles

Reals = NDArray[np.float64]
Row = Mapping[str, Any]
TOLD = 6


def norms(ensemble: Ensemble, held: Intervention | None = None, years: float | None = None) -> Result:
    """Who breaks which rule, who keeps its word, and what does it wear down?

    Rows of kind `move`: option and level, `status`, the `rule` cited, `share` of draws in which it is made, moves a
    draw, date of the first (median), `price` in points a period to the violator. Of kind `promise`: how often it fell
    due, share honoured. Of kind `erosion`: change of a factor by breaches after `years`, what that is worth to each
    actor (`worth`) and to the violators who want it kept (`own_cost`). `held`: what is held in the run, by default
    nothing.
    """
    done = held or Intervention()
    paths = ensemble.run(done.holds)
    moves = tuple(_move_row(ensemble, item) for item in move_log(ensemble.model, paths))
    promised = tuple(_promise_rows(ensemble, paths))
    horizon = middle(ensemble) if years is None else years
    worn = tuple(_erosion_row(ensemble, done, paths, item, horizon) for item in erosions(ensemble.model))
    return Result(
        "norms",
        "Which rules are broken, and who keeps its word?",
        (*moves, *promised, *worn),
        tuple((*_move_sentences(moves), *_promise_sentences(ensemble, promised), *_erosion_sentences(ensemble, worn))),
        {},
        about(ensemble, years=horizon),
        tuple(_trace(ensemble)),
    )


def _move_row(ensemble: Ensemble, item: Logged) -> Row:
    model, weight = ensemble.model, ensemble.draws.weight
    option = model.situation.options[item.option]
    ever = np.asarray(item.made.any(axis=1))
    first = quantiles(item.made.argmax(axis=1)[ever].astype(float), weight[ever], (0.5,))[0] if ever.any() else None
    return {
        "kind": "move",
        "move": f"{item.option}={option.levels[item.level]}",
        "name": option_name(model, item.option, item.level),
        "by": option.owners,
        "by_names": tuple(actor_name(model, owner) for owner in option.owners),
        "status": item.status,
        "rule": tuple(dict.fromkeys(rule.norm for rule in item.rules)),
        "claims": tuple(dict.fromkeys(claim for rule in item.rules for claim in rule.support.claims)),
        "share": mean(np.asarray(ever, dtype=np.float64), weight),
        "moves": mean(np.asarray(item.made.sum(axis=1), dtype=np.float64), weight),
        "first": None if first is None else model.calendar.date_of(int(first)).isoformat(),
        "stands_at_start": item.stands_at_start,
        "price": {
            rule.actor: mean(price_paid(ensemble, rule), weight) for rule in item.rules if rule.kind == "forbids"
        },
    }


def _promise_rows(ensemble: Ensemble, paths: Paths) -> Iterator[Row]:
    model, weight = ensemble.model, ensemble.draws.weight
    entries = model.union.keyed(model.situation.promises, lambda reading: reading.promises, lambda item: item.key)
    for number, item in enumerate(entry.item for entry in entries):
        lots = paths.honoured[:, :, number]
        due, kept = (lots != 0).any(axis=1), (lots > 0).sum(axis=1)
        count = float(((lots != 0).sum(axis=1) * weight).sum())
        first = quantiles((lots != 0).argmax(axis=1)[due].astype(float), weight[due], (0.5,))[0] if due.any() else None
        club = model.situation.institutions.get(item.promiser)
        yield {
            "kind": "promise",
            "promise": item.key,
            "by": item.promiser,
            "by_name": club.name if club else actor_name(model, item.promiser),
            "together": club is not None,
            "move": option_name(model, item.option, item.level),
            "trigger": term_words(model, item.trigger),
            "due": mean(due.astype(np.float64), weight),
            "first": None if first is None else model.calendar.date_of(int(first)).isoformat(),
            "honoured": float((kept * weight).sum()) / count if count > 0 else None,
            "likelihood": mean(ensemble.draws.likelihood[:, number], weight),
            "claims": item.support.claims,
        }


def _erosion_row(ensemble: Ensemble, held: Intervention, paths: Paths, item: Erosion, years: float) -> Row:
    model, weight = ensemble.model, ensemble.draws.weight
    spared = ensemble.run((*held.holds, *_unused(ensemble, held, item)), replay=held.holds)
    end = round(years * model.calendar.per_year)
    window = slice(max(0, end - model.calendar.per_year + 1), end + 1)
    column = model.tables.factors.index(item.factor)
    change = (paths.factors - spared.factors)[:, window, column].mean(axis=1)
    low, high = quantiles(change, weight, (0.05, 0.95))
    worth = _worth(ensemble, (paths, spared), item.factor, window)
    owners = [owner for option in item.options for owner in model.situation.options[option].owners]
    return {
        "kind": "erosion",
        "norm": item.norm,
        "factor": item.factor,
        "factor_name": model.situation.factors[item.factor].name,
        "by_moves": item.options,
        "years": years,
        "change": mean(change, weight),
        "low": low,
        "high": high,
        "worth": worth,
        "own_cost": {actor: worth[actor] for actor in _violators(ensemble, item) if worth.get(actor, 0.0) < 0},
        "breakers": tuple(dict.fromkeys(owners)),
        "claims": item.claims,
    }


def _violators(ensemble: Ensemble, item: Erosion) -> tuple[str, ...]:
    """Everyone whose options the rule forbids."""
    named = (rule.actor for rule in ensemble.model.situation.norms if rule.norm == item.norm and rule.kind == "forbids")
    return tuple(dict.fromkeys(named))


def _unused(ensemble: Ensemble, held: Intervention, item: Erosion) -> tuple[Hold, ...]:
    options = [ensemble.model.tables.options.index(option) for option in item.options]
    taken = {hold.index for hold in held.holds if hold.held is Held.OPTION}
    return tuple(Hold(Held.OPTION, option, 0.0) for option in options if option not in taken)


def _worth(ensemble: Ensemble, pair: tuple[Paths, Paths], factor: str, window: slice) -> dict[str, float]:
    """What the change is worth to each actor, in points, through the interests that read the factor."""
    model, weight = ensemble.model, ensemble.draws.weight
    parts = [utility_parts(model.tables, ensemble.draws, paths).interests for paths in pair]
    change = (parts[0] - parts[1])[:, window].mean(axis=1) / POINT
    entries = model.union.keyed(model.situation.interests, lambda reading: reading.interests, lambda item: item.key)
    worth: dict[str, float] = {}
    for number, entry in enumerate(entries):
        if factor in names_of(entry.item.term):
            worth[entry.item.actor] = worth.get(entry.item.actor, 0.0) + mean(change[:, number], weight)
    return worth


def _move_sentences(rows: tuple[Row, ...]) -> Iterator[str]:
    counts = {status: sum(row["status"] == status for row in rows) for status in ("violates", "exempt", "clean")}
    yield (
        f"Kinds of moves made or standing: {len(rows)}; breaking a rule {counts['violates']}, "
        f"exempt {counts['exempt']}, clean {counts['clean']}."
    )
    broken = sorted((row for row in rows if row["status"] == "violates"), key=lambda row: -row["share"])
    yield from (_broken_sentence(row) for row in broken[:TOLD])
    for row in rows:
        if row["status"] == "exempt":
            made = "stands at the start" if row["stands_at_start"] else f"is made in {share(row['share'])} of draws"
            yield f"'{row['name']}' by {listed(row['by_names'])} {made}; {listed(row['rule'])} exempts it."


def _broken_sentence(row: Row) -> str:
    price = listed(f"{two_digits(value)} points" for value in row["price"].values())
    start = "; it stands at the start" if row["stands_at_start"] else ""
    return (
        f"{listed(row['by_names'])} breaking {listed(row['rule'])} by '{row['name']}' is {describe(row['share'])}"
        f"{start}; while it lasts the rule costs the violator {price}."
    )


def _promise_sentences(ensemble: Ensemble, rows: tuple[Row, ...]) -> Iterator[str]:
    shown = 10 if ensemble.model.calendar.days else 7
    for row in rows:
        who = f"{row['by_name']} {'together ' if row['together'] else ''}to do '{row['move']}' if {row['trigger']}"
        if row["honoured"] is None:
            yield f"The promise of {who} never falls due."
            continue
        yield (
            f"The promise of {who} falls due in {share(row['due'])} of draws (half of them by {row['first'][:shown]}) "
            f"and is honoured in {share(row['honoured'])} of cases."
        )


def _erosion_sentences(ensemble: Ensemble, rows: tuple[Row, ...]) -> Iterator[str]:
    for row in rows:
        low, high = (f"{row[key]:+.2f}" for key in ("low", "high"))
        yield (
            f"{capital(row['factor_name'])}: breaches of {row['norm']} change it by {row['change']:+.2f} "
            f"({low} to {high} in 90% of draws) after {duration_words(12 * row['years'])}."
        )
        for actor, cost in row["own_cost"].items():
            name = actor_name(ensemble.model, actor)
            yield f"{name}, itself among those who break {row['norm']}, loses {signed(cost)} points by that."


def _trace(ensemble: Ensemble) -> Iterator[Row]:
    """Every rule and promise as written: price in points, likelihood."""
    for rule in ensemble.model.situation.norms:
        points = 0.0 if rule.price is None else -100.0 * float(rule.price.central)
        yield ground(f"{rule.norm}, points", rule.key, points, rule.support)
    for item in ensemble.model.situation.promises:
        yield ground("promises, likelihood", item.key, float(item.likelihood.central), item.support)
