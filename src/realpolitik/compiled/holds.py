"""From `do(...)` to what a kernel holds, and to its status quo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from realpolitik.compiled.model import Model
from realpolitik.dynamics.tables import Held
from realpolitik.dynamics.tables import Hold as Holding
from realpolitik.errors import ExpressionError, did_you_mean
from realpolitik.language.expression import Hold, Name, Number, Setting
from realpolitik.language.time import read_date


@dataclass(frozen=True)
class Intervention:
    """What is held, what is held instead in the status quo, and from which period."""

    holds: tuple[Holding, ...] = ()
    status_quo: tuple[Holding, ...] = ()

    @property
    def start(self) -> int:
        """t_X: the first period in which anything is held."""
        return min((hold.start for hold in self.holds), default=0)

    @property
    def is_empty(self) -> bool:
        """True where nothing is held."""
        return not self.holds


def intervention(model: Model, setting: Setting) -> Intervention:
    """What `do(...)` and `do secretly(...)` hold.

    Raises `ExpressionError` for an unknown name or level, a level outside its range, or a derived factor.
    """
    open_holds = [hold for item in setting.do for hold in resolve(model, item)]
    secret = [replace(hold, secret=True) for item in setting.secretly for hold in resolve(model, item)]
    holds = (*open_holds, *secret)
    return Intervention(holds, tuple(_status_quo(model, hold) for hold in holds if hold.held is not Held.FACTOR))


def _status_quo(model: Model, hold: Holding) -> Holding:
    if hold.held is Held.SHOCK:
        return replace(hold, value=0.0)
    return replace(hold, value=float(model.tables.option_now[hold.index]))


def resolve(model: Model, item: Hold) -> list[Holding]:
    """One entry of `do(...)` as holdings of the kernel."""
    situation = model.situation
    start, end = _span(model, item)
    if item.kind == "shock":
        return [Holding(Held.SHOCK, _known(item, model.tables.shocks, "shock"), 1.0, start, end)]
    if item.kind == "exchange" or (item.kind == "hold" and item.target in situation.exchanges and item.value is None):
        return _exchange(model, item, start, end)
    if item.kind == "scenario" or (item.kind == "hold" and item.target in situation.scenarios and item.value is None):
        return _scenario(model, item)
    if item.target in situation.options:
        level = _level(model, item)
        return [Holding(Held.OPTION, model.tables.options.index(item.target), float(level), start, end)]
    return [Holding(Held.FACTOR, *_factor(model, item), start, end)]


def _span(model: Model, item: Hold) -> tuple[int, int]:
    calendar = model.calendar
    start = calendar.period_of(read_date(item.start)) if item.start else 0
    end = calendar.period_of(read_date(item.end, "end")) if item.end else -1
    if start > calendar.periods:
        raise ExpressionError(f"'from {item.start}' lies beyond the horizon.", item.column)
    if item.end and end <= start:
        raise ExpressionError(f"'until {item.end}' is over before it begins.", item.column, "Times run forward.")
    return start, end


def _known(item: Hold, names: Iterable[str], what: str) -> int:
    known = list(names)
    if item.target in known:
        return known.index(item.target)
    raise ExpressionError(f"'{item.target}' is no {what}.", item.column, did_you_mean(item.target, known))


def _level(model: Model, item: Hold) -> int:
    levels = model.situation.options[item.target].levels
    if item.value is None:
        return len(levels) - 1
    if isinstance(item.value, Name):
        return model.terms.level(item.target, item.value.text, item.value.column)
    raise ExpressionError(f"{item.target} is held at one of its levels: {', '.join(levels)}.", item.column)


def _factor(model: Model, item: Hold) -> tuple[int, float]:
    situation = model.situation
    names = [*situation.options, *situation.factors, *situation.scenarios, *situation.exchanges]
    if item.target not in situation.factors:
        what = "option, factor, scenario or exchange"
        raise ExpressionError(f"'{item.target}' is no {what}.", item.column, did_you_mean(item.target, names))
    factor = situation.factors[item.target]
    if factor.kind == "derived":
        raise ExpressionError(
            f"{item.target} is derived from others and cannot be held.",
            item.column,
            "Hold what it is made of.",
        )
    if not isinstance(item.value, Number) or not factor.low <= item.value.value <= factor.high:
        raise ExpressionError(f"{item.target} is held at a number from {factor.low:g} to {factor.high:g}.", item.column)
    return model.tables.factors.index(item.target), (item.value.value - factor.low) / (factor.high - factor.low)


def _exchange(model: Model, item: Hold, start: int, end: int) -> list[Holding]:
    _known(item, model.situation.exchanges, "exchange")
    options = model.tables.options
    legs = model.situation.exchanges[item.target].legs
    return [Holding(Held.OPTION, options.index(leg.option), float(leg.level), start, end) for leg in legs]


def _scenario(model: Model, item: Hold) -> list[Holding]:
    _known(item, model.situation.scenarios, "scenario")
    scenario = model.situation.scenarios[item.target]
    holds = [hold for part in scenario.do for hold in resolve(model, part)]
    holds += [replace(hold, secret=True) for part in scenario.secretly for hold in resolve(model, part)]
    return [_dated(model, hold, scenario.start, scenario.end) for hold in holds]


def _dated(model: Model, hold: Holding, start: dt.date | None, end: dt.date | None) -> Holding:
    """A scenario's dates apply to what it holds where that has none of its own."""
    calendar = model.calendar
    first = calendar.period_of(start) if start and hold.start == 0 else hold.start
    last = calendar.period_of(end) if end and hold.end < 0 else hold.end
    return replace(hold, start=first, end=last)
