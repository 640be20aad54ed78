"""What is to be planned, and which plans there are to choose from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from realpolitik.compiled.plans import Course, Planners, Step, public_conditions
from realpolitik.errors import QuestionRefused, did_you_mean
from realpolitik.language.time import read_date

MOST = 4096


@dataclass(frozen=True)
class Brief:
    """What is asked. `actors`: actors or institutions, planned for together.

    `plans`: plans to value; none: all combinations of the `options` (default: all of their own that require nothing),
    each at any level, from now, from any of `dates`, or once any of the `conditions` comes true (default: those on
    which the situation itself ties these options), at most `most` of them. `worlds`: what may be true or may be done by
    others, believed rightly or wrongly (readings, or as in `do(...)`). `truth`: what a condition is meant to show.
    `at_least`: points that are good enough. `years`: the year that ends then; None: discounted over the whole run.
    """

    actors: tuple[str, ...]
    plans: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    conditions: tuple[str, ...] | None = None
    dates: tuple[str, ...] = ()
    worlds: tuple[str, ...] = ()
    truth: str = ""
    at_least: float = 0.0
    most: int = MOST
    years: float | None = None


Choice = tuple[Step, ...]
"""What is done with one option: nothing (it stays as it is), or a step."""


@dataclass(frozen=True)
class Menu:
    """For each option its choices, the first always to leave it as it is; `left_out`: choices dropped for size."""

    choices: tuple[tuple[Choice, ...], ...]
    left_out: tuple[Choice, ...] = ()

    @property
    def count(self) -> int:
        """How many plans there are."""
        return prod(len(options) for options in self.choices)

    @property
    def singles(self) -> tuple[Course, ...]:
        """Every plan of one step."""
        return tuple(Course(choice) for options in self.choices for choice in options if choice)

    def courses(self) -> Iterator[Course]:
        """Every plan, that of no step first."""
        for chosen in product(*self.choices):
            yield Course(tuple(step for choice in chosen for step in choice))

    def without(self, choice: Choice) -> Menu:
        """The menu with one choice less."""
        kept = tuple(tuple(item for item in options if item != choice) for options in self.choices)
        return Menu(kept, (*self.left_out, choice))


def menu_of(planners: Planners, brief: Brief) -> Menu:
    """The choices a brief allows. Raises `QuestionRefused` for options that are not the planners' to move."""
    numbers = _options(planners, brief.options)
    if brief.conditions is None:
        conditions = public_conditions(planners, numbers)
    else:
        conditions = tuple(planners.condition(text) for text in brief.conditions)
    starts = tuple(_period(planners, text) for text in brief.dates)
    return Menu(tuple(tuple(_choices(planners, k, conditions, starts)) for k in numbers))


def trimmed(menu: Menu, gains: Mapping[Choice, float], most: int) -> Menu:
    """The menu cut down to `most` plans: the choices that alone bring least go first."""
    order = sorted(gains, key=gains.__getitem__)
    for choice in order:
        if menu.count <= most:
            break
        menu = menu.without(choice)
    return menu


def _choices(planners: Planners, option: int, conditions: Sequence[str], starts: Sequence[int]) -> Iterator[Choice]:
    yield ()
    levels = range(len(planners.model.tables.levels[option]))
    for level in (item for item in levels if item != planners.now(option)):
        yield (Step(option, level),)
        yield from ((Step(option, level, start),) for start in starts)
        yield from ((Step(option, level, trigger=text, mode="if"),) for text in conditions)


def _options(planners: Planners, names: Sequence[str]) -> tuple[int, ...]:
    if not names:
        return planners.kept or planners.own
    known = planners.model.tables.options
    allowed = [item.id for item in planners.model.situation.options.values() if set(item.owners) & set(planners.actors)]
    for name in names:
        if name not in allowed:
            what = "belongs to others" if name in known else "is no option"
            raise QuestionRefused(f"'{name}' {what}. {did_you_mean(name, allowed)}".strip())
    return tuple(dict.fromkeys(known.index(name) for name in names))


def _period(planners: Planners, text: str) -> int:
    calendar = planners.model.calendar
    period = calendar.period_of(read_date(text))
    if not 0 < period <= calendar.periods:
        first, last = calendar.date_of(1), calendar.date_of(calendar.periods)
        raise QuestionRefused(f"'{text}' is no date to begin at; those within the run lie from {first} to {last}.")
    return period
