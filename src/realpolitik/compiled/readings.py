"""Questions about what is written, answered without a run: weights, dependencies, norms, members, names.

They read the inputs as drawn, so their spread is judgement alone. What they say holds by construction of the inputs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

import numpy as np

from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.estimates import Estimate, Reals, among, constant, made
from realpolitik.compiled.marginals import cosine, stated
from realpolitik.compiled.sampling import Sampler
from realpolitik.dynamics.tables import Draws
from realpolitik.dynamics.terms import evaluate
from realpolitik.errors import ExpressionError, QuestionRefused, did_you_mean
from realpolitik.language.expression import Call, Name
from realpolitik.language.quantity import Quantity
from realpolitik.language.vocabulary import STATUSES
from realpolitik.situation.model import Norm

POINT = 0.01


def reading(ensemble: Ensemble, call: Call) -> Estimate:
    """The answer to `start`, `weight`, `top`, `depends`, `status`, `penalty`, `member`, `named` or `alignment`.

    Raises `ExpressionError` for a name that names nothing, or a function that needs more than an ensemble.
    """
    if call.name not in _ANSWERS:
        raise ExpressionError(f"'{call.name}' is not answered here.", call.column, did_you_mean(call.name, _ANSWERS))
    return _ANSWERS[call.name](ensemble, call)


def _argument(call: Call, number: int) -> str:
    item = call.arguments[number] if number < len(call.arguments) else None
    return item.text if isinstance(item, Name) else ""


def _known(call: Call, number: int, known: tuple[str, ...], what: str) -> int:
    given = _argument(call, number)
    if given in known:
        return known.index(given)
    raise ExpressionError(f"'{given}' is no {what}.", call.column, did_you_mean(given, known))


def _start(ensemble: Ensemble, call: Call) -> Estimate:
    """What is written of the start: a factor's level in its own unit, or an option's level by its name.

    The first period of a run is not the same: options are reviewed in it already.
    """
    model = ensemble.model
    tables, name = model.tables, _argument(call, 0)
    if name in model.situation.options:
        option = model.situation.options[name]
        return _certain(ensemble, option.levels, option.levels[option.now])
    number, factor = _known(call, 0, tables.factors, "factor or option"), model.situation.factors[name]
    return made(ensemble, factor.low + (factor.high - factor.low) * ensemble.draws.start[:, number], "level")


def _weight(ensemble: Ensemble, call: Call) -> Estimate:
    """What a full swing of a factor is worth to an actor at the start, in full swings of its top interest.

    U with the factor at its upper end, less U at its lower end, all else as at the start: a plain interest gives its
    weight, a product its weight times the rest of the product.
    """
    tables = ensemble.model.tables
    actor = _known(call, 0, tables.actors, "actor")
    factor = _known(call, 1, tables.factors, "factor")
    return made(ensemble, swings(ensemble, actor, [factor])[:, 0], "number")


def _top(ensemble: Ensemble, call: Call) -> Estimate:
    """The factor whose full swing matters most to an actor, as shares of draws."""
    tables = ensemble.model.tables
    actor = _known(call, 0, tables.actors, "actor")
    sizes = np.abs(swings(ensemble, actor, list(range(len(tables.factors)))))
    table = (np.arange(sizes.shape[1]) == sizes.argmax(axis=1)[:, None]).astype(np.float64)
    return among(ensemble, tables.factors, table)


def swings(ensemble: Ensemble, actor: int, factors: list[int]) -> Reals:
    """What a full swing of each factor is worth to an actor at the start (draw, factor)."""
    tables, draws = ensemble.model.tables, ensemble.draws
    own = np.flatnonzero(tables.interest_actor == actor)
    if not len(own):
        return np.zeros((len(draws.weight), len(factors)))
    weights = draws.weight_of_interest[:, own].T / tables.top_weight[actor]
    levels = np.broadcast_to(tables.option_now, (len(draws.weight), 2, len(tables.option_now))).astype(np.int32)
    nodes = tables.interest_node[own]
    found = np.zeros((len(draws.weight), len(factors)))
    for place, factor in enumerate(factors):
        ends = _ends(draws, factor)
        worth = evaluate(tables, draws, ends, levels, nodes=nodes, exact=True)
        found[:, place] = ((worth[:, :, 1] - worth[:, :, 0]) * weights).sum(axis=0)
    return found


def _ends(draws: Draws, factor: int) -> Reals:
    """The start twice (draw, 2, factor): once with a factor at its lower end, once at its upper."""
    state = np.repeat(draws.start[:, None, :], 2, axis=1)
    state[:, 0, factor], state[:, 1, factor] = 0.0, 1.0
    return state


def _depends(ensemble: Ensemble, call: Call) -> Estimate:
    """The share of a need that a cut would leave unmet, dependence x (1 - replaced); of several goods the largest."""
    who, on, good = (_argument(call, number) for number in range(3))
    items = [
        item
        for item in ensemble.model.situation.dependencies
        if item.who == who and item.on == on and good in ("", item.good)
    ]
    missing = np.zeros(len(ensemble.draws.weight))
    for item in items:
        share = _drawn(ensemble, f"dependence: {item.key}", item.share)
        replaced = (
            0.0 if item.replaced is None else _drawn(ensemble, f"dependence: {item.key}, replaced", item.replaced)
        )
        missing = np.maximum(missing, share * (1.0 - replaced))
    return made(ensemble, missing, "share")


def _drawn(ensemble: Ensemble, name: str, quantity: Quantity) -> Reals:
    """The values of one input in the draws (draw,)."""
    index = ensemble.draws.index.astype(np.int64)
    if quantity.is_constant:
        return np.full(len(index), float(quantity.central))
    sampler = Sampler(ensemble.settings.seed, index, ensemble.model.situation.credences)
    return np.asarray(quantity.at(sampler.scored(name, quantity.family)), dtype=np.float64)


def _norms(ensemble: Ensemble, call: Call) -> Iterator[Norm]:
    """The norms about an option; with an actor, those that bind it."""
    option, actor = _argument(call, 0), _argument(call, 1)
    _known(call, 0, ensemble.model.tables.options, "option")
    for item in ensemble.model.situation.norms:
        if item.option == option and (not actor or item.actor in ("", actor)):
            yield item


def _status(ensemble: Ensemble, call: Call) -> Estimate:
    """Whether norms forbid an option, exempt it, or say nothing."""
    kinds = {item.kind for item in _norms(ensemble, call)}
    found = "exempt" if "exempts" in kinds else "forbidden" if "forbids" in kinds else "clean"
    return _certain(ensemble, STATUSES, found)


def _penalty(ensemble: Ensemble, call: Call) -> Estimate:
    """What breaking the norms about an option costs an actor while it does so, in points."""
    total = np.zeros(len(ensemble.draws.weight))
    for item in _norms(ensemble, call):
        if item.kind == "forbids" and item.price is not None:
            total = total + _drawn(ensemble, f"norm price: {item.key}", item.price)
    return made(ensemble, total / POINT, "points")


def _member(ensemble: Ensemble, call: Call) -> Estimate:
    """1 where an actor belongs to an institution, or is among those who decide on an option; else 0."""
    group, actor = _argument(call, 0), _argument(call, 1)
    situation = ensemble.model.situation
    _known(call, 1, ensemble.model.tables.actors, "actor")
    if group in situation.institutions:
        return constant(ensemble, float(actor in situation.institutions[group].members))
    _known(call, 0, (*situation.institutions, *situation.options), "institution or option")
    return constant(ensemble, float(actor in situation.options[group].owners))


def _named(ensemble: Ensemble, call: Call) -> Estimate:
    """What bears a name: the id of an actor, institution, factor, option or other thing named."""
    wanted = _argument(call, 0).casefold()
    known = dict(_bearers(ensemble))
    if wanted not in known:
        raise ExpressionError(f"Nothing is called '{wanted}'.", call.column, did_you_mean(wanted, known))
    return _certain(ensemble, tuple(dict.fromkeys(known.values())), known[wanted])


def _bearers(ensemble: Ensemble) -> Iterator[tuple[str, str]]:
    situation = ensemble.model.situation
    for name, thing in situation.names.items():
        yield from ((text.casefold(), name) for text in (name, *thing.aliases))
    for table in (situation.options, situation.factors, situation.institutions, situation.actors):
        for name, item in table.items():
            texts = (name, item.name, *item.aliases, getattr(item, "leader", ""))
            yield from ((text.casefold(), name) for text in texts if text)


def _alignment(ensemble: Ensemble, call: Call) -> Estimate:
    """How far the written interests of two actors point the same way, -1 to 1; in the theatres or factors named.

    The cosine of their marginal values at the start (`compiled.marginals.stated`). Refused where one of them wants
    nothing there.
    """
    actors = [_known(call, number, ensemble.model.tables.actors, "actor") for number in (0, 1)]
    columns = sorted({column for place in range(2, len(call.arguments)) for column in _columns(ensemble, call, place)})
    wanted = stated(ensemble)[:, actors]
    values = cosine(*np.moveaxis(wanted[:, :, columns] if columns else wanted, 1, 0))
    known = np.isfinite(values)
    if not known.any():
        raise QuestionRefused("One of the two wants nothing there, so there is no direction to compare.")
    found = made(ensemble, np.where(known, values, 0.0), "level")
    return found.reweighted(found.weights * known)


def _columns(ensemble: Ensemble, call: Call, place: int) -> list[int]:
    """The factors of a theatre, or one factor, by number."""
    factors, name = ensemble.model.situation.factors, _argument(call, place)
    inside = [number for number, factor in enumerate(factors.values()) if factor.theatre == name]
    return inside or [_known(call, place, tuple(factors), "theatre or factor")]


def _certain(ensemble: Ensemble, names: tuple[str, ...], found: str) -> Estimate:
    row = np.array([float(name == found) for name in names])
    return among(ensemble, names, np.tile(row, (len(ensemble.draws.weight), 1)))


_ANSWERS: Mapping[str, Callable[[Ensemble, Call], Estimate]] = MappingProxyType(
    {
        "start": _start,
        "weight": _weight,
        "top": _top,
        "depends": _depends,
        "status": _status,
        "penalty": _penalty,
        "member": _member,
        "named": _named,
        "alignment": _alignment,
    }
)
