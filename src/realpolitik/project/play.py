"""A seat at the table: somebody decides for one party or several, the model for all others, turn by turn.

A game is a world (one draw of the judgements, one course of chance, one combination of hypotheses) and the list of
choices made so far; everything else follows from them, so a game can be repeated, undone and checked. The seats'
options are held in the world only, in nobody's look-ahead: the others answer what they see, not what will be chosen. A
joint option with a seat among its parties is decided by the other parties alone; the seat agrees, holds it where it is,
or leaves it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from realpolitik.compiled import Model
from realpolitik.compiled import compile as compiled
from realpolitik.compiled.measures import series
from realpolitik.compiled.thinned import thinned
from realpolitik.dynamics.engine import simulate
from realpolitik.dynamics.tables import Draws, Held, Hold, Paths, Plan
from realpolitik.errors import QuestionRefused, did_you_mean
from realpolitik.project.project import Project
from realpolitik.situation.model import Situation

WORLDS = 64
POINT = 0.01
Choice = Mapping[str, str]
"""One turn: option -> level held; a joint option that is not named goes with the other parties."""


@dataclass(eq=False)
class Game:
    """`seats`: who is played by people. `world`: which of 64 worlds. `step`: periods between turns (0: half a year)."""

    project: Project
    seats: tuple[str, ...]
    world: int = 0
    step: int = 0
    paths: dict[str, Paths] = field(default_factory=dict)

    def __post_init__(self) -> None:
        actors = self.project.situation.actors
        for seat in self.seats:
            if seat not in actors:
                raise QuestionRefused(f"'{seat[:60]}' is no actor. {did_you_mean(seat[:60], actors)}".strip())
        if not self.seats or len(set(self.seats)) < len(self.seats):
            raise QuestionRefused("Name the party you play, each once.")
        if not 0 <= self.world < WORLDS or not 0 <= self.step <= self.model.calendar.periods:
            raise QuestionRefused(f"A world is a number from 0 to {WORLDS - 1}; a turn lasts at most the whole run.")
        calendar = self.model.calendar
        self.step = self.step or max(1, calendar.periods // 12 if calendar.days else calendar.per_year // 2)

    @property
    def model(self) -> Model:
        """The situation in which everybody decides by the model."""
        return self.project.model

    @cached_property
    def table(self) -> Model:
        """The situation in which joint options are decided without the seats."""
        return compiled(consenting(self.project.situation, self.seats))

    @cached_property
    def turns(self) -> tuple[int, ...]:
        """The periods at which the seats decide."""
        return tuple(range(0, self.model.calendar.periods, self.step))

    @cached_property
    def own(self) -> tuple[str, ...]:
        """Options that the seats decide alone."""
        options = self.project.situation.options
        return tuple(name for name, item in options.items() if set(item.owners) <= set(self.seats))

    @cached_property
    def joint(self) -> tuple[str, ...]:
        """Options that need a seat's consent and somebody else's."""
        options = self.project.situation.options.items()
        return tuple(name for name, item in options if set(item.owners) & set(self.seats) and name not in self.own)

    # The course of the world

    def course(self, choices: Sequence[Choice]) -> Paths:
        """What happens in this world under the choices so far, own options staying as last chosen."""
        key = repr([sorted(choice.items()) for choice in choices])
        if key not in self.paths:
            self.paths[key] = self.run(self.table, self.row(self.table), self.holds(choices))
        return self.paths[key]

    def free(self) -> Paths:
        """What happens in this world if the seats too decide by the model."""
        return self.run(self.model, self.row(self.model), ())

    def run(self, model: Model, draws: Draws, holds: tuple[Hold, ...]) -> Paths:
        """One run of the kernel with `holds`."""
        settings = self.project.settings
        plan = Plan(holds=holds)
        return simulate(
            model.tables, draws, plan, seed=settings.seed, depth=settings.depth, kernel=settings.kernel, threads=1
        )

    def row(self, model: Model) -> Draws:
        """This world: one draw under one combination of hypotheses."""
        drawn = thinned(model.draws(0, WORLDS, seed=self.project.settings.seed))
        return drawn.rows(slice(self.world, self.world + 1))

    def holds(self, choices: Sequence[Choice]) -> tuple[Hold, ...]:
        """The choices as holds in the world only: own options from turn to turn and for good, joint ones if named."""
        found: list[Hold] = []
        for name in self.own:
            level = self._now(name)
            for number in range(max(1, len(choices))):
                chosen = choices[number].get(name) if choices else None
                level = level if chosen is None else self.level(name, chosen)
                found.append(self._hold(name, level, number, last=number >= len(choices) - 1))
        for number, choice in enumerate(choices):
            found += [self._hold(name, self.level(name, choice[name]), number) for name in self.joint if name in choice]
        return tuple(found)

    def _hold(self, name: str, level: int, turn: int, *, last: bool = False) -> Hold:
        end = -1 if last else self.turns[turn] + self.step
        return Hold(
            Held.OPTION, self.model.tables.options.index(name), float(level), self.turns[turn], end, secret=True
        )

    def _now(self, name: str) -> int:
        return self.project.situation.options[name].now

    def level(self, name: str, given: str) -> int:
        """The number of a level. Raises `QuestionRefused` for an option that is not theirs, or no level of it."""
        if name not in (*self.own, *self.joint):
            raise QuestionRefused(f"'{name[:60]}' is not for {' and '.join(self.seats)} to decide.")
        levels = self.project.situation.options[name].levels
        if given not in levels:
            raise QuestionRefused(f"'{given[:60]}' is no level of {name}; its levels are {', '.join(levels)}.")
        return levels.index(given)

    # A turn

    def check(self, choices: Sequence[Choice]) -> None:
        """Raises `QuestionRefused` for the first choice that is not open at its turn."""
        if len(choices) > len(self.turns):
            raise QuestionRefused(f"There are {len(self.turns)} turns.")
        for number, choice in enumerate(choices):
            open_now = {item["id"]: item["levels"] for item in self.offers(choices[:number])}
            for name, given in choice.items():
                self.level(name, given)
                if given not in open_now[name]:
                    raise QuestionRefused(f"{name}={given} is not open at turn {number + 1}.")

    def offers(self, choices: Sequence[Choice]) -> list[dict[str, Any]]:
        """What the seats may decide at the next turn: each option with where it stands and the levels open."""
        period = self.turns[len(choices)]
        return [self._offer(name, choices, period) for name in (*self.own, *self.joint)]

    def _offer(self, name: str, choices: Sequence[Choice], period: int) -> dict[str, Any]:
        item = self.project.situation.options[name]
        now = self._standing(name, choices, period)
        together = name in self.joint
        levels = {now} | ({0} if item.leave == "any" else set()) if together else set(range(len(item.levels)))
        if item.irreversible:
            levels = {level for level in levels if level >= now}
        levels = {level for level in levels if level == now or self._allowed(name, level, choices, period)}
        costs = {item.levels[price.level]: float(price.amount.central) / POINT for price in item.prices
                 if price.actor in self.seats}  # fmt: skip
        return {
            "id": name, "name": item.name, "parties": item.owners, "joint": together, "now": item.levels[now],
            "levels": [item.levels[level] for level in sorted(levels)], "prices": costs,
        }  # fmt: skip

    def _standing(self, name: str, choices: Sequence[Choice], period: int) -> int:
        if period == 0:
            return self._now(name)
        number = self.model.tables.options.index(name)
        return int(self.course(choices).levels[0, period - 1, number])

    def _allowed(self, name: str, level: int, choices: Sequence[Choice], period: int) -> bool:
        condition = self.project.situation.options[name].requires.get(level)
        if condition is None:
            return True
        return bool(series(self.table, self.course(choices), condition)[0, period] >= 0.5)

    # What a seat may know

    def sees(self, seat: str, choices: Sequence[Choice]) -> dict[str, Any]:
        """Factors and options as `seat` sees them at the next turn; of what is hidden, what it believes."""
        period = self.turns[min(len(choices), len(self.turns) - 1)]
        paths, tables = self.course(choices), self.model.tables
        view = int(tables.actor_view[tables.actors.index(seat)])
        return {
            "factors": [self._factor(view, number, paths, period) for number in range(len(tables.factors))],
            "options": [self._option(view, number, paths, period) for number in range(len(tables.options))],
        }

    def _factor(self, view: int, number: int, paths: Paths, period: int) -> dict[str, Any]:
        tables = self.model.tables
        factor = self.project.situation.factors[tables.factors[number]]
        hidden = bool(tables.view_hidden_factor[view, number]) and factor.kind != "derived"
        level = float(paths.factors[0, period, number])
        if hidden:
            level = self._believed(
                float(tables.factor_central[number]), int(tables.factor_seen_as[number]), paths, period
            )
        value = factor.low + level * (factor.high - factor.low)
        return {"id": factor.id, "name": factor.name, "value": value, "believed": hidden, "unit": factor.unit}

    def _option(self, view: int, number: int, paths: Paths, period: int) -> dict[str, Any]:
        tables = self.model.tables
        item = self.project.situation.options[tables.options[number]]
        hidden = bool(tables.view_hidden_option[view, number])
        level = item.now if hidden or period == 0 else int(paths.levels[0, period - 1, number])
        return {"id": item.id, "name": item.name, "level": item.levels[level], "believed": hidden}

    def _believed(self, central: float, shown: int, paths: Paths, period: int) -> float:
        """clip(c + x_F - x_F(0), c, 1): what shows of a hidden thing."""
        if shown < 0:
            return central
        moved = float(paths.factors[0, period, shown] - paths.factors[0, 0, shown])
        return min(1.0, max(central, central + moved))


def consenting(situation: Situation, seats: Sequence[str]) -> Situation:
    """The situation in which every joint option of a seat and others is the others' alone to decide."""
    options = {
        name: replace(item, owners=tuple(owner for owner in item.owners if owner not in seats) or item.owners)
        for name, item in situation.options.items()
    }
    return replace(situation, options=options)
