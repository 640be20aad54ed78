"""What is an agreement worth to its members and to outsiders, who would block or leave it, and whom to add, in what
order?

Method: gains of the agreement in force against its status quo, everybody else reacting (and by itself), over the year
that ends `years` after. Consent: the share of draws in which a member gains, discounted with its own patience.
Leaving: the gain of the lowest level over the agreed one, by itself. A member blocks alone where it is the only one
not to gain. A candidate's marginal value is what its accession adds once the agreement stands. Shapley values
(Shapley, A Value for n-Person Games, 1953) share out what the members can bring about together (see
`compiled.agreements`): the difference to a member's own gain is what it would pay (+) or be paid (-) in a division by
them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.about import about
from realpolitik.compiled.agreements import (
    Agreement,
    accessions,
    agreement,
    candidates,
    in_order,
    periods,
    together,
    worths,
)
from realpolitik.compiled.contrasts import LOSS
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.grounds import ground
from realpolitik.compiled.holds import Intervention
from realpolitik.compiled.unilateral import Replays, middle, reached, total_gains
from realpolitik.compiled.wording import actor_name
from realpolitik.errors import QuestionRefused, did_you_mean
from realpolitik.games.classical import shapley
from realpolitik.language.likelihood import describe
from realpolitik.language.sentences import listed, share, signed
from realpolitik.language.time import duration_words
from realpolitik.results.result import Labelled, Result
from realpolitik.results.statistics import mean, quantiles

Reals = NDArray[np.float64]
Row = Mapping[str, Any]
WAIT = 1.5
"""Years between the first and the second step, where two orders of joining are compared."""


@dataclass(frozen=True, eq=False)
class Asked:
    """Which agreement, whom to add, and after how long."""

    ensemble: Ensemble
    core: Agreement
    added: tuple[tuple[str, Agreement], ...]
    years: float

    @property
    def players(self) -> tuple[str, ...]:
        """Members, then candidates."""
        return tuple(dict.fromkeys((*self.core.parties, *(name for name, _ in self.added))))

    def place(self, actor: str) -> int:
        """An actor's number."""
        return self.ensemble.model.tables.actors.index(actor)

    def average(self, values: Reals) -> float:
        """The weighted mean over draws."""
        return mean(values, self.ensemble.draws.weight)


def coalitions(
    ensemble: Ensemble, held: Intervention, *, candidate: str = "", years: float | None = None, wait: float = WAIT
) -> Result:
    """Who gains from an agreement, who blocks or leaves, whom to add, and in what order?

    `candidate`: by default whoever is asked to join all members by a joint option. Rows of kind `party`: one for each
    actor with its gain (total, by itself), and for members `consents`, `blocks_alone`, `leaves` and `shapley`; of
    kind `candidate`: what its accession adds to each actor once the agreement stands, and without it; of kind
    `order`: core first or enlarge first. Array: `gain` (step, actor). Raises `QuestionRefused` for anything but one
    joint option.
    """
    core, calendar = agreement(ensemble.model, held), ensemble.model.calendar
    wait = min(WAIT, calendar.periods / calendar.per_year / 6) if wait == WAIT else wait
    asked = Asked(ensemble, core, _added(ensemble, core, candidate), middle(ensemble) if years is None else years)
    parties = tuple(_parties(asked))
    joining = tuple(row for name, step in asked.added for row in _candidate(asked, name, step))
    orders = tuple(row for name, step in asked.added for row in _orders(asked, name, step, wait))
    return Result(
        "coalitions",
        f"What is '{core.name}' worth, and to whom?",
        (*parties, *joining, *orders),
        (*_party_sentences(asked, parties), *_candidate_sentences(asked, joining), *_order_sentences(asked, orders)),
        _arrays(asked, parties, joining),
        about(ensemble, unit="points", years=asked.years, enter=core.written.enter, leave=core.written.leave),
        tuple(_trace(asked)),
    )


