"""What the modules beside this one share: asking, replaying, and when an effect is sure or gone.

An effect is `gone` with its carrier removed when it falls under a tenth and its interval covers zero. Intervals are two
sampling errors of the paired difference. Effects `by itself` replay the decisions of the untouched run, in the whole
model and in the ablated one alike, so that only the world's own links differ.
"""

from __future__ import annotations

from dataclasses import replace

from realpolitik.compiled.answers import Estimate, estimate
from realpolitik.compiled.contrasts import POINT
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.estimates import made
from realpolitik.compiled.holds import intervention
from realpolitik.dynamics.engine import simulate
from realpolitik.dynamics.tables import Hold, Paths, Plan
from realpolitik.language.expression import Query
from realpolitik.language.parser import parse_query
from realpolitik.project import Project
from realpolitik.results.statistics import mean

TRIO = "TRIO.institution=institutionalised"
LOOSE = "TRIO.institution=consultative"
TRANSFER = "RUS.reentry=given, xfer_evidence=0.9"
THREE = ("USA", "KOR", "JPN")
ANSWERS = tuple(f"{actor}: prk_threat and not deterrence" for actor in THREE)
"""What makes an answer of the three worth its price: the threat that nothing deters yet."""
Names = tuple[str, ...]


def asked(ensemble: Ensemble, text: str, without: Names = ()) -> Estimate:
    """The answer to a question, with everybody choosing, in the situation without some of its entries."""
    return estimate(ensemble.ablated(without) if without else ensemble, parse_query(text))


def by_choice_alone(project: Project) -> Names:
    """Every pledge: without them actors do what they want."""
    return tuple(item.key for item in project.situation.promises)


def replayed(ensemble: Ensemble, do: str, without: Names = ()) -> Paths:
    """The paths with `do` held and all else as decided in the untouched run of the whole situation."""
    key = f"mechanism {do!r} {without!r}"
    if key not in ensemble.runs:
        there = ensemble.ablated(without) if without else ensemble
        plan = Plan(holds=held(ensemble, do), replay=ensemble.run().levels)
        settings = ensemble.settings
        ensemble.runs[key] = simulate(
            there.model.tables, there.draws, plan, seed=settings.seed, depth=0, kernel=settings.kernel, threads=0
        )
    return ensemble.runs[key]


def held(ensemble: Ensemble, do: str) -> tuple[Hold, ...]:
    """What `do(...)` holds; nothing for an empty text."""
    if not do:
        return ()
    query = parse_query(f"loser(| do({do}))")
    assert isinstance(query, Query)
    return intervention(ensemble.model, query.setting).holds


def level(ensemble: Ensemble, factor: str, years: float, do: str, against: str = "", without: Names = ()) -> Estimate:
    """By itself: the level of a factor after `years` with `do` held, less that with `against` held."""
    column = ensemble.model.tables.factors.index(factor)
    period = round(years * ensemble.model.calendar.per_year)
    ends = [replayed(ensemble, text, without).factors[:, period, column] for text in (do, against)]
    return made(ensemble, ends[0] - ends[1], "level")


def gain(ensemble: Ensemble, actor: str, years: float, do: str, against: str = "", without: Names = ()) -> Estimate:
    """By itself: an actor's gain in points over the year that ends after `years`."""
    column = ensemble.model.tables.actors.index(actor)
    per_year = ensemble.model.calendar.per_year
    end = round(years * per_year)
    window = slice(max(0, end - per_year + 1), end + 1)
    worths = [replayed(ensemble, text, without).utility[:, window, column].mean(axis=1) for text in (do, against)]
    return made(ensemble, (worths[0] - worths[1]) / POINT, "points")


def less(one: Estimate, two: Estimate) -> Estimate:
    """The difference of two answers on the same draws."""
    return replace(one, values=one.values - two.values, names=(), table=None)


def surely(found: Estimate, bound: float = 0.0) -> int:
    """1 where a mean lies above `bound` by more than two sampling errors, -1 below, 0 where it cannot be told."""
    return int(found.value - 2 * found.error > bound) - int(found.value + 2 * found.error < bound)


def gone(rest: Estimate, whole: Estimate) -> bool:
    """True where an effect falls under a tenth and its interval covers zero."""
    return abs(rest.value) < 0.1 * abs(whole.value) and abs(rest.value) <= 2 * rest.error + 1e-9


def share(found: Estimate, bound: float = 0.0) -> float:
    """The share of draws with a value above `bound`."""
    return mean((found.values > bound).astype(float), found.weights)
