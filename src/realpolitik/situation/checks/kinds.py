"""What may act on what: derived factors, stocks, pulls, times."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping

from realpolitik.errors import Position
from realpolitik.language.expression import And, Compare, Expression, Name, Not, Or, walk
from realpolitik.language.time import MONTHS, add_months
from realpolitik.situation.checks.registry import Facts, Say, check
from realpolitik.situation.model import Factor, Option, Shock

MOST_PERIODS = 1_200

_NOT_DERIVED = ("half_life", "keeps", "trend", "noise", "known_to", "hidden_from", "seen_as", "range", "kind")


def term_names(term: Expression) -> set[str]:
    """Every name of a term, levels included."""
    return {part.text for part in walk(term) if isinstance(part, Name)}


@check("cycle", "error", "No derived factor depends on itself.")
def cycles(facts: Facts, say: Say) -> None:
    """Circles among formulas; each is reported once, at its first factor in file order."""
    reads = {name: sorted(_formula_names(factor)) for name, factor in facts.situation.factors.items()}
    reported: set[str] = set()
    for name in reads:
        loop = _loop(name, reads)
        if loop and not reported & set(loop):
            reported |= set(loop)
            shown = " -> ".join((*loop[:8], "...", name) if len(loop) > 8 else (*loop, name))
            say(
                f"derived factors run in a circle: {shown}.",
                facts.symbols.factors[name],
                "Make one a level with 'now'.",
            )


def _formula_names(factor: Factor) -> set[str]:
    return set() if factor.formula is None else term_names(factor.formula)


def _loop(start: str, reads: Mapping[str, list[str]]) -> tuple[str, ...]:
    """The shortest path from a factor back to itself; empty where there is none."""
    paths: deque[tuple[str, ...]] = deque([(start,)])
    seen: set[str] = set()
    while paths:
        path = paths.popleft()
        for name in reads.get(path[-1], ()):
            if name == start:
                return path
            if name not in seen:
                seen.add(name)
                paths.append((*path, name))
    return ()


@check("effect", "error", "Influences move anchored levels; formulas and flows move the other factors.")
def effects(facts: Facts, say: Say) -> None:
    """Influences on derived factors and on stocks."""
    factors = facts.situation.factors
    for part in facts.parts():
        for item in part.influences:
            kind = factors[item.effect].kind if item.effect in factors else "level"
            if kind == "derived":
                hint = f"Move one of the factors its formula reads, or put the cause into 'is:' of '{item.effect}'."
                say(f"'{item.effect}' is derived: nothing else moves it.", item.support.position, hint)
            elif kind == "stock":
                hint = f"Add it to 'inflows' or 'outflows' of '{item.effect}'."
                say(f"'{item.effect}' is a stock: only flows move it.", item.support.position, hint)


@check("shock effect", "error", "Shocks set levels and stocks, and shift levels.")
def shock_effects(facts: Facts, say: Say) -> None:
    """Shocks on derived factors, and shifts of stocks, which have no anchor."""
    for shock in _shocks(facts):
        for effect in shock.effects:
            factor = facts.situation.factors.get(effect.factor)
            if factor is not None and factor.kind == "derived":
                hint = "Set or shift a factor its formula reads."
                say(f"'{effect.factor}' is derived: a shock cannot move it.", shock.support.position, hint)
            elif factor is not None and factor.kind == "stock" and effect.kind == "shifts":
                say(f"'{effect.factor}' is a stock: it cannot be shifted.", shock.support.position, "Use 'sets:'.")


def _shocks(facts: Facts) -> Iterator[Shock]:
    for part in facts.parts():
        yield from part.shocks.values()


@check("kind keys", "error", "A derived factor has its formula only; a stock has flows and no trend.")
def kind_keys(facts: Facts, say: Say) -> None:
    """Keys that mean nothing for the kind of factor they stand in."""
    written = facts.root.get("factors")
    for key, node in getattr(written, "entries", ()):
        factor = facts.situation.factors.get(key.value)
        if factor is None or not hasattr(node, "key"):
            continue
        kind = factor.kind
        banned = _NOT_DERIVED if kind == "derived" else ("trend", "half_life") if kind == "stock" else ()
        for name in banned:
            if node.key(name) is not None:
                hint = f"Delete '{name}'."
                say(f"'{name}' means nothing for the {kind} factor '{key.value}'.", node.key(name).position, hint)


@check("pull at start", "error", "No pull is at work at the start: what holds already is in the starting level.")
def pulls_at_start(facts: Facts, say: Say) -> None:
    """Pulls by options that already stand so."""
    options = facts.situation.options
    for part in facts.parts():
        for item in part.influences:
            if item.kind != "pull" or not option_only(item.term, facts.symbols.options):
                continue
            if value_at_start(item.term, options) > 0:
                hint = f"Write the complementary pull: 'not ... pulls {item.effect} to ...'."
                say("this pull already holds at the start.", item.support.position, hint)


def option_only(term: Expression, options: Mapping[str, object]) -> bool:
    """True where a term reads options and nothing else."""
    if isinstance(term, Compare):
        return isinstance(term.left, Name) and term.left.text in options and isinstance(term.right, Name)
    if isinstance(term, Name):
        return term.text in options
    if isinstance(term, Not):
        return option_only(term.item, options)
    return isinstance(term, And | Or) and all(option_only(item, options) for item in term.items)


def value_at_start(term: Expression, options: Mapping[str, Option]) -> float:
    """The value of a term of options at the levels of the start, in [0, 1]."""
    if isinstance(term, Compare) and isinstance(term.left, Name) and isinstance(term.right, Name):
        return _at_level(options.get(term.left.text), term.op, term.right.text)
    if isinstance(term, Name):
        option = options.get(term.text)
        return 0.0 if option is None else option.now / max(1, len(option.levels) - 1)
    if isinstance(term, Not):
        return 1.0 - value_at_start(term.item, options)
    value = 1.0
    for item in term.items if isinstance(term, And | Or) else ():
        part = value_at_start(item, options)
        value *= part if isinstance(term, And) else 1.0 - part
    return value if isinstance(term, And) else 1.0 - value


def _at_level(option: Option | None, op: str, level: str) -> float:
    if option is None or level not in option.levels:
        return 0.0
    here, there = option.now, option.levels.index(level)
    holds = {"=": here == there, "!=": here != there, "<": here < there, "<=": here <= there, ">": here > there}
    return float(holds.get(op, here >= there))


@check("stock", "note", "A stock has flows.")
def idle_stocks(facts: Facts, say: Say) -> None:
    """Stocks that nothing feeds or drains."""
    for name, factor in facts.situation.factors.items():
        if factor.kind == "stock" and not factor.flows:
            say(f"nothing feeds or drains the stock '{name}'.", facts.symbols.factors[name], "Add 'inflows:'.")


@check("time", "error", "Times run forward.")
def times(facts: Facts, say: Say) -> None:
    """Lengths of time that are nothing, and scenarios that end before they begin or begin after the horizon."""
    situation = facts.situation
    top = facts.root.key("horizon")
    if situation.horizon.months <= 0:
        say("the horizon is nothing.", top.position if top else Position(), "Write 'horizon: 10 years'.")
        return
    if situation.horizon.months > MOST_PERIODS * MONTHS[situation.period]:
        hint = f"Write a longer 'period' than '{situation.period}', or a shorter 'horizon'."
        say(f"the run would have more than {MOST_PERIODS:,} periods.", top.position if top else Position(), hint)
    last = add_months(situation.as_of, situation.horizon.months)
    for name, actor in situation.actors.items():
        if actor.foresight.months <= 0 or actor.patience.months <= 0:
            say(f"'{name}' looks ahead for no time at all.", facts.symbols.actors[name], "Write 'foresight: 1 year'.")
    for name, item in situation.scenarios.items():
        if item.start and item.end and item.end < item.start:
            say(f"'{name}' ends before it begins.", item.support.position, "Exchange 'from' and 'until'.")
        if item.start and item.start > last:
            say(f"'{name}' begins after the horizon ({last}).", item.support.position, "Begin earlier.")


@check("horizon", "note", "Dates lie between the start and the horizon.")
def out_of_horizon(facts: Facts, say: Say) -> None:
    """Goals and dated shocks that the run never meets."""
    situation = facts.situation
    if situation.horizon.months <= 0:
        return
    last = add_months(situation.as_of, situation.horizon.months)
    for goal in situation.goals:
        if goal.by is not None and not situation.as_of <= goal.by <= last:
            say(f"the goal's date {goal.by} lies outside the run.", goal.support.position, _span(facts, str(last)))
    for shock in _shocks(facts):
        if shock.on is not None and not situation.as_of <= shock.on <= last:
            say(f"'{shock.id}' lies outside the run.", shock.support.position, _span(facts, str(last)))


def _span(facts: Facts, last: str) -> str:
    return f"It runs from {facts.situation.as_of} to {last}."
