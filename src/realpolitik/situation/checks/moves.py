"""Options and what is done with them: withholding, exchanges, promises, norms."""

from __future__ import annotations

from realpolitik.errors import did_you_mean
from realpolitik.situation.checks.kinds import term_names
from realpolitik.situation.checks.registry import Facts, Say, check


@check("withholds", "error", "What is withheld is something the other depends on.")
def withholding(facts: Facts, say: Say) -> None:
    """Options that withhold a good of which no dependency is declared."""
    declared = [item for part in facts.parts() for item in part.dependencies]
    for name, option in facts.situation.options.items():
        if option.withholds is None:
            continue
        good, target = option.withholds
        goods = {item.good for item in declared if item.who == target and item.on in option.owners}
        if good not in goods:
            near = did_you_mean(good, goods)
            owner = option.owners[0]
            hint = near or f"Add to 'dependencies': '{target} on {owner} for {good}: 0.2 to 0.4'."
            say(f"{target} depends on {owner} for no '{good}'.", facts.symbols.options[name], hint)


@check("dependency", "error", "A dependency has two sides and is given once.")
def dependencies(facts: Facts, say: Say) -> None:
    """Dependencies on oneself, and the same one twice."""
    seen: dict[str, int] = {}
    for item in facts.situation.dependencies:
        if item.who == item.on:
            say(f"'{item.who}' depends on itself.", item.support.position, "Name the other side after 'on'.")
        if item.key in seen:
            say(f"'{item.key}' is given twice (first in line {seen[item.key]}).", item.support.position, "Keep one.")
        seen.setdefault(item.key, item.support.position.line)


@check("leg", "error", "Everybody gives what is its own.")
def legs(facts: Facts, say: Say) -> None:
    """Legs of exchanges that belong to somebody else."""
    for exchange in facts.situation.exchanges.values():
        for leg in exchange.legs:
            option = facts.situation.options.get(leg.option)
            givers = facts.symbols.parties(leg.giver)
            if option is not None and not set(givers) & set(option.owners):
                hint = f"It belongs to {', '.join(option.owners)}."
                say(f"'{leg.giver}' cannot give '{leg.option}'.", exchange.support.position, hint)


@check("promise", "error", "Everybody promises what is its own.")
def promises(facts: Facts, say: Say) -> None:
    """Promises about options of others."""
    for part in facts.parts():
        for item in part.promises:
            option = facts.situation.options.get(item.option)
            if option is not None and not set(facts.symbols.parties(item.promiser)) & set(option.owners):
                hint = f"It belongs to {', '.join(option.owners)}."
                say(f"'{item.promiser}' cannot promise '{item.option}'.", item.support.position, hint)


@check("norm", "error", "A norm forbids something to somebody who could do it, and only then exempts.")
def norms(facts: Facts, say: Say) -> None:
    """Norms that bind nobody, and exemptions from norms that forbid nothing."""
    every = [item for part in facts.parts() for item in part.norms]
    forbidding = {item.norm for item in every if item.kind == "forbids"}
    for item in every:
        option = facts.situation.options.get(item.option)
        if item.kind == "exempts" and item.norm not in forbidding:
            hint = did_you_mean(item.norm, forbidding) or f"Add '{item.norm} forbids ...'."
            say(f"'{item.norm}' forbids nothing, so nothing is exempt.", item.support.position, hint)
        if option is not None and item.actor and item.actor not in option.owners:
            hint = f"It belongs to {', '.join(option.owners)}."
            say(f"'{item.actor}' cannot do '{item.option}' anyway.", item.support.position, hint)
        if item.level == 0:
            hint = "Forbid a level above it."
            say(f"'{item.option}' at its first level is doing nothing.", item.support.position, hint)


@check("unmentioned", "note", "Somebody's interests or some influence mention every option.")
def unmentioned(facts: Facts, say: Say) -> None:
    """Options that change nothing; told only once every name is right."""
    if facts.ctx.found.has_errors:
        return
    named = {name for term, _, place in facts.terms if place != "query" for name in term_names(term)}
    for name, option in facts.situation.options.items():
        if name not in named and option.withholds is None:
            hint = "Add an influence or an interest that names it."
            say(f"'{name}' changes nothing: no influence or interest mentions it.", facts.symbols.options[name], hint)


@check("unused", "note", "Something reads every factor.")
def unused(facts: Facts, say: Say) -> None:
    """Factors that nothing reads; told only once every name is right."""
    if facts.ctx.found.has_errors:
        return
    named = {name for term, _, _ in facts.terms for name in term_names(term)}
    shadows = {thing.visibility.seen_as for thing in facts.things()}
    moved = {item.effect for part in facts.parts() for item in part.influences}
    for name, position in facts.symbols.factors.items():
        if name not in named | shadows:
            state = "is moved, but nothing reads it" if name in moved else "is used nowhere"
            say(f"'{name}' {state}.", position, "Add an interest, influence or question, or delete it.")
