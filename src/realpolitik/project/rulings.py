"""What the model ruled in a game: the odds each change had, what was drawn, and why; and a look back at the end.

Odds: 64 courses of chance in the game's world with the same moves before the period, everybody deciding by the model
from then on. A reason given to a seat never names what is hidden from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from realpolitik.analyses.why import why
from realpolitik.compiled import Settings
from realpolitik.compiled.holds import Intervention
from realpolitik.compiled.thinned import thinned
from realpolitik.compiled.wording import actor_name, option_name
from realpolitik.dynamics.tables import Draws, Held, Hold, Paths
from realpolitik.project.play import POINT, WORLDS, Choice, Game
from realpolitik.project.whatif import State, WhatIf

HIDDEN = "for reasons this seat cannot see"
NOTHING = "a promise, or a taste of its own: nothing it values moves by it within the year"


@dataclass(frozen=True)
class Change:
    """An option that moved: its number, its levels before and after, the period."""

    option: int
    before: int
    after: int
    period: int


@dataclass(eq=False)
class Umpire:
    """The odds and reasons of one game, each computed once."""

    game: Game
    courses: dict[bytes, WhatIf] = field(default_factory=dict)
    drawn: list[Draws] = field(default_factory=list)

    def rulings(self, turn: int, choices: Sequence[Choice], *, told_to: str = "") -> list[dict[str, Any]]:
        """Every change of an option in a turn that was played: the odds it had, what was drawn, and why.

        `told_to`: only what that seat can see.
        """
        paths = self.game.course(choices)
        return [
            self._ruling(change, paths, told_to)
            for change in self._changes(turn, paths)
            if not told_to or change.option not in self._hidden_options(told_to)
        ]

    def _changes(self, turn: int, paths: Paths) -> Iterator[Change]:
        first, last = self.game.turns[turn], self.game.model.calendar.periods
        for period in range(first, min(first + self.game.step, last + 1)):
            before = self.game.model.tables.option_now if period == 0 else paths.levels[0, period - 1]
            for number in np.flatnonzero(paths.levels[0, period] != before):
                yield Change(int(number), int(before[number]), int(paths.levels[0, period, number]), period)

    def _hidden_options(self, seat: str) -> set[int]:
        tables = self.game.model.tables
        view = int(tables.actor_view[tables.actors.index(seat)])
        return set(np.flatnonzero(tables.view_hidden_option[view]).tolist())

    def _ruling(self, change: Change, paths: Paths, told_to: str) -> dict[str, Any]:
        model, name = self.game.model, self.game.model.tables.options[change.option]
        item, mine = model.situation.options[name], name in self.game.own
        found = self.others(paths, change.period).run().levels[:, change.period, change.option]
        return {
            "date": model.calendar.date_of(change.period).isoformat(), "option": name, "by": item.owners,
            "seat": mine, "words": option_name(model, name, change.after), "before": item.levels[change.before],
            "level": item.levels[change.after], "odds": float((found == change.after).mean()), "of": WORLDS,
            "world": self.game.world, "why": () if mine else self._why(item.owners, change, paths, told_to),
        }  # fmt: skip

    def others(self, paths: Paths, period: int) -> WhatIf:
        """64 courses of chance with the same moves before `period`, everybody deciding by the model from then on."""
        key = period.to_bytes(4, "big") + paths.levels[0, :period].tobytes()
        if key not in self.courses:
            given = self.game.project.settings
            settings = Settings(draws=WORLDS, seed=given.seed, kernel=given.kernel, threads=1)
            made = Pinned(self.game.model, settings, state=State(holds=past(paths, period)))
            made.known["draws"] = self._draws()
            self.courses[key] = made
        return self.courses[key]

    def _draws(self) -> Draws:
        """This world's judgements under 64 courses of chance."""
        if not self.drawn:
            game = self.game
            every = game.model.draws(game.world, game.world + 1, seed=game.project.settings.seed, replicas=WORLDS)
            rows = np.flatnonzero(every.combination == game.row(game.model).combination[0])
            self.drawn.append(every.rows(rows))
        return self.drawn[0]

    def _why(self, movers: Sequence[str], change: Change, paths: Paths, told_to: str) -> tuple[str, ...]:
        """What the change brings the party that leads it, in its largest parts, after a year."""
        calendar = self.game.model.calendar
        years = min(1.0, (calendar.periods - change.period) / calendar.per_year)
        if years <= 0:
            return ()
        held, quo = (
            Hold(Held.OPTION, change.option, float(level), change.period) for level in (change.after, change.before)
        )
        ensemble = self.others(paths, change.period)
        found = why(ensemble, Intervention((held,), (quo,)), movers[0], years).sentences[:2]
        if not found:
            return (NOTHING,)
        names = self._unseen(told_to) if told_to else set()
        open_ones = tuple(words for words in found if not any(name in words for name in names))
        return open_ones if len(open_ones) == len(found) else (*open_ones, HIDDEN)

    def _unseen(self, seat: str) -> set[str]:
        """Names and ids of everything hidden from a seat."""
        tables, situation = self.game.model.tables, self.game.model.situation
        view = int(tables.actor_view[tables.actors.index(seat)])
        factors = [tables.factors[i] for i in np.flatnonzero(tables.view_hidden_factor[view])]
        options = [tables.options[i] for i in np.flatnonzero(tables.view_hidden_option[view])]
        named = [situation.factors[name].name for name in factors] + [situation.options[name].name for name in options]
        return {*factors, *options, *named}

    # Looking back

    def debrief(self, choices: Sequence[Choice]) -> dict[str, Any]:
        """What the choices were worth to each seat, and what the model would have done at each turn instead."""
        last = min(len(choices) * self.game.step, self.game.model.calendar.periods)
        return {
            "seats": [self._worth(seat, choices, last) for seat in self.game.seats],
            "worlds": WORLDS,
            "until": self.game.model.calendar.date_of(last).isoformat(),
            "turns": [row for turn in range(len(choices)) for row in self._instead(turn, choices)],
        }

    def _worth(self, seat: str, choices: Sequence[Choice], last: int) -> dict[str, Any]:
        """Points gained against the model's own play of the seat: in this world, and on average over 64."""
        game, number = self.game, self.game.model.tables.actors.index(seat)
        seed, held = game.project.settings.seed, game.holds(choices)
        worlds = [
            game.run(model, thinned(model.draws(0, WORLDS, seed=seed)), holds)
            for model, holds in ((game.table, held), (game.model, ()))
        ]
        pairs = ((game.course(choices), game.free()), (worlds[0], worlds[1]))
        gains = [float((a.utility - b.utility)[:, : last + 1, number].mean() / POINT) for a, b in pairs]
        return {"seat": seat, "name": actor_name(game.model, seat), "here": gains[0], "on_average": gains[1]}

    def _instead(self, turn: int, choices: Sequence[Choice]) -> Iterator[dict[str, Any]]:
        """Own options at the end of a turn: what was chosen, and what the model would most often have chosen."""
        game = self.game
        period, paths = game.turns[turn], game.course(choices)
        end = min(period + game.step - 1, game.model.calendar.periods)
        others = self.others(paths, period).run()
        for name in game.own:
            number = game.model.tables.options.index(name)
            counts = np.bincount(others.levels[:, end, number], minlength=len(game.model.tables.levels[number]))
            chosen, usual = int(paths.levels[0, end, number]), int(counts.argmax())
            if chosen != usual:
                yield {
                    "turn": turn + 1, "date": game.model.calendar.date_of(period).isoformat(), "option": name,
                    "chosen": option_name(game.model, name, chosen), "model": option_name(game.model, name, usual),
                    "odds": float(counts[usual] / counts.sum()), "odds_chosen": float(counts[chosen] / counts.sum()),
                }  # fmt: skip


def past(paths: Paths, period: int) -> tuple[Hold, ...]:
    """Every option held where it stood, in the world only, from the start to before `period`."""
    found = []
    for number in range(paths.levels.shape[2]):
        levels = paths.levels[0, :period, number]
        cuts = [0, *(np.flatnonzero(np.diff(levels)) + 1).tolist(), period]
        found += [
            Hold(Held.OPTION, number, float(levels[start]), start, end, secret=True)
            for start, end in pairwise(cuts)
            if start < end
        ]
    return tuple(found)


@dataclass(eq=False)
class Pinned(WhatIf):
    """Courses with one past: what is held from a period on does not displace what was held before it."""

    def forced(self, holds: tuple[Hold, ...]) -> tuple[Hold, ...]:
        """The past, then `holds`."""
        return (*self.state.holds, *holds)
