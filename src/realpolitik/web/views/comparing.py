"""Two states of the same situation side by side: every actor against the situation as written, options, factors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from starlette.requests import Request

from realpolitik.compiled.wording import actor_name, option_name
from realpolitik.project.whatif import State, WhatIf
from realpolitik.results.result import plain
from realpolitik.results.statistics import mean, quantiles
from realpolitik.web.asking import years_of
from realpolitik.web.desk import DRAWS, Desk
from realpolitik.web.state import read_state
from realpolitik.web.worker import Job

POINT = 0.01


def compare(bench: Any, request: Request, body: dict[str, Any]) -> Job:
    """Left and right: coarse, then refined."""
    desk: Desk = bench.shelf.desk(request.path_params["key"])
    states = [read_state(desk.model, body.get(side, {})) for side in ("left", "right")]
    years = years_of(desk.model, body)

    def job(cancel: Any, tell: Any) -> Iterator[dict[str, Any]]:
        for stage in ("coarse", "refined"):
            pair = [_kept(desk, stage, state, cancel) for state in states]
            yield plain({"stage": stage, "draws": DRAWS[stage], **_sides(desk, stage, pair, years)})

    return job


def _kept(desk: Desk, stage: Any, state: State, cancel: Any) -> WhatIf:
    made: WhatIf = desk.at(stage, state, cancel=cancel)
    made.run()
    return made


def _sides(desk: Desk, stage: Any, pair: list[WhatIf], years: float) -> dict[str, Any]:
    calendar = desk.model.calendar
    end = min(round(years * calendar.per_year), calendar.periods)
    return {
        "actors": list(_actors(desk, stage, pair, end)),
        "options": sorted(_options(desk, pair, end), key=lambda row: -abs(row["right"] - row["left"])),
        "factors": sorted(_factors(desk, pair, end), key=lambda row: -abs(row["right"] - row["left"])),
    }


def _actors(desk: Desk, stage: Any, pair: list[WhatIf], end: int) -> Iterator[dict[str, Any]]:
    """Each actor's utility in the year that ends then, against the situation as it is written, in points."""
    span = slice(max(0, end - desk.model.calendar.per_year + 1), end + 1)
    means = [_worth(item, span) for item in (desk.base(stage), *pair)]
    for number, actor in enumerate(desk.model.tables.actors):
        left, right = ((side[number] - means[0][number]) / POINT for side in means[1:])
        yield {"id": actor, "name": actor_name(desk.model, actor), "left": left, "right": right}


def _worth(ensemble: WhatIf, span: slice) -> Any:
    return np.average(ensemble.run().utility[:, span].mean(axis=1), axis=0, weights=ensemble.draws.weight)


def _options(desk: Desk, pair: list[WhatIf], end: int) -> Iterator[dict[str, Any]]:
    for number, option in enumerate(desk.model.tables.options):
        for level in range(1, len(desk.model.tables.levels[number])):
            left, right = (
                mean((side.run().levels[:, end, number] >= level).astype(np.float64), side.draws.weight)
                for side in pair
            )
            yield {"id": option, "name": option_name(desk.model, option, level), "left": left, "right": right}


def _share(side: WhatIf, end: int, option: int, level: int) -> float:
    return mean((side.run().levels[:, end, option] >= level).astype(np.float64), side.draws.weight)


def _factors(desk: Desk, pair: list[WhatIf], end: int) -> Iterator[dict[str, Any]]:
    for number, (key, factor) in enumerate(desk.project.situation.factors.items()):
        left, right = (quantiles(side.run().factors[:, end, number], side.draws.weight, (0.5,))[0] for side in pair)
        yield {"id": key, "name": factor.name, "left": left, "right": right}


STREAMS = (("/api/s/{key}/compare", compare),)