def _added(ensemble: Ensemble, core: Agreement, candidate: str) -> tuple[tuple[str, Agreement], ...]:
    model = ensemble.model
    if candidate and candidate not in model.tables.actors:
        raise QuestionRefused(f"'{candidate}' is no actor. {did_you_mean(candidate, model.tables.actors)}".strip())
    names = (candidate,) if candidate else candidates(model, core)
    found = tuple((name, step) for name in names for step in accessions(model, core, name)[:1])
    if candidate and not found:
        raise QuestionRefused(f"No joint option brings {candidate} together with members of {core.written.id}.")
    return found


def _parties(asked: Asked) -> Iterator[Row]:
    ensemble, core = asked.ensemble, asked.core
    total = total_gains(ensemble, core.held, asked.years)
    alone = Replays(ensemble, asked.years).gains(core.held)
    consent = total_gains(ensemble, core.held, None) > 0
    leaving = Replays(ensemble, None).gains(Intervention((core.hold(0),), (core.hold(),)))
    values = dict(zip(asked.players, _shapley(asked), strict=True))
    refusing = (~consent[:, [asked.place(name) for name in core.parties]]).sum(axis=1)
    for actor in ensemble.model.tables.actors:
        number = asked.place(actor)
        low, high = quantiles(total[:, number], ensemble.draws.weight, (0.05, 0.95))
        row: dict[str, Any] = {
            "kind": "party",
            "actor": actor,
            "name": actor_name(ensemble.model, actor),
            "member": actor in core.parties,
            "gain": asked.average(total[:, number]),
            "low": low,
            "high": high,
            "by_itself": asked.average(alone[:, number]),
            "share_losing": asked.average((total[:, number] < -LOSS).astype(np.float64)),
            "shapley": values.get(actor),
        }
        if actor in core.parties:
            row.update(_as_member(asked, consent[:, number], leaving[:, number], refusing))
        yield row


def _as_member(asked: Asked, consent: NDArray[np.bool_], leaving: Reals, refusing: Reals) -> Row:
    alone = ~consent & (refusing == 1)
    return {
        "consents": asked.average(consent.astype(np.float64)),
        "blocks_alone": asked.average(alone.astype(np.float64)),
        "leaves": asked.average((leaving > LOSS).astype(np.float64)),
    }


def _shapley(asked: Asked) -> Reals:
    """Shapley values of members and candidates, points: gains by themselves of what each set can bring about."""
    contributions = (asked.core, *dict.fromkeys(step for _, step in asked.added))
    places = [asked.place(name) for name in asked.players]
    replays, weight = Replays(asked.ensemble, asked.years), asked.ensemble.draws.weight

    def value(held: Intervention) -> Reals:
        gains = replays.gains(held)[:, places]
        return np.asarray((gains * weight[:, None]).sum(axis=0) / weight.sum())

    return shapley(worths(asked.players, contributions, value))


def _candidate(asked: Asked, name: str, step: Agreement) -> Iterator[Row]:
    """What a candidate's accession adds to every actor, with the agreement in force and without it."""
    ensemble = asked.ensemble
    core = asked.core
    firm = Intervention((core.hold(), step.hold()), (core.hold(), step.hold(step.written.now)))
    loose = Intervention((core.hold(core.written.now), step.hold()), together((core, step)).status_quo)
    added, before = (total_gains(ensemble, held, asked.years) for held in (firm, loose))
    for actor in ensemble.model.tables.actors:
        number = asked.place(actor)
        low, high = quantiles(added[:, number], ensemble.draws.weight, (0.05, 0.95))
        yield {
            "kind": "candidate",
            "candidate": name,
            "step": step.name,
            "actor": actor,
            "name": actor_name(ensemble.model, actor),
            "member": actor in asked.players,
            "adds": asked.average(added[:, number]),
            "low": low,
            "high": high,
            "adds_before": asked.average(before[:, number]),
        }


def _orders(asked: Asked, name: str, step: Agreement, wait: float) -> Iterator[Row]:
    """Core first or enlarge first: gains of members and the candidate, and whether the second step then follows."""
    ensemble, core, later = asked.ensemble, asked.core, periods(asked.ensemble, wait)
    joined = (*core.parties, name)
    for first, second in ((core, step), (step, core)):
        gains = total_gains(ensemble, in_order(first, second, later), None)
        slot = int(ensemble.model.tables.slot_start[second.option]) + second.level
        follows = reached(ensemble, first.held, asked.years)[:, slot].astype(np.float64)
        yield {
            "kind": "order",
            "first": first.name,
            "second": second.name,
            "wait": wait,
            "candidate": name,
            "gains": {actor: asked.average(gains[:, asked.place(actor)]) for actor in joined},
            "sum": sum(asked.average(gains[:, asked.place(actor)]) for actor in joined),
            "follows": asked.average(follows),
        }


