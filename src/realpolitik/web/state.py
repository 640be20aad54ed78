"""What a visitor has changed: inputs moved, options forced, factors held, hypotheses picked; read from untrusted JSON.

A state is small, immutable and can be written as a link. Everything in it is checked against the model: names, levels,
ranges, dates. What is wrong is refused with what is expected; nothing of a state is ever used as a path or as code.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from realpolitik.compiled.model import Model
from realpolitik.dynamics.tables import Held, Hold
from realpolitik.errors import ExpressionError, QuestionRefused, did_you_mean
from realpolitik.language.time import read_date
from realpolitik.project.whatif import State

MOST_CHANGES = 64
LONGEST = 300


def read_state(model: Model, given: Any) -> State:
    """The state a request describes. Raises `QuestionRefused` with what is wrong and what is expected."""
    body = mapping(given, "state")
    return State(
        tuple(_hold(model, item) for item in listed(body.get("hold"), "hold")),
        tuple(sorted(dict(_move(model, item) for item in listed(body.get("move"), "move")).items())),
        tuple(sorted(_reading(model, pair) for pair in mapping(body.get("readings", {}), "readings").items())),
    )


def mapping(given: Any, what: str) -> Mapping[str, Any]:
    """A JSON object, or a refusal."""
    if not isinstance(given, dict):
        raise QuestionRefused(f"'{what}' must be an object.")
    return given


def listed(given: Any, what: str) -> Sequence[Any]:
    """A JSON list of a sensible length, or a refusal."""
    if given is None:
        return ()
    if not isinstance(given, list) or len(given) > MOST_CHANGES:
        raise QuestionRefused(f"'{what}' must be a list of at most {MOST_CHANGES} entries.")
    return given


def text(given: Any, what: str, longest: int = LONGEST) -> str:
    """A text of a sensible length, or a refusal."""
    if given is None:
        return ""
    if not isinstance(given, str) or len(given) > longest:
        raise QuestionRefused(f"'{what}' must be a text of at most {longest} characters.")
    return given


def real(given: Any, what: str) -> float:
    """A finite number, or a refusal."""
    if isinstance(given, bool) or not isinstance(given, int | float) or not math.isfinite(given):
        raise QuestionRefused(f"'{what}' must be a number.")
    return float(given)


def _hold(model: Model, given: Any) -> Hold:
    item = mapping(given, "hold")
    name, start, end = (
        text(item.get("id"), "id"),
        _period(model, item.get("from"), 0),
        _period(model, item.get("until"), -1),
    )
    secret = item.get("secretly") is True
    if name in model.tables.options:
        number = model.tables.options.index(name)
        levels = model.tables.levels[number]
        level = text(item.get("level"), "level")
        if level not in levels:
            raise QuestionRefused(f"'{level[:60]}' is no level of {name}; its levels are {', '.join(levels)}.")
        return Hold(Held.OPTION, number, float(levels.index(level)), start, end, secret)
    if name in model.tables.shocks:
        return Hold(Held.SHOCK, model.tables.shocks.index(name), 1.0, start, end, secret)
    return _factor(model, name, item, (start, end, secret))


def _factor(model: Model, name: str, item: Mapping[str, Any], when: tuple[int, int, bool]) -> Hold:
    factor = model.situation.factors.get(name)
    if factor is None or factor.kind == "derived":
        known = [*model.tables.options, *model.tables.factors, *model.tables.shocks]
        raise QuestionRefused(f"'{name[:60]}' cannot be held. {did_you_mean(name[:60], known)}".strip())
    value = real(item.get("value"), "value")
    if not factor.low <= value <= factor.high:
        raise QuestionRefused(f"{name} is held between {factor.low:g} and {factor.high:g}; {value:g} was given.")
    share = (value - factor.low) / (factor.high - factor.low)
    return Hold(Held.FACTOR, model.tables.factors.index(name), share, *when)


def _period(model: Model, given: Any, default: int) -> int:
    written = text(given, "date", 20)
    if not written:
        return default
    try:
        period = model.calendar.period_of(read_date(written))
    except ExpressionError as problem:
        raise QuestionRefused(f"'{written}' is no date: write 2025, 2025-06 or 2025-06-30.") from problem
    if period > model.calendar.periods:
        last = model.calendar.date_of(model.calendar.periods)
        raise QuestionRefused(f"{written} lies beyond the horizon, which ends on {last}.")
    return period


def _move(model: Model, given: Any) -> tuple[str, float]:
    item = mapping(given, "move")
    name, value = text(item.get("input"), "input"), real(item.get("value"), "value")
    found = model.inputs.get(name)
    if found is None or found.quantity.is_constant:
        raise QuestionRefused(
            f"'{name[:80]}' is no input with a range. {did_you_mean(name[:80], model.inputs)}".strip()
        )
    low, high = found.quantity.low, found.quantity.high
    if not low - 1e-9 <= value <= high + 1e-9:
        raise QuestionRefused(f"{name} moves between {low:g} and {high:g}; {value:g} was given.")
    return name, value


def _reading(model: Model, pair: tuple[str, Any]) -> tuple[str, str]:
    group, reading = pair[0], text(pair[1], "reading")
    for item in model.situation.hypotheses:
        if item.id == group:
            names = [one.id for one in item.readings]
            if reading in names:
                return group, reading
            raise QuestionRefused(f"'{reading[:60]}' is no reading of '{group}'; there are: {', '.join(names)}.")
    raise QuestionRefused(f"'{group[:60]}' is no group of hypotheses.")
