"""A joint option as an agreement: who is in it, who can be added, and what any subset of its makers can bring about.

Worth of a set of actors: the gains of the coalition (its members and candidates) from holding every contribution
whose parties all belong to the set; a contribution is an option at a level. With one agreement that needs everybody
this is the unanimity game, in which every member's Shapley value is the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.holds import Intervention
from realpolitik.compiled.model import Model
from realpolitik.compiled.wording import option_name
from realpolitik.dynamics.tables import Held, Hold
from realpolitik.errors import QuestionRefused
from realpolitik.situation.model import Option

Reals = NDArray[np.float64]


@dataclass(frozen=True)
class Agreement:
    """A joint option (its number in the tables) at a level, with its parties in the order listed."""

    option: int
    level: int
    parties: tuple[str, ...]
    name: str
    written: Option = field(compare=False)

    def hold(self, level: int | None = None, start: int = 0) -> Hold:
        """It at its level, or at another, from a period on."""
        return Hold(Held.OPTION, self.option, float(self.level if level is None else level), start)

    @property
    def held(self) -> Intervention:
        """It in force against its status quo."""
        return Intervention((self.hold(),), (self.hold(self.written.now),))


def agreement(model: Model, held: Intervention) -> Agreement:
    """The one joint option that is held. Raises `QuestionRefused` where something else is."""
    options = model.tables.options
    held_options = [hold for hold in held.holds if hold.held is Held.OPTION]
    if len(held.holds) != 1 or not held_options:
        raise QuestionRefused("An agreement is one joint option at a level, such as PACT.drill=public.")
    hold = held_options[0]
    written = model.situation.options[options[hold.index]]
    if len(written.owners) < 2:
        raise QuestionRefused(f"{written.id} belongs to {written.owners[0]} alone; an agreement needs several parties.")
    return _made(model, hold.index, int(hold.value))


def _made(model: Model, option: int, level: int) -> Agreement:
    written = model.situation.options[model.tables.options[option]]
    return Agreement(option, level, written.owners, option_name(model, written.id, level), written)


def accessions(model: Model, core: Agreement, candidate: str) -> tuple[Agreement, ...]:
    """The joint options, at their highest level, by which a candidate would join members of the agreement."""
    return tuple(
        _made(model, number, len(item.levels) - 1)
        for number, item in enumerate(model.situation.options.values())
        if candidate in item.owners and candidate not in core.parties and set(item.owners) & set(core.parties)
    )


def candidates(model: Model, core: Agreement) -> tuple[str, ...]:
    """Who is asked to join all of the agreement's parties by a joint option of theirs, in file order."""
    found = [
        owner
        for item in model.situation.options.values()
        if set(item.owners) > set(core.parties)
        for owner in item.owners
        if owner not in core.parties
    ]
    return tuple(dict.fromkeys(found))


Value = Callable[[Intervention], Reals]


def worths(players: tuple[str, ...], contributions: tuple[Agreement, ...], value: Value) -> Reals:
    """What every set of players can bring about, (2^players,): bit i = player i; the empty set 0.

    `value` gives the mean gain of every player (player,) from holding some contributions; a set's worth is their sum.
    """
    out: Reals = np.zeros(2 ** len(players))
    known: dict[tuple[Agreement, ...], float] = {(): 0.0}
    for number in range(1, len(out)):
        chosen = {player for bit, player in enumerate(players) if number >> bit & 1}
        done = tuple(item for item in contributions if set(item.parties) <= chosen)
        if done not in known:
            known[done] = float(value(together(done)).sum())
        out[number] = known[done]
    return out


def together(done: tuple[Agreement, ...]) -> Intervention:
    """Several contributions in force at once."""
    held = [item.held for item in done]
    return Intervention(tuple(h for i in held for h in i.holds), tuple(h for i in held for h in i.status_quo))


def in_order(first: Agreement, second: Agreement, after: int) -> Intervention:
    """One now and the other `after` periods later (at its status quo until then), against neither."""
    until = replace(second.hold(second.written.now), end=after)
    holds = (first.hold(), until, second.hold(start=after))
    return Intervention(holds, (first.hold(first.written.now), second.hold(second.written.now)))


def periods(ensemble: Ensemble, years: float) -> int:
    """Whole periods in some years."""
    return round(years * ensemble.model.calendar.per_year)
