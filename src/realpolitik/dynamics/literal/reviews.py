"""What is decided in a period, and what comes of it (step 4)?

Everything due is decided from one state: options of one party (each actor sees its own earlier decisions), then joint
options, then exchanges; then changes whose `requires` does not hold are dropped.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from realpolitik.dynamics.chance import phase_of, uniform_of
from realpolitik.dynamics.literal.choice import decide_alone, decide_jointly, forms, raised
from realpolitik.dynamics.literal.inputs import Model
from realpolitik.dynamics.literal.moment import Moment, held_now, stands
from realpolitik.dynamics.literal.promises import Promises, holds_for
from realpolitik.dynamics.literal.state import State, weights_of
from realpolitik.dynamics.literal.terms import evaluate, holds
from realpolitik.dynamics.tables import Held


class Agenda:
    """What brings reviews on besides the calendar: `or on` triggers, broken exchanges, promises of consent."""

    def __init__(self, model: Model, states: Sequence[State], levels: Sequence[int]) -> None:
        self.model = model
        self.triggered = self._triggers(states)
        self.standing = self._standing(levels)
        self.called: set[int] = set()

    def _triggers(self, states: Sequence[State]) -> list[bool]:
        return [
            option.on >= 0 and holds_for(self.model, states, option.on, option.parties[0].actor)
            for option in self.model.options
        ]

    def _standing(self, levels: Sequence[int]) -> list[bool]:
        return [stands(self.model, e, levels) for e in range(len(self.model.exchanges))]

    def crossings(self, states: Sequence[State]) -> set[int]:
        """Which options' `or on` triggers hold now and did not a period ago?"""
        before, self.triggered = self.triggered, self._triggers(states)
        return {k for k, was in enumerate(before) if self.triggered[k] and not was}

    def close(self, levels: Sequence[int]) -> list[bool]:
        """Which exchanges stand at the end of a period? Legs left of broken ones are called up for the next."""
        before, self.standing = self.standing, self._standing(levels)
        broken = [e for e, stood in enumerate(before) if stood and not self.standing[e]]
        legs = [leg for e in broken for leg in self.model.exchanges[e].legs]
        self.called = {option for option, level in legs if levels[option] >= level}
        return self.standing

    def in_turn(self, key: int, review: int, t: int) -> bool:
        """Is a thing due by the calendar?"""
        return (t + phase_of(self.model.n, key, review, self.model.seed)) % review == 0

    def due(self, moment: Moment, crossed: set[int], promised: set[int]) -> list[int]:
        """Which options are reviewed in this period, in file order?"""
        held = held_now(moment.plan, Held.OPTION, moment.t)
        forced = crossed | promised | self.called
        return [
            k
            for k, option in enumerate(self.model.options)
            if k not in held
            and k not in moment.kept
            and (k in forced or self.in_turn(option.phase_key, option.review, moment.t))
        ]

    def due_exchange(self, moment: Moment, e: int, levels: Sequence[int]) -> bool:
        """Is an exchange reviewed in this period?"""
        exchange = self.model.exchanges[e]
        bound = moment.kept.union(held_now(moment.plan, Held.OPTION, moment.t))
        free = all(option not in bound for option, _ in exchange.legs)
        return (
            free and not stands(self.model, e, levels) and self.in_turn(exchange.phase_key, exchange.review, moment.t)
        )


@dataclass
class Review:
    """The decisions of one period."""

    moment: Moment
    levels: Sequence[int]
    decided: dict[int, int] = field(default_factory=dict)
    margins: list[float] = field(default_factory=list)

    def hold(self, agenda: Agenda, due: Sequence[int], promises: Promises) -> None:
        """Decide everything due."""
        options = self.moment.model.options
        self._alone([k for k in due if len(options[k].parties) == 1])
        together = list(self.levels)
        for k in due:
            if len(options[k].parties) > 1:
                together[k], margin = decide_jointly(self.moment, k, together, promises.consents(k, self.moment.t))
                self._note({k: together[k]}, margin)
        self._exchanges(agenda, together)

    def _note(self, decided: dict[int, int], margin: float) -> None:
        self.decided |= decided
        self.margins.append(margin)

    def _alone(self, due: Sequence[int]) -> None:
        """Every actor decides its due options one after another, seeing its own decisions only."""
        model, t = self.moment.model, self.moment.t
        order = {k: uniform_of(model.n, model.r, model.options[k].order_key, t, model.seed) for k in due}
        seen: dict[int, list[int]] = {}
        for k in sorted(due, key=lambda k: (order[k], k)):
            levels = seen.setdefault(model.options[k].parties[0].actor, list(self.levels))
            levels[k], margin = decide_alone(self.moment, k, levels)
            self._note({k: levels[k]}, margin)

    def _exchanges(self, agenda: Agenda, together: list[int]) -> None:
        for e in range(len(self.moment.model.exchanges)):
            if agenda.due_exchange(self.moment, e, together):
                move = raised(self.moment, e, together)
                formed, margin = forms(self.moment, e, together)
                self._note(move if formed else {}, margin)
                for option, level in move.items() if formed else ():
                    together[option] = level

    def outcome(self, before: Sequence[int]) -> tuple[list[int], float]:
        """The levels after the period, changes from `before` barred by `requires` dropped; the smallest margin."""
        model, truth = self.moment.model, self.moment.states[0]
        levels = [self.decided.get(k, level) for k, level in enumerate(self.levels)]
        for k, option in enumerate(model.options):
            new = levels[k]
            if new != before[k] and option.requires[new] >= 0:
                levels[k] = before[k]
                values = evaluate(model, truth.x, weights_of(model, levels), exact=True)
                levels[k] = new if holds(option.requires[new], values) else before[k]
        return levels, min(self.margins, default=math.inf)
