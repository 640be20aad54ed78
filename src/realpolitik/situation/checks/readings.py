"""Questions about what is written (`weight(AAA, x)`, `top(AAA) is x`, `status(AAA.arm) is exempt`): their names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from realpolitik.claims.written.nodes import TextNode, shorten
from realpolitik.errors import did_you_mean
from realpolitik.language.expression import Call, Expression, Name
from realpolitik.language.vocabulary import STATUSES
from realpolitik.situation.checks.registry import Facts, Say

ARGUMENTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "weight": ("actor", "factor"),
        "start": ("factor or option",),
        "top": ("actor",),
        "depends": ("actor", "actor", "good"),
        "status": ("option", "actor"),
        "penalty": ("option", "actor"),
        "member": ("institution or option", "actor"),
        "dated": ("claim",),
        "alignment": ("actor", "actor", *("theatre or factor",) * 97),
    }
)  # what each argument must name


def check_reading(facts: Facts, call: Call, text: TextNode, say: Say) -> None:
    """Every name in the brackets of one such question."""
    for what, item in zip(ARGUMENTS.get(call.name, ()), call.arguments, strict=False):
        known = _known(facts, what)
        if known is None:
            continue
        given = item.text if isinstance(item, Name) else "this"
        if given not in known:
            hint = did_you_mean(given, known)
            say(f"'{shorten(given)}' is no {what}, which {call.name}(...) asks for.", text.at(item.column), hint)


def _known(facts: Facts, what: str) -> Collection[str] | None:
    """The names of one kind; None where none can be listed."""
    symbols = facts.symbols
    goods = {item.good for part in facts.parts() for item in part.dependencies}
    theatres = sorted({item.theatre for item in facts.situation.factors.values() if item.theatre})
    tables: Mapping[str, Collection[str] | None] = {
        "actor": symbols.actors,
        "factor": symbols.factors,
        "option": symbols.options,
        "factor or option": symbols.terms(),
        "institution or option": (*symbols.institutions, *symbols.options),
        "good": goods,
        "theatre or factor": (*theatres, *symbols.factors),
        "claim": facts.claims,
    }
    return tables[what]


def answers_of(facts: Facts, asked: Expression) -> Collection[str]:
    """The words that may stand after `is` behind a question about what is written; empty for any other."""
    symbols = facts.symbols
    if not isinstance(asked, Call):
        return ()
    if asked.name == "start" and isinstance(asked.arguments[0], Name):
        return symbols.levels.get(asked.arguments[0].text, ())
    if asked.name == "top":
        return symbols.factors
    if asked.name == "status":
        return STATUSES
    if asked.name == "named":
        return (*symbols.actors, *symbols.institutions, *symbols.factors, *symbols.options, *symbols.names)
    return ()
