"""The sections of a report: each is built from the data of `project.report`, or left out where there is nothing to say.

A later part of the program adds its section with `register`; its place is after the section it names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from realpolitik.report.page.blocks import Section
from realpolitik.report.page.sections import (
    annex,
    evidence,
    first,
    joint,
    method,
    outlook,
    policy,
    questions,
    relations,
    sensitive,
    system,
    updating,
)

Builder = Callable[[Mapping[str, Any]], Iterator[Section]]

SECTIONS: dict[str, Builder] = {
    "judgements": first.judgements,
    "system": system.system,
    "questions": questions.questions,
    "futures": outlook.futures,
    "gains": outlook.gains,
    "leverage": relations.leverage,
    "alignment": relations.alignment,
    "coalitions": relations.coalitions,
    "norms": relations.norms,
    "contingencies": relations.contingencies,
    "policy": policy.policy,
    "outcomes": joint.outcomes,
    "experts": evidence.experts,
    "rivals": updating.rivals,
    "watch": evidence.watch,
    "signs": updating.signs,
    "learned": updating.learned,
    "track": updating.track,
    "spread": sensitive.spread,
    "scenario": sensitive.scenario,
    "reversal": sensitive.reversal,
    "assumptions": evidence.assumptions,
    "verdicts": evidence.verdicts,
    "sources": evidence.sources,
    "method": method.method,
    "reproduce": method.reproduce,
    "whys": annex.whys,
    "claims": annex.claims,
    "names": annex.names,
    "inputs": annex.inputs,
}
"""Builders by name, in the order of the report."""


def register(name: str, builder: Builder, after: str) -> None:
    """Add a section `name` after another one.

    Raises `KeyError` where there is no section `after`.
    """
    order = list(SECTIONS.items())
    place = list(SECTIONS).index(after) + 1 if after in SECTIONS else -1
    if place < 0:
        raise KeyError(f"there is no section '{after}'; there are {', '.join(SECTIONS)}")
    order.insert(place, (name, builder))
    SECTIONS.clear()
    SECTIONS.update(order)


def sections(data: Mapping[str, Any]) -> Iterator[Section]:
    """Every section that has something to say."""
    for builder in SECTIONS.values():
        yield from builder(data)
