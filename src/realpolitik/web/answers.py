"""Answers while dragging: the table of gains first, then the question's sentences, then what each party does; twice.

First from 64 draws, then from 512, each draw under one combination of hypotheses in proportion to its chance. Each part
says how many draws it rests on and stands beside the same number of the situation as it is written ("before").
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from realpolitik.analyses.assessment import headlines
from realpolitik.compiled.answers import estimate
from realpolitik.compiled.contrasts import LOSS, Contrast, loser_shares
from realpolitik.compiled.estimates import Estimate
from realpolitik.compiled.holds import Intervention, intervention
from realpolitik.compiled.phrases import setting_name
from realpolitik.compiled.sentences import Asked, answer
from realpolitik.compiled.wording import actor_name, option_name
from realpolitik.errors import RealpolitikError
from realpolitik.language.expression import Expression, queries_in
from realpolitik.language.likelihood import describe
from realpolitik.language.sentences import level, share, signed
from realpolitik.project.whatif import Wanted, WhatIf
from realpolitik.results.result import plain
from realpolitik.results.statistics import mean, quantiles
from realpolitik.web.asking import Request, forced, subject, subject_name
from realpolitik.web.desk import DRAWS, Desk, Stage
from realpolitik.web.drawing import fans

Part = dict[str, Any]
STAGES: tuple[Stage, ...] = ("coarse", "refined")
MARKS = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True)
class Table:
    """One stage of one request: the ensembles now and before."""

    desk: Desk
    request: Request
    stage: Stage
    now: WhatIf
    before: WhatIf

    def unforced(self) -> WhatIf:
        """What forcing is compared in: inputs moved and readings picked, nothing forced."""
        state = replace(self.request.state, holds=())
        return self.desk.at(self.stage, state, self.request.depth, self.now.cancel)


def answers(desk: Desk, request: Request, cancel: threading.Event) -> Iterator[Part]:
    """Every part of the answer, coarse before refined."""
    for stage in STAGES:
        began = time.perf_counter()
        table = Table(desk, request, stage, desk.at(stage, request.state, request.depth, cancel),
                      desk.base(stage, request.depth))  # fmt: skip
        for made in (gains_part, lines_part, futures_part):
            part = made(table)
            took = round(1000 * (time.perf_counter() - began))
            yield plain({**part, "stage": stage, "draws": DRAWS[stage], "depth": request.depth, "ms": took})
    if not cancel.is_set() and asks_who(request) and desk.measure():
        yield plain(
            {**lines_part(table), "stage": "refined", "draws": DRAWS["refined"], "depth": request.depth, "ms": took}
        )


def asks_who(request: Request) -> bool:
    """Does a line of the question ask who loses most? Then the three ways of comparing losses are told."""
    return any(query.function == "loser" for _, item in request.asked for query in queries_in(item))


# Who gains and who loses


def gains_part(table: Table) -> Part:
    """The table of gains: every actor's gain now and before, losers first."""
    model, held = table.desk.model, subject(table.desk.model, table.request)
    if held.is_empty:
        return {"part": "gains", "rows": [], "title": ""}
    own = held == forced(model, table.request.state)
    now = _gains(table, table.unforced() if own else table.now, held)
    before = now if table.now is table.before else _gains(table, table.before, held)
    earlier = {row["actor"]: row["gain"] for row in before}
    rows = [{**row, "before": earlier[row["actor"]]} for row in now]
    rows.sort(key=lambda row: row["gain"])
    return {"part": "gains", "title": subject_name(model, table.request), "years": _years(table, held), "rows": rows,
            "sentence": _sentence(table, rows)}  # fmt: skip


def _years(table: Table, held: Intervention) -> float:
    """After how many years: as asked, or as much of the horizon as there is after the start of what is held."""
    calendar = table.desk.model.calendar
    return min(table.request.years, (calendar.periods - held.start) / calendar.per_year)


def _gains(table: Table, ensemble: WhatIf, held: Intervention) -> list[dict[str, Any]]:
    contrast, years = Contrast(ensemble, held), _years(table, held)
    wanted: list[Wanted] = [(held.holds, None), (held.status_quo, None)]
    settled = table.stage == "refined"
    ensemble.prepare([*wanted, (held.holds, held.status_quo)] if settled else wanted)
    weights, actors = ensemble.draws.weight, table.desk.model.tables.actors
    whole = contrast.gains(years)
    alone = contrast.gains(years, "by itself") if settled else np.full(whole.shape, np.nan)
    most = loser_shares(whole)
    return [
        {
            "actor": actor,
            "name": actor_name(table.desk.model, actor),
            "gain": mean(whole[:, i], weights),
            **dict(zip(("low", "high"), quantiles(whole[:, i], weights, (0.05, 0.95)), strict=True)),
            "by_itself": mean(alone[:, i], weights),
            "share_losing": mean((whole[:, i] < -LOSS).astype(np.float64), weights),
            "share_losing_most": mean(most[:, i], weights),
        }
        for i, actor in enumerate(actors)
    ]


