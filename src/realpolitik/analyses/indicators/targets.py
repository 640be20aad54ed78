"""What signs are wanted of: outcomes (a condition that comes true by some time) and readings of hypotheses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.conditioning import effective
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.groups import classes_of
from realpolitik.compiled.holds import intervention
from realpolitik.compiled.measures import period
from realpolitik.compiled.sightings import sighting
from realpolitik.dynamics.tables import Draws, Paths
from realpolitik.errors import ExpressionError
from realpolitik.language.expression import Compare, Expression, Hold, Name, Setting, When, names_in
from realpolitik.language.parser import parse_event

Reals = NDArray[np.float64]
FEWEST = 24.0  # effective judgement draws with and without the outcome, below which the run is not asked


@dataclass(frozen=True, eq=False)
class Target:
    """What a sign is wanted of, over the rows of `paths`.

    `true` (row,) 0/1; `first` (row,) when an outcome comes about, beyond the run where it does not or where there is no
    such moment. `names`: what it reads, which is no sign of itself. `held`: "" where draws differ by themselves, else
    what was held (secretly) in half of the rows. `judged` (row,): the judgement draw. Signs are looked for up to period
    `window`; rows in which the outcome had come by then weigh nothing, so that both sides had as long to show a sign
    (a landmark: Anderson, Cain & Gelber 1983, J. Clin. Oncol. 1(11), 710-719). `last`: when the outcome is looked at.
    """

    words: str
    kind: str
    true: Reals
    first: NDArray[np.int64]
    paths: Paths
    weight: Reals
    judged: NDArray[np.int32]
    window: int
    last: int
    names: tuple[str, ...] = ()
    held: str = ""


def targets(ensemble: Ensemble, outcomes: Sequence[str], by: int) -> Iterator[Target | str]:
    """The outcomes asked for (else those the situation's indicators stand for), then every reading; signs up to `by`.

    A text is the reason why an outcome cannot be looked at. Raises `ExpressionError` for what cannot be read.
    """
    own = not outcomes
    for text in outcomes or dict.fromkeys(item.purpose for item in ensemble.model.situation.indicators):
        try:
            yield _outcome(ensemble, text, by)
        except ExpressionError as problem:
            if not own:
                raise
            yield f"'{text}': {problem}"
    if own:
        yield from _readings(ensemble, by)


def _readings(ensemble: Ensemble, by: int) -> Iterator[Target]:
    draws, paths = ensemble.draws, ensemble.run()
    for group in ensemble.model.situation.hypotheses:
        for reading, true in zip(group.readings, classes_of(ensemble, group), strict=True):
            never = np.full(len(true), paths.levels.shape[1])
            words = f"{group.id}: {reading.id}"
            yield Target(words, "hypothesis", true, never, paths, draws.weight, draws.index, by, by)


def _outcome(ensemble: Ensemble, text: str, by: int) -> Target | str:
    model, draws = ensemble.model, ensemble.draws
    term, when = parse_event(text)
    if isinstance(term, Name) and term.text in model.situation.factors:
        hint = f"Name a mark: '{term.text} > 0.6 by 3 years'."
        raise ExpressionError(f"'{term.text}' is a level, and an outcome either comes or not.", 1, hint)
    last = period(model, when or When("by", ""), 0)
    found = sighting(model, ensemble.run(), term)
    started = float(((found.first == 0) * draws.weight).sum() / draws.weight.sum())
    if started > 0.5:
        return f"'{found.words}' holds at the start already: there is nothing to foresee."
    true = found.seen(last).astype(np.float64)
    for window in _windows(by, last):
        open_ = (found.first > window).astype(np.float64)
        if min(_judged(draws, true * open_), _judged(draws, (1.0 - true) * open_)) >= FEWEST:
            rows = (true, found.first, ensemble.run(), draws.weight * open_, draws.index)
            return Target(found.words, "outcome", *rows, window, last, names_in(term))
    return _held(ensemble, term, found.words, (by, last))


def _windows(by: int, last: int) -> Iterator[int]:
    """The window asked for, then half of it and so on, while the outcome is still to come."""
    window = min(by, last - 1)
    while window >= 1:
        yield window
        window //= 2


def _judged(draws: Draws, rows: Reals) -> float:
    """The effective number of judgement draws among some rows."""
    return effective(np.bincount(draws.index, draws.weight * rows).astype(np.float64))


def _held(ensemble: Ensemble, term: Expression, words: str, times: tuple[int, int]) -> Target | str:
    """What is too rare, too common or too soon in the run is held secretly, beside its status quo, if it is a move."""
    model, draws = ensemble.model, ensemble.draws
    if not (isinstance(term, Compare) and isinstance(term.left, Name) and term.left.text in model.situation.options):
        return f"'{words}': it comes late, or never, in too few draws to learn its signs from; ask with more --draws."
    setting = Setting(secretly=(Hold("hold", term.left.text, term.right),))
    move = intervention(model, setting)
    runs = (ensemble.run(move.holds), ensemble.run(move.status_quo))
    paths = Paths(**{name: np.concatenate([getattr(run, name) for run in runs]) for name in vars(runs[0])})
    count = len(draws.weight)
    true = np.repeat([1.0, 0.0], count)
    first = np.repeat([0, paths.levels.shape[1]], count)
    weight, index = np.tile(draws.weight, 2), np.tile(draws.index, 2)
    return Target(words, "outcome", true, first, paths, weight, index, *times, names_in(term), words)
