"""What should be watched: which early and public sign best tells whether an outcome comes, or which reading is true?

Method: candidates are what everybody could newly see within the window: options, crossings of factors, shocks
(`compiled.sightings`). Of an outcome, only draws count in which it had not come by the end of the window, so that a
sign is ahead of it and both sides had as long to show one; the window is halved where too few are left. Signs are
ranked by the information they carry about the target (bits), on the even judgement draws; chances and likelihood ratios
come from the odd ones, with bootstrap intervals (`compiled.discrimination`). A move that comes too seldom, too often or
too soon in the run to learn from is held secretly and set beside its status quo; the time is then that from the move to
the sign. What the situation itself lists under `indicators` is set beside what the model gives, by the time the outcome
is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from realpolitik.analyses.indicators.signs import best_signs, measured, signs
from realpolitik.analyses.indicators.targets import Target, targets
from realpolitik.compiled.about import about
from realpolitik.compiled.discrimination import POSITIVE
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.grounds import ground
from realpolitik.compiled.sightings import is_public, sighting, sightings
from realpolitik.errors import QuestionRefused
from realpolitik.language.expression import names_in
from realpolitik.language.sentences import capital, share, two_digits
from realpolitik.language.time import Duration, duration_words
from realpolitik.results.progress import Told, silent
from realpolitik.results.result import Labelled, Result
from realpolitik.situation.model import Indicator

Row = Mapping[str, Any]
FEWEST_DRAWS = 32


def indicators(
    ensemble: Ensemble, outcomes: Sequence[str] = (), *, within: float | None = None, told: Told = silent
) -> Result:
    """What to watch within some years (default: the first answer time) for outcomes like `AAA.arm=on by 3 years`.

    Default outcomes: what the situation's indicators stand for, and every reading of its hypotheses. Rows: `sign` (the
    best few for each target) and `written` (the situation's own). Array: `ratio` (sign). Raises `QuestionRefused` for
    too few draws or where there is nothing to look for, `ExpressionError` for what cannot be read.
    """
    if ensemble.settings.draws < FEWEST_DRAWS:
        raise QuestionRefused(f"Signs need {FEWEST_DRAWS} draws or more: half to find them, half to measure them.")
    years = _first(ensemble) if within is None else within
    by = _window(ensemble, years)
    rows, reasons = [], []
    for place, target in enumerate(found := list(targets(ensemble, outcomes, by))):
        if isinstance(target, str):
            reasons.append(target)
            continue
        told(target.words, place, len(found))
        candidates = tuple(sightings(ensemble.model, target.paths, target.weight))
        rows += [{"what": "sign", **row} for row in best_signs(ensemble, target, signs(target, candidates))]
        rows += [{"what": "written", **row} for row in _written(ensemble, target)]
    if not found:
        raise QuestionRefused("There is nothing to look for: name an outcome, --outcome 'AAA.arm=on by 3 years'.")
    signed = {row["target"] for row in rows if row["what"] == "sign"}
    silent_ones = [item for item in found if isinstance(item, Target) and item.words not in signed]
    window = duration_words(12 * years)
    told_words = (*_sentences(rows), *_quiet(silent_ones, window), *reasons)
    said = about(ensemble, within=window, chosen_on="even draws", measured_on="odd draws", reasons=reasons)
    question = f"What should be watched within {window}?"
    return Result("indicators", question, tuple(rows), tuple(told_words), _arrays(rows), said, tuple(_trace(rows)))


def _first(ensemble: Ensemble) -> float:
    situation = ensemble.model.situation
    return min((item.years for item in situation.answers), default=situation.horizon.years)


def _window(ensemble: Ensemble, years: float) -> int:
    calendar = ensemble.model.calendar
    by = calendar.whole(Duration(12.0 * years)) if np.isfinite(years) and years > 0 else 0
    if not 1 <= by <= calendar.periods:
        end = calendar.date_of(calendar.periods)
        raise QuestionRefused(f"A window of {years:g} years does not lie within the run, which ends {end}.")
    return by


def _written(ensemble: Ensemble, target: Target) -> Iterator[Row]:
    """The situation's own indicators of this target, with what the model gives for them."""
    model = ensemble.model
    for item in model.situation.indicators:
        if item.when is None or target.kind != "outcome" or _words_of(ensemble, item) != target.words:
            continue
        sign = sighting(model, target.paths, item.when)
        whole = target if target.held else replace(target, weight=ensemble.draws.weight)
        row = measured(ensemble, whole, sign, sign.seen(target.last).astype(np.float64))
        itself = bool(set(names_in(item.when)) & set(target.names))
        hidden = not all(is_public(model, name) for name in names_in(item.when))
        ends = {
            "written_if": item.p_if.text if item.p_if else "",
            "written_else": item.p_else.text if item.p_else else "",
        }
        verdict = {"agrees": _agrees(item, row), "reads_itself": itself, "reads_hidden": hidden}
        yield {
            **row,
            "sign": item.watch,
            **ends,
            **verdict,
            "claims": item.support.claims,
            "author": item.support.author,
        }


def _words_of(ensemble: Ensemble, item: Indicator) -> str:
    from realpolitik.compiled.phrases import term_words  # noqa: PLC0415
    from realpolitik.errors import ExpressionError  # noqa: PLC0415
    from realpolitik.language.parser import parse_event  # noqa: PLC0415

    try:
        return term_words(ensemble.model, parse_event(item.purpose)[0])
    except ExpressionError:
        return ""


def _agrees(item: Indicator, row: Row) -> bool | None:
    """Do both written chances overlap with the intervals of the model's? None where none is written."""
    if item.p_if is None or item.p_else is None:
        return None
    pairs = ((item.p_if, "p_if"), (item.p_else, "p_else"))
    return all(float(q.low) <= row[f"{name}_high"] and row[f"{name}_low"] <= float(q.high) for q, name in pairs)


def _sentences(rows: Sequence[Row]) -> Iterator[str]:
    for row in (row for row in rows if row["what"] == "sign"):
        yield _sign_sentence(row)
    for row in (row for row in rows if row["what"] == "written"):
        yield _written_sentence(row)


def _sign_sentence(row: Row) -> str:
    ratio, low, high = row["ratio"], row["ratio_low"], row["ratio_high"]
    toward = "for" if ratio >= 1 else "against"
    if ratio < 1:
        ratio, low, high = (1 / max(value, 1e-9) for value in (ratio, high, low))
    weak = ", not worth more than a bare mention" if ratio < POSITIVE else ""
    window = _time(row["window"])
    return (
        f"{capital(row['target'])}: watch for '{row['sign']}' within {window}: seen in {_chance(row, 'p_if')} of draws "
        f"if so, in {_chance(row, 'p_else')} if not; it tells {toward} it by a factor of {two_digits(ratio)} "
        f"{_span(low, high)}{weak}{_lead_words(row)}."
    )


def _chance(row: Row, key: str) -> str:
    """A chance; one that never happened is only bounded by the number of draws."""
    bounded = row[key] < 0.5 and row[f"{key}_high"] - row[f"{key}_low"] < 1e-9
    return f"{'at most ' if bounded else ''}{share(row[key])}"


def _span(low: float, high: float) -> str:
    """The interval of a ratio; one that is only bounded by the number of draws has no other end."""
    return "or more" if high - low < 0.01 * low else f"({two_digits(low)} to {two_digits(high)})"


def _time(years: float) -> str:
    """A time to a tenth of a month; to the day where it is short."""
    return duration_words(round(12 * years, 1 if years >= 0.25 else 9))


def _lead_words(row: Row) -> str:
    if row["lead"] is None:
        return ""
    time = _time(row["lead"])
    if row["held"]:
        return f"; the move, held secretly since the run has too few late ones, shows after {time}"
    return f"; where both come, the sign is typically {time} ahead"


def _written_sentence(row: Row) -> str:
    if row["reads_itself"]:
        return f"Written for '{row['target']}': '{row['sign']}': its condition reads the outcome itself, no early sign."
    said = (
        f"written {row['written_if']} if so and {row['written_else']} if not"
        if row["written_if"]
        else "no chances written"
    )
    verdict = {True: "they overlap", False: "they differ", None: ""}[row["agrees"]]
    own = "; its condition reads what is hidden" if row["reads_hidden"] else ""
    model = f"the model {_chance(row, 'p_if')} and {_chance(row, 'p_else')}"
    return f"Written for '{row['target']}': '{row['sign']}': {said}, {model}{': ' * bool(verdict)}{verdict}{own}."


def _quiet(found: Sequence[Target], window: str) -> Iterator[str]:
    for target in found:
        yield f"{capital(target.words)}: no public sign within {window} that tells of it stands up on fresh draws."


def _arrays(rows: Sequence[Row]) -> dict[str, Labelled]:
    own = [row for row in rows if row["what"] == "sign"]
    names = tuple(f"{row['target']} <- {row['sign']}" for row in own)
    values = np.array([[row[key] for key in ("ratio_low", "ratio", "ratio_high")] for row in own]).reshape(len(own), 3)
    coords = {"sign": names, "bound": ("low", "ratio", "high")}
    return {"ratio": Labelled(("sign", "bound"), coords, values, "likelihood ratio")}


def _trace(rows: Sequence[Row]) -> Iterator[Row]:
    """The written indicators, with who stands behind them."""
    from realpolitik.situation.model import Support  # noqa: PLC0415

    for row in rows:
        if row["what"] == "written":
            yield ground("written indicators", row["sign"], row["ratio"], Support(row["claims"], row["author"]))
