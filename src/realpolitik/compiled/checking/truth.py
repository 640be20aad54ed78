"""The truth of a check in one ensemble: true, false, or open, with the number it hangs on.

Rules, the same for every claim:

* A comparison is read on means. It is open where the difference lies within two standard errors of the threshold.
* Where every draw has a value of its own (gains, levels, weights), the share of draws in which the comparison is
  strictly true counts too. A hedged claim holds from the low end of its hedge's band on; true on the mean but below
  the band, it is open. An unhedged claim needs two thirds of the draws that are not tied, or it is open.
* `is WORD` with a word of likelihood holds from the low end of its band on (a word of doubt: up to the high end).
* `is NAME` holds where the name leads: with a hedge from the low end of its band on, else with two thirds.
* `and`, `or`, `not` follow Kleene's three-valued logic.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.answers import estimate
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.estimates import Estimate, Reals
from realpolitik.errors import ExpressionError
from realpolitik.language.expression import (
    And,
    Arithmetic,
    Call,
    Compare,
    Expression,
    Is,
    Moment,
    Not,
    Number,
    Or,
    Query,
    walk,
)
from realpolitik.language.likelihood import agrees
from realpolitik.language.words import HEDGES, LIKELIHOODS, hedge_band
from realpolitik.results.statistics import mean

ERRORS = 2.0
MAJORITY = 2 / 3
TIE = 1e-9
SAMPLING = "sampling error"
JUDGEMENT = "the judgements"
_COMPARE: Mapping[str, Callable[[Reals, Reals], NDArray[np.bool_]]] = MappingProxyType(
    {
        "<": operator.lt,
        "<=": operator.le,
        ">": operator.gt,
        ">=": operator.ge,
        "=": lambda left, right: np.abs(left - right) < TIE,
        "!=": lambda left, right: np.abs(left - right) >= TIE,
    }
)


@dataclass(frozen=True)
class Band:
    """What an author's hedge leaves: `low` to `high` in [0, 1]; an unhedged claim has none."""

    low: float
    high: float
    hedge: str


@dataclass(frozen=True)
class Outcome:
    """The truth of a check: True, False or None (open), the number it hangs on and what an open one turns on.

    `value` with its interval `low` to `high`, of the kind named; `error` one standard error; `share` of draws in which
    it is true, where that counts, and `tied` of those in which nothing differs; `above` the hedge's band: more certain
    here than the author was; `part`: the comparison or statement whose number it is.
    """

    truth: bool | None
    value: float
    low: float
    high: float
    interval: str
    unit: str
    error: float = 0.0
    share: float | None = None
    above: bool = False
    turns_on: tuple[str, ...] = ()
    tied: float | None = None
    part: Expression | None = None


@dataclass(frozen=True)
class Bench:
    """What a check is held against: an ensemble, the band of the claim's hedge, whether it is about a claim at all."""

    ensemble: Ensemble
    band: Band | None = None
    claimed: bool = True

    def error(self, found: Estimate) -> float:
        """One standard error of the mean, rows of one draw (its hypotheses and replicas) taken together."""
        weights = found.weights / found.weights.sum()
        numbers, place = np.unique(self.ensemble.draws.index, return_inverse=True)
        parts = np.bincount(place, weights * (found.values - found.value), minlength=len(numbers))
        return float(np.sqrt((parts**2).sum()))


def truth(bench: Bench, check: Expression) -> Outcome:
    """Is a check true?

    Raises `ExpressionError` for what states nothing, `QuestionRefused` for what cannot be computed.
    """
    match check:
        case And(items=items):
            return joined([truth(bench, item) for item in items], breaks=False)
        case Or(items=items):
            return joined([truth(bench, item) for item in items], breaks=True)
        case Not(item=item):
            found = truth(bench, item)
            return replace(found, truth=None if found.truth is None else not found.truth)
        case Compare():
            return replace(_compared(bench, check), part=check)
        case Is():
            return replace(_said(bench, check), part=check)
    raise ExpressionError("This states nothing.", check.column, "Compare it: '... > 0.5', '... is likely'.")


