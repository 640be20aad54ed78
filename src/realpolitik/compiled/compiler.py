"""`compile`: from a checked situation to read-only arrays, the only such step."""

from __future__ import annotations

from typing import Any

from realpolitik.compiled.calendar import Calendar
from realpolitik.compiled.combinations import Union, combinations
from realpolitik.compiled.context import Context, codes, ints, reals
from realpolitik.compiled.factors import factor_tables, flow_tables, influence_tables
from realpolitik.compiled.minds import actor_tables, interest_tables, shock_tables
from realpolitik.compiled.model import Model
from realpolitik.compiled.moves import (
    exchange_tables,
    norm_tables,
    option_tables,
    promise_tables,
    withheld_nodes,
)
from realpolitik.compiled.terms import TermCompiler
from realpolitik.dynamics.tables import Tables
from realpolitik.language.time import MONTHS
from realpolitik.situation.model import Situation

_ARRAYS_OF = {
    "start": "factor", "alpha": "factor", "rho": "factor", "sigma": "factor", "trend": "factor",
    "effect": "link", "link_gain": "link", "pull_to": "pull", "pull_exists": "pull", "pull_gain": "pull",
    "flow_rate": "flow", "weight_of_interest": "interest", "red_active": "red", "price": "price",
    "norm_price": "norm", "switch": "party", "steadiness": "actor", "likelihood": "promise",
    "hazard": "shock", "effect_size": "effect", "param": "param",
}  # fmt: skip
_SIZES = {
    "factor": "factor_kind", "link": "link_node", "pull": "pull_node", "flow": "flow_node",
    "interest": "interest_actor",
    "red": "red_actor", "price": "price_actor", "norm": "norm_actor", "party": "party_actor", "actor": "actor_view",
    "promise": "promise_option", "shock": "shock_on", "effect": "effect_shock",
}  # fmt: skip


def compile(situation: Situation) -> Model:  # noqa: A001  (the field's word; `realpolitik.compile` reads well)
    """What does the engine run for this situation?

    Raises `InputRefused` with every term that cannot be compiled, `QuestionRefused` for too many combinations of
    hypotheses or two names with one hash.
    """
    context = _context(situation)
    withheld_nodes(context)
    parts: dict[str, Any] = {}
    for part in (
        factor_tables, flow_tables, influence_tables, option_tables, norm_tables, interest_tables, actor_tables,
        exchange_tables, promise_tables, shock_tables,
    ):  # fmt: skip
        parts |= part(context)
    context.raise_refused()
    tables = Tables(**parts, **_nodes(context), **_frame(context))
    counts = {name: _count(name, tables, context) for name in _ARRAYS_OF}
    return Model(
        situation=situation,
        tables=tables,
        columns=context.columns,
        union=context.union,
        calendar=context.calendar,
        terms=context.terms,
        counts=counts,
        inputs={item.name: item for item in context.columns.inputs()},
    )


def _context(situation: Situation) -> Context:
    months = MONTHS[situation.period]
    calendar = Calendar(situation.as_of, months, max(1, round(situation.horizon.months / months)))
    union = Union(situation, combinations(situation))
    return Context(situation, union, calendar, TermCompiler(situation.factors, situation.options))


def _nodes(context: Context) -> dict[str, Any]:
    keys = context.terms.nodes.keys
    return {
        "node_op": codes([key[0] for key in keys]),
        "node_a": ints([key[1] for key in keys]),
        "node_b": ints([key[2] for key in keys]),
        "node_c": reals([key[3] for key in keys]),
    }


def _frame(context: Context) -> dict[str, Any]:
    situation, calendar = context.situation, context.calendar
    return {
        "periods": calendar.periods,
        "periods_per_year": calendar.per_year,
        "actors": tuple(situation.actors),
        "factors": tuple(situation.factors),
        "options": tuple(situation.options),
        "levels": tuple(option.levels for option in situation.options.values()),
        "exchanges": tuple(situation.exchanges),
    }


def _count(array: str, tables: Tables, context: Context) -> int:
    if array == "param":
        return len(context.columns.fills.get("param", []))
    return len(getattr(tables, _SIZES[_ARRAYS_OF[array]]))
