"""Questions, checks and scenarios: actors, readings, things held, and times they name."""

from __future__ import annotations

from collections.abc import Iterable

from realpolitik.claims.written.nodes import TextNode, shorten
from realpolitik.errors import ExpressionError, did_you_mean
from realpolitik.language.expression import Call, Expression, Hold, Is, Name, Query, Setting, children
from realpolitik.language.time import read_moment
from realpolitik.language.vocabulary import READINGS
from realpolitik.language.words import HEDGES, LIKELIHOODS
from realpolitik.situation.checks.names import check_level, check_name, check_term
from realpolitik.situation.checks.readings import answers_of, check_reading
from realpolitik.situation.checks.registry import Facts, Say, check
from realpolitik.situation.layers import identities
from realpolitik.situation.line_keys import drop_key

BY_ACTOR = ("gain", "rank", "share")
NOBODY = "nobody"


@check("question", "error", "Questions and checks name what there is.")
def question_names(facts: Facts, say: Say) -> None:
    """Every question, check and scenario."""
    for term, text, place in facts.terms:
        if place == "query":
            _check(facts, term, text, say)


def _check(facts: Facts, term: Expression, text: TextNode, say: Say) -> None:
    if isinstance(term, Query):
        _check_query(facts, term, text, say)
    elif isinstance(term, Is):
        _check_word(facts, term, text, say)
        _check(facts, term.left, text, say)
    elif isinstance(term, Call) and term.name in READINGS:
        check_reading(facts, term, text, say)
    else:
        for part in children(term):
            _check(facts, part, text, say)


def _check_query(facts: Facts, query: Query, text: TextNode, say: Say) -> None:
    subject = query.subject
    if query.function in BY_ACTOR:
        _check_actor(facts, subject, query, text, say)
    elif subject is not None:
        _check_event(facts, subject, text, say)
    if query.when is not None and query.when.moment:
        _check_moment(facts, query.when.moment, query, text, say)
    _check_setting(facts, query.setting, query, text, say)


def _check_actor(facts: Facts, subject: Expression | None, query: Query, text: TextNode, say: Say) -> None:
    if not isinstance(subject, Name):
        say(
            f"{query.function}(...) asks about an actor.",
            text.at(query.column),
            f"Write '{query.function}(ACTOR | ...)'.",
        )
    elif subject.text not in facts.symbols.actors:
        hint = facts.ctx.nearest(subject.text, facts.symbols.actors)
        say(f"'{shorten(subject.text)}' is no actor.", text.at(subject.column), hint)


def _check_event(facts: Facts, event: Expression, text: TextNode, say: Say) -> None:
    """An event: a term, `goal AAA`, or one event before another."""
    if isinstance(event, Call) and event.name == "goal":
        actor = event.arguments[0]
        if isinstance(actor, Name) and actor.text not in facts.symbols.actors:
            hint = facts.ctx.nearest(actor.text, facts.symbols.actors)
            say(f"'{shorten(actor.text)}' is no actor.", text.at(actor.column), hint)
    elif isinstance(event, Call) and event.name == "before":
        for part in event.arguments:
            _check_event(facts, part, text, say)
    elif isinstance(event, Name) and event.text in facts.symbols.shocks:
        return
    else:
        check_term(facts, event, text, say)


def _check_moment(facts: Facts, moment: str, query: Query, text: TextNode, say: Say) -> None:
    try:
        read_moment(moment, facts.situation.as_of)
    except ExpressionError as error:
        say(error.message, text.at(query.column), error.hint)


def _check_setting(facts: Facts, setting: Setting, query: Query, text: TextNode, say: Say) -> None:
    for hold in (*setting.do, *setting.secretly):
        _check_hold(facts, hold, text, say)
    if setting.given is not None:
        check_term(facts, setting.given, text, say)
    for reading in setting.under:
        _check_reading(facts, reading, query, text, say)
    known = identities(facts.root) if setting.without else ()
    for key in setting.without:
        if drop_key(TextNode(key)) not in known:
            near = did_you_mean(drop_key(TextNode(key)), known)
            say(f"'{shorten(key)}' is no line that could be left out.", text.at(query.column), near)


def _check_hold(facts: Facts, hold: Hold, text: TextNode, say: Say) -> None:
    symbols = facts.symbols
    tables: dict[str, Iterable[str]] = {
        "shock": symbols.shocks,
        "exchange": symbols.exchanges,
        "scenario": symbols.scenarios,
    }
    for moment in filter(None, (hold.start, hold.end)):
        _check_moment(facts, moment, Query("P", column=hold.column), text, say)
    if hold.kind in tables:
        if hold.target not in tables[hold.kind]:
            hint = did_you_mean(hold.target, tables[hold.kind])
            say(f"'{shorten(hold.target)}' is no {hold.kind}.", text.at(hold.column), hint)
        return
    check_name(facts, Name(hold.target, column=hold.column), text, say)
    if hold.target in symbols.options and isinstance(hold.value, Name):
        check_level(facts, hold.target, hold.value, text, say)
    elif hold.target in symbols.factors and (hold.value is None or isinstance(hold.value, Name)):
        say(f"'{hold.target}' is held at no number.", text.at(hold.column), f"Write '{hold.target}=0.5'.")
    elif hold.target in symbols.derived:
        say(f"'{hold.target}' is derived: it cannot be held.", text.at(hold.column), "Hold what its formula reads.")


def _check_reading(facts: Facts, given: str, query: Query, text: TextNode, say: Say) -> None:
    readings = facts.symbols.readings
    known = [f"{group}: {name}" for group, names in readings.items() for name in names]
    short = [name for names in readings.values() for name in names]
    plain = " ".join(given.split())
    if plain in known or short.count(plain) == 1:
        return
    hint = did_you_mean(plain, [*known, *short])
    if plain in short:
        hint = "Several groups have it: write 'under(GROUP: READING)'."
    say(f"'{shorten(plain)}' is no reading of a hypothesis.", text.at(query.column), hint)


def _check_word(facts: Facts, verdict: Is, text: TextNode, say: Say) -> None:
    word = verdict.word
    levels = {level for names in facts.symbols.levels.values() for level in names}
    known = {*LIKELIHOODS, *HEDGES, *facts.symbols.actors, *levels, NOBODY}
    if isinstance(verdict.left, Query) and verdict.left.function == "loser":
        known = {*facts.symbols.actors, NOBODY}
    known = set(answers_of(facts, verdict.left)) or known
    if word not in known and word.lower() not in known:
        hint = facts.ctx.nearest(word, known)
        say(f"'{shorten(word)}' is no likelihood, actor or level.", text.at(verdict.column), hint)