def parts_of(check: Expression) -> Iterator[Expression]:
    """The comparisons and statements a check joins."""
    if isinstance(check, And | Or):
        for item in check.items:
            yield from parts_of(item)
    elif isinstance(check, Not):
        yield from parts_of(check.item)
    else:
        yield check


def joined(parts: list[Outcome], *, breaks: bool) -> Outcome:
    """The truth of several parts: one that is `breaks` decides; else an open one; else all agree.

    The number is that of the part that decides, or of the first that has an interval.
    """
    deciding = [part for part in parts if part.truth is breaks]
    open_ones = [part for part in parts if part.truth is None]
    if deciding:
        return deciding[0]
    if open_ones:
        turns = tuple(dict.fromkeys(turn for part in open_ones for turn in part.turns_on))
        return replace(open_ones[0], turns_on=turns)
    shown = next((part for part in parts if part.low != part.high), parts[0])
    return replace(shown, above=all(part.above for part in parts))


def _outcome(found: Estimate, verdict: bool | None, error: float, turns_on: tuple[str, ...] = ()) -> Outcome:
    """An outcome with its interval: of draws where each has a value of its own, else of sampling."""
    if is_chance(found):
        low, high = found.value - ERRORS * error, found.value + ERRORS * error
        kind = "sampling error, two standard errors"
    else:
        low, high = found.spread
        kind = "5th to 95th percentile of draws: judgement and chance"
    return Outcome(verdict, found.value, low, high, kind, found.unit, error, turns_on=turns_on)


def is_chance(found: Estimate) -> bool:
    """True where a draw's value is only whether something happened in it."""
    return found.unit in ("probability", "share") and found.table is None and bool(np.isin(found.values, (0, 1)).all())


def _compared(bench: Bench, check: Compare) -> Outcome:
    left, right = (_side(bench.ensemble, item, check) for item in (check.left, check.right))
    gap = _gap(bench, left, right)
    error = bench.error(gap)
    shown = gap if _has_question(check.right) else replace(left, names=(), table=None)
    true_now = bool(_COMPARE[check.op](np.array(gap.value), np.array(0.0)))
    near = abs(gap.value) < ERRORS * error
    if _by_chance(check):
        return _outcome(shown, None if near else true_now, error, (SAMPLING,) if near else ())
    held = _COMPARE[check.op](gap.values, np.zeros(1))
    share = mean(held.astype(np.float64), gap.weights)
    tied = mean((np.abs(gap.values) <= TIE).astype(np.float64), gap.weights)
    made = replace(_outcome(shown, true_now, error), share=share, tied=tied)
    return _hedged(made, bench.band, true_now) if bench.band else _unhedged(made, gap, held, true_now, near)


def _gap(bench: Bench, left: Estimate, right: Estimate) -> Estimate:
    """The difference in each row both sides count; of two readings, in each draw, which has a row under both."""
    weights, beside = np.minimum(left.weights, right.weights), right.values
    if not weights.any():
        numbers, place = np.unique(bench.ensemble.draws.index, return_inverse=True)
        counted, total = (
            np.bincount(place, values, minlength=len(numbers))
            for values in (right.weights, right.weights * right.values)
        )
        beside = np.divide(total, counted, out=np.zeros(len(numbers)), where=counted > 0)[place]
        weights = np.where(counted[place] > 0, left.weights, 0.0)
    return replace(left, values=left.values - beside, weights=weights, names=(), table=None)


def _hedged(made: Outcome, band: Band, true_now: bool) -> Outcome:
    share = made.share if made.share is not None else float(true_now)
    if share >= band.low:
        return replace(made, truth=True, above=share > band.high)
    if not true_now:
        return replace(made, truth=False)
    return replace(made, truth=None, turns_on=(f"{JUDGEMENT}: true in {share:.0%} of draws",))