def _sentence(table: Table, rows: list[dict[str, Any]]) -> str:
    """Who loses most, in one sentence with its likelihood."""
    most = max(rows, key=lambda row: row["share_losing_most"])
    nobody = max(0.0, 1.0 - sum(row["share_losing_most"] for row in rows))
    done = subject_name(table.desk.model, table.request)
    if nobody >= most["share_losing_most"]:
        return f"If {done}, nobody loses more than half a point: {describe(nobody)}."
    return (
        f"If {done}, {most['name']} loses most: {describe(min(1.0, most['share_losing_most']))}; "
        f"{signed(most['gain'])} points, before {signed(most['before'])}."
    )


# The question's own lines


def lines_part(table: Table) -> Part:
    """The question's sentences, each with its number now and before."""
    table.now.prepare(_needed(table))
    lines = [_line(table, text, expression) for text, expression in table.request.asked]
    return {"part": "lines", "question": table.request.label, "rows": lines}


def _needed(table: Table) -> list[Wanted]:
    """The runs the questions hold, made side by side."""
    found: list[Wanted] = []
    for _, expression in table.request.asked:
        for query in queries_in(expression):
            try:
                held = intervention(table.desk.model, query.setting)
            except RealpolitikError:
                continue
            found += [(held.holds, None), *([(held.status_quo, None)] if query.function not in ("P", "E") else [])]
    return found


def _line(table: Table, text: str, expression: Expression) -> Part:
    try:
        now = estimate(table.now, expression)
        before = now if table.now is table.before else estimate(table.before, expression)
        return {
            "ask": text, "text": _told(table, text, expression, now), "unit": now.unit, "value": now.value,
            "now": written(now), "before": written(before), "moved": written(now) != written(before),
        }  # fmt: skip
    except RealpolitikError as problem:
        return {"ask": text, "refused": str(problem)}


def _told(table: Table, text: str, expression: Expression, now: Estimate) -> str:
    """The sentence; until the yardsticks are known, a loser is named without the other ways of comparing."""
    model = table.desk.model
    who = next((query for query in queries_in(expression) if query.function == "loser"), None)
    if who is not None and not table.desk.measured:
        done = setting_name(model, who.setting)
        return f"If {done}, {actor_name(model, now.leading)} loses most: {describe(now.value)}."
    return answer(Asked(table.now, expression, text)).text


def written(found: Estimate) -> str:
    """A number as readers see it."""
    if found.unit == "points":
        return signed(found.value)
    if found.unit in ("probability", "share"):
        who = f"{found.leading} " if found.leading else ""
        return f"{who}{share(found.value)}" if 0.0 <= found.value <= 1.0 else f"{100 * found.value:+.0f} points"
    return level(found.value) if found.unit == "level" else f"{found.value:.1f}"


# What each party does, and where the factors go


def futures_part(table: Table) -> Part:
    """Options and headline factors under what is forced: now and before."""
    period = min(round(table.request.years * table.desk.model.calendar.per_year), table.desk.model.calendar.periods)
    now = table.now
    rows = [*_options(table, period)]
    rows.sort(key=lambda row: -abs(row["now"] - row["before"]) * 10 - abs(row["now"] - row["today"]))
    factors = [_factor(table, name, period) for name in headlines(now)]
    dates = [now.model.calendar.date_of(t).isoformat() for t in range(now.model.calendar.periods + 1)]
    pictures = {"pictures": fans(factors, dates)} if table.stage == "refined" and table.request.pictures else {}
    return {"part": "futures", "options": rows, "factors": factors, "dates": dates, **pictures}


def _options(table: Table, period: int) -> Iterator[Part]:
    tables = table.desk.model.tables
    for number, option in enumerate(tables.options):
        for lv in range(1, len(tables.levels[number])):
            now, before = (_use(ensemble, number, lv) for ensemble in (table.now, table.before))
            yield {
                "id": option, "level": tables.levels[number][lv], "name": option_name(table.desk.model, option, lv),
                "now": now[period], "before": before[period], "today": float(tables.option_now[number] >= lv),
                "words": describe(now[period]), "path": [round(value, 3) for value in now],
            }  # fmt: skip


def _use(ensemble: WhatIf, option: int, lv: int) -> list[float]:
    """The share of draws in which an option stands at a level or above, at each time."""
    used = ensemble.run().levels[:, :, option] >= lv
    found: list[float] = np.average(used, axis=0, weights=ensemble.draws.weight).clip(0.0, 1.0).tolist()
    return found


def _factor(table: Table, name: str, period: int) -> Part:
    factor = table.desk.model.situation.factors[name]
    number = table.desk.model.tables.factors.index(name)
    spread, before = (_fan(ensemble, number) for ensemble in (table.now, table.before))
    return {
        "id": name, "name": factor.name, "from": factor.low_end, "to": factor.high_end, "levels": spread,
        "now": spread[period][2], "before": before[period][2],
    }  # fmt: skip


def _fan(ensemble: WhatIf, factor: int) -> list[list[float]]:
    values, weights = ensemble.run().factors[:, :, factor], ensemble.draws.weight
    return [[round(mark, 4) for mark in quantiles(values[:, t], weights, MARKS)] for t in range(values.shape[1])]
