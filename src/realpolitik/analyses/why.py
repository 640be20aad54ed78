"""Why does somebody gain or lose? The terms that add up to it, and what carried each.

Method: U is a sum of interests, prices, norms and red lines, so a gain splits exactly into one part for each entry: the
mean change of that entry over the answer year. The largest parts are then followed back: term, factors, links, options
held or chosen, and the claims or judgements they rest on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from realpolitik.compiled.about import about
from realpolitik.compiled.chains import Step, chain, flat
from realpolitik.compiled.contrasts import POINT, Contrast
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.factors import names_of
from realpolitik.compiled.holds import Intervention
from realpolitik.compiled.wording import actor_name, intervention_name, option_name
from realpolitik.dynamics.terms import UtilityParts, utility_parts
from realpolitik.language.sentences import signed
from realpolitik.language.time import duration_words
from realpolitik.results.result import Result
from realpolitik.results.statistics import mean
from realpolitik.situation.model import Interest

Row = Mapping[str, Any]
TOLD = 3


@dataclass(frozen=True)
class Asked:
    """Whose gain is explained, and when."""

    contrast: Contrast
    actor: str
    years: float


def why(ensemble: Ensemble, held: Intervention, actor: str, years: float, *, vs_free: bool = False) -> Result:
    """Why does `actor` gain or lose by it, after `years`?

    Rows: one for each entry of its utility that changed, in points, adding up to the gain. `trace`: for the largest,
    the chain of links and choices that carried it.
    """
    asked = Asked(Contrast(ensemble, held, vs_free), actor, years)
    rows = _rows(asked)
    total = sum(row["points"] for row in rows)
    name = actor_name(ensemble.model, actor)
    done = intervention_name(ensemble.model, held)
    question = f"Why does {name} stand at {signed(total)} points after {duration_words(12 * years)} if {done}?"
    steps = [(row, _steps(asked, row)) for row in rows[:TOLD]]
    trace = tuple({**item, "entry": row["entry"]} for row, chains in steps for step in chains for item in flat(step))
    sentences = (*(_sentence(asked, row, chains) for row, chains in steps), *_rest(rows))
    return Result("why", question, rows, sentences, {}, about(ensemble, total=total, actor=actor), trace)


def moved(ensemble: Ensemble, held: Intervention, factor: str, years: float) -> Result:
    """What moved a factor when something is done: the links and choices that carried it, after `years`."""
    contrast = Contrast(ensemble, held)
    period = contrast.window(years).stop - 1
    step = chain(contrast, factor, period)
    name, done = _name(ensemble.model, factor), intervention_name(ensemble.model, held)
    question = f"What moves {name} by {step.change:+.2f} after {duration_words(12 * years)} if {done}?"
    sentence = f"{_told(Asked(contrast, '', years), step)}."
    trace = tuple({**item, "entry": name} for item in flat(step))
    return Result("why", question, ({"entry": name, "change": step.change},), (sentence,), {}, about(ensemble), trace)


def _rest(rows: tuple[Row, ...]) -> tuple[str, ...]:
    """What the entries that are not told add up to."""
    others = rows[TOLD:]
    if not others:
        return ()
    count = f"{len(others)} other {'entry' if len(others) == 1 else 'entries'}"
    return (f"{sum(row['points'] for row in others):+.1f} from {count} (all of them: --json).",)


def _rows(asked: Asked) -> tuple[Row, ...]:
    contrast = asked.contrast
    ensemble, window = contrast.ensemble, contrast.window(asked.years)
    number = ensemble.model.tables.actors.index(asked.actor)
    pair = (contrast.held, contrast.status_quo)
    parts = [utility_parts(ensemble.model.tables, ensemble.draws, paths, window) for paths in pair]
    rows = []
    for kind, column, values, other in _entries(parts[0], parts[1], number):
        change = (values - other).mean(axis=1) / POINT
        rows.append({**_label(asked, kind, column), "points": mean(change, ensemble.draws.weight)})
    moved = [row for row in rows if abs(row["points"]) >= 0.005]
    return tuple(sorted(moved, key=lambda row: -abs(row["points"])))


def _entries(held: UtilityParts, quo: UtilityParts, actor: int) -> Iterator[tuple[str, int, Any, Any]]:
    """Every entry of an actor's utility in both runs: its kind, its row in the tables, its values (draw, period)."""
    tables = held.tables
    kinds = (
        ("interest", tables.interest_actor, held.interests, quo.interests),
        ("price", tables.price_actor, held.prices, quo.prices),
        ("norm", tables.norm_actor, held.norms, quo.norms),
        ("red line", tables.red_actor, held.reds, quo.reds),
    )
    for kind, owners, values, other in kinds:
        for column in np.flatnonzero(owners == actor):
            yield kind, int(column), values[:, :, column], other[:, :, column]


