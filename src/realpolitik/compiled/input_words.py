"""An uncertain input in words: what it says, and about whom."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from realpolitik.compiled.inputs import Input, Role
from realpolitik.compiled.model import Model
from realpolitik.compiled.wording import actor_name, option_name
from realpolitik.language.measure import YEARS, split_time
from realpolitik.language.sentences import two_digits

WORLD = "the world"
_ID = re.compile(r"[A-Za-z_]\w*(?:\.\w+)?(?:=[\w-]+)?")
_COMPARED = MappingProxyType({">=": " at least ", "<=": " at most ", ">": " above ", "<": " below "})


def readable(model: Model, text: str) -> str:
    """A text of the file with the ids of actors, factors, options and shocks as names."""
    spaced = re.sub(r"\s*(>=|<=|>|<)\s*(?=[\w.])", lambda found: _COMPARED[found.group(1)], text)
    return _ID.sub(lambda found: _name(model, found.group()), spaced)


def _name(model: Model, found: str) -> str:
    situation = model.situation
    name, _, level = found.partition("=")
    option = situation.options.get(name)
    if option is not None:
        return option_name(model, name, option.levels.index(level)) if level in option.levels else option.name
    for group in (situation.actors, situation.institutions, situation.factors, situation.shocks):
        if name in group and not level:
            return group[name].name
    return found


def input_words(model: Model, item: Input) -> str:
    """What an input says, as a noun phrase."""
    write = _PHRASES.get(item.role)
    return write(model, item.element) if write else f"{item.role}: {readable(model, item.element)}"


def timed_words(item: Input, value: float) -> str:
    """A chance or rate in the time it was written over, where that is shorter than a year; else nothing."""
    _, years = split_time(item.quantity.text) if item.role in ("chance", "rate") else ("", 1.0)
    if not 0.0 < years < 1.0:
        return ""
    name = next(word for word, length in YEARS.items() if length == years)
    if item.role == "rate":
        return f"{two_digits(value * years)} per {name}"
    return f"{two_digits(100 * (1 - (1 - value) ** years))}% per {name}"


def whom(model: Model, item: Input) -> str:
    """The actor an input is about (its id), or "" where it is about the world."""
    actors = model.situation.actors
    words = item.element.split()
    if item.role == "weight":
        return item.element.partition(":")[0]
    if item.role in ("price", "switch", "norm price"):
        return words[-1] if words[-1] in actors else ""
    if item.role in ("steadiness", "dependence", "likelihood"):
        return words[0] if words[0] in actors else ""
    return ""


def _weight(model: Model, element: str) -> str:
    actor, _, term = element.partition(": ")
    return f"how much {actor_name(model, actor)} cares about '{readable(model, term)}'"


def _size(model: Model, element: str) -> str:
    cause, _, effect = element.rpartition(" -> ")
    return f"how strongly '{readable(model, cause)}' moves '{readable(model, effect)}'"


def _pull(model: Model, element: str) -> str:
    cause, _, effect = element.rpartition(" -> ")
    return f"the level to which '{readable(model, cause)}' pulls '{readable(model, effect)}'"


def _price(model: Model, element: str) -> str:
    what, _, actor = element.rpartition(" for ")
    return f"the price of '{readable(model, what)}' to {actor_name(model, actor)}"


def _switch(model: Model, element: str) -> str:
    what, _, actor = element.rpartition(" for ")
    return f"what changing '{readable(model, what)}' costs {actor_name(model, actor)}"


def _norm_price(model: Model, element: str) -> str:
    norm, _, rest = element.partition(" forbids ")
    what, _, actor = rest.rpartition(" to ")
    return f"what breaking '{norm}' by '{readable(model, what)}' costs {actor_name(model, actor)}"


def _likelihood(model: Model, element: str) -> str:
    return f"how likely it is kept: {readable(model, element)}"


_PHRASES: Mapping[Role, Callable[[Model, str], str]] = MappingProxyType(
    {
        "weight": _weight,
        "size": _size,
        "pull": _pull,
        "price": _price,
        "switch": _switch,
        "norm price": _norm_price,
        "likelihood": _likelihood,
        "start": lambda model, text: f"the starting level of '{readable(model, text)}'",
        "steadiness": lambda model, text: f"how steadily {readable(model, text)} decides",
        "chance": lambda model, text: f"the chance of '{readable(model, text)}'",
        "effect": lambda model, text: f"how far {readable(model, text)}",
        "dependence": lambda model, text: f"how far {readable(model, text).replace(' on ', ' depends on ', 1)}",
        "trend": lambda model, text: f"the trend of '{readable(model, text)}'",
        "half-life": lambda model, text: f"the half-life of '{readable(model, text)}'",
        "noise": lambda model, text: f"the noise of '{readable(model, text)}'",
    }
)