def _unhedged(made: Outcome, gap: Estimate, held: NDArray[np.bool_], true_now: bool, near: bool) -> Outcome:
    untied = np.abs(gap.values) > TIE
    counted = float(gap.weights[untied].sum())
    agreeing = float(gap.weights[untied & (held == true_now)].sum())
    agreement = agreeing / counted if counted > 0 else 1.0
    if near and counted > 0:
        return replace(made, truth=None, turns_on=(SAMPLING,))
    if agreement < MAJORITY:
        return replace(made, truth=None, turns_on=(f"{JUDGEMENT}: true in {made.share:.0%} of draws",))
    return made


def _side(ensemble: Ensemble, item: Expression, check: Compare) -> Estimate:
    """One side of a comparison; a date is counted from the start of what the other side holds."""
    other = check.right if item is check.left else check.left
    found = estimate(ensemble, item)
    if isinstance(item, Moment) and isinstance(other, Query):
        from realpolitik.compiled.holds import intervention  # noqa: PLC0415

        begins = intervention(ensemble.model, other.setting).start / ensemble.model.calendar.per_year
        return replace(found, values=found.values - begins)
    return found


def _has_question(item: Expression) -> bool:
    return not isinstance(item, Number | Moment)


def _by_chance(check: Expression) -> bool:
    """True where a comparison is about probabilities or ratios of means: a draw by itself then says nothing."""
    return any(
        (isinstance(node, Query) and node.function in ("P", "share"))
        or (isinstance(node, Call) and node.name == "ratio")
        or (isinstance(node, Arithmetic) and node.op == "/" and _has_question(node.right))
        for node in walk(check)
    )


def _said(bench: Bench, check: Is) -> Outcome:
    found = estimate(bench.ensemble, check.left)
    made = _how_likely(bench, found, check) if found.table is None else _who(bench, found, check)
    return replace(made, truth=None if made.truth is None else made.truth != check.negated)


def _who(bench: Bench, found: Estimate, check: Is) -> Outcome:
    """Is it the one named? The number is its share."""
    word, band = check.word, bench.band
    if word not in found.names or found.table is None:
        raise ExpressionError(f"'{word}' is none of {', '.join(found.names[:12])}.", check.column)
    own = replace(found, values=found.table[:, found.names.index(word)])
    error, share = bench.error(own), own.value
    low, high = max(0.0, share - ERRORS * error), min(1.0, share + ERRORS * error)
    made = Outcome(None, share, low, high, "sampling error, two standard errors", "share", error, share)
    needed, most = (band.low, band.high) if band else (MAJORITY, 1.0)
    leads = found.leading == word
    if share >= needed:
        return replace(made, truth=True, above=band is not None and share > most)
    if not leads:
        return replace(made, truth=False)
    return replace(made, turns_on=(f"{JUDGEMENT}: {share:.0%} of draws, {needed:.0%} are needed",))


def _how_likely(bench: Bench, found: Estimate, check: Is) -> Outcome:
    """Is it as likely as the word says? About a claim the word is an author's hedge, else one of our lexicon."""
    error, p = bench.error(found), found.value
    word = " ".join(check.word.lower().split())
    if word not in HEDGES or (word in LIKELIHOODS and not bench.claimed):
        return _outcome(found, agrees(p, word, check.bound), error)
    _, (low, high) = hedge_band(word)
    doubt = high < 0.5 and low < 0.2
    up_to = check.bound == "at most" or (doubt and check.bound == "")
    edge = high if up_to else low
    near = abs(p - edge) < ERRORS * error
    verdict = None if near else (p <= edge if up_to else p >= edge)
    made = _outcome(found, verdict, error, (SAMPLING,) if near else ())
    return replace(made, above=bool(verdict) and not up_to and p > high)
