"""Hidden things: nobody decides by what it cannot see, and what leaks is said."""

from __future__ import annotations

from collections.abc import Iterator

from realpolitik.errors import Position
from realpolitik.language.expression import Expression
from realpolitik.situation.checks.kinds import term_names
from realpolitik.situation.checks.registry import Facts, Say, check
from realpolitik.situation.model import Visibility


def visibility(facts: Facts, name: str) -> Visibility:
    """Who does not see a factor or option."""
    thing = facts.situation.factors.get(name) or facts.situation.options.get(name)
    return Visibility() if thing is None else thing.visibility


def read_names(facts: Facts, term: Expression) -> set[str]:
    """What a term reads, formulas of derived factors opened."""
    waiting, seen = term_names(term), set[str]()
    while waiting:
        name = waiting.pop()
        seen.add(name)
        factor = facts.situation.factors.get(name)
        if factor is not None and factor.formula is not None:
            waiting |= term_names(factor.formula) - seen
    return seen


@check("hidden trigger", "error", "Nobody's trigger or requirement reads what is hidden from it without 'seen_as'.")
def hidden_triggers(facts: Facts, say: Say) -> None:
    """Promises, requirements and reviews that rest on what their own actor cannot see."""
    for who, term, what, position in _deciding(facts):
        for name in sorted(read_names(facts, term)):
            sight = visibility(facts, name)
            blind = [actor for actor in who if actor in sight.hidden_from]
            if blind and not sight.seen_as:
                hint = f"Add 'seen_as:' to '{name}', or let {what} read what {blind[0]} sees."
                say(f"{what} reads '{name}', which is hidden from {', '.join(blind)}.", position, hint)


def _deciding(facts: Facts) -> Iterator[tuple[tuple[str, ...], Expression, str, Position]]:
    for part in facts.parts():
        for promise in part.promises:
            yield facts.symbols.parties(promise.promiser), promise.trigger, "the condition", promise.support.position
        for option in part.options.values():
            for term in option.requires.values():
                yield option.owners, term, f"'requires' of '{option.id}'", option.support.position
            if option.review_on is not None:
                yield option.owners, option.review_on, f"'revisited' of '{option.id}'", option.support.position


@check("own eyes", "error", "An actor sees its own options, and what shows a hidden thing is itself seen.")
def own_eyes(facts: Facts, say: Say) -> None:
    """Options hidden from their owners, and shadows that are hidden too."""
    for name, option in facts.situation.options.items():
        blind = [actor for actor in option.owners if actor in option.visibility.hidden_from]
        if blind:
            say(
                f"'{name}' is hidden from {blind[0]}, who takes it.",
                facts.symbols.options[name],
                "Add it to 'known_to'.",
            )
    for thing in facts.things():
        shadow = thing.visibility.seen_as
        also = set(visibility(facts, shadow).hidden_from) & set(thing.visibility.hidden_from)
        if shadow and (shadow == thing.id or also):
            hint = "Name a factor that they see."
            say(f"'{thing.id}' is seen as '{shadow}', which is hidden as well.", thing.support.position, hint)


@check("leak", "note", "A hidden thing moves only what is seen of it.")
def leaks(facts: Facts, say: Say) -> None:
    """Influences of hidden things on visible factors other than their `seen_as`."""
    for part in facts.parts():
        for item in part.influences:
            for name in sorted(read_names(facts, item.term)):
                sight = visibility(facts, name)
                seen = set(sight.hidden_from) - set(visibility(facts, item.effect).hidden_from)
                if seen and item.effect not in {sight.seen_as, name}:
                    message = f"'{name}' is hidden from {', '.join(sorted(seen))}, who see it move '{item.effect}'."
                    say(message, item.support.position, "They draw no conclusions from it.")
