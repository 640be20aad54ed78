"""Hypotheses, and lines that are given twice."""

from __future__ import annotations

from math import prod

from realpolitik.language.expression import Name
from realpolitik.situation.checks.registry import Facts, Say, check
from realpolitik.situation.model import Influence, Interest

MOST_COMBINATIONS = 16


@check("chance", "error", "The chances of rival readings leave room for each other.")
def chances(facts: Facts, say: Say) -> None:
    """Groups with fewer than two readings, chances above 1, and chances that leave something over."""
    for group in facts.situation.hypotheses:
        position = facts.symbols.hypotheses[group.id]
        if len(group.readings) < 2:
            say(f"'{group.id}' has no rival readings.", position, "Add a second reading with 'chance: rest'.")
            continue
        stated = [item.chance.central for item in group.readings if item.chance is not None]
        total, rests = sum(stated), len(group.readings) - len(stated)
        if total > 1 + 1e-9 or (rests and total >= 1):
            left = "nothing is left for 'rest'" if rests else "they cannot exceed 1"
            say(f"the chances of '{group.id}' add up to {total:.3g}; {left}.", position, "Lower one of them.")
        elif not rests and total < 1 - 0.02:
            say(f"the chances of '{group.id}' add up to {total:.3g} only.", position, "Write 'chance: rest' in one.")


@check("combinations", "error", "At most 16 combinations of readings are run.")
def combinations(facts: Facts, say: Say) -> None:
    """Too many groups or readings."""
    count = prod(len(group.readings) for group in facts.situation.hypotheses)
    if count > MOST_COMBINATIONS:
        where = facts.root.key("hypotheses")
        hint = "Merge readings, or move some into files of their own with 'based_on'."
        message = f"{count} combinations of readings; at most {MOST_COMBINATIONS} are run."
        say(message, where.position if where else facts.root.position, hint)


@check("both ways", "error", "An actor wants more or less of a thing, once.")
def both_ways(facts: Facts, say: Say) -> None:
    """Interests of one actor in the same term twice."""
    for part in facts.parts():
        seen: dict[str, Interest] = {}
        for item in part.interests:
            first = seen.setdefault(item.key, item)
            if first is not item:
                both = "both more and less" if first.sign != item.sign else "twice the same"
                message = f"'{item.key}': {both} (first in line {first.support.position.line})."
                say(message, item.support.position, "Keep one; where wishes conflict, say when with a product.")


@check("line twice", "error", "An influence is given once.")
def lines_twice(facts: Facts, say: Say) -> None:
    """The same cause, effect and condition twice; different conditions are different links."""
    for part in facts.parts():
        seen: dict[tuple[str, str, object], Influence] = {}
        for item in part.influences:
            first = seen.setdefault((item.key, item.kind, item.condition), item)
            if first is not item:
                line = first.support.position.line
                say(
                    f"'{item.key}' is given twice (first in line {line}).",
                    item.support.position,
                    "Keep one of the two.",
                )


@check("self", "error", "A factor does not push itself.")
def self_influence(facts: Facts, say: Say) -> None:
    """Influences of a factor on itself: persistence is `half_life` and `keeps`."""
    for part in facts.parts():
        for item in part.influences:
            if isinstance(item.cause, Name) and item.cause.text == item.effect:
                hint = "Use 'half_life', 'keeps' or 'trend' of the factor."
                say(f"'{item.effect}' influences itself.", item.support.position, hint)