def _label(asked: Asked, kind: str, column: int) -> dict[str, Any]:
    """What an entry of the utility is: its words, its claims or author, and the names its term reads."""
    model = asked.contrast.ensemble.model
    if kind == "interest":
        item = interest_entries(model)[column]
        return _said(item.support.text or item.key, item.support, tuple(sorted(names_of(item.term))))
    if kind == "price":
        slot = int(model.tables.price_slot[column])
        option = max(i for i, start in enumerate(model.tables.slot_start[:-1]) if start <= slot)
        name = model.tables.options[option]
        words = f"price of {option_name(model, name, slot - int(model.tables.slot_start[option]))}"
        return _said(words, model.situation.options[name].support, (name,))
    if kind == "norm":
        norms = model.union.keyed(model.situation.norms, lambda reading: reading.norms, lambda item: item.key)
        norm = [entry.item for entry in norms if entry.item.kind == "forbids"][column]
        return _said(norm.support.text or norm.key, norm.support, (norm.option,))
    lines = model.union.keyed(model.situation.red_lines, lambda reading: reading.red_lines, lambda item: item.key)
    red = lines[column].item
    return _said(f"red line: {red.support.text or red.key}", red.support, tuple(sorted(names_of(red.term))))


def interest_entries(model: Any) -> list[Interest]:
    """The interests in the order of the tables."""
    found = model.union.keyed(model.situation.interests, lambda reading: reading.interests, lambda item: item.key)
    return [entry.item for entry in found]


def _said(words: str, support: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {
        "entry": words,
        "claims": support.claims,
        "author": support.author,
        "at": str(support.position),
        "names": names,
    }


def _steps(asked: Asked, row: Row) -> list[Step]:
    period = asked.contrast.window(asked.years).stop - 1
    return [step for name in row["names"] if abs((step := chain(asked.contrast, name, period)).change) >= 0.002]


def _sentence(asked: Asked, row: Row, steps: list[Step]) -> str:
    support = "" if row["claims"] else " (judgement)"
    told = "; ".join(_told(asked, step) for step in steps) or "nothing it reads moved"
    return f"{row['points']:+.1f} from '{row['entry']}'{support}: {told}."


def _told(asked: Asked, step: Step) -> str:
    """A chain in one clause: the factor, and the choices or holds at its far end."""
    model = asked.contrast.ensemble.model
    name = _name(model, step.name)
    ends = _ends(step)
    because = ", ".join(
        f"{_name(model, end.name)} ({'held' if end.kind == 'held' else 'by choice'} {end.change:+.2f})"
        for end in ends[:3]
    )
    return f"{name} {step.change:+.2f}" + (f", through {because}" if because and ends[0].name != step.name else "")


def _name(model: Any, name: str) -> str:
    situation = model.situation
    found = situation.factors.get(name) or situation.options.get(name)
    return found.name if found else name


def _ends(step: Step) -> list[Step]:
    """The options a chain ends in, the largest change first, each once."""
    found: dict[str, Step] = {}

    def visit(item: Step) -> None:
        if item.kind in ("held", "chosen"):
            found.setdefault(item.name, item)
        for cause in item.causes:
            visit(cause)

    visit(step)
    return sorted(found.values(), key=lambda item: -abs(item.change))