def _party_sentences(asked: Asked, rows: tuple[Row, ...]) -> Iterator[str]:
    members = [row for row in rows if row["member"]]
    moved = (row for row in rows if not row["member"] and abs(row["gain"]) >= LOSS)
    outsiders = sorted(moved, key=lambda row: row["gain"])
    yield f"'{asked.core.name}' to its members: {_gains(members)}."
    if outsiders:
        yield f"To outsiders: {_gains(outsiders)}."
    least = min(members, key=lambda row: row["consents"])
    yield f"Least willing is {least['name']}; that it gains by its own patience is {describe(least['consents'])}."
    for row in sorted(members, key=lambda item: -item["blocks_alone"]):
        if row["blocks_alone"] >= 0.05:
            yield f"{row['name']} alone stands in the way in {share(row['blocks_alone'])} of draws."
    yield from (
        f"{row['name']} would leave it in {share(row['leaves'])} of draws." for row in members if row["leaves"] >= 0.05
    )
    valued = [row for row in rows if row["shapley"] is not None]
    yield f"Shapley values, by itself: {_named(valued, 'shapley')} points."


def _gains(rows: list[Row]) -> str:
    return listed(
        f"{row['name']} {signed(row['gain'])} ({signed(row['low'])} to {signed(row['high'])})" for row in rows
    )


def _named(rows: list[Row], key: str) -> str:
    return listed(f"{row['name']} {signed(row[key])}" for row in rows)


def _candidate_sentences(asked: Asked, rows: tuple[Row, ...]) -> Iterator[str]:
    for name in dict.fromkeys(row["candidate"] for row in rows):
        own = [row for row in rows if row["candidate"] == name]
        members = [row for row in own if row["member"]]
        yield (
            f"Adding {actor_name(asked.ensemble.model, name)} once it stands brings "
            f"{_named(members, 'adds')} points; before it stands "
            f"{listed(signed(row['adds_before']) for row in members)}."
        )


def _order_sentences(asked: Asked, rows: tuple[Row, ...]) -> Iterator[str]:
    for core_first, enlarge_first in zip(rows[::2], rows[1::2], strict=True):
        better = max((core_first, enlarge_first), key=lambda row: row["sum"])
        gap = abs(core_first["sum"] - enlarge_first["sum"])
        close = "it hardly matters" if gap < LOSS else f"better with '{better['first']}' first"
        yield (
            f"Order, {duration_words(12 * core_first['wait'])} apart: {close} "
            f"({signed(core_first['sum'])} points in all with "
            f"'{core_first['first']}' first, {signed(enlarge_first['sum'])} with '{enlarge_first['first']}' first)."
        )
        yield from (
            f"That '{row['second']}' follows of itself after '{row['first']}' is {describe(row['follows'])}."
            for row in (core_first, enlarge_first)
        )


def _arrays(asked: Asked, parties: tuple[Row, ...], joining: tuple[Row, ...]) -> dict[str, Labelled]:
    actors = asked.ensemble.model.tables.actors
    steps = (asked.core.name, *(f"{step.name}, added" for _, step in asked.added))
    rows = [[row["gain"] for row in parties]]
    rows += [[row["adds"] for row in joining if row["candidate"] == name] for name, _ in asked.added]
    return {"gain": Labelled(("step", "actor"), {"step": steps, "actor": actors}, np.array(rows), "points")}


def _trace(asked: Asked) -> Iterator[Row]:
    """The options of the agreement and of the steps beside it, and what stands behind their prices."""
    known = {item.option: item for item in (asked.core, *(step for _, step in asked.added))}
    for item in known.values():
        for price in item.written.prices:
            if price.level == item.level:
                points = -100.0 * float(price.amount.central)
                yield ground(
                    f"price of {item.name}, points", f"{item.written.id}, {price.actor}", points, price.support
                )
