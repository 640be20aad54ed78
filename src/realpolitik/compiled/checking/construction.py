"""Do the inputs already say it? A check that only repeats what was put in is no success of the model.

A part of a check holds by construction of the inputs where

1. it reads inputs only: weights, dependencies, norms, members, names, dates, or levels at the start; or
2. an entry that cites this very claim lies directly between what is held and what is measured: an influence from one
   to the other, a pledge about the option measured that watches what is held, the dependency behind a cut, the shock
   that is fired, or an interest (or price) of the actor whose gain is measured in what is held or in a factor one
   influence from it; and without the entries that cite the claim the part is false, or its effect falls under a tenth.

The second half of rule 2 is a run of its own, on fewer draws. A check holds by construction where all its parts do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from realpolitik.compiled.checking.truth import Bench, parts_of, truth
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.factors import names_of
from realpolitik.compiled.holds import intervention
from realpolitik.dynamics.tables import Held
from realpolitik.dynamics.tables import Hold as Holding
from realpolitik.errors import QuestionRefused
from realpolitik.language.expression import Call, Expression, Name, Number, Query, walk
from realpolitik.language.vocabulary import READINGS
from realpolitik.situation.model import Situation

TENTH = 0.1
FEW = 32


def by_construction(bench: Bench, check: Expression, claim: str, *, runs: bool = True) -> bool:
    """Whether the inputs already say what a true check states (see the module); without `runs` by rule 1 alone."""
    return all(_part(bench, part, claim, runs) for part in parts_of(check))


def _part(bench: Bench, part: Expression, claim: str, runs: bool) -> bool:
    if reads_inputs(part) or is_fired(bench.ensemble, part, claim):
        return True
    return runs and bool(claim) and lies_between(bench.ensemble, part, claim) and _rests_on(bench, part, claim)


def reads_inputs(part: Expression) -> bool:
    """Rule 1. Figures are no inputs of the model: they come from elsewhere than the claim."""
    asked = [
        node for node in walk(part) if isinstance(node, Query) or (isinstance(node, Call) and node.name in READINGS)
    ]
    return bool(asked) and all(isinstance(node, Call) and node.name != "fact" for node in asked)


def lies_between(ensemble: Ensemble, part: Expression, claim: str) -> bool:
    """Rule 2, first half: an entry citing the claim stands directly between what is held and what is measured."""
    queries = [node for node in walk(part) if isinstance(node, Query)]
    holds = [hold for query in queries for hold in intervention(ensemble.model, query.setting).holds]
    held, moved = _held(ensemble, holds), _moved(ensemble, holds)
    situation = ensemble.model.situation
    near = held | moved | {item.effect for item in situation.influences if names_of(item.term) & held}
    return any(
        claim in cited
        for query in queries
        for cited in (
            *_towards(situation, query, held),
            *_valued(situation, query, near),
            *_fired(ensemble, query, holds),
        )
    )


def is_fired(ensemble: Ensemble, part: Expression, claim: str) -> bool:
    """Rule 2 for shocks: the shock that is fired cites the claim, and moves the very thing that is measured."""
    queries = [node for node in walk(part) if isinstance(node, Query)]
    return any(
        claim in cited
        for query in queries
        for cited in _fired(ensemble, query, list(intervention(ensemble.model, query.setting).holds))
    )


def _held(ensemble: Ensemble, holds: list[Holding]) -> set[str]:
    tables = ensemble.model.tables
    kinds = {Held.OPTION: tables.options, Held.FACTOR: tables.factors}
    return {kinds[hold.held][hold.index] for hold in holds if hold.held in kinds}


def _moved(ensemble: Ensemble, holds: list[Holding]) -> set[str]:
    """The factors that shocks held move."""
    tables, shocks = ensemble.model.tables, ensemble.model.situation.shocks
    fired = [shocks[tables.shocks[hold.index]] for hold in holds if hold.held is Held.SHOCK]
    return {effect.factor for shock in fired for effect in shock.effects}


def _towards(situation: Situation, query: Query, held: set[str]) -> Iterator[tuple[str, ...]]:
    """Claims of influences, pledges and dependencies from what is held to what is measured."""
    if query.function not in ("P", "E", "first") or query.subject is None:
        return
    measured = _names(query.subject)
    for item in situation.influences:
        if item.effect in measured and names_of(item.term) & held:
            yield item.support.mentioned
    for pledge in situation.promises:
        if pledge.option in measured and names_of(pledge.trigger) & held:
            yield pledge.support.mentioned
    for name in held & set(situation.options):
        cut = situation.options[name].withholds
        for need in situation.dependencies:
            if cut == (need.good, need.who):
                yield need.support.mentioned


def _names(subject: Expression) -> set[str]:
    return {node.text for node in walk(subject) if isinstance(node, Name)}


def _valued(situation: Situation, query: Query, near: set[str]) -> Iterator[tuple[str, ...]]:
    """Claims of interests and norms through which the actor measured feels what is held."""
    if query.function not in ("gain", "loser", "share", "rank"):
        return
    actor = query.subject.text if isinstance(query.subject, Name) else ""
    for item in situation.interests:
        if actor in ("", item.actor) and names_of(item.term) & near:
            yield item.support.mentioned
    for norm in situation.norms:
        if norm.option in near and actor in ("", norm.actor):
            yield norm.support.mentioned


def _fired(ensemble: Ensemble, query: Query, holds: list[Holding]) -> Iterator[tuple[str, ...]]:
    """Claims of a shock that is fired and moves what is measured."""
    tables, shocks = ensemble.model.tables, ensemble.model.situation.shocks
    measured = _names(query.subject) if query.subject is not None else set()
    for hold in holds:
        if hold.held is Held.SHOCK:
            shock = shocks[tables.shocks[hold.index]]
            if measured & {effect.factor for effect in shock.effects}:
                yield shock.support.mentioned


def _rests_on(bench: Bench, part: Expression, claim: str) -> bool:
    """Rule 2, second half: without the entries that cite the claim it is false, or its effect is under a tenth."""
    small = _few(bench.ensemble)
    with_it = truth(replace(bench, ensemble=small), part)
    try:
        without = truth(replace(bench, ensemble=small.ablated((claim,))), part)
    except QuestionRefused:
        return False
    finally:
        small.known_ablations.pop((claim,), None)
    return without.truth is False or (_is_difference(part) and abs(without.value) < TENTH * abs(with_it.value))


def _is_difference(part: Expression) -> bool:
    """True where the number of a comparison is an effect: both sides are asked, or a gain is held against nought."""
    sides = (getattr(part, "left", None), getattr(part, "right", None))
    if all(isinstance(side, Expression) and not isinstance(side, Number) for side in sides):
        return True
    return any(isinstance(node, Query) and node.function == "gain" for node in walk(part))


def _few(ensemble: Ensemble) -> Ensemble:
    """The same model on fewer draws, remembered with the runs of the ensemble."""
    if ensemble.settings.draws <= FEW:
        return ensemble
    if () not in ensemble.known_ablations:
        settings = replace(ensemble.settings, draws=FEW)
        ensemble.known_ablations[()] = Ensemble(ensemble.model, settings, ensemble.variant, ensemble.store)
    return ensemble.known_ablations[()]
