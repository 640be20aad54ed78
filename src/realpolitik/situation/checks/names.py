"""Names: every one in a term is a factor or an option, every level is a level of its option, every id is one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from realpolitik.claims.written.nodes import TextNode, shorten
from realpolitik.errors import Position, did_you_mean
from realpolitik.language.expression import Arithmetic, Compare, Expression, Name, Number, children
from realpolitik.language.vocabulary import KEYWORDS
from realpolitik.situation.checks.registry import Facts, Say, check
from realpolitik.situation.symbols import Symbols

_ID = re.compile(r"[^\W\d]\w*(?:\.\w+)*(?:-[^\W\d]\w*)*")
_EQUALITY = ("=", "!=")


@check("unknown name", "error", "Every name in a term is a factor or an option.")
def unknown_names(facts: Facts, say: Say) -> None:
    """Names of terms; questions have their own check."""
    for term, text, place in facts.terms:
        if place != "query":
            check_term(facts, term, text, say)


def check_term(facts: Facts, term: Expression, text: TextNode, say: Say) -> None:
    """Every name, level and comparison of one term."""
    if isinstance(term, Compare):
        _check_comparison(facts, term, text, say)
        return
    if isinstance(term, Name):
        check_name(facts, term, text, say)
    if isinstance(term, Arithmetic) and term.op == "/":
        say("a term cannot divide.", text.at(term.column), "Use contest(a, b) for a share, or a product.")
    for part in children(term):
        check_term(facts, part, text, say)


def check_name(facts: Facts, name: Name, text: TextNode, say: Say) -> None:
    """One name that must be a factor or an option."""
    symbols = facts.symbols
    if name.text in symbols.factors or name.text in symbols.options:
        return
    hint = _other_kind(symbols, name.text) or facts.ctx.nearest(name.text, symbols.terms())
    hint = hint or "Define it under 'factors' or 'options'."
    say(f"'{shorten(name.text)}' is no factor or option.", text.at(name.column), hint)


def _other_kind(symbols: Symbols, name: str) -> str:
    if name in symbols.actors:
        return f"'{name}' is an actor: name one of its options, such as {name}.arm."
    owners = [option for option, levels in symbols.levels.items() if name in levels]
    return f"'{name}' is a level: write '{owners[0]}={name}'." if owners else ""


def _check_comparison(facts: Facts, term: Compare, text: TextNode, say: Say) -> None:
    left, right = term.left, term.right
    if isinstance(left, Name) and left.text in facts.symbols.options:
        if isinstance(right, Name) and right.text not in facts.symbols.terms():
            check_level(facts, left.text, right, text, say)
        elif not isinstance(right, Name):
            check_term(facts, right, text, say)
        return
    check_term(facts, left, text, say)
    if not (isinstance(left, Name) and left.text not in facts.symbols.terms() and isinstance(right, Name)):
        check_term(facts, right, text, say)
    if term.op in _EQUALITY and not (isinstance(left, Name) and left.text not in facts.symbols.terms()):
        say("a factor is hardly ever exactly at a number.", text.at(term.column), "Compare with <, <=, > or >=.")


def check_level(facts: Facts, option: str, level: Name, text: TextNode, say: Say) -> None:
    """One level of an option, wherever it stands."""
    levels = facts.symbols.levels.get(option, ())
    if level.text not in levels:
        near = did_you_mean(level.text, levels)
        message = f"'{option}' has no level '{shorten(level.text)}'; its levels are {', '.join(levels)}."
        say(message, text.at(level.column), near if near.startswith("Did") else "")


@check("range", "error", "A factor is compared with a number it can reach.")
def unreachable_numbers(facts: Facts, say: Say) -> None:
    """Comparisons with numbers beyond the range of a factor."""
    for term, text, _ in facts.terms:
        for part in _comparisons(term):
            left, right = part.left, part.right
            if isinstance(left, Name) and isinstance(right, Number) and left.text in facts.symbols.factors:
                low, high = facts.ctx.ranges.get(left.text, (0.0, 1.0))
                if not low <= right.value <= high:
                    message = f"'{left.text}' lies between {low:g} and {high:g}, never at {right.value:g}."
                    say(message, text.at(right.column), "Give a number within its range.")


def _comparisons(term: Expression) -> Iterator[Compare]:
    if isinstance(term, Compare):
        yield term
    for part in children(term):
        yield from _comparisons(part)


@check("id", "error", "An id is a word that expressions can hold, and means one thing only.")
def ids(facts: Facts, say: Say) -> None:
    """Ids that cannot be written in a term, or that two kinds of thing share."""
    symbols = facts.symbols
    tables = {
        "actor": symbols.actors,
        "institution": symbols.institutions,
        "factor": symbols.factors,
        "option": symbols.options,
    }
    seen: dict[str, tuple[str, Position]] = {}
    for kind, table in tables.items():
        for name, position in table.items():
            _check_id(kind, name, position, say)
            if name in seen:
                other, first = seen[name]
                say(
                    f"'{name}' is both {_a(other)} (line {first.line}) and {_a(kind)}.", position, "Rename one of them."
                )
            seen.setdefault(name, (kind, position))


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _check_id(kind: str, name: str, position: Position, say: Say) -> None:
    if not _ID.fullmatch(name):
        hint = "Use letters, digits, _ and ., beginning with a letter; give the full name as 'name:'."
        say(f"'{shorten(name)}' cannot be the id of {_a(kind)}.", position, hint)
    elif name.lower() in KEYWORDS:
        say(f"'{name}' is a word of the expression language.", position, f"Choose another id for the {kind}.")
    elif "." in name and kind in {"actor", "institution"}:
        say(f"'{name}' has a dot: the part before a dot is who takes an option.", position, "Delete the dot.")


@check("level id", "error", "A level is a word that expressions can hold.")
def level_ids(facts: Facts, say: Say) -> None:
    """Levels that begin with a digit, which an expression would read as a number."""
    for option, position in facts.symbols.options.items():
        for level in facts.symbols.levels.get(option, ()):
            if level[:1].isdigit():
                say(f"the level '{level}' of '{option}' begins with a digit.", position, "Use a word, such as 'low'.")


@check("empty", "error", "There is somebody to act and something to watch.")
def emptiness(facts: Facts, say: Say) -> None:
    """A situation without actors or factors answers nothing."""
    if not facts.symbols.actors:
        say("there are no actors.", facts.root.position, "Add 'actors:' with at least one.")
    if not facts.symbols.factors:
        say("there are no factors.", facts.root.position, "Add 'factors:' with at least one.")
