"""If it came to the worst, would it hold: with and without the partner's help, and what else would change that?

Method: a bounded side model. A branch (see `compiled.branches`) is a condition that nobody has to believe likely - an
attack, a cut - under which one option helps. The outcome is a factor the option moves; where its name says that it is
a chance, its level P is read as one. It is taken at the end of the condition's first year, everybody's other
decisions as in the untouched run, so that nothing feeds back. Its formula is the situation's own: with swings e_l of
terms phi_l,

    P = s( logit P(start) + sum_l e_l (phi_l - phi_l(start)) ),   s(u) = 1 / (1 + exp(-u)),

or the formula of a derived factor; each size and its source stand in the file and are printed. Other moves are set
beside the help where they move the outcome through at most two influences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.about import about
from realpolitik.compiled.branches import Branch, branches, lasting, outcomes, side_model, upstream
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.grounds import ground
from realpolitik.compiled.unilateral import middle
from realpolitik.compiled.wording import hold_name, option_name
from realpolitik.dynamics.engine import simulate
from realpolitik.dynamics.tables import Held, Hold, Plan
from realpolitik.errors import QuestionRefused
from realpolitik.language.formatter import format_expression
from realpolitik.language.likelihood import describe
from realpolitik.language.sentences import capital, listed
from realpolitik.language.time import duration_words
from realpolitik.results.result import Result
from realpolitik.results.statistics import mean, quantiles, sampling_error
from realpolitik.situation.model import Influence

Reals = NDArray[np.float64]
Row = Mapping[str, Any]
MOVED = 0.005
BESIDE = "nothing else"


@dataclass(frozen=True, eq=False)
class Case:
    """One branch, one outcome, one move beside it (None: none), a condition that begins in period `start`."""

    ensemble: Ensemble
    branch: Branch
    outcome: str
    beside: Hold | None
    start: int

    def level(self, helped: bool) -> Reals:
        """The outcome's level (draw,) in its own unit, at the end of the condition's first year."""
        model = self.ensemble.model
        end = self.start + lasting(model, self.branch.condition)
        holds = (*self.branch.holds(helped, self.start), *((self.beside,) if self.beside else ()))
        written = model.situation.factors[self.outcome]
        values = _levels(self.ensemble, holds, end)[:, model.tables.factors.index(self.outcome)]
        return np.asarray(written.low + (written.high - written.low) * values)


def _levels(ensemble: Ensemble, holds: tuple[Hold, ...], period: int) -> Reals:
    """All factors (draw, factor) in one period, with the decisions of the untouched run."""
    name = f"branch {period} {holds!r}"
    if name not in ensemble.known_scales:
        plan = Plan(holds=holds, replay=ensemble.run().levels)
        settings = ensemble.settings
        paths = simulate(
            ensemble.model.tables,
            ensemble.draws,
            plan,
            seed=settings.seed,
            depth=0,
            kernel=settings.kernel,
            threads=settings.threads,
        )
        ensemble.known_scales[name] = paths.factors[:, period].copy()
    return ensemble.known_scales[name]


def contingencies(ensemble: Ensemble, years: float | None = None) -> Result:
    """Would it hold, with and without help, and what else changes that?

    `years`: when the condition begins, by default the middle answer time. Rows of kind `branch`: for each branch,
    outcome and move beside, `without`, `with` and their difference (`low`, `high`: 90% of draws). Of kind `side
    model`: every influence on an outcome with its size and its source. Raises `QuestionRefused` where no two
    scenarios describe a branch, or the condition would end beyond the horizon.
    """
    found = branches(ensemble.model)
    if not found:
        raise QuestionRefused(
            "No two scenarios describe a branch.  Write two that hold the same shock and one option at two levels."
        )
    when = middle(ensemble) if years is None else years
    cases = tuple(case for branch in found for case in _cases(ensemble, branch, when))
    rows = tuple(_row(case) for case in cases)
    names = tuple(dict.fromkeys(case.outcome for case in cases))
    parts = tuple(row for name in names for row in _side_rows(ensemble, name))
    trace = tuple(
        ground(item.effect, item.key, float(item.size.central), item.support) for item in _links(ensemble, names)
    )
    return Result(
        "contingencies",
        "If it came to it, would it hold, with and without help?",
        (*rows, *parts),
        (*_sentences(rows), *(_formula(ensemble, name, parts) for name in names)),
        {},
        about(ensemble, years=when, unit="level read as a chance"),
        trace,
    )


def _links(ensemble: Ensemble, names: tuple[str, ...]) -> Iterator[Influence]:
    return (item for name in names for item in side_model(ensemble.model, name))


def _cases(ensemble: Ensemble, branch: Branch, years: float) -> Iterator[Case]:
    model = ensemble.model
    start = round(years * model.calendar.per_year)
    if start + lasting(model, branch.condition) > model.calendar.periods:
        raise QuestionRefused(
            f"A condition that begins after {duration_words(12 * years)} would end beyond the horizon."
        )
    taken = {hold.index for hold in (branch.without, *branch.others)}
    for outcome in outcomes(model, branch.helped.index):
        for beside in (None, *_beside(ensemble, outcome, taken)):
            case = Case(ensemble, branch, outcome, beside, start)
            if beside is None or _matters(case):
                yield case


def _beside(ensemble: Ensemble, outcome: str, taken: set[int]) -> Iterator[Hold]:
    tables = ensemble.model.tables
    for name in upstream(ensemble.model, outcome):
        option = tables.options.index(name)
        for level in range(len(tables.levels[option])) if option not in taken else ():
            if level != tables.option_now[option]:
                yield Hold(Held.OPTION, option, float(level))


def _matters(case: Case) -> bool:
    plain = Case(case.ensemble, case.branch, case.outcome, _quo(case), case.start)
    weight = case.ensemble.draws.weight
    return abs(mean(case.level(False) - plain.level(False), weight)) >= MOVED


def _quo(case: Case) -> Hold | None:
    """The move beside at its status quo."""
    if case.beside is None:
        return None
    return Hold(Held.OPTION, case.beside.index, float(case.ensemble.model.tables.option_now[case.beside.index]))


def _row(case: Case) -> Row:
    model, weight = case.ensemble.model, case.ensemble.draws.weight
    without, helped = case.level(False), case.level(True)
    low, high = quantiles(helped - without, weight, (0.05, 0.95))
    beside = case.beside
    return {
        "kind": "branch",
        "condition": listed(hold_name(model, hold) for hold in case.branch.condition),
        "help": option_name(model, model.tables.options[case.branch.helped.index], int(case.branch.helped.value)),
        "outcome": case.outcome,
        "outcome_name": model.situation.factors[case.outcome].name,
        "beside": BESIDE if beside is None else hold_name(model, beside),
        "without": mean(without, weight),
        "without_range": quantiles(without, weight, (0.05, 0.95)),
        "with": mean(helped, weight),
        "with_range": quantiles(helped, weight, (0.05, 0.95)),
        "difference": mean(helped - without, weight),
        "low": low,
        "high": high,
        "sampling_error": sampling_error(helped - without, weight),
        "ends": (model.situation.factors[case.outcome].low_end, model.situation.factors[case.outcome].high_end),
        "is_chance": is_chance(model.situation.factors[case.outcome].name),
    }


def _side_rows(ensemble: Ensemble, outcome: str) -> Iterator[Row]:
    for item in side_model(ensemble.model, outcome):
        support = item.support
        yield {
            "kind": "side model",
            "outcome": outcome,
            "term": format_expression(item.term),
            "verb": item.verb,
            "size": item.size.text,
            "low": float(item.size.low),
            "high": float(item.size.high),
            "claims": support.claims,
            "author": support.author,
            "at": str(support.position),
        }


def _sentences(rows: tuple[Row, ...]) -> Iterator[str]:
    for row in rows:
        plain = row["beside"] == BESIDE
        beside = "" if plain else f" and '{row['beside']}'"
        without, helped = (_told(row, side) for side in ("without", "with"))
        change = f"the help makes {row['difference']:+.2f} ({row['low']:+.2f} to {row['high']:+.2f} in 90% of draws)"
        yield (
            f"{capital(row['condition'])}{beside}: {row['outcome_name']}, without '{row['help']}' "
            f"{without}, with it {helped}; {change}"
            f"{'' if row['is_chance'] else '; 0 is {}, 1 {}'.format(*row['ends'])}."
        )


def is_chance(name: str) -> bool:
    """True where a factor's own name says that its level is a chance.

    >>> is_chance("chance that the island holds"), is_chance("missile defence")
    (True, False)
    """
    return any(word in name.lower() for word in ("chance", "probability", "likelihood"))


def _told(row: Row, side: str) -> str:
    """A level the situation calls a chance in words of likelihood; any other as a level between its ends."""
    value, (low, high) = row[side], row[f"{side}_range"]
    return describe(value, low, high) if row["is_chance"] else f"{value:.2f} ({low:.2f} to {high:.2f})"


def _formula(ensemble: Ensemble, outcome: str, parts: tuple[Row, ...]) -> str:
    """The side model of one outcome in a sentence."""
    written = ensemble.model.situation.factors[outcome]
    if written.formula is not None:
        source = listed(written.support.claims) if written.support.claims else written.support.author or "the file"
        return f"Side model: {written.name} = {format_expression(written.formula)} (source: {source})."
    terms = [
        f"{part['term']} {part['verb']} it {part['size']} ({listed(part['claims']) if part['claims'] else 'judgement'})"
        for part in parts
        if part["outcome"] == outcome
    ]
    return f"Side model of {written.name}, log-odds added to those of its start: {'; '.join(terms)}."
