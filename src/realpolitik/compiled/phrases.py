"""Expressions in words, for the lines of a screen or report."""

from __future__ import annotations

from realpolitik.compiled.holds import intervention
from realpolitik.compiled.model import Model
from realpolitik.compiled.wording import actor_name, intervention_name, option_name
from realpolitik.language.expression import (
    And,
    Arithmetic,
    Compare,
    Expression,
    Name,
    Not,
    Number,
    Or,
    Query,
    Setting,
    When,
)

_COMPARED = {">": "above", ">=": "at least", "<": "below", "<=": "at most", "=": "equal to", "!=": "other than"}


def term_words(model: Model, term: Expression) -> str:
    """A term or event in words."""
    match term:
        case Number(value=value):
            return f"{value:g}"
        case Name(text=text):
            return name_words(model, text)
        case Not(item=item):
            return f"not {term_words(model, item)}"
        case And(items=items):
            return " and ".join(term_words(model, item) for item in items)
        case Or(items=items):
            return " or ".join(term_words(model, item) for item in items)
        case Compare():
            return _compare_words(model, term)
        case Arithmetic(op=op, left=left, right=right):
            return f"{term_words(model, left)} {op} {term_words(model, right)}"
    return "this"


def name_words(model: Model, name: str) -> str:
    """The readable name of anything a term can name."""
    situation = model.situation
    if name in situation.options:
        return situation.options[name].name
    if name in situation.factors:
        return situation.factors[name].name
    return actor_name(model, name)


def _compare_words(model: Model, term: Compare) -> str:
    left, right = term.left, term.right
    options = model.situation.options
    if (
        isinstance(left, Name)
        and left.text in options
        and isinstance(right, Name)
        and right.text in options[left.text].levels
    ):
        if term.op == "=":
            return option_name(model, left.text, options[left.text].levels.index(right.text))
        return f"{options[left.text].name} {_COMPARED[term.op]} {right.text}"
    return f"{term_words(model, left)} {_COMPARED[term.op]} {term_words(model, right)}"


def when_words(when: When | None) -> str:
    """When an event is looked at."""
    if when is None:
        return ""
    if not when.moment:
        return {"ever": "at any time", "always": "throughout"}.get(when.kind, "")
    joined = {
        "at": "after" if not when.moment[:4].isdigit() else "in",
        "by": "by" if when.moment[:4].isdigit() else "within",
    }
    return f"{joined.get(when.kind, when.kind)} {when.moment}"


def setting_words(model: Model, setting: Setting) -> str:
    """What is held and what is taken as given: `if ...`, or nothing."""
    held = intervention(model, setting)
    parts = [] if held.is_empty else [f"if {setting_name(model, setting)}"]
    parts += [f"with {reading}" for reading in setting.under]
    parts += [] if setting.given is None else [f"given {term_words(model, setting.given)}"]
    return ", ".join(parts)


def setting_name(model: Model, setting: Setting) -> str:
    """What is held: a scenario's own name where one is named, else its parts."""
    scenarios = model.situation.scenarios
    names = [
        hold.target for hold in (*setting.do, *setting.secretly) if hold.target in scenarios and hold.value is None
    ]
    if names and len(names) == len(setting.do) + len(setting.secretly):
        return " and ".join(scenarios[name].name for name in names)
    return intervention_name(model, intervention(model, setting))


def query_words(model: Model, query: Query) -> str:
    """What a query asks, in words, without its answer."""
    setting, when = setting_words(model, query.setting), when_words(query.when)
    if query.function == "P" and query.subject is not None:
        return _joined(term_words(model, query.subject), when, setting)
    if query.function == "E" and query.subject is not None:
        return _joined(term_words(model, query.subject), when, setting)
    if query.function == "first" and query.subject is not None:
        return _joined(f"years until {term_words(model, query.subject)}", setting)
    if query.function == "loser":
        return _joined("loses most", when, setting)
    subject = term_words(model, query.subject) if query.subject is not None else ""
    return _joined(subject, *query.options, when, setting)


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
