"""The judgement of one check: its truth, and whether it turns on a hypothesis, a way of comparing, or a figure.

The same truth is asked for under each combination of hypotheses alone, under each way of comparing losses, and with
each set of figures. A check that is true under one and false under another is contested, and says under which.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

import numpy as np

from realpolitik.claims.facts.model import FactsTable
from realpolitik.claims.model import Claim
from realpolitik.compiled.checking.figures import with_figures
from realpolitik.compiled.checking.truth import Bench, Outcome, truth
from realpolitik.compiled.contrasts import SCALINGS
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.dynamics.tables import Draws
from realpolitik.errors import QuestionRefused
from realpolitik.language.expression import Compare, Expression, Is, Query, walk

Finding = Literal["holds", "fails", "contested"]
MOST = 8
COMPARED = ("loser", "rank", "share", "gain")


@dataclass(frozen=True)
class Judgement:
    """What was found: the outcome, what it turns on ("" where nothing), and each way of reading the figures."""

    finding: Finding
    outcome: Outcome
    turns_on: tuple[str, ...] = ()
    figures: tuple[tuple[str, float, bool | None], ...] = ()


@dataclass(frozen=True)
class Sources:
    """What a check may read besides the ensemble: the table of figures and the claims."""

    facts: FactsTable
    claims: Mapping[str, Claim]


def judge(bench: Bench, check: Expression, sources: Sources) -> Judgement:
    """Does a check hold, fail, or turn on something?

    Raises `ExpressionError` and `QuestionRefused` for what cannot be checked.
    """
    year = bench.ensemble.model.situation.as_of.year
    ways = with_figures(check, sources.facts, sources.claims, year)
    made = [_judged(bench, way.expression) for way in ways]
    if not ways[0].label:
        return made[0]
    rows = tuple((way.label, truth(bench, way.compared), item) for way, item in zip(ways, made, strict=True))
    figures = tuple((label, part.value, item.outcome.truth) for label, part, item in rows)
    if len({item.finding for item in made}) == 1:
        return replace(made[0], outcome=replace(rows[0][1], truth=made[0].outcome.truth), figures=figures)
    turns = _sides("the figure", ((label.split(" (")[0], value, held) for label, value, held in figures))
    return Judgement("contested", replace(rows[0][1], truth=None), (turns,), figures)


def _judged(bench: Bench, check: Expression) -> Judgement:
    outcome = truth(bench, check)
    turns = [*_by_scaling(bench, check, outcome), *_by_hypothesis(bench, check)]
    if outcome.truth is None:
        turns = [*outcome.turns_on, *turns]
    if turns:
        return Judgement("contested", outcome, tuple(dict.fromkeys(turns)))
    return Judgement("holds" if outcome.truth else "fails", outcome)


def _by_scaling(bench: Bench, check: Expression, top: Outcome) -> Iterator[str]:
    """Whether it is true under one way of comparing what several actors lose, and false under another."""
    if not any(_compares_actors(node) for node in walk(check)):
        return
    found = [("top", 0.0, top.truth)]
    for scaling in SCALINGS[1:]:
        found.append((scaling, 0.0, truth(bench, scaled(check, scaling)).truth))
    if {True, False} <= {item[2] for item in found}:
        yield _sides("how losses are compared", found)


def _compares_actors(node: Expression) -> bool:
    """True for a question about who, and for a comparison of gains of several actors, where no scaling is named."""
    asked = [item for item in walk(node) if isinstance(item, Query) and item.function in COMPARED and not item.scaling]
    if isinstance(node, Is | Compare) and any(item.function != "gain" for item in asked):
        return True
    return isinstance(node, Compare) and len({item.subject for item in asked}) > 1


def scaled(node: Any, scaling: str) -> Any:
    """The check with every comparison of losses made under a scaling."""
    if isinstance(node, tuple):
        return tuple(scaled(item, scaling) for item in node)
    if not isinstance(node, Expression):
        return node
    made = replace(node, **{item.name: scaled(getattr(node, item.name), scaling) for item in fields(node)})
    if isinstance(made, Query) and made.function in COMPARED and not made.scaling:
        return replace(made, options=(*made.options, f"scaled {scaling}"))
    return made


def _by_hypothesis(bench: Bench, check: Expression) -> Iterator[str]:
    """Whether it is true under some combination of hypotheses and false under another."""
    combos = bench.ensemble.model.combos
    if len(combos) < 2:
        return
    found = []
    for number, combo in enumerate(combos):
        if combo.weight <= 0:
            continue
        try:
            outcome = truth(replace(bench, ensemble=under_one(bench.ensemble, number)), check)
        except QuestionRefused:
            continue
        found.append((combo.label, outcome.value, outcome.truth))
    if {True, False} <= {item[2] for item in found}:
        yield _sides("the hypothesis", found)


def under_one(ensemble: Ensemble, number: int) -> Ensemble:
    """The same runs with all weight on one combination of hypotheses."""
    draws = ensemble.draws
    weight = np.where(draws.combination == number, draws.weight, 0.0)
    known = Draws(**{**{item.name: getattr(draws, item.name) for item in fields(draws)}, "weight": weight})
    ablated = {names: under_one(item, number) for names, item in ensemble.known_ablations.items() if names}
    return replace(ensemble, known={"draws": known}, known_ablations=ablated)


def _sides(what: str, found: Iterable[tuple[str, float, bool | None]]) -> str:
    """What a verdict turns on: where it is true, and where false."""
    rows = list(found)
    return f"{what}: true with {_listed(rows, True)}; false with {_listed(rows, False)}"


def _listed(rows: list[tuple[str, float, bool | None]], wanted: bool) -> str:
    names = list(dict.fromkeys(name for name, _, held in rows if held is wanted)) or ["none"]
    shown = ", ".join(names[:MOST])
    return f"{shown} and {len(names) - MOST} more" if len(names) > MOST else shown
